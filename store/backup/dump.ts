import pg from 'pg';
import copyStreams from 'pg-copy-streams';
import { Failure } from '../../core/failures.js';
import {
  listMigrations,
  listSequences,
  listTables,
  plainText,
  type Querying,
  quoted,
  quotedPlace,
  seesEverything,
} from './catalogue.js';
import { type BackupHeader, type BackupKey, formatVersion, type TablePlace } from './format.js';
import { BackupWriter } from './writing.js';

export interface DumpRequest {
  /** The owner's address. */
  readonly ownerUrl: string;
  readonly path: string;
  readonly key: BackupKey;
  readonly product: string;
  readonly onProgress?: (progress: DumpProgress) => void;
}

export interface DumpProgress {
  readonly table: string;
  readonly tablesDone: number;
  readonly tables: number;
  readonly bytes: number;
}

export interface Dumped {
  readonly header: BackupHeader;
  readonly tables: number;
  readonly rows: number;
  /** Of the rows' text. */
  readonly bytes: number;
  readonly fileBytes: number;
  readonly sha256: string;
}

/**
 * Writes everything that the database holds at one moment into a file, while others go on working: one transaction that
 * sees one state, one COPY for each table, nothing held in memory.
 */
export async function dumpDatabase(request: DumpRequest): Promise<Dumped> {
  const client = new pg.Client({ connectionString: request.ownerUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('set row_security = on');
    if (!(await seesEverything(client))) await letOwnerRead(client);
    return await dumpWith(client, request);
  } finally {
    await client.end();
  }
}

async function dumpWith(client: pg.Client, request: DumpRequest): Promise<Dumped> {
  const writer = new BackupWriter(request.path, request.key);
  try {
    await client.query('begin isolation level repeatable read, read only');
    await client.query(plainText);
    const header = await headerOf(client, request);
    await lock(client, header.tables);
    await writer.begin(header);
    let bytes = 0;
    for (const [tablesDone, place] of header.tables.entries()) {
      const tell = (): void =>
        request.onProgress?.({ table: place.name, tablesDone, tables: header.tables.length, bytes });
      tell();
      await writer.table(place, copyOf(client, place), (more) => {
        bytes += more;
        tell();
      });
    }
    const sequences = await listSequences(client);
    await client.query('commit');
    return { header, ...(await writer.end(sequences)) };
  } catch (error) {
    await writer.discard();
    throw error;
  }
}

async function headerOf(client: Querying, { key, product }: DumpRequest): Promise<BackupHeader> {
  const { rows } = await client.query<{ now: Date; postgres: string }>(
    `select now() as now, current_setting('server_version') as postgres`,
  );
  const migrations = await listMigrations(client);
  if (migrations.length === 0) {
    throw new Failure('settings/missing_part', {
      message: 'The database holds no installation of Pipewright.',
      hint: 'Name the right data folder with PIPEWRIGHT_DATA_DIR, or the right database with DATABASE_URL.',
    });
  }
  const vault = await client.query<{ id: string }>(
    'select master_key_id as id from public.data_key union select master_key_id from public.installation_key order by id',
  );
  return {
    format: formatVersion,
    product,
    takenAt: (rows[0]?.now ?? new Date()).toISOString(),
    migrations,
    masterKeyId: key.id,
    vaultKeyIds: vault.rows.map((row) => row.id),
    postgres: rows[0]?.postgres ?? '',
    tables: await listTables(client),
  };
}

/** Nobody changes the shape of a table meanwhile; readers and writers are not kept out. */
async function lock(client: Querying, tables: readonly TablePlace[]): Promise<void> {
  if (tables.length > 0) await client.query(`lock table ${tables.map(quotedPlace).join(', ')} in access share mode`);
}

async function* copyOf(client: pg.Client, place: TablePlace): AsyncIterable<Buffer> {
  const columns = place.columns.map(quoted).join(', ');
  const stream = client.query(copyStreams.to(`copy (select ${columns} from ${quotedPlace(place)}) to stdout`));
  for await (const chunk of stream) yield chunk as Buffer;
}

const readerPolicy = 'owner_reads_backups';

/**
 * An owner that is no superuser is bound by the policies of its own tables, since they are forced: it would read nothing
 * and see no error. So it gets a policy of its own for reading; it could give itself any right anyway.
 */
async function letOwnerRead(client: Querying): Promise<void> {
  const { rows } = await client.query<{ place: string }>(
    `select c.oid::regclass::text as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'auth') and c.relkind in ('r', 'p') and c.relforcerowsecurity
        and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = $1)`,
    [readerPolicy],
  );
  for (const { place } of rows) {
    // Short and one by one: it must not queue behind a long statement and hold everybody up.
    await client.query(`set lock_timeout = '5s'`);
    await client.query(`create policy ${readerPolicy} on ${place} for select to current_user using (true)`);
  }
  await client.query('reset lock_timeout');
}
