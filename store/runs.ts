import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure, type FailureReport } from '../core/failures.js';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Tx } from './database.js';
import { addToOutbox } from './outbox.js';
import { openRunStates, type RunKind, type RunState } from './tables.js';

/** What a run is asked to do, beyond its kind. Plain JSON in `run.options`. */
export interface RunOptions {
  /** Only these flows; all when absent. */
  readonly flows?: readonly string[];
  /** Backfill: records of one flow whose cursor lies in [from, to). */
  readonly period?: { readonly from: string; readonly to: string };
  readonly previewId?: string;
  /** Replay: the run whose source keys are moved again. */
  readonly replayOf?: string;
  /** Waiting records become dead letters at the end (one-off runs). */
  readonly isOneOff?: boolean;
  /** A person has agreed to more deletions than are carried out without asking. */
  readonly allowDeletes?: boolean;
}

export interface OpenRun {
  readonly pipelineUid: string;
  readonly version: number;
  readonly kind: RunKind;
  readonly options: RunOptions;
  readonly openedBy: string;
  readonly flows: readonly OpenFlow[];
}

export interface OpenFlow {
  readonly name: string;
  /** The former name: the preview of a version that renames a flow moves it while it still has that one. */
  readonly renamedFrom?: string | null;
  readonly targets: readonly string[];
}

export interface RunRow {
  readonly id: string;
  readonly accountId: AccountId;
  readonly pipelineUid: string;
  readonly version: number;
  readonly number: number;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly options: RunOptions;
  readonly isPauseRequested: boolean;
  readonly isCancelRequested: boolean;
  readonly failure: JsonObject | null;
}

/**
 * Opens a run: its row, a row for each flow and target, and the outbox row that starts `run/<uuid>`, in the caller's
 * transaction. Returns null when another run of the pipeline is open (the partial unique index decides, so two openers
 * at once never both win). Previews are never refused.
 */
