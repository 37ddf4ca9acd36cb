import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { noSignal, readPass, readRequest } from '../kit/conformance/requests.js';
import type { ReadRequest } from '../kit/contract.js';
import { type DatabaseUnderTest, kindsTable, ownTypes, startDatabase } from './testing-database.js';

let here: DatabaseUnderTest;
beforeAll(async () => {
  here = await startDatabase(`${ownTypes}
    create table pairs (a int, b text, c int not null, primary key (a, b));
    insert into pairs select n / 7, 'k' || n % 7, n % 3 from generate_series(0, 1300) n`);
});
afterAll(() => here.stop());

describe('reading', () => {
  test('values arrive exactly: decimals and long numbers as text, moments with their zone', async () => {
    await here.pool.query(
      `${kindsTable('exact')}; insert into exact values (9007199254740993, 12345678.90, '2025-03-01 10:00:00.123456+02', '2025-03-01 10:00', '2025-03-01', true, -5, '007', 'ok', '{a,"b,\\"c\\"",NULL}', '{"n": 12345678901234567890, "t": "x"}')`,
    );
    const { records } = await readPass(() => here.open(), readRequest('exact'));
    expect(records).toEqual([
      {
        id: '9007199254740993',
        sum: '12345678.90',
        at: '2025-03-01T08:00:00.123456Z',
        naive: '2025-03-01T10:00:00',
        day: '2025-03-01',
        is_it: true,
        small: -5,
        code: '007',
        feeling: 'ok',
        tags: ['a', 'b,"c"', null],
        doc: { n: '12345678901234567890', t: 'x' },
        twice: -10,
      },
    ]);
  });

  test('pages along a key of several columns lose and repeat nothing, also where a flow names a key that repeats', async () => {
    for (const key of [[], ['c']]) {
      const { records, pages } = await readPass(() => here.open(), readRequest('pairs', { key }));
      expect(pages).toHaveLength(3);
      expect(new Set(records.map((record) => `${record.a} ${record.b}`)).size).toBe(1301);
      expect(records).toHaveLength(1301);
    }
  });

  test('rows without a value in the named key come last and are not lost', async () => {
    await here.pool.query(
      `create table some_null (id int primary key, email text); insert into some_null values (1, null), (2, 'b'), (3, null), (4, 'a')`,
    );
    const { records } = await readPass(() => here.open(), readRequest('some_null', { key: ['email'] }));
    expect(records.map((record) => record.id)).toEqual([4, 2, 1, 3]);
  });

  test('incremental reading gives what changed since, over equal times at a page edge', async () => {
    await here.pool.query(`create table changes (id int primary key, at timestamptz not null);
      insert into changes select n, '2025-01-01Z'::timestamptz + (n / 700) * interval '1 second' from generate_series(1, 1400) n`);
    const request = readRequest('changes', { mode: 'incremental', cursorFields: ['at'] });
    const first = await readPass(() => here.open(), request);
    expect(new Set(first.records.map((record) => record.id)).size).toBe(1400);
    const reader = here.open().reader(request);
    expect(await reader.hasChanges?.(first.bookmark, noSignal)).toBe(false);
    expect((await readPass(() => here.open(), request, first.bookmark)).records).toEqual([]);
    await here.pool.query(`update changes set at = '2025-01-02Z' where id in (5, 9)`);
    expect(await reader.hasChanges?.(first.bookmark, noSignal)).toBe(true);
    const second = await readPass(() => here.open(), request, JSON.parse(JSON.stringify(first.bookmark)));
    expect(second.records.map((record) => record.id)).toEqual([5, 9]);
    // A row of a long transaction becomes visible behind the bookmark: the lag sees it.
    await here.pool.query(`insert into changes values (2000, '2025-01-01T23:59:00Z')`);
    const late = await readPass(() => here.open(), { ...request, lagMs: 120_000 }, second.bookmark);
    expect(late.records.map((record) => record.id)).toEqual([2000, 5, 9]);
  });

  test('start, period and where narrow a read', async () => {
    await here.pool.query(`create table narrow (id int primary key, at timestamptz not null);
      insert into narrow values (1, '2025-01-01Z'), (2000, '2025-01-01T23:59:00Z'), (5, '2025-01-02Z'), (9, '2025-01-02Z')`);
    const ids = async (more: Partial<ReadRequest>) =>
      (
        await readPass(() => here.open(), readRequest('narrow', { mode: 'incremental', cursorFields: ['at'], ...more }))
      ).records.map((record) => record.id);
    expect(await ids({ start: '2025-01-01T12:00:00Z' })).toEqual([2000, 5, 9]);
    expect(await ids({ period: { from: '2025-01-01T23:00:00Z', to: '2025-01-02T00:00:00Z' } })).toEqual([2000]);
    expect(await ids({ where: { id: [9, 2000] } })).toEqual([2000, 9]);
    await expect(ids({ start: 'not a time' })).rejects.toMatchObject({ code: 'definition/invalid' });
  });

  test('a bookmark in the far future is a failure, not an empty success', async () => {
    await here.pool.query(
      `create table future (id int primary key, at timestamptz); insert into future values (1, '2999-01-01Z')`,
    );
    const request = readRequest('future', { mode: 'incremental', cursorFields: ['at'] });
    const { bookmark } = await readPass(() => here.open(), request);
    await expect(readPass(() => here.open(), request, bookmark)).rejects.toMatchObject({
      code: 'read/cursor_in_future',
    });
  });

  test('records are found by any column, and by keys of several columns', async () => {
    const reader = here.open().reader(readRequest('pairs'));
    expect(await reader.find('b', ['k1', 'no'], noSignal)).toHaveLength(186);
    expect(await reader.find('a', ['not a number', '3'], noSignal)).toHaveLength(7);
    const pairs = here.open().reader(readRequest('pairs', { key: ['a', 'b'] }));
    expect(await pairs.find('a', ['["3","k2"]', '["4","k9"]'], noSignal)).toEqual([
      { a: 3, b: 'k2', c: expect.any(Number) },
    ]);
  });
});
