import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import type { IncomingWebhook, WebhookEvent } from '../kit/contract.js';
import connector from './connector.js';

const secret = 'a-shared-secret-of-tests';
const now = Date.parse('2025-06-01T12:00:00Z');
const plain = { signature: { header: 'X-Signature', prefix: 'sha256=' } };
const timed = { signature: { header: 'X-Signature', timestamp_header: 'X-Time', format: 'base64' } };

const sign = (text: string, encoding: 'hex' | 'base64' = 'hex', key = secret) =>
  createHmac('sha256', key).update(text).digest(encoding);

function take(
  body: string,
  headers: Record<string, string>,
  settings: JsonObject = plain,
  key = secret,
): readonly WebhookEvent[] {
  const request: IncomingWebhook = { headers, query: {}, rawBody: Buffer.from(body), receivedAtMs: now };
  return connector.webhook?.parse(request, key, settings) ?? [];
}

const signed = (body: string): Record<string, string> => ({ 'x-signature': `sha256=${sign(body)}` });
const timedHeaders = (body: string, time: string): Record<string, string> => ({
  'x-time': time,
  'x-signature': sign(`${time}.${body}`, 'base64'),
});

describe('honest deliveries', () => {
  test('one object is one event, and its record travels with it', () => {
    const body = '{"id":12345678901234567890,"name":"Żółw"}';
    expect(take(body, signed(body))).toEqual([
      {
        eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
        stream: 'events',
        key: '12345678901234567890',
        isDeletion: false,
        record: { id: '12345678901234567890', name: 'Żółw' },
      },
    ]);
  });

  test('the same delivery again has the same event ids, other content has others', () => {
    const ids = (body: string) => take(body, signed(body)).map((event) => event.eventId);
    expect(ids('[{"id":1},{"id":2}]')).toEqual(ids('[{"id":1},{"id":2}]'));
    expect(new Set([...ids('[{"id":1},{"id":2}]'), ...ids('{"id":1,"a":1}')]).size).toBe(3);
  });

  test('several streams, nested records and deletions are told apart by the settings', () => {
    const settings = {
      ...plain,
      path: 'events',
      stream: 'type',
      streams: {
        deals: { key: 'data.id', event_id: 'uid', record: 'data', deleted: 'action' },
        notes: { key: 'note_id', event_id: 'uid' },
      },
    };
    const body = JSON.stringify({
      events: [
        { type: 'deals', uid: 7, action: 'update', data: { id: 'D1', sum: '5.00' } },
        { type: 'deals', uid: 8, action: 'deleted', data: { id: 'D2' } },
        { type: 'notes', uid: 7, note_id: 'N1' },
      ],
    });
    expect(take(body, signed(body), settings)).toEqual([
      { eventId: 'deals/7', stream: 'deals', key: 'D1', isDeletion: false, record: { id: 'D1', sum: '5.00' } },
      { eventId: 'deals/8', stream: 'deals', key: 'D2', isDeletion: true, record: null },
      {
        eventId: 'notes/7',
        stream: 'notes',
        key: 'N1',
        isDeletion: false,
        record: { type: 'notes', uid: 7, note_id: 'N1' },
      },
    ]);
  });

  test.each(['2025-06-01T12:04:59Z', String(now / 1_000 - 299), String(now + 250_000)])(
    'a signed time of %s is fresh',
    (time) => {
      expect(take('{"id":1}', timedHeaders('{"id":1}', time), timed)).toHaveLength(1);
    },
  );

  test('two signatures stand for two secrets while one is being changed', () => {
    const headers = {
      'x-signature': `sha256=${sign('{"id":1}', 'hex', 'former-secret-of-tests')}, sha256=${sign('{"id":1}')}`,
    };
    expect(take('{"id":1}', headers)).toHaveLength(1);
  });
});

