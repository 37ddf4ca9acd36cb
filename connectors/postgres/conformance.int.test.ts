import type { ConformanceSetup } from '../kit/conformance/setup.js';
import { describeConformance } from '../kit/conformance/suite.js';
import connector from './connector.js';
import { pageSize } from './streams/declaration.js';
import { contextFor, testPassword } from './testing.js';
import { startDatabase } from './testing-database.js';

const tables = `
  create table source (id int primary key, name text not null, at timestamptz not null);
  create table target (id text primary key, name text, code varchar(5), sum numeric, day date, at timestamptz, own text unique)`;

async function setup(): Promise<ConformanceSetup> {
  const { database, pool, rowsOf, stop } = await startDatabase(tables);
  const settings = { own_id_column: 'own' };
  const context = contextFor(database, settings);
  return {
    connector,
    settings: context.settings,
    open: () => connector.open(context),
    openBroken: () => connector.open({ ...context, resolveHost: async () => ({ address: '127.0.0.1', port: 1 }) }),
    secrets: [testPassword],
    modes: ['upsert', 'insert', 'update', 'delete'],
    source: {
      stream: 'source',
      key: ['id'],
      cursorFields: ['at'],
      findField: 'name',
      pageSize,
      reset: async (count, hasEqualTimes) => {
        await pool.query('truncate source');
        await pool.query(
          `insert into source select n, 'name ' || n, '2025-01-01Z'::timestamptz + case when $2 then 0 else n end * interval '1 second'
             from generate_series(1, $1::int) n`,
          [count, hasEqualTimes === true],
        );
      },
      add: async (ids) => {
        await pool.query(`insert into source select n, 'name ' || n, '2025-02-01Z' from unnest($1::int[]) n`, [ids]);
      },
      change: async (ids) => {
        await pool.query(`update source set name = name || '!', at = '2025-03-01Z' where id = any($1)`, [ids]);
      },
      remove: async (ids) => {
        await pool.query('delete from source where id = any($1)', [ids]);
      },
      idOf: (record) => Number(record.id),
      findValue: (id) => `name ${id}`,
    },
    target: {
      stream: 'target',
      matchOn: ['name', 'code'],
      reset: async () => {
        await pool.query('truncate target');
      },
      fields: (id, version = 1) => ({
        id: `id ${id}`,
        name: `name ${id} ${version}`,
        code: 'abc',
        sum: '1',
        day: null,
        at: null,
      }),
      truth: () =>
        rowsOf(
          `select id, name, code, sum::text, day::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at from target order by id`,
        ),
      bad: (id) => ({
        fields: { id: `id ${id}`, name: 'bad', code: 'far too long' },
        words: 'value too long for type character varying(5)',
      }),
      edgeField: (kind) => ({ text: 'name', decimal: 'sum', date: 'day', datetime: 'at' })[kind],
      isSame: (kind, written, held) =>
        kind === 'datetime'
          ? new Date(String(written)).getTime() === new Date(String(held)).getTime() &&
            microsOf(String(written)) === microsOf(String(held))
          : written === held,
    },
    dispose: stop,
  };
}

/** Digits behind the seconds, which a Date would cut to three. */
function microsOf(text: string): string {
  return (/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(6, '0');
}

describeConformance('postgres', setup, {
  'deletions are seen by reading': 'a deleted row leaves no trace that a query could find',
});
