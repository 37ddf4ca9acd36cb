import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import { pathText, type TextPath } from './problem.js';
import { renderKey } from './render.js';
import { parseText, type TextNode, type TextTree } from './tree.js';

/**
 * Renames a key of a map and keeps every other byte; the order of keys stays. Throws `definition/invalid` where the
 * key is not there or the new name is taken.
 */
export function renameKey(text: string, path: TextPath, newName: string): string {
  const tree = treeOf(text, path);
  const key = tree.at(path)?.key;
  const parent = valueAt(tree.value, path.slice(0, -1));
  const oldName = path.at(-1);
  if (!key || typeof oldName !== 'string' || !isJsonObject(parent)) throw cannot(path, 'There is no key to rename.');
  if (Object.hasOwn(parent, newName)) throw cannot(path, `The name \`${newName}\` is taken.`);
  const renamed = Object.fromEntries(
    Object.entries(parent).map(([name, value]) => [name === oldName ? newName : name, value]),
  );
  const result = text.slice(0, key.start) + renderKey(newName) + text.slice(key.end);
  return verified(tree, path, result, renamed);
}

/**
 * Moves a member of a list to another index, with the comments above and beside it, and keeps every other byte. Throws
 * `definition/invalid` where the list is written in a way that cannot be taken apart line by line.
 */
export function moveMember(text: string, listPath: TextPath, from: number, to: number): string {
  const tree = treeOf(text, listPath);
  const list = tree.at(listPath);
  const members = [...(list?.children.values() ?? [])];
  if (list?.kind !== 'list' || !members[from] || !members[to]) throw cannot(listPath, 'There is nothing to move.');
  if (from === to) return text;
  const pieces = list.isFlow ? flowPieces(tree, members) : blockPieces(tree, list, members);
  if (pieces === null) throw cannot(listPath, 'Its members do not stand on lines of their own.');
  const order = moved([...members.keys()], from, to);
  const present = valueAt(tree.value, listPath);
  const wanted = order.map((index) => (Array.isArray(present) ? present[index] : null) ?? null);
  return verified(tree, [...listPath, from], pieces.join(order), wanted);
}

interface Pieces {
  /** The text with the pieces in this order. */
  join(order: readonly number[]): string;
}

/** Inside brackets the values change places; commas, spaces and comments stay. */
function flowPieces(tree: TextTree, members: readonly TextNode[]): Pieces {
  const { text } = tree;
  return {
    join: (order) => {
      let result = '';
      let at = 0;
      members.forEach(({ value: place }, index) => {
        const source = members[order[index] ?? index]?.value ?? place;
        result += text.slice(at, place.start) + text.slice(source.start, source.end);
        at = place.end;
      });
      return result + text.slice(at);
    },
  };
}

/** Whole lines: what stands between the end of one member and the end of the next belongs to the next one. */
function blockPieces(tree: TextTree, list: TextNode, members: readonly TextNode[]): Pieces | null {
  const { text } = tree;
  const first = members[0];
  if (first === undefined) return null;
  const dash = text.lastIndexOf('-', first.value.start);
  const line = text.lastIndexOf('\n', dash - 1) + 1;
  if (text.slice(line, dash).trim() !== '') return null;
  const begin = aboveComments(text, line);
  const ends = members.map((member) => lineEnd(text, contentEnd(text, member)));
  const last = ends.at(-1) ?? list.value.end;
  const lines = ends.map((end, index) => text.slice(index === 0 ? begin : (ends[index - 1] ?? begin), end));
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lacksBreak = !lines.at(-1)?.endsWith('\n');
  return {
    join: (order) => {
      const body = order.map((index) => withBreak(lines[index] ?? '', eol)).join('');
      const shown = lacksBreak ? body.slice(0, -eol.length) : body;
      return text.slice(0, begin) + shown + text.slice(last);
    },
  };
}

/** Where the comments and empty lines right above a line begin. */
function aboveComments(text: string, line: number): number {
  let begin = line;
  while (begin > 0) {
    const above = text.lastIndexOf('\n', begin - 2) + 1;
    const shown = text.slice(above, begin).trim();
    if (shown !== '' && !shown.startsWith('#')) break;
    begin = above;
  }
  return begin;
}

function withBreak(line: string, eol: string): string {
  return line.endsWith('\n') ? line : line + eol;
}

/** Behind the last sign of a value, without the line breaks that block texts end with. */
function contentEnd(text: string, node: TextNode): number {
  let end = Math.max(node.value.end, node.key?.end ?? 0);
  if (!node.isFlow) for (const child of node.children.values()) end = Math.max(end, contentEnd(text, child));
  while (end > 0 && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  const rest = list.filter((_member, index) => index !== from);
  const member = list[from] as T;
  return [...rest.slice(0, to), member, ...rest.slice(to)];
}

/** The result, if it reads as the old value with `wanted` in the place of the holder; otherwise nothing is changed. */
function verified(tree: TextTree, path: TextPath, result: string, wanted: JsonValue): string {
  const after = parseText(result).tree;
  const whole = replaced(tree.value, path.slice(0, -1), wanted);
  if (after !== null && stableStringify(after.value) === stableStringify(whole)) return result;
  throw cannot(path, 'The change would touch other places of the text.');
}

function replaced(value: JsonValue, path: TextPath, wanted: JsonValue): JsonValue {
  const [part, ...rest] = path;
  if (part === undefined) return wanted;
  if (Array.isArray(value)) return value.map((each, index) => (index === part ? replaced(each, rest, wanted) : each));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, name === part ? replaced(each, rest, wanted) : each]),
  );
}

function valueAt(value: JsonValue, path: TextPath): JsonValue | undefined {
  let at: JsonValue | undefined = value;
  for (const part of path) {
    if (Array.isArray(at) && typeof part === 'number') at = at[part];
    else if (isJsonObject(at) && typeof part === 'string' && Object.hasOwn(at, part)) at = at[part];
    else return undefined;
  }
  return at;
}

function treeOf(text: string, path: TextPath): TextTree {
  const { tree, problems } = parseText(text);
  if (tree === null) throw cannot(path, problems[0]?.message ?? 'The text cannot be read.');
  return tree;
}

function cannot(path: TextPath, reason: string): Failure {
  return new Failure('definition/invalid', {
    message: `The definition cannot be changed at \`${pathText(path)}\`. ${reason}`,
    hint: 'Make this change in the text.',
    where: { path: pathText(path) },
  });
}
