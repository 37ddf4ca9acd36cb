import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Cursor } from '../../core/cursor.js';
import { Failure, type FailureReport, toFailure } from '../../core/failures.js';
import { isJsonObject, type JsonValue } from '../../core/json.js';
import type { FlowPlan, Plan } from '../../definitions/plan/plan.js';
import { FlowLease } from '../../store/leases.js';
import { hasLinks } from '../../store/links.js';
import { getRun, isRunOpen, type RunRow } from '../../store/runs.js';
import { getVersion } from '../../store/versions.js';
import { type OpenedConnection, openConnection } from '../connections.js';
import type { Dependencies, Priority } from '../dependencies.js';
import { applyPreview } from '../preview/apply.js';
import { recordPreview } from '../preview/record.js';
import { meterAndCheck } from '../runs/quota.js';
import { refuseDrift } from './drift.js';
import type { FlowCache } from './flow-cache.js';
import type { FlowEnvironment } from './flow-environment.js';
import { refuseWaiting, writeLateRefs } from './late-refs.js';
import { Mover } from './mover.js';
import { openFlow, StreamFinder } from './open-flow.js';
import { recoverOpenBatches } from './recovery.js';
import { recognisesRepeats } from './send.js';

export interface SliceInput {
  readonly accountId: string;
  readonly runId: string;
  readonly flow: string;
  /**
   * `main` reads and moves; `settle` is the second pass, after all flows have come to their end; `close` ends a one-off
   * run, when nothing more can arrive.
   */
  readonly phase: 'main' | 'settle' | 'close';
  /** How many slices in a row ended in `wait` for a passing fault. */
  readonly faults: number;
}

export type SliceResult =
  | { readonly state: 'more' | 'end' | 'paused' | 'cancelled' }
  /** Nothing is wrong with the work: wait and go on (vendor's limit, outage, another holder). */
  | { readonly state: 'wait'; readonly waitMs: number; readonly isFault: boolean; readonly failure: FailureReport }
  /** A person must act; what was confirmed stays. */
  | { readonly state: 'stopped'; readonly failure: FailureReport };

const lookForLeaseMs = 100;
const leasePatienceMs = 7_000;
const longestFaultWaitMs = 60_000;
const mostPagesInDoubt = 4;

/** One slice of one flow: takes the fence, settles what a crash left, moves pages until its time is over. */
export async function runSlice(
  deps: Dependencies,
  cache: FlowCache,
  input: SliceInput,
  signal: AbortSignal,
): Promise<SliceResult> {
  try {
    const run = await deps.store.account(input.accountId, async (tx) =>
      // After a restore an older history may ask for a run that has ended, or that nobody knows.
      (await isRunOpen(tx, input.runId)) ? getRun(tx, input.runId) : null,
    );
    if (run === null || run.isCancelRequested) return { state: 'cancelled' };
    if (run.isPauseRequested) return { state: 'paused' };
    const opened = await openSlice(deps, input, run);
    if (run.kind === 'preview') {
      const lease = await FlowLease.observe(deps.store, input.accountId, opened.flowId);
      return { state: await moveFlow(deps, cache, input, run, opened, lease, signal) };
    }
    const lease = await takeLease(deps, input.accountId, opened.flowId, signal);
    if (lease === null) return anotherHolder();
    try {
      return { state: await moveFlow(deps, cache, input, run, opened, lease, signal) };
    } finally {
      await lease.release().catch(() => undefined);
    }
  } catch (error) {
    signal.throwIfAborted();
    return resultOf(toFailure(error), input.faults);
  }
}

interface OpenedSlice {
  readonly pipelineId: string;
  readonly plan: Plan;
  readonly flow: FlowPlan;
  readonly flowId: number;
  readonly bindings: Readonly<Record<string, string>>;
  readonly progress: { readonly cursor: Cursor | null; readonly isEnd: boolean } | null;
}

