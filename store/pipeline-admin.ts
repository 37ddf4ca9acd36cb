import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { emptyCheckpoint } from '../core/cursor.js';
import { Failure } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import { addToOutbox } from './outbox.js';
import { findOpenRun } from './runs.js';
import { openRunStates } from './tables.js';

export interface VersionView {
  readonly version: number;
  readonly bindings: Readonly<Record<string, string>>;
  readonly publishedBy: string;
  readonly publishedAt: Date;
}

/** Published versions, the newest first. */
export async function listVersions(
  tx: Tx,
  pipelineUid: string,
  before: number | null,
  limit: number,
): Promise<readonly VersionView[]> {
  let query = tx
    .selectFrom('pipeline_version')
    .select(['version', 'bindings', 'published_by', 'published_at'])
    .where('pipeline_uid', '=', pipelineUid)
    .where('is_trial', '=', false)
    .orderBy('version', 'desc')
    .limit(limit);
  if (before !== null) query = query.where('version', '<', before);
  return (await query.execute()).map((row) => ({
    version: row.version,
    bindings: row.bindings,
    publishedBy: row.published_by,
    publishedAt: row.published_at,
  }));
}

export interface DraftView {
  readonly uid: string;
  readonly text: string | null;
  readonly updatedAt: Date | null;
  readonly publishedVersion: number | null;
}

/** The draft of a pipeline by its id; null where there is no such pipeline. */
export async function findDraft(tx: Tx, id: string): Promise<DraftView | null> {
  const row = await tx
    .selectFrom('pipeline')
    .select(['uid', 'draft', 'draft_updated_at', 'published_version'])
    .where((eb) => eb.or([eb('id', '=', id), eb(sql<string>`uid::text`, '=', id)]))
    .where('state', '<>', 'deleted')
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    uid: row.uid,
    text: row.draft,
    updatedAt: row.draft_updated_at,
    publishedVersion: row.published_version,
  };
}

