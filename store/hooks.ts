import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import { isJsonObject, type JsonObject } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';
import type { Vault } from './vault.js';

export interface HookView {
  readonly id: string;
  readonly connectionId: string;
  readonly connection: string;
  readonly registration: JsonObject | null;
  readonly createdAt: Date;
}

export interface HookSecrets {
  /** The last part of the intake address, 256 bits. */
  readonly path: string;
  /** What the vendor signs with. */
  readonly signing: string;
}

export interface FoundHook {
  readonly id: string;
  readonly accountId: AccountId;
  readonly connectionId: string;
  readonly secret: Buffer;
}

export function hashOfPath(path: string): Buffer {
  return createHash('sha256').update(path).digest();
}

/** Makes an intake. `signing`: the vendor's own secret, where it is not ours to choose. */
export async function addHook(
  tx: Tx,
  vault: Vault,
  accountId: AccountId,
  connectionId: string,
  signing?: string,
): Promise<{ id: string; secrets: HookSecrets }> {
  const id = uuidv7();
  const secrets = { path: randomBytes(32).toString('base64url'), signing: signing ?? randomBytes(32).toString('hex') };
  await tx
    .insertInto('hook')
    .values({
      id,
      account_id: accountId,
      connection_id: connectionId,
      path_hash: hashOfPath(secrets.path),
      secret: await vault.seal(accountId, secretPlace(id), { ...secrets }),
      registration: null,
    })
    .execute();
  return { id, secrets };
}

export async function listHooks(tx: Tx, connectionId?: string): Promise<readonly HookView[]> {
  let query = tx
    .selectFrom('hook')
    .innerJoin('connection', 'connection.id', 'hook.connection_id')
    .select(['hook.id', 'hook.connection_id', 'hook.registration', 'hook.created_at', 'connection.name'])
    .orderBy('hook.id');
  if (connectionId !== undefined) query = query.where('hook.connection_id', '=', connectionId);
  return (await query.execute()).map((row) => ({
    id: row.id,
    connectionId: row.connection_id,
    connection: row.name,
    registration: row.registration,
    createdAt: row.created_at,
  }));
}

export async function getHook(tx: Tx, id: string): Promise<HookView> {
  const hook = (await listHooks(tx)).find((row) => row.id === id);
  if (hook !== undefined) return hook;
  throw new Failure('api/not_found', {
    message: `There is no webhook intake \`${id}\`.`,
    hint: 'List them with `pipewright hooks`.',
  });
}

export async function setHookRegistration(tx: Tx, id: string, registration: JsonObject | null): Promise<void> {
  await tx
    .updateTable('hook')
    .set({ registration: registration === null ? null : JSON.stringify(registration) })
    .where('id', '=', id)
    .execute();
}

export async function removeHook(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('hook').where('id', '=', id).execute();
}

/**
 * By the hash of the path's secret, over all accounts: this is how a delivery gets its account. One statement, one
 * round trip: deliveries come in floods.
 */
export async function findHookByPath(store: Store, path: string): Promise<FoundHook | null> {
  const row = await store.systemOnce((db) =>
    db
      .selectFrom('hook')
      .select(['id', 'account_id', 'connection_id', 'secret'])
      .where('path_hash', '=', hashOfPath(path))
      .executeTakeFirst(),
  );
  if (row === undefined) return null;
  return { id: row.id, accountId: row.account_id, connectionId: row.connection_id, secret: row.secret };
}

/** What a delivery needs to know of its connection; null where that is gone. */
export async function findHookedConnection(
  store: Store,
  hook: FoundHook,
): Promise<{ readonly connector: string; readonly settings: JsonObject } | null> {
  const { rows } = await store.accountQuery<{ connector: string; settings: JsonObject }>(hook.accountId, {
    name: 'hooked_connection',
    text: 'select connector, settings from connection where id = $1',
    values: [hook.connectionId],
  });
  return rows[0] ?? null;
}

export async function openHookSecrets(vault: Vault, hook: FoundHook): Promise<HookSecrets> {
  const opened = await vault.open(hook.accountId, secretPlace(hook.id), hook.secret);
  const { path, signing } = isJsonObject(opened) ? opened : {};
  return { path: String(path ?? ''), signing: String(signing ?? '') };
}

function secretPlace(id: string): string {
  return `hook|${id}`;
}

/** Flows that read a stream over a connection by webhook, in pipelines that are not deleted. */
export interface ListeningFlow {
  readonly flowId: number;
  readonly pipelineUid: string;
  readonly stream: string;
}

export async function findListeningFlows(
  tx: Tx,
  connectionId: string,
  streams: readonly string[],
): Promise<readonly ListeningFlow[]> {
  const result = await sql<{ flow_id: number; pipeline_uid: string; stream: string }>`
    select f.id as flow_id, p.uid as pipeline_uid, plan_flow->'from'->>'stream' as stream
      from pipeline p
      join pipeline_version v on v.pipeline_uid = p.uid and v.version = p.published_version
      cross join lateral jsonb_array_elements(v.plan->'flows') as plan_flow
      join flow f on f.pipeline_uid = p.uid and f.name = plan_flow->>'id'
     where p.state <> 'deleted' and p.trigger->>'kind' = 'webhook'
       and v.bindings->>(plan_flow->'from'->>'slot') = ${connectionId}
       and plan_flow->'from'->>'stream' = any(${[...streams]}::text[])`.execute(tx);
  return result.rows.map((row) => ({ flowId: row.flow_id, pipelineUid: row.pipeline_uid, stream: row.stream }));
}

/** Notes deliveries by the vendor's event id; returns those that are new. */
export async function noteEvents(
  tx: Tx,
  accountId: AccountId,
  connectionId: string,
  eventIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const result = await sql<{ event_id: string }>`
    insert into webhook_event (connection_id, event_id, account_id)
    select ${connectionId}::uuid, n.event_id, ${accountId}::uuid from unnest(${[...new Set(eventIds)]}::text[]) as n(event_id)
    on conflict do nothing returning event_id`.execute(tx);
  return new Set(result.rows.map((row) => row.event_id));
}

/** Adds touched rows for several flows in the caller's transaction. */
export async function touchAnnounced(
  tx: Tx,
  accountId: AccountId,
  rows: readonly {
    readonly flowId: number;
    readonly sourceKey: string;
    readonly isDeletion: boolean;
    readonly record: Buffer | null;
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into touched (flow_id, account_id, source_key, is_deletion, record)
    select distinct on (n.flow_id, n.source_key) n.flow_id, ${accountId}::uuid, n.source_key, n.is_deletion, n.record
      from unnest(${rows.map((row) => row.flowId)}::bigint[], ${rows.map((row) => row.sourceKey)}::text[],
                  ${rows.map((row) => row.isDeletion)}::boolean[], ${rows.map((row) => row.record)}::bytea[])
           with ordinality as n(flow_id, source_key, is_deletion, record, place)
     order by n.flow_id, n.source_key, n.place desc
    on conflict (flow_id, source_key) do update
      set seq = default, touched_at = now(), is_deletion = excluded.is_deletion, record = excluded.record`.execute(tx);
}
