import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';
import type { Vault } from './vault.js';

/** A link by which somebody without a login connects an account. */
export interface ConnectLink {
  readonly id: string;
  readonly connector: string;
  readonly name: string;
  readonly settings: JsonObject;
  /** The connection to be connected again, else the one that was made through the link. */
  readonly connectionId: string | null;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly state: 'open' | 'used' | 'withdrawn' | 'expired';
}

/** What a holder of the link's address finds. */
export interface FoundLink extends ConnectLink {
  readonly accountId: AccountId;
  readonly accountName: string;
  /** Sealed: the parts of the secret that whoever made the link gave already. */
  readonly secret: Buffer | null;
}

export interface NewConnectLink {
  readonly connector: string;
  readonly name: string;
  readonly settings: JsonObject;
  readonly secret: JsonObject | null;
  readonly connectionId: string | null;
  readonly createdBy: string;
  readonly days: number;
  readonly tokenHash: Buffer;
}

export function linkSecretPlace(id: string): string {
  return `connect_link|${id}|secret`;
}

export async function addConnectLink(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  link: NewConnectLink,
): Promise<ConnectLink> {
  const id = uuidv7();
  await tx
    .insertInto('connect_link')
    .values({
      id,
      account_id: accountId,
      token_hash: link.tokenHash,
      connector: link.connector,
      name: link.name,
      connection_id: link.connectionId,
      settings: JSON.stringify(link.settings),
      secret: link.secret && (await vault.seal(accountId, linkSecretPlace(id), link.secret)),
      created_by: link.createdBy,
      expires_at: sql<Date>`clock_timestamp() + ${link.days} * interval '1 day'`,
      used_at: null,
      withdrawn_at: null,
    })
    .execute();
  return getConnectLink(tx, id);
}

const stateSql = sql<ConnectLink['state']>`case when used_at is not null then 'used'
  when withdrawn_at is not null then 'withdrawn' when expires_at <= clock_timestamp() then 'expired' else 'open' end`;

const shownColumns = [
  'id',
  'connector',
  'name',
  'settings',
  'connection_id as connectionId',
  'created_by as createdBy',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'used_at as usedAt',
  'withdrawn_at as withdrawnAt',
] as const;

/** Newest first. */
export async function listConnectLinks(tx: Tx, after: string | null, limit: number): Promise<readonly ConnectLink[]> {
  return tx
    .selectFrom('connect_link')
    .select([...shownColumns, stateSql.as('state')])
    .$if(after !== null, (query) => query.where('id', '<', after ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

export async function getConnectLink(tx: Tx, id: string): Promise<ConnectLink> {
  const row = await tx
    .selectFrom('connect_link')
    .select([...shownColumns, stateSql.as('state')])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new Failure('api/not_found', {
    message: `There is no connect link \`${id}\`.`,
    hint: 'List them with `GET /api/v1/connect-links`.',
  });
}

export async function withdrawConnectLink(tx: Tx, id: string): Promise<void> {
  const link = await getConnectLink(tx, id);
  if (link.usedAt !== null) {
    throw new Failure('connection/link_closed', {
      message: 'The link was used already.',
      hint: 'Remove the connection, or give it a new secret.',
    });
  }
  await tx
    .updateTable('connect_link')
    .set({ withdrawn_at: sql<Date>`coalesce(withdrawn_at, clock_timestamp())` })
    .where('id', '=', id)
    .execute();
}

/** By the hash of the address' secret, whatever became of the link; null where there is none. */
export async function findConnectLink(store: Store, tokenHash: Buffer): Promise<FoundLink | null> {
  return findLink(store, 'token_hash', tokenHash);
}

/** The same by its id: for a consent that was begun through it. */
export async function findConnectLinkById(store: Store, id: string): Promise<FoundLink | null> {
  return findLink(store, 'id', id);
}

async function findLink(store: Store, column: 'id' | 'token_hash', value: string | Buffer): Promise<FoundLink | null> {
  const row = await store.system((tx) =>
    tx
      .selectFrom('connect_link')
      .innerJoin('account', 'account.id', 'connect_link.account_id')
      .select([
        'connect_link.id',
        'connector',
        'connect_link.name',
        'settings',
        'connection_id as connectionId',
        'created_by as createdBy',
        'connect_link.created_at as createdAt',
        'expires_at as expiresAt',
        'used_at as usedAt',
        'withdrawn_at as withdrawnAt',
        'connect_link.account_id as accountId',
        'account.name as accountName',
        'connect_link.secret',
        stateSql.as('state'),
      ])
      .where(`connect_link.${column}`, '=', value)
      .executeTakeFirst(),
  );
  return row ?? null;
}

/** Uses the link up for good; false where somebody else did, or it was withdrawn or ran out meanwhile. */
export async function takeConnectLink(tx: Tx, id: string, connectionId: string): Promise<boolean> {
  const result = await tx
    .updateTable('connect_link')
    .set({ used_at: sql<Date>`clock_timestamp()`, connection_id: connectionId, secret: null })
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('expires_at', '>', sql<Date>`clock_timestamp()`)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
