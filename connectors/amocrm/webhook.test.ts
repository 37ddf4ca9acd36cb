import { describe, expect, test } from '@jest/globals';
import { parseBracketForm } from './bracket-form.js';
import { webhook } from './webhook.js';

const secret = 'signing-secret';

function deliver(fields: Record<string, string>, key: string | null = secret) {
  const rawBody = Buffer.from(new URLSearchParams({ ...fields, 'account[subdomain]': 'example' }).toString());
  const query: Record<string, string> = key === null ? {} : { key };
  return webhook.parse({ headers: {}, query, rawBody, receivedAtMs: 0 }, secret, {});
}

describe('events', () => {
  test('of several lists and kinds come from one body, deletions as such', () => {
    const events = deliver({
      'leads[status][0][id]': '25399013',
      'leads[status][0][status_id]': '142',
      'leads[status][0][old_status_id]': '7087609',
      'leads[add][0][id]': '1',
      'leads[add][1][id]': '2',
      'leads[delete][0][id]': '3',
      'contacts[update][0][id]': '4',
      'contacts[update][0][type]': 'contact',
      'contacts[update][1][id]': '5',
      'contacts[update][1][type]': 'company',
      'task[add][0][id]': '6',
      'leads[note][0][note][id]': '7',
      'leads[note][0][note][element_id]': '1',
      'unsorted[add][0][uid]': 'x',
    });
    expect(
      events.map(({ stream, key, isDeletion }) => `${stream} ${key}${isDeletion ? ' deleted' : ''}`).sort(),
    ).toEqual([
      'companies 5',
      'contacts 4',
      'lead_notes 7',
      'leads 1',
      'leads 2',
      'leads 25399013',
      'leads 3 deleted',
      'tasks 6',
    ]);
    expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
  });

  test('told twice have one id, and another once something differs', () => {
    const body = { 'leads[update][0][id]': '1', 'leads[update][0][last_modified]': '1700000000' };
    const [one] = deliver(body);
    const [again] = deliver(body);
    const [later] = deliver({ ...body, 'leads[update][0][last_modified]': '1700000001' });
    expect(again?.eventId).toBe(one?.eventId);
    expect(later?.eventId).not.toBe(one?.eventId);
  });

  test('without the key are refused', () => {
    for (const key of [null, '', 'another'])
      expect(() => deliver({ 'leads[add][0][id]': '1' }, key)).toThrow('does not carry the key');
    expect(() => webhook.parse({ headers: {}, query: {}, rawBody: Buffer.from(''), receivedAtMs: 0 }, '', {})).toThrow(
      'without a key',
    );
  });

  test('of strange bodies bring nothing and reach nothing', () => {
    expect(deliver({ 'leads[add][0][name]': 'no id', leads: 'x', 'contacts[add]': 'y' })).toEqual([]);
    const form = parseBracketForm(
      'a[__proto__][x]=1&constructor[prototype][y]=2&a[b=3&a[][c]=4&a[1][2][3][4][5][6][7][8][9]=5&ok=6',
    );
    expect(JSON.parse(JSON.stringify(form))).toEqual({ a: { '': { c: '4' } }, ok: '6' });
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });
});
