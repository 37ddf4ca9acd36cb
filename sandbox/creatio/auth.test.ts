import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../index.js';
import type { JsonObject } from '../kit/json.js';
import { type CreatioSandbox, startCreatio } from './sandbox.js';
import { CreatioCaller } from './testing.js';

let creatio: CreatioSandbox;

beforeAll(async () => {
  creatio = await startCreatio({ seed: 3 });
});

afterEach(async () => {
  await fetch(`${creatio.control}/reset`, { method: 'POST' });
});

afterAll(() => creatio.stop());

const setting = (values: JsonObject) => new CreatioCaller(creatio).control('settings', values);
const COUNT = '/0/odata/Contact/$count';

describe('signing in with a form', () => {
  test('answers the right password with Code 0 and four cookies, the session id only with the first call', async () => {
    const caller = new CreatioCaller(creatio);
    const answer = await caller.login();
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ Code: 0, Message: '', Exception: null, PasswordChangeUrl: null, RedirectUrl: null });
    const cookies = answer.headers.getSetCookie();
    expect(cookies.map((cookie) => cookie.split('=')[0])).toEqual(['BPMLOADER', '.ASPXAUTH', 'BPMCSRF', 'UserName']);
    expect(cookies.map((cookie) => cookie.includes('HttpOnly'))).toEqual([true, true, false, false]);
    const name = (caller.cookie('UserName') ?? '').split('|').map((code) => String.fromCharCode(Number(code)));
    expect(name.join('')).toBe(creatio.credentials.username);
    const first = await caller.get(COUNT);
    expect([first.status, caller.cookie('BPMSESSIONID')]).toEqual([200, expect.any(String)]);
    expect((await caller.get(COUNT)).headers.getSetCookie()).toEqual([]);
  });

  test('answers a wrong password with 200 as well, and says so in Code', async () => {
    const wrong = await new CreatioCaller(creatio).login('integration', 'wrong');
    expect(wrong.status).toBe(200);
    expect(wrong.body).toMatchObject({ Code: 1, Exception: { Message: wrong.body.Message } });
    expect(wrong.headers.getSetCookie()).toEqual([]);
    await setting({ login_failure: 'message' });
    expect((await new CreatioCaller(creatio).login('nobody', 'x')).body).toMatchObject({ Code: 1, Exception: null });
    await setting({ user_state: 'locked' });
    expect((await new CreatioCaller(creatio).login()).body).toMatchObject({ Code: 1 });
    await setting({ user_state: 'password_expired' });
    expect((await new CreatioCaller(creatio).login()).body.PasswordChangeUrl).toEqual(expect.any(String));
  });

  test('stands at the root in both runtimes and is refused below /0', async () => {
    const below = (caller: CreatioCaller) => caller.call('POST', '/0/ServiceModel/AuthService.svc/Login', {});
    const refused = await below(new CreatioCaller(creatio));
    expect([refused.status, refused.body.Message]).toEqual([401, 'Authentication failed.']);
    await setting({ runtime: 'core' });
    expect((await below(new CreatioCaller(creatio))).status).toBe(404);
    const caller = await CreatioCaller.signedIn(creatio);
    expect((await caller.get('/odata/Contact/$count')).status).toBe(200);
    expect((await caller.get(COUNT)).status).toBe(404);
    await setting({ runtime: 'framework', virtual_directory: '/crm' });
    expect((await caller.get(COUNT)).status).toBe(404);
    expect((await caller.get(`/crm${COUNT}`)).status).toBe(200);
  });

  test('wants the BPMCSRF header with every call, also with a GET', async () => {
    const caller = await CreatioCaller.signedIn(creatio);
    expect((await caller.get(COUNT, { BPMCSRF: 'wrong' })).status).toBe(403);
    expect((await caller.get(COUNT, { BPMCSRF: '' })).status).toBe(403);
    await setting({ csrf: false });
    expect((await caller.get(COUNT, { BPMCSRF: '' })).status).toBe(200);
  });

  test('opens a new session with every Login and ends one after an idle hour', async () => {
    const one = await CreatioCaller.signedIn(creatio);
    const other = await CreatioCaller.signedIn(creatio);
    expect(one.cookie('.ASPXAUTH')).not.toBe(other.cookie('.ASPXAUTH'));
    creatio.kit.clock.advance(40 * 60_000);
    expect((await one.get(COUNT)).status).toBe(200);
    creatio.kit.clock.advance(40 * 60_000);
    expect([(await one.get(COUNT)).status, (await other.get(COUNT)).status]).toEqual([200, 302]);
    expect(await one.control('sessions')).toMatchObject({ open: 1 });
    await one.call('POST', '/0/ServiceModel/MainMenuService.svc/Logout', {});
    expect((await one.get(COUNT)).status).toBe(302);
  });

  test('turns a dead session away in the three ways that were seen', async () => {
    const caller = await CreatioCaller.signedIn(creatio);
    await caller.control('sessions', {});
    const redirect = await caller.get(COUNT);
    expect(redirect.headers.get('location')).toContain('/Login/NuiLogin.aspx');
    expect(redirect.text).toMatch(/^<html>.*Object moved/);
    const page = await caller.get(redirect.headers.get('location') ?? '');
    expect([page.status, page.text.includes('bootstrap.login')]).toEqual([200, true]);
    const service = await caller.call('POST', '/0/ServiceModel/SomeService.svc/Do', {});
    expect(service.status).toBe(401);
    expect(service.body).toMatchObject({ Message: 'Authentication failed.', StackTrace: null });
    await setting({ expired_session: 'shell' });
    const shell = await caller.get(COUNT);
    expect([shell.status, shell.text.startsWith('<'), shell.text.includes('/Login/')]).toEqual([200, true, true]);
    await setting({ expired_session: 'json' });
    expect((await caller.get(COUNT)).status).toBe(401);
    await setting({ expired_session: 'redirect', runtime: 'core' });
    expect((await caller.get('/odata/Contact')).headers.get('location')).toContain('/Login/Login.html');
  });
});

