import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { until } from '../support/until.js';
import { type Bed, openBed, type SignedIn } from './bed.js';

const definition = (id: string, more = ''): string => `
pipeline: ${id}
title: Contacts of ${id}
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email${more} }
    to: { stream: copy.contacts, write: upsert }
`;

describe('dead letters', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ practice: { records: { contacts: 30 }, dirty: 0.4 } });
  });

  afterAll(async () => {
    await bed?.close();
  });

  const must = async ({ person }: SignedIn, method: string, path: string, body?: unknown) => {
    const answer = await person.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.body;
  };

  /** A pipeline whose run has left dead letters; gives how many. */
  const refuse = async (signedIn: SignedIn, id: string, target: RestCrmSandbox): Promise<number> => {
    for (const [name, { url, credentials }] of Object.entries({ crm: bed.practice.crm, copy: target })) {
      const settings = { service: 'rest-crm', base_url: url };
      const secret = { token: credentials.token };
      await must(signedIn, 'POST', '/connections', { name, connector: 'http', settings, secret });
    }
    const connections = { crm: 'crm', copy: 'copy' };
    await must(signedIn, 'POST', '/pipelines', { definition: definition(id), connections });
    const { page } = signedIn;
    await page.goto(`/pipelines/${id}`);
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByText('done with dead letters').first().waitFor();
    await page.getByRole('link', { name: 'See why, mend and resend' }).click();
    await page.getByRole('heading', { name: 'Dead letters' }).waitFor();
    await rows(page).first().waitFor();
    return rows(page).count();
  };

  const rows = (page: Page) =>
    page.getByRole('row').filter({ has: page.getByRole('checkbox', { name: /^Choose (?!all)/ }) });
  const withTarget = async (work: (target: RestCrmSandbox) => Promise<void>): Promise<void> => {
    const target = await startRestCrm({ seed: 3 });
    try {
      await work(target);
    } finally {
      await target.stop();
    }
  };

  test('one is opened, shows what the vendor said, is mended and arrives', () =>
    withTarget(async (target) => {
      const signedIn = await bed.signIn({ role: 'editor' });
      const { page } = signedIn;
      const count = await refuse(signedIn, 'mended', target);
      expect(count).toBeGreaterThan(3);
      const key = await rows(page).first().getByRole('link').first().textContent();
      await rows(page).first().getByRole('link').first().click();
      await page.getByRole('heading', { name: `Dead letter: ${key}` }).waitFor();
      await page
        .getByText(/answered|refused|name|email/i)
        .first()
        .waitFor();
      await page.getByText('Why it was refused').waitFor();

      const record = page.getByLabel('The record as JSON');
      const read = JSON.parse(await record.inputValue()) as Record<string, unknown>;
      await record.fill(JSON.stringify({ ...read, name: 'Mended By Hand', email: 'mended@example.test' }, null, 2));
      await page.getByText('Not saved yet').waitFor();
      await page.getByRole('button', { name: 'Save the record' }).click();
      await page.getByText('Saved.', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'Resend' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Resend' }).click();
      await page.getByText('1 record is on its way.').waitFor();
      await page.getByText('solved', { exact: true }).waitFor();
      const arrived = target.store.records('contacts').filter(({ name }) => name === 'Mended By Hand');
      expect(arrived).toHaveLength(1);
    }));

  test('several that are chosen, then all that fit, are resent by a mended definition', () =>
    withTarget(async (target) => {
      const signedIn = await bed.signIn({ role: 'editor' });
      const { page } = signedIn;
      const count = await refuse(signedIn, 'resent', target);
      // The new mapping takes what the old one let through.
      const text = definition('resent').replace(
        'name: name, email: email',
        'name: { value: Nobody }, email: { value: null }',
      );
      await must(signedIn, 'POST', '/pipelines', { definition: text });

      for (const row of [rows(page).nth(0), rows(page).nth(1)]) await row.getByRole('checkbox').check();
      await page.getByText('2 records are chosen.').waitFor();
      await page.getByRole('button', { name: 'Resend' }).click();
      const dialog = page.getByRole('dialog');
      expect(await dialog.getByLabel('The published one').isChecked()).toBe(true);
      await dialog.getByRole('button', { name: 'Resend' }).click();
      await page.getByText('2 records are on their way.').waitFor();
      await page.getByLabel('State').selectOption('all');
      await page.getByRole('row').filter({ hasText: 'solved' }).nth(1).waitFor();

      await page.getByLabel('State').selectOption('open');
      await page.getByRole('row').filter({ hasText: 'solved' }).first().waitFor({ state: 'detached' });
      await rows(page).nth(0).waitFor();
      expect(await rows(page).count()).toBe(count - 2);
      await page.getByRole('button', { name: 'Choose all that fit the filters' }).click();
      await page.getByRole('button', { name: 'Resend' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Resend' }).click();
      await page.getByText(`${count - 2} records are on their way.`).waitFor();
      await page.getByText('No dead letter fits these filters.').waitFor();
      // On their way they are open no more and not solved yet.
      await until(async () => (await must(signedIn, 'GET', '/dead-letters?state=solved')).items.length === count);
    }));

  test('what is given up is asked for once more, and stands there as discarded', () =>
    withTarget(async (target) => {
      const signedIn = await bed.signIn({ role: 'editor' });
      const { page } = signedIn;
      await refuse(signedIn, 'given-up', target);
      await rows(page).nth(0).getByRole('checkbox').check();
      await page.getByRole('button', { name: 'Discard' }).click();
      await page.getByRole('dialog').getByText('this cannot be taken back').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Discard' }).click();
      await page.getByText('1 record was discarded.').waitFor();
      await page.getByLabel('State').selectOption('discarded');
      await page.getByRole('row').filter({ hasText: 'discarded' }).waitFor();
    }));
});
