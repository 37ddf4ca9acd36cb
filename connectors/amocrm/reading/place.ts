import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { beginning, type Frontier, frontierJson, parseFrontier } from '../../kit/frontier.js';
import { firstPlace, type OffsetPlace, parseOffsetPlace } from './offset-walk.js';

/**
 * How changes are walked. `ids`: in the order of ids, which nothing changes. `times`: in the order of change.
 * `newest`: backwards from the newest change, for accounts that ignore filters.
 */
export type WalkKind = 'ids' | 'times' | 'newest';

/** Where a pass over changes stands. */
export interface Place {
  readonly phase: 'records' | 'deleted';
  readonly kind: WalkKind;
  readonly walk: OffsetPlace;
  /** Of `times`: the second that the next page begins at. */
  readonly from: number | null;
  /** Of `times`: true while one second with more records than a page is walked by ids. */
  readonly isWithinSecond: boolean;
  readonly records: Frontier;
  readonly deleted: Frontier;
  /** Where the list stood at the first page: its newest change, or the vendor's clock. */
  readonly startedAt: string | null;
  /** True where the list came in one page, so that nothing could change meanwhile. */
  readonly isSnapshot: boolean;
  /** Of deletions: the page of events to be read. */
  readonly eventPage: number;
}

/** Where the next pass begins. */
export interface Bookmark {
  readonly records: Frontier;
  readonly deleted: Frontier;
}

export function startPlace(kind: WalkKind): Place {
  return {
    phase: 'records',
    kind,
    walk: firstPlace,
    from: null,
    isWithinSecond: false,
    records: beginning,
    deleted: beginning,
    startedAt: null,
    isSnapshot: false,
    eventPage: 1,
  };
}

export function placeCursor(place: Place): Cursor {
  return {
    ...place,
    walk: { ...place.walk },
    records: frontierJson(place.records),
    deleted: frontierJson(place.deleted),
  };
}

export function parsePlace(cursor: Cursor | null): Place | null {
  if (!isJsonObject(cursor)) return null;
  const kind = cursor.kind === 'times' || cursor.kind === 'newest' ? cursor.kind : 'ids';
  return {
    phase: cursor.phase === 'deleted' ? 'deleted' : 'records',
    kind,
    walk: parseOffsetPlace(cursor.walk),
    from: typeof cursor.from === 'number' ? cursor.from : null,
    isWithinSecond: cursor.isWithinSecond === true,
    records: parseFrontier(cursor.records),
    deleted: parseFrontier(cursor.deleted),
    startedAt: keyText(cursor.startedAt),
    isSnapshot: cursor.isSnapshot === true,
    eventPage: Number(cursor.eventPage) || 1,
  };
}

export function bookmarkCursor({ records, deleted }: Bookmark): Cursor {
  return { records: frontierJson(records), deleted: frontierJson(deleted) } satisfies JsonObject;
}

export function parseBookmark(cursor: Cursor | null): Bookmark | null {
  if (!isJsonObject(cursor)) return null;
  return { records: parseFrontier(cursor.records), deleted: parseFrontier(cursor.deleted) };
}
