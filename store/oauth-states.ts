import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { AccountId, Store, Tx } from './database.js';

/** A consent that was begun: what it is bound to. `request` is sealed. */
export interface OAuthState {
  readonly stateHash: Buffer;
  readonly accountId: AccountId;
  /** Exactly one of these two began it. */
  readonly userId: string | null;
  readonly connectLinkId: string | null;
  readonly cookieHash: Buffer;
  readonly connector: string;
  /** The connection to be connected again; null makes a new one. */
  readonly connectionId: string | null;
  readonly request: Buffer;
  readonly returnTo: string;
}

export const consentMinutes = 10;

export function hashOfToken(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Keeps a begun consent, and forgets those of the account that ran out. */
export async function addOAuthState(tx: Tx, state: OAuthState): Promise<void> {
  await tx.deleteFrom('oauth_state').where('expires_at', '<', sql<Date>`clock_timestamp()`).execute();
  await tx
    .insertInto('oauth_state')
    .values({
      state_hash: state.stateHash,
      account_id: state.accountId,
      user_id: state.userId,
      connect_link_id: state.connectLinkId,
      cookie_hash: state.cookieHash,
      connector: state.connector,
      connection_id: state.connectionId,
      request: state.request,
      return_to: state.returnTo,
      expires_at: sql<Date>`clock_timestamp() + ${consentMinutes} * interval '1 minute'`,
      used_at: null,
    })
    .execute();
}

/** Uses a consent up; null for one that is unknown, used, too old, or of another browser. */
export async function takeOAuthState(
  store: Store,
  stateHash: Buffer,
  cookieHashes: readonly Buffer[],
): Promise<OAuthState | null> {
  if (cookieHashes.length === 0) return null;
  const row = await store.system((tx) =>
    tx
      .updateTable('oauth_state')
      .set({ used_at: sql<Date>`clock_timestamp()` })
      .where('state_hash', '=', stateHash)
      .where('cookie_hash', 'in', [...cookieHashes])
      .where('used_at', 'is', null)
      .where('expires_at', '>', sql<Date>`clock_timestamp()`)
      .returningAll()
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  return {
    stateHash: row.state_hash,
    accountId: row.account_id,
    userId: row.user_id,
    connectLinkId: row.connect_link_id,
    cookieHash: row.cookie_hash,
    connector: row.connector,
    connectionId: row.connection_id,
    request: row.request,
    returnTo: row.return_to,
  };
}
