import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { lettersTo } from '../support/letters.js';
import { until } from '../support/until.js';
import { type Bed, openBed } from './bed.js';

const nextPassword = 'lantern-orchard-violin';

/** What an authenticator app shows (RFC 6238): six digits for the half minute `at`. */
function codeOf(secret: string, at = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret.replace(/=+$/, '')].map((c) => alphabet.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

describe('a person’s own data', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ hasWorker: false });
    // The server breaks off what it was telling when a sign-in has ended.
    bed.expectTrouble(/\/api\/v1\/events net::ERR_INCOMPLETE_CHUNKED_ENCODING/);
  });

  afterAll(async () => {
    await bed?.close();
  });

  const section = (page: Page, name: string) =>
    page.locator('section').filter({ has: page.getByRole('heading', { name, exact: true }) });
  const fillSignIn = async (page: Page, email: string, password: string): Promise<void> => {
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel(/^Password/).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const linkFor = async (email: string): Promise<string> => {
    const letter = await until(async () => (await lettersTo(bed.api, email))[0] ?? null);
    return /https?:\/\/\S+/.exec(letter.text)?.[0] ?? '';
  };

  test('the name and the language change at once', async () => {
    const { page } = await bed.signIn();
    await page.goto('/profile');
    await page.getByLabel('Your name').fill('Ольга Коваль');
    await section(page, 'Name and language').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Your menu' }).getByText('Ольга Коваль').waitFor();
    await section(page, 'Name and language').getByLabel('Language').selectOption('uk');
    await page.getByRole('link', { name: 'Підключення' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('uk');
    await page.reload();
    await page.getByRole('link', { name: 'Підключення' }).waitFor();
    // A browser that never heard of the choice: it is the person's.
    await page.evaluate('localStorage.clear()');
    await page.reload();
    await page.getByRole('link', { name: 'Підключення' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('uk');
  });

  test('a new e-mail counts after the old and the new address have agreed', async () => {
    const { page, person } = await bed.signIn();
    const email = `new-${person.email}`;
    await page.goto('/profile');
    await page.getByLabel('New e-mail').fill(email);
    await section(page, 'E-mail').getByLabel('Present password').fill(person.password);
    await page.getByRole('button', { name: 'Change the e-mail' }).click();
    await page.getByText(`A letter to ${person.email} asks for your consent`).waitFor();
    await page.goto(await linkFor(person.email));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('We sent a letter to the new address').waitFor();
    await page.goto(await linkFor(email));
    await page.getByRole('button', { name: 'Confirm' }).click();
    await page.getByText('The new address counts from now on.').waitFor();

    const other = await bed.page();
    await fillSignIn(other, email, person.password);
    await other.getByRole('button', { name: 'Your menu' }).click();
    await other.getByText(email).waitFor();
  });

  test('a new password ends every other sign-in, and only it opens', async () => {
    const { page, person } = await bed.signIn();
    const other = await bed.page();
    await fillSignIn(other, person.email, person.password);
    await other.getByRole('button', { name: 'Your menu' }).waitFor();

    await page.goto('/profile');
    await section(page, 'Where you are signed in').getByText('this one').waitFor();
    await section(page, 'Where you are signed in').getByRole('button', { name: 'End', exact: true }).first().waitFor();
    const passwords = section(page, 'Password');
    await passwords.getByLabel('Present password').fill(person.password);
    await passwords.getByLabel('New password').fill(nextPassword);
    await passwords.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The new password counts from now on.').waitFor();
    await section(page, 'Where you are signed in')
      .getByRole('button', { name: 'End', exact: true })
      .first()
      .waitFor({ state: 'detached' });

    await other.goto('/profile');
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
    await fillSignIn(other, person.email, person.password);
    await other.getByRole('alert').waitFor();
    await fillSignIn(other, person.email, nextPassword);
    await other.getByRole('button', { name: 'Your menu' }).waitFor();
  });

  test('another sign-in is seen in the list and ended there', async () => {
    const { page, person } = await bed.signIn();
    const other = await bed.page();
    await fillSignIn(other, person.email, person.password);
    await other.getByRole('button', { name: 'Your menu' }).waitFor();
    await page.goto('/profile');
    await section(page, 'Where you are signed in').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await other.goto('/profile');
    await other.getByRole('heading', { name: 'Sign in' }).waitFor();
  });

  test('a second step is switched on with a code of an app, asked for at the sign-in, and switched off', async () => {
    const { page, person } = await bed.signIn();
    await page.goto('/profile');
    const steps = section(page, 'Two-step sign-in');
    await steps.getByRole('button', { name: 'Switch on' }).click();
    await steps.getByLabel('Present password').fill(person.password);
    await steps.getByRole('button', { name: 'Go on' }).click();
    await steps.getByText('Add the key to your app').waitFor();
    const secret = ((await steps.locator('pre').first().textContent()) ?? '').replaceAll(' ', '');
    const backup =
      (await steps.getByRole('textbox', { name: 'Keep the backup codes' }).inputValue()).split('\n')[0] ?? '';
    await steps.getByLabel('First code that the app shows').fill(codeOf(secret));
    await steps.getByRole('button', { name: 'Switch on' }).click();
    await page.getByText('From now on signing in takes a code.').waitFor();
    await steps.getByText('on', { exact: true }).waitFor();

    const other = await bed.page();
    await fillSignIn(other, person.email, person.password);
    await other.getByRole('heading', { name: 'Second step' }).waitFor();
    await other.getByRole('textbox', { name: 'Code' }).fill('000000');
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('alert').waitFor();
    await other.getByRole('textbox', { name: 'Code' }).fill(backup);
    await other.getByRole('button', { name: 'Sign in' }).click();
    await other.getByRole('button', { name: 'Your menu' }).waitFor();

    await steps.getByRole('button', { name: 'Switch off' }).click();
    await steps.getByLabel('Present password').fill(person.password);
    await steps.getByRole('button', { name: 'Switch off' }).last().click();
    await page.getByText('Signing in takes the password alone now.').waitFor();
  });
});
