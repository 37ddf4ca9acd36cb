import { createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import connector from './connector.js';

const secret = 'a-secret-of-forty-three-characters';
const id = '11111111-1111-4111-8111-111111111111';

function deliver(
  body: unknown,
  headers: Record<string, string> = { 'X-Pipewright-Secret': secret },
  key = secret,
  at = 1,
) {
  const rawBody = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return connector.webhook?.parse({ headers, query: {}, rawBody, receivedAtMs: at }, key, {}) ?? [];
}

describe('events of a business process', () => {
  const event = {
    EntityName: 'Contact',
    Id: id.toUpperCase(),
    Operation: 'Update',
    ModifiedOn: '2026-11-22T10:00:00Z',
  };

  test('name the stream and the record, and are one event however often they come', () => {
    const [first] = deliver(event, undefined, secret, 1);
    const [again] = deliver(event, undefined, secret, 2);
    expect(first).toMatchObject({ stream: 'contacts', key: id, isDeletion: false, record: null });
    expect(again?.eventId).toBe(first?.eventId);
    const later = deliver({ ...event, ModifiedOn: '2026-11-22T10:00:01Z' });
    expect(later[0]?.eventId).not.toBe(first?.eventId);
  });

  test('without id and moment count anew each time, so that no change is taken for a repeat', () => {
    const bare = { EntityName: 'UsrThing', Id: id };
    const [first] = deliver(bare, undefined, secret, 1);
    expect(first?.stream).toBe('UsrThing');
    expect(deliver(bare, undefined, secret, 2)[0]?.eventId).not.toBe(first?.eventId);
    expect(deliver({ ...bare, EventId: 'e1' })[0]?.eventId).toBe('e1');
  });

  test('come in lists, and say deletions', () => {
    const events = deliver({ events: [event, { ...event, Operation: 'Delete' }] });
    expect(events.map(({ isDeletion }) => isDeletion)).toEqual([false, true]);
  });

  test('are believed with the secret or a signature over the bytes only', () => {
    const mac = createHmac('sha256', secret).update(JSON.stringify(event)).digest('hex');
    expect(deliver(event, { 'x-pipewright-signature': `sha256=${mac}` })).toHaveLength(1);
    const forged: Record<string, string>[] = [
      {},
      { 'x-pipewright-secret': 'other' },
      { 'x-pipewright-signature': `sha256=${'0'.repeat(64)}` },
    ];
    for (const headers of forged)
      expect(() => deliver(event, headers)).toThrow(expect.objectContaining({ code: 'webhook/bad_signature' }));
    expect(() => deliver(event, { 'x-pipewright-secret': '' }, '')).toThrow(
      expect.objectContaining({ code: 'webhook/no_secret' }),
    );
  });

  test.each(['no json', '[]x', { Id: id }, { EntityName: 'Contact', Id: '7' }, { EntityName: '../x', Id: id }])(
    'of another form are refused: %j',
    (body) => {
      expect(() => deliver(body)).toThrow(expect.objectContaining({ code: 'webhook/invalid_body' }));
    },
  );
});
