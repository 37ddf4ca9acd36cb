import type { FailureReport } from '../../core/failures.js';
import type { ProducedChange, ProducedRef, ResolvedValueTables, Work } from '../plan/compiled.js';
import type { TargetPlan } from '../plan/plan.js';
import { rejectionReport } from './failures.js';
import { compileField, compileRef, type RefRun } from './fields.js';
import { refuseNames } from './paths.js';
import { type CompiledField, compileRecord, failingField } from './record.js';

/** A target's mapping as one function that never throws. */
export function compileTarget(
  target: TargetPlan,
  index: number,
  stream: string,
  values: ResolvedValueTables,
  names: ReadonlySet<string>,
): (work: Work) => ProducedChange | FailureReport {
  const fields: CompiledField[] = [];
  const refs: { readonly name: string; readonly run: RefRun }[] = [];
  for (const plan of target.map) {
    refuseNames([plan.field]);
    if (plan.source.kind === 'ref') refs.push({ name: plan.field, run: compileRef(plan.field, plan.source, names) });
    else fields.push({ name: plan.field, run: compileField(plan, values) });
  }
  const build = compileRecord(fields);
  const failed = (error: unknown, field: string, work: Work): FailureReport => {
    const name = field === '' ? failingField(fields, work) : field;
    return rejectionReport(error, { stream, field: name === '' ? null : name, target: index });
  };
  return (work) => {
    let field = '';
    try {
      const made = build(work);
      if (refs.length === 0) return { target: index, fields: made, refs: noRefs };
      const found: ProducedRef[] = [];
      for (const ref of refs) {
        field = ref.name;
        found.push(ref.run(work));
      }
      return { target: index, fields: made, refs: found };
    } catch (error) {
      return failed(error, field, work);
    }
  };
}

const noRefs: readonly ProducedRef[] = [];
