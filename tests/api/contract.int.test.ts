import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { routes } from '../../api/routes/index.js';
import { addAccount } from '../../store/accounts.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const definition = (id: string, map = 'name: name') => `
pipeline: ${id}
title: Events into a file
connections: { sender: { connector: webhook }, out: { connector: file } }
trigger: { webhook: { reconcile: 1h } }
flows:
  orders:
    from: { stream: sender.orders, read: incremental, key: [id] }
    map: { ${map} }
    to: { stream: out.orders, write: insert }
`;

const intake = {
  signature: { header: 'X-Signature', algorithm: 'sha256', format: 'hex' },
};

describe('the API itself', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    const out = { streams: { orders: { path: 'orders.jsonl' }, others: { path: 'others.jsonl' } } };
    await api.call('POST', '/connections', { name: 'out', connector: 'file', settings: out });
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  /** Straight to the socket: `fetch` sets Host and Origin itself. */
  const rawCall = (path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> =>
    new Promise((resolve, reject) => {
      const url = new URL(api.address);
      const request = httpRequest({ host: url.hostname, port: url.port, path, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += String(chunk);
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      });
      request.on('error', reject);
      request.end();
    });

  describe('keys', () => {
    test('missing, malformed, unknown and wrong keys are refused alike', async () => {
      const [prefix, publicId] = api.key.split('_');
      const wrong = `${prefix}_${publicId}_${randomBytes(32).toString('base64url')}`;
      const unknown = `pw_${'z'.repeat(8)}_${randomBytes(32).toString('base64url')}`;
      const answers = [];
      for (const key of [null, 'nonsense', unknown, wrong]) {
        const { status, body } = await api.call('GET', '/pipelines', undefined, { key });
        answers.push({ status, code: body.code, message: body.message });
      }
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({ status: 401, code: 'api/unauthenticated' });
    });

    test('a key in the address opens nothing', async () => {
      const { status } = await api.call('GET', `/pipelines?api_key=${api.key}`, undefined, { key: null });
      expect(status).toBe(400);
      expect((await api.call('GET', `/pipelines?api_key=${api.key}`)).body.code).toBe('api/key_in_address');
    });

    test('a revoked key opens nothing from the next request on', async () => {
      const made = await api.call('POST', '/keys', { name: 'short', scopes: ['read'] });
      expect(made.body.key).toMatch(/^pw_[0-9a-z]{8}_[\w-]{43}$/);
      expect((await api.call('GET', '/pipelines', undefined, { key: made.body.key })).status).toBe(200);
      expect((await api.call('DELETE', `/keys/${made.body.id}`)).status).toBe(204);
      expect((await api.call('GET', '/pipelines', undefined, { key: made.body.key })).status).toBe(401);
    });

    test('an expired key opens nothing, and only a hash of each secret is stored', async () => {
      const made = await api.call('POST', '/keys', {
        name: 'old',
        scopes: ['read'],
        expiresAt: '2020-01-01T00:00:00Z',
      });
      expect((await api.call('GET', '/pipelines', undefined, { key: made.body.key })).status).toBe(401);
      const rows = await engine.rows('select * from api_key');
      const secret = made.body.key.slice('pw_12345678_'.length);
      expect(JSON.stringify(rows)).not.toContain(secret);
      expect(JSON.stringify((await api.call('GET', '/keys')).body)).not.toContain(secret);
    });
  });

  describe('accounts', () => {
    test('what belongs to another account is as absent as what does not exist', async () => {
      const other = randomUUID();
      const { store } = engine.engine.dependencies;
      await store.system((tx) => addAccount(tx, { id: other, name: 'Other', tariff: 'unlimited' }));
      const theirs = await api.makeKey(['admin'], other);
      const out = { streams: { orders: { path: 'theirs.jsonl' } } };
      const made = await api.call('POST', '/connections', { name: 'mine-only', connector: 'file', settings: out });
      for (const [method, path] of [
        ['GET', `/connections/${made.body.id}`],
        ['DELETE', `/connections/${made.body.id}`],
        ['POST', `/connections/${made.body.id}/check`],
      ] as const) {
        const foreign = await api.call(method, path, undefined, { key: theirs });
        const absent = await api.call(method, path.replace(made.body.id, randomUUID()), undefined, { key: theirs });
        expect([foreign.status, foreign.body.code]).toEqual([absent.status, absent.body.code]);
        expect(foreign.status).toBe(404);
        expect(foreign.text).not.toContain('mine-only');
      }
      expect((await api.call('GET', '/connections', undefined, { key: theirs })).body.items).toEqual([]);
      expect((await api.call('GET', '/views/v_runs', undefined, { key: theirs })).body).toEqual([]);
    });
  });

  describe('requests', () => {
    test('another host or another site is refused, a site of its own is not', async () => {
      const { host } = new URL(api.address);
      const authorization = `Bearer ${api.key}`;
      expect((await rawCall('/api/v1/pipelines', { host: 'evil.example', authorization })).status).toBe(421);
      const foreign = { host, authorization, origin: 'https://evil.example' };
      expect((await rawCall('/api/v1/pipelines', foreign)).status).toBe(403);
      expect((await rawCall('/api/v1/pipelines', { host, authorization, origin: api.address })).status).toBe(200);
    });

    test.each([
      ['not JSON', '{"definition"', 400, 'api/bad_request'],
      ['a list instead of an object', '[]', 400, 'api/bad_request'],
      ['an unknown member', '{"definition":"x","admin":true}', 400, 'api/bad_request'],
      ['a name that pollutes', '{"definition":"x","connections":{"__proto__":{"a":1}}}', 400, 'api/bad_request'],
      ['U+0000', '{"definition":"x\\u0000"}', 400, 'api/bad_request'],
      ['too deep', `{"definition":${'['.repeat(40)}${']'.repeat(40)}}`, 400, 'api/bad_request'],
      ['too large', `{"definition":"${'x'.repeat(1_100_000)}"}`, 413, 'api/too_large'],
    ])('a body with %s is refused', async (_what, raw, status, code) => {
      const answer = await api.call('POST', '/pipelines', undefined, { raw });
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
    });

    test('a body of another type is refused', async () => {
      const headers = { 'content-type': 'text/plain' };
      const answer = await api.call('POST', '/pipelines', undefined, { raw: '{"definition":"x"}', headers });
      expect(answer.body.code).toBe('api/unsupported_media_type');
    });

    test.each([
      '/pipelines/%2e%2e%2fetc',
      "/pipelines/x'%20or%20'1'='1",
      '/pipelines/%00',
      '/runs/not-a-uuid',
      '/runs?cursor=!!!',
      '/runs?limit=0',
      '/views/v_runs?account_id=1',
    ])('%s is a plain refusal', async (path) => {
      const { status } = await api.call('GET', path);
      expect([400, 404]).toContain(status);
    });

    test('answers carry the security headers', async () => {
      const { headers } = await api.call('GET', '/pipelines');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('strict-transport-security')).toBeNull();
      expect(headers.get('x-powered-by')).toBeNull();
    });

    test('a definition with errors is refused with all of them at once', async () => {
      const wrong = 'pipeline: wrong\ntitle: x\nconnections: { a: { connector: nobody } }\nflows: {}\ncolour: red\n';
      const { status, body } = await api.call('POST', '/pipelines', { definition: wrong });
      expect([status, body.code]).toEqual([422, 'definition/invalid']);
      const codes = body.details.problems.map((problem: { code: string }) => problem.code);
      expect(codes).toEqual(expect.arrayContaining(['definition/unknown_connector', 'definition/unknown_key']));
      const checked = await api.call('POST', '/check', { definition: wrong });
      expect(checked.body).toMatchObject({ isValid: false, pipeline: null });
    });
  });

  describe('idempotency keys', () => {
    const body = { name: 'once', connector: 'file', settings: { streams: { a: { path: 'a.csv' } } } };

    test('a repeat gets the first answer and does nothing, another body is refused', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const first = await api.call('POST', '/connections', body, { headers });
      const second = await api.call('POST', '/connections', body, { headers });
      expect(second).toMatchObject({ status: 201, body: first.body });
      expect(second.headers.get('idempotency-replayed')).toBe('true');
      const other = await api.call('POST', '/connections', { ...body, name: 'twice' }, { headers });
      expect(other).toMatchObject({ status: 422, body: { code: 'api/idempotency_mismatch' } });
    });

    test('many requests at once with one key make one thing', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const same = { ...body, name: 'at-once' };
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => api.call('POST', '/connections', same, { headers })),
      );
      const statuses = new Set(answers.map((answer) => answer.status));
      expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
      const ids = new Set(answers.filter((answer) => answer.status === 201).map((answer) => answer.body.id));
      expect(ids.size).toBe(1);
    });

    test('a refused request may be tried again under its key', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const wrong = { ...body, name: 'again', connector: 'nobody' };
      expect((await api.call('POST', '/connections', wrong, { headers })).status).toBe(422);
      expect((await api.call('POST', '/connections', wrong, { headers })).body.code).toBe(
        'connection/unknown_connector',
      );
    });

    test('answers that hold a secret are kept sealed', async () => {
      const headers = { 'idempotency-key': randomUUID() };
      const made = await api.call('POST', '/keys', { name: 'sealed', scopes: ['read'] }, { headers });
      const again = await api.call('POST', '/keys', { name: 'sealed', scopes: ['read'] }, { headers });
      expect(again.body.key).toBe(made.body.key);
      const rows = await engine.rows('select answer from idempotency_key');
      expect(JSON.stringify(rows)).not.toContain(made.body.key.slice('pw_12345678_'.length));
    });
  });

  describe('drafts and versions', () => {
    const text = (map: string) => `
