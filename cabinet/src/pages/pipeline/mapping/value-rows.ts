import { isMap, type JsonMap } from './json-map.js';
import type { DefinitionModel } from './model.js';
import type { SampleView } from './stream-data.js';
import { meaningsOf, plain } from './synonyms.js';

export interface Value {
  readonly value: string;
  readonly title: string;
}

export interface TableUse {
  readonly flow: string;
  readonly target: string | null;
  readonly field: string;
}

/** Fields whose values a table translates. */
export function usesOfTable(model: DefinitionModel, table: string): TableUse[] {
  return model.flows.flatMap((flow) =>
    flow.targets.flatMap((target) =>
      [...target.map].flatMap(([field, value]) =>
        isMap(value) && value.values === table ? [{ flow: flow.name, target: target.name, field }] : [],
      ),
    ),
  );
}

/** A table built from two streams or from captions has pairs of its own under `also`. */
export function isBuilt(table: JsonMap | undefined): boolean {
  return table !== undefined && (Object.hasOwn(table, 'captions') || (isMap(table) && Object.hasOwn(table, 'match')));
}

/** The entries of a table as they stand, by the text of their keys. */
export function entriesOf(table: JsonMap | undefined): ReadonlyMap<string, unknown> {
  const entries = isBuilt(table) ? table?.also : table;
  return new Map(Object.entries(isMap(entries) ? entries : {}));
}

/** Different values of a field in records, as choices. */
export function seenValues(samples: readonly SampleView[], path: string): Value[] {
  const values = samples.flatMap(({ record }) => {
    const value = at(record, path);
    return Array.isArray(value) ? value : [value];
  });
  const texts = values.flatMap((value) =>
    typeof value === 'string' || typeof value === 'number' ? [String(value)] : [],
  );
  return [...new Set(texts.filter((text) => text !== ''))].sort().map((value) => ({ value, title: value }));
}

/** Records as choices: their keys, with the caption that says most. */
export function recordValues(samples: readonly SampleView[]): Value[] {
  return samples.flatMap(({ key, record }) => (key === null ? [] : [{ value: key, title: captionOf(record) ?? key }]));
}

function captionOf(record: JsonMap): string | null {
  for (const wanted of ['name', 'email', 'lastname']) {
    const found = Object.entries(record).find(
      ([name, value]) => typeof value === 'string' && value !== '' && meaningsOf(name).includes(wanted),
    );
    if (found !== undefined) return String(found[1]);
  }
  return null;
}

function at(record: unknown, path: string): unknown {
  let value = record;
  for (const [, name, quoted, index] of path.matchAll(/\.?([^.[\]]+)|\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]/g)) {
    if (index !== undefined) value = Array.isArray(value) ? value[Number(index)] : undefined;
    else value = isMap(value) ? value[name ?? quoted ?? ''] : undefined;
  }
  return value;
}

/** Pairs of values that are not in the table yet and mean the same by code or by name. */
export function suggestValues(
  sources: readonly Value[],
  targets: readonly Value[],
  entries: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const source of sources) {
    if (entries.has(source.value)) continue;
    const names = [source.title, source.value].map(plain).filter((name) => name !== '');
    const hit =
      targets.find((target) => names.includes(plain(target.title))) ??
      targets.find((target) => names.includes(plain(target.value)));
    if (hit !== undefined) found.set(source.value, hit);
  }
  return found;
}
