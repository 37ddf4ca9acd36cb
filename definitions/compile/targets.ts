import type { FailureReport } from '../../core/failures.js';
import type { ProducedChange, ProducedRef, ResolvedValueTables, Work } from '../plan/compiled.js';
import type { TargetPlan } from '../plan/plan.js';
import { rejectionReport } from './failures.js';
import { compileField, compileRef, type RefRun } from './fields.js';
import { refuseNames } from './paths.js';
import { type CompiledField, compileRecord, type Progress } from './record.js';

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
  const place: Progress = { field: '', hasAbsent: false };
  return (work) => {
    try {
      const made = build(work, place);
      if (refs.length === 0) return { target: index, fields: made, refs: noRefs };
      const found: ProducedRef[] = [];
      for (const ref of refs) {
        place.field = ref.name;
        found.push(ref.run(work));
      }
      return { target: index, fields: made, refs: found };
    } catch (error) {
      return rejectionReport(error, { stream, field: place.field === '' ? null : place.field, target: index });
    }
  };
}

const noRefs: readonly ProducedRef[] = [];
