import type { Reader, StreamDeclaration } from '../../connectors/kit/index.js';
import { Failure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import type { CompiledFlow, Stage } from '../../definitions/plan/compiled.js';
import type { FlowPlan, Plan, TargetPlan } from '../../definitions/plan/plan.js';
import { ensureTarget } from '../../store/connections.js';
import type { FlowLease } from '../../store/leases.js';
import { linkId } from '../../store/links.js';
import type { RunRow } from '../../store/runs.js';
import type { OpenedConnection } from '../connections.js';
import type { Dependencies } from '../dependencies.js';
import { Doubts } from './doubts.js';
import type { FlowEnvironment, RefFlow, StepAnswers, TargetRuntime } from './flow-environment.js';

const defaultPageSize = 250;

/** What is known of a run before its flow is opened. */
export interface FlowPlace {
  readonly accountId: string;
  readonly run: RunRow;
  readonly pipelineId: string;
  readonly plan: Plan;
  readonly flow: FlowPlan;
  readonly compiled: CompiledFlow;
  readonly flowId: number;
}

/** Opens everything one slice of one flow needs: streams, reader, writers, look-ups, references. */
export async function openFlow(
  deps: Dependencies,
  place: FlowPlace,
  lease: FlowLease,
  connections: ReadonlyMap<string, OpenedConnection>,
  signal: AbortSignal,
): Promise<FlowEnvironment> {
  const { flow, run, accountId } = place;
  const streams = new StreamFinder(connections, signal);
  const source = await streams.find(flow.from.slot, flow.from.stream);
  const sourceKey = flow.from.key ?? source.key;
  const targets: TargetRuntime[] = [];
  for (const [index, target] of flow.targets.entries()) {
    targets.push(await openTarget(deps, place, lease, streams, target, index));
  }
  const sealer = await deps.vault.sealer(accountId);
  return {
    store: deps.store,
    lease,
    place: {
      accountId,
      runId: run.id,
      pipelineUid: run.pipelineUid,
      flowId: place.flowId,
      version: run.version,
      token: lease.token,
    },
    kind: run.kind,
    options: run.options,
    flow,
    compiled: place.compiled,
    sourceKey,
    reader: openReader(place, streams, source, sourceKey),
    sourceStream: source,
    findBy: source.read?.findBy ?? [],
    targets,
    stepAnswers: await openSteps(place, streams),
    refFlows: await findRefFlows(deps, place),
    seal: sealer,
    unseal: (where, sealed) => deps.vault.open(accountId, where, sealed),
    openDeadLetters: await readOpenDeadLetters(deps, accountId, place.flowId),
    events: deps.events,
    doubts: new Doubts(),
    previewId: run.kind === 'preview' ? (run.options.previewId ?? null) : null,
  };
}

/** Stream declarations of open connections; the vendor is asked, once, only for streams that are not declared. */
export class StreamFinder {
  readonly #asked = new Map<string, Promise<readonly StreamDeclaration[]>>();

  constructor(
    readonly connections: ReadonlyMap<string, OpenedConnection>,
    readonly signal: AbortSignal,
  ) {}

  opened(slot: string): OpenedConnection {
    const opened = this.connections.get(slot);
    if (opened !== undefined) return opened;
    throw new Failure('definition/unbound_slot', {
      message: `Slot \`${slot}\` is not bound to a connection.`,
      hint: `Bind it with \`--connection ${slot}=<name>\` when publishing or running.`,
    });
  }

  async find(slot: string, name: string): Promise<StreamDeclaration> {
    const opened = this.opened(slot);
    const isNamed = (stream: StreamDeclaration) => stream.name === name;
    const declared = opened.connector.declaredStreams(opened.row.settings)?.find(isNamed);
    if (declared !== undefined) return declared;
    const all = await this.#ask(slot, opened);
    const found = all.find(isNamed);
    if (found !== undefined) return found;
    throw new Failure('read/unknown_stream', {
      message: `Connection \`${opened.row.name}\` has no stream \`${name}\`.`,
      hint: `Known streams: ${all
        .map((stream) => stream.name)
        .sort()
        .join(', ')}.`,
    });
  }

  /** The stream as the account has it now; null where it is gone. */
  async findNow(slot: string, name: string): Promise<StreamDeclaration | null> {
    const all = await this.#ask(slot, this.opened(slot));
    return all.find((stream) => stream.name === name) ?? null;
  }

  #ask(slot: string, opened: OpenedConnection): Promise<readonly StreamDeclaration[]> {
    const asked = this.#asked.get(slot) ?? opened.connection.streams(this.signal);
    this.#asked.set(slot, asked);
    return asked;
  }
}

async function openTarget(
  deps: Dependencies,
  place: FlowPlace,
  lease: FlowLease,
  streams: StreamFinder,
  target: TargetPlan,
  index: number,
): Promise<TargetRuntime> {
  const stream = await streams.find(target.slot, target.stream);
  const opened = streams.opened(target.slot);
  const targetId = await deps.store.account(place.accountId, (tx) =>
    ensureTarget(tx, place.accountId, opened.row.id, target.stream),
  );
  const writer = opened.connection.writer({
    stream: target.stream,
    mode: target.write,
    matchOn: target.matchOn,
    fields: target.map.map((field) => field.field),
    position: lease.state.positions[target.name] ?? null,
    owner: `${place.run.pipelineUid}/${place.flow.id}/${target.name}`,
  });
  return { index, plan: target, stream, connector: opened.connector, writer, targetId };
}

