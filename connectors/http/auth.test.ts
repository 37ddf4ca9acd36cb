import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { noSignal } from '../kit/conformance/requests.js';
import type { Service } from './service.js';
import { type FakeAnswer, fakeService, restCrm } from './testing.js';

const definitionOf = (auth: Service['auth']): JsonObject =>
  restCrm((service) => {
    service.auth = auth;
  });
const ok: FakeAnswer = { body: { account: { name: 'Acme' } } };

describe('the credentials of a service', () => {
  test.each<[string, Service['auth'], JsonObject, string, string]>([
    ['bearer', { kind: 'bearer' }, { token: 't1' }, 'authorization', 'Bearer t1'],
    ['api key', { kind: 'api_key' }, { api_key: 'k1' }, 'x-api-key', 'k1'],
    [
      'api key of its own',
      { kind: 'api_key', header: 'X-Auth', prefix: 'Key ' },
      { api_key: 'k1' },
      'X-Auth',
      'Key k1',
    ],
    ['basic', { kind: 'basic' }, { username: 'jan', password: 'ż:1' }, 'authorization', 'Basic amFuOsW8OjE='],
  ])('%s', async (_, auth, secret, header, value) => {
    const { connection, requests } = fakeService(definitionOf(auth), () => ok, secret);
    expect(await connection.check(noSignal)).toMatchObject({ account: 'Acme', rightsMissing: [] });
    expect(requests[0]?.request.headers?.[header]).toBe(value);
  });

  test('a part that is missing is named, before anything is sent', async () => {
    const { connection, requests } = fakeService(definitionOf({ kind: 'basic' }), () => ok, { username: 'jan' });
    await expect(connection.check(noSignal)).rejects.toMatchObject({
      code: 'connection/invalid_secret',
      message: expect.stringContaining('`password`'),
    });
    expect(requests).toEqual([]);
  });

  test('none are sent where the service needs none', async () => {
    const { connection, requests } = fakeService(definitionOf({ kind: 'none' }), () => ok, {});
    await connection.check(noSignal);
    expect(Object.keys(requests[0]?.request.headers ?? {})).toEqual(['accept']);
  });
});

describe('tokens that run out', () => {
  const oauth = definitionOf({ kind: 'oauth2', grant: 'refresh_token', token_path: '/oauth/token', scope: 'all' });
  const secret = { client_id: 'c', client_secret: 'top', access_token: 'old', refresh_token: 'r1', expires_at: null };
  const fresh = { body: { access_token: 'new', refresh_token: 'r2', expires_in: 3_600 } };

  test('a refused token is renewed once, and the request sent again with the new one', async () => {
    const { connection, requests } = fakeService(
      oauth,
      (request, url) => {
        if (url.pathname.endsWith('/token')) return fresh;
        return request.headers?.authorization === 'Bearer new' ? ok : { status: 401 };
      },
      secret,
    );
    await connection.check(noSignal);
    await connection.check(noSignal);
    expect(requests.map(({ url }) => url.pathname)).toEqual(['/v1/me', '/v1/oauth/token', '/v1/me', '/v1/me']);
    expect(String(requests[1]?.request.body)).toBe(
      'grant_type=refresh_token&client_id=c&client_secret=top&refresh_token=r1&scope=all',
    );
  });

  test('a token that is about to run out is renewed before it is used', async () => {
    const { connection, requests } = fakeService(oauth, (_, url) => (url.pathname.endsWith('/token') ? fresh : ok), {
      ...secret,
      expires_at: new Date(Date.now() + 5_000).toISOString(),
    });
    await connection.check(noSignal);
    expect(requests.map(({ url }) => url.pathname)).toEqual(['/v1/oauth/token', '/v1/me']);
  });

  test('the first token of client credentials is fetched', async () => {
    const { connection, requests } = fakeService(
      definitionOf({ kind: 'oauth2' }),
      (_, url) => (url.pathname.endsWith('/token') ? { body: { access_token: 'new' } } : ok),
      { client_id: 'c', client_secret: 's' },
    );
    await connection.check(noSignal);
    expect(requests[1]?.request.headers?.authorization).toBe('Bearer new');
  });

  test('a token that is refused although it is new is a failure, not a loop', async () => {
    const { connection, requests } = fakeService(
      oauth,
      (_, url) => (url.pathname.endsWith('/token') ? fresh : { status: 401 }),
      secret,
    );
    await expect(connection.check(noSignal)).rejects.toMatchObject({ kind: 'auth' });
    expect(requests).toHaveLength(3);
  });

  test.each<[string, FakeAnswer, string]>([
    ['a refused grant', { status: 400, body: { error: 'invalid_grant' } }, 'connection/token_revoked'],
    ['an unknown client', { status: 401, body: { error: 'invalid_client' } }, 'connection/token_revoked'],
    ['too many questions', { status: 429, headers: { 'retry-after': '2' } }, 'vendor/rate_limited'],
    ['an outage', { status: 503 }, 'vendor/unavailable'],
    ['a page in place of a token', { body: '<html>' }, 'read/bad_answer'],
    ['an answer without a token', { body: {} }, 'read/bad_answer'],
  ])('%s is told as such, and the request itself was not sent', async (_, answer, code) => {
    const { connection } = fakeService(
      oauth,
      (_request, url) => (url.pathname.endsWith('/token') ? answer : { status: 401 }),
      secret,
    );
    const failure = (await connection.check(noSignal).catch((error: unknown) => error)) as { message: string };
    expect(failure).toMatchObject({ code, details: { wasSent: false } });
    expect(failure.message).not.toMatch(/r1|top/);
  });

  test('a session is signed in, and again when it has ended', async () => {
    const session: Service['auth'] = { kind: 'session', token_path: '/login', token: 'auth.key', header: 'X-Session' };
    let logins = 0;
    const { connection, requests } = fakeService(
      definitionOf(session),
      (request, url) => {
        if (url.pathname.endsWith('/login')) {
          logins += 1;
          return { body: { auth: { key: `session ${logins}` } } };
        }
        return request.headers?.['X-Session'] === 'session 2' ? ok : { status: 401 };
      },
      { username: 'jan', password: 'p' },
    );
    await connection.check(noSignal);
    expect(requests.map(({ url }) => url.pathname)).toEqual(['/v1/login', '/v1/me', '/v1/login', '/v1/me']);
    expect(requests[0]?.body).toEqual({ username: 'jan', password: 'p' });
  });
});
