import { sql } from 'kysely';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';
import { recordEvent } from './events.js';

export interface DeliveryRow {
  readonly id: string;
  readonly eventId: string;
  readonly kind: string;
  readonly state: 'pending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly nextTryAt: Date | null;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly deliveredAt: Date | null;
}

/** The newest first. */
export async function listDeliveries(
  tx: Tx,
  endpointId: string,
  before: string | null,
  limit: number,
): Promise<readonly DeliveryRow[]> {
  let query = tx
    .selectFrom('webhook_delivery as d')
    .innerJoin('event as e', 'e.id', 'd.event_id')
    .select([
      'd.id',
      'd.event_id as eventId',
      'e.kind',
      'd.state',
      'd.attempts',
      'd.next_try_at as nextTryAt',
      'd.last_status as lastStatus',
      'd.last_error as lastError',
      'd.created_at as createdAt',
      'd.delivered_at as deliveredAt',
    ])
    .where('d.endpoint_id', '=', endpointId)
    .orderBy('d.id', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('d.id', '<', before);
  return query.execute();
}

/** Sends a delivery again from the beginning, whatever became of it. Throws `api/not_found`. */
export async function redeliver(tx: Tx, endpointId: string, id: string): Promise<void> {
  const now = sql<Date>`clock_timestamp()`;
  const result = await tx
    .updateTable('webhook_delivery')
    .set({ state: 'pending', attempts: 0, next_try_at: now, trying_since: now, delivered_at: null })
    .where('id', '=', id)
    .where('endpoint_id', '=', endpointId)
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) return;
  throw new Failure('api/not_found', {
    message: `There is no delivery \`${id}\`.`,
    hint: 'List the deliveries of the endpoint.',
  });
}

/** A delivery that is about to be sent. */
export interface DueDelivery {
  readonly id: string;
  readonly accountId: AccountId;
  readonly endpointId: string;
  readonly eventId: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly kind: string;
  readonly payload: JsonObject;
  readonly at: Date;
  /** With this one. */
  readonly attempts: number;
  readonly tryingMs: number;
}

/**
 * Takes the next due delivery for `leaseMs`: a sender that dies meanwhile leaves it to the next one. Endpoints that are
 * being spoken to are passed over, so that a slow one keeps nobody else waiting.
 */
export async function claimDelivery(
  store: Store,
  busy: readonly string[],
  leaseMs: number,
): Promise<DueDelivery | null> {
  return store.system(async (tx) => {
    const { rows } = await sql<DueDelivery>`
      with due as (
        select d.id from webhook_delivery d join webhook_endpoint e on e.id = d.endpoint_id
         where d.state = 'pending' and d.next_try_at <= clock_timestamp() and e.state = 'active'
           and d.endpoint_id <> all (${[...busy]}::uuid[])
         order by d.next_try_at limit 1 for update of d skip locked)
      update webhook_delivery d
         set attempts = d.attempts + 1, next_try_at = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
        from due, webhook_endpoint e, event v
       where d.id = due.id and e.id = d.endpoint_id and v.id = d.event_id
      returning d.id, d.account_id as "accountId", d.endpoint_id as "endpointId", d.event_id as "eventId", e.url, e.secret,
                v.kind, v.payload, v.at, d.attempts,
                (extract(epoch from clock_timestamp() - d.trying_since) * 1000)::float8 as "tryingMs"`.execute(tx);
    return rows[0] ?? null;
  });
}

export async function noteDelivered(store: Store, delivery: DueDelivery, status: number): Promise<void> {
  await store.system(async (tx) => {
    await tx
      .updateTable('webhook_delivery')
      .set({
        state: 'delivered',
        next_try_at: null,
        last_status: status,
        last_error: null,
        delivered_at: sql<Date>`clock_timestamp()`,
      })
      .where('id', '=', delivery.id)
      .execute();
    await tx
      .updateTable('webhook_endpoint')
      .set({ failing_since: null })
      .where('id', '=', delivery.endpointId)
      .where('failing_since', 'is not', null)
      .execute();
  });
}

export interface FailedTry {
  readonly status: number | null;
  readonly error: string;
  /** Null: no further try, and the endpoint is disabled. */
  readonly againInMs: number | null;
}

export async function noteFailed(store: Store, delivery: DueDelivery, failed: FailedTry): Promise<void> {
  const { status, error, againInMs } = failed;
  await store.system(async (tx) => {
    await tx
      .updateTable('webhook_delivery')
      .set({
        state: againInMs === null ? 'failed' : 'pending',
        next_try_at: againInMs === null ? null : sql<Date>`clock_timestamp() + ${againInMs} * interval '1 millisecond'`,
        last_status: status,
        last_error: error,
      })
      .where('id', '=', delivery.id)
      .execute();
    await tx
      .updateTable('webhook_endpoint')
      .set({ failing_since: sql<Date>`coalesce(failing_since, clock_timestamp())` })
      .where('id', '=', delivery.endpointId)
      .execute();
    if (againInMs === null) await disable(tx, delivery, error);
  });
}

/** Everything that still waits for the endpoint has failed with it; owners are told. */
async function disable(tx: Tx, delivery: DueDelivery, error: string): Promise<void> {
  const disabled = await tx
    .updateTable('webhook_endpoint')
    .set({ state: 'disabled', disabled_reason: error, updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', delivery.endpointId)
    .where('state', '=', 'active')
    .executeTakeFirst();
  if (disabled.numUpdatedRows === 0n) return;
  await tx
    .updateTable('webhook_delivery')
    .set({ state: 'failed', next_try_at: null, last_error: 'The endpoint was disabled.' })
    .where('endpoint_id', '=', delivery.endpointId)
    .where('state', '=', 'pending')
    .execute();
  await recordEvent(tx, delivery.accountId, {
    kind: 'webhook_endpoint.disabled',
    subject: delivery.endpointId,
    payload: { endpoint: { id: delivery.endpointId, url: delivery.url }, reason: error },
    needsNotice: true,
  });
}
