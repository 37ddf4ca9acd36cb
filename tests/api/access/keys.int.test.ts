import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson } from '../../support/people.js';

describe('API keys', () => {
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

  const make = async (body: object, key = api.key) => (await api.call('POST', '/keys', body, { key })).body;
  const using = (key: string, method = 'GET', path = '/pipelines', body?: unknown) =>
    api.call(method, path, body, { key });

  test('are stored as a hash, shown once, and told apart by their public part', async () => {
    const made = await make({ name: 'night', scopes: ['read', 'run'] });
    expect(made.key).toMatch(/^pw_[0-9a-z]{8}_[A-Za-z0-9_-]{43}$/);
    const secret = made.key.slice('pw_12345678_'.length);
    const rows = await engine.rows('select * from api_key');
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect((await api.call('GET', '/keys')).text).not.toContain(secret);
    expect((await api.call('GET', '/audit')).text).not.toContain(secret);
  });

  test('a revoked key opens nothing from the next request on, nor does one that ran out', async () => {
    const made = await make({ name: 'short', scopes: ['read'] });
    expect((await using(made.key)).status).toBe(200);
    expect((await api.call('DELETE', `/keys/${made.id}`)).status).toBe(204);
    expect((await using(made.key)).status).toBe(401);
    expect((await api.call('PATCH', `/keys/${made.id}`, { name: 'again' })).status).toBe(404);
    const old = await make({ name: 'old', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' });
    expect((await using(old.key)).text.replace(/"requestId":"[^"]+"/, '')).toBe(
      (await using(made.key)).text.replace(/"requestId":"[^"]+"/, ''),
    );
  });

  test('a key is used from its addresses alone; a forged X-Forwarded-For changes nothing', async () => {
    const near = await make({ name: 'near', scopes: ['read'], allowedAddresses: ['127.0.0.0/8', '::1'] });
    const far = await make({ name: 'far', scopes: ['read'], allowedAddresses: ['203.0.113.0/24'] });
    expect((await using(near.key)).status).toBe(200);
    expect((await using(far.key)).status).toBe(401);
    const forged = await api.call('GET', '/pipelines', undefined, {
      key: far.key,
      headers: { 'x-forwarded-for': '203.0.113.9' },
    });
    expect(forged.status).toBe(401);
    for (const allowedAddresses of [['300.1.1.1'], ['10.0.0.0/33'], ['::/129'], ['example.com']]) {
      expect((await api.call('POST', '/keys', { name: 'x', scopes: ['read'], allowedAddresses })).status).toBe(400);
    }
  });

  test('an edit counts at once', async () => {
    const made = await make({ name: 'edited', scopes: ['read'] });
    const body = {
      name: 'wider',
      scopes: ['write'],
      allowedAddresses: ['127.0.0.1'],
      expiresAt: '2040-01-01T00:00:00Z',
    };
    const edited = await api.call('PATCH', `/keys/${made.id}`, body);
    expect(edited.body).toMatchObject({ ...body, expiresAt: '2040-01-01T00:00:00.000Z' });
    expect((await using(made.key, 'DELETE', '/pipelines/none')).status).toBe(404);
    await api.call('PATCH', `/keys/${made.id}`, { allowedAddresses: ['203.0.113.1'] });
    expect((await using(made.key)).status).toBe(401);
    await api.call('PATCH', `/keys/${made.id}`, { allowedAddresses: [], expiresAt: null });
    expect((await using(made.key)).status).toBe(200);
    expect((await api.call('PATCH', `/keys/${made.id}`, {})).status).toBe(400);
    expect((await api.call('PATCH', `/keys/${made.id}`, { expiresAt: '2031-02-31T25:61:00Z' })).status).toBe(400);
  });

  test('a key neither makes nor edits one that is wider than itself', async () => {
    const terms = { scopes: ['admin'], allowedAddresses: ['127.0.0.0/8'], expiresAt: '2035-01-01T00:00:00Z' };
    const narrow = await make({ name: 'narrow', ...terms });
    const tries: [object, number][] = [
      [{ scopes: ['admin'], allowedAddresses: ['127.0.0.1'], expiresAt: '2034-01-01T00:00:00Z' }, 201],
      [{ scopes: ['read'], allowedAddresses: ['127.5.0.0/16'], expiresAt: '2035-01-01T00:00:00Z' }, 201],
      [{ ...terms, expiresAt: null }, 403],
      [{ ...terms, expiresAt: '2035-01-01T00:00:01Z' }, 403],
      [{ ...terms, allowedAddresses: [] }, 403],
      [{ ...terms, allowedAddresses: ['126.0.0.0/7'] }, 403],
      [{ ...terms, allowedAddresses: ['127.0.0.1', '::1'] }, 403],
    ];
    for (const [body, status] of tries) {
      const answer = await using(narrow.key, 'POST', '/keys', { name: 'made', ...body });
      expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), status]);
    }
    const wide = await make({ name: 'wide', scopes: ['read'] });
    expect((await using(narrow.key, 'PATCH', `/keys/${wide.id}`, { name: 'mine' })).status).toBe(403);
    const own = await using(narrow.key, 'PATCH', `/keys/${narrow.id}`, { allowedAddresses: [] });
    expect(own.body.code).toBe('api/forbidden');
    const admin = await signInPerson(api, { member: { [engine.accountId]: 'admin' } });
    expect((await admin.call('PATCH', `/keys/${narrow.id}`, { allowedAddresses: [] })).status).toBe(200);
    const editor = await signInPerson(api, { member: { [engine.accountId]: 'editor' } });
    expect((await editor.call('POST', '/keys', { name: 'x', scopes: ['read'] })).status).toBe(403);
  });

  test('a key in the address is refused with a sentence, wherever it stands', async () => {
    for (const path of [`/pipelines?key=${api.key}`, `/pipelines?${api.key}`, `/pipelines/${api.key}`]) {
      const answer = await api.call('GET', path, undefined, { key: null });
      expect(answer).toMatchObject({ status: 400, body: { code: 'api/key_in_address' } });
      expect(answer.text).not.toContain(api.key);
    }
  });

  test('a key in another header or in other clothes is no key', async () => {
    const headers: Record<string, string>[] = [
      { 'x-api-key': api.key },
      { authorization: api.key },
      { authorization: `Basic ${Buffer.from(`x:${api.key}`).toString('base64')}` },
      { authorization: `Bearer  ${api.key} ` },
      { authorization: `Bearer ${api.key.toUpperCase()}` },
      { cookie: `key=${api.key}` },
    ];
    const statuses = [];
    for (const header of headers)
      statuses.push((await api.call('GET', '/pipelines', undefined, { key: null, headers: header })).status);
    expect(statuses).toEqual(headers.map(() => 401));
  });

  test('of two keys in one request the first one counts', async () => {
    const url = new URL(api.address);
    const status = await new Promise<number>((resolve, reject) => {
      const headers = ['host', url.host, 'authorization', `Bearer ${api.key}`, 'authorization', 'Bearer pw_other'];
      httpRequest({ host: url.hostname, port: url.port, path: '/api/v1/pipelines', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .once('error', reject)
        .end();
    });
    // The first one counts, as Node reads headers; what stands after it opens nothing.
    expect(status).toBe(200);
  });
});
