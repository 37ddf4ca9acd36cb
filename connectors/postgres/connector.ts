import { Failure } from '../../core/failures.js';
import type {
  CheckReport,
  ConnectionContext,
  Connector,
  OpenConnection,
  Reader,
  ReadRequest,
  StreamDeclaration,
  WriteRequest,
  Writer,
} from '../kit/contract.js';
import { parseSettings } from '../kit/settings.js';
import { readCatalog, type Table } from './catalog.js';
import { PostgresClient } from './client.js';
import { PostgresReader } from './reading.js';
import { postgresSecret, postgresSettings } from './settings.js';
import { declareTable } from './streams/declaration.js';
import { PostgresWriter } from './writing.js';

/** Tables and views of a PostgreSQL database, 15 or newer. */
const connector: Connector = {
  id: 'postgres',
  title: 'PostgreSQL',
  settings: postgresSettings,
  secret: postgresSecret,
  auth: 'basic',
  hosts: (settings) => {
    const { host, port } = parseSettings(postgresSettings, settings);
    return [`${host}:${port ?? 5_432}`];
  },
  limits: () => [],
  // A statement whose answer was lost has ended or was rolled back when the server noticed that nobody listens.
  settleMs: 2_000,
  // The tables are the database's own.
  declaredStreams: () => null,
  lookups: [],
  webhook: null,
  setup: {
    needsAdmin: false,
    instructions: 'https://www.postgresql.org/docs/current/sql-grant.html',
    note: 'A role with `select` on the tables that are read, and `insert`, `update`, `delete` on those that are written.',
  },
  facts: [
    {
      text: 'An insert of several rows happens whole or not at all, and `returning` gives its rows in the order they were inserted.',
      isVerified: true,
      source: 'postgresql.org/docs/current/sql-insert.html',
    },
    {
      text: 'now() is the time a transaction began: rows may become visible later than their updated_at says, which `lag` is for.',
      isVerified: true,
      source: 'postgresql.org/docs/current/functions-datetime.html',
    },
    {
      text: 'Numbers are rounded to a column’s scale, and zones are cut off by columns without one, without an error.',
      isVerified: true,
      source: 'postgresql.org/docs/current/datatype-numeric.html',
    },
    { text: 'A pooler in transaction mode must support prepared statements (PgBouncer 1.21 does).', isVerified: false },
  ],
  open: (context) => new PostgresConnection(context),
};

export default connector;

class PostgresConnection implements OpenConnection {
  readonly #client: PostgresClient;
  readonly #schemas: readonly string[];
  readonly #ownIdColumn: string | null;
  #tables: Promise<ReadonlyMap<string, Table>> | null = null;

  constructor(context: ConnectionContext) {
    const settings = parseSettings(postgresSettings, context.settings);
    this.#client = new PostgresClient(context);
    this.#schemas = settings.schemas ?? ['public'];
    this.#ownIdColumn = settings.own_id_column ?? null;
  }

  async check(signal: AbortSignal): Promise<CheckReport> {
    const text =
      'select current_user, current_database(), (select count(*) from pg_namespace where nspname = any($1))::text';
    const [row] = await this.#client.lists({ text, values: [this.#schemas] }, { signal });
    const tables = await this.#catalog(signal);
    const missing = Number(row?.[2] ?? 0) < this.#schemas.length ? ['some of the schemas'] : [];
    const found = (can: (table: Table) => boolean): number => [...tables.values()].filter(can).length;
    return {
      account: `${row?.[0]}@${row?.[1]}`,
      rightsFound: [
        `read ${found((table) => table.canRead)} tables`,
        `write ${found((table) => table.canInsert || table.canUpdate)} tables`,
      ],
      rightsMissing: tables.size === 0 ? [...missing, 'see any table'] : missing,
    };
  }

  async streams(signal: AbortSignal): Promise<readonly StreamDeclaration[]> {
    return [...(await this.#catalog(signal)).values()].map((table) => declareTable(table, this.#ownIdColumn));
  }

  reader(request: ReadRequest): Reader {
    return new PostgresReader(this.#client, (signal) => this.#table(request.stream, signal), request);
  }

  writer(request: WriteRequest): Writer {
    return new PostgresWriter(
      this.#client,
      (signal) => this.#table(request.stream, signal),
      request,
      this.#ownIdColumn,
    );
  }

  async values(
    stream: string,
    field: string,
    signal: AbortSignal,
  ): Promise<readonly { value: string; title: string }[]> {
    const column = (await this.#table(stream, signal)).columns.find((candidate) => candidate.name === field);
    return (column?.labels ?? []).map((label) => ({ value: label, title: label }));
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  #catalog(signal: AbortSignal): Promise<ReadonlyMap<string, Table>> {
    this.#tables ??= readCatalog(this.#client, this.#schemas, signal).catch((error: unknown) => {
      this.#tables = null;
      throw error;
    });
    return this.#tables;
  }

  async #table(stream: string, signal: AbortSignal): Promise<Table> {
    const tables = await this.#catalog(signal);
    const table = tables.get(stream);
    if (table !== undefined) return table;
    throw new Failure('read/unknown_stream', {
      message: `The database has no table \`${stream}\` that this role may see.`,
      hint: `Tables: ${[...tables.keys()].sort().slice(0, 40).join(', ')}.`,
    });
  }
}
