import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import type { AccountId, Store, Tx } from './database.js';

export interface ApiKeyRow {
  readonly id: string;
  readonly publicId: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Addresses and networks it may be used from; empty: from everywhere. */
  readonly allowedAddresses: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface FoundApiKey {
  readonly id: string;
  readonly accountId: AccountId;
  readonly secretHash: Buffer;
  readonly name: string;
  readonly scopes: readonly string[];
  /** Addresses and networks it may be used from; empty: from everywhere. */
  readonly allowedAddresses: readonly string[];
  readonly isRevoked: boolean;
  readonly isExpired: boolean;
  /** Whether the last noted use is over a minute ago. */
  readonly isUseStale: boolean;
}

/** Looked up by the public part alone, over all accounts: this is how a request gets its account. */
export async function findApiKey(store: Store, publicId: string): Promise<FoundApiKey | null> {
  const rows = await store.systemOnce((tx) =>
    sql<{
      id: string;
      account_id: string;
      secret_hash: Buffer;
      name: string;
      scopes: string[];
      allowed_addresses: string[];
      is_revoked: boolean;
      is_expired: boolean;
      is_stale: boolean;
    }>`
      select id, account_id, secret_hash, name, scopes, allowed_addresses, revoked_at is not null as is_revoked,
             coalesce(expires_at < clock_timestamp(), false) as is_expired,
             coalesce(last_used_at < clock_timestamp() - interval '1 minute', true) as is_stale
        from api_key where public_id = ${publicId}`.execute(tx),
  );
  const row = rows.rows[0];
  if (row === undefined) return null;
  return {
    id: row.id,
    accountId: row.account_id,
    secretHash: row.secret_hash,
    name: row.name,
    scopes: row.scopes,
    allowedAddresses: row.allowed_addresses,
    isRevoked: row.is_revoked,
    isExpired: row.is_expired,
    isUseStale: row.is_stale,
  };
}

export async function noteKeyUse(store: Store, id: string): Promise<void> {
  await store.systemOnce((tx) => sql`update api_key set last_used_at = clock_timestamp() where id = ${id}`.execute(tx));
}

export async function addApiKey(
  tx: Tx,
  accountId: AccountId,
  key: {
    readonly publicId: string;
    readonly secretHash: Buffer;
    readonly name: string;
    readonly scopes: readonly string[];
    readonly allowedAddresses?: readonly string[];
    readonly expiresAt: Date | null;
  },
): Promise<ApiKeyRow> {
  const row = await tx
    .insertInto('api_key')
    .values({
      id: uuidv7(),
      account_id: accountId,
      public_id: key.publicId,
      secret_hash: key.secretHash,
      name: key.name,
      scopes: [...key.scopes],
      allowed_addresses: [...(key.allowedAddresses ?? [])],
      last_used_at: null,
      expires_at: key.expiresAt,
      revoked_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return keyOf(row);
}

export async function listApiKeys(tx: Tx): Promise<readonly ApiKeyRow[]> {
  return (await tx.selectFrom('api_key').selectAll().orderBy('id').execute()).map(keyOf);
}

/** The key with this public part: the one that makes or edits others. */
export async function findOwnKey(tx: Tx, publicId: string): Promise<ApiKeyRow | null> {
  const row = await tx.selectFrom('api_key').selectAll().where('public_id', '=', publicId).executeTakeFirst();
  return row === undefined ? null : keyOf(row);
}

/** Locks the key until the transaction ends. Throws `api/not_found`. */
export async function getApiKey(tx: Tx, id: string): Promise<ApiKeyRow> {
  const row = await tx.selectFrom('api_key').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  if (row === undefined) throw noKey(id);
  return keyOf(row);
}

export type ApiKeyTerms = Pick<ApiKeyRow, 'name' | 'scopes' | 'allowedAddresses' | 'expiresAt'>;

/** Takes effect at the next request. */
export async function editApiKey(tx: Tx, id: string, terms: ApiKeyTerms): Promise<ApiKeyRow> {
  const row = await tx
    .updateTable('api_key')
    .set({
      name: terms.name,
      scopes: [...terms.scopes],
      allowed_addresses: [...terms.allowedAddresses],
      expires_at: terms.expiresAt,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw noKey(id);
  return keyOf(row);
}

/** Takes effect at the next request. Throws `api/not_found`. */
export async function revokeApiKey(tx: Tx, id: string): Promise<void> {
  const result = await tx
    .updateTable('api_key')
    .set({ revoked_at: sql<Date>`coalesce(revoked_at, clock_timestamp())` })
    .where('id', '=', id)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) throw noKey(id);
}

function noKey(id: string): Failure {
  return new Failure('api/not_found', {
    message: `There is no API key \`${id}\`.`,
    hint: 'List the keys with `pipewright keys`.',
  });
}

interface KeyColumns {
  id: string;
  public_id: string;
  name: string;
  scopes: string[];
  allowed_addresses: string[];
  created_at: Date;
  last_used_at: Date | null;
  expires_at: Date | null;
  revoked_at: Date | null;
}

function keyOf(row: KeyColumns): ApiKeyRow {
  return {
    id: row.id,
    publicId: row.public_id,
    name: row.name,
    scopes: row.scopes,
    allowedAddresses: row.allowed_addresses,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
  };
}
