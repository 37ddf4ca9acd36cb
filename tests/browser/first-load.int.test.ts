import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requestService } from '../support/services.js';
import { type Bed, openBed } from './bed.js';

const mostBytes = 350_000;

describe('the first page that anybody sees', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await openBed({ hasWorker: false });
  });

  afterAll(async () => {
    await bed?.close();
  });

  test('is the sign-in, which leads back to the page that was asked for', async () => {
    const page = await bed.page();
    await page.goto('/runs?state=failed');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/runs?state=failed');
  });

  test('lets no script run that is not a file of ours', async () => {
    const page = await bed.page();
    const answer = await page.goto('/sign-in');
    const policy = (await answer?.allHeaders())?.['content-security-policy'] ?? '';
    const scripts = policy.split('; ').find((rule) => rule.startsWith('script-src')) ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(scripts).toBe("script-src 'self'");
    expect(await page.locator('script:not([src])').count()).toBe(0);
  });

  test('takes less than 350 KB with everything that it needs at once', async () => {
    const { folder } = await requestService('cabinet');
    const page = readFileSync(join(folder, 'index.html'), 'utf8');
    const files = [...page.matchAll(/<(?:script|link)[^>]*\s(?:src|href)="\/(assets\/[^"]+)"/g)].map(
      ([, file]) => file,
    );
    expect(files.filter((file) => file?.endsWith('.js')).length).toBeGreaterThan(0);
    expect(files.filter((file) => file?.endsWith('.css')).length).toBeGreaterThan(0);
    const sizes = files.map((file) => gzipSync(readFileSync(join(folder, file ?? ''))).length);
    const whole = sizes.reduce((sum, size) => sum + size, gzipSync(page).length);
    expect(whole).toBeLessThan(mostBytes);
    expect(whole).toBeGreaterThan(50_000);
  });
});
