import type { FailureReport } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { keyText, type SourceRecord, sourceKeyOf } from '../../core/record.js';
import { compileFlow } from '../compile/index.js';
import type { ProducedChange, ProducedRef, ResolvedValueTables, Stage, Work } from '../plan/compiled.js';
import type { FlowPlan, Plan } from '../plan/plan.js';
import type { DefinitionTest } from '../schema/definition.js';
import { answerFor, type GivenRecords, givenRecords } from './given.js';

/** What one flow makes of the records that a test gives. */
export interface FlowResult {
  readonly flow: string;
  /** Changes by the name of their target, in order. */
  readonly changes: ReadonlyMap<string, readonly JsonObject[]>;
  readonly failures: readonly FailureReport[];
  /** Source keys that led to a change, by target: what references find. */
  readonly written: ReadonlyMap<string, ReadonlySet<string>>;
}

interface Pending {
  readonly work: Work;
  readonly change: ProducedChange;
}

/** Runs all flows of a plan over given records, without network; references find what other flows produced. */
export function runFlows(plan: Plan, test: DefinitionTest): FlowResult[] {
  const given = givenRecords(plan, test);
  const values = fixedTables(plan);
  const runs = plan.flows.map((flow) => ({ flow, ...produceFlow(flow, given, values) }));
  const written = new Map(runs.map((run) => [run.flow.id, writtenKeys(run.flow, run.pending)]));
  return runs.map(({ flow, pending, failures }) => {
    const changes = new Map<string, JsonObject[]>(flow.targets.map((target) => [target.name, []]));
    const all = [...failures];
    for (const { change } of pending) {
      const fields = withRefs(change, written);
      if ('code' in fields) all.push(fields);
      else changes.get(flow.targets[change.target]?.name ?? '')?.push(fields.fields);
    }
    return { flow: flow.id, changes, failures: all, written: written.get(flow.id) ?? new Map() };
  });
}

function produceFlow(
  flow: FlowPlan,
  given: GivenRecords,
  values: ResolvedValueTables,
): { pending: Pending[]; failures: FailureReport[] } {
  const compiled = compileFlow(flow, { values });
  const records = given.streams.get(`${flow.from.slot}.${flow.from.stream}`) ?? [];
  let work = records.map((record, index) => newWork(flow, record, index));
  for (const stage of compiled.stages) work = runStage(stage, work, given);
  const pending: Pending[] = [];
  const failures: FailureReport[] = [];
  for (const each of work) {
    if (each.failure) failures.push(each.failure);
    if (each.state !== 'open') continue;
    for (const change of compiled.produce(each)) {
      if ('code' in change) failures.push(change);
      else pending.push({ work: each, change });
    }
  }
  return { pending, failures };
}

function newWork(flow: FlowPlan, record: SourceRecord, index: number): Work {
  const key = flow.from.key === null ? likelyKey(record, index) : sourceKeyOf(record, flow.from.key);
  const work: Work = { record, sourceKey: key ?? '', piece: '', names: {}, state: 'open', failure: null };
  if (key !== null) return work;
  work.state = 'rejected';
  work.failure = {
    code: 'map/missing_key',
    kind: 'rejected',
    message: `A given record has no value for its key \`${flow.from.key?.join(', ')}\`.`,
    hint: 'Give the record its key.',
  };
  return work;
}

/** Streams of a connection are not known offline, nor then their keys: the field `id` in any letters stands in. */
function likelyKey(record: SourceRecord, index: number): string {
  const name = Object.keys(record).find((field) => field.toLowerCase() === 'id');
  return (name === undefined ? null : keyText(record[name])) ?? String(index);
}

function runStage(stage: Stage, work: readonly Work[], given: GivenRecords): Work[] {
  const open = work.filter((each) => each.state === 'open');
  if (stage.kind === 'pure') {
    const closed = work.filter((each) => each.state !== 'open');
    return [...stage.apply(open), ...closed];
  }
  for (const each of open) answer(stage, each, given);
  return [...work];
}

function answer(stage: Exclude<Stage, { kind: 'pure' }>, work: Work, given: GivenRecords): void {
  const found = answerFor(stage, stage.keyOf(work), given);
  const isMissing = found === null || (Array.isArray(found) && found.length === 0);
  work.names[stage.as] = found;
  if (!isMissing || stage.onMissing === 'keep') return;
  work.state = stage.onMissing === 'skip' ? 'filtered' : 'rejected';
  if (stage.onMissing === 'skip') return;
  work.failure = {
    code: 'map/lookup_missing',
    kind: 'rejected',
    message: `The step \`${stage.as}\` found nothing.`,
    hint: 'Give it an answer under `lookups`, or set `on_missing`.',
  };
}

function writtenKeys(flow: FlowPlan, pending: readonly Pending[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>(flow.targets.map((target) => [target.name, new Set()]));
  for (const { work, change } of pending) keys.get(flow.targets[change.target]?.name ?? '')?.add(work.sourceKey);
  return keys;
}

/** A reference gives the source key it refers to, since in a test the target has no ids. */
function withRefs(
  change: ProducedChange,
  written: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>,
): { readonly fields: JsonObject } | FailureReport {
  const fields: JsonObject = { ...change.fields };
  for (const ref of change.refs) {
    const known = written.get(ref.source.flow)?.get(ref.source.target);
    const missing = ref.source.pipeline === null ? ref.keys.filter((key) => known?.has(key) !== true) : [];
    if (missing.length > 0 && ref.source.missing !== 'null') return unresolved(ref);
    const keys = ref.keys.filter((key) => !missing.includes(key));
    if (ref.keys.length === 0) continue;
    fields[ref.field] = ref.isList ? keys : (keys[0] ?? null);
  }
  return { fields };
}

function unresolved(ref: ProducedRef): FailureReport {
  return {
    code: 'map/unresolved_ref',
    kind: 'rejected',
    message: `The record that \`${ref.field}\` refers to is not written by flow \`${ref.source.flow}\`.`,
    hint: 'Give that record too, or set `missing: null`.',
    where: { field: ref.field },
  };
}

/** Matched tables ask two accounts, so in a test only their `also` is known. */
function fixedTables(plan: Plan): ResolvedValueTables {
  const tables: Record<string, Readonly<Record<string, JsonValue>>> = {};
  for (const [name, table] of Object.entries(plan.values))
    tables[name] = table.kind === 'fixed' ? table.entries : table.also;
  return tables;
}
