import type { Cursor } from '../../../core/cursor.js';
import { Failure } from '../../../core/failures.js';
import { type JsonObject, stableStringify } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { ReadRequest } from '../../kit/index.js';
import { rowsOf } from '../batch.js';
import type { CreatioClient } from '../client.js';
import type { KnownStream } from '../object.js';
import { filterOfWhere, queryOf } from '../odata.js';
import { expansionOf } from './expansion.js';
import { joinMarks, markOf, marksIn, mostMarks } from './marks.js';
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
const toleranceMs = 1_000;
/** No database of an instance holds moments before it, except the one that stands for none. */
const earliestMs = Date.UTC(1753, 0, 1);

export interface Walked {
  /** Rows of this page that were not given before. */
  readonly fresh: readonly JsonObject[];
  readonly next: Cursor | null;
  readonly bookmark: Cursor | null;
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
      // Skipped rows have gone, and others may have slipped past: go back until the page holds one that is known.
      if (place.skip > 0 && !rows.some(isIn(marksIn(place.marks)))) {
        place = { ...place, skip: Math.max(0, place.skip - back) };
        continue;
      }
      const fresh = this.#freshIn(rows, place, former);
      const next = this.#after(place, rows, nowMs);
      const ends = isLast && !(fresh.length > 0 && rows.length % roundNumber === 0);
      return {
        fresh: fresh.map(({ row }) => row),
        next: ends ? null : { ...next },
        bookmark: ends ? this.#bookmark(next, former) : null,
      };
    }
  }

  /** Only rows that are not newer than what was seen can be known; the others need no mark. */
  #freshIn(rows: readonly Seen[], place: Place, former: Bookmark | null): readonly Seen[] {
    const isKnown = isIn(marksIn((former?.marks ?? '') + place.marks));
    const seenTo = laterOf(place.newest, former?.to ?? '');
    return rows.filter((row) => (this.moment !== null && row.at > seenTo) || !isKnown(row));
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
        $expand: expansionOf(stream),
        $top: this.#size,
        $skip: place.skip === 0 ? null : place.skip,
      }),
      signal,
      what,
    });
    const list = rowsOf(said.body, what);
    const rows = list.map((row) => new Seen(row, moment));
    if (moment !== null) checkOrder(rows, place.from, what);
    const hasMore = typeof (said.body as JsonObject)['@odata.nextLink'] === 'string';
    const serverMs = Date.parse(answer.headers.date ?? '');
    return {
      rows,
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
    const newest = this.moment === null ? null : laterOf(place.newest, last.at);
    const bound = this.moment === null ? null : below(last.at);
    const inside = bound === null ? rows.length : rows.filter(({ at }) => at >= bound).length;
    const marks = joinMarks(place.marks, this.#marksOf(rows, bound, inside, startedMs));
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

  /** Marks of the rows that may come again: in this walk's next page, and in the next pass. */
  #marksOf(rows: readonly Seen[], bound: string | null, inside: number, startedMs: number): readonly string[] {
    const isCounted = bound === null || inside === rows.length;
    const settled = this.request.mode === 'incremental' ? this.#settled(startedMs) : bound;
    const from = isCounted || settled === null || bound === null ? '' : settled < bound ? settled : bound;
    const again = rows.filter(({ at }) => at >= from);
    return again.slice(-mostMarks).map(({ mark }) => mark);
  }

  /** Up to there nothing can show itself late any more. */
  #settled(startedMs: number): string {
    return evenly(new Date(startedMs - Math.max(this.request.lagMs, latestCommitMs)).toISOString());
  }

  /**
   * The next pass begins where nothing can show itself late any more: `latestCommitMs` before this pass began, or at
   * the newest record where that is older. A record dated in the future moves nothing.
   */
  #bookmark(end: Place, former: Bookmark | null): Cursor | null {
    const { mode, period } = this.request;
    if (mode !== 'incremental' || period !== null || this.moment === null) return null;
    if (end.newest === null) return former === null ? null : { ...former };
    const settled = this.#settled(end.startedMs ?? Date.now());
    const newest = below(end.newest);
    const from = newest !== null && newest < settled ? newest : settled;
    const isSameEdge = former !== null && from <= former.from;
    const base = isSameEdge ? former.marks : '';
    const to = laterOf(end.newest, former?.to ?? '');
    return { from: isSameEdge ? former.from : from, to, marks: joinMarks(base, [...marksIn(end.marks)]) };
  }
}

/** A row of an answer; its mark is made where it is needed, since it costs a hash. */
class Seen {
  readonly at: string;
  #mark: string | undefined;

  constructor(
    readonly row: JsonObject,
    moment: string | null,
  ) {
    this.at = moment === null ? '' : evenly(keyText(row[moment]) ?? '');
  }

  get mark(): string {
    this.#mark ??= markOf(stableStringify(this.row));
    return this.#mark;
  }
}

function isIn(marks: ReadonlySet<string>): (row: Seen) => boolean {
  return (row) => marks.size > 0 && marks.has(row.mark);
}

/** A server that drops a filter or an order silently would have the walk miss records or never end. */
function checkOrder(rows: readonly Seen[], from: string | null, what: string): void {
  let former = from === null ? Number.NEGATIVE_INFINITY : Date.parse(from);
  for (const { at } of rows) {
    const ms = Date.parse(at);
    // Records without a moment stand first or last, as the database likes.
    if (Number.isNaN(ms) || ms < earliestMs) continue;
    if (ms < former - toleranceMs) throw unordered(what);
    if (ms > former) former = ms;
  }
}

function unordered(what: string): Failure {
  return new Failure('read/bad_answer', {
    message: `${what} was answered in another order, or from an earlier moment, than was asked for.`,
    hint: 'The request is repeated; if this stays, something between here and the instance changes the queries.',
  });
}

function laterOf(one: string | null, other: string): string {
  return one === null || one < other ? other : one;
}

/** A bound below a moment, null where it is empty. */
function below(moment: string): string | null {
  const ms = Date.parse(moment);
  return ms >= earliestMs ? evenly(new Date(ms - roundingMs).toISOString()) : null;
}

/** Moments in UTC with seven digits below the second, as the instance has them: then their texts order them. */
function evenly(moment: string): string {
  const [, second, fraction = ''] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/.exec(moment) ?? [];
  if (second !== undefined) return `${second}.${fraction.slice(0, 7).padEnd(7, '0')}Z`;
  const ms = Date.parse(moment);
  return Number.isNaN(ms) ? moment : evenly(new Date(ms).toISOString());
}

function utc(text: string): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) || text.endsWith('Z') ? text : new Date(ms).toISOString();
}
