import type { Path } from '../plan/plan.js';

export type ParsedPath = { readonly path: Path } | { readonly reason: string; readonly offset: number };

const refusedNames = new Set(['__proto__', 'constructor', 'prototype']);

/** `A.B[0].C` and `['a b']` as a path. Never throws. */
export function parsePath(text: string): ParsedPath {
  const path: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = /^\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/.exec(text.slice(at));
    const index = /^\[(\d{1,6})\]/.exec(text.slice(at));
    const isStart = path.length === 0;
    const name = /^\.?([\p{L}\p{N}_$-]+)/u.exec(text.slice(at));
    const part = quoted ?? index ?? (name && isStart !== name[0].startsWith('.') ? name : null);
    if (!part) return { reason: reasonAt(text, at), offset: at };
    if (index && isStart) return { reason: 'it begins with an index, but a record is not a list', offset: at };
    const value = index ? Number(index[1]) : (quoted?.[1] ?? quoted?.[2] ?? name?.[1] ?? '').replace(/\\(.)/g, '$1');
    if (typeof value === 'string' && refusedNames.has(value)) {
      return { reason: `the name \`${value}\` is not allowed`, offset: at };
    }
    path.push(value);
    at += part[0].length;
  }
  if (path.length === 0) return { reason: 'it is empty', offset: 0 };
  return path.length > 16 ? { reason: 'it has more than 16 parts', offset: 0 } : { path };
}

function reasonAt(text: string, at: number): string {
  const rest = text.slice(at, at + 12);
  return `\`${rest}\` is neither a name, an index such as \`[0]\`, nor a quoted name such as \`['a b']\``;
}

/** `<slot>.<stream>` in its two parts; null where there is no dot. */
export function parseStream(text: string): { readonly slot: string; readonly stream: string } | null {
  const dot = text.indexOf('.');
  if (dot <= 0 || dot === text.length - 1) return null;
  return { slot: text.slice(0, dot), stream: text.slice(dot + 1) };
}

export interface ParsedRef {
  readonly pipeline: string | null;
  readonly flow: string;
  readonly target: string;
}

/** `<flow>`, `<flow>:<target>`, `<pipeline>/<flow>` or `<pipeline>/<flow>:<target>`. */
export function parseRef(text: string): ParsedRef | null {
  const parts = /^(?:([a-z][a-z0-9-]*)\/)?([a-z][a-z0-9_]*)(?::([a-z][a-z0-9_]*))?$/.exec(text);
  if (!parts) return null;
  return { pipeline: parts[1] ?? null, flow: parts[2] ?? '', target: parts[3] ?? '' };
}
