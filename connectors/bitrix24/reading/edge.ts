import { isJsonObject, type JsonObject, type JsonValue, stableStringify } from '../../../core/json.js';
import { shortHash } from '../../kit/hash.js';

const markLength = 8;
/** A cursor stays under 4 kB; what goes beyond is read once more, never lost. */
const mostMarks = 400;

/**
 * How far the changes of a stream have been seen: everything changed before `since` was. What changed at or after it
 * comes again, and is known by its marks (dates have a resolution of one second, and a record may be visible late).
 */
export interface Edge {
  readonly since: string;
  readonly marks: string;
}

/** A text of 8 characters for a record as it stands now. Links are signed anew at every look. */
export function markOf(id: string, row: JsonObject): string {
  const content = stableStringify(row).replace(/"url\w*":"[^"]*"/gi, '');
  return Buffer.from(shortHash(`${id}\n${content}`).slice(0, 12), 'hex').toString('base64url');
}

export function knownMarks({ marks }: Edge): ReadonlySet<string> {
  const known = new Set<string>();
  for (let at = 0; at < marks.length; at += markLength) known.add(marks.slice(at, at + markLength));
  return known;
}

/** Adds the marks of rows at or after the moment. */
export function addMarks(marks: string, added: readonly string[]): string {
  return (marks + added.join('')).slice(-mostMarks * markLength);
}

export function parseEdge(value: JsonValue | undefined): Edge | null {
  if (!isJsonObject(value) || typeof value.since !== 'string') return null;
  return { since: value.since, marks: typeof value.marks === 'string' ? value.marks : '' };
}

/** A moment as the vendor's filters take it. */
export function momentText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}
