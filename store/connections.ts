import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import { isJsonObject, type JsonObject } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import type { Vault } from './vault.js';

export interface ConnectionRow {
  readonly id: string;
  readonly name: string;
  readonly connector: string;
  readonly settings: JsonObject;
  readonly hosts: readonly string[];
  readonly state: 'active' | 'broken';
  readonly failure: JsonObject | null;
  readonly hasSecret: boolean;
  readonly createdAt: Date;
}

export interface NewConnection {
  readonly name: string;
  readonly connector: string;
  readonly settings: JsonObject;
  readonly secret: JsonObject | null;
  /** The host set that the connector declares for these settings; the secret is bound to it. */
  readonly hosts: readonly string[];
}

/** Where a secret is bound: it cannot be opened for another account, connection, connector or host set. */
export function secretPlace(id: string, connector: string, hosts: readonly string[]): string {
  return `connection|${id}|${connector}|${[...hosts].sort().join(',')}`;
}

export async function addConnection(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  next: NewConnection,
): Promise<ConnectionRow> {
  const id = uuidv7();
  const secret = next.secret && (await vault.seal(accountId, secretPlace(id, next.connector, next.hosts), next.secret));
  const row = await tx
    .insertInto('connection')
    .values({
      id,
      account_id: accountId,
      name: next.name,
      connector: next.connector,
      settings: JSON.stringify(next.settings),
      secret,
      hosts: [...next.hosts],
      failure: null,
      renew_holder: null,
      renew_until: null,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'name']).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) {
    throw new Failure('connection/name_taken', {
      message: `A connection named \`${next.name}\` exists already.`,
      hint: 'Choose another name, or remove the old connection first.',
    });
  }
  return connectionOf(row);
}

interface ConnectionColumns {
  id: string;
  name: string;
  connector: string;
  settings: JsonObject;
  hosts: string[];
  state: 'active' | 'broken';
  failure: JsonObject | null;
  secret: Buffer | null;
  created_at: Date;
}

export function connectionOf(row: ConnectionColumns): ConnectionRow {
  return {
    id: row.id,
    name: row.name,
    connector: row.connector,
    settings: row.settings,
    hosts: row.hosts,
    state: row.state,
    failure: row.failure,
    hasSecret: row.secret !== null,
    createdAt: row.created_at,
  };
}

export async function listConnections(tx: Tx): Promise<readonly ConnectionRow[]> {
  return (await tx.selectFrom('connection').selectAll().orderBy('name').execute()).map(connectionOf);
}

/** Finds by name or uuid; throws `connection/missing`. */
export async function getConnection(tx: Tx, nameOrId: string): Promise<ConnectionRow> {
  const byId = /^[0-9a-f-]{36}$/.test(nameOrId);
  const row = await tx
    .selectFrom('connection')
    .selectAll()
    .where(byId ? 'id' : 'name', '=', nameOrId)
    .executeTakeFirst();
  if (row === undefined) {
    const names = (await tx.selectFrom('connection').select('name').orderBy('name').limit(20).execute()).map(
      (found) => found.name,
    );
    throw new Failure('connection/missing', {
      message: `There is no connection \`${nameOrId}\`.`,
      hint: names.length > 0 ? `Known connections: ${names.join(', ')}.` : 'Add one with `pipewright connect add`.',
    });
  }
  return connectionOf(row);
}

export interface StoredSecret {
  readonly revision: number;
  readonly secret: JsonObject;
}

/** Opens a connection's secret for use; throws `connection/missing_secret`. */
export async function readSecret(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  connectionId: string,
): Promise<StoredSecret> {
  const row = await tx.selectFrom('connection').selectAll().where('id', '=', connectionId).executeTakeFirst();
  if (row?.secret == null) {
    throw new Failure('connection/missing_secret', {
      message: `Connection \`${row?.name ?? connectionId}\` has no stored secret.`,
      hint: 'Connect it again and enter its secret.',
    });
  }
  const secret = await vault.open(accountId, secretPlace(row.id, row.connector, row.hosts), row.secret);
  return { revision: row.secret_revision, secret: isJsonObject(secret) ? secret : {} };
}

const renewLeaseMs = 30_000;

/** Takes the renewal lease of a secret; false while another renewer holds it or a newer revision stands there. */
export async function takeRenewal(
  tx: Tx,
  connectionId: string,
  holder: string,
  seenRevision: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('connection')
    .set({
      renew_holder: holder,
      renew_until: sql<Date>`clock_timestamp() + ${renewLeaseMs} * interval '1 millisecond'`,
    })
    .where('id', '=', connectionId)
    .where('secret_revision', '=', seenRevision)
    .where((eb) => eb.or([eb('renew_until', 'is', null), eb('renew_until', '<', sql<Date>`clock_timestamp()`)]))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Stores the renewed secret by compare-and-swap on its revision and ends the lease. */
export async function storeRenewed(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  connectionId: string,
  seenRevision: number,
  secret: JsonObject,
): Promise<boolean> {
  const row = await tx
    .selectFrom('connection')
    .select(['connector', 'hosts'])
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (row === undefined) return false;
  const sealed = await vault.seal(accountId, secretPlace(connectionId, row.connector, row.hosts), secret);
  const result = await tx
    .updateTable('connection')
    .set((eb) => ({
      secret: sealed,
      secret_revision: eb('secret_revision', '+', 1),
      renew_holder: null,
      renew_until: null,
      state: 'active' as const,
      failure: null,
      updated_at: sql<Date>`clock_timestamp()`,
    }))
    .where('id', '=', connectionId)
    .where('secret_revision', '=', seenRevision)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function endRenewal(tx: Tx, connectionId: string, holder: string): Promise<void> {
  await tx
    .updateTable('connection')
    .set({ renew_holder: null, renew_until: null })
    .where('id', '=', connectionId)
    .where('renew_holder', '=', holder)
    .execute();
}

/** Says whether a connection works, and why not. */
export async function markConnection(
  tx: Tx,
  connectionId: string,
  state: 'active' | 'broken',
  failure: JsonObject | null,
): Promise<void> {
  await tx
    .updateTable('connection')
    .set({
      state,
      failure: failure === null ? null : JSON.stringify(failure),
      updated_at: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', connectionId)
    .execute();
}

/** The row of (connection, stream) that links point to. */
export async function ensureTarget(
  tx: Tx,
  accountId: AccountId,
  connectionId: string,
  stream: string,
): Promise<number> {
  const found = await tx
    .selectFrom('target')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('stream', '=', stream)
    .executeTakeFirst();
  if (found !== undefined) return found.id;
  const made = await tx
    .insertInto('target')
    .values({ account_id: accountId, connection_id: connectionId, stream })
    .onConflict((conflict) => conflict.columns(['connection_id', 'stream']).doUpdateSet({ stream }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}
