import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Called } from '../kit/caller.js';
import { isObject, type JsonObject } from '../kit/json.js';
import { type CalmAccount, calmAccount } from './calm-account.js';

let account: CalmAccount;

beforeEach(async () => {
  account = await calmAccount({ seed: 5 });
});

afterEach(() => account.crm.stop());

const INVALID = {
  title: 'Некорректный запрос',
  type: 'https://developers.amocrm.ru/v3/errors/OAuthProblemJson',
  detail: 'В запросе отсутствует ряд параметров или параметры невалидны',
};

function token(fields: JsonObject, host = ''): Promise<Called> {
  const { client_id = '', client_secret = '', redirect_uri = '' } = account.crm.credentials;
  return account.caller.call(
    'POST',
    `${host}/oauth2/access_token`,
    JSON.stringify({ client_id, client_secret, redirect_uri, ...fields }),
    {
      'content-type': 'application/json',
    },
  );
}

const refresh = (refreshToken: unknown, host = '') =>
  token({ grant_type: 'refresh_token', refresh_token: String(refreshToken) }, host);
const exchange = (code: unknown) => token({ grant_type: 'authorization_code', code: String(code) });
const status = async (bearer: unknown, path = '/api/v4/account') =>
  (await account.caller.get(path, { authorization: `Bearer ${String(bearer)}` })).status;

