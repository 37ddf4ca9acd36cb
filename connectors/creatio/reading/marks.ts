import { shortHash } from '../../kit/hash.js';

const markLength = 8;
/** So many records at most: a cursor stays under 4 kB. What goes beyond may be read once more, and is never lost. */
export const mostMarks = 400;

/** A text of 8 characters for a record as it stands now. */
export function markOf(row: string): string {
  return Buffer.from(shortHash(row).slice(0, 12), 'hex').toString('base64url');
}

/** Marks one after the other, the newest last. */
export function joinMarks(former: string, more: readonly string[]): string {
  const known = marksIn(former);
  const fresh = more.filter((mark) => !known.has(mark));
  return (former + fresh.join('')).slice(-mostMarks * markLength);
}

export function marksIn(text: string): ReadonlySet<string> {
  const marks = new Set<string>();
  for (let at = 0; at < text.length; at += markLength) marks.add(text.slice(at, at + markLength));
  return marks;
}
