import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Bed, openBed } from './bed.js';

const run = promisify(execFile);

describe('API keys', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ hasWorker: false });
  });

  afterAll(async () => {
    await bed?.close();
  });

  /** The status that a program of the customer gets. */
  const curl = async (key: string, ...more: readonly string[]): Promise<string> => {
    const { stdout } = await run('curl', [
      ...['-s', '-o', '/dev/null', '-w', '%{http_code}', '-H', `Authorization: Bearer ${key}`],
      ...more,
      `${bed.api.address}/api/v1/connections`,
    ]);
    return stdout;
  };

  test('one is made, shown once, used by curl, narrowed, widened and revoked', async () => {
    const { page } = await bed.signIn({ role: 'admin' });
    await page.goto('/keys');
    await page.getByText('There is no key yet.').waitFor();
    await page.getByLabel(/^Name/).fill('warehouse robot');
    await page.getByRole('radio', { name: 'read' }).check();
    await page.getByRole('button', { name: 'Make a key' }).click();
    await page.getByText('The key warehouse robot').waitFor();
    const key = await page.getByLabel('Key', { exact: true }).inputValue();
    expect(key).toMatch(/^pw_/);
    expect(await curl(key)).toBe('200');
    const body = JSON.stringify({ name: 'x', connector: 'file', settings: { streams: { a: { path: 'a.csv' } } } });
    const post = ['-H', 'content-type: application/json', '-d', body];
    expect(await curl(key, ...post)).toBe('403');

    await page.getByRole('button', { name: 'I have kept it' }).click();
    await page.reload();
    await page.getByText('warehouse robot').waitFor();
    expect(await page.getByText(key).count()).toBe(0);

    await page.getByRole('button', { name: 'Edit: warehouse robot' }).click();
    await page.getByLabel(/^Name/).fill('warehouse writer');
    await page.getByRole('radio', { name: 'write' }).check();
    await page.getByLabel('Allowed addresses').fill('203.0.113.0/24');
    await page.getByRole('button', { name: 'Save' }).click();
    const row = page.getByRole('row').filter({ hasText: 'warehouse writer' });
    await row.getByText('203.0.113.0/24').waitFor();
    expect(await curl(key)).toBe('401');
    await page.getByRole('button', { name: 'Edit: warehouse writer' }).click();
    await page.getByLabel('Allowed addresses').fill('127.0.0.0/8');
    await page.getByRole('button', { name: 'Save' }).click();
    await row.getByText('127.0.0.0/8').waitFor();
    expect(await curl(key, ...post)).toBe('201');

    await row.getByRole('button', { name: 'Revoke' }).click();
    const dialog = page.getByRole('dialog', { name: 'Revoke the key warehouse writer?' });
    await dialog.getByText('This cannot be undone').waitFor();
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await row.getByText('revoked').waitFor();
    expect(await curl(key)).toBe('401');
  });

  test('are no business of an editor', async () => {
    const { page } = await bed.signIn({ role: 'editor' });
    await page.goto('/');
    await page.getByRole('link', { name: 'Connections' }).waitFor();
    expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  });
});
