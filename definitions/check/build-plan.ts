import type { StreamDeclaration } from '../../connectors/kit/contract.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import type {
  ErrorPolicy,
  FieldCast,
  FieldPlan,
  FieldSource,
  FieldTypes,
  FlowPlan,
  Path,
  Plan,
  RefSource,
  SourcePlan,
  StepPlan,
  TargetPlan,
  TriggerPlan,
  ValueTablePlan,
} from '../plan/plan.js';
import type { Definition } from '../schema/definition.js';
import type { SlotFacts } from './context.js';
import { durationMs, shareOf } from './durations.js';
import { isCurrencyCode } from './field-checks.js';
import { declaredField } from './field-names.js';
import { parsePath, parseRef, parseStream } from './paths.js';
import { isCaptionTable, isMatchedTable } from './shape.js';

type DefinitionFlow = Definition['flows'][string];
type DefinitionStep = NonNullable<DefinitionFlow['steps']>[number];
type DefinitionTarget = Exclude<DefinitionFlow['to'], readonly unknown[]>;
type DefinitionMap = NonNullable<DefinitionFlow['map']>;

/** Turns a definition that has passed every check into the plan, with all defaults written out. */
export function buildPlan(definition: Definition, slots: ReadonlyMap<string, SlotFacts>): Plan {
  const planner = new Planner(definition, slots);
  const flows = Object.entries(definition.flows).map(([id, flow]) => planner.flow(id, flow));
  return {
    version: 1,
    pipeline: definition.pipeline,
    title: definition.title ?? definition.pipeline,
    slots: mapValues(definition.connections, (slot) => ({ connector: slot.connector })),
    trigger: triggerPlan(definition.trigger),
    flows: inOrder(flows),
    values: mapValues(definition.values ?? {}, tablePlan),
    errors: errorPolicy(definition.errors),
  };
}

class Planner {
  constructor(
    readonly definition: Definition,
    readonly slots: ReadonlyMap<string, SlotFacts>,
  ) {}

  flow(id: string, flow: DefinitionFlow): FlowPlan {
    const targets = Array.isArray(flow.to)
      ? flow.to.map((target) => this.#target(id, target, target.name ?? '', target.map ?? {}))
      : [this.#target(id, flow.to, '', flow.map ?? {})];
    return {
      id,
      renamedFrom: flow.renamed_from ?? null,
      after: after(id, targets),
      from: this.#source(flow.from, pathsOf(targets)),
      steps: (flow.steps ?? []).map((step) => this.#step(step)),
      targets,
    };
  }

  #stream(text: string) {
    const { slot, stream } = parseStream(text) ?? { slot: '', stream: text };
    return { slot, stream, declaration: this.slots.get(slot)?.streams?.get(stream) ?? null };
  }

  #source(from: DefinitionFlow['from'], mapped: readonly Path[]): SourcePlan {
    const { slot, stream, declaration } = this.#stream(from.stream);
    const read = from.read ?? 'full';
    return {
      slot,
      stream,
      read,
      key: texts(from.key) ?? declaration?.key ?? null,
      cursor: read === 'incremental' ? (texts(from.cursor) ?? declaration?.read?.cursor ?? null) : null,
      start: json(from.start),
      lagMs: ms(from.lag, 0),
      where: jsonObject(from.where),
      fieldTypes: fieldTypes(
        declaration,
        mapped.map((path) => String(path[0] ?? '')),
      ),
    };
  }

  #step(step: DefinitionStep): StepPlan {
    if (step.where !== undefined) return { kind: 'where', expr: step.where };
    if (step.lookup) {
      const { lookup } = step;
      const { slot, stream, declaration } = this.#stream(lookup.from);
      return {
        kind: 'lookup',
        as: lookup.as,
        slot,
        stream,
        key: path(lookup.key),
        by: lookup.by ?? declaration?.key?.[0] ?? '',
        many: lookup.many ?? false,
        onMissing: lookup.on_missing ?? 'keep',
      };
    }
    if (step.enrich) {
      const { enrich } = step;
      const { slot, stream } = this.#stream(enrich.with);
      const onMissing = enrich.on_missing ?? 'keep';
      const freshMs = enrich.fresh === undefined ? null : ms(enrich.fresh, 0);
      return { kind: 'enrich', as: enrich.as, slot, lookup: stream, key: path(enrich.key), onMissing, freshMs };
    }
    if (step.split) {
      const { split } = step;
      return {
        kind: 'split',
        path: path(split.path),
        as: split.as,
        key: split.key === undefined ? null : path(split.key),
      };
    }
    if (step.set) return { kind: 'set', names: Object.entries(step.set).map(([name, expr]) => ({ name, expr })) };
    return { kind: 'require', rules: (step.require ?? []).map(({ that, message }) => ({ that, message })) };
  }

