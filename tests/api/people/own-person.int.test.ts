import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RawBuilder, sql } from 'kysely';
import { startTestApi, type TestApi } from '../../support/api.js';
import { Browser } from '../../support/browser.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { lettersTo, tokenOf } from '../../support/letters.js';
import { signInPerson } from '../../support/people.js';

const password = 'harbour-lamp-cello';

describe('people and their sign-in data', () => {
  let engine: TestEngine;
  let api: TestApi;
  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });
  afterAll(async () => {
    await api.stop();
    await engine.stop();
  });

  async function registered(email: string, more: object = {}): Promise<Browser> {
    const browser = new Browser(api);
    const asked = await browser.call('POST', '/registrations', { name: 'Ann', email, password, ...more });
    expect([asked.status, asked.text]).toEqual([202, '']);
    await browser.call('POST', '/email-confirmations', { token: await tokenOf(api, email, 'confirm_email') });
    const signedIn = await browser.call('POST', '/sign-in', { email, password });
    expect(signedIn.body).toEqual({ state: 'signed_in' });
    return browser;
  }

  async function setSession(email: string, values: Record<string, RawBuilder<unknown>>): Promise<void> {
    await api.context.store.system((tx) =>
      sql`update auth.session set ${sql.join(
        Object.entries(values).map(([name, value]) => sql`${sql.ref(name)} = ${value}`),
      )} where "userId" = (select id from auth."user" where email = ${email})`.execute(tx),
    );
  }

  test('somebody registers, confirms the address and finds the account that they wished for', async () => {
    const browser = new Browser(api);
    const email = 'ann@example.test';
    const asked = await browser.call('POST', '/registrations', {
      name: 'Ann',
      email,
      password,
      accountName: 'Harbour Ltd',
      language: 'pl',
    });
    expect(asked.status).toBe(202);
    const early = await browser.call('POST', '/sign-in', { email, password });
    expect(early.body.code).toBe('person/email_unconfirmed');
    const token = await tokenOf(api, email, 'confirm_email');
    expect((await browser.call('POST', '/email-confirmations', { token })).body).toEqual({ state: 'confirmed' });
    expect((await browser.call('POST', '/email-confirmations', { token })).body).toEqual({ state: 'confirmed' });
    expect((await browser.call('GET', '/me')).status).toBe(401);
    expect((await browser.call('POST', '/sign-in', { email, password })).body).toEqual({ state: 'signed_in' });
    const { body } = await browser.call('GET', '/me');
    expect(body).toMatchObject({
      person: { name: 'Ann', email, language: 'pl', hasTwoFactor: false },
      staff: null,
      account: { as: 'person', role: 'owner' },
      accounts: [{ name: 'Harbour Ltd', role: 'owner' }],
    });
    expect((await browser.call('GET', '/pipelines')).body.items).toEqual([]);
  });

  test('a known address is answered as an unknown one, and its owner is told by mail', async () => {
    const email = 'known@example.test';
    await registered(email);
    const stranger = new Browser(api);
    const again = await stranger.call('POST', '/registrations', { name: 'Eve', email, password: 'tractor-orbit-vi' });
    expect([again.status, again.text]).toEqual([202, '']);
    expect((await lettersTo(api, email, 'registered_again')).length).toBe(1);
    for (const path of ['/password-resets', '/email-confirmations/letters']) {
      const known = await stranger.call('POST', path, { email });
      const unknown = await stranger.call('POST', path, { email: 'nobody@example.test' });
      expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    }
    expect(await lettersTo(api, 'nobody@example.test')).toEqual([]);
    const wrong = await stranger.call('POST', '/sign-in', { email, password: 'tractor-orbit-vi' });
    const nobody = await stranger.call('POST', '/sign-in', { email: 'nobody@example.test', password });
    const bare = ({ requestId: _id, ...problem }: Record<string, unknown>) => problem;
    expect(bare(wrong.body)).toEqual(bare(nobody.body));
    expect(wrong.body.code).toBe('person/sign_in_failed');
  });

  test('common and short passwords are refused, also for a reset and a change', async () => {
    const browser = await registered('weak@example.test');
    const weak = { name: 'Ann', email: 'weak2@example.test', password: 'password123' };
    expect((await browser.call('POST', '/registrations', weak)).body.code).toBe('person/password_weak');
    const change = { currentPassword: password, newPassword: 'qwertyuiop' };
    expect((await browser.call('POST', '/me/password', change)).body.code).toBe('person/password_weak');
  });

  test('a forgotten password is set anew by mail once, and all sessions end', async () => {
    const email = 'forgetful@example.test';
    const browser = await registered(email);
    await browser.call('POST', '/password-resets', { email });
    const token = await tokenOf(api, email, 'reset_password');
    const other = new Browser(api);
    const use = { token, password: 'tractor-orbit-violet' };
    expect((await other.call('POST', '/password-resets/use', use)).status).toBe(204);
    expect((await browser.call('GET', '/me')).status).toBe(401);
    expect((await other.call('POST', '/password-resets/use', use)).body.code).toBe('person/token_invalid');
    expect((await other.call('POST', '/sign-in', { email, password })).status).toBe(401);
    expect((await other.call('POST', '/sign-in', { email, password: use.password })).status).toBe(200);
    expect((await lettersTo(api, email, 'password_changed')).length).toBe(1);
  });

  test('a changed password ends the other sessions and gives this one a new id in the same account', async () => {
    const email = 'changer@example.test';
    const browser = await registered(email, { accountName: 'First' });
    const second = (await browser.call('POST', '/accounts', { name: 'Second' })).body.id;
    expect((await browser.call('POST', '/me/account', { account: second })).status).toBe(204);
    const other = new Browser(api);
    await other.call('POST', '/sign-in', { email, password });
    const before = browser.session;
    const wrong = { currentPassword: 'not-the-present-one', newPassword: 'tractor-orbit-violet' };
    expect((await browser.call('POST', '/me/password', wrong)).body.code).toBe('person/password_wrong');
    const right = { ...wrong, currentPassword: password };
    expect((await browser.call('POST', '/me/password', right)).status).toBe(204);
    expect(browser.session).not.toBe(before);
    expect((await browser.call('GET', '/me')).body.account.id).toBe(second);
    expect((await other.call('GET', '/me')).status).toBe(401);
  });

  test('a new address is agreed to at the old one and confirmed at the new one', async () => {
    const browser = await registered('old@example.test');
    const ask = { password, email: 'new@example.test' };
    const wrong = await browser.call('POST', '/me/email', { ...ask, password: 'nope-nope-nope' });
    expect(wrong.body.code).toBe('person/password_wrong');
    expect((await browser.call('POST', '/me/email', ask)).status).toBe(202);
    expect(await lettersTo(api, 'new@example.test')).toEqual([]);
    const consent = { token: await tokenOf(api, 'old@example.test', 'email_consent') };
    expect((await browser.call('POST', '/email-confirmations', consent)).body).toEqual({ state: 'letter_sent' });
    expect((await browser.call('GET', '/me')).body.person.email).toBe('old@example.test');
    const final = { token: await tokenOf(api, 'new@example.test', 'confirm_email') };
    expect((await browser.call('POST', '/email-confirmations', final)).body).toEqual({ state: 'changed' });
    expect((await browser.call('GET', '/me')).body.person.email).toBe('new@example.test');
    expect((await browser.call('POST', '/email-confirmations', final)).body.code).toBe('person/token_invalid');
    expect((await lettersTo(api, 'old@example.test', 'email_changed')).length).toBe(1);
    const taken = await browser.call('POST', '/me/email', { password, email: 'ann@example.test' });
    expect([taken.status, taken.text]).toEqual([202, '']);
  });

  test('a second step asks for a code that works once, or for a backup code', async () => {
    const email = 'careful@example.test';
    const browser = await registered(email);
    expect((await browser.call('POST', '/me/two-factor', { password: 'nope-nope' })).body.code).toBe(
      'person/password_wrong',
    );
    const begun = await browser.call('POST', '/me/two-factor', { password });
    const secret = new URL(begun.body.uri).searchParams.get('secret') ?? '';
    expect((await browser.call('POST', '/me/two-factor/confirm', { code: '000000' })).body.code).toBe(
      'person/code_wrong',
    );
    expect((await browser.call('POST', '/me/two-factor/confirm', { code: codeOf(secret) })).status).toBe(204);
    expect((await browser.call('GET', '/me')).body.person.hasTwoFactor).toBe(true);

    const next = new Browser(api);
    expect((await next.call('POST', '/sign-in', { email, password })).body).toEqual({ state: 'second_step' });
    expect((await next.call('GET', '/me')).status).toBe(401);
    expect((await next.call('POST', '/sign-in/second-step', { code: '000000' })).body.code).toBe('person/code_wrong');
    const code = codeOf(secret);
    expect((await next.call('POST', '/sign-in/second-step', { code })).body).toEqual({ state: 'signed_in' });
    expect((await next.call('GET', '/me')).status).toBe(200);

    const thief = new Browser(api);
    await thief.call('POST', '/sign-in', { email, password });
    expect((await thief.call('POST', '/sign-in/second-step', { code })).body.code).toBe('person/code_wrong');
    expect((await thief.call('GET', '/me')).status).toBe(401);

    const lost = new Browser(api);
    const [backup] = begun.body.backupCodes;
    await lost.call('POST', '/sign-in', { email, password });
    expect((await lost.call('POST', '/sign-in/second-step', { code: backup })).status).toBe(200);
    const again = new Browser(api);
    await again.call('POST', '/sign-in', { email, password });
    expect((await again.call('POST', '/sign-in/second-step', { code: backup })).body.code).toBe('person/code_wrong');

    expect((await lost.call('POST', '/me/two-factor/backup-codes', { password })).body.backupCodes.length).toBe(10);
    expect((await lost.call('POST', '/me/two-factor/end', { password })).status).toBe(204);
    const plain = new Browser(api);
    expect((await plain.call('POST', '/sign-in', { email, password })).body).toEqual({ state: 'signed_in' });
  });

  test('sessions are listed and ended, and end by themselves when idle or old', async () => {
    const email = 'sessions@example.test';
    const browser = await registered(email);
    const other = new Browser(api);
    await other.call('POST', '/sign-in', { email, password });
    const listed = (await browser.call('GET', '/me/sessions')).body.items;
    expect(listed.map((session: { isCurrent: boolean }) => session.isCurrent)).toEqual([false, true]);
    expect(listed[0].address).toBe('127.0.0.1');
    expect((await browser.call('DELETE', `/me/sessions/${listed[0].id}`)).status).toBe(204);
    expect((await other.call('GET', '/me')).status).toBe(401);
    const stranger = await signInPerson(api);
    expect((await stranger.call('DELETE', `/me/sessions/${listed[1].id}`)).status).toBe(404);
    await other.call('POST', '/sign-in', { email, password });
    expect((await browser.call('DELETE', '/me/sessions')).body).toEqual({ ended: 1 });
    expect((await other.call('GET', '/me')).status).toBe(401);

    await setSession(email, { expiresAt: sql`now() - interval '1 second'` });
    expect((await browser.call('GET', '/me')).status).toBe(401);
    await browser.call('POST', '/sign-in', { email, password });
    expect((await browser.call('GET', '/me')).status).toBe(200);
    await setSession(email, { createdAt: sql`now() - interval '9 hours'` });
    expect((await browser.call('GET', '/me')).status).toBe(401);
  });

  test('a use prolongs a session that is idle for less than its limit', async () => {
    const person = await signInPerson(api);
    const soon = { expiresAt: sql`now() + interval '3 minutes'`, updatedAt: sql`now() - interval '27 minutes'` };
    await setSession(person.email, soon);
    expect((await person.call('GET', '/me')).status).toBe(200);
    const [session] = (await person.call('GET', '/me/sessions')).body.items;
    expect(Date.parse(session.expiresAt) - Date.now()).toBeGreaterThan(28 * 60_000);
  });

  test('name and language are the person’s own', async () => {
    const browser = await registered('named@example.test');
    const changed = await browser.call('PATCH', '/me', { name: 'Annabel', language: 'uk' });
    expect(changed.body.person).toMatchObject({ name: 'Annabel', language: 'uk' });
    expect((await browser.call('PATCH', '/me', { language: 'xx' })).status).toBe(400);
    expect((await browser.call('PATCH', '/me', { emailVerified: true })).status).toBe(400);
    expect((await browser.call('PATCH', '/me', { language: null })).body.person.language).toBe(null);
  });
});

/** The code that an authenticator app shows now (RFC 6238). */
function codeOf(secret: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...secret].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const offset = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
