import { sql } from 'kysely';
import type { AccountId, Store } from './database.js';

/** After this time a request that never ended (its server died) no longer blocks its key. */
const pendingMs = 120_000;

export type KeyClaim =
  | { readonly state: 'mine' }
  | { readonly state: 'pending' }
  | { readonly state: 'mismatch' }
  | { readonly state: 'answered'; readonly status: number; readonly answer: string | null };

export interface KeyedRequest {
  readonly key: string;
  readonly route: string;
  readonly bodyHash: Buffer;
}

/** Takes an idempotency key for one request, or tells what became of the first one that had it. */
export async function claimKey(store: Store, accountId: AccountId, request: KeyedRequest): Promise<KeyClaim> {
  return store.account(accountId, async (tx) => {
    const taken = await sql<{ key: string }>`
      insert into idempotency_key (account_id, key, route, body_hash)
      values (${accountId}, ${request.key}, ${request.route}, ${request.bodyHash})
      on conflict (account_id, key) do update set created_at = clock_timestamp()
        where idempotency_key.status is null and idempotency_key.route = excluded.route
          and idempotency_key.body_hash = excluded.body_hash
          and idempotency_key.created_at < clock_timestamp() - ${pendingMs} * interval '1 millisecond'
      returning key`.execute(tx);
    if (taken.rows.length > 0) return { state: 'mine' };
    const row = await tx
      .selectFrom('idempotency_key')
      .selectAll()
      .where('key', '=', request.key)
      .executeTakeFirstOrThrow();
    if (row.route !== request.route || !row.body_hash.equals(request.bodyHash)) return { state: 'mismatch' };
    if (row.status === null) return { state: 'pending' };
    return { state: 'answered', status: row.status, answer: typeof row.answer === 'string' ? row.answer : null };
  });
}

/** `answer` is sealed by the caller: some answers hold a secret that is shown once. */
export async function storeAnswer(
  store: Store,
  accountId: AccountId,
  key: string,
  status: number,
  answer: string | null,
): Promise<void> {
  await store.account(accountId, (tx) =>
    tx
      .updateTable('idempotency_key')
      .set({ status, answer: JSON.stringify(answer) })
      .where('key', '=', key)
      .execute(),
  );
}

/** A request that failed on our side may be tried again under the same key. */
export async function releaseKey(store: Store, accountId: AccountId, key: string): Promise<void> {
  await store.account(accountId, (tx) =>
    tx.deleteFrom('idempotency_key').where('key', '=', key).where('status', 'is', null).execute(),
  );
}
