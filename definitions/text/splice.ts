import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import { pathText, type TextPath } from './problem.js';
import { renderAfterKey, renderBlock, renderFlow, renderKey } from './render.js';
import { parseText, type TextNode, type TextTree } from './tree.js';

/**
 * Puts a value at a path (undefined: removes it) and keeps every other byte. A map key that is not there is added
 * behind the last one; a list takes the index behind its last member. The result is parsed again: where anything
 * else than this place would change, `definition/invalid` is thrown and the text stays as it was.
 */
export function spliceText(text: string, path: TextPath, newValue: JsonValue | undefined): string {
  const { tree, problems } = parseText(text);
  if (!tree) throw cannot(path, problems[0]?.message ?? 'The text cannot be read.');
  const wanted = changed(tree.value, path, newValue);
  const edit = newValue === undefined ? removal(tree, path) : replacement(tree, path, newValue);
  if (wanted === undefined || !edit) throw cannot(path, 'There is nothing at this place to change.');
  const result = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  const after = parseText(result);
  if (!after.tree || stableStringify(after.tree.value) !== stableStringify(wanted)) {
    throw cannot(path, 'The change would touch other places of the text.');
  }
  return result;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function replacement(tree: TextTree, path: TextPath, value: JsonValue): Edit | null {
  const node = tree.at(path);
  if (!node) return insertion(tree, path, value);
  if (path.length === 0) return null;
  const { start, end } = node.value;
  const isInFlow = isWithinFlow(tree, path);
  if (isInFlow || !isJsonTree(value))
    return endsWithBreak(tree, node, { start, end, text: inline(tree, start, value) });
  const key = node.key;
  if (!key) return endsWithBreak(tree, node, { start, end, text: renderFlow(value) });
  const colon = tree.text.indexOf(':', key.end);
  if (node.kind === 'scalar' || node.isFlow) return endsWithBreak(tree, node, { start, end, text: renderFlow(value) });
  return endsWithBreak(tree, node, {
    start: colon + 1,
    end,
    text: renderAfterKey(value, columnOf(tree, key.start), eolOf(tree)),
  });
}

/** A block scalar's range holds its last line break, which has to stay. */
function endsWithBreak(tree: TextTree, node: TextNode, edit: Edit): Edit {
  const hadBreak = node.value.end > node.value.start && tree.text[edit.end - 1] === '\n';
  return hadBreak ? { ...edit, text: `${edit.text}${eolOf(tree)}` } : edit;
}

function inline(tree: TextTree, start: number, value: JsonValue): string {
  const text = renderFlow(value);
  // A value that was left empty stands right behind its colon.
  return tree.text[start - 1] === ':' || tree.text[start - 1] === '-' ? ` ${text}` : text;
}

function insertion(tree: TextTree, path: TextPath, value: JsonValue): Edit | null {
  const parentPath = path.slice(0, -1);
  const parent = tree.at(parentPath);
  const last = path[path.length - 1];
  if (!parent || last === undefined) return null;
  const members = [...parent.children.values()];
  if (parent.kind === 'list' && last !== members.length) return null;
  if (parent.kind === 'scalar' || (parent.kind === 'map') !== (typeof last === 'string')) return null;
  const shown = typeof last === 'string' ? `${renderKey(last)}: ${renderFlow(value)}` : renderFlow(value);
  const tail = members[members.length - 1];
  if (!tail) return emptyInsertion(tree, parent, shown);
  if (parent.isFlow || isWithinFlow(tree, path)) {
    const at = tail.value.end > tail.value.start ? tail.value.end : Math.max(tail.value.end, tail.key?.end ?? 0);
    return { start: at, end: at, text: `, ${shown}` };
  }
  const eol = eolOf(tree);
  const at = endOfLine(tree.text, endOfContent(tree, tail));
  const indent = columnOf(tree, firstPlace(tree, parent));
  const margin = ' '.repeat(indent);
  const body =
    typeof last === 'string'
      ? `${margin}${renderKey(last)}:${renderAfterKey(value, indent, eol)}`
      : isJsonObject(value) && Object.keys(value).length > 0
        ? `${margin}- ${renderBlock(value, indent + 2, eol).trimStart()}`
        : `${margin}- ${renderFlow(value)}`;
  return { start: at, end: at, text: `${eol}${body}` };
}

function emptyInsertion(tree: TextTree, parent: TextNode, shown: string): Edit {
  const { start, end } = parent.value;
  const isMap = tree.text[start] === '{';
  return { start, end, text: isMap ? `{ ${shown} }` : `[${shown}]` };
}

function removal(tree: TextTree, path: TextPath): Edit | null {
  const node = tree.at(path);
  const parent = tree.at(path.slice(0, -1));
  if (!node || !parent || path.length === 0) return null;
  const members = [...parent.children.values()];
  if (members.length === 1) {
    const empty = parent.kind === 'map' ? '{}' : '[]';
    const spaced = tree.text[parent.value.start - 1] === ':' ? ` ${empty}` : empty;
    return endsWithBreak(tree, parent, { ...parent.value, text: spaced });
  }
  const index = members.indexOf(node);
  if (parent.isFlow) return flowRemoval(tree, members, index);
  return blockRemoval(tree, parent, members, index);
}

const startOf = (node: TextNode) => node.key?.start ?? node.value.start;

function flowRemoval(tree: TextTree, members: readonly TextNode[], index: number): Edit | null {
  const node = members[index];
  const next = members[index + 1];
  const previous = members[index - 1];
  if (!node) return null;
  if (next) return { start: startOf(node), end: startOf(next), text: '' };
  if (!previous) return null;
  const comma = tree.text.lastIndexOf(',', startOf(node));
  return { start: comma, end: Math.max(node.value.end, node.key?.end ?? 0), text: '' };
}

function blockRemoval(tree: TextTree, parent: TextNode, members: readonly TextNode[], index: number): Edit | null {
  const node = members[index];
  if (!node) return null;
  const start = parent.kind === 'list' ? tree.text.lastIndexOf('-', node.value.start) : startOf(node);
  const lineStart = tree.text.lastIndexOf('\n', start - 1) + 1;
  const isOwnLine = tree.text.slice(lineStart, start).trim() === '';
  const next = members[index + 1];
  if (!isOwnLine && next) return { start, end: startOf(next), text: '' };
  const end = endOfLine(tree.text, endOfContent(tree, node));
  if (!isOwnLine) return { start, end, text: '' };
  return end < tree.text.length
    ? { start: lineStart, end: nextLine(tree.text, end), text: '' }
    : { start: Math.max(0, lineStart - 1), end, text: '' };
}

/** Where the last character of a value stands; values of block scalars end behind their line break. */
function endOfContent(tree: TextTree, node: TextNode): number {
  let end = Math.max(node.value.end, node.key?.end ?? 0);
  for (const child of node.children.values()) end = node.isFlow ? end : Math.max(endOfContent(tree, child), 0);
  while (end > 0 && /[\r\n]/.test(tree.text[end - 1] ?? '')) end--;
  return end;
}

function endOfLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  if (at < 0) return text.length;
  return text[at - 1] === '\r' ? at - 1 : at;
}