async function consent(decision: string): Promise<URL> {
  const { client_id = '' } = account.crm.credentials;
  const answer = await account.caller.call(
    'POST',
    '/oauth',
    String(new URLSearchParams({ client_id, state: 's1', mode: 'popup', decision })),
    {
      'content-type': 'application/x-www-form-urlencoded',
    },
  );
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

describe('OAuth of amoCRM', () => {
  test('shows a page, and sends the browser back with code, state and the host of the account', async () => {
    const page = await account.caller.get(`/oauth?client_id=${account.crm.credentials.client_id}&state=<s>&mode=popup`);
    expect(page.text).toContain('Разрешить');
    expect(page.text).toContain('value="&#60;s&#62;"');
    const back = await consent('approve');
    expect(back.href.startsWith(account.crm.credentials.redirect_uri ?? '?')).toBe(true);
    expect(Object.fromEntries(back.searchParams)).toMatchObject({
      state: 's1',
      referer: 'example.amocrm.ru',
      client_id: account.crm.credentials.client_id,
      code: expect.any(String),
    });
    expect(Object.fromEntries((await consent('deny')).searchParams)).toEqual({ state: 's1', error: 'access_denied' });
  });

  test('exchanges a code once and within twenty minutes', async () => {
    const code = (await consent('approve')).searchParams.get('code');
    const { body } = await exchange(code);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 86_400,
      access_token: expect.any(String),
      refresh_token: expect.any(String),
    });
    expect(await status(body.access_token)).toBe(200);
    const again = await exchange(code);
    expect([again.status, again.headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(again.body).toEqual({ ...INVALID, status: 400, hint: 'Authorization code has been revoked' });
    const late = (await consent('approve')).searchParams.get('code');
    account.crm.kit.clock.advance(20 * 60_000);
    expect((await exchange(late)).body.hint).toBe('Authorization code has expired');
    expect((await exchange('nonsense')).status).toBe(400);
  });

  test('gives access tokens that anyone can read and that live a day', async () => {
    const { body } = await exchange((await consent('approve')).searchParams.get('code'));
    const [, payload = ''] = String(body.access_token).split('.');
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    expect(claims).toMatchObject({
      aud: account.crm.credentials.client_id,
      account_id: account.crm.store.accountId,
      api_domain: 'api-b.amocrm.ru',
      base_domain: 'amocrm.ru',
      scopes: expect.arrayContaining(['crm']),
    });
    account.crm.kit.clock.advance(86_400_000);
    const expired = await account.caller.get('/api/v4/leads', { authorization: `Bearer ${String(body.access_token)}` });
    expect([expired.status, expired.body.title, expired.body.type]).toEqual([
      401,
      'Unauthorized',
      'https://httpstatus.es/401',
    ]);
  });

  test('takes a refresh token once, gives the next, and says that the old one is revoked', async () => {
    const first = await exchange((await consent('approve')).searchParams.get('code'));
    const second = await refresh(first.body.refresh_token);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.body.refresh_token);
    const again = await refresh(first.body.refresh_token);
    expect([again.status, again.body]).toEqual([401, { ...INVALID, status: 401, hint: 'Token has been revoked' }]);
    expect(await account.caller.control('oauth')).toMatchObject({ codes: 1, exchanged: 1, refreshed: 1, reused: 1 });
    account.crm.kit.clock.advance(91 * 86_400_000);
    expect((await refresh(second.body.refresh_token)).body.hint).toBe('Token has expired');
    expect((await refresh('garbled')).body.hint).toBe('Cannot decrypt the refresh token');
  });

  test('refuses a client that it does not know, and another redirect_uri', async () => {
    const wrong = await token({ grant_type: 'refresh_token', refresh_token: 'x', client_secret: 'wrong' });
    expect([wrong.status, wrong.body.title, wrong.body.detail]).toEqual([
      401,
      'Некорректный клиент',
      'Авторизация клиента не прошла',
    ]);
    const code = (await consent('approve')).searchParams.get('code') ?? '';
    expect((await token({ grant_type: 'authorization_code', code, redirect_uri: 'https://else.example' })).status).toBe(
      401,
    );
    expect((await token({ grant_type: 'password' })).status).toBe(400);
  });

  test('tells where the account is, and follows it when it moves', async () => {
    const pair = await exchange((await consent('approve')).searchParams.get('code'));
    const moved = async (path: string, headers: Record<string, string>) =>
      (await account.caller.get(path, { authorization: '', ...headers })).body;
    expect(
      await moved('/oauth2/account/current/subdomain', { 'x-refresh-token': String(pair.body.refresh_token) }),
    ).toMatchObject({
      subdomain: 'example',
      domain: 'example.amocrm.ru',
      top_level_domain: 'ru',
    });
    await account.caller.control('account', { move: 'renamed' });
    expect((await refresh(pair.body.refresh_token, '/~example')).status).toBe(401);
    expect(await status(pair.body.access_token, '/~example/api/v4/account')).toBe(401);
    expect(await status(pair.body.access_token, '/~stranger/api/v4/account')).toBe(404);
    const bearer = { authorization: `Bearer ${String(pair.body.access_token)}` };
    expect(await moved('/oauth2/account/subdomain', bearer)).toMatchObject({ subdomain: 'renamed' });
    const there = await refresh(pair.body.refresh_token, '/~renamed');
    expect(there.status).toBe(200);
    const list = await account.caller.get('/~renamed/api/v4/users?limit=2', {
      authorization: `Bearer ${String(there.body.access_token)}`,
    });
    const next = isObject(list.body._links) && isObject(list.body._links.next) ? list.body._links.next.href : '';
    expect(String(next).startsWith(`${account.crm.url}/~renamed/api/v4/users?`)).toBe(true);
  });

  test('ends tokens by kind, and all of them with the integration', async () => {
    const { token: longLived, access_token: access, refresh_token: kept } = account.crm.credentials;
    expect([await status(longLived), await status(access)]).toEqual([200, 200]);
    await account.caller.control('oauth', { revoke: 'long_lived' });
    expect([await status(longLived), await status(access)]).toEqual([401, 200]);
    const fresh = await refresh(kept);
    await account.caller.control('oauth', { revoke: 'access' });
    expect(await status(fresh.body.access_token)).toBe(401);
    const renewed = await refresh(fresh.body.refresh_token);
    expect(await status(renewed.body.access_token)).toBe(200);
    await account.caller.control('oauth', { revoke: 'integration' });
    expect(await status(renewed.body.access_token)).toBe(401);
    expect((await refresh(renewed.body.refresh_token)).body.title).toBe('Некорректный клиент');
  });
});
