import pg from 'pg';
import type { JsonObject } from '../../core/json.js';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.js';
import type { OpenConnection } from '../kit/contract.js';
import { openTestConnection } from './testing.js';

/** A database of its own, connections of this connector to it, and a look at what they did. */
export interface DatabaseUnderTest {
  readonly database: TestDatabase;
  readonly pool: pg.Pool;
  /** A new connection; `stop` closes it. */
  open(settings?: JsonObject): OpenConnection;
  rowsOf(text: string): Promise<JsonObject[]>;
  stop(): Promise<void>;
}

/** Starts with what `statements` make. */
export async function startDatabase(statements: string): Promise<DatabaseUnderTest> {
  const database = await createTestDatabase();
  const pool = new pg.Pool({ ...database.owner, max: 2 });
  // Dropping the database may end a session before it has said goodbye.
  pool.on('error', () => undefined);
  await pool.query(statements);
  const opened: OpenConnection[] = [];
  return {
    database,
    pool,
    open: (settings) => {
      const connection = openTestConnection(database, settings);
      opened.push(connection);
      return connection;
    },
    rowsOf: async (text) => (await pool.query<JsonObject>(text)).rows,
    stop: async () => {
      await Promise.all(opened.map((connection) => connection.close()));
      await pool.end();
      await database.drop();
    },
  };
}

/** Types that a table of kinds has columns of. */
export const ownTypes = `
  create type mood as enum ('sad', 'ok');
  create domain tax_code as text check (value ~ '^\\d+$');`;

/** A table with a column of each kind. */
export const kindsTable = (name: string): string =>
  `create table ${name} (id int8 primary key, sum numeric(10,2) not null, at timestamptz, naive timestamp, day date,
    is_it boolean default false, small int2, code tax_code, feeling mood, tags text[], doc jsonb,
    twice int4 generated always as (small * 2) stored)`;
