import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AmoCrmSandbox, startAmoCrm } from '../../../sandbox/amocrm/sandbox.js';
import { type BitrixSandbox, startBitrix24 } from '../../../sandbox/bitrix24/sandbox.js';
import { startCreatio } from '../../../sandbox/creatio/sandbox.js';
import { listAudit } from '../../../store/audit.js';
import { agree } from '../../crm/consent.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { begin, callbackOf, visit } from './browser.js';

describe('a consent on the vendor’s page', () => {
  let engine: TestEngine;
  let api: TestApi;
  let editor: TestPerson;
  let amo: AmoCrmSandbox;
  let bitrix: BitrixSandbox;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    editor = await signInPerson(api, { member: { [engine.accountId]: 'editor' } });
    const unlimited = { rate: null, account_rate: null } as never;
    amo = await startAmoCrm({ redirectUri: callbackOf(api), settings: unlimited });
    bitrix = await startBitrix24({ settings: { bucket_size: 0, redirect_uri: callbackOf(api) } as never });
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await amo?.stop();
    await bitrix?.stop();
  });

  const application = ({ credentials }: { credentials: Readonly<Record<string, string>> }) => ({
    clientId: credentials.client_id,
    clientSecret: credentials.client_secret,
  });

  test('makes a connection that works, and ends on a page of ours', async () => {
    const { page, cookie } = await begin(editor, {
      connector: 'bitrix24',
      name: 'portal',
      settings: { base_url: bitrix.url, oauth_url: new URL(bitrix.credentials.token_url ?? '').origin },
      application: application(bitrix),
    });
    const back = await visit(await agree(page), cookie);
    expect(back.status).toBe(303);
    const { body } = await api.call('GET', '/connections/portal');
    expect(back.headers.get('location')).toBe(`${api.context.publicUrl.origin}/oauth/connected?connection=${body.id}`);
    expect(body).toMatchObject({ state: 'active', settings: { auth: 'oauth' }, hasSecret: true });
    expect((await api.call('POST', '/connections/portal/check')).body).toMatchObject({
      isWorking: true,
      setup: { needsAdmin: true, instructions: expect.stringMatching(/^https:/) },
    });
    const end = await visit(back.headers.get('location') ?? '', '');
    expect(end).toMatchObject({ status: 200, text: expect.stringContaining('The account is connected.') });
    expect(end.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('connects one again whose tokens are gone, with the application that it has', async () => {
    const settings = { base_url: amo.url, auth: 'oauth' };
    const { clientId: client_id, clientSecret: client_secret } = application(amo);
    const secret = { client_id, client_secret, redirect_uri: callbackOf(api), refresh_token: 'gone' };
    await api.call('POST', '/connections', { name: 'sales', connector: 'amocrm', settings, secret });
    expect((await api.call('POST', '/connections/sales/check')).body).toMatchObject({ isWorking: false });
    expect((await api.call('GET', '/connections/sales')).body.state).toBe('broken');
    const { page, cookie } = await begin(editor, { connection: 'sales' });
    expect((await visit(await agree(page), cookie)).status).toBe(303);
    expect((await api.call('GET', '/connections/sales')).body).toMatchObject({ state: 'active', failure: null });
    expect((await api.call('POST', '/connections/sales/check')).body).toMatchObject({ isWorking: true, failure: null });
    const lines = await engine.engine.dependencies.store.account(engine.accountId, (tx) => listAudit(tx, {}, 20));
    expect(lines.find(({ action }) => action === 'connection.reconnected')).toMatchObject({
      actor: `person:${editor.email}`,
      object: 'sales',
    });
  });

  test('proves by PKCE that the same server asks for the tokens, where the vendor keeps to it', async () => {
    const creatio = await startCreatio({});
    try {
      const { page, cookie } = await begin(editor, {
        connector: 'creatio',
        name: 'creatio',
        settings: { base_url: creatio.url, oauth_url: creatio.credentials.identity_url },
        application: application(creatio),
      });
      expect(new URL(page).searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/);
      expect((await visit(await agree(page), cookie)).status).toBe(303);
      expect((await api.call('POST', '/connections/creatio/check')).body.isWorking).toBe(true);
    } finally {
      await creatio.stop();
    }
  });

  test('that was not given says so on a plain page, and stores nothing', async () => {
    const { page, cookie } = await begin(editor, {
      connector: 'amocrm',
      name: 'refused',
      settings: { base_url: amo.url },
      application: application(amo),
    });
    const back = await visit(await agree(page, 'deny'), cookie);
    expect(back).toMatchObject({ status: 422, text: expect.stringContaining('The vendor gave no consent') });
    expect((await api.call('GET', '/connections/refused')).status).toBe(404);
  });

  test('is not begun for a taken name, without an application, or by a connector without a page', async () => {
    const start = async (body: unknown) => (await editor.call('POST', '/connections/oauth/start', body)).body.code;
    const settings = { base_url: amo.url };
    const full = { connector: 'amocrm', name: 'other', settings, application: application(amo) };
    const http = { connector: 'http', settings: { service: 'rest-crm', base_url: amo.url }, secret: { token: 'x' } };
    expect((await api.call('POST', '/connections', { name: 'taken', ...http })).status).toBe(201);
    expect(await start({ ...full, name: 'taken' })).toBe('connection/name_taken');
    expect(await start({ ...full, application: undefined })).toBe('connection/consent_not_offered');
    expect(await start({ ...full, connector: 'postgres' })).toBe('connection/consent_not_offered');
    expect(await start({ ...full, connector: undefined })).toBe('api/bad_request');
    expect(await start({ ...full, settings: {} })).toBe('connection/invalid_settings');
    expect((await api.call('POST', '/connections/oauth/start', full)).body.code).toBe('api/forbidden');
  });
});
