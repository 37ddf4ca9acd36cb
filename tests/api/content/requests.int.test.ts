import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { findFreePort } from '../../../runtime/free-port.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { until } from '../../support/until.js';

interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly replyTo: string;
}

const form = { kind: 'feature', subject: 'Invoices', text: 'Could invoices be moved?', name: 'Anna Nowak' };

describe('requests', () => {
  let engine: TestEngine;
  let api: TestApi;
  let operator: TestPerson;
  let intakePort: number;
  const letters: Letter[] = [];
  /** The world's mail server: takes what the product sends. */
  const world = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
          letters.push({
            to: session.envelope.rcptTo[0]?.address ?? '',
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            replyTo: mail.replyTo?.[0]?.address ?? '',
          });
          done();
        });
      });
    },
  });

  beforeAll(async () => {
    const listening = world.listen(0, '127.0.0.1');
    [engine, intakePort] = await Promise.all([
      startTestEngine({ hasWorker: false }),
      findFreePort(),
      once(listening, 'listening'),
    ]);
    api = await startTestApi(engine, {
      env: {
        SMTP_URL: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
        MAIL_FROM: 'Pipewright <pipewright@example.test>',
        MAIL_INTAKE: `127.0.0.1:${intakePort}`,
        MAIL_REPLY_ADDRESS: 'requests@example.test',
        CONTACT_EMAIL: 'contact@example.test',
        TRUSTED_PROXIES: '127.0.0.1',
      },
    });
    operator = await signInPerson(api, { staff: 'operator', email: 'operator@example.test' });
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await new Promise<void>((resolve) => world.close(() => resolve()));
  });

  const lettersTo = (to: string, part = '') =>
    until(async () => {
      const found = letters.filter((letter) => letter.to === to && `${letter.subject}${letter.text}`.includes(part));
      return found.length === 0 ? null : found;
    });
  /** Somebody at an address of their own, unless one is named. */
  const visit = (
    method: string,
    path: string,
    body?: unknown,
    address = `2001:db8::${randomBytes(2).toString('hex')}`,
  ) => api.call(method, path, body, { key: null, headers: { 'x-forwarded-for': address } });
  const latest = async () => (await operator.call('GET', '/operator/requests?limit=1')).body.items[0];

  /** Sends by SMTP as the requester's own mail server would; returns the code of a refusal. */
  const reply = async (letter: { from: string; to: string; text: string } & Record<string, unknown>) => {
    const transport = createTransport({ host: '127.0.0.1', port: intakePort, ignoreTLS: true });
    try {
      await transport.sendMail({ subject: 'Re: Answer', ...letter });
      return null;
    } catch (error) {
      return (error as { responseCode?: number }).responseCode ?? -1;
    } finally {
      transport.close();
    }
  };

  test('a visitor asks without an account, an operator answers, and the visitor answers back by mail', async () => {
    const asked = await visit('POST', '/visitor-requests', { ...form, email: 'Anna@example.test' });
    expect(asked).toMatchObject({ status: 201, body: { token: expect.any(String), link: expect.any(String) } });
    expect(Object.keys(asked.body)).toEqual(['token', 'link']);
    const thread = `/visitor-requests/${asked.body.token}`;
    expect((await visit('GET', thread)).body).toMatchObject({ state: 'open', messages: [{ author: 'visitor' }] });
    await lettersTo('contact@example.test', 'Invoices');
    await lettersTo('operator@example.test', 'Anna Nowak');

    const request = await latest();
    expect(request).toMatchObject({ email: 'Anna@example.test', account: null, state: 'open' });
    const answered = await operator.call('POST', `/operator/requests/${request.id}/messages`, {
      text: 'Yes, next month.',
    });
    expect(answered.body.state).toBe('answered');
    const [letter] = await lettersTo('Anna@example.test', 'Yes, next month.');
    expect(letter?.replyTo).toMatch(/^requests\+[0-9a-f]{32}@example\.test$/);
    expect(letter?.text).toContain(asked.body.link);

    const text = 'Thank you!\n\nOn Mon, 2 Nov 2026, Support wrote:\n> Yes, next month.';
    const to = letter?.replyTo ?? '';
    const answer = { from: 'Anna <anna@example.test>', to, text, messageId: '<answer-1@example.test>' };
    expect(await reply(answer)).toBeNull();
    expect((await visit('GET', thread)).body).toMatchObject({
      state: 'open',
      messages: [
        { author: 'visitor', way: 'web' },
        { author: 'operator', body: 'Yes, next month.' },
        { author: 'visitor', way: 'mail', body: 'Thank you!' },
      ],
    });
    // Delivered once more, as mail servers do when they did not hear our answer.
    expect(await reply(answer)).toBeNull();
    expect((await visit('GET', thread)).body.messages).toHaveLength(3);
    expect((await visit('POST', `${thread}/messages`, { text: 'And one more thing.' })).body.messages).toHaveLength(4);
  });

  test('mail that is not an answer of the requester changes nothing', async () => {
    await visit('POST', '/visitor-requests', { ...form, email: 'ben@example.test', subject: 'Strangers' });
    const request = await latest();
    await operator.call('POST', `/operator/requests/${request.id}/messages`, { text: 'Tell us more.' });
    const [letter] = await lettersTo('ben@example.test', 'Tell us more.');
    const to = letter?.replyTo ?? '';
    const mark = to.replace(/^.*\+|@.*$/g, '');
    const from = 'ben@example.test';
    expect(await reply({ from: 'eve@example.test', to, text: 'Let me in.' })).toBe(550);
    expect(await reply({ from, to: to.replace(mark, '0'.repeat(32)), text: 'Guessed.' })).toBe(550);
    expect(await reply({ from, to: 'operator@example.test', text: 'Relayed.' })).toBe(550);
    expect(await reply({ from, to, text: 'x'.repeat(1_100_000) })).toBe(552);
    // Absence notes, bounces and letters of our own end here without an answer.
    expect(await reply({ from, to, text: 'Away.', headers: { 'Auto-Submitted': 'auto-replied' } })).toBeNull();
    expect(await reply({ from, to, text: 'Bounced.', envelope: { from: '', to } })).toBeNull();
    const { body } = await operator.call('GET', `/operator/requests/${request.id}`);
    expect(body).toMatchObject({ state: 'answered' });
    expect(body.messages).toHaveLength(2);
  });

  test('a member asks for the account; other accounts and visitors do not see it', async () => {
    const member = await signInPerson(api, { member: { [engine.accountId]: 'viewer' }, language: 'pl' });
    const { kind, subject, text } = form;
    const filed = await member.call('POST', '/requests', { kind, subject, text });
    expect(filed).toMatchObject({ status: 201, body: { state: 'open', isByPartner: false } });
    await lettersTo(member.email, subject);
    const mine = async (query = '') =>
      ((await member.call('GET', `/requests${query}`)).body.items as { id: string }[]).map(({ id }) => id);
    expect(await mine()).toContain(filed.body.id);
    const stranger = await signInPerson(api, { member: { [await addOther()]: 'owner' } });
    expect((await stranger.call('GET', '/requests')).body.items).toEqual([]);
    expect((await stranger.call('GET', `/requests/${filed.body.id}`)).body.code).toBe('api/not_found');
    expect((await member.call('GET', '/operator/requests')).body.code).toBe('api/forbidden');
    expect((await api.call('POST', '/requests', { kind, subject, text })).body.code).toBe('api/forbidden');
    await operator.call('POST', `/operator/requests/${filed.body.id}/close`);
    expect(await mine('?state=closed')).toContain(filed.body.id);
    const again = await member.call('POST', `/requests/${filed.body.id}/messages`, { text: 'Not yet.' });
    expect(again.body).toMatchObject({ state: 'open' });
  });

  test('a servicing company asks for its customer and sees only what it filed itself', async () => {
    const partner = await addOther();
    await engine.engine.dependencies.store.system((tx) =>
      tx
        .insertInto('partner_link')
        .values({
          id: crypto.randomUUID(),
          account_id: engine.accountId,
          partner_account_id: partner,
          state: 'accepted',
          requested_by: 'test',
          decided_by: 'test',
          decided_at: new Date(),
        })
        .execute(),
    );
    const person = await signInPerson(api, { member: { [partner]: 'editor' } });
    const at = { headers: { 'pipewright-account': engine.accountId } };
    const { kind, text } = form;
    const own = await person.call('POST', '/requests', { kind, subject: 'For a customer', text }, at);
    expect(own).toMatchObject({ status: 201, body: { isByPartner: true } });
    const member = await signInPerson(api, { member: { [engine.accountId]: 'viewer' } });
    const theirs = await member.call('POST', '/requests', { kind, subject: 'Theirs', text });
    expect((await person.call('GET', '/requests', undefined, at)).body.items).toMatchObject([{ id: own.body.id }]);
    expect((await person.call('GET', `/requests/${theirs.body.id}`, undefined, at)).body.code).toBe('api/not_found');
    expect((await member.call('GET', `/requests/${own.body.id}`)).status).toBe(200);
    expect((await operator.call('GET', `/operator/requests/${own.body.id}`)).body).toMatchObject({
      account: { id: engine.accountId },
      partner: { id: partner },
    });
  });

  test('programs that fill in every field are thanked and not heard, and an address asks a few times an hour', async () => {
    const before = (await operator.call('GET', '/operator/requests')).body.items.length;
    const trapped = await visit('POST', '/visitor-requests', {
      ...form,
      email: 'bot@example.test',
      website: 'http://spam.example',
    });
    expect(trapped.status).toBe(201);
    expect((await visit('GET', `/visitor-requests/${trapped.body.token}`)).body.code).toBe('api/not_found');
    expect((await operator.call('GET', '/operator/requests')).body.items).toHaveLength(before);
    const email = () => `${crypto.randomUUID()}@example.test`;
    const from = '203.0.113.9';
    for (let time = 0; time < 5; time += 1) {
      expect((await visit('POST', '/visitor-requests', { ...form, email: email() }, from)).status).toBe(201);
    }
    const refused = await visit('POST', '/visitor-requests', { ...form, email: email() }, from);
    expect(refused).toMatchObject({ status: 429, body: { code: 'api/too_many_requests' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  async function addOther(): Promise<string> {
    const { addAccount } = await import('../../../store/accounts.js');
    return engine.engine.dependencies.store.system((tx) => addAccount(tx, { name: 'Other', tariff: 'unlimited' }));
  }
});
