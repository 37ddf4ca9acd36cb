import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import { keepsComments } from './comments.js';
import { insertions } from './insert.js';
import { type Patch, patched } from './patch.js';
import { pathText, type TextPath } from './problem.js';
import { removals } from './remove.js';
import { replacements } from './replace.js';
import { parseText, type TextTree } from './tree.js';

/**
 * Puts a value at a path (undefined: removes it) and keeps every other byte. A key that is not there is added where the
 * order of the house has it, else behind the last one; a list takes the index behind its last member. Comments stay,
 * also those of what was removed. The result is parsed again: where anything else than this place would change or a
 * comment be lost, `definition/invalid` is thrown and the text stays as it was.
 */
export function spliceText(text: string, path: TextPath, newValue: JsonValue | undefined): string {
  const tree = treeOf(text, path);
  const wanted = changed(tree.value, path, newValue);
  if (wanted === undefined) throw cannot(path, nothingHere);
  return verified(tree, path, wanted, candidates(tree, path, newValue));
}

/** Puts a value into a list before the member at the index of the path, and keeps every other byte. */
export function insertMember(text: string, path: TextPath, value: JsonValue): string {
  const tree = treeOf(text, path);
  const list = valueAt(tree.value, path.slice(0, -1));
  const index = path.at(-1);
  if (!Array.isArray(list) || typeof index !== 'number' || index > list.length) throw cannot(path, nothingHere);
  const wanted = changed(tree.value, path.slice(0, -1), list.toSpliced(index, 0, value));
  if (wanted === undefined) throw cannot(path, nothingHere);
  return verified(tree, path, wanted, insertions(tree, path, value));
}

/**
 * Puts a value at a path by changing as little of the text as possible: maps and lists are compared member by member, so
 * that what is the same in both keeps its bytes. Maps above it that are not there are made.
 */
export function putValue(text: string, path: TextPath, value: JsonValue): string {
  const tree = treeOf(text, path);
  const current = valueAt(tree.value, path);
  if (current === undefined) return insertDeep(text, tree, path, value);
  if (stableStringify(current) === stableStringify(value)) return text;
  if (isJsonObject(current) && isJsonObject(value) && isKept(current, value)) {
    let result = text;
    for (const [name, each] of Object.entries(value)) result = putValue(result, [...path, name], each);
    for (const name of Object.keys(current))
      if (!Object.hasOwn(value, name)) result = dropValue(result, [...path, name]);
    return result;
  }
  if (Array.isArray(current) && Array.isArray(value) && current.length > 0 && value.length > 0) {
    return putList(text, path, current, value);
  }
  return spliceText(text, path, value);
}

/** Removes a value if it is there. */
export function dropValue(text: string, path: TextPath): string {
  return valueAt(treeOf(text, path).value, path) === undefined ? text : spliceText(text, path, undefined);
}

/** Whether a map goes on in another one, so that a change key by key makes sense. */
function isKept(current: object, value: object): boolean {
  return Object.keys(current).length > 0 && Object.keys(value).length > 0;
}

function putList(text: string, path: TextPath, current: JsonValue[], value: JsonValue[]): string {
  const same = (a: JsonValue | undefined, b: JsonValue | undefined): boolean =>
    a !== undefined && b !== undefined && stableStringify(a) === stableStringify(b);
  let first = 0;
  while (same(current[first], value[first])) first += 1;
  let last = 0;
  const most = Math.min(current.length, value.length) - first;
  while (last < most && same(current[current.length - 1 - last], value[value.length - 1 - last])) last += 1;
  const before = current.length - first - last;
  const after = value.length - first - last;
  let result = text;
  for (let at = 0; at < after; at++) {
    const member = value[first + at] ?? null;
    const place = [...path, first + at];
    result = at < before ? putValue(result, place, member) : insertMember(result, place, member);
  }
  for (let at = before - 1; at >= after; at--) result = dropValue(result, [...path, first + at]);
  return result;
}

function insertDeep(text: string, tree: TextTree, path: TextPath, value: JsonValue): string {
  const parentPath = path.slice(0, -1);
  const name = path.at(-1);
  const parent = valueAt(tree.value, parentPath);
  if (parentPath.length === 0 || (parent !== undefined && parent !== null)) return spliceText(text, path, value);
  return putValue(text, parentPath, typeof name === 'string' ? { [name]: value } : [value]);
}

function candidates(tree: TextTree, path: TextPath, value: JsonValue | undefined): readonly Patch[] {
  if (path.length === 0) return [];
  if (value === undefined) return removals(tree, path);
  return tree.at(path) === null ? insertions(tree, path, value) : replacements(tree, path, value);
}

const nothingHere = 'There is nothing at this place to change.';

/** The first patch after which the text reads as it should and has all its comments. */
function verified(tree: TextTree, path: TextPath, wanted: JsonValue, patches: readonly Patch[]): string {
  const expected = stableStringify(wanted);
  if (patches.length === 0) throw cannot(path, nothingHere);
  for (const patch of patches) {
    const result = patched(tree.text, patch);
    const after = parseText(result).tree;
    if (after === null || stableStringify(after.value) !== expected) continue;
    if (keepsComments(tree.text, result)) return result;
  }
  throw cannot(path, 'The change would touch other places of the text.');
}

/** The value with one place changed; undefined where the path leads nowhere. */
function changed(value: JsonValue, path: TextPath, newValue: JsonValue | undefined): JsonValue | undefined {
  const copy = structuredClone(value);
  let holder: JsonValue | undefined = copy;
  for (const part of path.slice(0, -1)) holder = memberOf(holder, part);
  const last = path[path.length - 1];
  if (Array.isArray(holder) && typeof last === 'number') {
    if (newValue === undefined) holder.splice(last, 1);
    else holder[last] = newValue;
  } else if (isJsonObject(holder) && typeof last === 'string') {
    if (newValue === undefined) delete holder[last];
    else holder[last] = newValue;
  } else return undefined;
  return copy;
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: JsonValue | undefined, path: TextPath): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>((holder, part) => memberOf(holder, part), value);
}

function memberOf(value: JsonValue | undefined, part: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return typeof part === 'number' ? value[part] : undefined;
  return isJsonObject(value) && typeof part === 'string' && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** The tree of a text that can be read; `definition/invalid` where it cannot. */
export function treeOf(text: string, path: TextPath): TextTree {
  const { tree, problems } = parseText(text);
  if (tree === null) throw cannot(path, problems[0]?.message ?? 'The text cannot be read.');
  return tree;
}

export function cannot(path: TextPath, reason: string): Failure {
  return new Failure('definition/invalid', {
    message: `The definition cannot be changed at \`${pathText(path)}\`. ${reason}`,
    hint: 'Make this change in the text.',
    where: { path: pathText(path) },
  });
}
