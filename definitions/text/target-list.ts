import { isJsonObject, type JsonObject, stableStringify } from '../../core/json.js';
import { commentsOf, keepsComments } from './comments.js';
import { inHouseOrder } from './house-style.js';
import { type Patch, patched, type TextEdit } from './patch.js';
import {
  colonEnd,
  columnOf,
  contentEnd,
  eolOf,
  isOwnLine,
  lineEnd,
  lineStart,
  memberEnd,
  nextLine,
  startOf,
} from './places.js';
import { renderBlock } from './render.js';
import { cannot, dropValue, putValue, treeOf } from './splice.js';
import { parseText, type TextNode, type TextTree } from './tree.js';

/** One target becomes a list of one, which has the name and the map of the flow; the lines of the map are moved. */
export function asTargetList(text: string, flow: string, name: string): string {
  const place = ['flows', flow];
  const tree = treeOf(text, place);
  const node = tree.at(place);
  const target = tree.at([...place, 'to']);
  const value = isJsonObject(tree.value) && isJsonObject(tree.value.flows) ? tree.value.flows[flow] : undefined;
  if (!isJsonObject(value) || !isJsonObject(value.to) || node === null || target?.key == null) {
    throw cannot([...place, 'to'], 'There is nothing at this place to change.');
  }
  const { map, ...flowRest } = value;
  const head: JsonObject = { name, ...value.to };
  const whole: JsonObject = { ...flowRest, to: [map === undefined ? head : { ...head, map }] };
  const moved = isMovable(tree, node, target) ? movedText(tree, node, target, place, head) : null;
  if (moved !== null && reads(moved, tree, flow, whole) && keepsComments(text, moved)) return moved;
  // Inside brackets, or in lines that cannot be moved: written anew, with all comments kept.
  return putValue(map === undefined ? text : dropValue(text, [...place, 'map']), [...place, 'to'], whole.to ?? []);
}

function isMovable(tree: TextTree, flow: TextNode, target: TextNode): boolean {
  const map = flow.children.get('map');
  const isOwn = (node: TextNode): boolean => isOwnLine(tree.text, startOf(node));
  return !flow.isFlow && isOwn(target) && (map === undefined || isOwn(map));
}

function movedText(
  tree: TextTree,
  flow: TextNode,
  target: TextNode,
  place: readonly string[],
  head: JsonObject,
): string {
  const { text } = tree;
  const eol = eolOf(text);
  const map = flow.children.get('map');
  const indent = columnOf(tree, startOf(target)) + 2;
  const margin = ' '.repeat(indent);
  const path = [...place, 'to', 0];
  const block = renderBlock(path, inHouseOrder(path, head), indent + 2, eol).trimStart();
  const end = map === undefined ? 0 : memberEnd(tree, map, columnOf(tree, startOf(map)));
  const begin = map === undefined ? 0 : lineStart(text, startOf(map));
  const lines = map === undefined ? '' : eol + deeper(text.slice(begin, end), ' '.repeat(4));
  const start = colonEnd(tree, target);
  const stop = lineEnd(text, contentEnd(tree, target));
  const comments = commentsOf(text).filter((each) => each.start >= start && each.end <= stop);
  const kept = comments.map((each, index) => (index === 0 ? ' ' : eol + margin) + text.slice(each.start, each.end));
  const edits: TextEdit[] = [{ start, end: stop, text: `${kept.join('')}${eol}${margin}- ${block}${lines}` }];
  if (map !== undefined) edits.push({ start: begin, end: nextLine(text, end), text: '' });
  const patch: Patch = edits.sort((a, b) => a.start - b.start);
  const result = patched(text, patch);
  // The map was the last line of a text without an end.
  return map !== undefined && end === text.length ? result.replace(/\r?\n$/, '') : result;
}

function deeper(lines: string, by: string): string {
  return lines.replace(/^(?=[^\r\n])/gm, by);
}

function reads(result: string, before: TextTree, flow: string, wanted: JsonObject): boolean {
  const after = parseText(result).tree?.value;
  if (!isJsonObject(after) || !isJsonObject(before.value) || !isJsonObject(before.value.flows)) return false;
  const expected = { ...before.value, flows: { ...before.value.flows, [flow]: wanted } };
  return stableStringify(after) === stableStringify(expected);
}
