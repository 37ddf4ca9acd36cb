import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject } from '../../../core/json.js';

/** Where a pass stands. */
export interface Place {
  /** The next page begins with the first record at or after this moment; null at the very beginning. */
  readonly from: string | null;
  /** Records from there on that were passed already, where so many share the moments that a page cannot hold them. */
  readonly skip: number;
  /** Marks of the last records passed. */
  readonly marks: string;
  /** Newest moment seen in this pass. */
  readonly newest: string | null;
  /** When the pass began by the instance's clock, in ms; null before its first answer. */
  readonly startedMs: number | null;
}

/** What the next incremental pass begins with. */
export interface Bookmark {
  readonly from: string;
  /** The newest moment that was seen: what is newer cannot be known. */
  readonly to: string;
  readonly marks: string;
}

export function parsePlace(cursor: Cursor | null): Place | null {
  if (!isJsonObject(cursor)) return null;
  return {
    from: typeof cursor.from === 'string' ? cursor.from : null,
    skip: typeof cursor.skip === 'number' ? cursor.skip : 0,
    marks: typeof cursor.marks === 'string' ? cursor.marks : '',
    newest: typeof cursor.newest === 'string' ? cursor.newest : null,
    startedMs: typeof cursor.startedMs === 'number' ? cursor.startedMs : null,
  };
}

export function parseBookmark(bookmark: Cursor | null): Bookmark | null {
  if (!isJsonObject(bookmark) || typeof bookmark.from !== 'string') return null;
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  return { from: bookmark.from, to: text(bookmark.to), marks: text(bookmark.marks) };
}
