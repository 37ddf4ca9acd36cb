import { once } from 'node:events';
import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { Failure } from '../../core/failures.js';
import { prepareRoles } from '../migrate.js';
import { migrations } from '../migrations/index.js';
import { listTables, ownSchemas, plainText, type Querying, quoted, quotedPlace } from './catalogue.js';
import type { BackupHeader, BackupKey, SequencePosition, TablePlace } from './format.js';
import { type BackupVisitor, type ReadBackup, readBackup, type TableSink } from './reading.js';
import { migrateWithin } from './schema.js';

export interface LoadRequest {
  /** The owner's address. */
  readonly ownerUrl: string;
  readonly path: string;
  /** Every master key that is here, the current one first. */
  readonly keys: readonly BackupKey[];
  /** Whether accounts that are there may be removed: asked only where there are some. */
  mayReplace(accounts: number): Promise<boolean>;
  /** Runs in the same transaction, as the owner who sees everything, when all rows are there and the schema is new. */
  afterLoad(client: Querying, header: BackupHeader): Promise<void>;
  readonly onProgress?: (progress: LoadProgress) => void;
}

export interface LoadProgress {
  readonly step: 'verifying' | 'loading' | 'checking';
  /** Of the file, 0 to 1. */
  readonly share: number;
}

/**
 * Puts a backup into a database: verifies the file whole, then, in one transaction, builds the schema it was made with,
 * loads the rows, brings the schema to the newest release. Whatever goes wrong, the database stays as it was.
 * Throws `backup/*`.
 */
export async function loadBackup(request: LoadRequest): Promise<ReadBackup> {
  const verified = await readBackup(request.path, {
    keys: request.keys,
    onProgress: progressOf(request, 'verifying'),
  });
  checkRelease(request.path, verified.header);
  checkVaultKeys(request.path, verified.header, request.keys);
  const client = new pg.Client({ connectionString: request.ownerUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await checkTarget(client, request);
    await prepareRoles(client);
    await client.query('begin');
    try {
      await client.query(plainText);
      await client.query('select pg_advisory_xact_lock(7401)');
      await build(client, request, verified.header);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
    // Without figures the planner would take large tables for empty ones.
    await client.query('analyze');
    return verified;
  } finally {
    await client.end();
  }
}

function progressOf(request: LoadRequest, step: LoadProgress['step']) {
  return (read: number, total: number): void => request.onProgress?.({ step, share: total === 0 ? 1 : read / total });
}

function checkRelease(path: string, header: BackupHeader): void {
  const known = Object.keys(migrations).sort();
  const unknown = header.migrations.find((name, index) => known[index] !== name);
  if (unknown === undefined && header.migrations.length > 0) return;
  throw new Failure('backup/newer_release', {
    message: `\`${path}\` was made by release ${header.product}, whose tables (\`${unknown ?? 'none'}\`) this release does not know.`,
    hint: 'Restore it with that release or a newer one.',
    details: { product: header.product, migrations: [...header.migrations] },
  });
}

/** During a rotation secrets are wrapped by two keys, and both are needed. */
function checkVaultKeys(path: string, header: BackupHeader, keys: readonly BackupKey[]): void {
  const missing = header.vaultKeyIds.filter((id) => !keys.some((key) => key.id === id));
  if (missing.length === 0) return;
  throw new Failure('backup/wrong_key', {
    message: `Secrets in \`${path}\` are wrapped by master key \`${missing.join('`, `')}\`, which is not here.`,
    hint: 'Set it as MASTER_KEY_PREVIOUS beside MASTER_KEY.',
    details: { masterKeyId: missing[0] ?? '', found: keys.map((key) => key.id) },
  });
}

async function checkTarget(client: pg.Client, request: LoadRequest): Promise<void> {
  const others = await client.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
  );
  const count = others.rows[0]?.count ?? 0;
  if (count > 0) {
    throw new Failure('backup/database_in_use', {
      message: `${count} other sessions are connected to the database, so nothing is restored into it.`,
      hint: 'Stop all servers and workers of this installation, and other programs that are connected, then try again.',
    });
  }
  const accounts = await countAccounts(client);
  if (accounts === null) {
    const foreign = await listTables(client);
    if (foreign.length === 0) return;
    throw new Failure('backup/not_empty', {
      message: `The database holds ${foreign.length} tables that are not of Pipewright, such as \`${foreign[0]?.name}\`.`,
      hint: 'Name an empty database: a restore removes whatever stands in it.',
    });
  }
  if (accounts === 0 || (await request.mayReplace(accounts))) return;
  throw new Failure('backup/not_empty', {
    message: `The database holds ${accounts} accounts already.`,
    hint: 'Say `--replace` to have them and all their data removed, or name an empty database.',
    details: { accounts },
  });
}

/** Counted by the role that sees all accounts; null where there is no schema of ours. */
async function countAccounts(client: pg.Client): Promise<number | null> {
  const there = await client.query<{ there: boolean }>(
    `select to_regclass('public.account') is not null and to_regclass('public.kysely_migration') is not null as there`,
  );
  if (there.rows[0]?.there !== true) return null;
  await client.query('begin');
  try {
    await client.query('set local role pipewright_system');
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from public.account');
    return rows[0]?.count ?? 0;
  } finally {
    await client.query('rollback');
  }
}

async function build(client: pg.Client, request: LoadRequest, header: BackupHeader): Promise<void> {
  await dropEverything(client);
  await migrateWithin(client, header.migrations);
  const unlocked = await unlock(client);
  await readBackup(request.path, {
    keys: request.keys,
    visitor: visitorOf(client, await listTables(client)),
    onProgress: progressOf(request, 'loading'),
  });
  request.onProgress?.({ step: 'checking', share: 1 });
  await unlocked.lockAgain();
  await migrateWithin(client);
  const forced = await unforce(client);
  await request.afterLoad(client, header);
  for (const table of forced) await client.query(`alter table ${table} force row level security`);
}

/** Tables, views, functions and types of ours; what belongs to an extension stays. */
async function dropEverything(client: pg.Client): Promise<void> {
  const relations = await client.query<{ drop: string }>(
    `select format('drop %s if exists %I.%I cascade', case c.relkind when 'v' then 'view' when 'm' then 'materialized view'
              when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end, n.nspname, c.relname) as drop
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
        and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
      order by case c.relkind when 'v' then 0 when 'm' then 0 when 'S' then 2 else 1 end`,
    [ownSchemas],
  );
  for (const { drop } of relations.rows) await client.query(drop);
  const routines = await client.query<{ drop: string }>(
    `select format('drop routine if exists %s cascade', p.oid::regprocedure) as drop
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any($1)
        and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')`,
    [ownSchemas],
  );
  for (const { drop } of routines.rows) await client.query(drop);
  await client.query('drop schema if exists auth cascade');
}

/** Lets rows come in any order and as they are: no foreign keys, no triggers, no policies, and nothing there before. */
async function unlock(client: pg.Client): Promise<{ lockAgain(): Promise<void> }> {
  const tables = (await listTables(client)).map(quotedPlace);
  const foreignKeys = await client.query<{ place: string; name: string; definition: string }>(
    `select c.conrelid::regclass::text as place, c.conname as name, pg_get_constraintdef(c.oid) as definition
       from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      where n.nspname = any($1) and c.contype = 'f' and c.conparentid = 0`,
    [ownSchemas],
  );
  for (const { place, name } of foreignKeys.rows)
    await client.query(`alter table ${place} drop constraint ${quoted(name)}`);
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
  const forced = await unforce(client);
  await client.query(`truncate ${tables.join(', ')}`);
  return {
    lockAgain: async () => {
      for (const { place, name, definition } of foreignKeys.rows) {
        await client.query(`alter table ${place} add constraint ${quoted(name)} ${definition}`);
      }
      for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
      for (const table of forced) await client.query(`alter table ${table} force row level security`);
    },
  };
}

/** The owner is then not bound by the policies; returns the tables that must be forced again. */
async function unforce(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ place: string }>(
    `select c.oid::regclass::text as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('r', 'p') and c.relforcerowsecurity`,
    [ownSchemas],
  );
  for (const { place } of rows) await client.query(`alter table ${place} no force row level security`);
  return rows.map((row) => row.place);
}

