import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { changeOf, noSignal, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import { type DatabaseUnderTest, kindsTable, ownTypes, startDatabase } from './testing-database.js';

let here: DatabaseUnderTest;
beforeAll(async () => {
  here = await startDatabase(ownTypes);
});
afterAll(() => here.stop());

describe('streams', () => {
  test('tables and views of the schemas are found with types, keys and rights', async () => {
    await here.pool.query(`
      create schema sales;
      ${kindsTable('kinds')};
      create view kinds_view as select id, sum from kinds;
      create table sales."Odd ""name""" (a int, b int, primary key (b, a));
      create table no_key (a text)`);
    const streams = new Map(
      (await here.open({ schemas: ['public', 'sales'] }).streams(noSignal)).map((stream) => [stream.name, stream]),
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
    await here.pool.query(`
      create table made (id int generated always as identity primary key, name text);
      create table looked_up (id serial primary key, own text, name text);
      create table indexed (id serial primary key, own uuid unique, name text)`);
    const streams = new Map(
      (await here.open({ own_id_column: 'own' }).streams(noSignal)).map((stream) => [stream.name, stream.write]),
    );
    expect(streams.get('made')).toMatchObject({ idempotency: 'unsafe', naturalKey: null, ownIdField: null });
    expect(streams.get('looked_up')).toMatchObject({ idempotency: 'find_then_create', ownIdField: 'own' });
    expect(streams.get('indexed')).toMatchObject({ idempotency: 'upsert', ownIdField: 'own' });
    for (const stream of ['looked_up', 'indexed']) {
      const writer = here.open({ own_id_column: 'own' }).writer(writeRequest(stream, 'upsert'));
      const one = changeOf(1, 'create', { name: 'a' });
      const { outcomes } = await writer.write([one], sendNow);
      expect(await writer.findByOwnId?.([one.recordKey, 'f'.repeat(32)], noSignal)).toMatchObject([
        { askedFor: one.recordKey, targetKey: (outcomes[0] as { targetKey: string }).targetKey, fields: { name: 'a' } },
      ]);
    }
    const writer = here.open({ own_id_column: 'own' }).writer(writeRequest('indexed', 'upsert'));
    const again = changeOf(2, 'create', { name: 'b' });
    await writer.write([again], sendNow);
    await writer.write([again], sendNow);
    expect(await here.rowsOf(`select name from indexed where name = 'b'`)).toHaveLength(1);
  });

  test('a missing table or column is said with the names there are', async () => {
    await here.pool.query('create table known (id int primary key)');
    await expect(here.open().reader(readRequest('missing')).readPage(null, null, noSignal)).rejects.toMatchObject({
      code: 'read/unknown_stream',
    });
    await expect(
      here
        .open()
        .reader(readRequest('known', { where: { nope: 1 } }))
        .readPage(null, null, noSignal),
    ).rejects.toMatchObject({
      code: 'read/drift',
      message: expect.stringContaining('`nope`'),
    });
  });
});
