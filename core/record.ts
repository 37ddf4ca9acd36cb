import type { JsonObject, JsonValue } from './json.js';

/** One record of a stream as the vendor gave it: its own field names, JSON values, money and ids as strings. */
export type SourceRecord = Readonly<JsonObject>;

/** Fields to be written to a target stream, already mapped. An absent name is left alone, null clears. */
export type TargetFields = JsonObject;

/**
 * The identity of a source record within its stream, as text: the key's value, or a JSON list when the key has
 * several fields. Null when a part is absent or null, which the engine turns into a dead letter.
 */
export function sourceKeyOf(record: SourceRecord, key: readonly string[]): string | null {
  if (key.length === 1) return keyText(record[key[0] as string]);
  const parts: string[] = [];
  for (const field of key) {
    const text = keyText(record[field]);
    if (text === null) return null;
    parts.push(text);
  }
  return JSON.stringify(parts);
}

/** A value as it stands in a key: numbers and booleans become text, objects and empty text are no key. */
export function keyText(value: JsonValue | undefined): string | null {
  if (typeof value === 'string') return value === '' ? null : value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return null;
}
