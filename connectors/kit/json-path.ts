import { isJsonObject, type JsonValue } from '../../core/json.js';

export type JsonPath = readonly string[];

/** `a.b.0.c` as its parts; the empty text is the value itself. */
export function parseJsonPath(text: string | undefined): JsonPath {
  return text === undefined || text === '' ? [] : text.split('.');
}

/** The value at a path; undefined where it is absent. Own members only. */
export function valueAt(value: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  let current = value;
  for (const part of path) {
    if (Array.isArray(current)) current = current[Number(part)];
    else if (isJsonObject(current) && Object.hasOwn(current, part)) current = current[part];
    else return undefined;
  }
  return current;
}

/** A scalar at a path as text; null where there is none. */
export function textAt(value: JsonValue | undefined, path: JsonPath): string | null {
  const found = valueAt(value, path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean' ? String(found) : null;
}
