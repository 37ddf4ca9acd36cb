import type { JsonValue } from '../../core/json.js';
import { keyText, type SourceRecord } from '../../core/record.js';

/** Records of one side with their keys. */
export type Keyed = readonly (readonly [key: string, record: SourceRecord])[];

interface Side {
  /** Field whose equal values make a pair. */
  readonly match: string;
  /** Field that holds the key; null = the record's own key. */
  readonly by: string | null;
}

/** Pairs of keys whose records have equal values of the matched field, or values that `pairs` puts together. */
export function matchValues(
  table: { readonly from: Side; readonly to: Side; readonly pairs?: Readonly<Record<string, JsonValue>> },
  from: Keyed,
  to: Keyed,
): Record<string, JsonValue> {
  const pairs = new Map(Object.entries(table.pairs ?? {}).map(([own, other]) => [plain(own), plain(String(other))]));
  const targets = new Map<string, string>();
  for (const [ownKey, record] of to) {
    const value = matchedValue(record, table.to.match);
    const key = keyIn(table.to, ownKey, record);
    // The first of several counts, so that a table does not change with what is added later.
    if (value !== null && key !== null && !targets.has(value)) targets.set(value, key);
  }
  const entries: Record<string, JsonValue> = Object.create(null);
  for (const [ownKey, record] of from) {
    const value = matchedValue(record, table.from.match);
    const key = keyIn(table.from, ownKey, record);
    const target = value === null ? undefined : targets.get(pairs.get(value) ?? value);
    if (target !== undefined && key !== null) entries[key] = target;
  }
  return entries;
}

/** The key by which a table knows a record. */
export function keyIn(side: Side, ownKey: string, record: SourceRecord): string | null {
  return side.by === null ? ownKey : keyText(record[side.by]);
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
