import type pg from 'pg';
import type { SequencePosition, TablePlace } from './format.js';

/** Schemas that are the product's own, whole. */
export const ownSchemas = ['public', 'auth'] as const;

/** Tables whose rows the migrations write themselves. */
const bookkeeping = ['kysely_migration', 'kysely_migration_lock'];

/** What a client needs to run a statement. */
export type Querying = Pick<pg.ClientBase, 'query'>;

/** All tables with rows of ours, as the catalogue lists them now: a new table needs no line anywhere. */
export async function listTables(client: Querying): Promise<TablePlace[]> {
  const { rows } = await client.query<{ schema: string; name: string; columns: string[] }>(
    `select n.nspname as schema, c.relname as name,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                   order by a.attnum) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
        and not (c.relname = any($2)) and ${notOfExtension}
      order by n.nspname collate "C", c.relname collate "C"`,
    [ownSchemas, bookkeeping],
  );
  return rows;
}

const notOfExtension = `not exists (select from pg_depend d
  where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`;

/** Positions of identity columns and sequences. They never go back, so they are read after the rows. */
export async function listSequences(client: Querying): Promise<SequencePosition[]> {
  const { rows } = await client.query<{ schema: string; name: string; last: string | null }>(
    `select schemaname as schema, sequencename as name, last_value::text as last from pg_sequences
      where schemaname = any($1) order by schemaname collate "C", sequencename collate "C"`,
    [ownSchemas],
  );
  return rows;
}

export async function listMigrations(client: Querying): Promise<string[]> {
  const found = await client.query<{ there: boolean }>(
    `select to_regclass('public.kysely_migration') is not null as there`,
  );
  if (found.rows[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    'select name from public.kysely_migration order by name collate "C"',
  );
  return rows.map((row) => row.name);
}

/** Whether the session sees all rows by its own right, whatever the policies say. */
export async function seesEverything(client: Querying): Promise<boolean> {
  const { rows } = await client.query<{ sees: boolean }>(
    'select rolsuper or rolbypassrls as sees from pg_roles where rolname = current_user',
  );
  return rows[0]?.sees === true;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quotedPlace({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/** The same text whatever the session's own settings are. */
export const plainText = `set local client_encoding = 'UTF8'; set local datestyle = 'ISO, YMD';
  set local intervalstyle = 'postgres'; set local timezone = 'UTC'; set local extra_float_digits = 3;
  set local bytea_output = 'hex'; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;
