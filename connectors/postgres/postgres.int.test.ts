import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { Cursor } from '../../core/cursor.js';
import type { JsonObject } from '../../core/json.js';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.js';
import type { Change, OpenConnection, Page, ReadRequest, WriteRequest } from '../kit/contract.js';
import connector from './connector.js';
import { contextFor, openTestConnection } from './testing.js';

let database: TestDatabase;
let pool: pg.Pool;
const opened: OpenConnection[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  pool = new pg.Pool({ ...database.owner, max: 2 });
  // Dropping the database may end a session before it has said goodbye.
  pool.on('error', () => undefined);
  await pool.query(`
    create type mood as enum ('sad', 'ok');
    create domain tax_code as text check (value ~ '^\\d+$');
    create table pairs (a int, b text, c int not null, primary key (a, b));
    insert into pairs select n / 7, 'k' || n % 7, n % 3 from generate_series(0, 1300) n;
    create table bystander (id text primary key);
    insert into bystander values ('1');`);
});
afterAll(async () => {
  await Promise.all(opened.map((connection) => connection.close()));
  await pool.end();
  await database.drop();
});

const signal = new AbortController().signal;
const send = { signal, beforeSend: () => undefined };

function open(settings: JsonObject = {}): OpenConnection {
  const connection = openTestConnection(database, settings);
  opened.push(connection);
  return connection;
}

const readRequest = (stream: string, more: Partial<ReadRequest> = {}): ReadRequest => ({
  stream,
  mode: 'full',
  key: [],
  cursorFields: null,
  start: null,
  lagMs: 0,
  where: {},
  period: null,
  ...more,
});

const writeRequest = (stream: string, mode: WriteRequest['mode'] = 'upsert'): WriteRequest => ({
  stream,
  mode,
  matchOn: [],
  fields: [],
  position: null,
});

/** A table with a column of each kind. */
const kindsTable = (name: string): string =>
  `create table ${name} (id int8 primary key, sum numeric(10,2) not null, at timestamptz, naive timestamp, day date,
    is_it boolean default false, small int2, code tax_code, feeling mood, tags text[], doc jsonb,
    twice int4 generated always as (small * 2) stored)`;

let count = 0;
const change = (fields: JsonObject, more: Partial<Change> = {}): Change => {
  count += 1;
  const key = count.toString(16).padStart(32, '0');
  return { operation: 'create', targetKey: null, recordKey: key, effectKey: key, fields, ...more };
};

async function readAll(
  request: ReadRequest,
  bookmark: Cursor | null = null,
): Promise<{ records: JsonObject[]; pages: Page[]; bookmark: Cursor | null }> {
  const reader = open().reader(request);
  const pages: Page[] = [];
  let cursor: Cursor | null = null;
  do {
    const page: Page = await reader.readPage(cursor, bookmark, signal);
    pages.push(page);
    cursor = page.next;
  } while (cursor !== null);
  return {
    records: pages.flatMap((page) => [...page.records] as JsonObject[]),
    pages,
    bookmark: pages.at(-1)?.bookmark ?? null,
  };
}

const rowsOf = async (text: string) => (await pool.query(text)).rows;

