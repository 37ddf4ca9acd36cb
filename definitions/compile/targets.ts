import type { FailureReport } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { ProducedChange, ProducedRef, ResolvedValueTables, Work } from '../plan/compiled.js';
import type { TargetPlan } from '../plan/plan.js';
import { Rejection, rejectionReport } from './failures.js';
import { compileField, compileRef, type FieldRun, type RefRun } from './fields.js';
import { refuseNames } from './paths.js';

/** Largest change, as JSON. */
const maxChangeBytes = 1024 * 1024;

interface CompiledField {
  readonly name: string;
  readonly run: FieldRun;
}

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
  return (work) => {
    let at = '';
    try {
      const made: JsonObject = {};
      let size = 0;
      for (const field of fields) {
        at = field.name;
        const value = field.run(work);
        if (value === undefined) continue;
        made[field.name] = value;
        size += typeof value === 'string' ? value.length : sizeHint(value);
      }
      if (size > maxChangeBytes / 8 && byteLength(made) > maxChangeBytes) {
        at = '';
        throw tooLarge();
      }
      return {
        target: index,
        fields: made,
        refs:
          refs.length === 0
            ? noRefs
            : refs.map((ref) => {
                at = ref.name;
                return ref.run(work);
              }),
      };
    } catch (error) {
      return rejectionReport(error, { stream, field: at === '' ? null : at, target: index });
    }
  };
}

const noRefs: readonly ProducedRef[] = [];

/** A lower bound that is cheap: JSON is at most six times as long, plus the names. */
function sizeHint(value: JsonValue): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  let size = 8;
  for (const member of Object.values(value)) size += 8 + sizeHint(member);
  return size;
}

function byteLength(fields: JsonObject): number {
  return new TextEncoder().encode(JSON.stringify(fields)).length;
}

function tooLarge(): Rejection {
  return new Rejection(
    'map/too_large',
    'The change for one record is larger than 1 MB.',
    'Leave large fields out, or `split` the record into parts.',
  );
}
