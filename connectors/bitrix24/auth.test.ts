import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { noSignal } from '../kit/conformance/requests.js';
import connector from './connector.js';
import { oauth } from './oauth.js';
import { type Answered, connectFake, fakePortal, type Portal, portalUrl } from './testing.js';

const now = { signal: noSignal };
const oauthSettings: JsonObject = { auth: 'oauth', oauth_url: 'https://oauth.example.com' };
const secret: JsonObject = {
  client_id: 'app',
  client_secret: 'canary-key',
  access_token: 'old',
  refresh_token: 'once',
};

/** A portal that takes one token and gives the next for the refresh token. */
function portalWith(token: (query: URLSearchParams) => Answered): Portal {
  return (method, params, { url }) => {
    if (url.host === 'oauth.example.com') return token(url.searchParams);
    return params.auth === 'new' ? { result: method } : { status: 401, error: 'expired_token' };
  };
}

const given = (body: JsonObject): Answered => ({ status: 200, body: JSON.stringify(body) });
const good = () => given({ access_token: 'new', refresh_token: 'next', expires_in: 3600, member_id: 'm1' });
const tokenRequests = (requests: readonly { url: URL }[]) =>
  requests.filter(({ url }) => url.pathname === '/oauth/token/');

describe('an incoming webhook', () => {
  test.each([
    ['its whole address', `${portalUrl}/rest/7/abc123/`],
    ['its last two parts', '7/abc123'],
    ['an example as the portal shows it', `${portalUrl}/rest/7/abc123/profile.json`],
  ])('is taken as %s', async (_, webhook) => {
    const { client, requests } = connectFake(() => ({ result: 1 }), { secret: { webhook } });
    await client.call('profile', {}, now);
    expect(requests[0]?.url.href).toBe(`${portalUrl}/rest/7/abc123/profile.json`);
  });

  test('that is none is a matter of the secret, and is not repeated', async () => {
    const { client } = connectFake(() => ({ result: 1 }), { secret: { webhook: 'https://x/canary' } });
    const calling = client.call('profile', {}, now);
    await expect(calling).rejects.toMatchObject({ code: 'connection/invalid_secret' });
    await expect(calling).rejects.not.toThrow('canary');
  });

  test('that the portal does not know any more asks for a person, without a second try', async () => {
    const { client, requests } = connectFake(() => ({ status: 401, error: 'NO_AUTH_FOUND' }));
    await expect(client.call('profile', {}, now)).rejects.toMatchObject({
      code: 'connection/token_revoked',
      details: { connectionId: expect.any(String) },
    });
    expect(requests).toHaveLength(1);
  });
});

describe('tokens', () => {
  test('an expired one is renewed once for all who use it, and each request is repeated once', async () => {
    const { client, requests, credentials } = connectFake(portalWith(good), { settings: oauthSettings, secret });
    const methods = ['a', 'b', 'c', 'd'];
    const answers = await Promise.all(methods.map((method) => client.call(method, {}, now)));
    expect(answers.map(({ result }) => result)).toEqual(methods);
    expect(tokenRequests(requests)).toHaveLength(1);
    expect(requests).toHaveLength(4 + 1 + 4);
    expect(credentials.saved).toEqual([
      { ...secret, access_token: 'new', refresh_token: 'next', member_id: 'm1', expires_at: expect.any(String) },
    ]);
  });

  test('one that is about to run out is renewed before it is used', async () => {
    const ending = { ...secret, expires_at: new Date(Date.now() + 5_000).toISOString() };
    const { client, requests } = connectFake(portalWith(good), { settings: oauthSettings, secret: ending });
    await client.call('a', {}, now);
    expect(requests.map(({ url }) => url.host)).toEqual(['oauth.example.com', 'portal.example.com']);
  });

  test('a refusal after the renewal is not renewed again', async () => {
    const other = () => given({ access_token: 'wrong too', refresh_token: 'next' });
    const { client, requests } = connectFake(portalWith(other), { settings: oauthSettings, secret });
    await expect(client.call('a', {}, now)).rejects.toMatchObject({ code: 'connection/token_revoked' });
    expect(tokenRequests(requests)).toHaveLength(1);
  });

  test.each<[string, Answered, string]>([
    ['invalid_grant', { status: 400, error: 'invalid_grant' }, 'connection/token_revoked'],
    ['invalid_grant with 200', { status: 200, error: 'invalid_grant' }, 'connection/token_revoked'],
    ['invalid_client', { status: 401, error: 'invalid_client' }, 'connection/token_revoked'],
    ['PAYMENT_REQUIRED', { status: 400, error: 'PAYMENT_REQUIRED' }, 'vendor/quota'],
    ['an outage', { status: 502, body: '<html>' }, 'vendor/unavailable'],
    ['HTML with 200', { status: 200, body: '<html>' }, 'vendor/unavailable'],
    ['a limit', { status: 429, body: '' }, 'vendor/rate_limited'],
  ])('%s at the token server leaves nothing in doubt', async (_, answered, code) => {
    const { client } = connectFake(
      portalWith(() => answered),
      { settings: oauthSettings, secret },
    );
    const calling = client.call('crm.item.add', {}, now);
    await expect(calling).rejects.toMatchObject({ code, details: { wasSent: false } });
    await expect(calling).rejects.not.toThrow('canary');
  });
});

describe('consent in the browser', () => {
  const settings = { base_url: portalUrl, ...oauthSettings };

  test('begins at the portal, without a return address', () => {
    const url = oauth.authorizeUrl(settings, { clientId: 'app', redirectUri: 'https://us/callback', state: 's&1' });
    expect(url).toBe(`${portalUrl}/oauth/authorize/?client_id=app&state=s%261`);
  });

  test('ends with tokens, and with the address of the portal where it is another one', async () => {
    const { http, requests } = fakePortal((_method, _body, { url }) =>
      url.searchParams.get('code') === 'c1'
        ? given({ access_token: 'a', refresh_token: 'r', client_endpoint: 'https://moved.example.com/rest/' })
        : { status: 400, error: 'invalid_grant' },
    );
    const exchange = (code: string) =>
      oauth.exchange({
        settings,
        secret: { client_id: 'app', client_secret: 'canary-key' },
        query: { code, state: 's', domain: 'elsewhere.example.com' },
        redirectUri: 'https://us/callback',
        http,
        signal: noSignal,
      });
    expect(await exchange('c1')).toMatchObject({
      secret: { client_id: 'app', access_token: 'a', refresh_token: 'r' },
      settings: { base_url: 'https://moved.example.com' },
    });
    expect(requests[0]?.url.searchParams.get('grant_type')).toBe('authorization_code');
    await expect(exchange('old')).rejects.toMatchObject({ code: 'connection/token_revoked' });
  });
});

test('only the portal and, with OAuth, the token server are spoken to', () => {
  const base = { base_url: 'https://Portal.example.com/rest/1/x/' };
  expect(connector.hosts(base)).toEqual(['portal.example.com:443']);
  expect(connector.hosts({ ...base, auth: 'oauth' })).toEqual(['portal.example.com:443', 'oauth.bitrix.info:443']);
  expect(connector.limits(base)).toEqual([
    { key: 'bitrix24:portal.example.com:443', requests: 20, perMs: 10_000, burst: 40 },
  ]);
});