describe('streams', () => {
  test('tables and views of the schemas are found with types, keys and rights', async () => {
    await pool.query(`
      create schema sales;
      ${kindsTable('kinds')};
      create view kinds_view as select id, sum from kinds;
      create table sales."Odd ""name""" (a int, b int, primary key (b, a));
      create table no_key (a text)`);
    const streams = new Map(
      (await open({ schemas: ['public', 'sales'] }).streams(signal)).map((stream) => [stream.name, stream]),
    );
    const kinds = streams.get('kinds');
    expect(Object.fromEntries((kinds?.fields ?? []).map((field) => [field.name, field.type]))).toEqual({
      id: 'text',
      sum: 'decimal',
      at: 'datetime',
      naive: 'text',
      day: 'date',
      is_it: 'boolean',
      small: 'integer',
      code: 'text',
      feeling: 'text',
      tags: 'list',
      doc: 'any',
      twice: 'integer',
    });
    expect(kinds?.fields.filter((field) => field.isRequired).map((field) => field.name)).toEqual(['id', 'sum']);
    expect(kinds?.fields.find((field) => field.name === 'twice')?.isReadOnly).toBe(true);
    expect(kinds?.fields.find((field) => field.name === 'feeling')?.values?.map((each) => each.value)).toEqual([
      'sad',
      'ok',
    ]);
    expect(kinds?.write).toMatchObject({
      idempotency: 'upsert',
      naturalKey: ['id'],
      modes: ['insert', 'update', 'upsert', 'delete'],
    });
    expect(streams.get('kinds_view')).toMatchObject({ write: null, key: null });
    expect(streams.get('sales.Odd "name"')?.key).toEqual(['b', 'a']);
    expect(streams.get('no_key')?.write).toMatchObject({ modes: ['insert'], idempotency: 'unsafe' });
  });

  test('tables whose key the database makes are kept safe by an own-id column', async () => {
    await pool.query(`
      create table made (id int generated always as identity primary key, name text);
      create table looked_up (id serial primary key, own text, name text);
      create table indexed (id serial primary key, own uuid unique, name text)`);
    const streams = new Map(
      (await open({ own_id_column: 'own' }).streams(signal)).map((stream) => [stream.name, stream.write]),
    );
    expect(streams.get('made')).toMatchObject({ idempotency: 'unsafe', naturalKey: null, ownIdField: null });
    expect(streams.get('looked_up')).toMatchObject({ idempotency: 'find_then_create', ownIdField: 'own' });
    expect(streams.get('indexed')).toMatchObject({ idempotency: 'upsert', ownIdField: 'own' });
    for (const stream of ['looked_up', 'indexed']) {
      const writer = open({ own_id_column: 'own' }).writer(writeRequest(stream));
      const one = change({ name: 'a' });
      const { outcomes } = await writer.write([one], send);
      expect(await writer.findByOwnId?.([one.recordKey, 'f'.repeat(32)], signal)).toMatchObject([
        { askedFor: one.recordKey, targetKey: (outcomes[0] as { targetKey: string }).targetKey, fields: { name: 'a' } },
      ]);
    }
    const writer = open({ own_id_column: 'own' }).writer(writeRequest('indexed'));
    const again = change({ name: 'b' });
    await writer.write([again], send);
    await writer.write([again], send);
    expect(await rowsOf(`select name from indexed where name = 'b'`)).toHaveLength(1);
  });

  test('a missing table or column is said with the names there are', async () => {
    await pool.query('create table known (id int primary key)');
    await expect(open().reader(readRequest('missing')).readPage(null, null, signal)).rejects.toMatchObject({
      code: 'read/unknown_stream',
    });
    await expect(
      open()
        .reader(readRequest('known', { where: { nope: 1 } }))
        .readPage(null, null, signal),
    ).rejects.toMatchObject({
      code: 'read/drift',
      message: expect.stringContaining('`nope`'),
    });
  });
});

