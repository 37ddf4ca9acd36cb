import type { JsonObject, JsonValue } from '../../core/json.js';

const deepest = 8;
const mostFields = 20_000;

/** A form whose names hold brackets (`leads[add][0][id]=1`) as nested objects; every value is a text. */
export function parseBracketForm(text: string): JsonObject {
  const root: JsonObject = Object.create(null);
  let count = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    count += 1;
    if (count > mostFields) break;
    const path = partsOf(name);
    if (path !== null) put(root, path, value);
  }
  return root;
}

/** Null for names that are too deep or that would reach what is not data. */
function partsOf(name: string): string[] | null {
  const at = name.indexOf('[');
  const rest = at === -1 ? '' : name.slice(at);
  if (!/^(?:\[[^[\]]*\])*$/.test(rest)) return null;
  const parts = [
    at === -1 ? name : name.slice(0, at),
    ...rest
      .slice(1, -1)
      .split('][')
      .slice(rest === '' ? 1 : 0),
  ];
  return parts.length > deepest || parts.some((part) => unsafe.has(part)) ? null : parts;
}

const unsafe: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

function put(root: JsonObject, path: readonly string[], value: string): void {
  let place: JsonObject = root;
  for (const part of path.slice(0, -1)) {
    const known: JsonValue | undefined = place[part];
    const next: JsonObject =
      typeof known === 'object' && known !== null && !Array.isArray(known) ? known : Object.create(null);
    place[part] = next;
    place = next;
  }
  place[path.at(-1) ?? ''] = value;
}
