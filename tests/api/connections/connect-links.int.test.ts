import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { startBitrix24 } from '../../../sandbox/bitrix24/sandbox.js';
import { type RestCrmSandbox, startRestCrm } from '../../../sandbox/rest-crm/sandbox.js';
import { listAudit } from '../../../store/audit.js';
import { agree } from '../../crm/consent.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson } from '../../support/people.js';
import { callbackOf, cookiesOf, visit } from './browser.js';

const open = { key: null };

describe('a connect link', () => {
  let engine: TestEngine;
  let api: TestApi;
  let crm: RestCrmSandbox;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    crm = await startRestCrm({});
  });

  // Guesses of one test do not slow down the next.
  afterEach(async () => {
    await api.context.store.system((tx) => tx.deleteFrom('rate_limit').execute());
  });
  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await crm?.stop();
  });

  const settings = () => ({ service: 'rest-crm', base_url: crm.url });
  const make = async (body: object) => {
    const answer = await api.call('POST', '/connect-links', { connector: 'http', settings: settings(), ...body });
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body as { id: string; url: string; token: string };
  };
  const lines = () => engine.engine.dependencies.store.account(engine.accountId, (tx) => listAudit(tx, {}, 20));

  test('lets somebody without a login connect an account once, seeing nothing else', async () => {
    const link = await make({ name: 'colleague' });
    expect(link.url).toBe(`${api.context.publicUrl.origin}/connect/${link.token}`);
    const asked = await api.call('GET', `/connect/${link.token}`, undefined, open);
    expect(asked.body).toMatchObject({ account: 'Test', name: 'colleague', isReconnect: false, ways: ['secret'] });
    expect(Object.keys(asked.body.settings.properties)).not.toContain('base_url');

    const wrong = await api.call('POST', `/connect/${link.token}/secret`, { secret: { token: 'wrong' } }, open);
    expect(wrong.body.code).toBe('vendor/auth');
    expect((await api.call('GET', '/connections/colleague')).status).toBe(404);
    const secret = { token: crm.credentials.token };
    const elsewhere = { settings: { base_url: 'https://elsewhere.example' }, secret };
    const moved = await api.call('POST', `/connect/${link.token}/secret`, elsewhere, open);
    expect(moved.body.code).toBe('connection/invalid_settings');

    const done = await api.call('POST', `/connect/${link.token}/secret`, { secret }, open);
    expect(done).toMatchObject({ status: 200, body: { name: 'colleague', rightsMissing: [] } });
    expect((await api.call('POST', '/connections/colleague/check')).body.isWorking).toBe(true);
    const again = await api.call('POST', `/connect/${link.token}/secret`, { secret }, open);
    expect(again).toMatchObject({ status: 409, body: { code: 'connection/link_closed' } });
    const { body } = await api.call('GET', '/connect-links');
    expect(body.items.find((item: { id: string }) => item.id === link.id)).toMatchObject({ state: 'used' });
    expect(JSON.stringify(body)).not.toContain(link.token);
    expect(
      (await lines()).find(({ action, actor }) => action === 'connection.added' && actor === 'visitor'),
    ).toMatchObject({ object: 'colleague', onBehalfOf: 'test' });
  });

  test('is a page with a form, for people, and comes by mail in their language', async () => {
    const link = await make({ name: 'by-form', email: 'someone@example.test', language: 'pl' });
    const mails = await api.context.store.system((tx) =>
      tx.selectFrom('mail').selectAll().where('account_id', '=', engine.accountId).execute(),
    );
    expect(mails).toMatchObject([{ recipient: 'someone@example.test', kind: 'connect_link', language: 'pl' }]);
    const page = await visit(link.url, '');
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('name="secret.token"') });
    expect(page.text).not.toContain('<script');
    const form = new URLSearchParams({ way: 'secret', 'secret.token': crm.credentials.token ?? '' });
    const answer = await fetch(link.url, { method: 'POST', body: form });
    expect(await answer.text()).toContain('is connected.');
    expect((await api.call('GET', '/connections/by-form')).status).toBe(200);
    expect(await visit(link.url, '')).toMatchObject({ status: 409 });
  });

  test('leads through the consent of the vendor with the application of whoever made it', async () => {
    const bitrix = await startBitrix24({ settings: { bucket_size: 0, redirect_uri: callbackOf(api) } as never });
    try {
      const { client_id: clientId, client_secret: clientSecret, token_url = '' } = bitrix.credentials;
      const link = await make({
        connector: 'bitrix24',
        name: 'portal',
        settings: { base_url: bitrix.url, oauth_url: new URL(token_url).origin },
        application: { clientId, clientSecret },
      });
      const { body } = await api.call('GET', `/connect/${link.token}`, undefined, open);
      expect(body).toMatchObject({ ways: ['consent'], settings: null, secret: null, needsApplication: false });
      const begun = await api.call('POST', `/connect/${link.token}/consent`, {}, open);
      const back = await visit(await agree(begun.body.authorizeUrl), cookiesOf(begun));
      expect(back).toMatchObject({ status: 303 });
      expect((await api.call('POST', '/connections/portal/check')).body.isWorking).toBe(true);
      expect((await api.call('GET', `/connect/${link.token}`, undefined, open)).status).toBe(409);
    } finally {
      await bitrix.stop();
    }
  });

  test('for a connection that is there gives it new credentials', async () => {
    const body = { name: 'old', connector: 'http', settings: settings(), secret: { token: 'gone' } };
    await api.call('POST', '/connections', body);
    expect((await api.call('POST', '/connections/old/check')).body.isWorking).toBe(false);
    const link = await make({ connector: undefined, settings: undefined, connection: 'old' });
    expect((await api.call('GET', `/connect/${link.token}`, undefined, open)).body.isReconnect).toBe(true);
    const secret = { token: crm.credentials.token };
    expect((await api.call('POST', `/connect/${link.token}/secret`, { secret }, open)).status).toBe(200);
    expect((await api.call('GET', '/connections/old')).body.state).toBe('active');
  });

  test('that was withdrawn or ran out opens nothing, and guesses are slowed down', async () => {
    const link = await make({ name: 'withdrawn' });
    expect((await api.call('DELETE', `/connect-links/${link.id}`)).status).toBe(204);
    const late = await make({ name: 'late' });
    await engine.rows(`update connect_link set expires_at = now() where id = '${late.id}'`);
    for (const { token } of [link, late]) {
      const answer = await api.call('GET', `/connect/${token}`, undefined, open);
      expect(answer).toMatchObject({ status: 409, body: { code: 'connection/link_closed' } });
    }
    const statuses = new Set<number>();
    for (let tried = 0; tried < 80 && !statuses.has(429); tried += 1) {
      const guess = `/connect/${'x'.repeat(43)}`;
      statuses.add((await api.call('GET', guess, undefined, open)).status);
    }
    expect([...statuses]).toEqual([404, 429]);
  });

  test('is made by editors, for what asks for credentials, under a free name', async () => {
    const viewer = await signInPerson(api, { member: { [engine.accountId]: 'viewer' } });
    const body = { connector: 'http', name: 'x', settings: settings() };
    expect((await viewer.call('POST', '/connect-links', body)).body.code).toBe('api/forbidden');
    const code = async (more: object) => (await api.call('POST', '/connect-links', { ...body, ...more })).body.code;
    expect(await code({ connector: 'file', settings: {} })).toBe('connection/consent_not_offered');
    const application = { clientId: 'a', clientSecret: 'b' };
    expect(await code({ application })).toBe('connection/consent_not_offered');
    expect(await code({ connector: 'amocrm', settings: {}, application })).toBe('connection/invalid_settings');
    await api.call('POST', '/connections', { ...body, name: 'taken', secret: { token: 'x' } });
    expect(await code({ name: 'taken' })).toBe('connection/name_taken');
  });
});
