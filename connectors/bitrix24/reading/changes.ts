import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject, type JsonObject } from '../../../core/json.js';
import type { ReadRequest } from '../../kit/index.js';
import { addMarks, type Edge, knownMarks, markOf, momentText, parseEdge } from './edge.js';
import { idOf, type ListFilter } from './list.js';
import { parseWalkPlace, type Walk, type WalkPlace } from './walk.js';

/** The portal's clocks may differ by this much, and a change may become visible this long after its date. */
const graceMs = 5_000;

export interface ChangedRows {
  readonly rows: readonly JsonObject[];
  readonly next: Cursor | null;
  readonly bookmark: Cursor | null;
}

interface Place {
  readonly walk: WalkPlace | null;
  /** What the next pass begins with, as far as it is known. */
  readonly edge: Edge | null;
}

/**
 * Reads what has changed: all records whose date lies at or after the edge, in the order of their ids. A record that
 * changes during the walk stays where it is in that order, and its new date is not before the next edge, which lies
 * before this pass began by the portal's clock. So nothing is missed, whatever happens meanwhile.
 */
export class Changes {
  constructor(
    readonly walk: Walk,
    /** The field with the date of the last change as rows hold it, and as filters name it. */
    readonly dateField: string,
    readonly filterField: string,
    readonly request: ReadRequest,
    readonly where: ListFilter,
  ) {}

  async page(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<ChangedRows> {
    const former = parseEdge(bookmark ?? undefined);
    const place = parsePlace(cursor);
    const page = await this.walk.page(this.#filter(former), place.walk, signal);
    const edge = this.#edgeAfter(place.edge ?? this.#firstEdge(page.portalMs, former), page.rows);
    const rows = former === null || this.request.period !== null ? page.rows : this.#fresh(former, page.rows);
    if (page.next !== null)
      return { rows, next: { walk: { ...page.next }, edge: { ...edge } } satisfies Cursor, bookmark: null };
    return { rows, next: null, bookmark: this.request.period === null ? { ...edge } : null };
  }

  /** One request, unless more than a page of records changed just before the edge. */
  async any(bookmark: Cursor | null, signal: AbortSignal): Promise<boolean> {
    const former = parseEdge(bookmark ?? undefined);
    if (former === null) return true;
    const page = await this.walk.page(this.#filter(former), null, signal);
    return page.next !== null || this.#fresh(former, page.rows).length > 0;
  }

  #filter(former: Edge | null): ListFilter {
    const { period, start } = this.request;
    const name = this.filterField;
    if (period !== null)
      return { ...this.where, [`>=${name}`]: momentOf(period.from), [`<${name}`]: momentOf(period.to, 999) };
    const since = former?.since ?? (typeof start === 'string' ? momentOf(start) : null);
    return since === null ? this.where : { ...this.where, [`>=${name}`]: since };
  }

  #fresh(former: Edge, rows: readonly JsonObject[]): JsonObject[] {
    const known = knownMarks(former);
    return rows.filter((row) => !known.has(this.#markOf(row)));
  }

  /** The next pass begins before this one did, by the portal's clock; where that cannot be told, where this one did. */
  #firstEdge(portalMs: number | null, former: Edge | null): Edge {
    const back = Math.max(graceMs, this.request.lagMs);
    const sinceMs = portalMs === null ? Date.parse(former?.since ?? '') || 0 : Math.max(0, portalMs - back);
    return { since: momentText(sinceMs), marks: '' };
  }

  #edgeAfter(edge: Edge, rows: readonly JsonObject[]): Edge {
    const sinceMs = Date.parse(edge.since);
    const near = rows.filter((row) => this.#msOf(row) >= sinceMs).map((row) => this.#markOf(row));
    return { since: edge.since, marks: addMarks(edge.marks, near) };
  }

  #msOf(row: JsonObject): number {
    return Date.parse(String(row[this.dateField] ?? '')) || 0;
  }

  #markOf(row: JsonObject): string {
    return markOf(idOf(this.walk.list, row), row);
  }
}

function parsePlace(cursor: Cursor | null): Place {
  if (!isJsonObject(cursor)) return { walk: null, edge: null };
  return { walk: parseWalkPlace(cursor.walk), edge: parseEdge(cursor.edge) };
}

/** A moment with its offset as the vendor reads it; what is no moment goes through as it is. */
function momentOf(text: string, roundMs = 0): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : momentText(ms + roundMs);
}
