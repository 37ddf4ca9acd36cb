import type { Cursor } from '../../../core/cursor.js';
import { type JsonObject, stableStringify } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { ReadRequest } from '../../kit/index.js';
import { rowsOf } from '../batch.js';
import type { CreatioClient } from '../client.js';
import type { KnownStream } from '../object.js';
import { filterOfWhere, queryOf } from '../odata.js';
import { joinMarks, markOf, marksIn } from './marks.js';
import { type Bookmark, type Place, parseBookmark, parsePlace } from './place.js';

/**
 * A record shows itself up to this long after the moment it bears: the moment is set before the transaction ends.
 * An incremental pass begins at least so long before the former one did.
 */
const latestCommitMs = 120_000;
/** Databases round moments to a 300th of a second; a bound lies safely below. */
const roundingMs = 10;
/** Servers that give fewer rows than asked give a round number of them. */
const roundNumber = 50;

const firstStepBack = 80;
/** No database of an instance holds moments before it, except the one that stands for none. */
const earliestMs = Date.UTC(1753, 0, 1);

export interface Walked {
  /** Rows of this page that were not given before. */
  readonly fresh: readonly JsonObject[];
  readonly next: Cursor | null;
  readonly bookmark: Cursor | null;
}

interface Seen {
  readonly row: JsonObject;
  readonly at: string;
  readonly mark: string;
}

/**
 * Walks an object in the order of change. Each page begins at the moment of the last record seen, so records that come,
 * go or change meanwhile move nothing over a page edge: what changes goes to the end of the walk. Ids are never
 * compared, since databases order GUIDs in different ways.
 */
export class Walk {
  readonly #size: number;

  constructor(
    readonly client: CreatioClient,
    readonly known: KnownStream,
    readonly request: ReadRequest,
    /** The column with the moment of change; null where an object has none: then its ids give the order. */
    readonly moment: string | null,
  ) {
    this.#size = client.settings.pageSize;
  }

  async page(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Walked> {
    const former = parseBookmark(bookmark);
    let place = parsePlace(cursor) ?? this.#start(former);
    for (let back = firstStepBack; ; back *= 4) {
      const { rows, isLast, nowMs } = await this.#ask(place, signal);
      const known = marksIn((former?.marks ?? '') + place.marks);
      // Skipped rows have gone, and others may have slipped past: go back until the page holds one that is known.
      if (place.skip > 0 && !rows.some(({ mark }) => known.has(mark))) {
        place = { ...place, skip: Math.max(0, place.skip - back) };
        continue;
      }
      const fresh = rows.filter(({ mark }) => !known.has(mark));
      const next = this.#after(place, rows, nowMs);
      const ends = isLast && !(fresh.length > 0 && rows.length % roundNumber === 0);
      return {
        fresh: fresh.map(({ row }) => row),
        next: ends ? null : { ...next },
        bookmark: ends ? this.#bookmark(next, former) : null,
      };
    }
  }

  #start(former: Bookmark | null): Place {
    const { mode, period, start } = this.request;
    const first = typeof start === 'string' ? start : null;
    const from = mode !== 'incremental' ? null : (period?.from ?? former?.from ?? first);
    return { from: from === null ? null : utc(from), skip: 0, marks: '', newest: null, startedMs: null };
  }

