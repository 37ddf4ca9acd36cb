import { isJsonObject, type JsonValue } from '../../core/json.js';
import type { TextPath } from './problem.js';
import { renameKey } from './rearrange.js';
import { putValue, treeOf } from './splice.js';

/** Every reference to a flow under its new name: of other flows, and of the tests. */
export function renamedReferences(text: string, flow: string, name: string): string {
  const other = (said: string): string | null =>
    said === flow || said.startsWith(`${flow}:`) ? name + said.slice(flow.length) : null;
  const { value } = treeOf(text, []);
  let result = text;
  for (const { path, said } of textsIn(value, [])) {
    const renamed = isRef(path) ? other(said) : null;
    if (renamed !== null) result = putValue(result, path, renamed);
  }
  return keysRenamed(
    result,
    (path) => path[0] === 'tests' && (path[2] === 'expect' || path[2] === 'dead_letters'),
    other,
  );
}

/** Every `slot.stream` with the new name of the slot. */
export function renamedSlot(text: string, slot: string, name: string): string {
  const other = (said: string): string | null => (said.startsWith(`${slot}.`) ? name + said.slice(slot.length) : null);
  const { value } = treeOf(text, []);
  let result = text;
  for (const { path, said } of textsIn(value, [])) {
    const renamed = isStream(path) ? other(said) : null;
    if (renamed !== null) result = putValue(result, path, renamed);
  }
  return keysRenamed(result, (path) => path[0] === 'tests' && path[2] === 'given', other);
}

function isRef(path: TextPath): boolean {
  if (path[0] !== 'flows' || path.at(-1) !== 'ref') return false;
  return path.at(-3) === 'map' && (path.length === 5 || path.length === 7);
}

function isStream(path: TextPath): boolean {
  const last = path.at(-1);
  if (path[0] === 'values') return path.length === 3 && (last === 'from' || last === 'to' || last === 'captions');
  if (path[0] !== 'flows') return false;
  if (path[2] === 'from') return path.length === 4 && last === 'stream';
  if (path[2] === 'to') return last === 'stream' && (path.length === 4 || path.length === 5);
  return path[2] === 'steps' && path.length === 6 && last === (path[4] === 'enrich' ? 'with' : 'from');
}

function keysRenamed(
  text: string,
  isMeant: (path: TextPath) => boolean,
  other: (name: string) => string | null,
): string {
  const { value } = treeOf(text, []);
  let result = text;
  for (const { path, name } of keysIn(value, [])) {
    const renamed = path.length === 3 && isMeant(path) ? other(name) : null;
    if (renamed !== null) result = renameKey(result, [...path, name], renamed);
  }
  return result;
}

interface Said {
  readonly path: TextPath;
  readonly said: string;
}

function textsIn(value: JsonValue, path: TextPath): readonly Said[] {
  if (typeof value === 'string') return [{ path, said: value }];
  if (Array.isArray(value)) return value.flatMap((each, index) => textsIn(each, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, [...path, name]));
}

function keysIn(value: JsonValue, path: TextPath): readonly { readonly path: TextPath; readonly name: string }[] {
  if (path.length > 3) return [];
  if (Array.isArray(value)) return value.flatMap((each, index) => keysIn(each, [...path, index]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => [{ path, name }, ...keysIn(each, [...path, name])]);
}
