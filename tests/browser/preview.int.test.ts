import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import type { TestPerson } from '../support/people.js';
import { until } from '../support/until.js';
import { type Bed, openBed } from './bed.js';

interface Contact {
  readonly id: string;
  readonly name: string;
  readonly position: string;
}

const definition = `pipeline: shown
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map: { name: name, position: position }
    to: { stream: copy.contacts, write: upsert }
`;

describe('the preview of a pipeline', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed();
  });

  afterAll(async () => {
    await bed?.close();
  });

  /** An account with two sandboxes of its own; they are stopped when `work` has ended. */
  const withSandboxes = async (
    work: (place: { page: Page; person: TestPerson; crm: RestCrmSandbox; copy: RestCrmSandbox }) => Promise<void>,
  ): Promise<void> => {
    const [crm, copy] = [await startRestCrm({ seed: 1, records: 8 }), await startRestCrm({ seed: 2 })];
    try {
      const { page, person } = await bed.signIn();
      for (const [name, sandbox] of [
        ['crm', crm],
        ['copy', copy],
      ] as const) {
        const settings = { service: 'rest-crm', base_url: sandbox.url };
        const secret = { token: sandbox.credentials.token };
        await person.call('POST', '/connections', { name, connector: 'http', settings, secret });
      }
      await work({ page, person, crm, copy });
    } finally {
      await Promise.all([crm.stop(), copy.stop()]);
    }
  };
  const contacts = (sandbox: RestCrmSandbox) => sandbox.store.records('contacts') as unknown as Contact[];
  const touch = async (sandbox: RestCrmSandbox, ids: readonly string[], fields: object): Promise<void> => {
    const answer = await fetch(`${sandbox.control}/touch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ stream: 'contacts', ids, fields }),
    });
    expect(answer.status).toBe(200);
  };
  const runThrough = async (person: TestPerson): Promise<void> => {
    const { body } = await person.call('POST', '/runs', { pipeline: 'shown' });
    await until(async () => ((await person.call('GET', `/runs/${body.id}`)).body.endedAt === null ? null : true));
  };
  const start = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Start the preview' }).click();
    await page.getByRole('heading', { name: 'What would be written' }).waitFor();
  };
  const apply = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Apply exactly this' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Apply exactly this' }).click();
  };
  const count = (page: Page, operation: string, shown: number) =>
    page.getByRole('button', { name: `Show ${shown} changes of contacts: ${operation}` });

  test('a draft is previewed, and applying writes exactly the records that were shown', async () => {
    await withSandboxes(async ({ page, person, crm, copy }) => {
      await person.call('PUT', '/pipelines/shown/draft', { definition });
      await page.goto('/pipelines/shown');
      await page.getByRole('link', { name: 'Preview' }).click();
      await page.getByText('The draft stays a draft.').waitFor();
      await start(page);
      await count(page, 'Create', 8).waitFor();
      await page.getByText(/1 request, no wait/).waitFor();
      expect(contacts(copy)).toHaveLength(0);
      const shown = await page.locator('article').allTextContents();
      expect(shown).toHaveLength(8);
      await page.getByText('Version 1, a draft').waitFor();
      expect((await person.call('GET', '/pipelines/shown')).body.publishedVersion).toBeNull();
      for (const { name } of contacts(crm)) expect(shown.filter((text) => text.includes(name))).not.toEqual([]);
      await apply(page);
      await page.getByText('8 written, 0 deleted, 0 were there already, 0 refused.').waitFor();
      await page.getByText('applied', { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Apply exactly this' }).count()).toBe(0);
      expect((await person.call('GET', '/pipelines/shown')).body).toMatchObject({
        publishedVersion: 1,
        hasDraft: false,
      });
      const made = (sandbox: RestCrmSandbox) => contacts(sandbox).map(({ name, position }) => `${name} ${position}`);
      expect(made(copy).sort()).toEqual(made(crm).sort());
      expect(copy.log.list().filter((entry) => entry.effect === 'create')).toHaveLength(8);
    });
  });

  test('changes show before and after; a record that was changed in between is a conflict and stays', async () => {
    await withSandboxes(async ({ page, person, crm, copy }) => {
      await person.call('POST', '/pipelines', { definition });
      await runThrough(person);
      const [first, second, third] = contacts(crm);
      const ids = [first, second, third].map((each) => each?.id ?? '');
      await touch(crm, ids, { position: 'Promoted' });
      await page.goto('/pipelines/shown/preview');
      await page.getByText('What is published: version 1').waitFor();
      await start(page);
      await count(page, 'Change', 3).click();
      await page.waitForURL(/flow=contacts&operation=update/);
      const change = page.getByRole('article', { name: `Change of ${first?.id}` });
      expect(await change.locator('del').textContent()).toBe(first?.position);
      expect(await change.locator('ins').textContent()).toBe('Promoted');
      await change.getByText('1 field stays the same').waitFor();
      await page.getByLabel('Show fields that stay the same').check();
      await change.getByText(first?.name ?? '').waitFor();

      const atTarget = (source: Contact | undefined) => contacts(copy).find((each) => each.name === source?.name);
      await touch(copy, [atTarget(second)?.id ?? ''], { position: 'Somebody was here' });
      const before = copy.log.lastSeq;
      await apply(page);
      await page.getByText('2 written, 0 deleted, 0 were there already, 1 refused.').waitFor();
      await page.getByRole('link', { name: `contacts: ${second?.id}` }).waitFor();
      await page.getByText('Changed in between').waitFor();
      const written = copy.log.list().filter((entry) => entry.seq > before && entry.effect === 'update');
      expect(written.map((entry) => entry.id).sort()).toEqual([atTarget(first)?.id, atTarget(third)?.id].sort());
      expect(atTarget(first)?.position).toBe('Promoted');
      expect(atTarget(second)?.position).toBe('Somebody was here');
    });
  });

  test('a preview that a run has overtaken says so and cannot be applied', async () => {
    await withSandboxes(async ({ page, person, crm }) => {
      await person.call('POST', '/pipelines', { definition });
      await page.goto('/pipelines/shown/preview');
      await start(page);
      await touch(crm, [contacts(crm)[0]?.id ?? ''], { position: 'Moved on' });
      await runThrough(person);
      await page.reload();
      await page.getByText('This preview is outdated.').waitFor();
      expect(await page.getByRole('button', { name: 'Apply exactly this' }).isDisabled()).toBe(true);
      await page.getByRole('link', { name: 'Make a new preview' }).click();
      await start(page);
      await page.getByText('The target has everything already.').waitFor();
    });
  });
});