async function openSlice(deps: Dependencies, input: SliceInput, run: RunRow): Promise<OpenedSlice> {
  const { refusal, ...opened } = await deps.store.account(input.accountId, async (tx) => {
    const version = await getVersion(tx, run.pipelineUid, run.version);
    const plan = version.plan as unknown as Plan;
    const flow = plan.flows.find((candidate) => candidate.id === input.flow);
    const row = await tx
      .updateTable('run_flow')
      .set({ state: 'running', started_at: sql<Date>`coalesce(started_at, clock_timestamp())` })
      .where('run_id', '=', run.id)
      .where('flow', '=', input.flow)
      .returning(['flow_id', 'progress'])
      .executeTakeFirst();
    if (flow === undefined || row === undefined) throw noSuchFlow(input.flow, run.version);
    const isMetered = run.kind !== 'preview' && input.phase === 'main';
    return {
      refusal: isMetered
        ? await meterAndCheck(tx, deps.tariffs, input.accountId, { id: run.id, flow: input.flow })
        : null,
      pipelineId: version.pipelineId,
      plan,
      flow,
      flowId: row.flow_id,
      bindings: version.bindings,
      progress: parseProgress(row.progress),
    };
  });
  if (refusal !== null) throw refusal;
  return opened;
}

function parseProgress(value: JsonValue): { cursor: Cursor | null; isEnd: boolean } | null {
  return isJsonObject(value) ? { cursor: value.cursor ?? null, isEnd: value.isEnd === true } : null;
}

function noSuchFlow(flow: string, version: number): Failure {
  return new Failure('definition/not_found', {
    message: `Version ${version} of the pipeline has no flow \`${flow}\`.`,
    hint: 'Publish the pipeline again and start a new run.',
  });
}

async function takeLease(
  deps: Dependencies,
  accountId: string,
  flowId: number,
  signal: AbortSignal,
): Promise<FlowLease | null> {
  const endsAt = performance.now() + leasePatienceMs;
  do {
    const lease = await FlowLease.take(deps.store, accountId, flowId);
    if (lease !== null) return lease;
    await delay(lookForLeaseMs, undefined, { signal });
  } while (performance.now() < endsAt);
  return null;
}

async function moveFlow(
  deps: Dependencies,
  cache: FlowCache,
  input: SliceInput,
  run: RunRow,
  opened: OpenedSlice,
  lease: FlowLease,
  signal: AbortSignal,
): Promise<'more' | 'end' | 'paused' | 'cancelled'> {
  const connections = await openConnections(deps, input.accountId, opened, priorityOf(run));
  let env: FlowEnvironment | undefined;
  try {
    const streams = new StreamFinder(connections, signal);
    if (opened.plan.errors.drift === 'pause') {
      await cache.once(run.id, opened.flowId, () => refuseDrift(opened.flow, streams));
    }
    const compiled = await cache.get(run, opened.plan, opened.flow, streams);
    env = await openFlow(deps, { accountId: input.accountId, run, ...opened, compiled }, lease, connections, signal);
    tellWhenLost(env);
    if (run.kind === 'preview') {
      return input.phase === 'main' ? await recordPreview(deps, env, opened.progress, signal) : 'end';
    }
    await recoverOpenBatches(env, signal);
    if (run.kind === 'apply' && input.phase === 'main') return await applyPreview(deps, env, opened.progress, signal);
    if (input.phase === 'settle') return await settleFlow(deps, env, signal);
    if (input.phase === 'close') {
      await refuseWaiting(env);
      return 'end';
    }
    return await moveMain(deps, cache, env, opened, signal);
  } finally {
    await closeAll(env, connections);
  }
}

/** A refusal by the fence is told once for each holder, whichever of its checks noticed it first. */
function tellWhenLost(env: FlowEnvironment): void {
  const { flowId, runId } = env.place;
  const tell = (): void => env.events.emit({ kind: 'fence_refused', flowId, runId });
  env.lease.lost.addEventListener('abort', tell, { once: true });
}