  #target(flow: string, target: DefinitionTarget, name: string, map: DefinitionMap): TargetPlan {
    const { slot, stream, declaration } = this.#stream(target.stream);
    const fieldName = (key: string) => (declaration ? (declaredField(declaration, key)?.name ?? key) : key);
    return {
      name,
      slot,
      stream,
      write: target.write ?? 'upsert',
      matchOn: (texts(target.match_on) ?? []).map(fieldName),
      onConflict: target.on_conflict ?? 'source_wins',
      onDelete: onDelete(target.on_delete),
      merge: target.merge ?? false,
      createFields: target.create_fields ?? [],
      batch: target.batch ?? null,
      map: Object.entries(map).map(([key, field]) => this.#field(flow, fieldName(key), field)),
      fieldTypes: fieldTypes(declaration, Object.keys(map).map(fieldName)),
    };
  }

  #field(flow: string, name: string, field: DefinitionMap[string]): FieldPlan {
    if (typeof field === 'string') {
      return { field: name, source: { kind: 'path', path: path(field) }, values: null, as: null, fallback: null };
    }
    return {
      field: name,
      source: this.#fieldSource(flow, field),
      values: field.values ?? null,
      as: castPlan(field),
      fallback: Object.hasOwn(field, 'default') ? { value: json(field.default) } : null,
    };
  }

  #fieldSource(flow: string, field: Exclude<DefinitionMap[string], string>): FieldSource {
    if (field.from !== undefined) return { kind: 'path', path: path(field.from) };
    if (field.expr !== undefined) return { kind: 'expr', expr: field.expr };
    if (field.ref === undefined) return { kind: 'value', value: json(field.value) };
    const ref = parseRef(field.ref) ?? { pipeline: null, flow: '', target: '' };
    const isOwn = ref.pipeline === null || ref.pipeline === this.definition.pipeline;
    return {
      kind: 'ref',
      pipeline: isOwn ? null : ref.pipeline,
      flow: ref.flow,
      target: ref.target === '' && isOwn ? this.#onlyTarget(ref.flow) : ref.target,
      by: path(field.by ?? ''),
      missing: field.missing === null ? 'null' : (field.missing ?? 'wait'),
      late: field.late === true || (isOwn && ref.flow === flow),
    };
  }

  #onlyTarget(flow: string): string {
    const to = this.definition.flows[flow]?.to;
    return Array.isArray(to) ? (to[0]?.name ?? '') : '';
  }
}

/** Paths that the targets take straight from a record; what expressions use is checked when they run. */
function pathsOf(targets: readonly TargetPlan[]): Path[] {
  const sources = targets.flatMap((target) => target.map.map((field) => field.source));
  return sources.flatMap((source) =>
    source.kind === 'path' ? [source.path] : source.kind === 'ref' ? [source.by] : [],
  );
}

function fieldTypes(declaration: StreamDeclaration | null, names: readonly string[]): FieldTypes {
  const types: Record<string, string> = {};
  for (const name of names) {
    const field = declaration?.fields.find((candidate) => candidate.name === name);
    if (field !== undefined) types[name] = field.type;
  }
  return types;
}

function after(id: string, targets: readonly TargetPlan[]): string[] {
  const refs = targets
    .flatMap((target) => target.map.map((field) => field.source))
    .filter((source) => source.kind === 'ref');
  const flows = refs
    .filter((ref: RefSource) => ref.pipeline === null && !ref.late && ref.flow !== id)
    .map((ref) => ref.flow);
  return [...new Set(flows)].sort();
}

