import { sql } from 'kysely';
import { type Counts, reconciliationGap } from '../../core/counts.js';
import { Failure, type FailureReport } from '../../core/failures.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { appendAudit } from '../../store/audit.js';
import type { Tx } from '../../store/database.js';
import { breakConnection } from '../../store/events.js';
import { getRun, isRunOpen, type RunRow, setRunState } from '../../store/runs.js';
import type { RunState } from '../../store/tables.js';
import { meterRun } from '../../store/tariffs.js';
import { getVersion } from '../../store/versions.js';
import type { Dependencies } from '../dependencies.js';
import { announceEnd } from './announcing.js';
import { openFollowing } from './opening.js';

export interface RunPlace {
  readonly accountId: string;
  readonly runId: string;
}

/** What the workflow needs to know of a run: names and order, nothing else. */
export interface RunOutline {
  readonly flows: readonly {
    readonly name: string;
    readonly after: readonly string[];
    readonly needsSettling: boolean;
  }[];
  readonly isOneOff: boolean;
}

/** Marks the run as running; null when it has ended already (a repeated start), or is not known after a restore. */
export async function beginRun(deps: Dependencies, place: RunPlace): Promise<RunOutline | null> {
  return deps.store.account(place.accountId, async (tx) => {
    if (!(await isRunOpen(tx, place.runId))) return null;
    const run = await getRun(tx, place.runId);
    const version = await getVersion(tx, run.pipelineUid, run.version);
    const plan = version.plan as unknown as Plan;
    if (run.state === 'queued' && run.kind === 'replay') await touchReplayed(tx, run);
    await setRunState(tx, run.id, 'running');
    if (run.state === 'queued') await noteUses(deps, tx, place, version.bindings);
    return outlineOf(plan, run);
  });
}

/** One line of the audit log for each connection that the run works with: credentials are used in its name. */
async function noteUses(
  deps: Dependencies,
  tx: Tx,
  place: RunPlace,
  bindings: Readonly<Record<string, string>>,
): Promise<void> {
  const ids = [...new Set(Object.values(bindings))];
  if (ids.length === 0) return;
  const { opened_by } = await tx
    .selectFrom('run')
    .select('opened_by')
    .where('id', '=', place.runId)
    .executeTakeFirstOrThrow();
  const rows = await tx.selectFrom('connection').select('name').where('id', 'in', ids).orderBy('name').execute();
  for (const { name } of rows) {
    await appendAudit(tx, deps.vault.keys, {
      accountId: place.accountId,
      actor: 'system',
      onBehalfOf: opened_by,
      action: 'connection.used',
      object: name,
      details: { run: place.runId },
    });
  }
}

function outlineOf(plan: Plan, run: RunRow): RunOutline {
  const names = new Set(run.options.flows ?? plan.flows.map((flow) => flow.id));
  const flows = plan.flows
    .filter((flow) => names.has(flow.id))
    .map((flow) => ({
      name: flow.id,
      after: flow.after.filter((name) => names.has(name)),
      needsSettling: flow.targets.some((target) => target.map.some((field) => field.source.kind === 'ref')),
    }));
  return { flows, isOneOff: run.options.isOneOff === true };
}

/** A replay touches what the former run wrote or refused; the flows then take touched rows as always. */
async function touchReplayed(tx: Tx, run: RunRow): Promise<void> {
  const former = run.options.replayOf;
  if (former === undefined) return;
  await sql`
    insert into touched (flow_id, account_id, source_key)
    select distinct k.flow_id, k.account_id, k.source_key from (
      select flow_id, account_id, unnest(source_keys) as source_key from run_keys where run_id = ${former}
      union select flow_id, account_id, source_key from dead_letter where run_id = ${former}) k
    on conflict (flow_id, source_key) do update set seq = default, touched_at = now()`.execute(tx);
}

export type RunReport =
  | { readonly state: 'running' }
  | { readonly state: 'paused'; readonly failure?: FailureReport }
  | { readonly state: 'waiting'; readonly waitMs: number; readonly failure: FailureReport };

