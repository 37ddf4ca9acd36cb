import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { noSignal } from '../kit/conformance/requests.js';
import { credentialsOf } from '../kit/testing-credentials.js';
import amocrm from './connector.js';
import { type FakeAnswer, fakeAccount, type SeenRequest } from './testing.js';

const secretOf = (more: JsonObject = {}): JsonObject => ({
  client_id: 'app',
  client_secret: 'canary-secret',
  redirect_uri: 'https://pipes.example.com/back',
  access_token: 'access-1',
  refresh_token: 'refresh-1',
  expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  ...more,
});
const oauthSettings = { auth: 'oauth' };
const problem = (hint: string, status = 401): FakeAnswer => ({
  status,
  body: {
    hint,
    title: 'Bad request',
    type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
    status,
    detail: 'Missing or invalid',
  },
});
const isToken = ({ path }: SeenRequest): boolean => path === '/oauth2/access_token';
const account: FakeAnswer = { body: { id: 1, name: 'Example', current_user_id: 7 } };

/** An account that takes one access token, and trades refresh tokens once. */
function vendor(state: { access: string; refresh: string; turn: number }) {
  return (request: SeenRequest): FakeAnswer => {
    if (isToken(request)) {
      const { refresh_token: given } = request.body as JsonObject;
      if (given !== state.refresh) return problem('Token has been revoked');
      state.turn += 1;
      Object.assign(state, { access: `access-${state.turn}`, refresh: `refresh-${state.turn}` });
      return {
        body: { token_type: 'Bearer', expires_in: 86_400, access_token: state.access, refresh_token: state.refresh },
      };
    }
    if (request.headers.authorization !== `Bearer ${state.access}`)
      return { status: 401, body: { title: 'Unauthorized', status: 401 } };
    return request.path.endsWith('/account') ? account : { status: 204 };
  };
}

describe('tokens', () => {
  test('that run out are renewed before, once for all calls, and the pair is stored', async () => {
    const credentials = credentialsOf(secretOf({ expires_at: new Date(Date.now() + 1_000).toISOString() }));
    const { connection, requests } = fakeAccount(
      vendor({ access: 'access-1', refresh: 'refresh-1', turn: 1 }),
      {},
      oauthSettings,
      credentials,
    );
    const reader = () => connection.values?.('tasks', 'task_type_id', noSignal);
    await Promise.all([reader(), reader(), reader(), connection.values?.('leads', 'pipeline_id', noSignal)]);
    expect(requests.filter(isToken).map(({ body }) => body)).toEqual([
      {
        client_id: 'app',
        client_secret: 'canary-secret',
        grant_type: 'refresh_token',
        refresh_token: 'refresh-1',
        redirect_uri: 'https://pipes.example.com/back',
      },
    ]);
    expect(credentials.saved).toMatchObject([
      { access_token: 'access-2', refresh_token: 'refresh-2', client_id: 'app' },
    ]);
  });

  test('that the vendor refuses are renewed once over parallel calls, and each call repeated', async () => {
    const state = { access: 'another', refresh: 'refresh-1', turn: 1 };
    const { connection, requests } = fakeAccount(vendor(state), secretOf(), oauthSettings);
    await Promise.all(
      ['pipelines', 'loss_reasons', 'users'].map((stream) =>
        connection.reader({ ...request, stream }).readPage(null, null, noSignal),
      ),
    );
    expect(requests.filter(isToken)).toHaveLength(1);
  });

  test('that another worker renewed meanwhile are taken from it', async () => {
    const secret = secretOf();
    const credentials = credentialsOf(secret);
    const { connection, requests } = fakeAccount(
      vendor({ access: 'access-9', refresh: 'refresh-9', turn: 9 }),
      {},
      oauthSettings,
      credentials,
    );
    await credentials.renew(secret, async (now) => ({
      ...now,
      access_token: 'access-9',
      refresh_token: 'refresh-9',
    }));
    await connection.values?.('tasks', 'task_type_id', noSignal);
    expect(requests.filter(isToken)).toHaveLength(0);
  });

  test('that were revoked ask a person, and no secret is told', async () => {
    const { connection } = fakeAccount(vendor({ access: 'x', refresh: 'y', turn: 1 }), secretOf(), oauthSettings);
    const failure: unknown = await connection.check(noSignal).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'connection/token_revoked',
      hint: expect.stringContaining('Connect the account again'),
    });
    for (const text of ['canary-secret', 'refresh-1', 'access-1']) expect(inspect(failure)).not.toContain(text);
    const lasting = fakeAccount(() => ({ status: 401, body: { title: 'Unauthorized' } }), { token: 'canary' });
    await expect(lasting.connection.check(noSignal)).rejects.toMatchObject({ code: 'connection/token_revoked' });
    expect(lasting.requests).toHaveLength(1);
  });

  test.each([
    ['a limit', { status: 429, body: 'slow down' }, 'rate_limited'],
    ['an outage', { status: 502, body: '<html>' }, 'transient'],
    ['a page', { status: 200, body: '<html>' }, 'transient'],
    ['a block', { status: 403, body: '<h1>403 Forbidden</h1>nginx' }, 'rate_limited'],
  ])('are kept where their renewal meets %s', async (_, answer, kind) => {
    const { connection } = fakeAccount(
      (seen) => (isToken(seen) ? answer : { status: 401, body: {} }),
      secretOf(),
      oauthSettings,
    );
    await expect(connection.check(noSignal)).rejects.toMatchObject({ kind, details: { wasSent: false } });
  });

  test('of an account that moved name its new address', async () => {
    const { connection } = fakeAccount(
      (seen) => {
        if (seen.path === '/oauth2/account/subdomain')
          return { body: { id: 1, subdomain: 'newname', domain: 'newname.amocrm.ru' } };
        return isToken(seen) ? problem('Token has been revoked') : { status: 401, body: {} };
      },
      secretOf(),
      oauthSettings,
    );
    await expect(connection.check(noSignal)).rejects.toMatchObject({
      code: 'connection/invalid_settings',
      message: expect.stringContaining('newname.amocrm.ru'),
    });
  });
});

