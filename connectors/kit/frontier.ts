import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { shortHash } from './hash.js';

const markLength = 8;
/** Marks of so many records are kept: a cursor with two frontiers stays under 4 kB. What goes beyond is read once more. */
const usualMarks = 200;

/**
 * How far a walk in the order of change has come. A service's boundary is inclusive ("changed at or after"), so the
 * records at the edge, and those within the lag behind it, come again; their marks tell that they are the same.
 */
export interface Frontier {
  /** The newest moment seen, in the service's own spelling; null before the first. */
  readonly newest: string | null;
  /** Marks of the records at the edge, one after the other. */
  readonly marks: string;
}

export const beginning: Frontier = { newest: null, marks: '' };

/** A record with its moment; the mark is made only where it is needed, since it costs a hash. */
export interface Passed {
  readonly at: string;
  mark(): string;
}

/** A text of 8 characters for a record as it stands now. */
export function markOf(key: string, content: string): string {
  return Buffer.from(shortHash(`${key}\n${content}`).slice(0, 12), 'hex').toString('base64url');
}

/** The frontier after these records. Those within `lagMs` of the newest keep their marks. */
export function advance(
  frontier: Frontier,
  passed: readonly Passed[],
  lagMs: number,
  mostMarks = usualMarks,
): Frontier {
  let newest = frontier.newest;
  for (const { at } of passed) if (newest === null || compareMoments(at, newest) > 0) newest = at;
  if (newest === null) return frontier;
  const edge = newest;
  const isKept = frontier.newest !== null && isWithin(frontier.newest, edge, lagMs);
  let marks = isKept ? frontier.marks : '';
  for (const record of passed) if (isWithin(record.at, edge, lagMs)) marks += record.mark();
  return { newest, marks: marks.slice(-mostMarks * markLength) };
}

/** The records that the former walk has not given already, exactly as they are. */
export function withoutRepeats<Record extends Passed>(former: Frontier | null, passed: readonly Record[]): Record[] {
  if (former?.newest == null) return [...passed];
  const edge = former.newest;
  const marks = new Set<string>();
  for (let at = 0; at < former.marks.length; at += markLength) marks.add(former.marks.slice(at, at + markLength));
  return passed.filter((record) => compareMoments(record.at, edge) > 0 || !marks.has(record.mark()));
}

/** The marks of both, where a walk has not left the edge of the former one. */
export function joined(former: Frontier | null, frontier: Frontier, lagMs: number, mostMarks = usualMarks): Frontier {
  if (former?.newest == null) return frontier;
  if (frontier.newest === null || compareMoments(former.newest, frontier.newest) > 0) return former;
  if (!isWithin(former.newest, frontier.newest, lagMs)) return frontier;
  return { newest: frontier.newest, marks: (former.marks + frontier.marks).slice(-mostMarks * markLength) };
}

export function parseFrontier(value: JsonValue | undefined): Frontier {
  if (!isJsonObject(value)) return beginning;
  return {
    newest: typeof value.newest === 'string' ? value.newest : null,
    marks: typeof value.marks === 'string' ? value.marks : '',
  };
}

export function frontierJson({ newest, marks }: Frontier): JsonObject {
  return { newest, marks };
}

function isWithin(at: string, edge: string, lagMs: number): boolean {
  return lagMs > 0 ? Date.parse(at) >= Date.parse(edge) - lagMs : compareMoments(at, edge) === 0;
}

/** Orders two moments by time, and those of one millisecond by their text (services write up to nanoseconds). */
export function compareMoments(a: string, b: string): number {
  const difference = Date.parse(a) - Date.parse(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a === b ? 0 : a < b ? -1 : 1;
}
