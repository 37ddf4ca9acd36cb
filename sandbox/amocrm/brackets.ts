import { isObject, type Json, type JsonObject, own } from '../kit/json.js';

const KEY = /^([^[\]]+)((?:\[[^[\]]*\])*)$/;
const PART = /\[([^[\]]*)\]/g;

/** Reads PHP's bracket notation: `filter[id][]=1&filter[price][from]=5` becomes `{filter: {id: ['1'], price: {from: '5'}}}`. */
export function fromBrackets(pairs: Iterable<[string, string]>): JsonObject {
  const root: JsonObject = {};
  for (const [key, value] of pairs) {
    const match = KEY.exec(key);
    const path =
      match === null ? [key] : [match[1] ?? '', ...[...(match[2] ?? '').matchAll(PART)].map((part) => part[1] ?? '')];
    if (!path.includes('__proto__')) put(root, path, value);
  }
  return root;
}

/** Writes an object in PHP's bracket notation, every value as text; empty lists and nulls as PHP does: not at all, and empty. */
export function toBrackets(object: JsonObject): string {
  const form = new URLSearchParams();
  const walk = (value: Json, key: string): void => {
    if (Array.isArray(value)) for (const [index, part] of value.entries()) walk(part, `${key}[${index}]`);
    else if (isObject(value))
      for (const [name, part] of Object.entries(value)) walk(part, key === '' ? name : `${key}[${name}]`);
    else form.append(key, value === null ? '' : value === true ? '1' : value === false ? '0' : String(value));
  };
  walk(object, '');
  return form.toString();
}

/** The texts of a value that may stand alone, as a list or as a list with keys; a text may hold several, joined by commas. */
export function listOf(value: Json | undefined): string[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(listOf);
  if (isObject(value)) return Object.values(value).flatMap(listOf);
  return String(value)
    .split(',')
    .filter((part) => part !== '');
}

function put(root: JsonObject, path: readonly string[], value: string): void {
  let node = root;
  path.forEach((part, depth) => {
    const name = part === '' ? String(Object.keys(node).length) : part;
    if (depth === path.length - 1) {
      node[name] = value;
      return;
    }
    const next = own(node, name);
    const child: JsonObject = isObject(next) ? next : {};
    node[name] = child;
    node = child;
  });
}
