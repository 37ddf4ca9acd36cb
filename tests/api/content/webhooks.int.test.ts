import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestApi } from '../../support/api.js';
import type { TestEngine } from '../../support/engine.js';
import { lettersTo } from '../../support/letters.js';
import { signInPerson } from '../../support/people.js';
import { startTwoCrms, type TwoCrms } from '../../support/two-crms.js';
import { until } from '../../support/until.js';

const definition = (id: string, extra = '') => `
pipeline: ${id}
title: Copy the contacts
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    ${extra}
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: upsert }
`;

interface Taken {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** The recipe of docs/api.md. */
function isSigned({ headers, body }: Taken, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const expected = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  const isFresh = Math.abs(Date.now() / 1_000 - Number(headers['webhook-timestamp'])) < 300;
  return isFresh && String(headers['webhook-signature']).split(' ').includes(expected);
}

describe('outgoing webhooks', () => {
  let crms: TwoCrms;
  let engine: TestEngine;
  let api: TestApi;
  const taken: Taken[] = [];
  /** What the receiver does with each request, in order; then it takes everything. */
  let answers: ((response: ServerResponse) => void)[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      taken.push({ headers: request.headers, body });
      const answer = answers.shift();
      if (answer === undefined) response.writeHead(204).end();
      else answer(response);
    });
  });
  let url = '';

  beforeAll(async () => {
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    crms = await startTwoCrms(10, {
      api: { correspondence: { webhooks: { timeoutMs: 300, delaysMs: [30, 30, 30, 30] } } },
    });
    ({ engine, api } = crms);
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
    await signInPerson(api, { email: 'owner@example.test', member: { [engine.accountId]: 'owner' } });
  });

  afterAll(async () => {
    await crms?.stop();
    receiver.closeAllConnections();
    receiver.close();
  });

  afterEach(async () => {
    for (const { id } of (await api.call('GET', '/webhook-endpoints')).body.items) {
      await api.call('DELETE', `/webhook-endpoints/${id}`);
    }
    taken.length = 0;
    answers = [];
  });

  const listen = async (...kinds: string[]) => {
    const { status, body } = await api.call('POST', '/webhook-endpoints', { url, kinds });
    expect(status).toBe(201);
    return body as { id: string; secret: string };
  };
  const run = async (id: string, extra = '') => {
    const { body } = await api.call('POST', '/runs', { definition: definition(id, extra) });
    return until(async () => {
      const { body: now } = await api.call('GET', `/runs/${body.id}`);
      return now.state.startsWith('done') || now.state === 'failed' ? now : null;
    });
  };
  const log = async (id: string) => (await api.call('GET', `/webhook-endpoints/${id}/deliveries`)).body.items;

  test('one that is refused three times arrives at the fourth try, once and signed', async () => {
    const { id, secret } = await listen('run.finished');
    answers = [
      (response) => response.writeHead(500).end('no'),
      () => undefined,
      (response) => response.writeHead(429, { 'retry-after': '1' }).end(),
    ];
    const ended = await run('told');
    const [delivered] = await until(async () => {
      const items = await log(id);
      return items[0]?.state === 'delivered' ? items : null;
    });
    expect(delivered).toMatchObject({ kind: 'run.finished', attempts: 4, lastStatus: 204, lastError: null });
    expect(taken).toHaveLength(4);
    expect(new Set(taken.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivered.eventId]));
    expect(new Set(taken.map(({ body }) => body)).size).toBe(1);
    for (const one of taken) expect(isSigned(one, secret)).toBe(true);
    expect(isSigned(taken[0] as Taken, `whsec_${Buffer.alloc(32).toString('base64')}`)).toBe(false);
    expect(JSON.parse(taken[0]?.body ?? '')).toMatchObject({
      type: 'run.finished',
      data: { run: { id: ended.id, state: 'done', pipeline: { id: 'told' }, counts: { written: 10 } } },
    });
    expect(await log(id)).toHaveLength(1);
  });

  test('each endpoint gets the kinds that it asked for, and redelivery repeats one', async () => {
    const failures = await listen('run.failed', 'dead_letters.added');
    const extra = `steps: [{ require: [{ that: "record.id == '0'", message: Not this one. }] }]`;
    await run('letters', extra);
    const [letters] = await until(async () => {
      const items = await log(failures.id);
      return items[0]?.state === 'delivered' ? items : null;
    });
    expect(letters.kind).toBe('dead_letters.added');
    expect(JSON.parse(taken[0]?.body ?? '')).toMatchObject({ data: { added: 10 } });
    const [told] = await until(async () => {
      const found = await lettersTo(api, 'owner@example.test', 'dead_letters');
      return found.length === 0 ? null : found;
    });
    expect(told?.text).toContain('/dead-letters?pipeline=letters');
    const again = await api.call('POST', `/webhook-endpoints/${failures.id}/deliveries/${letters.id}/redeliver`);
    expect(again.status).toBe(202);
    await until(async () => taken.length === 2);
    expect(taken[1]?.headers['webhook-id']).toBe(taken[0]?.headers['webhook-id']);
  });

  test('a connection that breaks is told once, and its owner gets one letter an hour', async () => {
    const { id } = await listen('connection.broken');
    await api.call('PUT', '/connections/copy/secret', { secret: { token: 'wrong' } });
    for (let time = 0; time < 2; time += 1) {
      expect((await api.call('POST', '/connections/copy/check')).body.isWorking).toBe(false);
    }
    await until(async () => (await log(id))[0]?.state === 'delivered');
    await api.call('PUT', '/connections/copy/secret', { secret: { token: crms.target.credentials.token } });
    expect((await api.call('POST', '/connections/copy/check')).body.isWorking).toBe(true);
    await api.call('PUT', '/connections/copy/secret', { secret: { token: 'wrong' } });
    await api.call('POST', '/connections/copy/check');
    await until(
      async () => (await log(id)).filter((item: { state: string }) => item.state === 'delivered').length === 2,
    );
    await until(
      async () => (await engine.rows('select 1 from event where needs_notice and noticed_at is null')).length === 0,
    );
    const mails = await api.context.store.system((tx) =>
      tx.selectFrom('mail').select(['recipient', 'kind']).where('kind', '=', 'connection_broken').execute(),
    );
    expect(mails).toEqual([{ recipient: 'owner@example.test', kind: 'connection_broken' }]);
    await api.call('PUT', '/connections/copy/secret', { secret: { token: crms.target.credentials.token } });
  });

  test('after three days without success the endpoint is disabled and its owner told', async () => {
    const { id } = await listen('run.failed');
    answers = Array.from({ length: 100 }, () => (response: ServerResponse) => response.writeHead(503).end());
    await engine.rows(`update webhook_endpoint set state = 'disabled' where id = $1`, [id]);
    expect((await api.call('POST', `/webhook-endpoints/${id}/test`)).body.code).toBe('webhook/endpoint_disabled');
    await api.call('PATCH', `/webhook-endpoints/${id}`, { state: 'active' });
    await api.call('POST', `/webhook-endpoints/${id}/test`);
    await engine.rows(`update webhook_delivery set trying_since = now() - interval '73 hours' where endpoint_id = $1`, [
      id,
    ]);
    const endpoint = await until(async () => {
      const { body } = await api.call('GET', `/webhook-endpoints/${id}`);
      return body.state === 'disabled' ? body : null;
    });
    expect(endpoint.disabledReason).toBe('It answered 503.');
    expect((await log(id))[0]).toMatchObject({ kind: 'webhook.test', state: 'failed', lastStatus: 503 });
    await until(async () => {
      const found = await api.context.store.system((tx) =>
        tx.selectFrom('mail').select('recipient').where('kind', '=', 'webhook_disabled').execute(),
      );
      return found.length === 1;
    });
  });

  test('a rotated secret signs beside the former one for a day', async () => {
    const { id, secret } = await listen('run.failed');
    const rotated = await api.call('POST', `/webhook-endpoints/${id}/rotate`);
    expect(rotated.body.secret).not.toBe(secret);
    await api.call('POST', `/webhook-endpoints/${id}/test`);
    await until(async () => taken.length === 1);
    expect(isSigned(taken[0] as Taken, secret)).toBe(true);
    expect(isSigned(taken[0] as Taken, rotated.body.secret)).toBe(true);
  });

  test('a redirect is not followed', async () => {
    const { id } = await listen('run.failed');
    answers = [(response) => response.writeHead(302, { location: url }).end()];
    await api.call('POST', `/webhook-endpoints/${id}/test`);
    await until(async () => (await log(id))[0]?.state === 'delivered');
    expect((await log(id))[0].attempts).toBe(2);
    expect(taken).toHaveLength(2);
  });

  test('addresses inside the network are refused alike, at saving and at sending', async () => {
    for (const inside of [
      'https://127.0.0.2/hook',
      'https://[::1]/hook',
      'https://169.254.169.254/latest',
      'https://0x7f000002/',
      'https://localhost/hook',
      'http://example.com/hook',
      'https://user:secret@example.com/',
    ]) {
      const refused = await api.call('POST', '/webhook-endpoints', { url: inside, kinds: ['run.failed'] });
      expect(refused.body).toMatchObject({
        code: 'egress/address_refused',
        message: 'The address of this webhook endpoint is not allowed.',
      });
    }
    const { id } = await listen('run.failed');
    // A name that pointed elsewhere when it was saved.
    await engine.rows(`update webhook_endpoint set url = 'https://127.0.0.2/hook' where id = $1`, [id]);
    await api.call('POST', `/webhook-endpoints/${id}/test`);
    const [failed] = await until(async () => {
      const items = await log(id);
      return items[0]?.lastError === null ? null : items;
    });
    expect(failed).toMatchObject({ lastStatus: null, lastError: 'The address of this connection is not allowed.' });
    expect(taken).toHaveLength(0);
  });

  test('another account’s endpoint is as absent as one that never was', async () => {
    const { id } = await listen('run.failed');
    const other = await engine.engine.dependencies.store.system(async (tx) => {
      const { addAccount } = await import('../../../store/accounts.js');
      return addAccount(tx, { name: 'Other', tariff: 'unlimited' });
    });
    const key = await api.makeKey(['admin'], other);
    for (const [method, path] of [
      ['GET', `/webhook-endpoints/${id}`],
      ['DELETE', `/webhook-endpoints/${id}`],
      ['POST', `/webhook-endpoints/${id}/rotate`],
      ['GET', `/webhook-endpoints/${id}/deliveries`],
      ['GET', `/webhook-endpoints/${randomUUID()}`],
    ] as const) {
      expect((await api.call(method, path, undefined, { key })).body.code).toBe('api/not_found');
    }
  });
});