function visitorOf(client: pg.Client, known: readonly TablePlace[]): BackupVisitor {
  return {
    table: async (place) => {
      const table = known.find((each) => each.schema === place.schema && each.name === place.name);
      const strange = place.columns.find((column) => table?.columns.includes(column) !== true);
      if (table === undefined || strange !== undefined) throw unknownPlace(place, strange);
      return copyInto(client, place);
    },
    sequences: (positions) => setSequences(client, positions),
  };
}

function copyInto(client: pg.Client, place: TablePlace): TableSink {
  const columns = place.columns.map(quoted).join(', ');
  const stream = client.query(copyStreams.from(`copy ${quotedPlace(place)} (${columns}) from stdin`));
  let failure: unknown;
  const ended = new Promise<void>((resolve) => {
    stream.once('finish', resolve);
    stream.once('error', (error) => {
      failure = error;
      resolve();
    });
  });
  return {
    write: async (piece) => {
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain').catch(() => undefined), ended]);
      if (failure !== undefined) throw failure;
    },
    end: async () => {
      stream.end();
      await ended;
      if (failure !== undefined) throw failure;
      return stream.rowCount;
    },
    abort: () => void stream.destroy(new Error('the backup cannot be read on')),
  };
}

async function setSequences(client: pg.Client, positions: readonly SequencePosition[]): Promise<void> {
  for (const position of positions) {
    if (position.last === null) continue;
    await client.query('select setval($1::regclass, $2::bigint, true)', [quotedPlace(position), position.last]);
  }
}

function unknownPlace(place: TablePlace, column: string | undefined): Failure {
  const what = column === undefined ? `table \`${place.name}\`` : `column \`${column}\` of table \`${place.name}\``;
  return new Failure('backup/newer_release', {
    message: `The backup holds ${what}, which its own migrations do not make.`,
    hint: 'It was made from a database that holds more than Pipewright’s own tables; remove them there and take it again.',
  });
}
