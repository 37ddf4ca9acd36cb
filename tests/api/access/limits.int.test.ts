import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { caps } from '../../../api/access/caps.js';
import { addAccount } from '../../../store/accounts.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask, inLanes } from '../../support/cast.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';

describe('limits of requests', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
  });
  // Counters of its own for each test.
  beforeEach(async () => {
    // A window that does not end during the test.
    const requestRules = { seconds: 600, perCaller: 30, perAccount: 70, perAddress: 20 };
    api = await startTestApi(engine, { requestRules, isOneServer: true });
  });
  afterEach(async () => {
    await api?.stop();
  });
  afterAll(async () => {
    await engine?.stop();
  });

  const get = (headers: Record<string, string>) => ask(api.address, 'GET', '/api/v1/pipelines', headers);
  const flood = async (headers: Record<string, string>, count: number) =>
    (await inLanes(Array.from({ length: count }), 4, () => get(headers))).map(({ status }) => status);
  const bearer = async () => ({ authorization: `Bearer ${await api.makeKey(['read'])}` });

  test('a key has its share, the account has one for all its keys, and neither harms another account', async () => {
    const first = await bearer();
    const answer = await get(first);
    expect(answer.headers).toMatchObject({ 'ratelimit-limit': '30', 'ratelimit-remaining': '29' });
    expect((await flood(first, 35)).filter((status) => status === 200)).toHaveLength(29);
    const refused = await get(first);
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.text)).toMatchObject({ code: 'api/too_many_requests', status: 429 });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.headers).toMatchObject({ 'ratelimit-limit': '30', 'ratelimit-remaining': '0' });
    expect(await flood(await bearer(), 30)).toEqual(Array(30).fill(200));
    // Ten are left to the account.
    expect((await flood(await bearer(), 20)).filter((status) => status === 200)).toHaveLength(10);
  });

  test('visitors and wrong keys of one address share a small one, which right keys are not part of', async () => {
    const elsewhere = randomUUID();
    await api.context.store.system((tx) => addAccount(tx, { id: elsewhere, name: 'Other', tariff: 'unlimited' }));
    const known = { authorization: `Bearer ${await api.makeKey(['read'], elsewhere)}` };
    const before = (await get(known)).status;
    const wrong = { authorization: `Bearer pw_00000000_${'A'.repeat(43)}` };
    const statuses = await flood(wrong, 25);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    // Another address, says the stranger; nobody believes it.
    expect((await get({ ...wrong, 'x-forwarded-for': '198.51.100.7' })).status).toBe(429);
    expect((await get({})).status).toBe(429);
    expect((await get(known)).status).toBe(before);
  });
});

describe('caps of an account', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });
  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  test('many at once never make more than there is room for, and the sentence says how many', async () => {
    const present = ((await api.call('GET', '/keys')).body.items as unknown[]).length;
    const room = caps.keys.most - present;
    const tries = Array.from({ length: room + 10 }, (_, index) => ({ name: `key ${index}`, scopes: ['read'] }));
    const answers = await inLanes(tries, 10, (body) => api.call('POST', '/keys', body));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(room);
    const refused = answers.find(({ status }) => status !== 201);
    expect(refused).toMatchObject({ status: 422, body: { code: 'account/cap_reached' } });
    expect(refused?.body.message).toContain(`${caps.keys.most} valid API keys`);
    const [last] = (await api.call('GET', '/keys')).body.items;
    await api.call('DELETE', `/keys/${last.id}`).catch(() => undefined);
    expect((await api.call('POST', '/keys', tries[0])).status).toBeLessThan(500);
  });
});
