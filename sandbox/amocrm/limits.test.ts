import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Called, Caller } from '../kit/caller.js';
import type { JsonObject } from '../kit/json.js';
import { type AmoCrmSandbox, startAmoCrm } from './sandbox.js';

let crm: AmoCrmSandbox;
let caller: Caller;

beforeEach(async () => {
  crm = await startAmoCrm();
  // The clock stands, so that a slow machine does not turn a burst into a walk.
  crm.kit.clock.setSpeed(0);
  caller = new Caller(crm);
});

afterEach(() => crm.stop());

const burst = (count: number): Promise<Called[]> =>
  Promise.all(Array.from({ length: count }, () => caller.get('/api/v4/account')));
const tally = (answers: readonly Called[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const set = (settings: JsonObject) => caller.control('settings', settings);

describe('limits of amoCRM', () => {
  test('let seven requests a second pass and refuse the rest in JSON or in plain text', async () => {
    const answers = await burst(11);
    expect(tally(answers)).toEqual({ 200: 7, 429: 4 });
    const refused = answers.filter(({ status }) => status === 429);
    expect(new Set(refused.map(({ headers }) => headers.get('content-type')))).toEqual(
      new Set(['application/problem+json', 'text/plain']),
    );
    expect(refused.every(({ headers }) => headers.get('retry-after') === null)).toBe(true);
    crm.kit.clock.advance(1000);
    expect(tally(await burst(7))).toEqual({ 200: 7 });
  });

  test('may name a waiting time and take another shape', async () => {
    await set({ retry_after: true, limit_body: 'html' });
    const refused = (await burst(8)).find(({ status }) => status === 429);
    expect([refused?.headers.get('retry-after'), refused?.text.includes('nginx')]).toEqual(['1', true]);
  });

  test('hold for the account as a whole, too', async () => {
    await set({ rate: null });
    expect(tally(await burst(60))).toEqual({ 200: 50, 429: 10 });
  });

  test('ban an address that goes on, with a page of the proxy, and forgive it after a time', async () => {
    await set({ ban_after: 5, ban_seconds: 60 });
    expect(tally(await burst(14))).toEqual({ 200: 7, 429: 5, 403: 2 });
    crm.kit.clock.advance(2000);
    const banned = await caller.get('/api/v4/account');
    expect([banned.status, banned.headers.get('content-type')]).toEqual([403, 'text/html']);
    expect(banned.text).toMatch(/<h1>403 Forbidden<\/h1>[\s\S]*nginx/);
    crm.kit.clock.advance(60_000);
    expect((await caller.get('/api/v4/account')).status).toBe(200);
  });

  test('count for nothing where they are switched off', async () => {
    await set({ rate: null, account_rate: null });
    expect(tally(await burst(80))).toEqual({ 200: 80 });
  });
});

describe('refusals of amoCRM', () => {
  test('tell of an account that is not paid or is blocked, and of a missing token', async () => {
    await set({ account_state: 'unpaid' });
    expect((await caller.get('/api/v4/leads')).status).toBe(402);
    await set({ account_state: 'blocked' });
    const blocked = await caller.get('/api/v4/leads');
    expect([blocked.status, blocked.headers.get('content-type')]).toEqual([403, 'application/problem+json']);
    await set({ account_state: 'active' });
    expect((await caller.get('/api/v4/leads', { authorization: '' })).body).toMatchObject({
      status: 401,
      title: 'Unauthorized',
    });
  });

  test('come as HTML of the proxy when the servers break down', async () => {
    await caller.control('faults', { seed: 2, rate: 1, kinds: ['status_500', 'status_503'] });
    const seen = new Set<number>();
    for (let round = 0; round < 7; round += 1) {
      const { status, headers } = await caller.get('/api/v4/leads');
      expect(headers.get('content-type')).toBe('text/html');
      seen.add(status);
    }
    expect([...seen].every((status) => [500, 502, 504].includes(status))).toBe(true);
    expect(seen.size).toBeGreaterThan(1);
  });

  test('may hide that a request was carried out', async () => {
    await caller.control('faults', { seed: 1, rate: 1, kinds: ['commit_then_drop'] });
    const failed = await caller.post('/api/v4/leads', [{ name: 'Lost answer' }]).then(
      () => false,
      () => true,
    );
    expect(failed).toBe(true);
    expect(crm.store.records('leads').map(({ name }) => name)).toEqual(['Lost answer']);
    expect(crm.log.list()[0]).toMatchObject({ effect: 'create', status: 201, fault: 'commit_then_drop' });
  });

  test('meet hosts that are not the account', async () => {
    expect((await caller.get('/~www/api/v4/leads')).status).toBe(404);
    expect((await caller.get('/~www/oauth2/account/subdomain')).status).toBe(200);
  });
});
