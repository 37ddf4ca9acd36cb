import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { until } from '../../tests/support/until.js';
import { noSignal } from '../kit/conformance/requests.js';
import type { IncomingWebhook, WebhookEvent } from '../kit/index.js';
import { parseService, type Service } from './service.js';
import { connectTo, fakeService, restCrm, type TestConnection } from './testing.js';
import { parseServiceEvents } from './webhook.js';

const key = 'a signing secret of the connection';
const service = parseService(restCrm());
const nowMs = Date.UTC(2025, 0, 1);

function signed(body: string, more: Partial<IncomingWebhook> = {}, by = key): IncomingWebhook {
  const rawBody = Buffer.from(body);
  return {
    headers: {
      'x-signature': `sha256=${createHmac('sha256', by).update(rawBody).digest('hex')}`,
      'x-timestamp': String(nowMs / 1_000),
    },
    query: {},
    rawBody,
    receivedAtMs: nowMs,
    ...more,
  };
}

const event = (name: string) => ({ event_id: 'ev_1', event: name, stream: 'contacts', id: '7', at: 'now' });
const body = JSON.stringify(event('contacts.updated'));

describe('events of a service', () => {
  test('are taken out when the signature fits the raw bytes', () => {
    expect(parseServiceEvents(service, signed(body), key)).toEqual([
      { eventId: 'ev_1', stream: 'contacts', key: '7', isDeletion: false, record: null },
    ]);
    const several = signed(JSON.stringify([event('contacts.deleted'), event('contacts.created')]));
    expect(parseServiceEvents(service, several, key).map(({ isDeletion }) => isDeletion)).toEqual([true, false]);
  });

  test.each<[string, IncomingWebhook]>([
    ['another secret', signed(body, {}, 'another secret')],
    ['other bytes with the same meaning', { ...signed(body), rawBody: Buffer.from(` ${body}`) }],
    ['no signature', { ...signed(body), headers: { 'x-timestamp': String(nowMs / 1_000) } }],
    ['the signature without its prefix', unprefixed(signed(body))],
  ])('with %s are refused', (_, request) => {
    expect(() => parseServiceEvents(service, request, key)).toThrow(
      expect.objectContaining({ code: 'webhook/bad_signature' }),
    );
  });

  test('outside the window of five minutes, or without a time, are refused', () => {
    const parse = (receivedAtMs: number, timestamp = String(nowMs / 1_000)) => {
      const request = signed(body, { receivedAtMs });
      return parseServiceEvents(
        service,
        { ...request, headers: { ...request.headers, 'x-timestamp': timestamp } },
        key,
      );
    };
    expect(parse(nowMs + 300_000)).toHaveLength(1);
    expect(parse(nowMs, String(nowMs))).toHaveLength(1);
    expect(parse(nowMs, new Date(nowMs).toISOString())).toHaveLength(1);
    for (const attempt of [
      () => parse(nowMs + 300_001),
      () => parse(nowMs - 300_001),
      () => parse(nowMs, ''),
      () => parse(nowMs, 'soon'),
    ])
      expect(attempt).toThrow(expect.objectContaining({ code: 'webhook/stale' }));
  });

  test.each(['', 'no json', '{}', '[{}]', '{"event_id":"1","stream":"contacts"}'])(
    'with the body `%s` are refused',
    (text) => {
      expect(() => parseServiceEvents(service, signed(text), key)).toThrow(
        expect.objectContaining({ code: 'webhook/invalid_body' }),
      );
    },
  );

  test('without a secret, or of a service that tells no signature, are refused', () => {
    const { webhook: _, ...silent } = service;
    for (const attempt of [
      () => parseServiceEvents(service, signed(body, {}, ''), ''),
      () => parseServiceEvents(silent as Service, signed(body), key),
    ])
      expect(attempt).toThrow(expect.objectContaining({ code: 'webhook/no_secret' }));
  });
});

describe('registering at rest-crm', () => {
  let crm: RestCrmSandbox;
  let open: TestConnection;
  const received: IncomingWebhook[] = [];
  const intake = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = request.headers as Record<string, string>;
      received.push({ headers, query: {}, rawBody: Buffer.concat(chunks), receivedAtMs: Date.now() });
      response.end();
    });
  });

  beforeAll(async () => {
    crm = await startRestCrm({ records: 10 });
    open = connectTo(crm.url, restCrm(), { token: crm.credentials.token as string });
    await new Promise<void>((resolve) => intake.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    await open?.close();
    await crm?.stop();
    intake.closeAllConnections();
    await new Promise((resolve) => intake.close(resolve));
  });

  test('brings signed events of the streams asked for, until it is taken back', async () => {
    const { connection } = open;
    const url = `http://127.0.0.1:${(intake.address() as AddressInfo).port}/hook`;
    const registration = await connection.registerWebhook?.(url, key, ['contacts'], noSignal);
    const touch = (order: object) => fetch(`${crm.control}/touch`, { method: 'POST', body: JSON.stringify(order) });
    const [first, second] = [...crm.store.records('contacts')].map(({ id }) => String(id));
    await touch({ stream: 'companies', count: 1 });
    await touch({ stream: 'contacts', ids: [first] });
    await touch({ stream: 'contacts', op: 'delete', ids: [second] });
    await touch({ stream: 'contacts', op: 'create', count: 1 });
    await until(async () => received.length >= 3);
    const events = received.flatMap((request): readonly WebhookEvent[] => parseServiceEvents(service, request, key));
    expect(events.map(({ stream, key: id, isDeletion }) => [stream, id, isDeletion])).toEqual([
      ['contacts', first, false],
      ['contacts', second, true],
      ['contacts', expect.any(String), false],
    ]);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(3);

    await connection.removeWebhook?.(registration ?? {}, noSignal);
    // Gone already is what was asked for.
    await connection.removeWebhook?.(registration ?? {}, noSignal);
    const hooks = await fetch(`${crm.url}/webhooks`, { headers: { authorization: `Bearer ${crm.credentials.token}` } });
    expect(await hooks.json()).toEqual({ items: [] });
  });

  test('asks for the events of exactly these streams', async () => {
    const { connection, requests } = fakeService(
      restCrm((changed) => {
        changed.webhook?.register?.events.push('ideals.created');
      }),
      () => ({ status: 201, body: { id: 'wh_1' } }),
    );
    expect(await connection.registerWebhook?.('https://x.test/', key, ['deals'], noSignal)).toEqual({ id: 'wh_1' });
    expect(requests[0]?.body).toMatchObject({ events: ['deals.created', 'deals.updated', 'deals.deleted'] });
  });
});

function unprefixed(request: IncomingWebhook): IncomingWebhook {
  return {
    ...request,
    headers: { ...request.headers, 'x-signature': (request.headers['x-signature'] ?? '').slice(7) },
  };
}
