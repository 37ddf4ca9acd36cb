import { Composer, type Document, isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, Scalar } from 'yaml';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { scanText, textLimits, tooDeep, tooManyNodes } from './limits.js';
import { type LineIndex, lineIndex } from './lines.js';
import type { TextPath, TextProblem, TextRange } from './problem.js';

/** One value of the text with its place. */
export interface TextNode {
  readonly kind: 'scalar' | 'map' | 'list';
  /** Where the key stands; null for list members and the top. */
  readonly key: TextRange | null;
  readonly value: TextRange;
  readonly isFlow: boolean;
  readonly style: 'plain' | 'quoted' | 'block' | null;
  readonly children: ReadonlyMap<string | number, TextNode>;
}

/** A definition as text, as plain JSON, and with the place of every value. */
export interface TextTree {
  readonly text: string;
  readonly lines: LineIndex;
  readonly value: JsonValue;
  readonly root: TextNode;
  /** The node at a path; the nearest one above it where the path does not exist. */
  nearest(path: TextPath): TextNode;
  /** The node at exactly this path. */
  at(path: TextPath): TextNode | null;
}

export interface ParsedText {
  readonly tree: TextTree | null;
  readonly lines: LineIndex;
  readonly problems: readonly TextProblem[];
}

/** YAML text to a tree with positions. Hostile text is refused with a position before anything expensive happens. */
export function parseText(text: string): ParsedText {
  const scan = scanText(text);
  if ('problem' in scan) return { tree: null, lines: lineIndex(text), problems: [scan.problem] };
  const lines = lineIndex(text, scan.lineStarts);
  const documents = [...new Composer({ uniqueKeys: false, prettyErrors: false, merge: false }).compose(scan.tokens)];
  const document = documents[0];
  const errors = documents.flatMap((each) => each.errors);
  // One wrong sign makes all that follows unexpected; only the first of those says anything.
  const places = new Set<number>();
  const isMeant = (error: { readonly code: string; readonly pos: readonly [number, number] }, index: number) =>
    places.size < places.add(error.pos[0]).size && (index === 0 || error.code !== 'UNEXPECTED_TOKEN');
  const problems = errors
    .filter(isMeant)
    .slice(0, 20)
    .map((error) => syntaxProblem(error, text));
  if (documents.length > 1) problems.push(secondDocument(documents[1] as Document));
  if (problems.length > 0) return { tree: null, lines, problems };
  if (!document?.contents) return { tree: null, lines, problems: [emptyText()] };

  const walk = new Walk();
  const root = walk.visit(document.contents as Node, null, [], 0);
  if (walk.problems.length > 0) return { tree: null, lines, problems: walk.problems };
  return { tree: makeTree(text, lines, root), lines, problems: [] };
}

interface Visited {
  readonly value: JsonValue;
  readonly node: TextNode;
}

class Walk {
  readonly problems: TextProblem[] = [];
  #nodes = 0;

  visit(node: Node | null, key: TextRange | null, path: TextPath, depth: number): Visited {
    const start = node?.range?.[0] ?? key?.end ?? 0;
    if (++this.#nodes === textLimits.nodes + 1) this.problems.push(tooManyNodes(start));
    if (this.#nodes > textLimits.nodes) return nothing(start, key);
    if (depth > textLimits.depth) {
      this.problems.push(tooDeep(start));
      return nothing(start, key);
    }
    if (isMap(node)) return this.#map(node, key, path, depth);
    if (isSeq(node)) return this.#list(node, key, path, depth);
    if (isScalar(node)) return this.#scalar(node, key, path);
    if (isAlias(node)) this.problems.push(keyProblem('definition/yaml_refused', 'alias', rangeOf(node), path));
    return nothing(start, key);
  }

  #map(
    node: Node & { items: unknown[]; flow?: boolean },
    key: TextRange | null,
    path: TextPath,
    depth: number,
  ): Visited {
    const value: JsonObject = {};
    const children = new Map<string | number, TextNode>();
    for (const item of node.items) {
      if (!isPair(item)) continue;
      const name = this.#keyName(item, path, children);
      if (name === null) continue;
      const keyRange = rangeOf(item.key as Node);
      const member = this.visit((item.value as Node | null) ?? null, keyRange, [...path, name], depth + 1);
      value[name] = member.value;
      children.set(name, member.node);
    }
    return { value, node: textNode('map', key, rangeOf(node), node.flow === true, null, children) };
  }

  #keyName(item: Pair, path: TextPath, known: ReadonlyMap<string | number, TextNode>): string | null {
    const key = item.key as Node | null;
    if (!isScalar(key) || (key.value === null && (key.source ?? '') === '')) {
      this.problems.push(keyProblem('definition/yaml_refused', 'complex', rangeOf(key), path));
      return null;
    }
    const name = typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
    const range = rangeOf(key);
    if (name === '<<') this.problems.push(keyProblem('definition/yaml_refused', 'merge', range, path));
    else if (refusedNames.has(name)) this.problems.push(refusedName(name, range, path));
    else if (known.has(name)) this.problems.push(duplicateKey(name, range, [...path, name]));
    else {
      this.#number(key, range, [...path, name]);
      return name;
    }
    return null;
  }

