import * as http from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { Caller } from '../kit/caller.js';
import { startRestCrm } from './sandbox.js';

/** Counts the bytes and records of an answer without keeping it. */
function measure(url: string, mark: string): Promise<{ bytes: number; marks: number; tail: string }> {
  return new Promise((resolve, reject) => {
    http
      .get(url, (answer) => {
        let [bytes, marks, tail] = [0, 0, ''];
        answer.on('data', (piece: Buffer) => {
          bytes += piece.length;
          const text = tail + piece.toString('latin1');
          marks += text.split(mark).length - 1;
          tail = text.slice(-(mark.length - 1));
        });
        answer.on('end', () => resolve({ bytes, marks, tail }));
        answer.on('error', reject);
      })
      .on('error', reject);
  });
}

describe('a large sandbox', () => {
  test('holds 100,000 records outside the heap and shows state and log without gathering them', async () => {
    const crm = await startRestCrm({ records: { contacts: 60_000 } });
    const caller = new Caller(crm);
    try {
      for (let first = 0; first < 40_000; first += 250) {
        const items = Array.from({ length: 250 }, (_, n) => ({
          external_id: `key-${first + n}`,
          name: `Contact ${first + n}`,
        }));
        await caller.post('/contacts/batch', { mode: 'upsert', items });
      }
      expect(await caller.control('counts')).toEqual({
        streams: { companies: 0, contacts: 100_000, deals: 0 },
        log: 40_000,
        requests: 160,
      });
      expect(crm.store.streams.contacts.table.heldBytes).toBeLessThan(75 << 20);
      const state = await measure(`${crm.control}/state`, '"external_id":');
      expect(state.marks).toBe(100_000);
      expect(state.tail.endsWith(']}}')).toBe(true);
      const log = await measure(`${crm.control}/log?after=10000`, '"seq":');
      expect(log.marks).toBe(30_000);
    } finally {
      await crm.stop();
    }
  });

  test('writes no reads into the log when told so', async () => {
    const crm = await startRestCrm({ records: 10, settings: { read_effects: false } });
    const caller = new Caller(crm);
    try {
      await caller.all('/contacts');
      await caller.post('/contacts', { name: 'A' });
      expect(crm.log.list().map(({ effect }) => effect)).toEqual(['create']);
    } finally {
      await crm.stop();
    }
  });
});
