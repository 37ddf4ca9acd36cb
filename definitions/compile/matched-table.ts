import type { JsonValue } from '../../core/json.js';
import { keyText, type SourceRecord } from '../../core/record.js';

/** Records of one side with their keys. */
export type Keyed = readonly (readonly [key: string, record: SourceRecord])[];

/** Pairs of keys whose records have equal values of the matched field, or values that `pairs` puts together. */
export function matchValues(
  table: { readonly match: string; readonly pairs?: Readonly<Record<string, JsonValue>> },
  from: Keyed,
  to: Keyed,
): Record<string, JsonValue> {
  const pairs = new Map(Object.entries(table.pairs ?? {}).map(([own, other]) => [plain(own), plain(String(other))]));
  const targets = new Map<string, string>();
  for (const [key, record] of to) {
    const value = matchedValue(record, table.match);
    // The first of several counts, so that a table does not change with what is added later.
    if (value !== null && !targets.has(value)) targets.set(value, key);
  }
  const entries: Record<string, JsonValue> = Object.create(null);
  for (const [key, record] of from) {
    const value = matchedValue(record, table.match);
    const target = value === null ? undefined : targets.get(pairs.get(value) ?? value);
    if (target !== undefined) entries[key] = target;
  }
  return entries;
}

/** The field's value in plain form; vendors that write the field's name in other letter case are understood. */
function matchedValue(record: SourceRecord, field: string): string | null {
  const name = Object.hasOwn(record, field)
    ? field
    : Object.keys(record).find((candidate) => candidate.toLowerCase() === field.toLowerCase());
  const text = name === undefined ? null : keyText(record[name]);
  return text === null ? null : plain(text);
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
