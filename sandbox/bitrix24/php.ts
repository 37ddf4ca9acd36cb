import { isObject, type Json, type JsonObject, own } from '../kit/json.js';

const DEEPEST = 32;

/** Reads `a[b][]=1&c=2` the way PHP does: brackets nest, empty brackets count on, a later value replaces an earlier. */
export function parsePhpQuery(text: string): JsonObject {
  const root: JsonObject = {};
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    put(root, decode(mark < 0 ? pair : pair.slice(0, mark)), mark < 0 ? '' : decode(pair.slice(mark + 1)));
  }
  return withLists(root);
}

/** Puts one value under a bracketed name. */
export function putPhp(root: JsonObject, name: string, value: Json): void {
  put(root, name, value);
}

/** Objects whose keys are 0, 1, 2, ... become lists, as a PHP array is both. */
export function withLists(value: JsonObject): JsonObject {
  const entries = Object.entries(value).map(([key, part]) => [key, deepLists(part)] as const);
  return Object.fromEntries(entries);
}

/** A PHP array printed as JSON: a list when its keys are 0 to n-1 in order (so an empty one is `[]`), else an object. */
export function phpArray(entries: readonly (readonly [string, Json])[]): Json {
  if (entries.every(([key], index) => key === String(index))) return entries.map(([, value]) => value);
  return Object.fromEntries(entries);
}

/** Keys and values of something PHP would take for an array; undefined for a scalar. */
export function phpEntries(value: Json | undefined): [string, Json][] | undefined {
  if (Array.isArray(value)) return value.map((part, index) => [String(index), part]);
  return isObject(value) ? Object.entries(value) : undefined;
}

/** The PHP array as an object; undefined for a scalar. */
export function phpObject(value: Json | undefined): JsonObject | undefined {
  const entries = phpEntries(value);
  return entries === undefined ? undefined : Object.fromEntries(entries);
}

/** What PHP takes for true in a Y/N or 1/0 parameter. */
export function isYes(value: Json | undefined): boolean {
  return value === true || value === 1 || value === '1' || value === 'Y' || value === 'y' || value === 'true';
}

/** A value as text; objects and null are empty. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null || typeof value === 'object') return '';
  if (typeof value === 'boolean') return value ? '1' : '';
  return String(value);
}

/** A value as a whole number, the way `(int)` reads it: what follows the digits is dropped. */
export function intOf(value: Json | undefined): number {
  if (typeof value === 'number') return Math.trunc(value);
  if (value === true) return 1;
  const digits = /^\s*[+-]?\d+/.exec(textOf(value))?.[0];
  return digits === undefined ? 0 : Number(digits);
}

/** Writes nested values with PHP brackets, the form in which events are delivered. */
export function printPhpQuery(value: JsonObject): string {
  const pairs: string[] = [];
  const walk = (name: string, part: Json) => {
    const entries = phpEntries(part);
    if (entries === undefined) pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(textOf(part))}`);
    else for (const [key, inner] of entries) walk(`${name}[${key}]`, inner);
  };
  for (const [key, part] of Object.entries(value)) walk(key, part);
  return pairs.join('&');
}

function put(root: JsonObject, name: string, value: Json): void {
  const open = name.indexOf('[');
  const head = open > 0 ? name.slice(0, open) : name;
  const steps = [head];
  if (open > 0) for (const step of name.slice(open).matchAll(/\[([^\]]*)\]/g)) steps.push(step[1] ?? '');
  if (steps.length > DEEPEST) return;
  let place = root;
  steps.forEach((step, depth) => {
    const key = step === '' && depth > 0 ? nextIndex(place) : step;
    if (depth === steps.length - 1) {
      define(place, key, value);
      return;
    }
    const held = own(place, key);
    const inner = isObject(held) ? held : {};
    if (inner !== held) define(place, key, inner);
    place = inner;
  });
}

function define(place: JsonObject, key: string, value: Json): void {
  Object.defineProperty(place, key, { value, enumerable: true, configurable: true, writable: true });
}

function nextIndex(place: JsonObject): string {
  const used = Object.keys(place).map(Number).filter(Number.isInteger);
  return String(used.length === 0 ? 0 : Math.max(...used) + 1);
}

function deepLists(value: Json): Json {
  if (Array.isArray(value)) return value.map(deepLists);
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [key, deepLists(part)] as const);
  return entries.length > 0 ? phpArray(entries) : {};
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
