import type { Connector, StreamDeclaration } from '../../connectors/kit/index.js';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import type { FlowPlan, Plan, TargetPlan } from '../../definitions/plan/plan.js';

/** What applying asks of one connection. */
export interface ConnectionCost {
  readonly connection: string;
  readonly connector: string;
  /** Requests that look whether records are as the preview saw them. */
  readonly reads: number;
  readonly writes: number;
  /** The least time that the vendor's own limits leave for so many requests; 0 where they are not met. */
  readonly atLeastMs: number;
}

export interface PreviewCost {
  readonly calls: number;
  readonly atLeastMs: number;
  readonly connections: readonly ConnectionCost[];
}

/** Changes of one target that a preview holds back. */
export interface HeldChanges {
  readonly flow: string;
  readonly target: string;
  readonly count: number;
}

interface Bound {
  readonly name: string;
  readonly connector: Connector;
  readonly settings: JsonObject;
}

/** Where a connector cannot tell without asking its account. */
const usualBatch = 50;

/** Requests and time that applying a preview takes, by what the connectors declare. */
export function costOf(
  plan: Plan,
  held: readonly HeldChanges[],
  summary: JsonObject,
  bound: ReadonlyMap<string, Bound>,
): PreviewCost {
  const sums = new Map<string, { reads: number; writes: number }>();
  for (const { flow: id, target: name, count } of held) {
    const flow = plan.flows.find((each) => each.id === id);
    const target = flow?.targets.find((each) => each.name === name);
    if (flow === undefined || target === undefined || count === 0) continue;
    const write = declared(bound.get(target.slot), target)?.write;
    const batch = Math.max(1, target.batch ?? write?.batchSize ?? usualBatch);
    const known = Math.round(count * shareOfKnown(flow, summary));
    const sum = sums.get(target.slot) ?? { reads: 0, writes: 0 };
    sums.set(target.slot, {
      reads: sum.reads + Math.ceil(known / Math.max(batch, usualBatch)),
      writes: sum.writes + Math.ceil(count / batch),
    });
  }
  const connections = [...sums].map(([slot, { reads, writes }]): ConnectionCost => {
    const at = bound.get(slot);
    return {
      connection: at?.name ?? slot,
      connector: at?.connector.id ?? plan.slots[slot]?.connector ?? '',
      reads,
      writes,
      atLeastMs: at === undefined ? 0 : leastMs(at, reads + writes),
    };
  });
  return {
    calls: connections.reduce((sum, { reads, writes }) => sum + reads + writes, 0),
    // Connections work side by side.
    atLeastMs: Math.max(0, ...connections.map((each) => each.atLeastMs)),
    connections,
  };
}

/** How many of a flow's changes are of records that are at the target already: those are looked at once more. */
function shareOfKnown(flow: FlowPlan, summary: JsonObject): number {
  const changes = Array.isArray(summary.changes) ? summary.changes.filter(isJsonObject) : [];
  let [all, known] = [0, 0];
  for (const change of changes) {
    if (change.flow !== flow.id) continue;
    const count = Number(change.count);
    all += count;
    if (change.operation !== 'create') known += count;
  }
  return all === 0 ? 0 : known / all;
}

function declared(bound: Bound | undefined, target: TargetPlan): StreamDeclaration | undefined {
  return bound?.connector.declaredStreams(bound.settings)?.find((each) => each.name === target.stream);
}

function leastMs({ connector, settings }: Bound, calls: number): number {
  const times = connector
    .limits(settings)
    .map(({ requests, perMs, burst }) => Math.max(0, calls - (burst ?? 1)) * (perMs / requests));
  return Math.round(Math.max(0, ...times));
}
