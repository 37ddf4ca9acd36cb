import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { noSignal, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { Change } from '../kit/contract.js';
import { type DatabaseUnderTest, kindsTable, ownTypes, startDatabase } from './testing-database.js';

let here: DatabaseUnderTest;
beforeAll(async () => {
  here = await startDatabase(`${ownTypes}
    create table bystander (id text primary key);
    insert into bystander values ('1')`);
});
afterAll(() => here.stop());

let count = 0;
const change = (fields: JsonObject, more: Partial<Change> = {}): Change => {
  count += 1;
  const key = count.toString(16).padStart(32, '0');
  return { operation: 'create', targetKey: null, recordKey: key, effectKey: key, fields, ...more };
};

describe('writing', () => {
  test('an upsert is one statement, tells created from changed, and a repeat changes nothing', async () => {
    await here.pool.query('create table people (id text primary key, name text, age int)');
    const writer = here.open().writer(writeRequest('people', 'upsert'));
    const batch = [change({ id: '1', name: 'a' }), change({ id: '2', name: 'b' }), change({ id: '3', name: null })];
    const first = await writer.write(batch, sendNow);
    expect(first.outcomes).toEqual(
      ['1', '2', '3'].map((targetKey) => ({ state: 'written', targetKey, created: true })),
    );
    const second = await writer.write([...batch, change({ id: '2', age: 7 })], sendNow);
    expect(second.outcomes.map((outcome) => 'created' in outcome && outcome.created)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(await here.rowsOf('select * from people order by id')).toEqual([
      { id: '1', name: 'a', age: null },
      { id: '2', name: 'b', age: 7 },
      { id: '3', name: null, age: null },
    ]);
  });

  test('one bad row is one refused outcome in the words of PostgreSQL, and the others arrive', async () => {
    await here.pool.query(
      `create table strict (id int primary key, code varchar(3), age int check (age > 0), sum numeric(6,2), at timestamp)`,
    );
    const good = Array.from({ length: 20 }, (_, index) => change({ id: index, code: 'abc', age: 1, sum: '1.50' }));
    const bad: [JsonObject, string][] = [
      [{ id: 100, code: 'secret value', age: 1 }, 'value too long for type character varying(3)'],
      [{ id: 101, age: -1 }, 'violates check constraint "strict_age_check"'],
      [{ id: 'Kowalska', age: 1 }, 'invalid input syntax for type integer'],
      [{ id: 103, age: '99999999999' }, 'out of range for type integer'],
      [{ id: 104, sum: '1.005' }, '`sum` keeps 2 digits'],
      [{ id: 105, code: 'a\u0000' }, '`code` cannot hold a zero byte'],
      [{ id: 106, at: '2025-01-01T10:00:00+02:00' }, '`at` keeps no zone'],
    ];
    const batch = [...good.slice(0, 10), ...bad.map(([fields]) => change(fields)), ...good.slice(10)];
    const { outcomes } = await here.open().writer(writeRequest('strict', 'upsert')).write(batch, sendNow);
    expect(outcomes.map((outcome) => outcome.state)).toEqual([
      ...Array(10).fill('written'),
      ...Array(bad.length).fill('refused'),
      ...Array(10).fill('written'),
    ]);
    bad.forEach(([, words], index) => {
      expect(outcomes[10 + index]).toMatchObject({
        failure: { kind: 'rejected', message: expect.stringContaining(words) },
      });
    });
    expect(JSON.stringify(outcomes)).not.toMatch(/Kowalska|secret value/);
    expect(await here.rowsOf('select count(*)::int as n from strict')).toEqual([{ n: 20 }]);
  });

  test('updates and deletions go by the target key; a missing row is said, a gone one is fine', async () => {
    await here.pool.query(
      `create table items (a int, b int, name text, primary key (a, b)); insert into items values (1, 1, 'x'), (1, 2, 'y')`,
    );
    const updates = here.open().writer(writeRequest('items', 'update'));
    const { outcomes } = await updates.write(
      [
        change({ name: 'new' }, { operation: 'update', targetKey: '["1","2"]' }),
        change({ name: 'none' }, { operation: 'update', targetKey: '["9","9"]' }),
        change({ a: 5 }, { operation: 'update', targetKey: '["1","1"]' }),
      ],
      sendNow,
    );
    expect(outcomes).toMatchObject([
      { targetKey: '["1","2"]' },
      { state: 'refused', failure: { code: 'write/no_match' } },
      { targetKey: '["5","1"]' },
    ]);
    const deletions = here.open().writer(writeRequest('items', 'delete'));
    const gone = ['["1","2"]', '["7","7"]'].map((targetKey) => change({}, { operation: 'delete', targetKey }));
    expect((await deletions.write(gone, sendNow)).outcomes.map((outcome) => outcome.state)).toEqual([
      'written',
      'written',
    ]);
    expect(await here.rowsOf('select * from items')).toEqual([{ a: 5, b: 1, name: 'x' }]);
  });

  test('an insert takes a row for its own only when it holds the same values', async () => {
    await here.pool.query(
      `create table inserts (id int primary key, name text, doc json); insert into inserts values (1, 'theirs', '{}')`,
    );
    const writer = here.open().writer(writeRequest('inserts', 'insert'));
    const batch = [change({ id: 1, name: 'ours', doc: {} }), change({ id: 2, name: 'ours', doc: { a: 1 } })];
    for (const _ of [1, 2]) {
      const { outcomes } = await writer.write(batch, sendNow);
      expect(outcomes).toMatchObject([
        { state: 'refused', failure: { message: expect.stringContaining('other values already') } },
        { state: 'written', targetKey: '2' },
      ]);
    }
    expect(await here.rowsOf('select id, name from inserts order by id')).toEqual([
      { id: 1, name: 'theirs' },
      { id: 2, name: 'ours' },
    ]);
  });

  test('hostile names and values stay names and values', async () => {
    const name = `x"; drop table bystander; --`;
    await here.pool.query(`create table "ev""il; --" (id text primary key, "x""; drop table bystander; --" text)`);
    const value = `'); drop table bystander; --`;
    const stream = 'ev"il; --';
    await here
      .open()
      .writer(writeRequest(stream, 'upsert'))
      .write([change({ id: value, [name]: value })], sendNow);
    const reader = here.open().reader(readRequest(stream, { where: { [name]: value } }));
    expect((await reader.readPage(null, null, noSignal)).records).toEqual([{ id: value, [name]: value }]);
    expect(await reader.find(name, [value], noSignal)).toHaveLength(1);
    expect(await here.rowsOf('select count(*)::int as n from bystander')).toEqual([{ n: 1 }]);
  });

  test('lists, documents and enums are written as they are', async () => {
    await here.pool.query(kindsTable('written'));
    const writer = here.open().writer(writeRequest('written', 'upsert'));
    const fields = {
      id: '5',
      sum: '0.10',
      at: '2025-03-01T10:00:00+02:00',
      tags: ['a', 'b"\\,{}', null, ''],
      doc: { x: ['ż'] },
      feeling: 'sad',
      is_it: true,
    };
    const { outcomes } = await writer.write([change(fields), change({ id: '6', sum: '1', feeling: 'angry' })], sendNow);
    expect(outcomes).toMatchObject([
      { state: 'written' },
      { state: 'refused', failure: { message: expect.stringContaining('invalid input value for enum mood') } },
    ]);
    expect(await writer.readByKey?.(['5'], noSignal)).toMatchObject([
      { targetKey: '5', fields: { ...fields, at: '2025-03-01T08:00:00Z' } },
    ]);
    expect(
      await writer.findByMatch?.(
        ['feeling', 'is_it'],
        [
          ['sad', 'true'],
          ['angry', 'x'],
        ],
        noSignal,
      ),
    ).toMatchObject([{ askedFor: '["sad","true"]', targetKey: '5' }]);
  });

  test('partitioned tables are written like others', async () => {
    await here.pool.query(`create table parts (id int, day date, n int, primary key (id, day)) partition by range (day);
      create table parts_1 partition of parts for values from ('2025-01-01') to ('2026-01-01')`);
    const writer = here.open().writer(writeRequest('parts', 'upsert'));
    const rows = [change({ id: 1, day: '2025-05-01', n: 1 }), change({ id: 2, day: '2031-05-01', n: 1 })];
    const { outcomes } = await writer.write(rows, sendNow);
    expect(outcomes).toMatchObject([{ state: 'written', targetKey: '["1","2025-05-01"]' }, { state: 'refused' }]);
  });

  test('a failed last check leaves nothing behind', async () => {
    const beforeSend = () => {
      throw new Error('the lease is over');
    };
    await expect(
      here
        .open()
        .writer(writeRequest('bystander', 'upsert'))
        .write([change({ id: 'never' })], { signal: noSignal, beforeSend }),
    ).rejects.toThrow('the lease is over');
    expect(await here.rowsOf(`select * from bystander where id = 'never'`)).toEqual([]);
  });
});
