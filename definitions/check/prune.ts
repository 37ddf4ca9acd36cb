import type { JsonValue } from '../../core/json.js';
import type { TextPath } from '../text/problem.js';

/** Every part may be missing: what a definition is while it still has problems. */
export type Partly<T> = T extends readonly (infer Item)[]
  ? readonly (Partly<Item> | undefined)[]
  : T extends object
    ? { readonly [Name in keyof T]?: Partly<T[Name]> }
    : T;

/** A copy without the values that do not fit the grammar, so that all the rest can still be looked at. */
export function prune(value: JsonValue, paths: readonly TextPath[]): JsonValue | undefined {
  if (paths.some((path) => path.length === 0)) return undefined;
  const copy = structuredClone(value);
  for (const path of paths) remove(copy, path);
  return copy;
}

function remove(root: JsonValue, path: TextPath): void {
  let holder: unknown = root;
  for (const part of path.slice(0, -1)) {
    if (typeof holder !== 'object' || holder === null) return;
    holder = (holder as Record<string | number, unknown>)[part];
  }
  const last = path[path.length - 1];
  if (typeof holder !== 'object' || holder === null || last === undefined) return;
  // Members of lists leave a hole, so that the places of the others stay what they are in the text.
  if (Array.isArray(holder)) holder[Number(last)] = undefined;
  else delete (holder as Record<string, unknown>)[String(last)];
}