pipeline: drafted
title: From file to file
connections: { source: { connector: file }, out: { connector: file } }
flows:
  rows:
    from: { stream: source.rows, read: full, key: [id] }
    map: { ${map} }
    to: { stream: out.orders, write: insert }
`;

    beforeAll(async () => {
      const settings = { streams: { rows: { path: 'rows.csv' } } };
      await api.call('POST', '/connections', { name: 'source', connector: 'file', settings });
    });

    test('a draft is stored, guarded by its tag, published and compared', async () => {
      const created = await api.call('PUT', '/pipelines/drafted/draft', { definition: text('id: id') });
      expect(created.status).toBe(201);
      const etag = created.headers.get('etag') ?? '';
      const changed = await api.call(
        'PUT',
        '/pipelines/drafted/draft',
        { definition: text('id: id, name: name') },
        { headers: { 'if-match': etag } },
      );
      expect(changed.status).toBe(200);
      const lost = await api.call(
        'PUT',
        '/pipelines/drafted/draft',
        { definition: text('id: id') },
        { headers: { 'if-match': etag } },
      );
      expect(lost).toMatchObject({ status: 412, body: { code: 'api/precondition_failed' } });
      const stale = await api.call('POST', '/pipelines/drafted/publish', {}, { headers: { 'if-match': etag } });
      expect(stale.status).toBe(412);
      const tag = (await api.call('GET', '/pipelines/drafted')).headers.get('etag') ?? '';
      const published = await api.call('POST', '/pipelines/drafted/publish', {}, { headers: { 'if-match': tag } });
      expect(published).toMatchObject({ status: 201, body: { version: 1, isNew: true } });
      expect((await api.call('GET', '/pipelines/drafted/draft')).status).toBe(404);
      await api.call('POST', '/pipelines', { definition: text('id: id, name: name, city: city') });
      const diff = await api.call('GET', '/pipelines/drafted/diff?from=1&to=2');
      expect(diff.body.flows).toEqual([{ flow: 'rows', change: 'changed', parts: ['map.city'] }]);
      expect(diff.body.text).toContain('+    map: { id: id, name: name, city: city }');
      const other = await api.call('POST', '/pipelines/drafted/publish', { definition: definition('somebody-else') });
      expect(other.body.code).toBe('definition/invalid');
    });

    test('a flow that moved records keeps its source, key and target until it is reset', async () => {
      await api.call('POST', '/pipelines', { definition: text('id: id').replace('drafted', 'moved') });
      await engine.rows(
        `update flow set checkpoint = '{"version":1,"cursor":null,"bookmark":{"a":1}}' where pipeline_uid = (select uid from pipeline where id = 'moved')`,
      );
      const retargeted = text('id: id').replace('drafted', 'moved').replace('out.orders', 'out.others');
      const refused = await api.call('POST', '/pipelines', { definition: retargeted });
      expect(refused).toMatchObject({ status: 422, body: { code: 'definition/reset_needed' } });
      expect(refused.body.message).toContain('`rows` (target stream)');
      await api.call('POST', '/pipelines/moved/reset', { links: true, confirm: 'moved' });
      expect((await api.call('POST', '/pipelines', { definition: retargeted })).body.version).toBe(2);
    });

    test('a pipeline that was never published has nothing to reset', async () => {
      await api.call('PUT', '/pipelines/unpublished/draft', { definition: text('id: id') });
      const { body } = await api.call('POST', '/pipelines/unpublished/reset', {});
      expect(body).toMatchObject({ flows: [], linksForgotten: 0 });
    });

    test('`again` forgets how far the flows have come', async () => {
      await api.call('POST', '/pipelines', { definition: text('id: id').replace('drafted', 'again') });
      await engine.rows(
        `update flow set checkpoint = '{"version":1,"cursor":null,"bookmark":{"a":1}}' where pipeline_uid = (select uid from pipeline where id = 'again')`,
      );
      await api.call('POST', '/pipelines', {
        definition: text('id: id, a: a').replace('drafted', 'again'),
        again: true,
      });
      const rows = await engine.rows<{ checkpoint: object }>(
        `select checkpoint from flow where pipeline_uid = (select uid from pipeline where id = 'again')`,
      );
      expect(rows).toEqual([{ checkpoint: { version: 1, cursor: null, bookmark: null } }]);
    });
  });

  describe('the webhook intake', () => {
    const secret = 'a-secret-of-at-least-16';
    let url: string;

    beforeAll(async () => {
      const settings = {
        stream: 'stream',
        streams: { orders: { key: 'id', event_id: 'event' }, others: { key: 'id', event_id: 'event' } },
        ...intake,
      };
      const added = await api.call('POST', '/connections', {
        name: 'sender',
        connector: 'webhook',
        settings,
        secret: { signing_secret: secret },
      });
      expect(added.body).toMatchObject({ hasSecret: true });
      const published = await api.call('POST', '/pipelines', { definition: definition('intake') });
      expect(published).toMatchObject({ status: 201 });
      const [hook] = published.body.hooks;
      expect(hook).toMatchObject({ isRegistered: false, signingSecret: null });
      url = hook.url;
    });

    const deliver = async (body: unknown, given: { signature?: string; url?: string } = {}) => {
      const raw = JSON.stringify(body);
      const signature = given.signature ?? createHmac('sha256', secret).update(raw).digest('hex');
      const headers = { 'content-type': 'application/json', 'x-signature': signature };
      const response = await fetch(given.url ?? url, { method: 'POST', body: raw, headers });
      return { status: response.status, body: await response.json() };
    };

    const touched = () => engine.rows<{ source_key: string }>('select source_key from touched order by source_key');

    test('a signed event is stored once, however often it comes', async () => {
      const event = { stream: 'orders', event: 'e-1', id: '7', name: 'First' };
      const first = await deliver(event);
      expect(first).toMatchObject({ status: 200, body: { received: 1, new: 1 } });
      expect(await deliver(event)).toMatchObject({ status: 200, body: { received: 1, new: 0 } });
      expect((await touched()).filter((row) => row.source_key === '7')).toHaveLength(1);
    });

    test('a wrong signature, an unknown path and unreadable bytes do nothing', async () => {
      const event = { stream: 'orders', event: 'e-2', id: '8' };
      expect((await deliver(event, { signature: 'f'.repeat(64) })).status).toBe(401);
      const unknown = `${api.address}/hooks/${randomBytes(32).toString('base64url')}`;
      expect((await deliver(event, { url: unknown })).status).toBe(404);
      expect((await touched()).some((row) => row.source_key === '8')).toBe(false);
    });

    test('only flows that read the announced stream are touched', async () => {
      await deliver({ stream: 'others', event: 'e-3', id: '9' });
      expect((await touched()).some((row) => row.source_key === '9')).toBe(false);
    });
  });

  describe('documents', () => {
    test('the OpenAPI document names every route, its schemas and its codes', async () => {
      const answered = await fetch(`${api.address}/api/v1/openapi.json`);
      // biome-ignore lint/suspicious/noExplicitAny: the document is looked into freely
      const document: any = await answered.json();
      expect(document.openapi).toBe('3.1.0');
      for (const spec of routes) {
        const operation = document.paths[spec.path][spec.method];
        expect(operation).toMatchObject({ operationId: spec.name });
        expect(operation['x-error-codes']).toEqual(expect.arrayContaining([...spec.errors]));
        if (spec.body !== undefined) expect(operation.requestBody.content['application/json'].example).toBeDefined();
      }
      expect(new Set(routes.map((spec) => spec.name)).size).toBe(routes.length);
    });

    test('health, readiness and metrics answer without a key', async () => {
      expect(await (await fetch(`${api.address}/health`)).json()).toMatchObject({ status: 'ok' });
      const ready = await fetch(`${api.address}/ready`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ database: true, temporal: true, workers: false });
      const metrics = await (await fetch(`${api.address}/metrics`)).text();
      expect(metrics).toContain('pipewright_store_up 1');
      expect(metrics).toContain('pipewright_http_requests_total');
    });
  });
});
