import type { JsonValue } from '../../core/json.js';
import { inHouseOrder, keyOrder } from './house-style.js';
import type { Patch } from './patch.js';
import {
  columnOf,
  contentEnd,
  eolOf,
  isOwnLine,
  isWithinFlow,
  lineEnd,
  lineStart,
  memberEnd,
  memberStart,
  nextLine,
} from './places.js';
import type { TextPath } from './problem.js';
import { renderAfterKey, renderFlow, renderItem, renderKey } from './render.js';
import { replacements } from './replace.js';
import type { TextNode, TextTree } from './tree.js';

/** Patches that add a member to a map or list; the first that reads well is taken. */
export function insertions(tree: TextTree, path: TextPath, given: JsonValue): readonly Patch[] {
  const parentPath = path.slice(0, -1);
  const parent = tree.at(parentPath);
  const last = path.at(-1);
  if (parent === null || last === undefined) return [];
  const isFitting = parent.kind === (typeof last === 'string' ? 'map' : 'list');
  if (!isFitting) return [];
  const value = inHouseOrder(path, given);
  const members = [...parent.children.entries()];
  if (members.length === 0) return intoEmpty(tree, parentPath, last, value);
  const before = typeof last === 'number' ? last : placeOf(parentPath, last, members);
  const neighbours = { previous: members[before - 1]?.[1] ?? null, next: members[before]?.[1] ?? null };
  if (parent.isFlow || isWithinFlow(tree, path)) return intoFlow(tree, neighbours, last, value);
  return intoBlock(tree, { path, parent, ...neighbours }, value);
}

function intoEmpty(tree: TextTree, parentPath: TextPath, last: string | number, value: JsonValue): readonly Patch[] {
  const whole: JsonValue = typeof last === 'string' ? { [last]: value } : [value];
  const parent = tree.at(parentPath);
  if (parentPath.length > 0) return replacements(tree, parentPath, whole);
  return parent === null ? [] : [[{ ...parent.value, text: renderFlow(whole) }]];
}

/** Behind how many members a new key belongs. */
function placeOf(
  parentPath: TextPath,
  name: string,
  members: readonly (readonly [string | number, TextNode])[],
): number {
  const order = keyOrder(parentPath);
  const rank = order.indexOf(name);
  if (rank < 0) return members.length;
  const at = members.findLastIndex(([other]) => order.indexOf(String(other)) < rank && order.includes(String(other)));
  const isAnyBehind = members.some(([other]) => order.indexOf(String(other)) > rank);
  return isAnyBehind ? at + 1 : members.length;
}

interface Neighbours {
  readonly previous: TextNode | null;
  readonly next: TextNode | null;
}

function intoFlow(tree: TextTree, { previous, next }: Neighbours, last: string | number, value: JsonValue): Patch[] {
  const { text } = tree;
  const shown = typeof last === 'string' ? `${renderKey(last)}: ${renderFlow(value)}` : renderFlow(value);
  if (previous === null) {
    if (next === null) return [];
    const at = next.key?.start ?? next.value.start;
    const glue = isOwnLine(text, at) ? `,${eolOf(text)}${text.slice(lineStart(text, at), at)}` : ', ';
    return [[{ start: at, end: at, text: `${shown}${glue}` }]];
  }
  const at = contentEnd(tree, previous);
  const begin = previous.key?.start ?? previous.value.start;
  const plain: Patch = [{ start: at, end: at, text: `, ${shown}` }];
  const rest = /^([ \t]*)(,?)([ \t]*(?:#[^\r\n]*)?)$/.exec(text.slice(at, lineEnd(text, at)));
  if (rest === null || !isOwnLine(text, begin)) return [plain];
  const eol = eolOf(text);
  const margin = text.slice(lineStart(text, begin), begin);
  const line = `${rest[1]},${rest[3]}${eol}${margin}${shown}${rest[2]}`;
  return [[{ start: at, end: lineEnd(text, at), text: line }], plain];
}

interface BlockPlace extends Neighbours {
  readonly path: TextPath;
  readonly parent: TextNode;
}

function intoBlock(tree: TextTree, place: BlockPlace, value: JsonValue): Patch[] {
  const { text } = tree;
  const { previous, next, parent, path } = place;
  const eol = eolOf(text);
  const first = previous ?? next;
  if (first === null) return [];
  const indent = columnOf(tree, memberStart(tree, parent, first));
  const body = bodyOf(path, value, indent, eol);
  const margin = ' '.repeat(indent);
  if (previous === null) {
    const at = memberStart(tree, parent, first);
    return [[{ start: at, end: at, text: `${body}${eol}${margin}` }]];
  }
  const isLong = body.includes('\n') && (path.length === 1 || (path.length === 2 && path[0] === 'flows'));
  const gap = isLong && hasGaps(tree, parent) ? eol : '';
  const insert = (at: number): Patch => [{ start: at, end: at, text: `${eol}${gap}${margin}${body}` }];
  return [insert(memberEnd(tree, previous, indent)), insert(lineEnd(text, contentEnd(tree, previous)))];
}

function bodyOf(path: TextPath, value: JsonValue, indent: number, eol: string): string {
  const last = path.at(-1);
  if (typeof last === 'string') return `${renderKey(last)}:${renderAfterKey(path, value, indent, eol)}`;
  return `- ${renderItem(path, value, indent, eol)}`;
}

/** Whether longer members of a block have an empty line between them. */
function hasGaps(tree: TextTree, parent: TextNode): boolean {
  const { text } = tree;
  const members = [...parent.children.values()];
  return members.some((member, index) => {
    const next = members[index + 1];
    if (next === undefined) return false;
    const at = nextLine(text, contentEnd(tree, member));
    return at < memberStart(tree, parent, next) && text.slice(at, lineEnd(text, at)).trim() === '';
  });
}
