import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject } from '../../../core/json.js';
import { beginning, type Frontier, frontierJson, parseFrontier } from '../../kit/frontier.js';

/** Where a pass stands. */
export interface Place {
  readonly phase: 'records' | 'deleted';
  /** The service's own cursor, page number or offset; null at the beginning of a phase. */
  readonly at: string | null;
  /** How far the changes of this pass have been seen. */
  readonly records: Frontier;
  /** How far its deletions have been seen. */
  readonly deleted: Frontier;
  /** When the pass began, by the service's clock; null before its first answer. */
  readonly startedAt: string | null;
}

/** What the next incremental pass begins with. Changes and deletions are two lists, each with its own edge. */
export interface Bookmark {
  readonly records: Frontier;
  readonly deleted: Frontier;
}

export function startPlace(): Place {
  return { phase: 'records', at: null, records: beginning, deleted: beginning, startedAt: null };
}

export function placeCursor(place: Place): Cursor {
  return { ...place, records: frontierJson(place.records), deleted: frontierJson(place.deleted) };
}

export function parsePlace(cursor: Cursor | null): Place | null {
  if (!isJsonObject(cursor)) return null;
  return {
    phase: cursor.phase === 'deleted' ? 'deleted' : 'records',
    at: typeof cursor.at === 'string' ? cursor.at : null,
    records: parseFrontier(cursor.records),
    deleted: parseFrontier(cursor.deleted),
    startedAt: typeof cursor.startedAt === 'string' ? cursor.startedAt : null,
  };
}

export function bookmarkCursor(bookmark: Bookmark): Cursor {
  return { records: frontierJson(bookmark.records), deleted: frontierJson(bookmark.deleted) };
}

export function parseBookmark(bookmark: Cursor | null): Bookmark | null {
  if (!isJsonObject(bookmark)) return null;
  return { records: parseFrontier(bookmark.records), deleted: parseFrontier(bookmark.deleted) };
}
