import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { FailureReport } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import { markConnection } from './connections.js';
import type { AccountId, Store, Tx } from './database.js';

/** What outgoing webhooks may tell of. */
export const webhookKinds = ['run.finished', 'run.failed', 'dead_letters.added', 'connection.broken'] as const;
export type WebhookKind = (typeof webhookKinds)[number];
export type EventKind = WebhookKind | 'webhook.test' | 'webhook_endpoint.disabled';

export interface NewEvent {
  readonly kind: EventKind;
  /** What it is about; owners get one letter an hour about the same thing. */
  readonly subject: string;
  /** No secrets and no field values. */
  readonly payload: JsonObject;
  /** Whether owners of the account get a letter. */
  readonly needsNotice: boolean;
}

/**
 * Notes within the business transaction that something happened (D10): for each endpoint of the account that asked for
 * this kind a delivery is queued. What nobody asked for leaves no row.
 */
export async function recordEvent(tx: Tx, accountId: AccountId, event: NewEvent): Promise<void> {
  const endpoints = await tx
    .selectFrom('webhook_endpoint')
    .select('id')
    .where('account_id', '=', accountId)
    .where('state', '=', 'active')
    .where(sql<boolean>`${event.kind} = any(kinds)`)
    .execute();
  if (endpoints.length === 0 && !event.needsNotice) return;
  const id = await insertEvent(tx, accountId, event);
  for (const endpoint of endpoints) await queueDelivery(tx, accountId, id, endpoint.id);
}

/** An event for one endpoint, whatever it asked for. Returns the id of its delivery. */
export async function recordEventFor(
  tx: Tx,
  accountId: AccountId,
  endpointId: string,
  event: NewEvent,
): Promise<string> {
  return queueDelivery(tx, accountId, await insertEvent(tx, accountId, event), endpointId);
}

async function insertEvent(tx: Tx, accountId: AccountId, event: NewEvent): Promise<string> {
  const id = uuidv7();
  await tx
    .insertInto('event')
    .values({
      id,
      account_id: accountId,
      kind: event.kind,
      subject: event.subject,
      payload: JSON.stringify(event.payload),
      needs_notice: event.needsNotice,
      noticed_at: null,
      mailed_at: null,
    })
    .execute();
  return id;
}

async function queueDelivery(tx: Tx, accountId: AccountId, eventId: string, endpointId: string): Promise<string> {
  const id = uuidv7();
  await tx
    .insertInto('webhook_delivery')
    .values({
      id,
      account_id: accountId,
      endpoint_id: endpointId,
      event_id: eventId,
      next_try_at: sql<Date>`clock_timestamp()`,
      last_status: null,
      last_error: null,
      delivered_at: null,
    })
    .execute();
  return id;
}

/** Marks a connection as broken and tells of it, once until it works again. */
export async function breakConnection(
  tx: Tx,
  accountId: AccountId,
  connectionId: string,
  failure: FailureReport,
): Promise<void> {
  const before = await tx
    .selectFrom('connection')
    .select(['name', 'connector', 'state'])
    .where('id', '=', connectionId)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return;
  await markConnection(tx, connectionId, 'broken', { ...failure } as never);
  if (before.state === 'broken') return;
  const { code, message, hint } = failure;
  await recordEvent(tx, accountId, {
    kind: 'connection.broken',
    subject: connectionId,
    payload: {
      connection: { id: connectionId, name: before.name, connector: before.connector },
      failure: { code, message, hint },
    },
    needsNotice: true,
  });
}

export interface Notice {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly kind: string;
  readonly payload: JsonObject;
  readonly owners: readonly { readonly email: string; readonly language: string | null }[];
}

/**
 * Takes the oldest event that owners have not been told of. `write` queues their letters in the same transaction; it is
 * not called where the same thing was told within the hour. Returns whether there was one.
 */
export async function takeNotice(store: Store, write: (tx: Tx, notice: Notice) => Promise<void>): Promise<boolean> {
  return store.system(async (tx) => {
    const row = await tx
      .selectFrom('event')
      .select(['id', 'account_id', 'kind', 'subject', 'payload'])
      .where('needs_notice', '=', true)
      .where('noticed_at', 'is', null)
      .orderBy('at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (row === undefined) return false;
    const told = await tx
      .selectFrom('event')
      .select('id')
      .where('account_id', '=', row.account_id)
      .where('kind', '=', row.kind)
      .where('subject', '=', row.subject)
      .where('mailed_at', '>', sql<Date>`clock_timestamp() - interval '1 hour'`)
      .limit(1)
      .executeTakeFirst();
    if (told === undefined) {
      const owners = await ownersOf(tx, row.account_id);
      const { name: accountName } = await tx
        .selectFrom('account')
        .select('name')
        .where('id', '=', row.account_id)
        .executeTakeFirstOrThrow();
      await write(tx, { accountId: row.account_id, accountName, kind: row.kind, payload: row.payload, owners });
    }
    const now = sql<Date>`clock_timestamp()`;
    await tx
      .updateTable('event')
      .set({ noticed_at: now, ...(told === undefined && { mailed_at: now }) })
      .where('id', '=', row.id)
      .execute();
    return true;
  });
}

async function ownersOf(tx: Tx, accountId: AccountId): Promise<Notice['owners']> {
  const { rows } = await sql<{ email: string; language: string | null }>`
    select u."email" as email, u."language" as language from auth.member m join auth."user" u on u."id" = m."userId"
     where m."organizationId" = ${accountId} and m."role" = 'owner' and u."emailVerified" order by u."email"`.execute(
    tx,
  );
  return rows;
}