describe('forged deliveries', () => {
  const body = '{"id":1}';
  const good = sign(body);
  test.each<[string, Record<string, string>, string]>([
    ['no signature', {}, body],
    ['an empty signature', { 'x-signature': 'sha256=' }, body],
    ['no prefix', { 'x-signature': good }, body],
    ['another prefix', { 'x-signature': `sha1=${good}` }, body],
    ['another secret', { 'x-signature': `sha256=${sign(body, 'hex', 'other')}` }, body],
    ['another body', { 'x-signature': `sha256=${good}` }, '{"id":2}'],
    ['the same JSON spelled otherwise', { 'x-signature': `sha256=${good}` }, '{ "id": 1 }'],
    ['a cut signature', { 'x-signature': `sha256=${good.slice(0, 40)}` }, body],
    ['a longer signature', { 'x-signature': `sha256=${good}00` }, body],
    ['the wrong format', { 'x-signature': `sha256=${sign(body, 'base64')}` }, body],
    ['letters behind the digits', { 'x-signature': `sha256=${good}zz` }, body],
  ])('%s is refused', (_, headers, sent) => {
    expect(() => take(sent, headers)).toThrow(expect.objectContaining({ code: 'webhook/bad_signature' }));
  });

  test('without a secret everything is refused', () => {
    expect(() => take(body, signed(body), plain, '')).toThrow(expect.objectContaining({ code: 'webhook/no_secret' }));
  });

  test.each(['2025-06-01T11:54:59Z', '2025-06-01T12:05:01Z', '0', '', 'yesterday', '1e12'])(
    'a signed time of %j is stale',
    (time) => {
      expect(() => take(body, timedHeaders(body, time), timed)).toThrow(
        expect.objectContaining({ code: 'webhook/stale' }),
      );
    },
  );

  test('a fresh time beside an old signature is a bad signature', () => {
    const headers = { ...timedHeaders(body, '2025-06-01T11:00:00Z'), 'x-time': '2025-06-01T12:00:00Z' };
    expect(() => take(body, headers, timed)).toThrow(expect.objectContaining({ code: 'webhook/bad_signature' }));
  });
});

describe('deliveries that cannot be taken', () => {
  test.each([
    ['not json', 'it is not JSON'],
    ['[{"id":1},{"name":"x"}]', 'event 2 has no key at `id`'],
    ['[{"id":{}}]', 'event 1 has no key'],
    ['{"__proto__":{"id":1}}', 'event 1 has no key'],
    ['"text"', 'event 1 has no key'],
  ])('%s', (body, why) => {
    expect(() => take(body, signed(body))).toThrow(
      expect.objectContaining({ code: 'webhook/invalid_body', message: expect.stringContaining(why) }),
    );
  });
});

describe('the connection', () => {
  const context = (settings: JsonObject, read: () => Promise<JsonObject>) => ({
    connectionId: 'test',
    settings,
    credentials: { read, renew: async (seen: JsonObject) => seen },
    http: { request: () => Promise.reject(new Error('no network')) },
    resolveHost: () => Promise.reject(new Error('no network')),
  });
  const signal = new AbortController().signal;

  test('a secret that is too short is not good enough', async () => {
    const connection = connector.open(context(plain, async () => ({ signing_secret: 'short' })));
    await expect(connection.check(signal)).rejects.toMatchObject({ code: 'connection/invalid_secret' });
  });

  test('several streams need to be told apart', () => {
    const settings = { ...plain, streams: { a: { key: 'id' }, b: { key: 'id' } } };
    expect(() => connector.open(context(settings, async () => ({})))).toThrow(/nothing tells which one/);
  });

  test('streams are known without asking anyone', () => {
    const settings = { ...plain, streams: { deals: { key: 'data.id', record: 'data' } } };
    expect(connector.declaredStreams(settings)).toMatchObject([{ name: 'deals', key: ['id'], write: null }]);
    expect(connector.declaredStreams({})).toBeNull();
  });
});