/** Stores a draft; a pipeline that does not exist yet begins with it. */
export async function storeDraft(tx: Tx, accountId: AccountId, id: string, text: string, title: string): Promise<void> {
  const result = await tx
    .updateTable('pipeline')
    .set({ draft: text, draft_updated_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .where('state', '<>', 'deleted')
    .executeTakeFirst();
  if (result.numUpdatedRows > 0n) return;
  await sql`
    insert into pipeline (uid, account_id, id, title, draft, draft_updated_at)
    values (${uuidv7()}, ${accountId}, ${id}, ${title}, ${text}, clock_timestamp())
    on conflict (account_id, id) where state <> 'deleted'
      do update set draft = excluded.draft, draft_updated_at = excluded.draft_updated_at`.execute(tx);
}

/** Stops triggers and asks open runs to pause at their next batch. */
export async function pausePipeline(tx: Tx, accountId: AccountId, uid: string, reason: JsonObject): Promise<void> {
  await tx
    .updateTable('pipeline')
    .set({ state: 'paused', pause_reason: JSON.stringify(reason) })
    .where('uid', '=', uid)
    .execute();
  await askOpenRuns(tx, accountId, uid, true);
  await addToOutbox(tx, accountId, 'sync_schedule', { pipelineUid: uid });
}

/** Lets triggers and paused runs go on, and sees to what was announced meanwhile. */
export async function resumePipeline(tx: Tx, accountId: AccountId, uid: string): Promise<void> {
  await tx.updateTable('pipeline').set({ state: 'active', pause_reason: null }).where('uid', '=', uid).execute();
  await askOpenRuns(tx, accountId, uid, false);
  await addToOutbox(tx, accountId, 'sync_schedule', { pipelineUid: uid });
  await addToOutbox(tx, accountId, 'wake_poll', {});
  await addToOutbox(tx, accountId, 'wake_drain', { pipelineUid: uid });
}

async function askOpenRuns(tx: Tx, accountId: AccountId, uid: string, isPaused: boolean): Promise<void> {
  const runs = await tx
    .updateTable('run')
    .set({ pause_requested: isPaused })
    .where('pipeline_uid', '=', uid)
    .where('state', 'in', [...openRunStates])
    .returning('id')
    .execute();
  for (const run of runs) await addToOutbox(tx, accountId, 'wake_run', { runId: run.id });
}

/** Stops everything of a pipeline and hides it; its links and history are kept for 30 days. */
export async function deletePipeline(tx: Tx, accountId: AccountId, uid: string): Promise<void> {
  const runs = await tx
    .updateTable('run')
    .set({ cancel_requested: true })
    .where('pipeline_uid', '=', uid)
    .where('state', 'in', [...openRunStates])
    .returning('id')
    .execute();
  for (const run of runs) await addToOutbox(tx, accountId, 'wake_run', { runId: run.id });
  await tx
    .updateTable('pipeline')
    .set({ state: 'deleted', deleted_at: sql<Date>`clock_timestamp()`, every_ms: null, next_due_at: null })
    .where('uid', '=', uid)
    .execute();
  await addToOutbox(tx, accountId, 'delete_schedule', { pipelineUid: uid });
}

export interface FlowFacts {
  readonly id: number;
  readonly name: string;
  readonly isFresh: boolean;
  readonly hasLinks: boolean;
}

/** Whether flows have gone anywhere yet: a fresh one has no checkpoint and no links. */
export async function readFlowFacts(tx: Tx, pipelineUid: string): Promise<readonly FlowFacts[]> {
  const result = await sql<{ id: number; name: string; is_fresh: boolean; has_links: boolean }>`
    select f.id, f.name, f.checkpoint = ${JSON.stringify(emptyCheckpoint)}::jsonb and f.positions = '{}'::jsonb as is_fresh,
           exists (select from link l where l.flow_id = f.id) as has_links
      from flow f where f.pipeline_uid = ${pipelineUid}`.execute(tx);
  return result.rows.map((row) => ({ id: row.id, name: row.name, isFresh: row.is_fresh, hasLinks: row.has_links }));
}

/**
 * Forgets how far flows have come, so that the next run reads everything again; with `links` also which records they
 * wrote (waiting records and late references with them). The fence grows: nobody goes on with what they remember.
 * Throws `run/already_running`.
 */
export async function resetFlows(
  tx: Tx,
  pipelineUid: string,
  flows: readonly string[],
  links: boolean,
): Promise<{ flows: number; links: number }> {
  // A pipeline that was never published has none.
  if (flows.length === 0) return { flows: 0, links: 0 };
  const open = await findOpenRun(tx, pipelineUid);
  if (open !== undefined) {
    throw new Failure('run/already_running', {
      message: `Run \`${open.id}\` of this pipeline is ${open.state}, so its flows cannot be reset.`,
      hint: 'Wait for its end or cancel it first.',
      details: { runId: open.id },
    });
  }
  const reset = await tx
    .updateTable('flow')
    .set((eb) => ({
      checkpoint: JSON.stringify(emptyCheckpoint),
      positions: '{}',
      lease_token: eb('lease_token', '+', 1),
      lease_holder: null,
      lease_until: null,
      ...(links && { may_have_unlinked: true }),
    }))
    .where('pipeline_uid', '=', pipelineUid)
    .where('name', 'in', [...flows])
    .returning('id')
    .execute();
  if (!links || reset.length === 0) return { flows: reset.length, links: 0 };
  const ids = reset.map((row) => row.id);
  const removed = await tx.deleteFrom('link').where('flow_id', 'in', ids).executeTakeFirst();
  await tx.deleteFrom('waiting_record').where('flow_id', 'in', ids).execute();
  await tx.deleteFrom('late_ref').where('flow_id', 'in', ids).execute();
  await tx.deleteFrom('batch').where('flow_id', 'in', ids).execute();
  return { flows: reset.length, links: Number(removed.numDeletedRows) };
}

/** A draft that was published is no draft any more; one that was changed since stays. */
export async function clearDraft(tx: Tx, uid: string, publishedText: string): Promise<void> {
  await tx
    .updateTable('pipeline')
    .set({ draft: null, draft_updated_at: null })
    .where('uid', '=', uid)
    .where('draft', '=', publishedText)
    .execute();
}
