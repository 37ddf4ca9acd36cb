import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lettersTo } from '../support/letters.js';
import { until } from '../support/until.js';
import { type Bed, openBed } from './bed.js';

const company = 'Harbour Systems sp. z o.o.\nul. Portowa 1, Gdańsk';

describe('somebody without an account', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({
      hasWorker: false,
      env: { CONTACT_EMAIL: 'help@example.test', CONTACT_PHONE: '+48 58 000 00 00', COMPANY_DETAILS: company },
    });
  });

  afterAll(async () => {
    await bed?.close();
  });

  test('finds how to reach those who run the installation', async () => {
    const page = await bed.page();
    await page.goto('/contacts');
    await page.getByRole('heading', { name: 'Contacts' }).waitFor();
    expect(await page.getByRole('link', { name: 'help@example.test' }).getAttribute('href')).toBe(
      'mailto:help@example.test',
    );
    expect(await page.getByRole('link', { name: '+48 58 000 00 00' }).getAttribute('href')).toBe('tel:+48580000000');
    await page.getByText('Harbour Systems sp. z o.o.').waitFor();
  });

  test('asks by the form, reads the answer behind the link of the letter, and writes back', async () => {
    const page = await bed.page();
    const email = 'marta@shop.example';
    await page.goto('/contacts');
    await page.getByLabel('Your name').fill('Marta Lis');
    await page.getByLabel('E-mail for the answer').fill(email);
    await page.getByLabel('What it is about').selectOption('feature');
    await page.getByLabel('Subject').fill('Orders from our shop');
    await page.getByLabel('Message').fill('Can you move orders from our shop into Bitrix24?');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Thank you, we have it.').waitFor();
    await page.getByRole('link', { name: 'The conversation' }).click();
    await page.getByRole('heading', { name: 'Orders from our shop' }).waitFor();
    await page.getByText('waits for an answer').waitFor();

    const operator = await bed.signIn({ staff: 'operator', account: null });
    await operator.page.goto('/operator/requests');
    await operator.page.getByRole('link', { name: /Orders from our shop/ }).click();
    await operator.page.getByText('Can you move orders from our shop').waitFor();
    await operator.page.getByRole('textbox').last().fill('Yes: by our HTTP connector.\nShall we set it up?');
    await operator.page
      .getByRole('button', { name: /answer|send/i })
      .first()
      .click();

    const letter = await until(
      async () => (await lettersTo(bed.api, email)).find(({ text }) => text.includes('by our HTTP connector')) ?? null,
    );
    await page.goto(/https?:\/\/\S+/.exec(letter.text)?.[0] ?? '');
    await page.getByText('Shall we set it up?').waitFor();
    await page.getByText('answered', { exact: true }).waitFor();
    await page.getByLabel('Your message').fill('Please do.');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('Please do.').first().waitFor();
    await page.getByText('waits for an answer').waitFor();
    await operator.page.reload();
    await operator.page.getByText('Please do.').waitFor();
  });
});
