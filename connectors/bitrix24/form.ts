import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';

const mostParts = 1_000;
const deepest = 8;
const refusedNames: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A body as PHP writes it: a form with brackets, or JSON. Null where it is neither. */
export function parseForm(text: string, contentType: string): JsonObject | null {
  if (/json/i.test(contentType) || text.trimStart().startsWith('{')) return parseJson(text);
  const body = emptyMap();
  let parts = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++parts > mostParts) return null;
    const path = pathOf(name);
    if (path === null) return null;
    if (!put(body, path, value)) return null;
  }
  return body;
}

function parseJson(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

/** `auth[application_token]` is `auth`, `application_token`; names that reach into objects themselves are refused. */
function pathOf(name: string): readonly string[] | null {
  const match = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name);
  if (match === null) return null;
  const rest = [...(match[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map((part) => part[1] ?? '');
  const path = [match[1] ?? '', ...rest];
  return path.length > deepest || path.some((part) => refusedNames.has(part)) ? null : path;
}

function put(body: JsonObject, path: readonly string[], value: string): boolean {
  let at = body;
  for (const [index, part] of path.entries()) {
    const name = part === '' ? String(Object.keys(at).length) : part;
    if (index === path.length - 1) {
      at[name] = value;
      return true;
    }
    const next: JsonValue = at[name] ?? emptyMap();
    if (!isJsonObject(next)) return false;
    at[name] = next;
    at = next;
  }
  return true;
}

function emptyMap(): JsonObject {
  return Object.create(null) as JsonObject;
}
