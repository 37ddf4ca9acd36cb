import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { accessOf } from '../../../api/access/authorise.js';
import { routes } from '../../../api/routes/index.js';
import { queryOnce } from '../../../runtime/postgres-connection.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson } from '../../support/people.js';
import { unaudited } from '../../support/unaudited.js';

describe('the audit log over the API', () => {
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

  const lines = async (query: string) => (await api.call('GET', `/audit?${query}`)).body.items;

  test('every route that changes something leaves a line, or has a written reason not to', () => {
    const silent = routes
      .filter((spec) => spec.method !== 'get' && accessOf(spec.name).audit === undefined)
      .map((spec) => spec.name);
    expect(silent.sort()).toEqual(Object.keys(unaudited).sort());
  });

  test('names of actions are nouns and verbs of the past', () => {
    const names = routes.map((spec) => accessOf(spec.name).audit).filter((name) => name !== undefined);
    expect(names.filter((name) => !/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/.test(name))).toEqual([]);
  });

  test('a line stands before the work is done, and a refusal has one of its own', async () => {
    const answer = await api.call('DELETE', '/pipelines/never-was');
    expect(answer.status).toBe(404);
    const requestId = answer.headers.get('x-request-id');
    const found = await lines(`requestId=${requestId}`);
    expect(found).toMatchObject([
      { action: 'pipeline.deleted.refused', object: 'never-was', details: { code: answer.body.code } },
      { action: 'pipeline.deleted', object: 'never-was', actor: expect.stringMatching(/^key:[0-9a-z]{8}$/) },
    ]);
  });

  test('without its line nothing is done', async () => {
    await queryOnce(engine.database.ownerUrl, 'revoke insert on audit from pipewright_app');
    try {
      const answer = await api.call('POST', '/keys', { name: 'unseen', scopes: ['read'] });
      expect(answer.status).toBe(500);
      expect((await api.call('GET', '/keys')).text).not.toContain('unseen');
    } finally {
      await queryOnce(engine.database.ownerUrl, 'grant insert on audit to pipewright_app');
    }
  });

  test('a person stands there by address, with the object by name; texts cannot forge lines', async () => {
    const admin = await signInPerson(api, { member: { [engine.accountId]: 'admin' } });
    const made = await admin.call('POST', '/keys', { name: 'night \u202e export', scopes: ['read'] });
    expect(made.status).toBe(201);
    const [line] = await lines(`actor=person:${admin.email}`);
    expect(line).toMatchObject({ action: 'key.created', object: 'night   export read', onBehalfOf: null });
    expect(line.details).toEqual({ user: admin.userId });
  });

  test('is read by admins alone, page by page, newest first', async () => {
    for (const name of ['one', 'two', 'three']) await api.call('POST', '/keys', { name, scopes: ['read'] });
    const first = (await api.call('GET', '/audit?limit=2')).body;
    const second = (await api.call('GET', `/audit?limit=2&cursor=${first.next}`)).body;
    const numbers = [...first.items, ...second.items].map((line: { seq: number }) => line.seq);
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
    expect(new Set(numbers).size).toBe(numbers.length);
    const editor = await signInPerson(api, { member: { [engine.accountId]: 'editor' } });
    for (const path of ['/audit', '/audit/verify', '/views/v_audit']) {
      expect((await editor.call('GET', path)).status).toBe(403);
    }
    expect((await api.call('GET', '/views/v_audit')).body.length).toBeGreaterThan(2);
  });

  test('verifying finds one changed row; operators verify all logs at once', async () => {
    const operator = await signInPerson(api, { staff: 'operator' });
    await operator.call('POST', '/staff', { email: 'nobody@example.test', role: 'support' });
    for (const name of ['one', 'two', 'three']) await api.call('POST', '/keys', { name, scopes: ['read'] });
    expect((await operator.call('GET', '/installation/audit')).body.items.length).toBeGreaterThan(0);
    expect((await operator.call('GET', '/installation/audit/verify')).body).toMatchObject({ isWhole: true });
    expect((await api.call('GET', '/audit/verify')).body).toMatchObject({ isWhole: true, brokenAt: null });
    await queryOnce(
      engine.database.ownerUrl,
      `set session_replication_role = replica; update audit set actor = 'person:other@example.test' where seq = 2 and account_id = '${engine.accountId}'`,
    );
    const found = (await api.call('GET', '/audit/verify')).body;
    expect(found).toMatchObject({ isWhole: false, brokenAt: 2, problem: 'Line 2 is not as it was written.' });
    const all = (await operator.call('GET', '/installation/audit/verify')).body;
    expect(all).toMatchObject({ isWhole: false, accountId: engine.accountId });
    await queryOnce(
      engine.database.ownerUrl,
      'set session_replication_role = replica; delete from audit; delete from audit_head',
    );
  });
});
