import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PostOffice, startPostOffice } from '../support/post-office.js';
import { until } from '../support/until.js';
import { type Bed, openBed } from './bed.js';

const mostMs = 5 * 60_000;
const password = 'harbour-lamp-cello';

describe('somebody who has never been here', () => {
  let bed: Bed;
  let office: PostOffice;

  beforeAll(async () => {
    office = await startPostOffice();
    bed = await openBed({
      practice: { records: 100 },
      env: { SMTP_URL: office.url, MAIL_FROM: 'Pipewright <no-reply@example.test>' },
    });
  });

  afterAll(async () => {
    await bed?.close();
    await office?.stop();
  });

  test('registers, confirms the letter, and has moved records between two systems a few clicks later', async () => {
    const began = performance.now();
    const page = await bed.page();
    const email = 'anna@workshop.example';

    await page.goto('/');
    await page.getByRole('link', { name: 'Create an account' }).click();
    // The page before it has a form with a name too.
    await page.getByRole('heading', { name: 'Create an account' }).waitFor();
    await page.getByLabel('Your name').fill('Anna Nowak');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel(/^Password/).fill(password);
    await page.getByLabel('Company').fill('Nowak Workshop');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByText(`We sent a letter to ${email}`).waitFor();

    const letter = await until(async () => office.letters.find(({ to }) => to.includes(email)) ?? null);
    await page.goto(/https?:\/\/\S+/.exec(letter.text)?.[0] ?? '');
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('The address is confirmed').waitFor();
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel(/^Password/).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();

    await page.getByText('Your first pipeline').waitFor();
    await page.getByRole('link', { name: 'Begin a pipeline' }).click();
    await page.getByLabel(/^Id/).fill('first-move');
    await page.getByLabel(/^Name/).fill('My first move');
    await page.getByRole('radio', { name: 'Move companies and contacts' }).check();
    expect(await page.getByRole('switch', { name: 'Try it on sandboxes' }).isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Create the draft' }).click();

    await page.getByRole('heading', { name: 'My first move' }).waitFor();
    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish the definition' });
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await dialog.getByText('Version 1 is published').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page.getByRole('button', { name: 'Run now' }).click();

    await page.waitForURL(/\/runs\//);
    await page.getByText('done', { exact: true }).first().waitFor();
    const contacts = page.getByRole('row').filter({ hasText: 'contacts' });
    await contacts.first().getByText('100').first().waitFor();
    expect(performance.now() - began).toBeLessThan(mostMs);
    expect(bed.practice.copy.store.records('contacts')).toHaveLength(100);
    expect(bed.practice.copy.store.records('companies')).toHaveLength(10);
  });
});
