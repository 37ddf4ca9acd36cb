import { commentsOf } from './comments.js';
import type { Patch, TextEdit } from './patch.js';
import {
  columnOf,
  contentEnd,
  eolOf,
  isOwnLine,
  isWithinFlow,
  lineEnd,
  lineStart,
  memberStart,
  nextLine,
  startOf,
} from './places.js';
import type { TextPath } from './problem.js';
import { behindKey } from './replace.js';
import type { TextNode, TextTree } from './tree.js';

/** Patches that take a member out of its map or list. Its comments stay: what people wrote for people is theirs. */
export function removals(tree: TextTree, path: TextPath): readonly Patch[] {
  const node = tree.at(path);
  const parentPath = path.slice(0, -1);
  const parent = tree.at(parentPath);
  if (node === null || parent === null || path.length === 0) return [];
  const members = [...parent.children.values()];
  if (members.length === 1) return emptied(tree, parentPath, parent, node);
  const index = members.indexOf(node);
  if (parent.isFlow || isWithinFlow(tree, path)) return flowRemovals(tree, members, index);
  return blockRemovals(tree, parent, members, index);
}

function emptied(tree: TextTree, parentPath: TextPath, parent: TextNode, node: TextNode): readonly Patch[] {
  const empty = parent.kind === 'map' ? '{}' : '[]';
  if (!parent.isFlow && parent.key !== null) return [behindKey(tree, parent, ` ${empty}`)];
  if (!parent.isFlow) {
    const { text } = tree;
    const start = memberStart(tree, parent, node);
    const end = lineEnd(text, contentEnd(tree, node));
    const eol = eolOf(text);
    const comments = inside(text, start, end).map((comment) => `${eol}${text.slice(comment.start, comment.end)}`);
    return [[{ start, end, text: empty + comments.join('') }]];
  }
  const inner = { start: parent.value.start + 1, end: contentEnd(tree, parent) - 1 };
  const hasComments = inside(tree.text, inner.start, inner.end).length > 0;
  if (!hasComments) return [[{ ...parent.value, end: contentEnd(tree, parent), text: empty }]];
  if (parent.key !== null && !isWithinFlow(tree, parentPath)) return [behindKey(tree, parent, ` ${empty}`)];
  return flowRemovals(tree, [node], 0);
}

function flowRemovals(tree: TextTree, members: readonly TextNode[], index: number): readonly Patch[] {
  const { text } = tree;
  const node = members[index];
  if (node === undefined) return [];
  const start = startOf(node);
  const end = Math.max(contentEnd(tree, node), node.key?.end ?? 0);
  const next = members[index + 1];
  const previous = members[index - 1];
  const patches: Patch[] = [];
  const whole = (edit: TextEdit): void => {
    if (inside(text, edit.start, edit.end).length === 0) patches.push([edit]);
  };
  if (next !== undefined) whole({ start, end: startOf(next), text: '' });
  else if (previous !== undefined)
    whole({ start: Math.max(contentEnd(tree, previous), previous.key?.end ?? 0), end, text: '' });
  // With comments around: the value and the comma behind it go, and the comments inside the value stay.
  const comma = /^\s*,/.exec(text.slice(end, end + 200));
  const stop = end + (comma?.[0].length ?? 0);
  const margin = text.slice(lineStart(text, start), start).replace(/\S.*$/, '');
  const comments = inside(text, start, stop).map(
    (each) => `${text.slice(each.start, each.end)}${eolOf(text)}${margin}`,
  );
  const before = isOwnLine(text, start) && comments.length === 0 && lineEnd(text, stop) === stop;
  patches.push([
    before
      ? { start: lineStart(text, start), end: nextLine(text, stop), text: '' }
      : { start, end: stop, text: comments.join('') },
  ]);
  return patches;
}

function blockRemovals(
  tree: TextTree,
  parent: TextNode,
  members: readonly TextNode[],
  index: number,
): readonly Patch[] {
  const { text } = tree;
  const node = members[index];
  if (node === undefined) return [];
  const start = memberStart(tree, parent, node);
  const next = members[index + 1];
  const end = lineEnd(text, contentEnd(tree, node));
  const eol = eolOf(text);
  const margin = ' '.repeat(columnOf(tree, start));
  if (!isOwnLine(text, start)) {
    // The first key beside a dash: the next one comes there.
    if (next === undefined) return [];
    const until = memberStart(tree, parent, next);
    const between = inside(text, start, until).map((each) => `${text.slice(each.start, each.end)}${eol}${margin}`);
    return [[{ start, end: until, text: between.join('') }]];
  }
  const comments = inside(text, start, end);
  const asWritten = comments.map((each) => {
    const from = lineStart(text, each.start);
    return isOwnLine(text, each.start) ? text.slice(from, each.end) : margin + text.slice(each.start, each.end);
  });
  const aligned = comments.map((each) => margin + text.slice(each.start, each.end));
  const lines = lineStart(text, start);
  if (comments.length > 0) {
    return [asWritten, aligned].map((kept) => [{ start: lines, end, text: kept.join(eol) }]);
  }
  if (end === text.length) return [[{ start: Math.max(0, lineEndBefore(text, lines)), end, text: '' }]];
  return [[{ start: withGap(text, lines, end), end: nextLine(text, end), text: '' }]];
}

/** An empty line above goes with what is removed where another one follows, or nothing does. */
function withGap(text: string, start: number, end: number): number {
  const below = nextLine(text, end);
  const isGapBelow = below >= text.length || text.slice(below, lineEnd(text, below)).trim() === '';
  if (start === 0 || !isGapBelow) return start;
  const above = lineStart(text, start - 1);
  return text.slice(above, start).trim() === '' ? above : start;
}

function lineEndBefore(text: string, start: number): number {
  return start === 0 ? 0 : lineEnd(text, lineStart(text, start - 1));
}

function inside(text: string, start: number, end: number): ReturnType<typeof commentsOf> {
  return commentsOf(text).filter((comment) => comment.start >= start && comment.end <= end);
}
