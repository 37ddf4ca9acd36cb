import type { TariffBook } from '../../billing/tariff-book.js';
import { Failure } from '../../core/failures.js';
import type { Plan } from '../../definitions/plan/plan.js';
import type { AccountId, Tx } from '../../store/database.js';
import { getPipeline, type PipelineRow } from '../../store/pipelines.js';
import { listRunViews, type RunView, readOfFormerRun } from '../../store/run-lists.js';
import { findOpenRun, openRun, type RunOptions, requestOfRun } from '../../store/runs.js';
import type { RunKind, RunState } from '../../store/tables.js';
import { getVersion } from '../../store/versions.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf, uuidForm } from '../http/paging.js';
import { unknownFlow } from './pipelines.js';
import { publishText } from './publishing.js';
import { requireRecords } from './tariffs.js';

const endStates: readonly RunState[] = ['done', 'done_with_dead_letters', 'failed', 'cancelled'];

export function hasEnded(state: RunState): boolean {
  return endStates.includes(state);
}

export interface RunRequest {
  readonly pipeline?: string;
  /** A definition to publish (or find published) first: the one-shot migration call. */
  readonly definition?: string;
  readonly connections?: Readonly<Record<string, string>>;
  readonly flows?: readonly string[];
  readonly version?: number;
  readonly oneOff?: boolean;
  readonly allowDeletes?: boolean;
  readonly createFields?: boolean;
}

export async function startRun(context: ApiContext, caller: Caller, request: RunRequest) {
  const published =
    request.definition === undefined
      ? null
      : await publishText(context, caller, {
          text: request.definition,
          ...(request.connections && { connections: request.connections }),
          ...(request.pipeline !== undefined && { pipeline: request.pipeline }),
          ...(request.createFields === true && { createFields: true }),
        });
  const id = published?.pipeline ?? request.pipeline;
  if (id === undefined) throw nothingToRun();
  const runId = await context.store.account(caller.accountId, async (tx) => {
    const target = await runTarget(tx, id, request.version);
    const isOneOff = request.oneOff ?? (published !== null && target.plan.trigger.kind === 'manual');
    const options: RunOptions = {
      ...(request.flows && { flows: request.flows }),
      ...(isOneOff && { isOneOff }),
      ...(request.allowDeletes === true && { allowDeletes: true }),
    };
    return openOrRefuse(tx, context.tariffs, caller, target, 'manual', options);
  });
  const run = await getRunView(context, caller.accountId, runId);
  return { ...run, problems: published?.problems ?? [], notes: published?.notes ?? [] };
}

export interface RunTarget {
  readonly uid: string;
  readonly id: string;
  readonly version: number;
  readonly plan: Plan;
}

/** The version that a run is asked for; the published one when none is named. */
export async function runTarget(tx: Tx, pipeline: string, version?: number): Promise<RunTarget> {
  const row = await getPipeline(tx, pipeline);
  refusePaused(row);
  return publishedTarget(tx, row, version);
}

/** The same of a pipeline that may be paused: a preview writes nothing. */
export async function publishedTarget(tx: Tx, row: PipelineRow, version?: number): Promise<RunTarget> {
  const number = version ?? row.publishedVersion;
  if (number === null) throw unpublished(row.id);
  const stored = await getVersion(tx, row.uid, number);
  if (stored.isTrial) throw neverPublished(row.id, number);
  return { uid: row.uid, id: row.id, version: number, plan: stored.plan as unknown as Plan };
}

