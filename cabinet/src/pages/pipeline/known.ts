import type { TextPath } from '../../../../definitions/text/problem.js';
import type { Known } from '../../parts/editor/offers.js';
import { parsedText } from './parsed.js';

export type JsonMap = Readonly<Record<string, unknown>>;

/** What a text says of its slots, flows and tables; whatever is not of its shape is left out. */
export function knownOf(root: unknown): Known {
  const part = (name: string): JsonMap => (isMap(root) && isMap(root[name]) ? root[name] : {});
  const slots = Object.entries(part('connections')).map(([slot, value]): [string, string] => [
    slot,
    isMap(value) ? textOf(value.connector) : '',
  ]);
  const flows = Object.entries(part('flows')).flatMap(([name, flow]) => {
    if (!isMap(flow)) return [];
    const targets = (Array.isArray(flow.to) ? flow.to : [flow.to]).map(streamOf);
    return [[name, { source: streamOf(flow.from), targets }] as const];
  });
  return { slots: new Map(slots), flows: new Map(flows), tables: Object.keys(part('values')) };
}

export function streamOf(value: unknown): string {
  return isMap(value) ? textOf(value.stream) : '';
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function isMap(value: unknown): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a text says, or the last one before it that could be read. */
export interface Reading {
  /** Null where there was none. */
  readonly value: JsonMap | null;
  /** Whether it is of the present text. */
  readonly isFresh: boolean;
}

/** Reads texts as they come, and remembers the last one that could be read. */
export class Reader {
  #text = '';
  #last: Reading = { value: null, isFresh: false };
  #isRead = false;

  read(text: string): Reading {
    if (this.#isRead && this.#text === text) return this.#last;
    return this.take(text, parsedText(text).tree?.value ?? null);
  }

  /** A text that was parsed elsewhere: its value, or null where it could not be read. */
  take(text: string, parsed: unknown): Reading {
    this.#text = text;
    this.#isRead = true;
    this.#last = isMap(parsed) ? { value: parsed, isFresh: true } : { value: this.#last.value, isFresh: false };
    return this.#last;
  }

  /** Line and column of a path in the last text, counted from 1; null while it cannot be read. */
  lineOf(path: TextPath): { readonly line: number; readonly column: number } | null {
    if (!this.#isRead) return null;
    const { tree, lines } = parsedText(this.#text);
    if (tree === null) return null;
    const node = tree.nearest(path);
    return lines.place(node.key?.start ?? node.value.start);
  }
}
