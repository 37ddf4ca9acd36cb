import { sql } from 'kysely';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';

/** What a row of the outbox asks for; the reader in `server` does it and deletes the row (D10). */
export type OutboxKind = 'start_run' | 'wake_run' | 'wake_poll' | 'wake_drain' | 'sync_schedule' | 'delete_schedule';

export interface OutboxRow {
  readonly id: number;
  readonly accountId: AccountId;
  readonly kind: OutboxKind;
  readonly payload: JsonObject;
  readonly attempts: number;
}

export const outboxChannel = 'pipewright_outbox';

/** Adds a row within the business transaction and rings the reader when that commits. */
export async function addToOutbox(tx: Tx, accountId: AccountId, kind: OutboxKind, payload: JsonObject): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({ account_id: accountId, kind, payload: JSON.stringify(payload), last_error: null })
    .execute();
  await sql`select pg_notify(${outboxChannel}, '')`.execute(tx);
}

/**
 * Takes up to `limit` due rows, does each, deletes what was done and puts the rest off with a growing delay.
 * Rows are locked while they are done: several readers never do one row twice at a time.
 */
export async function drainOutbox(
  store: Store,
  limit: number,
  perform: (row: OutboxRow) => Promise<void>,
): Promise<{ done: number; failed: number }> {
  return store.system(async (tx) => {
    const rows = await tx
      .selectFrom('outbox')
      .selectAll()
      .where('next_try_at', '<=', sql<Date>`clock_timestamp()`)
      .orderBy('id')
      .limit(limit)
      .forUpdate()
      .skipLocked()
      .execute();
    const done: number[] = [];
    let failed = 0;
    await Promise.all(
      rows.map(async (row) => {
        try {
          await perform({
            id: row.id,
            accountId: row.account_id,
            kind: row.kind as OutboxKind,
            payload: row.payload,
            attempts: row.attempts,
          });
          done.push(row.id);
        } catch (error) {
          failed += 1;
          await putOff(tx, row.id, row.attempts, String((error as { message?: unknown }).message).slice(0, 300));
        }
      }),
    );
    if (done.length > 0) await tx.deleteFrom('outbox').where('id', 'in', done).execute();
    return { done: done.length, failed };
  });
}

async function putOff(tx: Tx, id: number, attempts: number, error: string): Promise<void> {
  const delayMs = Math.min(60_000, 500 * 2 ** attempts);
  await tx
    .updateTable('outbox')
    .set({
      attempts: attempts + 1,
      last_error: error,
      next_try_at: sql<Date>`clock_timestamp() + ${delayMs} * interval '1 millisecond'`,
    })
    .where('id', '=', id)
    .execute();
}