/** Opens a run, or refuses with the one that is open already. */
export async function openOrRefuse(
  tx: Tx,
  tariffs: TariffBook,
  caller: Caller,
  target: RunTarget,
  kind: RunKind,
  options: RunOptions,
): Promise<string> {
  const known = target.plan.flows.map((flow) => flow.id);
  for (const flow of options.flows ?? []) if (!known.includes(flow)) throw unknownFlow(target.id, flow, known);
  if (kind !== 'preview') await requireRecords(tx, tariffs, caller.accountId);
  const opened = await openRun(tx, caller.accountId, {
    pipelineUid: target.uid,
    version: target.version,
    kind,
    options,
    openedBy: caller.name,
    flows: target.plan.flows
      .filter((flow) => options.flows === undefined || options.flows.includes(flow.id))
      .map(({ id, renamedFrom, targets }) => ({ name: id, renamedFrom, targets: targets.map((each) => each.name) })),
  });
  if (opened !== null) return opened.id;
  const open = await findOpenRun(tx, target.uid);
  throw new Failure('run/already_running', {
    message: `Run \`${open?.id ?? ''}\` of pipeline \`${target.id}\` is ${open?.state ?? 'open'}.`,
    hint: 'Follow it with `pipewright status`, or cancel it first.',
    details: { runId: open?.id ?? null },
  });
}

export async function replayRun(context: ApiContext, caller: Caller, id: string, version: 'same' | 'current') {
  const runId = await context.store.account(caller.accountId, async (tx) => {
    const former = await findRun(tx, id);
    if (!hasEnded(former.state)) throw stillOpen(former);
    const target = await runTarget(tx, former.pipelineUid, version === 'same' ? former.version : undefined);
    const names = [...new Set(former.flows.map((flow) => flow.flow))];
    const flows = names.filter((name) => target.plan.flows.some((flow) => flow.id === name));
    return openOrRefuse(tx, context.tariffs, caller, target, 'replay', { replayOf: former.id, flows });
  });
  return getRunView(context, caller.accountId, runId);
}

/** Reads a period of one flow again without touching its checkpoint. */
export async function backfill(
  context: ApiContext,
  caller: Caller,
  pipeline: string,
  request: { readonly flow: string; readonly from: string; readonly to: string },
) {
  if (!(Date.parse(request.from) < Date.parse(request.to))) throw badPeriod();
  const runId = await context.store.account(caller.accountId, async (tx) => {
    const target = await runTarget(tx, pipeline);
    return openOrRefuse(tx, context.tariffs, caller, target, 'backfill', {
      flows: [request.flow],
      period: { from: request.from, to: request.to },
    });
  });
  return getRunView(context, caller.accountId, runId);
}

export async function askOfRun(
  context: ApiContext,
  caller: Caller,
  id: string,
  request: 'pause' | 'resume' | 'cancel',
) {
  await context.store.account(caller.accountId, async (tx) => {
    const run = await findRun(tx, id);
    await requestOfRun(tx, caller.accountId, run.id, request);
  });
  return getRunView(context, caller.accountId, id);
}

export async function listRuns(
  context: ApiContext,
  accountId: AccountId,
  query: PageQuery & { readonly pipeline?: string; readonly state?: readonly string[] },
) {
  const limit = limitOf(query);
  const after = afterOf(query, uuidForm);
  return context.store.account(accountId, async (tx) => {
    const pipelineUid = query.pipeline === undefined ? undefined : (await getPipeline(tx, query.pipeline)).uid;
    const rows = await listRunViews(tx, {
      ...(pipelineUid !== undefined && { pipelineUid }),
      ...(query.state && { states: query.state as RunState[] }),
      after,
      limit: limit + 1,
    });
    const page = pageOf(rows, limit, (last) => last.id);
    return { ...page, items: page.items.map((run) => withTotals(run)) };
  });
}

export async function getRunView(context: ApiContext, accountId: AccountId, id: string) {
  return context.store.account(accountId, (tx) => readRunView(tx, id));
}

/** A run with totals, its rate and, where it can be told, when it will end. */
export async function readRunView(tx: Tx, id: string) {
  const run = await findRun(tx, id);
  return { ...withTotals(run), forecast: await forecastOf(tx, run) };
}