describe('consent', () => {
  const settings = { base_url: 'https://example.amocrm.ru' };
  const exchange = (query: Record<string, string>, answer: FakeAnswer) => {
    const { http, requests } = fakeAccount(() => answer);
    const secret = { client_id: 'app', client_secret: 'canary-secret' };
    const redirectUri = 'https://pipes.example.com/back';
    return {
      requests,
      result: amocrm.oauth?.exchange({ settings, secret, query, redirectUri, http, signal: noSignal }),
    };
  };
  const tokens = { body: { expires_in: 86_400, access_token: 'a', refresh_token: 'r' } };

  test('begins at the vendor’s page with the state in it', () => {
    const address = (base: string) =>
      amocrm.oauth?.authorizeUrl({ base_url: base }, { clientId: 'app', redirectUri: 'https://x.test/', state: 's t' });
    expect(address('https://example.amocrm.ru')).toBe('https://www.amocrm.ru/oauth?client_id=app&state=s+t&mode=popup');
    expect(address('https://example.kommo.com')).toContain('https://www.kommo.com/oauth?');
  });

  test('becomes a pair of tokens, asked for at the account itself', async () => {
    const { result, requests } = exchange({ code: 'c', referer: 'example.amocrm.ru' }, tokens);
    expect((await result)?.secret).toMatchObject({
      access_token: 'a',
      refresh_token: 'r',
      redirect_uri: 'https://pipes.example.com/back',
    });
    expect(requests.map(({ url }) => url.href)).toEqual(['https://example.amocrm.ru/oauth2/access_token']);
  });

  test.each([
    [{ error: 'access_denied' }, 'connection/refused'],
    [{ code: 'c', referer: 'evil.example.com' }, 'connection/refused'],
    [{ code: 'c', referer: 'other.amocrm.ru' }, 'connection/refused'],
  ])('is refused without a question: %j', async (query, code) => {
    const { result, requests } = exchange(query as unknown as Record<string, string>, tokens);
    await expect(result).rejects.toMatchObject({ code });
    expect(requests).toEqual([]);
  });

  test('with a code that was used already asks a person', async () => {
    const { result } = exchange({ code: 'used' }, problem('Authorization code has been revoked', 400));
    await expect(result).rejects.toMatchObject({ code: 'connection/token_revoked' });
  });
});

describe('settings', () => {
  test('name every host, and one budget for each account', () => {
    const of = { base_url: 'https://example.amocrm.ru/', drive_url: 'https://drive-b.amocrm.ru' };
    expect(amocrm.hosts(of)).toEqual(['example.amocrm.ru:443', 'www.amocrm.ru:443', 'drive-b.amocrm.ru:443']);
    expect(amocrm.hosts({ base_url: 'http://127.0.0.1:7000' })).toEqual(['127.0.0.1:7000']);
    expect(amocrm.limits({ ...of, requests_per_second: 20 }).map(({ key, requests }) => [key, requests])).toEqual([
      ['amocrm:integration:example.amocrm.ru:443', 20],
      ['amocrm:account:example.amocrm.ru:443', 50],
    ]);
    expect(() => amocrm.hosts({ base_url: 'ftp://x' })).toThrow('is not an address');
    expect(() => amocrm.hosts({ base_url: 'https://x.test', domain: 'ru' })).toThrow('has no setting `domain`');
  });
});

const request = {
  mode: 'full',
  key: ['id'],
  cursorFields: null,
  start: null,
  lagMs: 0,
  where: {},
  period: null,
} as const;
