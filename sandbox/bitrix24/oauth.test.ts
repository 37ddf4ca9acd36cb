import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { asObject, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

const BACK = 'http://127.0.0.1:9/back?kept=1';

beforeEach(async () => {
  portal = await startBitrix24({ settings: { redirect_uri: BACK } });
  caller = new PortalCaller(portal);
});

afterEach(() => portal.stop());

const form = { 'content-type': 'application/x-www-form-urlencoded' };

/** Signs in at the portal and gives what comes back to the application. */
async function consent(userId = 1): Promise<URLSearchParams> {
  const { client_id = '', authorize_url = '' } = portal.credentials;
  const question = new URLSearchParams({ client_id, state: 's<1>', decision: 'approve', user_id: String(userId) });
  const { status, headers } = await caller.send('POST', authorize_url, String(question), form);
  expect(status).toBe(302);
  return new URL(headers.get('location') ?? '').searchParams;
}

function token(fields: Record<string, string>, method = 'GET') {
  const { client_id = '', client_secret = '', token_url = '' } = portal.credentials;
  const query = String(new URLSearchParams({ client_id, client_secret, ...fields }));
  if (method === 'POST') return caller.send('POST', token_url, query, form);
  return caller.send('GET', `${token_url}?${query}`);
}

async function signedIn(userId = 1): Promise<JsonObject> {
  const code = (await consent(userId)).get('code') ?? '';
  return (await token({ grant_type: 'authorization_code', code })).body;
}

function me(access: unknown) {
  return caller.send('GET', `${portal.url}/rest/user.current?auth=${String(access)}`);
}

describe('authorization', () => {
  test('asks the person at the portal and goes back to the address on the card, with the portal and its number', async () => {
    const page = await caller.send(
      'GET',
      `${portal.credentials.authorize_url}?client_id=${portal.credentials.client_id}&state=<x>`,
    );
    expect(page.text).toContain('Sign in to Bitrix24');
    expect(page.text).toContain('value="&#60;x&#62;"');
    const back = await consent();
    expect(Object.fromEntries(back)).toEqual({
      kept: '1',
      code: expect.any(String),
      state: 's<1>',
      domain: new URL(portal.url).host,
      member_id: portal.credentials.member_id,
      scope: portal.settings.app_scope,
      server_domain: new URL(portal.credentials.token_url ?? '').host,
    });
  });

  test('exchanges a code once, within 30 seconds, at the other host', async () => {
    const code = (await consent()).get('code') ?? '';
    const { status, body } = await token({ grant_type: 'authorization_code', code });
    expect(status).toBe(200);
    expect(Object.keys(body).sort()).toEqual([
      'access_token',
      'client_endpoint',
      'domain',
      'expires_in',
      'member_id',
      'refresh_token',
      'scope',
      'server_endpoint',
      'status',
    ]);
    expect(body.domain).toBe(new URL(portal.credentials.token_url ?? '').host);
    expect(body.client_endpoint).toBe(`${portal.url}/rest/`);
    expect((await me(body.access_token)).status).toBe(200);
    expect((await token({ grant_type: 'authorization_code', code })).body.error).toBe('invalid_grant');
    const late = (await consent()).get('code') ?? '';
    portal.kit.clock.advance(30_000);
    expect((await token({ grant_type: 'authorization_code', code: late })).body.error).toBe('invalid_grant');
  });

  test('ends an access token after an hour and gives a new pair for the refresh token, once', async () => {
    const first = await signedIn();
    portal.kit.clock.advance(3_600_000);
    const expired = await me(first.access_token);
    expect([expired.status, expired.body.error]).toEqual([401, 'expired_token']);
    const refresh = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token) };
    const second = (await token(refresh, 'POST')).body;
    expect(second).toMatchObject({ user_id: 1, expires: expect.any(Number), expires_in: 3600 });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await me(second.access_token)).status).toBe(200);
    const again = await token(refresh);
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant']);
    expect(await caller.control('oauth')).toMatchObject({ codes: 1, exchanged: 1, refreshed: 1, reused: 1 });
  });

  test('forgets a refresh token after 180 days', async () => {
    const { refresh_token } = await signedIn();
    portal.kit.clock.advance(180 * 86_400_000);
    const { body } = await token({ grant_type: 'refresh_token', refresh_token: String(refresh_token) });
    expect(body.error).toBe('invalid_grant');
  });

  test('can let a refresh token live on when the switch says so', async () => {
    await caller.control('settings', { refresh_once: false });
    const refresh = { grant_type: 'refresh_token', refresh_token: String((await signedIn()).refresh_token) };
    expect([(await token(refresh)).status, (await token(refresh)).status]).toEqual([200, 200]);
  });

  test('refuses strangers, unpaid applications and those that were taken away', async () => {
    const { access_token, refresh_token } = await signedIn();
    const refresh = { grant_type: 'refresh_token', refresh_token: String(refresh_token) };
    const stranger = await token({ ...refresh, client_secret: 'wrong' });
    expect([stranger.status, stranger.body.error]).toEqual([401, 'invalid_client']);
    expect((await token({ grant_type: 'password' })).body.error).toBe('invalid_request');
    await caller.control('settings', { payment_required: true });
    expect((await token(refresh)).body).toEqual({ error: 'PAYMENT_REQUIRED', error_description: 'Payment required' });
    await caller.control('settings', { payment_required: false, oauth_statuses: 'all_200' });
    await caller.control('oauth', { revoke: 'uninstall' });
    const gone = await token(refresh);
    expect([gone.status, gone.body.error]).toEqual([200, 'invalid_client']);
    const unknown = await me(access_token);
    expect([unknown.status, unknown.body.error]).toEqual([401, 'NO_AUTH_FOUND']);
  });

  test('acts for the person who signed in, within the scopes of the application', async () => {
    const { access_token } = await signedIn(3);
    expect(asObject((await me(access_token)).result).ID).toBe('3');
    await caller.control('settings', { app_scope: 'user' });
    const url = `${portal.url}/rest/crm.deal.list`;
    const { status, body } = await caller.send('POST', url, JSON.stringify({ auth: String(access_token) }), {
      'content-type': 'application/json',
    });
    expect([status, body.error]).toEqual([403, 'insufficient_scope']);
    await caller.control('settings', { app_closed_to_user: true });
    expect((await me(access_token)).body.error).toBe('user_access_error');
  });

  test('turns guests of the extranet away from items', async () => {
    const { access_token } = await signedIn(11);
    const { status, body } = await caller.send(
      'GET',
      `${portal.url}/rest/crm.item.list?entityTypeId=2&auth=${String(access_token)}`,
    );
    expect([status, body.error]).toEqual([403, 'allowed_only_intranet_user']);
  });
});

describe('webhooks', () => {
  test('die when their secret is changed, when they run out and when they are deleted', async () => {
    const made = asObject(await caller.control('webhooks', { user_id: 2, scope: 'crm, user', expires_in_s: 60 }));
    const hook = new PortalCaller(portal, String(made.url));
    expect(asObject((await hook.call('profile')).result).ID).toBe('2');
    const changed = asObject(await caller.control('webhooks', { id: String(made.id), owner_id: 1 }));
    expect(await hook.call('profile')).toMatchObject({ status: 401, body: { error: 'NO_AUTH_FOUND' } });
    const renewed = new PortalCaller(portal, String(changed.url));
    expect(asObject((await renewed.call('profile')).result).ID).toBe('1');
    portal.kit.clock.advance(60_000);
    expect((await renewed.call('profile')).status).toBe(401);
    const other = asObject(await caller.control('webhooks', {}));
    await caller.control('webhooks', { id: String(other.id), delete: true });
    expect((await new PortalCaller(portal, String(other.url)).call('crm.item.batchImport')).body.error).toBe(
      'INVALID_CREDENTIALS',
    );
  });
});