describe('reading', () => {
  test('values arrive exactly: decimals and long numbers as text, moments with their zone', async () => {
    await pool.query(
      `${kindsTable('exact')}; insert into exact values (9007199254740993, 12345678.90, '2025-03-01 10:00:00.123456+02', '2025-03-01 10:00', '2025-03-01', true, -5, '007', 'ok', '{a,"b,\\"c\\"",NULL}', '{"n": 12345678901234567890, "t": "x"}')`,
    );
    const { records } = await readAll(readRequest('exact'));
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
      const { records, pages } = await readAll(readRequest('pairs', { key }));
      expect(pages).toHaveLength(3);
      expect(new Set(records.map((record) => `${record.a} ${record.b}`)).size).toBe(1301);
      expect(records).toHaveLength(1301);
    }
  });

  test('rows without a value in the named key come last and are not lost', async () => {
    await pool.query(
      `create table some_null (id int primary key, email text); insert into some_null values (1, null), (2, 'b'), (3, null), (4, 'a')`,
    );
    const { records } = await readAll(readRequest('some_null', { key: ['email'] }));
    expect(records.map((record) => record.id)).toEqual([4, 2, 1, 3]);
  });

  test('incremental reading gives what changed since, over equal times at a page edge', async () => {
    await pool.query(`create table changes (id int primary key, at timestamptz not null);
      insert into changes select n, '2025-01-01Z'::timestamptz + (n / 700) * interval '1 second' from generate_series(1, 1400) n`);
    const request = readRequest('changes', { mode: 'incremental', cursorFields: ['at'] });
    const first = await readAll(request);
    expect(new Set(first.records.map((record) => record.id)).size).toBe(1400);
    const reader = open().reader(request);
    expect(await reader.hasChanges?.(first.bookmark, signal)).toBe(false);
    expect((await readAll(request, first.bookmark)).records).toEqual([]);
    await pool.query(`update changes set at = '2025-01-02Z' where id in (5, 9)`);
    expect(await reader.hasChanges?.(first.bookmark, signal)).toBe(true);
    const second = await readAll(request, JSON.parse(JSON.stringify(first.bookmark)));
    expect(second.records.map((record) => record.id)).toEqual([5, 9]);
    // A row of a long transaction becomes visible behind the bookmark: the lag sees it.
    await pool.query(`insert into changes values (2000, '2025-01-01T23:59:00Z')`);
    const late = await readAll({ ...request, lagMs: 120_000 }, second.bookmark);
    expect(late.records.map((record) => record.id)).toEqual([2000, 5, 9]);
  });

  test('start, period and where narrow a read', async () => {
    await pool.query(`create table narrow (id int primary key, at timestamptz not null);
      insert into narrow values (1, '2025-01-01Z'), (2000, '2025-01-01T23:59:00Z'), (5, '2025-01-02Z'), (9, '2025-01-02Z')`);
    const ids = async (more: Partial<ReadRequest>) =>
      (await readAll(readRequest('narrow', { mode: 'incremental', cursorFields: ['at'], ...more }))).records.map(
        (record) => record.id,
      );
    expect(await ids({ start: '2025-01-01T12:00:00Z' })).toEqual([2000, 5, 9]);
    expect(await ids({ period: { from: '2025-01-01T23:00:00Z', to: '2025-01-02T00:00:00Z' } })).toEqual([2000]);
    expect(await ids({ where: { id: [9, 2000] } })).toEqual([2000, 9]);
    await expect(ids({ start: 'not a time' })).rejects.toMatchObject({ code: 'definition/invalid' });
  });

  test('a bookmark in the far future is a failure, not an empty success', async () => {
    await pool.query(
      `create table future (id int primary key, at timestamptz); insert into future values (1, '2999-01-01Z')`,
    );
    const request = readRequest('future', { mode: 'incremental', cursorFields: ['at'] });
    const { bookmark } = await readAll(request);
    await expect(readAll(request, bookmark)).rejects.toMatchObject({ code: 'read/cursor_in_future' });
  });

  test('records are found by any column, and by keys of several columns', async () => {
    const reader = open().reader(readRequest('pairs'));
    expect(await reader.find('b', ['k1', 'no'], signal)).toHaveLength(186);
    expect(await reader.find('a', ['not a number', '3'], signal)).toHaveLength(7);
    const pairs = open().reader(readRequest('pairs', { key: ['a', 'b'] }));
    expect(await pairs.find('a', ['["3","k2"]', '["4","k9"]'], signal)).toEqual([
      { a: 3, b: 'k2', c: expect.any(Number) },
    ]);
  });
});

