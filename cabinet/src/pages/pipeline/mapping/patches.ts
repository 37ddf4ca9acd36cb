import type { JsonObject, JsonValue } from '../../../../../core/json.js';
import { mapPath } from '../../../../../definitions/text/edit-places.js';
import {
  dropValue,
  type MapPlace,
  putValue,
  removeMapped,
  setMapped,
  setValueMap,
} from '../../../../../definitions/text/index.js';
import { isMap, type JsonMap } from './json-map.js';
import { modelOf } from './model.js';

interface FieldPlace {
  readonly flow: string;
  readonly target: MapPlace | null;
  readonly field: string;
}

/** Maps a field; of one that is mapped already only the parts that differ are touched. */
export function mapField(text: string, { flow, target, field }: FieldPlace, value: string | JsonMap): string {
  const before = modelOf(text)
    ?.flows.find((each) => each.name === flow)
    ?.targets.find((each) => target === null || each.name === target)
    ?.map.get(field);
  if (!isMap(before) || !isMap(value)) {
    return setMapped(text, flow, field, value as JsonValue, target ?? undefined);
  }
  const path = [...mapPath(text, flow, target ?? undefined), field];
  let result = text;
  // What is new comes first: a field must never be empty in between.
  for (const [name, part] of Object.entries(value)) {
    if (JSON.stringify(before[name]) !== JSON.stringify(part)) {
      result = putValue(result, [...path, name], part as JsonValue);
    }
  }
  for (const name of Object.keys(before)) if (!Object.hasOwn(value, name)) result = dropValue(result, [...path, name]);
  return result;
}

export function unmapField(text: string, { flow, target, field }: FieldPlace): string {
  return removeMapped(text, flow, field, target ?? undefined);
}

/** Several fields at once, in their order. */
export function mapFields(
  text: string,
  flow: string,
  target: MapPlace | null,
  fields: readonly (readonly [field: string, value: string | JsonMap])[],
): string {
  return fields.reduce((made, [field, value]) => mapField(made, { flow, target, field }, value), text);
}

/** Gives a table these entries; lines of entries that stay are not touched. A built table keeps them under `also`. */
export function putEntries(text: string, table: string, entries: JsonObject, isBuilt = false): string {
  const whole = modelOf(text)?.tables.get(table);
  const inside = isBuilt ? whole?.also : whole;
  const path = isBuilt ? ['values', table, 'also'] : ['values', table];
  if (Object.keys(entries).length === 0 && inside !== undefined) return dropValue(text, path);
  const before = isMap(inside) ? inside : {};
  if (Object.keys(before).length === 0) {
    return isBuilt ? putValue(text, path, entries) : setValueMap(text, table, entries);
  }
  let result = text;
  for (const [key, value] of Object.entries(entries)) {
    if (!isSame(before[key], value)) result = putValue(result, [...path, key], value);
  }
  for (const key of Object.keys(before)) if (!Object.hasOwn(entries, key)) result = dropValue(result, [...path, key]);
  return result;
}

/** `142` and `"142"` say the same in a table. */
function isSame(before: unknown, after: JsonValue): boolean {
  return before === after || (typeof before === 'number' && String(before) === after);
}
