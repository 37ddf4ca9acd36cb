import { type ParsedText, parseText } from '../../../../definitions/text/tree.js';
import type { Known } from '../../parts/editor/offers.js';

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

/** Reads texts as they come, and remembers the last one that could be read. */
export class Reader {
  #text: string | null = null;
  #parsed: ParsedText | null = null;
  #good: JsonMap | null = null;

  /** The value of this text, or of the last one that could be read; null where there was none. */
  read(text: string): { readonly value: JsonMap | null; readonly isFresh: boolean } {
    if (this.#parsed === null || this.#text !== text) {
      this.#text = text;
      this.#parsed = parseText(text);
      const value: unknown = this.#parsed.tree?.value;
      if (isMap(value)) this.#good = value;
    }
    const isFresh = this.#parsed.tree !== null && this.#good === (this.#parsed.tree.value as unknown);
    return { value: this.#good, isFresh };
  }

  /** Line and column of a path in the last text, counted from 1; null while it cannot be read. */
  lineOf(path: readonly (string | number)[]): { readonly line: number; readonly column: number } | null {
    const { tree, lines } = this.#parsed ?? { tree: null, lines: null };
    if (tree === null || lines === null) return null;
    const node = tree.nearest(path);
    return lines.place(node.key?.start ?? node.value.start);
  }
}