describe('writing', () => {
  test('an upsert is one statement, tells created from changed, and a repeat changes nothing', async () => {
    await pool.query('create table people (id text primary key, name text, age int)');
    const writer = open().writer(writeRequest('people'));
    const batch = [change({ id: '1', name: 'a' }), change({ id: '2', name: 'b' }), change({ id: '3', name: null })];
    const first = await writer.write(batch, send);
    expect(first.outcomes).toEqual(
      ['1', '2', '3'].map((targetKey) => ({ state: 'written', targetKey, created: true })),
    );
    const second = await writer.write([...batch, change({ id: '2', age: 7 })], send);
    expect(second.outcomes.map((outcome) => 'created' in outcome && outcome.created)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(await rowsOf('select * from people order by id')).toEqual([
      { id: '1', name: 'a', age: null },
      { id: '2', name: 'b', age: 7 },
      { id: '3', name: null, age: null },
    ]);
  });

  test('one bad row is one refused outcome in the words of PostgreSQL, and the others arrive', async () => {
    await pool.query(
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
    const { outcomes } = await open().writer(writeRequest('strict')).write(batch, send);
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
    expect(await rowsOf('select count(*)::int as n from strict')).toEqual([{ n: 20 }]);
  });

  test('updates and deletions go by the target key; a missing row is said, a gone one is fine', async () => {
    await pool.query(
      `create table items (a int, b int, name text, primary key (a, b)); insert into items values (1, 1, 'x'), (1, 2, 'y')`,
    );
    const updates = open().writer(writeRequest('items', 'update'));
    const { outcomes } = await updates.write(
      [
        change({ name: 'new' }, { operation: 'update', targetKey: '["1","2"]' }),
        change({ name: 'none' }, { operation: 'update', targetKey: '["9","9"]' }),
        change({ a: 5 }, { operation: 'update', targetKey: '["1","1"]' }),
      ],
      send,
    );
    expect(outcomes).toMatchObject([
      { targetKey: '["1","2"]' },
      { state: 'refused', failure: { code: 'write/no_match' } },
      { targetKey: '["5","1"]' },
    ]);
    const deletions = open().writer(writeRequest('items', 'delete'));
    const gone = ['["1","2"]', '["7","7"]'].map((targetKey) => change({}, { operation: 'delete', targetKey }));
    expect((await deletions.write(gone, send)).outcomes.map((outcome) => outcome.state)).toEqual([
      'written',
      'written',
    ]);
    expect(await rowsOf('select * from items')).toEqual([{ a: 5, b: 1, name: 'x' }]);
  });

  test('an insert takes a row for its own only when it holds the same values', async () => {
    await pool.query(
      `create table inserts (id int primary key, name text, doc json); insert into inserts values (1, 'theirs', '{}')`,
    );
    const writer = open().writer(writeRequest('inserts', 'insert'));
    const batch = [change({ id: 1, name: 'ours', doc: {} }), change({ id: 2, name: 'ours', doc: { a: 1 } })];
    for (const _ of [1, 2]) {
      const { outcomes } = await writer.write(batch, send);
      expect(outcomes).toMatchObject([
        { state: 'refused', failure: { message: expect.stringContaining('other values already') } },
        { state: 'written', targetKey: '2' },
      ]);
    }
    expect(await rowsOf('select id, name from inserts order by id')).toEqual([
      { id: 1, name: 'theirs' },
      { id: 2, name: 'ours' },
    ]);
  });

  test('hostile names and values stay names and values', async () => {
    const name = `x"; drop table bystander; --`;
    await pool.query(`create table "ev""il; --" (id text primary key, "x""; drop table bystander; --" text)`);
    const value = `'); drop table bystander; --`;
    const stream = 'ev"il; --';
    await open()
      .writer(writeRequest(stream))
      .write([change({ id: value, [name]: value })], send);
    const reader = open().reader(readRequest(stream, { where: { [name]: value } }));
    expect((await reader.readPage(null, null, signal)).records).toEqual([{ id: value, [name]: value }]);
    expect(await reader.find(name, [value], signal)).toHaveLength(1);
    expect((await rowsOf('select count(*)::int as n from bystander'))[0].n).toBe(1);
  });

  test('lists, documents and enums are written as they are', async () => {
    await pool.query(kindsTable('written'));
    const writer = open().writer(writeRequest('written'));
    const fields = {
      id: '5',
      sum: '0.10',
      at: '2025-03-01T10:00:00+02:00',
      tags: ['a', 'b"\\,{}', null, ''],
      doc: { x: ['ż'] },
      feeling: 'sad',
      is_it: true,
    };
    const { outcomes } = await writer.write([change(fields), change({ id: '6', sum: '1', feeling: 'angry' })], send);
    expect(outcomes).toMatchObject([
      { state: 'written' },
      { state: 'refused', failure: { message: expect.stringContaining('invalid input value for enum mood') } },
    ]);
    expect(await writer.readByKey?.(['5'], signal)).toMatchObject([
      { targetKey: '5', fields: { ...fields, at: '2025-03-01T08:00:00Z' } },
    ]);
    expect(
      await writer.findByMatch?.(
        ['feeling', 'is_it'],
        [
          ['sad', 'true'],
          ['angry', 'x'],
        ],
        signal,
      ),
    ).toMatchObject([{ askedFor: '["sad","true"]', targetKey: '5' }]);
  });

  test('partitioned tables are written like others', async () => {
    await pool.query(`create table parts (id int, day date, n int, primary key (id, day)) partition by range (day);
      create table parts_1 partition of parts for values from ('2025-01-01') to ('2026-01-01')`);
    const writer = open().writer(writeRequest('parts'));
    const rows = [change({ id: 1, day: '2025-05-01', n: 1 }), change({ id: 2, day: '2031-05-01', n: 1 })];
    const { outcomes } = await writer.write(rows, send);
    expect(outcomes).toMatchObject([{ state: 'written', targetKey: '["1","2025-05-01"]' }, { state: 'refused' }]);
  });

  test('a failed last check leaves nothing behind', async () => {
    const beforeSend = () => {
      throw new Error('the lease is over');
    };
    await expect(
      open()
        .writer(writeRequest('bystander'))
        .write([change({ id: 'never' })], { signal, beforeSend }),
    ).rejects.toThrow('the lease is over');
    expect(await rowsOf(`select * from bystander where id = 'never'`)).toEqual([]);
  });
});

describe('connections', () => {
  test('the check names the role, the database and what it may do', async () => {
    expect(await open().check(signal)).toMatchObject({
      account: expect.stringContaining(`@${database.name}`),
      rightsMissing: [],
    });
    expect((await open({ schemas: ['nowhere'] }).check(signal)).rightsMissing).toEqual([
      'some of the schemas',
      'see any table',
    ]);
  });

  test('a database that is not there and an address that is refused are told apart', async () => {
    await expect(open({ database: 'nowhere' }).check(signal)).rejects.toMatchObject({
      code: 'connection/invalid_settings',
    });
    const unreachable = connector.open({
      ...contextFor(database),
      resolveHost: async () => ({ address: '127.0.0.1', port: 1 }),
    });
    await expect(unreachable.check(signal)).rejects.toMatchObject({
      code: 'egress/unreachable',
      details: { wasSent: false },
    });
    const outside = connector.open({
      ...contextFor(database),
      resolveHost: async () => ({ address: '93.184.216.34', port: 5432 }),
    });
    await expect(outside.check(signal)).rejects.toMatchObject({ code: 'egress/address_refused' });
  });

  test('an abort ends a waiting statement at once', async () => {
    await pool.query('create table locked (id int primary key, name text); insert into locked values (1)');
    const holder = await pool.connect();
    await holder.query('begin; lock table locked in access exclusive mode');
    try {
      const stop = new AbortController();
      const writing = open().reader(readRequest('locked')).readPage(null, null, stop.signal);
      const waiting = async (): Promise<void> => {
        const { rows } = await pool.query(
          `select 1 from pg_stat_activity where datname = $1 and wait_event_type = 'Lock'`,
          [database.name],
        );
        if (rows.length === 0) await waiting();
      };
      await waiting();
      stop.abort(new Error('stopped'));
      await expect(writing).rejects.toThrow('stopped');
    } finally {
      await holder.query('rollback');
      holder.release();
    }
  });
});
