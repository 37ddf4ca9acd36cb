import type { TextPath } from './problem.js';
import type { TextNode, TextTree } from './tree.js';

/** Offsets that patches of a text are made from. */

export const startOf = (node: TextNode): number => node.key?.start ?? node.value.start;

export function eolOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the last sign of the line, before its break. */
export function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return text[at - 1] === '\r' ? at - 1 : at;
}

/** Where the next line begins; the end of the text where there is none. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

export function columnOf(tree: TextTree, offset: number): number {
  return offset - lineStart(tree.text, offset);
}

/** Behind the colon of a key. */
export function colonEnd(tree: TextTree, node: TextNode): number {
  const from = node.key?.end ?? node.value.start;
  const colon = /^\s*:/.exec(tree.text.slice(from, from + 40));
  return from + (colon?.[0].length ?? 0);
}

/** Behind the last sign of a value, without comments and line breaks behind it. */
export function contentEnd(tree: TextTree, node: TextNode): number {
  let end = node.key === null ? node.value.start : colonEnd(tree, node);
  if (node.kind === 'scalar' || node.isFlow) {
    if (node.value.end > node.value.start) end = Math.max(end, node.value.end);
  } else {
    for (const child of node.children.values()) end = Math.max(end, contentEnd(tree, child));
  }
  while (end > 0 && /\s/.test(tree.text[end - 1] ?? '')) end -= 1;
  return end;
}

/** The end of the last line of a member, with comment lines below it that are indented deeper than the member. */
export function memberEnd(tree: TextTree, node: TextNode, indent: number): number {
  const { text } = tree;
  let end = lineEnd(text, contentEnd(tree, node));
  let at = nextLine(text, end);
  while (at < text.length) {
    const lineStop = lineEnd(text, at);
    const line = text.slice(at, lineStop);
    const shown = line.trimStart();
    if (shown !== '' && (!shown.startsWith('#') || line.length - shown.length <= indent)) break;
    if (shown !== '') end = lineStop;
    at = nextLine(text, lineStop);
    if (at === text.length) break;
  }
  return end;
}

/** Where a member of a block begins: its key, or its dash. */
export function memberStart(tree: TextTree, parent: TextNode, node: TextNode): number {
  return parent.kind === 'list' ? dashBefore(tree.text, node) : startOf(node);
}

/** The dash of a list member, which may stand on a line above it, with comments between. */
function dashBefore(text: string, node: TextNode): number {
  let at = lineStart(text, startOf(node));
  let before = text.slice(at, startOf(node));
  for (let seen = 0; seen < 50; seen++) {
    const dash = /^(\s*(?:- +)*)-\s*(#.*)?$/.exec(before.replace(/\s+$/, ' '));
    if (dash !== null) return at + (dash[1]?.length ?? 0);
    if (at === 0) break;
    const above = lineStart(text, at - 1);
    before = text.slice(above, at);
    at = above;
  }
  return text.lastIndexOf('-', startOf(node));
}

export function isOwnLine(text: string, offset: number): boolean {
  return text.slice(lineStart(text, offset), offset).trim() === '';
}

export function isWithinFlow(tree: TextTree, path: TextPath): boolean {
  return path.some((_part, index) => tree.at(path.slice(0, index))?.isFlow === true);
}
