import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { emptyCheckpoint } from '../core/cursor.js';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import { addToOutbox } from './outbox.js';

export interface PipelineRow {
  readonly uid: string;
  readonly id: string;
  readonly title: string;
  readonly state: 'active' | 'paused' | 'deleted';
  readonly publishedVersion: number | null;
  readonly pauseReason: JsonObject | null;
  readonly nextDueAt: Date | null;
}

/** A version as the engine runs it. `plan` is the planner's JSON; bindings are slot -> connection id. */
export interface VersionRow {
  readonly pipelineUid: string;
  readonly pipelineId: string;
  readonly version: number;
  readonly definition: string;
  readonly plan: JsonObject;
  readonly bindings: Readonly<Record<string, string>>;
}

export interface NewVersion {
  readonly id: string;
  readonly title: string;
  readonly definition: string;
  readonly plan: JsonObject;
  readonly bindings: Readonly<Record<string, string>>;
  readonly publishedBy: string;
  /** Flow ids of the plan, with the former id of a renamed one. */
  readonly flows: readonly { readonly id: string; readonly renamedFrom: string | null }[];
  readonly trigger: { readonly kind: string; readonly everyMs: number | null } & JsonObject;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Finds a pipeline by its kebab-case id or uuid; throws `api/not_found`. */
export async function getPipeline(tx: Tx, idOrUid: string): Promise<PipelineRow> {
  const column = uuidPattern.test(idOrUid) ? 'uid' : 'id';
  const row = await tx
    .selectFrom('pipeline')
    .selectAll()
    .where(column, '=', idOrUid)
    .where('state', '<>', 'deleted')
    .executeTakeFirst();
  if (row === undefined) {
    throw new Failure('api/not_found', {
      message: `There is no pipeline \`${idOrUid}\`.`,
      hint: 'List the pipelines with `pipewright status`, or publish the file first.',
    });
  }
  return pipelineOf(row);
}

interface PipelineColumns {
  uid: string;
  id: string;
  title: string;
  state: 'active' | 'paused' | 'deleted';
  published_version: number | null;
  pause_reason: JsonObject | null;
  next_due_at: Date | null;
}

function pipelineOf(row: PipelineColumns): PipelineRow {
  return {
    uid: row.uid,
    id: row.id,
    title: row.title,
    state: row.state,
    publishedVersion: row.published_version,
    pauseReason: row.pause_reason,
    nextDueAt: row.next_due_at,
  };
}

export async function listPipelines(tx: Tx, after: string | null, limit: number): Promise<readonly PipelineRow[]> {
  const rows = await tx
    .selectFrom('pipeline')
    .selectAll()
    .where('state', '<>', 'deleted')
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(pipelineOf);
}

/**
 * Stores the next immutable version, makes it the published one, creates rows for new flows (identity of data is the
 * flow id, `renamed_from` carries it over) and rings whoever keeps the trigger.
 */
export async function publishVersion(
  tx: Tx,
  accountId: AccountId,
  next: NewVersion,
): Promise<{ uid: string; version: number }> {
  await sql`select pg_advisory_xact_lock(hashtext(${`${accountId}|${next.id}`}))`.execute(tx);
  const existing = await tx
    .selectFrom('pipeline')
    .select(['uid', 'published_version'])
    .where('id', '=', next.id)
    .where('state', '<>', 'deleted')
    .executeTakeFirst();
  const uid = existing?.uid ?? uuidv7();
  const newest = await tx
    .selectFrom('pipeline_version')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('pipeline_uid', '=', uid)
    .executeTakeFirst();
  const version = Number(newest?.version ?? 0) + 1;
  const everyMs = next.trigger.everyMs;
  const columns = {
    title: next.title,
    published_version: version,
    trigger: JSON.stringify(next.trigger),
    every_ms: everyMs,
    next_due_at: everyMs === null ? null : sql<Date>`clock_timestamp()`,
  };
  if (existing === undefined) {
    await tx
      .insertInto('pipeline')
      .values({ uid, account_id: accountId, id: next.id, ...columns } as never)
      .execute();
  } else {
    await tx
      .updateTable('pipeline')
      .set(columns as never)
      .where('uid', '=', uid)
      .execute();
  }
  await tx
    .insertInto('pipeline_version')
    .values({
      pipeline_uid: uid,
      version,
      account_id: accountId,
      definition: next.definition,
      plan: JSON.stringify(next.plan),
      bindings: JSON.stringify(next.bindings),
      published_by: next.publishedBy,
    })
    .execute();
  for (const flow of next.flows) await ensureFlow(tx, accountId, uid, flow.id, flow.renamedFrom);
  await addToOutbox(tx, accountId, 'sync_schedule', { pipelineUid: uid });
  if (everyMs !== null) await addToOutbox(tx, accountId, 'wake_poll', {});
  return { uid, version };
}

async function ensureFlow(
  tx: Tx,
  accountId: AccountId,
  uid: string,
  name: string,
  renamedFrom: string | null,
): Promise<void> {
  if (renamedFrom !== null) {
    const taken = await tx
      .selectFrom('flow')
      .select('id')
      .where('pipeline_uid', '=', uid)
      .where('name', '=', name)
      .executeTakeFirst();
    if (taken === undefined) {
      await tx
        .updateTable('flow')
        .set({ name })
        .where('pipeline_uid', '=', uid)
        .where('name', '=', renamedFrom)
        .execute();
    }
  }
  await tx
    .insertInto('flow')
    .values({
      account_id: accountId,
      pipeline_uid: uid,
      name,
      checkpoint: JSON.stringify(emptyCheckpoint),
      positions: '{}',
    } as never)
    .onConflict((conflict) => conflict.columns(['pipeline_uid', 'name']).doNothing())
    .execute();
}

/** The version that a run names; throws `definition/not_found`. */
export async function getVersion(tx: Tx, pipelineUid: string, version: number): Promise<VersionRow> {
  const row = await tx
    .selectFrom('pipeline_version')
    .innerJoin('pipeline', 'pipeline.uid', 'pipeline_version.pipeline_uid')
    .select(['pipeline_version.definition', 'pipeline_version.plan', 'pipeline_version.bindings', 'pipeline.id'])
    .where('pipeline_uid', '=', pipelineUid)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined) {
    throw new Failure('definition/not_found', {
      message: `The pipeline has no version ${version}.`,
      hint: 'List its versions with `pipewright versions <pipeline>`.',
    });
  }
  return {
    pipelineUid,
    pipelineId: row.id,
    version,
    definition: row.definition,
    plan: row.plan,
    bindings: row.bindings,
  };
}
