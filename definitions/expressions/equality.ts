import { spend } from './meter.js';

/** Equality of the language: by value, numbers of both kinds alike, different kinds never equal. */
export function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) {
    // biome-ignore lint/suspicious/noDoubleEquals: the one comparison JS has between bigint and number
    return isNumber(a) && isNumber(b) && a == b;
  }
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && equalLists(a, b);
  return equalMaps(a as Record<string, unknown>, b as Record<string, unknown>);
}

function isNumber(value: unknown): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function equalLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  spend(a.length);
  return a.every((each, index) => equals(each, b[index]));
}

function equalMaps(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  spend(names.length);
  return names.every((name) => Object.hasOwn(b, name) && equals(a[name], b[name]));
}