function nextLine(text: string, lineEnd: number): number {
  return text.indexOf('\n', lineEnd) + 1;
}

/** Where the first member of a block begins: its key, or its dash. */
function firstPlace(tree: TextTree, parent: TextNode): number {
  const first = [...parent.children.values()][0];
  if (!first) return parent.value.start;
  return parent.kind === 'list' ? tree.text.lastIndexOf('-', first.value.start) : startOf(first);
}

function columnOf(tree: TextTree, offset: number): number {
  return tree.lines.place(offset).column - 1;
}

function eolOf(tree: TextTree): string {
  return tree.text.includes('\r\n') ? '\r\n' : '\n';
}

function isWithinFlow(tree: TextTree, path: TextPath): boolean {
  return path.some((_part, index) => tree.at(path.slice(0, index))?.isFlow === true);
}

function isJsonTree(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
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

function memberOf(value: JsonValue | undefined, part: string | number): JsonValue | undefined {
  if (Array.isArray(value)) return typeof part === 'number' ? value[part] : undefined;
  return isJsonObject(value) && typeof part === 'string' && Object.hasOwn(value, part) ? value[part] : undefined;
}

function cannot(path: TextPath, reason: string): Failure {
  return new Failure('definition/invalid', {
    message: `The definition cannot be changed at \`${pathText(path)}\`. ${reason}`,
    hint: 'Make this change in the text.',
    where: { path: pathText(path) },
  });
}
