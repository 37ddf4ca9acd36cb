import { hash } from 'node:crypto';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { errorText, Failure, type FailureCode, isFailure } from '../../core/failures.js';
import type { ConnectionContext } from '../kit/contract.js';
import { isPublicAddress, normalHost } from '../kit/egress/addresses.js';
import { parseSettings } from '../kit/settings.js';
import { postgresSecret, postgresSettings } from './settings.js';
import { rawTypes } from './values.js';

const poolSize = 4;
const connectMs = 10_000;
const statementMs = 60_000;
/** Values in answers must not depend on the server's settings. */
const sessionSettings =
  '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=iso_8601 -c extra_float_digits=1 -c bytea_output=hex';

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface RunOptions {
  readonly signal: AbortSignal;
  /** Called as the last thing before the statement leaves. */
  readonly beforeSend?: () => void;
}

/** Runs statements: on any session of the pool, or on the one session of a transaction. */
export interface Runner {
  /** Rows as lists of the server's texts, in the order of the selected columns. */
  lists(statement: Statement, options: RunOptions): Promise<readonly ListRow[]>;
}

export type ListRow = readonly (string | null)[];

/**
 * How the database is spoken to: a small pool per opened connection, made on first use, connected to the address that
 * the egress guard resolved. Statements are prepared under a name made of their text, so equal ones are planned once.
 */
export class PostgresClient implements Runner {
  #pool: Promise<Pool> | null = null;

  constructor(readonly context: ConnectionContext) {}

  async lists(statement: Statement, options: RunOptions): Promise<readonly ListRow[]> {
    return this.#onSession(options.signal, (session) => runOn(session, statement, options));
  }

  /** Rows as objects; for small answers. */
  async rows<Row extends QueryResultRow>(statement: Statement, signal: AbortSignal): Promise<readonly Row[]> {
    return this.#onSession(signal, async (session) => {
      try {
        return (await session.query<Row>(statement.text, [...statement.values])).rows;
      } catch (error) {
        throw postgresFailure(error, false);
      }
    });
  }

  /** All or nothing: commits when `act` resolves. */
  async transaction<Result>(options: RunOptions, act: (session: Runner) => Promise<Result>): Promise<Result> {
    return this.#onSession(options.signal, async (session) => {
      await runOn(session, { text: 'begin', values: [] }, { signal: options.signal });
      const runner: Runner = { lists: (statement, each) => runOn(session, statement, each) };
      try {
        const result = await act(runner);
        await runOn(session, { text: 'commit', values: [] }, options);
        return result;
      } catch (error) {
        await session.query('rollback').catch(() => undefined);
        throw error;
      }
    });
  }

  async close(): Promise<void> {
    const pool = this.#pool;
    this.#pool = null;
    await (await pool?.catch(() => null))?.end();
  }

  /** An abort ends the session itself: the server gives up, nobody waits for its answer. */
  async #onSession<Result>(signal: AbortSignal, act: (session: PoolClient) => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    const session = await this.#connect();
    let isBroken = false;
    // A session that breaks says so by an event too, which would end the process when nobody listens.
    const onError = (): void => {
      isBroken = true;
    };
    session.on('error', onError);
    const end = (): void => {
      isBroken = true;
      streamOf(session)?.destroy();
    };
    signal.addEventListener('abort', end, { once: true });
    try {
      signal.throwIfAborted();
      return await act(session);
    } catch (error) {
      isBroken ||= !(isFailure(error) && typeof error.details?.sqlState === 'string');
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener('abort', end);
      session.removeListener('error', onError);
      if (isBroken) session.on('error', () => undefined);
      session.release(isBroken);
    }
  }

  async #connect(): Promise<PoolClient> {
    this.#pool ??= this.#open();
    try {
      return await (await this.#pool).connect();
    } catch (error) {
      // The next attempt begins with the address and the secret as they are then.
      const pool = this.#pool;
      this.#pool = null;
      void pool?.then((opened) => opened.end()).catch(() => undefined);
      throw isFailure(error) ? error : postgresFailure(error, false);
    }
  }

  async #open(): Promise<Pool> {
    const settings = parseSettings(postgresSettings, this.context.settings);
    const { password } = parseSettings(postgresSecret, await this.context.credentials.read(), 'secret');
    const { address, port } = await this.context.resolveHost(settings.host, settings.port ?? 5_432);
    const mode = settings.ssl ?? 'verify-full';
    if (mode === 'disable' && isPublicAddress(address)) throw plainRefused();
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({
      host: address,
      port,
      database: settings.database,
      user: settings.user,
      password,
      ssl:
        mode === 'disable'
          ? false
          : {
              servername: normalHost(settings.host),
              rejectUnauthorized: mode === 'verify-full',
              ...(settings.ca !== undefined && { ca: settings.ca }),
            },
      max: poolSize,
      connectionTimeoutMillis: connectMs,
      idleTimeoutMillis: 30_000,
      statement_timeout: statementMs,
      application_name: 'pipewright',
      options: sessionSettings,
      types: rawTypes,
    });
    // A session that breaks while idle is replaced; without a listener its event would end the process.
    pool.on('error', () => undefined);
    return pool;
  }
}