  async #ask(place: Place, signal: AbortSignal) {
    const { stream, columns } = this.known;
    const { moment } = this;
    const { period } = this.request;
    const filters = [
      ...(moment === null || place.from === null ? [] : [`${moment} ge ${place.from}`]),
      ...(moment === null || period === null ? [] : [`${moment} lt ${utc(period.to)}`]),
      ...(stream.filter === undefined ? [] : [stream.filter]),
      ...filterOfWhere(this.request.where, columns),
    ];
    const what = `Stream \`${stream.name}\``;
    const { said, answer } = await this.client.call({
      method: 'GET',
      path: `/odata/${stream.set}`,
      query: queryOf({
        $filter: filters.join(' and '),
        $orderby: moment === null ? 'Id asc' : `${moment} asc,Id asc`,
        $expand: expansionOf(this.known),
        $top: this.#size,
        $skip: place.skip === 0 ? null : place.skip,
      }),
      signal,
      what,
    });
    const list = rowsOf(said.body, what);
    const hasMore = typeof (said.body as JsonObject)['@odata.nextLink'] === 'string';
    const serverMs = Date.parse(answer.headers.date ?? '');
    return {
      rows: list.map((row) => seenOf(row, moment)),
      isLast: list.length < this.#size && !hasMore,
      // Its clock tells whole seconds, so one is given away.
      nowMs: Number.isNaN(serverMs) ? Date.now() : serverMs - 1_000,
    };
  }

  /** Where the walk goes on: at the last moment seen, behind its records where they would fill half a page. */
  #after(place: Place, rows: readonly Seen[], nowMs: number): Place {
    const startedMs = place.startedMs ?? nowMs;
    const last = rows.at(-1);
    if (last === undefined) return { ...place, startedMs };
    const marks = joinMarks(
      place.marks,
      rows.slice(-this.#size).map(({ mark }) => mark),
    );
    const newest = this.moment === null ? null : laterOf(place.newest, last.at);
    const bound = this.moment === null ? null : below(last.at);
    const inside = bound === null ? rows.length : rows.filter(({ at }) => at >= bound).length;
    // Rows asked for again where others are skipped: one of them must be known, or rows before them have gone. What the
    // server gives counts, not what it was asked for: it may be set to give less.
    const overlap = Math.max(1, Math.min(20, Math.floor(rows.length / 4)));
    if (bound !== null && inside < rows.length) {
      const skip = inside > rows.length / 2 ? inside - overlap : 0;
      return { from: bound, skip, marks, newest, startedMs };
    }
    // A page of one moment: only counting leads past it.
    return { ...place, skip: Math.max(0, place.skip + rows.length - overlap), marks, newest, startedMs };
  }

  /**
   * The next pass begins where nothing can show itself late any more: `latestCommitMs` before this pass began, or at
   * the newest record where that is older. A record dated in the future moves nothing.
   */
  #bookmark(end: Place, former: Bookmark | null): Cursor | null {
    const { mode, period, lagMs } = this.request;
    if (mode !== 'incremental' || period !== null || this.moment === null) return null;
    if (end.newest === null) return former === null ? null : { ...former };
    const settledMs = (end.startedMs ?? Date.now()) - Math.max(lagMs, latestCommitMs);
    const settled = new Date(settledMs).toISOString();
    const newest = below(end.newest);
    const from = newest !== null && newest < settled ? newest : settled;
    const isSameEdge = former !== null && from <= former.from;
    const base = isSameEdge ? former.marks : '';
    return { from: isSameEdge ? former.from : from, marks: joinMarks(base, [...marksIn(end.marks)]) };
  }
}

/** `Contact($select=Id,Name,Email)`; only lookups can be expanded. */
export function expansionOf({ stream }: KnownStream): string | null {
  return stream.expand === undefined ? null : `${stream.expand.lookup}($select=${stream.expand.fields.join(',')})`;
}

function seenOf(row: JsonObject, moment: string | null): Seen {
  return { row, at: moment === null ? '' : (keyText(row[moment]) ?? ''), mark: markOf(stableStringify(row)) };
}

function laterOf(one: string | null, other: string): string {
  return one === null || one < other ? other : one;
}

/** A bound below a moment, null where it is empty. Moments of the instance are UTC, so their texts order them. */
function below(moment: string): string | null {
  const ms = Date.parse(moment);
  return ms >= earliestMs ? new Date(ms - roundingMs).toISOString() : null;
}

function utc(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : new Date(ms).toISOString();
}
