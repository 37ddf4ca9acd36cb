import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Response } from 'playwright-core';
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

  test('takes less than 350 KB over the wire with everything that it needs', async () => {
    const page = await bed.page();
    const answers: Response[] = [];
    page.on('response', (answer) => answers.push(answer));
    await page.goto('/sign-in');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    const sizes = await Promise.all(answers.map((answer) => answer.request().sizes()));
    const whole = sizes.reduce((sum, { responseBodySize, responseHeadersSize }) => {
      return sum + responseBodySize + responseHeadersSize;
    }, 0);
    const scripts = answers.filter((answer) => answer.url().endsWith('.js'));
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const { 'content-encoding': encoding, 'content-length': length } = await script.allHeaders();
      expect([script.url(), Number(length) > 1_400 ? encoding : 'br']).toEqual([script.url(), 'br']);
    }
    expect(whole).toBeLessThan(mostBytes);
    expect(whole).toBeGreaterThan(50_000);
  });
});