export async function findRun(tx: Tx, id: string): Promise<RunView> {
  const [run] = await listRunViews(tx, { id, limit: 1 });
  if (run !== undefined) return run;
  throw new Failure('api/not_found', {
    message: `There is no run \`${id}\`.`,
    hint: 'List the runs of a pipeline with `pipewright status <pipeline>`.',
  });
}

export function withTotals(run: RunView) {
  return { ...run, totals: totalsOf(run), recordsPerSecond: rateOf(run) };
}

export type RunBody = ReturnType<typeof withTotals>;

/** A flow's targets share what it read, so these are counted once; what was written adds up. */
function totalsOf(run: RunView) {
  const totals = { read: 0, filtered: 0, written: 0, unchanged: 0, deleted: 0, deadLetters: 0, waiting: 0 };
  const reads = new Map<string, { read: number; filtered: number }>();
  for (const flow of run.flows) {
    totals.written += flow.written;
    totals.unchanged += flow.unchanged;
    totals.deleted += flow.deleted;
    totals.deadLetters += flow.deadLetters;
    totals.waiting += flow.waiting;
    const former = reads.get(flow.flow);
    reads.set(flow.flow, {
      read: Math.max(former?.read ?? 0, flow.read),
      filtered: Math.max(former?.filtered ?? 0, flow.filtered),
    });
  }
  for (const { read, filtered } of reads.values()) {
    totals.read += read;
    totals.filtered += filtered;
  }
  return totals;
}

function rateOf(run: RunView): number | null {
  if (run.startedAt === null) return null;
  const elapsedMs = (run.endedAt ?? new Date()).getTime() - run.startedAt.getTime();
  return elapsedMs < 100 ? null : Math.round((totalsOf(run).read / elapsedMs) * 10_000) / 10;
}

/** Full reads take about as many records as the last finished run of the same kind did; others cannot be told. */
async function forecastOf(tx: Tx, run: RunView) {
  const rate = rateOf(run);
  if (hasEnded(run.state) || rate === null || rate === 0) return null;
  const version = await getVersion(tx, run.pipelineUid, run.version);
  const plan = version.plan as unknown as Plan;
  const isFull = run.flows.every((each) => plan.flows.find((flow) => flow.id === each.flow)?.from.read === 'full');
  if (!isFull) return null;
  const former = await readOfFormerRun(tx, run);
  if (former.size === 0) return null;
  let expected = 0;
  for (const read of former.values()) expected += read;
  const remaining = Math.max(0, expected - totalsOf(run).read);
  return { records: expected, remaining, endsAt: new Date(Date.now() + (remaining / rate) * 1_000) };
}

function nothingToRun(): Failure {
  return new Failure('api/bad_request', {
    message: 'The request names neither a pipeline nor a definition.',
    hint: 'Send `pipeline` with the id of a published one, or `definition` with the text of one.',
  });
}

function unpublished(id: string): Failure {
  return new Failure('definition/not_found', {
    message: `Pipeline \`${id}\` has no published version.`,
    hint: 'Publish its draft first.',
  });
}

function neverPublished(id: string, version: number): Failure {
  return new Failure('definition/not_found', {
    message: `Version ${version} of \`${id}\` was only previewed, never published.`,
    hint: 'Apply its preview, or publish its text.',
  });
}

export function refusePaused({ id, state }: PipelineRow): void {
  if (state !== 'paused') return;
  throw new Failure('run/pipeline_paused', {
    message: `Pipeline \`${id}\` is paused.`,
    hint: `Let it go on with \`pipewright resume ${id}\` first.`,
  });
}

function stillOpen(run: RunView): Failure {
  return new Failure('run/already_running', {
    message: `Run \`${run.id}\` is still ${run.state}.`,
    hint: 'Replay it when it has ended.',
    details: { runId: run.id },
  });
}

function badPeriod(): Failure {
  return new Failure('api/bad_request', {
    message: 'The period does not begin before it ends.',
    hint: 'Give `from` and `to` as times with a zone, such as `2026-01-01T00:00:00Z`.',
  });
}
