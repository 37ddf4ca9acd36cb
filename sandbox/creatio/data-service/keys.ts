import { isObject, type Json, type JsonObject, own } from '../../kit/json.js';

/** A key in camelCase or PascalCase: the documents write one, the clients the other, and the server takes both. */
export function at(object: JsonObject, name: string): Json | undefined {
  return own(object, name) ?? own(object, name.charAt(0).toUpperCase() + name.slice(1));
}

export function objectAt(object: JsonObject, name: string): JsonObject | undefined {
  const value = at(object, name);
  return isObject(value) ? value : undefined;
}

export function textOf(object: JsonObject, name: string): string | undefined {
  const value = at(object, name);
  return typeof value === 'string' ? value : undefined;
}

/** Enumerations come as numbers, and as texts of digits from some clients. */
export function numberOf(object: JsonObject, name: string): number | undefined {
  const value = at(object, name);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** The parts under `items`, by their aliases. */
export function itemsOf(object: JsonObject | undefined): [string, JsonObject][] {
  const items = object === undefined ? undefined : objectAt(object, 'items');
  if (items === undefined) return [];
  return Object.entries(items).filter((pair): pair is [string, JsonObject] => isObject(pair[1]));
}
