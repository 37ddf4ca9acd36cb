import type { CompiledFlow, ResolvedValueTables } from '../plan/compiled.js';
import type { FlowPlan } from '../plan/plan.js';
import { compileSteps } from './steps.js';
import { compileTarget } from './targets.js';

export interface CompileOptions {
  /** Every value table that the flow names, `matched` ones already looked up. */
  readonly values: ResolvedValueTables;
}

/**
 * A flow as plain functions, made once per pipeline version. Throws `definition/invalid` only for plans that no check
 * has passed; what goes wrong with a record becomes its failure.
 */
export function compileFlow(flow: FlowPlan, options: CompileOptions): CompiledFlow {
  const stream = `${flow.from.slot}.${flow.from.stream}`;
  const { stages, names } = compileSteps(flow.steps, stream);
  const targets = flow.targets.map((target, index) => compileTarget(target, index, stream, options.values, names));
  const [only] = targets;
  if (only && targets.length === 1) return { stages, produce: (work) => [only(work)] };
  return { stages, produce: (work) => targets.map((target) => target(work)) };
}