async function moveMain(
  deps: Dependencies,
  cache: FlowCache,
  env: FlowEnvironment,
  opened: OpenedSlice,
  signal: AbortSignal,
): Promise<'more' | 'end' | 'paused' | 'cancelled'> {
  const isBackfill = env.kind === 'backfill';
  const mover = new Mover(env, {
    budgetMs: deps.slices.budgetMs,
    pagesInFlight: pagesInFlight(env, deps.slices.pagesInFlight),
    readsPages: env.kind !== 'webhook' && env.kind !== 'replay' && env.kind !== 'resend',
    keepsProgressWith: isBackfill ? 'run' : 'flow',
    position: {
      cursor: isBackfill ? (opened.progress?.cursor ?? null) : env.lease.state.checkpoint.cursor,
      isEnd: opened.progress?.isEnd ?? false,
    },
    isFirst: !(await hasLinks(deps.store, env.place.accountId, env.place.flowId)),
    guard: cache.guard(env.place.runId, env.place.flowId),
    watch: cache.watch(env.place.runId, env.place.flowId, opened.plan.errors),
    signal,
  });
  return mover.run();
}

/** Full speed only where a batch that is sent again does no harm: a frozen worker may wake up and send all it holds. */
function pagesInFlight(env: FlowEnvironment, most: number): number {
  if (env.targets.some((target) => target.plan.merge)) return 1;
  return env.targets.every(recognisesRepeats) ? most : Math.min(most, mostPagesInDoubt);
}

/** The second pass of a flow: children whose parents came, late references, and at the end of a one-off the rest. */
async function settleFlow(
  deps: Dependencies,
  env: FlowEnvironment,
  signal: AbortSignal,
): Promise<'more' | 'end' | 'paused' | 'cancelled'> {
  const mover = new Mover(env, {
    budgetMs: deps.slices.budgetMs,
    pagesInFlight: pagesInFlight(env, deps.slices.pagesInFlight),
    readsPages: false,
    keepsProgressWith: 'flow',
    position: { cursor: null, isEnd: true },
    isFirst: false,
    watch: null,
    signal,
  });
  const end = await mover.run();
  if (end !== 'end') return end;
  await writeLateRefs(env, signal);
  return 'end';
}

async function openConnections(
  deps: Dependencies,
  accountId: string,
  opened: OpenedSlice,
  priority: Priority,
): Promise<Map<string, OpenedConnection>> {
  const slots = new Set([opened.flow.from.slot, ...opened.flow.targets.map((target) => target.slot)]);
  for (const step of opened.flow.steps) if (step.kind === 'lookup' || step.kind === 'enrich') slots.add(step.slot);
  for (const table of Object.values(opened.plan.values)) {
    if (table.kind === 'matched') slots.add(table.from.slot).add(table.to.slot);
    else if (table.kind === 'captions') slots.add(table.slot);
  }
  const connections = new Map<string, OpenedConnection>();
  for (const slot of slots) {
    const id = opened.bindings[slot];
    if (id !== undefined) connections.set(slot, await openConnection(deps, accountId, id, priority));
  }
  return connections;
}

async function closeAll(
  env: FlowEnvironment | undefined,
  connections: ReadonlyMap<string, OpenedConnection>,
): Promise<void> {
  const closing: (Promise<void> | undefined)[] = [env?.reader.close?.()];
  for (const target of env?.targets ?? []) closing.push(target.writer.close?.());
  await Promise.allSettled(closing);
  await Promise.allSettled([...connections.values()].map((opened) => opened.connection.close()));
}

function priorityOf(run: RunRow): Priority {
  if (run.kind === 'webhook') return 'webhook';
  return run.kind === 'backfill' || run.kind === 'manual' ? 'backfill' : 'poll';
}

function anotherHolder(): SliceResult {
  const failure = new Failure('engine/fence_lost', {
    message: 'Another worker is moving this flow.',
    hint: 'Nothing to do: this run goes on when the other one has finished.',
  });
  return { state: 'wait', waitMs: 1_000, isFault: false, failure: failure.toReport() };
}

/** From the kind of a failure to what the run does (style.md, "Failures and their sentences"). */
function resultOf(failure: Failure, faults: number): SliceResult {
  const report = failure.toReport();
  switch (failure.kind) {
    case 'rate_limited':
    case 'quota':
      return { state: 'wait', waitMs: failure.retryAfterMs ?? 10_000, isFault: false, failure: report };
    case 'transient':
      return {
        state: 'wait',
        waitMs: failure.retryAfterMs ?? Math.min(longestFaultWaitMs, 500 * 2 ** Math.min(faults, 10)),
        isFault: failure.code !== 'engine/fence_lost',
        failure: report,
      };
    default:
      return { state: 'stopped', failure: report };
  }
}
