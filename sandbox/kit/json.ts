/** The values that JSON can hold. */
export type Json = string | number | boolean | null | Json[] | JsonObject;

/** A JSON object; `undefined` stands for an absent key. */
export interface JsonObject {
  [key: string]: Json;
}

/** True for a plain JSON object: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of an own key, or undefined; names such as `constructor` never reach the prototype. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** The key's text, or undefined when it is absent or of another type. */
export function textAt(object: JsonObject, key: string): string | undefined {
  const value = own(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** The key's number, or undefined when it is absent or of another type. */
export function numberAt(object: JsonObject, key: string): number | undefined {
  const value = own(object, key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** Every text or number found at a dotted path; lists on the way are walked, so one path may give several values. */
export function valuesAt(record: Json, path: readonly string[], depth = 0): string[] {
  if (Array.isArray(record)) return record.flatMap((part) => valuesAt(part, path, depth));
  const step = path[depth];
  if (step === undefined) return record === null || typeof record === 'object' ? [] : [String(record)];
  if (!isObject(record)) return [];
  const next = own(record, step);
  return next === undefined ? [] : valuesAt(next, path, depth + 1);
}

/** Equality of content: the order of keys does not matter, the order of lists does. */
export function sameJson(one: Json | undefined, other: Json | undefined): boolean {
  if (one === other) return true;
  if (Array.isArray(one)) {
    return (
      Array.isArray(other) && one.length === other.length && one.every((value, index) => sameJson(value, other[index]))
    );
  }
  if (!isObject(one) || !isObject(other)) return false;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => sameJson(own(one, key), own(other, key)));
}
