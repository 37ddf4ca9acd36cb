import { compileFlow } from '../../definitions/compile/index.js';
import type { CompiledFlow } from '../../definitions/plan/compiled.js';
import type { ErrorPolicy, FlowPlan, Plan } from '../../definitions/plan/plan.js';
import type { RunRow } from '../../store/runs.js';
import { DeletionGuard } from './deletion-guard.js';
import type { StreamFinder } from './open-flow.js';
import { RejectionWatch } from './rejections.js';
import { resolveValueTables } from './value-tables.js';

const maxFlows = 500;
/** Tables of the accounts' own lists (owners by e-mail, captions) are asked for again after this time. */
const tableLifeMs = 5 * 60_000;

interface Kept {
  readonly compiled: CompiledFlow;
  readonly untilMs: number;
}

/** A worker's compiled flows, by pipeline version: mappings are compiled once, not once a slice. */
export class FlowCache {
  readonly #flows = new Map<string, Kept>();
  readonly #guards = new Map<string, DeletionGuard>();
  readonly #watches = new Map<string, RejectionWatch>();
  readonly #comparedRuns = new Map<string, true>();

  async get(run: RunRow, plan: Plan, flow: FlowPlan, streams: StreamFinder): Promise<CompiledFlow> {
    const key = `${run.pipelineUid}|${run.version}|${flow.id}`;
    const kept = this.#flows.get(key);
    if (kept !== undefined && performance.now() < kept.untilMs) return kept.compiled;
    const compiled = compileFlow(flow, { values: await resolveValueTables(plan, streams) });
    const asksAccounts = Object.values(plan.values).some((table) => table.kind !== 'fixed');
    keep(this.#flows, key, {
      compiled,
      untilMs: asksAccounts ? performance.now() + tableLifeMs : Number.POSITIVE_INFINITY,
    });
    return compiled;
  }

  /** Does `compare` for a run's flow until it has once succeeded in this worker. */
  async once(runId: string, flowId: number, compare: () => Promise<void>): Promise<void> {
    const key = `${runId}|${flowId}`;
    if (this.#comparedRuns.has(key)) return;
    await compare();
    keep(this.#comparedRuns, key, true);
  }

  guard(runId: string, flowId: number): DeletionGuard {
    const key = `${runId}|${flowId}`;
    const guard = this.#guards.get(key) ?? new DeletionGuard();
    keep(this.#guards, key, guard);
    return guard;
  }

  watch(runId: string, flowId: number, policy: ErrorPolicy): RejectionWatch {
    const key = `${runId}|${flowId}`;
    const watch = this.#watches.get(key) ?? new RejectionWatch(policy);
    keep(this.#watches, key, watch);
    return watch;
  }
}

function keep<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const oldest = map.keys().next().value;
  if (map.size > maxFlows && oldest !== undefined) map.delete(oldest);
}
