import type { JsonObject } from '../../../core/json.js';
import type { Expansion } from '../streams/stream.js';
import { decodeValue } from '../values.js';

/** What is read along may be part of a stream or of a list of details. */
interface Expanding {
  readonly expand?: Expansion;
}

/** `Contact($select=Id,Name,Email)`; only lookups can be expanded. */
export function expansionOf({ expand }: Expanding): string | null {
  return expand === undefined ? null : `${expand.lookup}($select=${expand.fields.join(',')})`;
}

/** Names of the fields that are read along: `ContactName`, `ContactEmail`. */
export function expandedNames({ expand }: Expanding): readonly string[] {
  return (expand?.fields ?? []).map((field) => `${expand?.lookup}${field}`);
}

/** The fields that are read along, from a row of an answer. */
export function expandedFields({ expand }: Expanding, row: JsonObject): JsonObject {
  if (expand === undefined) return {};
  const named = row[expand.lookup];
  const record = named !== null && typeof named === 'object' && !Array.isArray(named) ? named : undefined;
  return Object.fromEntries(
    expand.fields.map((field) => [`${expand.lookup}${field}`, decodeValue(record?.[field] ?? null, 'text')]),
  );
}