/** Flows so that each stands behind those it refers to; otherwise as they were written. */
function inOrder(flows: readonly FlowPlan[]): FlowPlan[] {
  const ordered: FlowPlan[] = [];
  const placed = new Set<string>();
  let left = [...flows];
  while (left.length > 0) {
    const next = left.find((flow) => flow.after.every((id) => placed.has(id))) ?? left[0];
    if (!next) break;
    ordered.push(next);
    placed.add(next.id);
    left = left.filter((flow) => flow !== next);
  }
  return ordered;
}

function castPlan(field: Exclude<DefinitionMap[string], string>): FieldCast | null {
  switch (field.as) {
    case undefined:
      return null;
    case 'phone':
      return { kind: 'phone', region: field.region ?? null };
    case 'money': {
      const currency = field.currency ?? '';
      return { kind: 'money', currency: isCurrencyCode(currency) ? { code: currency } : { path: path(currency) } };
    }
    default:
      return { kind: field.as };
  }
}

function onDelete(rule: DefinitionTarget['on_delete']): TargetPlan['onDelete'] {
  if (rule === 'delete') return { kind: 'delete' };
  return typeof rule === 'object' ? { kind: 'mark', fields: jsonObject(rule.mark) } : { kind: 'ignore' };
}

function triggerPlan(trigger: Definition['trigger']): TriggerPlan {
  if (trigger === undefined || typeof trigger === 'string') return { kind: 'manual' };
  if (trigger.every !== undefined) return { kind: 'every', everyMs: ms(trigger.every, 0) };
  if (trigger.webhook !== undefined) return { kind: 'webhook', reconcileMs: ms(trigger.webhook.reconcile, 3_600_000) };
  return {
    kind: 'cron',
    cron: (trigger.cron ?? '').trim().replace(/\s+/g, ' '),
    zone: trigger.zone ?? 'UTC',
    overlap: trigger.overlap ?? 'skip',
    catchUpMs: ms(trigger.catch_up, 600_000),
  };
}

function tablePlan(table: Record<string, unknown>): ValueTablePlan {
  if (isCaptionTable(table)) {
    return {
      kind: 'captions',
      ...(parseStream(String(table.captions)) ?? { slot: '', stream: '' }),
      field: String(table.field),
      isReversed: table.reverse === true,
      also: jsonObject(table.also),
    };
  }
  if (!isMatchedTable(table)) return { kind: 'fixed', entries: jsonObject(table) };
  const side = (name: 'from' | 'to') => ({
    ...(parseStream(String(table[name])) ?? { slot: '', stream: '' }),
    match: sideOf(table.match, name) ?? '',
    by: sideOf(table.by, name),
  });
  return {
    kind: 'matched',
    from: side('from'),
    to: side('to'),
    pairs: jsonObject(table.pairs),
    also: jsonObject(table.also),
  };
}

/** A setting of one side: one text for both, or one for each. */
export function sideOf(value: unknown, side: 'from' | 'to'): string | null {
  if (typeof value === 'string') return value;
  const own = isJsonObject(value as JsonValue) ? (value as JsonObject)[side] : undefined;
  return typeof own === 'string' ? own : null;
}

function errorPolicy(errors: Definition['errors']): ErrorPolicy {
  const stop = errors?.stop_when;
  return {
    rejected: errors?.rejected ?? 'dead_letter',
    drift: errors?.drift ?? 'pause',
    stopWhen: stop ? { share: shareOf(stop.rejected) ?? 1, ofLast: stop.of_last ?? 1000 } : null,
  };
}

function path(text: string): Path {
  const parsed = parsePath(text);
  return 'path' in parsed ? parsed.path : [];
}

function texts(value: string | string[] | undefined): string[] | null {
  if (value === undefined) return null;
  return typeof value === 'string' ? [value] : value;
}

function ms(text: string | undefined, otherwise: number): number {
  return text === undefined ? otherwise : (durationMs(text) ?? otherwise);
}

/** What comes from the text is JSON already: the text tree holds nothing else. */
function json(value: unknown): JsonValue {
  return value === undefined ? null : (value as JsonValue);
}

function jsonObject(value: unknown): JsonObject {
  return value === undefined ? {} : (value as JsonObject);
}

function mapValues<T, U>(values: Readonly<Record<string, T>>, make: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, make(value)]));
}