async function runOn(
  session: PoolClient,
  { text, values }: Statement,
  { signal, beforeSend }: RunOptions,
): Promise<readonly ListRow[]> {
  signal.throwIfAborted();
  beforeSend?.();
  try {
    const prepared = values.length > 0 && { values: [...values], name: nameOf(text) };
    return (await session.query<(string | null)[]>({ text, rowMode: 'array', ...prepared })).rows;
  } catch (error) {
    throw postgresFailure(error, true);
  }
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    if (names.size > 5_000) names.clear();
    name = `pw_${hash('sha256', text, 'hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}

function streamOf(session: PoolClient): { destroy(): void } | null {
  const { connection } = session as unknown as { connection?: { stream?: { destroy(): void } } };
  return connection?.stream ?? null;
}

function plainRefused(): Failure {
  return new Failure('egress/address_refused', {
    message: 'A database on the internet is only spoken to over TLS.',
    hint: 'Set `ssl` to `verify-full`.',
    details: { wasSent: false },
  });
}

interface Meaning {
  readonly code: FailureCode;
  readonly hint: string;
}

const wait: Meaning = { code: 'vendor/unavailable', hint: 'Nothing to do: the run goes on by itself.' };
const drift: Meaning = { code: 'read/drift', hint: 'Compare the mapping with the table and publish it again.' };
const rowRefused: Meaning = {
  code: 'write/record_refused',
  hint: 'Correct the value at the source or in the mapping, then resend.',
};

/** From SQLSTATE (five characters, else its class of two) to what the engine does. */
const meanings: Readonly<Record<string, Meaning>> = {
  '08': wait,
  '0A000': wait,
  '21': rowRefused,
  '22': rowRefused,
  '23': rowRefused,
  '25006': wait,
  '28': { code: 'connection/refused', hint: 'Check the user and the password of the connection.' },
  '3D000': { code: 'connection/invalid_settings', hint: 'Check the name of the database.' },
  '40': wait,
  '42501': { code: 'connection/scope_missing', hint: 'Grant the role what it needs on this table.' },
  '42': drift,
  '44': rowRefused,
  '53': wait,
  '54': rowRefused,
  '55': wait,
  '57': wait,
  '58': wait,
  P0: rowRefused,
  XX: wait,
};

/** What PostgreSQL or the way to it said. Its words are kept, the values that it quotes are not. */
function postgresFailure(error: unknown, wasSent: boolean): Failure {
  if (isFailure(error)) return error;
  const { code, constraint, column, table } = error as Record<string, unknown>;
  const sqlState = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
  const meaning = sqlState === null ? null : (meanings[sqlState] ?? meanings[sqlState.slice(0, 2)] ?? wait);
  if (sqlState === null || meaning === null) {
    return new Failure(isTlsError(code) ? 'connection/refused' : 'egress/unreachable', {
      message: `The database does not answer: ${withoutValues(errorText(error))}.`,
      hint: isTlsError(code)
        ? 'Check `ssl` and `ca` of the connection.'
        : 'Nothing to do: the run goes on when it is reached again.',
      details: { wasSent },
    });
  }
  return new Failure(meaning.code, {
    message: `PostgreSQL: ${withoutValues(errorText(error))} (${sqlState}).`,
    hint: meaning.hint,
    details: {
      wasSent,
      sqlState,
      ...(typeof table === 'string' && { table }),
      ...(typeof column === 'string' && { column }),
      ...(typeof constraint === 'string' && { constraint }),
    },
  });
}

function isTlsError(code: unknown): boolean {
  return typeof code === 'string' && /CERT|SSL|TLS|SELF_SIGNED/.test(code);
}

/** `invalid input syntax for type integer: "Kowalska"` quotes what must not be in a message. */
function withoutValues(text: string): string {
  return text.replace(/:\s*".*$/s, '').replace(/\.$/, '');
}

/** True for what one row did wrong, so that the other rows of its batch may go on without it. */
export function isAboutRows(failure: Failure): boolean {
  return failure.code === 'write/record_refused';
}
