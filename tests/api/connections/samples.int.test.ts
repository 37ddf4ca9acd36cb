import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../../sandbox/rest-crm/sandbox.js';
import { addAccount } from '../../../store/accounts.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';

describe('records and fields tried live', () => {
  let engine: TestEngine;
  let api: TestApi;
  let crm: RestCrmSandbox;

  beforeAll(async () => {
    [engine, crm] = await Promise.all([startTestEngine({ hasWorker: false }), startRestCrm({ seed: 1, records: 30 })]);
    api = await startTestApi(engine, { isOneServer: true });
    const settings = { service: 'rest-crm', base_url: crm.url };
    await engine.connect('crm', 'http', settings, { token: String(crm.credentials.token) });
    await engine.connect('refused', 'http', settings, { token: 'not-the-token' });
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await crm?.stop();
  });

  const contacts = (): { id: string; name: string; email: string | null }[] =>
    crm.store.records('contacts') as unknown as { id: string; name: string; email: string | null }[];
  const check = async (field: unknown, more: object = {}) =>
    (await api.call('POST', '/fields/check', { connection: 'crm', stream: 'contacts', field, ...more })).body;

  test('samples are the first records with their keys, as many as asked for', async () => {
    const { status, body } = await api.call('GET', '/connections/crm/streams/contacts/samples?limit=3');
    expect(status).toBe(200);
    expect(body.items).toHaveLength(3);
    const names = new Map(contacts().map((each) => [each.id, each.name]));
    for (const { key, record } of body.items) expect(record.name).toBe(names.get(key));
  });

  test('a stream that is not there is named, with those that are', async () => {
    const { status, body } = await api.call('GET', '/connections/crm/streams/leads/samples');
    expect(status).toBe(404);
    expect(body.hint).toContain('contacts');
  });

  test('a plain path gives each record’s own value', async () => {
    const { isValid, results } = await check('name', { limit: 4 });
    expect(isValid).toBe(true);
    const names = new Map(contacts().map((each) => [each.id, each.name]));
    expect(results).toHaveLength(4);
    for (const { key, value } of results) expect(value).toBe(names.get(key));
  });

  test('an expression with a mistake is told with its place, and is not run', async () => {
    const expr = 'upper(record.nmae)';
    const { isValid, problems, results } = await check({ expr });
    expect({ isValid, results }).toEqual({ isValid: false, results: [] });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code: 'definition/unknown_field', part: 'expr' });
    expect(expr.slice(problems[0].start, problems[0].end)).toBe('nmae');
  });

  test('an expression that the language refuses is told with its place', async () => {
    const { problems } = await check({ expr: 'now() + 1' });
    expect(problems[0]).toMatchObject({ part: 'expr', start: 0 });
  });

  test('a correct expression gives its result on each record, with names that steps make', async () => {
    const { results } = await check({ expr: 'loud + "!"' }, { steps: [{ set: { loud: 'upper(record.name)' } }] });
    const names = new Map(contacts().map((each) => [each.id, each.name]));
    expect(results).toHaveLength(5);
    for (const { key, value } of results) expect(value).toBe(`${names.get(key)?.toUpperCase()}!`);
  });

  test('what a record refuses is told for that record alone, as its dead letter would say', async () => {
    const { isValid, results } = await check({ from: 'name', values: 'few' }, { values: { few: { x: 1 } } });
    expect(isValid).toBe(true);
    for (const { failure } of results) expect(failure.code).toBe('map/unmapped_value');
  });

  test('conversions and tables need what the language needs', async () => {
    const { problems } = await check({ from: 'name', as: 'money' });
    expect(problems).toEqual([expect.objectContaining({ code: 'definition/missing_key', part: 'as' })]);
    expect((await check({ from: 'name', values: 'none' })).isValid).toBe(false);
  });

  test('costly expressions end at their limits, and many of them end the answer early', async () => {
    const heavy = 'size([1,2,3,4,5,6,7,8,9].map(a, [1,2,3,4,5,6,7,8,9].map(b, rx(record.name, "(a+)+$"))))';
    const set = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`n${index}`, heavy]));
    const began = performance.now();
    const { status, body } = await api.call('POST', '/fields/check', {
      connection: 'crm',
      stream: 'contacts',
      field: { expr: 'n0' },
      steps: [{ set }],
      limit: 20,
    });
    expect(status).toBe(200);
    expect(body.results.length).toBeGreaterThan(0);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  test('the vendor is asked once however often an expression is typed, and that leaves one line', async () => {
    await check('first_name', { stream: 'companies' });
    const before = crm.kit.requests.lastSeq;
    for (const field of ['name', 'email', 'phone']) await check(field, { stream: 'companies' });
    expect(crm.kit.requests.lastSeq).toBe(before);
    const { body } = await api.call('GET', '/audit?action=connection.looked_into&object=crm');
    const lines = body.items.filter((line: { details: { stream?: string } }) => line.details?.stream === 'companies');
    expect(lines).toHaveLength(1);
  });

  test('a vendor that refuses the credentials is said in its words', async () => {
    const { status, body } = await api.call('GET', '/connections/refused/streams/contacts/samples');
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body.code).toMatch(/^(connection|vendor)\//);
  });

  test('a key that may read is enough; another account and nobody see neither records nor the connection', async () => {
    const path = '/connections/crm/streams/contacts/samples';
    const other = await api.context.store.system((tx) => addAccount(tx, { name: 'Other', tariff: 'unlimited' }));
    const [own, foreign] = [await api.makeKey(['read']), await api.makeKey(['read'], other)];
    expect((await api.call('GET', path, undefined, { key: own })).status).toBe(200);
    expect((await api.call('GET', path, undefined, { key: foreign })).status).toBe(404);
    expect((await api.call('GET', path, undefined, { key: null })).status).toBe(401);
    const body = { connection: 'crm', stream: 'contacts', field: 'name' };
    expect((await api.call('POST', '/fields/check', body, { key: foreign })).status).toBe(404);
  });
});