export async function openRun(
  tx: Tx,
  accountId: AccountId,
  open: OpenRun,
): Promise<{ id: string; number: number } | null> {
  const pipeline = await tx
    .updateTable('pipeline')
    .set((eb) => ({ run_count: eb('run_count', '+', 1) }))
    .where('uid', '=', open.pipelineUid)
    .returning('run_count')
    .executeTakeFirst();
  if (pipeline === undefined) throw noPipeline();
  const id = uuidv7();
  const inserted = await tx
    .insertInto('run')
    .values({
      id,
      account_id: accountId,
      pipeline_uid: open.pipelineUid,
      version: open.version,
      number: pipeline.run_count,
      kind: open.kind,
      state: 'queued',
      options: JSON.stringify(open.options),
      opened_by: open.openedBy,
    } as never)
    .onConflict((conflict) =>
      conflict
        .column('pipeline_uid')
        .where('state', 'in', [...openRunStates])
        .where('kind', '<>', 'preview')
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (inserted === undefined) return null;
  for (const flow of open.flows) await addRunFlow(tx, accountId, id, open.pipelineUid, flow);
  await addToOutbox(tx, accountId, 'start_run', { runId: id });
  return { id, number: pipeline.run_count };
}

async function addRunFlow(
  tx: Tx,
  accountId: AccountId,
  runId: string,
  pipelineUid: string,
  { name, renamedFrom = null, targets }: OpenFlow,
): Promise<void> {
  for (const target of targets) {
    await sql`insert into run_flow (run_id, flow_id, target, account_id, flow)
      select ${runId}, id, ${target}, ${accountId}, ${name} from flow
       where pipeline_uid = ${pipelineUid} and name in (${name}, ${renamedFrom}::text)
       order by name = ${name} desc limit 1`.execute(tx);
  }
}

function noPipeline(): Failure {
  return new Failure('api/not_found', {
    message: 'The pipeline of this run is gone.',
    hint: 'Publish it again before running it.',
  });
}

export async function getRun(tx: Tx, runId: string): Promise<RunRow> {
  const row = await tx.selectFrom('run').selectAll().where('id', '=', runId).executeTakeFirst();
  if (row === undefined) {
    throw new Failure('api/not_found', {
      message: `There is no run \`${runId}\`.`,
      hint: 'List the runs of a pipeline with `pipewright status <pipeline>`.',
    });
  }
  return {
    id: row.id,
    accountId: row.account_id,
    pipelineUid: row.pipeline_uid,
    version: row.version,
    number: row.number,
    kind: row.kind,
    state: row.state,
    options: row.options as RunOptions,
    isPauseRequested: row.pause_requested,
    isCancelRequested: row.cancel_requested,
    failure: row.failure,
  };
}

/** Whether a run has not come to its end; false also for one that the database does not know (restored from a backup). */
export async function isRunOpen(tx: Tx, runId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('run')
    .select('id')
    .where('id', '=', runId)
    .where('state', 'in', [...openRunStates])
    .executeTakeFirst();
  return row !== undefined;
}

/** Moves an open run to another state; an ended run stays as it ended. Returns whether it moved. */
export async function setRunState(
  tx: Tx,
  runId: string,
  state: RunState,
  more: { readonly waitReason?: string; readonly waitUntil?: Date; readonly failure?: FailureReport } = {},
): Promise<boolean> {
  const hasEnded = !(openRunStates as readonly string[]).includes(state);
  const result = await tx
    .updateTable('run')
    .set({
      state,
      wait_reason: more.waitReason ?? null,
      wait_until: more.waitUntil ?? null,
      ...(more.failure && { failure: JSON.stringify(more.failure) }),
      ...(state === 'running' && { started_at: sql<Date>`coalesce(started_at, clock_timestamp())`, failure: null }),
      ...(hasEnded && { ended_at: sql<Date>`clock_timestamp()` }),
    })
    .where('id', '=', runId)
    .where('state', 'in', [...openRunStates])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Asks an open run to pause, go on or stop; the next batch and the workflow both see it. */
export async function requestOfRun(
  tx: Tx,
  accountId: AccountId,
  runId: string,
  request: 'pause' | 'resume' | 'cancel',
): Promise<void> {
  const change =
    request === 'cancel'
      ? { cancel_requested: true }
      : request === 'pause'
        ? { pause_requested: true }
        : { pause_requested: false };
  const result = await tx
    .updateTable('run')
    .set(change)
    .where('id', '=', runId)
    .where('state', 'in', [...openRunStates])
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) {
    throw new Failure('run/not_active', {
      message: `Run \`${runId}\` has ended already.`,
      hint: 'Start a new run, or replay this one.',
    });
  }
  await addToOutbox(tx, accountId, 'wake_run', { runId });
}

/** The open run of a pipeline, previews left out. */
/** The open runs of pipelines, previews left out, by the pipeline's uid: one at most for each. */
export async function findOpenRuns(
  tx: Tx,
  pipelineUids: readonly string[],
): Promise<ReadonlyMap<string, { id: string; kind: RunKind; state: RunState }>> {
  if (pipelineUids.length === 0) return new Map();
  const rows = await tx
    .selectFrom('run')
    .select(['pipeline_uid', 'id', 'kind', 'state'])
    .where('pipeline_uid', 'in', [...pipelineUids])
    .where('state', 'in', [...openRunStates])
    .where('kind', '<>', 'preview')
    .execute();
  return new Map(rows.map(({ pipeline_uid, ...run }) => [pipeline_uid, run]));
}

export async function findOpenRun(
  tx: Tx,
  pipelineUid: string,
): Promise<{ id: string; kind: RunKind; state: RunState } | undefined> {
  return tx
    .selectFrom('run')
    .select(['id', 'kind', 'state'])
    .where('pipeline_uid', '=', pipelineUid)
    .where('state', 'in', [...openRunStates])
    .where('kind', '<>', 'preview')
    .executeTakeFirst();
}
