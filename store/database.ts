import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { errorText, Failure } from '../core/failures.js';
import type { Tables } from './tables.js';

const int8 = 20;
const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

/** One parser for int8 in the whole product: a number, refused beyond 2^53 rather than rounded. */
pg.types.setTypeParser(int8, (text) => {
  const value = BigInt(text);
  if (value > maxSafe || value < -maxSafe) throw new RangeError(`int8 ${text} does not fit a number`);
  return Number(value);
});

const boundConnections = 8;

export type AccountId = string;
export type Tx = Transaction<Tables>;

/** How to reach the database as the product's two roles: addresses whose sessions work in that role. */
export interface StoreAddress {
  readonly appUrl: string;
  readonly systemUrl: string;
  readonly maxConnections?: number;
}

/**
 * The product's database. Account data is reachable only through `account`, which opens a transaction that can see
 * one account; `system` is the second role's, over the tables listed in the migrations.
 * A lost connection surfaces as `store/unavailable` (transient).
 */
export class Store {
  readonly #app: pg.Pool;
  /** Clients of the data path, each bound to the account it served last: one statement is then one round trip. */
  readonly #bound: pg.Pool;
  readonly #boundTo = new WeakMap<pg.PoolClient, AccountId>();
  readonly #system: Kysely<Tables>;
  readonly #appDb: Kysely<Tables>;
  readonly systemPool: pg.Pool;

  constructor(address: StoreAddress) {
    this.#app = poolOf(address.appUrl, address.maxConnections ?? 20);
    this.#bound = poolOf(address.appUrl, boundConnections);
    this.systemPool = poolOf(address.systemUrl, 6);
    this.#appDb = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.#app }) });
    this.#system = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.systemPool }) });
  }

  /** Runs `work` in one transaction that sees rows of this account only. */
  async account<T>(accountId: AccountId, work: (tx: Tx) => Promise<T>): Promise<T> {
    return guarded(() =>
      this.#appDb.transaction().execute(async (tx) => {
        await sql`select set_config('app.account', ${accountId}, true)`.execute(tx);
        return work(tx);
      }),
    );
  }

  /**
   * The fast way for the data path: one client, one transaction, statements of the caller. `begin` and the account
   * travel in one round trip.
   */
  async accountClient<T>(accountId: AccountId, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    checkAccountId(accountId);
    return guarded(async () => {
      const client = await this.#app.connect();
      let failed: Error | undefined;
      try {
        await client.query(`begin; set local app.account = '${accountId}'`);
        const result = await work(client);
        await client.query('commit');
        return result;
      } catch (error) {
        failed = error as Error;
        await client.query('rollback').catch(() => undefined);
        throw error;
      } finally {
        client.release(failed !== undefined && isConnectionLoss(failed));
      }
    });
  }

  /**
   * The fastest way: one statement, which is its own transaction, in one round trip. These clients are not shared with
   * `account`, so a session that is bound to an account never serves another without being bound anew.
   */
  async accountQuery<R extends pg.QueryResultRow>(
    accountId: AccountId,
    query: pg.QueryConfig,
  ): Promise<pg.QueryResult<R>> {
    checkAccountId(accountId);
    return guarded(async () => {
      const client = await this.#bound.connect();
      let failed: Error | undefined;
      try {
        if (this.#boundTo.get(client) !== accountId) {
          this.#boundTo.delete(client);
          await client.query(`set app.account = '${accountId}'`);
          this.#boundTo.set(client, accountId);
        }
        return await client.query<R>(query);
      } catch (error) {
        failed = error as Error;
        throw error;
      } finally {
        client.release(failed !== undefined && isConnectionLoss(failed));
      }
    });
  }

  /** Runs `work` as the second role, over accounts; only the listed tables answer. */
  async system<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return guarded(() => this.#system.transaction().execute(work));
  }

  /** One statement of the second role, which is its own transaction, in one round trip. */
  async systemOnce<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return guarded(() => work(this.#system));
  }

  /** The second role's way to schema `auth`, for the sign-in library alone. */
  get authDatabase(): Kysely<Tables> {
    return this.#system.withSchema('auth');
  }

  /** Cheap proof that the database answers; throws `store/unavailable`. */
  async ping(): Promise<void> {
    await guarded(() => this.systemPool.query('select 1'));
  }

  async close(): Promise<void> {
    await Promise.all([this.#appDb.destroy(), this.#system.destroy(), this.#bound.end()]);
  }
}

function checkAccountId(accountId: AccountId): void {
  if (!/^[0-9a-f-]{36}$/.test(accountId)) throw new TypeError('account id is not a uuid');
}

function poolOf(connectionString: string, max: number): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, idleTimeoutMillis: 30_000, connectionTimeoutMillis: 5_000 });
  // A broken idle connection is replaced at the next use; the query that needs it reports the failure.
  pool.on('error', () => undefined);
  // The pool hears only of idle clients: one that breaks in somebody's hands between two queries would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

const lossCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08006',
]);

export function isConnectionLoss(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return lossCodes.has(code);
  return /terminat|timeout exceeded|Connection ended|not queryable/i.test(errorText(error));
}

async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isConnectionLoss(error)) throw error;
    throw new Failure('store/unavailable', {
      message: `The database does not answer: ${errorText(error)}.`,
      hint: 'Wait a moment; work goes on from the last confirmed batch when the database is back.',
      cause: error,
    });
  }
}
