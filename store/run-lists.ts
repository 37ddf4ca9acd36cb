import { sql } from 'kysely';
import type { JsonObject } from '../core/json.js';
import type { Tx } from './database.js';
import type { RunKind, RunState } from './tables.js';

/** A run as lists and pages show it. */
export interface RunView {
  readonly id: string;
  readonly pipeline: string;
  readonly pipelineUid: string;
  readonly version: number;
  readonly number: number;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly options: JsonObject;
  readonly openedBy: string;
  readonly isPauseRequested: boolean;
  readonly isCancelRequested: boolean;
  readonly waitReason: string | null;
  readonly waitUntil: Date | null;
  readonly failure: JsonObject | null;
  readonly openedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly flows: readonly RunFlowView[];
}

/** Counts of one flow and target; `target` is '' for a flow's only one. */
export interface RunFlowView {
  readonly flow: string;
  readonly target: string;
  readonly state: string;
  readonly read: number;
  readonly filtered: number;
  readonly sources: number;
  readonly produced: number;
  readonly written: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly deadLetters: number;
  readonly waiting: number;
  readonly pages: number;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
}

export interface RunFilter {
  readonly pipelineUid?: string;
  readonly states?: readonly RunState[];
  /** Newest first, after this id. */
  readonly after?: string | null;
  readonly limit: number;
  readonly id?: string;
}

export async function listRunViews(tx: Tx, filter: RunFilter): Promise<readonly RunView[]> {
  let query = tx
    .selectFrom('run')
    .innerJoin('pipeline', 'pipeline.uid', 'run.pipeline_uid')
    .selectAll('run')
    .select('pipeline.id as pipeline')
    .orderBy('run.id', 'desc')
    .limit(filter.limit);
  if (filter.id !== undefined) query = query.where('run.id', '=', filter.id);
  if (filter.pipelineUid !== undefined) query = query.where('run.pipeline_uid', '=', filter.pipelineUid);
  if (filter.states !== undefined && filter.states.length > 0)
    query = query.where('run.state', 'in', [...filter.states]);
  if (filter.after != null) query = query.where('run.id', '<', filter.after);
  const runs = await query.execute();
  if (runs.length === 0) return [];
  const flows = await tx
    .selectFrom('run_flow')
    .selectAll()
    .where(
      'run_id',
      'in',
      runs.map((run) => run.id),
    )
    .orderBy('flow_id')
    .orderBy('target')
    .execute();
  return runs.map((run) => ({
    id: run.id,
    pipeline: run.pipeline,
    pipelineUid: run.pipeline_uid,
    version: run.version,
    number: run.number,
    kind: run.kind,
    state: run.state,
    options: run.options,
    openedBy: run.opened_by,
    isPauseRequested: run.pause_requested,
    isCancelRequested: run.cancel_requested,
    waitReason: run.wait_reason,
    waitUntil: run.wait_until,
    failure: run.failure,
    openedAt: run.opened_at,
    startedAt: run.started_at,
    endedAt: run.ended_at,
    flows: flows
      .filter((flow) => flow.run_id === run.id)
      .map((flow) => ({
        flow: flow.flow,
        target: flow.target,
        state: flow.state,
        read: flow.read,
        filtered: flow.filtered,
        sources: flow.sources,
        produced: flow.produced,
        written: flow.written,
        unchanged: flow.unchanged,
        deleted: flow.deleted,
        deadLetters: flow.dead_letters,
        waiting: flow.waiting,
        pages: flow.pages,
        startedAt: flow.started_at,
        endedAt: flow.ended_at,
      })),
  }));
}

/** How many records each flow read in the newest finished run of the same kind and version: what a forecast goes by. */
export async function readOfFormerRun(tx: Tx, run: RunView): Promise<ReadonlyMap<string, number>> {
  const result = await sql<{ flow: string; read: number }>`
    select rf.flow, max(rf.read) as read from run_flow rf
     where rf.run_id = (select r.id from run r
                         where r.pipeline_uid = ${run.pipelineUid} and r.kind = ${run.kind} and r.version = ${run.version}
                           and r.state in ('done', 'done_with_dead_letters') and r.id < ${run.id}
                         order by r.id desc limit 1)
     group by rf.flow`.execute(tx);
  return new Map(result.rows.map((row) => [row.flow, Number(row.read)]));
}