describe('the Identity Service', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };

  async function token(fields: Record<string, string>, headers: Record<string, string> = form) {
    const { client_id = '', client_secret = '', token_url = '' } = creatio.credentials;
    const body = String(new URLSearchParams({ client_id, client_secret, ...fields }));
    const answer = await fetch(token_url, { method: 'POST', headers, body });
    return { status: answer.status, body: (await answer.json()) as JsonObject };
  }

  const bearer = (value: unknown) => ({ authorization: `Bearer ${String(value)}` });

  test('gives a bearer token of an hour for client credentials, which needs neither cookies nor BPMCSRF', async () => {
    const { status, body } = await token({ grant_type: 'client_credentials' });
    expect(status).toBe(200);
    expect(body).toEqual({
      access_token: expect.any(String),
      expires_in: 3600,
      token_type: 'Bearer',
      scope: expect.stringContaining('ApplicationAccess_'),
    });
    const caller = new CreatioCaller(creatio);
    expect((await caller.get(COUNT, bearer(body.access_token))).status).toBe(200);
    const made = await caller.call('POST', '/0/odata/City', { Name: 'Burbank' }, bearer(body.access_token));
    expect(made.body.CreatedById).toBe(creatio.credentials.user_contact_id);
    creatio.kit.clock.advance(3_600_000);
    const late = await caller.get(COUNT, bearer(body.access_token));
    expect([late.status, late.text, late.headers.get('www-authenticate')]).toEqual([
      401,
      '',
      expect.stringContaining('Bearer'),
    ]);
  });

  test('answers every mistake with a bare 400', async () => {
    expect(await token({ grant_type: 'client_credentials', client_secret: 'x' })).toEqual({
      status: 400,
      body: { error: 'invalid_client' },
    });
    expect((await token({ grant_type: 'password' })).body).toEqual({ error: 'unsupported_grant_type' });
    expect((await token({ grant_type: 'refresh_token', refresh_token: 'x' })).body).toEqual({ error: 'invalid_grant' });
    expect((await token({ grant_type: 'client_credentials' }, { 'content-type': 'application/json' })).status).toBe(
      400,
    );
  });

  test('is found by the discovery document and exchanges a code for tokens that rotate', async () => {
    const discovered = await new CreatioCaller(creatio).get('/0/.well-known/openid-configuration');
    expect(discovered.body.token_endpoint).toBe(creatio.credentials.token_url);
    const question = {
      response_type: 'code',
      client_id: creatio.credentials.client_id ?? '',
      redirect_uri: 'http://127.0.0.1:9/back',
      scope: 'offline_access',
      decision: 'approve',
    };
    const consent = await fetch(String(discovered.body.authorization_endpoint), {
      method: 'POST',
      headers: form,
      body: String(new URLSearchParams(question)),
      redirect: 'manual',
    });
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const redirect_uri = question.redirect_uri;
    const first = await token({ grant_type: 'authorization_code', code, redirect_uri });
    expect(first.body.refresh_token).toEqual(expect.any(String));
    const refresh = { grant_type: 'refresh_token', refresh_token: String(first.body.refresh_token) };
    expect((await token(refresh)).status).toBe(200);
    expect((await token(refresh)).body).toEqual({ error: 'invalid_grant' });
    await new CreatioCaller(creatio).control('oauth', { revoke: 'all' });
    expect((await new CreatioCaller(creatio).get(COUNT, bearer(first.body.access_token))).status).toBe(401);
  });
});

test('creatio is started by name, and over TLS its Identity Service speaks TLS too', async () => {
  const sandbox = await startSandbox('creatio', { tls: true });
  try {
    expect(sandbox.url).toMatch(/^https:/);
    expect(sandbox.credentials.token_url).toMatch(/^https:.*\/connect\/token$/);
    expect(sandbox.credentials.token_url).not.toContain(sandbox.url);
  } finally {
    await sandbox.stop();
  }
});