/** Shows people why a run stands still and until when; a broken credential marks its connections too. */
export async function reportRun(deps: Dependencies, place: RunPlace & { readonly report: RunReport }): Promise<void> {
  const { report } = place;
  await deps.store.account(place.accountId, async (tx) => {
    await setRunState(tx, place.runId, report.state, {
      ...('failure' in report && report.failure && { failure: report.failure, waitReason: report.failure.message }),
      ...(report.state === 'waiting' && { waitUntil: new Date(Date.now() + report.waitMs) }),
    });
    const connection = 'failure' in report ? report.failure?.details?.connectionId : undefined;
    if (report.state === 'paused' && typeof connection === 'string' && report.failure?.kind === 'auth') {
      await breakConnection(tx, place.accountId, connection, report.failure);
    }
  });
}

export interface FinishRun extends RunPlace {
  readonly halt:
    | { readonly state: 'cancelled' }
    | { readonly state: 'stopped'; readonly failure: FailureReport }
    | null;
}

/** Closes a run with its reconciliation: a run that lost its way is never a success. */
export async function finishRun(deps: Dependencies, place: FinishRun): Promise<{ state: RunState }> {
  return deps.store.account(place.accountId, async (tx) => {
    // A history of before a restore comes to its end quietly.
    if (!(await isRunOpen(tx, place.runId))) return { state: 'cancelled' };
    const run = await getRun(tx, place.runId);
    const end = await endOf(tx, place);
    if (run.kind !== 'preview') await meterRun(tx, place.accountId, run.id, null);
    await tx
      .updateTable('run_flow')
      .set({
        state: sql`case when state = 'running' then ${end.state === 'failed' ? 'failed' : end.state === 'cancelled' ? 'cancelled' : 'done'} else state end`,
        ended_at: sql<Date>`coalesce(ended_at, clock_timestamp())`,
      } as never)
      .where('run_id', '=', run.id)
      .execute();
    const hasMoved = await setRunState(tx, run.id, end.state, end.failure === null ? {} : { failure: end.failure });
    if (hasMoved && run.kind === 'preview') await closePreview(tx, run, end.state);
    else if (hasMoved) {
      await announceEnd(tx, run, end.state, end.failure);
      await openFollowing(tx, place.accountId, run);
    }
    return { state: end.state };
  });
}

/** A preview can be applied once its run has come to its end; its summary is what a person sees first. */
async function closePreview(tx: Tx, run: RunRow, state: RunState): Promise<void> {
  const id = run.options.previewId;
  if (id === undefined) return;
  const isReady = state === 'done' || state === 'done_with_dead_letters';
  const operations = await sql<{ flow: string; operation: string; count: number }>`
    select f.name as flow, c.operation, count(*) as count from preview_change c join flow f on f.id = c.flow_id
     where c.preview_id = ${id} group by f.name, c.operation order by f.name, c.operation`.execute(tx);
  await tx
    .updateTable('preview')
    .set({ state: isReady ? 'ready' : 'failed', summary: JSON.stringify({ changes: operations.rows }) })
    .where('id', '=', id)
    .execute();
}

async function endOf(tx: Tx, place: FinishRun): Promise<{ state: RunState; failure: FailureReport | null }> {
  if (place.halt?.state === 'cancelled') return { state: 'cancelled', failure: null };
  if (place.halt?.state === 'stopped') return { state: 'failed', failure: place.halt.failure };
  const rows = await tx.selectFrom('run_flow').selectAll().where('run_id', '=', place.runId).execute();
  let deadLetters = 0;
  for (const row of rows) {
    const { dead_letters, ...others } = row;
    const counts: Counts = { ...others, deadLetters: dead_letters };
    deadLetters += dead_letters;
    const gap = reconciliationGap(counts);
    if (gap !== null) return { state: 'failed', failure: notReconciled(row.flow, gap) };
  }
  return { state: deadLetters > 0 ? 'done_with_dead_letters' : 'done', failure: null };
}

function notReconciled(flow: string, gap: string): FailureReport {
  return new Failure('run/not_reconciled', {
    message: `The counts of flow \`${flow}\` do not add up: ${gap}`,
    hint: 'Run it again: confirmed records are not written twice. Report this with the run id.',
  }).toReport();
}
