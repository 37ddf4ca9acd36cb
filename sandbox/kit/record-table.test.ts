import { describe, expect, test } from '@jest/globals';
import { countedIds, storedIds } from './id-space.js';
import type { JsonObject } from './json.js';
import { Random } from './random.js';
import { RecordTable } from './record-table.js';

function put(table: RecordTable, record: JsonObject, at: number): number {
  const id = table.newId();
  const full = { id, ...record };
  return table.insert({ record: full, json: [JSON.stringify(full)], externalId: null, at, hash: 0 });
}

function change(table: RecordTable, row: number, fields: JsonObject, at: number): void {
  const before = table.record(row);
  const after = { ...before, ...fields };
  table.replace(row, before, { record: after, json: [JSON.stringify(after)], externalId: null, at, hash: 0 });
}

describe('a record table', () => {
  test('gives back what was put in, also across chunk borders and after changes', () => {
    const table = new RecordTable('things', countedIds(100));
    const random = new Random(7);
    const expected: string[] = [];
    for (let n = 0; n < 3000; n += 1) {
      const text = 'Щ'.repeat(random.int(0, 900));
      expected.push(text);
      put(table, { text }, n);
    }
    for (let n = 0; n < 1000; n += 1) {
      const row = random.int(0, 2999);
      expected[row] = `changed ${n}`;
      change(table, row, { text: `changed ${n}` }, 3000 + n);
    }
    expect([...table.rows()].map((row) => table.record(row).text)).toEqual(expected);
    const page: unknown = JSON.parse(table.joined([0, 2999], '[', ']').toString());
    expect(page).toEqual([table.record(0), table.record(2999)]);
  });

  test('walks by change without losing a record, however records change meanwhile', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const random = new Random(seed);
      const table = new RecordTable('things', countedIds(1));
      for (let n = 0; n < 200; n += 1) put(table, { version: 0 }, 10 * Math.floor(n / 50));
      let at = 100;
      const seen = new Map<number, number>();
      let after = 0;
      for (;;) {
        const page = table.pageByChange({ since: 0, after }, random.int(1, 20), at);
        for (const row of page.rows) seen.set(row, Number(table.record(row).version));
        if (page.next === null) break;
        after = page.next;
        at += random.int(0, 1);
        for (let n = random.int(0, 3); n > 0; n -= 1) {
          const row = random.int(0, 199);
          change(table, row, { version: Number(table.record(row).version) + 1 }, at);
        }
      }
      expect(seen.size).toBe(200);
      for (const [row, version] of seen) expect(version).toBe(table.record(row).version);
    }
  });

  test('answers questions by field through an index that follows changes and deletions', () => {
    const table = new RecordTable('things', countedIds(1));
    put(table, { mails: [{ value: 'A@x.example' }, { value: 'b@x.example' }] }, 1);
    put(table, { mails: [{ value: 'b@x.example' }] }, 2);
    expect(table.withValue('mails.value', 'a@X.example')).toEqual([0]);
    expect(table.withValue('mails.value', 'b@x.example')).toEqual([0, 1]);
    change(table, 0, { mails: [] }, 3);
    expect(table.withValue('mails.value', 'b@x.example')).toEqual([1]);
    table.remove(1, table.record(1), 4);
    expect(table.withValue('mails.value', 'b@x.example')).toEqual([]);
    expect(table.rowOf('2')).toBe(-1);
    expect(table.tombstones.map(({ id }) => id)).toEqual(['2']);
  });

  test('gives memory back when records change again and again', () => {
    const table = new RecordTable('things', countedIds(1));
    for (let n = 0; n < 100; n += 1) put(table, { text: '' }, n);
    for (let n = 0; n < 200_000; n += 1) change(table, n % 100, { text: 'x'.repeat(1000) }, 100 + n);
    expect(table.heldBytes).toBeLessThan(80 << 20);
    expect(table.pageByChange({ since: 0, after: 0 }, 1000, 1e9).rows).toHaveLength(100);
  });

  test('hides a late record from lists until its moment', () => {
    const table = new RecordTable(
      'things',
      storedIds((row) => `guid-${row}`),
    );
    const record = { id: table.newId() };
    table.insert({ record, json: [JSON.stringify(record)], externalId: null, at: 5, hash: 0 }, 50);
    expect(table.pageById(-1, 10, 49).rows).toEqual([]);
    expect(table.rowOf('guid-0')).toBe(0);
    expect(table.pageById(-1, 10, 50).rows).toEqual([0]);
  });
});
