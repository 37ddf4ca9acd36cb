import { useCallback, useRef } from 'react';
import type { Graph, Part } from './parts.js';

/** One function for as long as the page is open, which does what the last one given does. */
export function useSteady<Args extends readonly unknown[]>(work: (...args: Args) => void): (...args: Args) => void {
  const latest = useRef(work);
  latest.current = work;
  return useCallback((...args: Args) => latest.current(...args), []);
}

/** The next graph with every part of the one before that is the same, so that only what changed is drawn anew. */
export function keptGraph(before: Graph | null, next: Graph): Graph {
  if (before === null) return next;
  const known = new Map(before.parts.map((part) => [part.id, part]));
  const parts = next.parts.map((part) => {
    const former = known.get(part.id);
    return former !== undefined && isSame(former, part) ? former : part;
  });
  const isSameList = parts.length === before.parts.length && parts.every((part, index) => part === before.parts[index]);
  const isSameLines = JSON.stringify(before.references) === JSON.stringify(next.references);
  if (isSameList && isSameLines) return before;
  return { parts: isSameList ? before.parts : parts, references: isSameLines ? before.references : next.references };
}

function isSame(a: Part, b: Part): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