  #list(
    node: Node & { items: unknown[]; flow?: boolean },
    key: TextRange | null,
    path: TextPath,
    depth: number,
  ): Visited {
    const value: JsonValue[] = [];
    const children = new Map<string | number, TextNode>();
    node.items.forEach((item, index) => {
      const member = this.visit(item as Node | null, null, [...path, index], depth + 1);
      value.push(member.value);
      children.set(index, member.node);
    });
    return { value, node: textNode('list', key, rangeOf(node), node.flow === true, null, children) };
  }

  #scalar(node: Scalar, key: TextRange | null, path: TextPath): Visited {
    const range = rangeOf(node);
    this.#number(node, range, path);
    const value = node.value;
    const isJson = value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
    const style = node.type === Scalar.PLAIN ? 'plain' : node.type?.startsWith('QUOTE') ? 'quoted' : 'block';
    return {
      value: isJson ? (value as JsonValue) : String(value),
      node: textNode('scalar', key, range, false, style, noChildren),
    };
  }

  /** D9: YAML reads 012 as 12 and rounds 20 digits, so a number whose text would not survive must be quoted. */
  #number(node: Scalar, range: TextRange, path: TextPath): void {
    if (typeof node.value !== 'number' && typeof node.value !== 'bigint') return;
    if (node.type !== Scalar.PLAIN) return;
    const source = node.source ?? '';
    const digits = source.replace(/[^0-9]/g, '').length;
    if (digits <= 15 && !/^[-+]?0[0-9xo]/.test(source) && Number.isFinite(Number(node.value))) return;
    this.problems.push({
      code: 'definition/unquoted_number',
      message: `The number \`${source.slice(0, 40)}\` would not keep its digits.`,
      hint: `Write it as text: \`"${source.slice(0, 40)}"\`.`,
      range,
      path,
    });
  }
}

const refusedNames = new Set(['__proto__', 'constructor', 'prototype']);
const noChildren: ReadonlyMap<string | number, TextNode> = new Map();

function textNode(
  kind: TextNode['kind'],
  key: TextRange | null,
  value: TextRange,
  isFlow: boolean,
  style: TextNode['style'],
  children: TextNode['children'],
): TextNode {
  return { kind, key, value, isFlow, style, children };
}

function nothing(offset: number, key: TextRange | null): Visited {
  const range = { start: offset, end: offset };
  return { value: null, node: textNode('scalar', key, range, false, 'plain', noChildren) };
}

function rangeOf(node: Node | null): TextRange {
  const [start, end] = node?.range ?? [0, 0];
  return { start, end };
}

function makeTree(text: string, lines: LineIndex, root: Visited): TextTree {
  const find = (path: TextPath): { node: TextNode; isExact: boolean } => {
    let node = root.node;
    for (const part of path) {
      const child = node.children.get(part);
      if (!child) return { node, isExact: false };
      node = child;
    }
    return { node, isExact: true };
  };
  return {
    text,
    lines,
    value: root.value,
    root: root.node,
    nearest: (path) => find(path).node,
    at: (path) => {
      const found = find(path);
      return found.isExact ? found.node : null;
    },
  };
}

function syntaxProblem(error: { message: string; pos: readonly [number, number] }, text: string): TextProblem {
  const said = (error.message.split('\n')[0] ?? '').slice(0, 160).replace(/[.:]?\s*$/, '');
  return {
    code: 'definition/yaml_syntax',
    message: `The text is not valid YAML: ${said}.`,
    hint:
      text[error.pos[0]] === '['
        ? 'Inside braces a path with brackets stands in quotes: `{ from: "PHONE[0].VALUE" }`.'
        : 'Check the indentation, the quotes and the brackets at this place.',
    range: { start: error.pos[0], end: error.pos[1] },
    path: [],
  };
}

function secondDocument(document: Document): TextProblem {
  const start = document.range?.[0] ?? 0;
  return {
    code: 'definition/yaml_refused',
    message: 'The text holds a second document.',
    hint: 'Keep one pipeline in one file, and remove the line `---` before this place.',
    range: { start, end: start },
    path: [],
  };
}

function emptyText(): TextProblem {
  return {
    code: 'definition/missing_key',
    message: 'The definition is empty.',
    hint: 'Begin with `pipeline:`, `connections:` and `flows:`; `pipewright new pipeline` writes an example.',
    range: { start: 0, end: 0 },
    path: [],
  };
}

function refusedName(name: string, range: TextRange, path: TextPath): TextProblem {
  return {
    code: 'definition/refused_name',
    message: `The name \`${name}\` is not allowed anywhere in a definition.`,
    hint: 'Use another name.',
    range,
    path: [...path, name],
  };
}

function duplicateKey(name: string, range: TextRange, path: TextPath): TextProblem {
  return {
    code: 'definition/duplicate_key',
    message: `The key \`${name}\` stands twice in the same map.`,
    hint: 'Keep one of the two.',
    range,
    path,
  };
}

function keyProblem(
  code: TextProblem['code'],
  kind: 'merge' | 'complex' | 'alias',
  range: TextRange,
  path: TextPath,
): TextProblem {
  const what = { merge: 'A merge key (`<<`)', complex: 'A key that is not plain text', alias: 'An alias' }[kind];
  return {
    code,
    message: `${what} is not allowed in a definition.`,
    hint: 'Write every key and value out.',
    range,
    path,
  };
}
