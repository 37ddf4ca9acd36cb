import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { emptyCheckpoint } from '../core/cursor.js';
import { Failure } from '../core/failures.js';
import { type JsonObject, type JsonValue, stableStringify } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import { addToOutbox } from './outbox.js';
import { storeDraft } from './pipeline-admin.js';

/** A version as the engine runs it. `plan` is the planner's JSON; bindings are slot -> connection id. */
export interface VersionRow {
  readonly pipelineUid: string;
  readonly pipelineId: string;
  readonly version: number;
  readonly definition: string;
  readonly plan: JsonObject;
  readonly bindings: Readonly<Record<string, string>>;
  /** A text that was only previewed: no run but its preview takes it. */
  readonly isTrial: boolean;
}

/** A text that was checked, as it is stored. */
export interface CheckedText {
  readonly id: string;
  readonly title: string;
  readonly definition: string;
  readonly plan: JsonObject;
  readonly bindings: Readonly<Record<string, string>>;
  /** Who published or previewed it. */
  readonly publishedBy: string;
  /** Flow ids of the plan, with the former id of a renamed one. */
  readonly flows: readonly { readonly id: string; readonly renamedFrom: string | null }[];
}

export interface NewVersion extends CheckedText {
  readonly trigger: { readonly kind: string; readonly everyMs: number | null } & JsonObject;
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
  const existing = await lockPipeline(tx, accountId, next.id);
  const uid = existing ?? uuidv7();
  const trial = await findTrial(tx, uid, next);
  const version = trial ?? (await nextNumber(tx, uid));
  const everyMs = next.trigger.everyMs;
  const columns = {
    title: next.title,
    published_version: version,
    trigger: JSON.stringify(next.trigger),
    every_ms: everyMs,
    next_due_at: everyMs === null ? null : sql<Date>`clock_timestamp()`,
  };
  if (existing === null) {
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
  if (trial === null) await insertVersion(tx, accountId, uid, version, next, false);
  else await promoteTrial(tx, uid, trial, next.publishedBy);
  for (const flow of next.flows) {
    if (flow.renamedFrom !== null) await renameFlow(tx, uid, flow.renamedFrom, flow.id);
    await ensureFlow(tx, accountId, uid, flow.id);
  }
  await addToOutbox(tx, accountId, 'sync_schedule', { pipelineUid: uid });
  if (everyMs !== null) await addToOutbox(tx, accountId, 'wake_poll', {});
  return { uid, version };
}

/**
 * Stores a text so that its preview can run it, beside the published version and without touching it: triggers, flows
 * and runs go on as they were. A pipeline that does not exist yet begins with the text as its draft.
 */
export async function storeTrial(
  tx: Tx,
  accountId: AccountId,
  text: CheckedText,
): Promise<{ uid: string; version: number }> {
  let uid = await lockPipeline(tx, accountId, text.id);
  if (uid === null) {
    await storeDraft(tx, accountId, text.id, text.definition, text.title);
    uid = await lockPipeline(tx, accountId, text.id);
  }
  if (uid === null) throw new Error('a pipeline for each draft');
  const version = await findTrial(tx, uid, text);
  if (version !== null) return { uid, version };
  const next = await nextNumber(tx, uid);
  await insertVersion(tx, accountId, uid, next, text, true);
  for (const flow of text.flows) {
    // A flow that is to be renamed keeps its name until then; its preview finds it by either.
    const isRenamed = flow.renamedFrom !== null && (await hasFlow(tx, uid, flow.renamedFrom));
    if (!isRenamed) await ensureFlow(tx, accountId, uid, flow.id);
  }
  return { uid, version: next };
}

/** The pipeline of this id, which nobody else publishes before the transaction ends; null where there is none. */
async function lockPipeline(tx: Tx, accountId: AccountId, id: string): Promise<string | null> {
  await sql`select pg_advisory_xact_lock(hashtext(${`${accountId}|${id}`}))`.execute(tx);
  const row = await tx
    .selectFrom('pipeline')
    .select('uid')
    .where('id', '=', id)
    .where('state', '<>', 'deleted')
    .executeTakeFirst();
  return row?.uid ?? null;
}

async function nextNumber(tx: Tx, uid: string): Promise<number> {
  const newest = await tx
    .selectFrom('pipeline_version')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('pipeline_uid', '=', uid)
    .executeTakeFirst();
  return Number(newest?.version ?? 0) + 1;
}

/** The newest version, where it is a trial of exactly this: publishing takes it over, another preview runs it again. */
async function findTrial(tx: Tx, uid: string, text: CheckedText): Promise<number | null> {
  const newest = await tx
    .selectFrom('pipeline_version')
    .select(['version', 'definition', 'plan', 'bindings', 'is_trial'])
    .where('pipeline_uid', '=', uid)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (newest === undefined || !newest.is_trial || newest.definition !== text.definition) return null;
  const isSame = (stored: JsonValue, given: JsonValue): boolean => stableStringify(stored) === stableStringify(given);
  return isSame(newest.plan, text.plan) && isSame(newest.bindings, { ...text.bindings }) ? newest.version : null;
}

async function insertVersion(
  tx: Tx,
  accountId: AccountId,
  uid: string,
  version: number,
  text: CheckedText,
  isTrial: boolean,
): Promise<void> {
  await tx
    .insertInto('pipeline_version')
    .values({
      pipeline_uid: uid,
      version,
      account_id: accountId,
      definition: text.definition,
      plan: JSON.stringify(text.plan),
      bindings: JSON.stringify(text.bindings),
      published_by: text.publishedBy,
      is_trial: isTrial,
    })
    .execute();
}

async function promoteTrial(tx: Tx, uid: string, version: number, publishedBy: string): Promise<void> {
  await tx
    .updateTable('pipeline_version')
    .set({ is_trial: false, published_by: publishedBy, published_at: sql<Date>`now()` })
    .where('pipeline_uid', '=', uid)
    .where('version', '=', version)
    .execute();
}

async function hasFlow(tx: Tx, uid: string, name: string): Promise<boolean> {
  const row = await tx
    .selectFrom('flow')
    .select('id')
    .where('pipeline_uid', '=', uid)
    .where('name', '=', name)
    .executeTakeFirst();
  return row !== undefined;
}

/** Carries the data of a flow over to its new name, unless that name has data of its own. */
async function renameFlow(tx: Tx, uid: string, from: string, to: string): Promise<void> {
  if (await hasFlow(tx, uid, to)) return;
  await tx.updateTable('flow').set({ name: to }).where('pipeline_uid', '=', uid).where('name', '=', from).execute();
}

async function ensureFlow(tx: Tx, accountId: AccountId, uid: string, name: string): Promise<void> {
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
    .select(['pipeline_version.definition', 'pipeline_version.plan', 'pipeline_version.bindings'])
    .select(['pipeline_version.is_trial', 'pipeline.id'])
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
    isTrial: row.is_trial,
  };
}
