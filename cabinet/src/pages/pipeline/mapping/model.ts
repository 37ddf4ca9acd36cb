import { parsedText } from '../parsed.js';
import { isMap, type JsonMap, listOf, textOf } from './json-map.js';

/** A place of records: the stream of a slot. */
export interface Place {
  readonly slot: string;
  readonly stream: string;
}

export interface TargetModel {
  /** Name of the target; null for the only one of a flow. */
  readonly name: string | null;
  readonly place: Place | null;
  /** What stands under each mapped field. */
  readonly map: ReadonlyMap<string, unknown>;
  readonly createFields: readonly string[];
}

export interface FlowModel {
  readonly name: string;
  readonly source: Place | null;
  readonly steps: readonly JsonMap[];
  readonly targets: readonly TargetModel[];
}

export interface DefinitionModel {
  /** Connector of each slot. */
  readonly slots: ReadonlyMap<string, string>;
  readonly flows: readonly FlowModel[];
  readonly tables: ReadonlyMap<string, JsonMap>;
}

/** What the mapping pages show of a text; null while it cannot be read. Whatever is not of its shape is left out. */
export function modelOf(text: string): DefinitionModel | null {
  const root: unknown = parsedText(text).tree?.value;
  if (!isMap(root)) return null;
  return {
    slots: new Map(entriesOf(root.connections).map(([slot, value]) => [slot, textOf(value.connector) ?? ''])),
    flows: entriesOf(root.flows).map(([name, flow]) => ({
      name,
      source: isMap(flow.from) ? placeOf(flow.from.stream) : null,
      steps: listOf(flow.steps).filter(isMap),
      targets: targetsOf(flow),
    })),
    tables: new Map(entriesOf(root.values)),
  };
}

function entriesOf(value: unknown): [string, JsonMap][] {
  return Object.entries(isMap(value) ? value : {}).flatMap(([name, member]): [string, JsonMap][] =>
    isMap(member) ? [[name, member]] : [],
  );
}

function targetsOf(flow: JsonMap): TargetModel[] {
  if (Array.isArray(flow.to)) {
    return flow.to.filter(isMap).map((to) => targetOf(to, textOf(to.name) ?? '', to.map));
  }
  return isMap(flow.to) ? [targetOf(flow.to, null, flow.map)] : [];
}

function targetOf(to: JsonMap, name: string | null, map: unknown): TargetModel {
  return {
    name,
    place: placeOf(to.stream),
    map: new Map(Object.entries(isMap(map) ? map : {})),
    createFields: listOf(to.create_fields).filter((each) => typeof each === 'string'),
  };
}

export function placeOf(value: unknown): Place | null {
  if (typeof value !== 'string') return null;
  const dot = value.indexOf('.');
  if (dot <= 0 || dot === value.length - 1) return null;
  return { slot: value.slice(0, dot), stream: value.slice(dot + 1) };
}

/** How a field is given its value. */
export type FieldWay = 'from' | 'expr' | 'value' | 'ref';

/** A field of a map with everything that can be said of it; empty texts are what is not said. */
export interface FieldForm {
  readonly way: FieldWay;
  readonly from: string;
  readonly expr: string;
  readonly value: unknown;
  readonly ref: string;
  readonly by: string;
  readonly missing: '' | 'wait' | 'dead_letter' | 'null';
  readonly isLate: boolean;
  readonly values: string;
  readonly as: string;
  readonly currency: string;
  readonly region: string;
  readonly hasDefault: boolean;
  readonly fallback: unknown;
}

export const emptyForm: FieldForm = {
  way: 'from',
  from: '',
  expr: '',
  value: '',
  ref: '',
  by: '',
  missing: '',
  isLate: false,
  values: '',
  as: '',
  currency: '',
  region: '',
  hasDefault: false,
  fallback: null,
};

export function formOf(field: unknown): FieldForm {
  if (typeof field === 'string') return { ...emptyForm, from: field };
  if (!isMap(field)) return emptyForm;
  const way = (['expr', 'ref', 'value'] as const).find((each) => Object.hasOwn(field, each)) ?? 'from';
  return {
    way,
    from: textOf(field.from) ?? '',
    expr: textOf(field.expr) ?? '',
    value: field.value ?? null,
    ref: textOf(field.ref) ?? '',
    by: textOf(field.by) ?? '',
    missing: missingOf(field),
    isLate: field.late === true,
    values: textOf(field.values) ?? '',
    as: textOf(field.as) ?? '',
    currency: textOf(field.currency) ?? '',
    region: textOf(field.region) ?? '',
    hasDefault: Object.hasOwn(field, 'default'),
    fallback: field.default ?? null,
  };
}

function missingOf(field: JsonMap): FieldForm['missing'] {
  if (Object.hasOwn(field, 'missing') && field.missing === null) return 'null';
  return (['wait', 'dead_letter', 'null'] as const).find((each) => each === field.missing) ?? '';
}

/** What stands in the definition for a form: a path alone where nothing else is said. */
export function fieldOf(form: FieldForm): string | JsonMap {
  if (form.way === 'ref') {
    return {
      ref: form.ref,
      by: form.by,
      ...(form.missing !== '' && form.missing !== 'wait' && { missing: form.missing === 'null' ? null : form.missing }),
      ...(form.isLate && { late: true }),
    };
  }
  const more = {
    ...(form.values !== '' && { values: form.values }),
    ...(form.as !== '' && { as: form.as }),
    ...(form.as === 'money' && form.currency !== '' && { currency: form.currency }),
    ...(form.as === 'phone' && form.region !== '' && { region: form.region }),
    ...(form.hasDefault && { default: form.fallback }),
  };
  if (form.way === 'expr') return { expr: form.expr, ...more };
  if (form.way === 'value') return { value: form.value, ...more };
  return Object.keys(more).length === 0 ? form.from : { from: form.from, ...more };
}

/** Paths of the record that a field takes: what lines are drawn to. */
export function pathsOf(field: unknown): readonly string[] {
  const form = formOf(field);
  if (form.way === 'ref') return form.by === '' ? [] : [form.by];
  if (form.way === 'expr') {
    const found = [...form.expr.matchAll(/\brecord((?:\.[\p{L}\p{N}_$]+|\[\d+\])+)/gu)];
    return [...new Set(found.map(([, path]) => (path ?? '').replace(/^\./, '')))];
  }
  return form.way === 'from' && form.from !== '' ? [form.from] : [];
}