function openReader(
  place: FlowPlace,
  streams: StreamFinder,
  source: StreamDeclaration,
  key: readonly string[] | null,
): Reader {
  const { from } = place.flow;
  return streams.opened(from.slot).connection.reader({
    stream: from.stream,
    mode: place.run.kind === 'backfill' ? 'incremental' : from.read,
    key: key ?? [],
    cursorFields: from.cursor ?? source.read?.cursor ?? null,
    start: from.start,
    lagMs: from.lagMs,
    where: from.where,
    skipsDeletions: place.flow.targets.every((target) => target.onDelete.kind === 'ignore'),
    period: place.run.options.period ?? null,
  });
}

async function openSteps(place: FlowPlace, streams: StreamFinder): Promise<ReadonlyMap<number, StepAnswers>> {
  const answers = new Map<number, StepAnswers>();
  for (const [index, stage] of place.compiled.stages.entries()) {
    if (stage.kind === 'lookup') answers.set(index, await lookupAnswers(streams, stage));
    else if (stage.kind === 'enrich') answers.set(index, enrichAnswers(streams, stage));
  }
  return answers;
}

async function lookupAnswers(streams: StreamFinder, stage: Extract<Stage, { kind: 'lookup' }>): Promise<StepAnswers> {
  const stream = await streams.find(stage.slot, stage.stream);
  const reader = streams.opened(stage.slot).connection.reader({
    stream: stage.stream,
    mode: 'full',
    key: stream.key ?? [stage.by],
    cursorFields: null,
    start: null,
    lagMs: 0,
    where: {},
    period: null,
  });
  return async (keys, signal) => {
    const groups = new Map<string, JsonValue[]>();
    for (let start = 0; start < keys.length; start += defaultPageSize) {
      for (const record of await reader.find(stage.by, keys.slice(start, start + defaultPageSize), signal)) {
        const key = keyText(record[stage.by]);
        if (key === null) continue;
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [record]);
        else group.push(record);
      }
    }
    return new Map([...groups].map(([key, group]) => [key, stage.many ? group : (group[0] ?? null)]));
  };
}

function enrichAnswers(streams: StreamFinder, stage: Extract<Stage, { kind: 'enrich' }>): StepAnswers {
  const opened = streams.opened(stage.slot);
  const size = opened.connector.lookups.find((lookup) => lookup.name === stage.lookup)?.batchSize ?? 1;
  const known = new Map<string, JsonValue | null>();
  return async (keys, signal) => {
    const { lookup } = opened.connection;
    if (lookup === undefined) return new Map();
    const open = keys.filter((key) => !known.has(key));
    for (let start = 0; start < open.length; start += size) {
      const some = open.slice(start, start + size);
      const found = await lookup.call(opened.connection, stage.lookup, some, signal);
      for (const [index, key] of some.entries()) known.set(key, found[index] ?? null);
    }
    return new Map(keys.map((key) => [key, known.get(key) ?? null]));
  };
}

/** Flows that this one refers to, here or in other pipelines of the account. */
async function findRefFlows(deps: Dependencies, place: FlowPlace): Promise<ReadonlyMap<string, RefFlow>> {
  const names = new Set<string>();
  for (const target of place.flow.targets) {
    for (const field of target.map) {
      if (field.source.kind === 'ref')
        names.add(field.source.pipeline === null ? field.source.flow : `${field.source.pipeline}/${field.source.flow}`);
    }
  }
  if (names.size === 0) return new Map();
  const rows = await deps.store.account(place.accountId, (tx) =>
    tx
      .selectFrom('flow')
      .innerJoin('pipeline', 'pipeline.uid', 'flow.pipeline_uid')
      .select(['flow.id', 'flow.name', 'pipeline.id as pipeline', 'pipeline.uid'])
      .where('pipeline.state', '<>', 'deleted')
      .execute(),
  );
  const flows = new Map<string, RefFlow>();
  for (const row of rows) {
    if (row.uid === place.run.pipelineUid && names.has(row.name)) flows.set(row.name, { flowId: row.id });
    if (names.has(`${row.pipeline}/${row.name}`)) flows.set(`${row.pipeline}/${row.name}`, { flowId: row.id });
  }
  return flows;
}

async function readOpenDeadLetters(
  deps: Dependencies,
  accountId: string,
  flowId: number,
): Promise<ReadonlySet<string>> {
  const rows = await deps.store.account(accountId, (tx) =>
    tx
      .selectFrom('dead_letter')
      .select(['source_key', 'part'])
      .where('flow_id', '=', flowId)
      .where('state', 'in', ['open', 'resent'])
      .limit(20_000)
      .execute(),
  );
  return new Set(rows.map((row) => linkId(row.source_key, row.part)));
}
