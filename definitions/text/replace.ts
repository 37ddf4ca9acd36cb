import type { JsonValue } from '../../core/json.js';
import { commentsOf } from './comments.js';
import { inHouseOrder } from './house-style.js';
import type { Patch } from './patch.js';
import { colonEnd, columnOf, contentEnd, eolOf, isWithinFlow, lineEnd, lineStart } from './places.js';
import type { TextPath } from './problem.js';
import { renderAfterKey, renderFlow, renderItem } from './render.js';
import type { TextNode, TextTree } from './tree.js';

/** Patches that put another value in the place of one; comments inside the old one come behind the new one. */
export function replacements(tree: TextTree, path: TextPath, given: JsonValue): readonly Patch[] {
  const node = tree.at(path);
  if (node === null || path.length === 0) return [];
  const value = inHouseOrder(path, given);
  if (isWithinFlow(tree, path)) return [inPlace(tree, node, renderFlow(value))];
  if (node.key === null) return listMember(tree, node, path, value);
  const shown = renderAfterKey(path, value, columnOf(tree, node.key.start), eolOf(tree.text));
  return [behindKey(tree, node, shown), behindKey(tree, node, ` ${renderFlow(value)}`)];
}

/** Inside brackets, where a comment ends its line. */
function inPlace(tree: TextTree, node: TextNode, shown: string): Patch {
  const { text } = tree;
  const start = node.value.end > node.value.start ? node.value.start : contentEnd(tree, node);
  const end = contentEnd(tree, node);
  const eol = eolOf(text);
  const margin = /^\s*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? '';
  const comments = within(text, start, end).map((comment) => ` ${comment}${eol}${margin}`);
  const space = /[\s[{]/.test(text[start - 1] ?? ' ') ? '' : ' ';
  return [{ start, end: Math.max(start, end), text: `${space}${shown}${comments.join('')}` }];
}

function listMember(tree: TextTree, node: TextNode, path: TextPath, value: JsonValue): Patch[] {
  const { text } = tree;
  const start = node.value.start;
  const end = Math.max(start, contentEnd(tree, node));
  const eol = eolOf(text);
  const before = text.slice(lineStart(text, start), start);
  const indent = before.lastIndexOf('-');
  const isBesideDash = before.slice(indent + 1).trim() === '' && indent >= 0;
  const shown = isBesideDash ? renderItem(path, value, indent, eol) : renderFlow(value);
  const space = /[\s]/.test(text[start - 1] ?? '') ? '' : ' ';
  if (node.isFlow || node.kind === 'scalar') {
    const plain: Patch = [{ start, end, text: space + shown }];
    if (within(text, start, end).length === 0 && !shown.includes('\n')) return [plain];
  }
  const stop = lineEnd(text, end);
  const margin = ' '.repeat(Math.max(0, indent));
  const comments = within(text, start, stop).map((comment) => `${eol}${margin}${comment}`);
  return [[{ start, end: stop, text: `${space}${shown}${comments.join('')}` }]];
}

/**
 * Everything behind the colon anew. A comment on the line of the key stays there; the others follow on lines of their own.
 */
export function behindKey(tree: TextTree, node: TextNode, shown: string): Patch {
  const { text } = tree;
  const start = colonEnd(tree, node);
  const content = Math.max(start, contentEnd(tree, node));
  const isSingle = !shown.includes('\n');
  const isOneLine = lineEnd(text, start) >= content && node.style !== 'block';
  if (isOneLine && isSingle) return [{ start, end: content, text: shown }];
  const eol = eolOf(text);
  const end = lineEnd(text, content);
  const keyLine = lineEnd(text, start);
  const margin = ' '.repeat(node.key === null ? 0 : columnOf(tree, node.key.start));
  const all = commentsOf(text).filter((comment) => comment.start >= start && comment.end <= end);
  const beside = all.find((comment) => comment.start < keyLine) ?? (all.length === 1 ? all[0] : undefined);
  const below = all.filter((comment) => comment !== beside).map(({ start: from, end: to }) => text.slice(from, to));
  const head = beside === undefined ? '' : spaced(text, beside.start) + text.slice(beside.start, beside.end);
  const lines = below.map((comment) => `${eol}${margin}${comment}`).join('');
  return [{ start, end, text: isSingle ? shown + head + lines : head + shown + lines }];
}

/** The spaces before a comment, at least one. */
function spaced(text: string, offset: number): string {
  return /[ \t]+$/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? ' ';
}

function within(text: string, start: number, end: number): readonly string[] {
  return commentsOf(text)
    .filter((comment) => comment.start >= start && comment.end <= end)
    .map((comment) => text.slice(comment.start, comment.end));
}
