import type { Cursor } from '../../../core/cursor.js';
import { Failure } from '../../../core/failures.js';
import { type JsonObject, stableStringify } from '../../../core/json.js';
import {
  advance,
  compareMoments,
  type Frontier,
  joined,
  markOf,
  type Passed,
  withoutRepeats,
} from '../../kit/frontier.js';
import type { Page, ReadRequest } from '../../kit/index.js';
import type { Query } from '../query.js';
import type { ChangesSpec } from '../streams/spec.js';
import { isoOf } from '../zone.js';
import { deletionsOn } from './deletions.js';
import { filterOf, fits } from './filters.js';
import type { RecordList } from './list.js';
import { type AskPage, byId, fromNewest, idOf, pageSize, walkOn } from './offset-walk.js';
import {
  type Bookmark,
  bookmarkCursor,
  type Place,
  parseBookmark,
  parsePlace,
  placeCursor,
  startPlace,
  type WalkKind,
} from './place.js';

const longestFutureMs = 86_400_000;
const mostPagesOfRepeats = 20;

interface Changed extends Passed {
  readonly row: JsonObject;
}

/** What one step of a walk brought, and where it goes on. */
interface Step {
  readonly rows: readonly JsonObject[];
  readonly next: Partial<Place> | null;
}

/** A step as it counts: rows that the former pass did not give, and the place with them counted. */
interface Seen {
  readonly fresh: readonly JsonObject[];
  readonly ended: Place;
  readonly next: Place | null;
}

/** Walks the changes of a stream, then its deletions; nothing is missed while records change during the walk. */
export class Changes {
  constructor(
    readonly list: RecordList,
    readonly spec: ChangesSpec,
    readonly request: ReadRequest,
  ) {}

  async page(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    const former = parseBookmark(bookmark);
    const place = parsePlace(cursor) ?? startPlace(await this.#firstKind(former));
    return place.phase === 'records' ? this.#changed(place, former, signal) : this.#deleted(place, former, signal);
  }

  /** Usually one request, two where deletions count: whether the next pass would bring anything. */
  async any(bookmark: Cursor | null, signal: AbortSignal): Promise<boolean> {
    const former = parseBookmark(bookmark);
    if (former === null) return true;
    let place = startPlace(await this.#firstKind(former));
    for (let pages = 0; place.phase === 'records'; pages++) {
      const { fresh, next } = await this.#step(place, former, signal);
      if (fresh.length > 0 || pages === mostPagesOfRepeats) return true;
      if (next === null) break;
      place = next;
    }
    if (!this.#asksForDeletions) return false;
    return (await this.#deleted(startPlace('ids'), former, signal)).deleted.length > 0;
  }

  /**
   * A first pass goes by ids, which costs the fewest requests. Later ones go by the moment of change, so that the next
   * one begins exactly where this one ended.
   */
  async #firstKind(former: Bookmark | null): Promise<WalkKind> {
    if (former?.records.newest == null || !this.spec.isOrdered || this.request.period !== null) return 'ids';
    return this.spec.mayIgnoreFilters && (await this.list.account.ignoresFilters()) ? 'newest' : 'times';
  }

  async #changed(place: Place, former: Bookmark | null, signal: AbortSignal): Promise<Page> {
    const { fresh, next, ended } = await this.#step(place, former, signal);
    const [path = ''] = await this.list.paths(signal);
    const records = await this.list.records(path, fresh, signal);
    if (next !== null) return { records, deleted: [], next: placeCursor(next), bookmark: null };
    if (former !== null && this.#asksForDeletions)
      return { records, deleted: [], next: placeCursor({ ...ended, phase: 'deleted' }), bookmark: null };
    return { records, deleted: [], next: null, bookmark: this.#bookmarkOf(ended, former) };
  }

  /** One page of the walk: rows that are new, the place behind them, and whether the walk goes on there. */
  async #step(place: Place, former: Bookmark | null, signal: AbortSignal): Promise<Seen> {
    let startedAt = place.startedAt;
    const ask = async (query: Query, page: number, limit: number) => {
      const [path = ''] = await this.list.paths(signal);
      const answer = await this.list.ask(
        path,
        { ...filterOf(this.list.stream, this.request), ...query },
        page,
        limit,
        signal,
      );
      // The clock in an answer's head tells whole seconds, so one is given away.
      startedAt ??= new Date((answer.vendorMs ?? Date.now()) - 1_000).toISOString();
      return answer;
    };
    const since = this.#sinceOf(former);
    if (place.startedAt === null && this.#needsNewest(place)) startedAt = (await newestOf(ask)) ?? startedAt;
    const step = await this.#walk(place, since, ask);
    if (step === null) return this.#step(await this.#otherWay(place), former, signal);
    const { period } = this.request;
    const all = step.rows.filter((row) => secondOf(row) >= since).map(changedOf);
    const wanted = period === null ? all : all.filter(({ at }) => compareMoments(at, period.to) < 0);
    const unseen = place.kind === 'times' ? withoutRepeats(place.records, wanted) : wanted;
    const fresh = withoutRepeats(former?.records ?? null, unseen)
      .map(({ row }) => row)
      .filter((row) => fits(this.list.stream, this.request, row));
    const ended: Place = {
      ...place,
      startedAt,
      records: period === null ? advance(place.records, unseen, this.#marked(place, startedAt)) : place.records,
      isSnapshot: place.walk.seen === 0 && step.next === null,
    };
    return { fresh, ended, next: step.next === null ? null : { ...ended, ...step.next } };
  }

  /** A walk by ids of a list that can be asked for its newest change need not trust a clock. */
  #needsNewest(place: Place): boolean {
    return place.kind === 'ids' && this.spec.isOrdered && this.request.period === null;
  }

  /** How far behind the newest record marks are kept: as far back as the next pass will begin. */
  #marked({ kind, records }: Place, startedAt: string | null): number {
    const { lagMs } = this.request;
    if (kind !== 'ids' || startedAt === null || records.newest === null) return lagMs;
    return Math.max(lagMs, Date.parse(records.newest) - Date.parse(startedAt));
  }

  #walk(place: Place, since: number, ask: Ask): Promise<Step | null> {
    switch (place.kind) {
      case 'times':
        return this.#byTime(place, since, ask);
      case 'newest':
        return this.#backwards(place, since, ask);
      default:
        return this.#byIds(place, windowOf(since, this.request), ask);
    }
  }

  async #byIds(place: Place, window: Query, ask: Ask): Promise<Step> {
    const query = { ...window, 'order[id]': 'asc' };
    const asked: AskPage = (page, limit) => ask(query, page, limit);
    const { rows, next } = await walkOn(place.walk, asked, byId);
    return { rows, next: next === null ? null : { walk: next } };
  }

  /** Null where the vendor does not do as it is asked: it ignored the filter or the order. */
  async #byTime(place: Place, since: number, ask: Ask): Promise<Step | null> {
    const from = place.from ?? since;
    if (place.isWithinSecond) {
      const window = { 'filter[updated_at][from]': from, 'filter[updated_at][to]': from };
      const { rows, next } = await this.#byIds(place, window, ask);
      const after = { walk: startPlace('times').walk, from: from + 1, isWithinSecond: false };
      return { rows, next: next ?? after };
    }
    const query = { 'filter[updated_at][from]': from, 'order[updated_at]': 'asc' };
    const { rows, hasNext } = await ask(query, 1, pageSize);
    if (rows.some((row, index) => secondOf(row) < (index === 0 ? from : secondOf(rows[index - 1] as JsonObject))))
      return null;
    const last = rows.at(-1);
    if (!hasNext || last === undefined) return { rows, next: null };
    // A second with more records than a page holds is walked by ids.
    const isStuck = secondOf(last) === from;
    return { rows, next: { from: secondOf(last), isWithinSecond: isStuck } };
  }

  async #backwards(place: Place, since: number, ask: Ask): Promise<Step> {
    const asked: AskPage = (page, limit) => ask({ 'order[updated_at]': 'desc' }, page, limit);
    const { rows, next } = await walkOn(place.walk, asked, fromNewest);
    const isOver = rows.some((row) => secondOf(row) < since);
    return { rows, next: next === null || isOver ? null : { walk: next } };
  }

  async #otherWay(place: Place): Promise<Place> {
    if (this.spec.mayIgnoreFilters) await this.list.account.noteIgnoredFilters();
    return { ...startPlace('newest'), startedAt: place.startedAt };
  }

  async #deleted(place: Place, former: Bookmark | null, signal: AbortSignal): Promise<Page> {
    const { deletions } = this.spec;
    const since = former?.deleted.newest ?? former?.records.newest ?? isoOf(0);
    const from = Math.floor((Date.parse(since) - this.request.lagMs) / 1_000);
    const { events, hasNext } = await deletionsOn(this.list.account, deletions ?? '', from, place.eventPage, signal);
    const passed = events.map((event) => ({ ...event, mark: () => markOf(event.id, '') }));
    const fresh = withoutRepeats(former?.deleted ?? null, passed);
    const deleted = [...new Set(fresh.map(({ key }) => key))];
    const next = {
      ...place,
      eventPage: place.eventPage + 1,
      deleted: advance(place.deleted, passed, this.request.lagMs),
    };
    if (hasNext) return { records: [], deleted, next: placeCursor(next), bookmark: null };
    return { records: [], deleted, next: null, bookmark: this.#bookmarkOf(next, former) };
  }

  /** Deletions are asked for from the second pass on: what is gone before the first was never copied. */
  get #asksForDeletions(): boolean {
    return this.spec.deletions !== null && this.request.skipsDeletions !== true && this.request.period === null;
  }

  /** The second from which on records count. */
  #sinceOf(former: Bookmark | null): number {
    const { period, start, lagMs } = this.request;
    if (period !== null) return Math.floor(Date.parse(period.from) / 1_000);
    const newest = former?.records.newest ?? null;
    if (newest !== null) return Math.max(0, Math.floor((Date.parse(newest) - lagMs) / 1_000));
    const first = typeof start === 'string' ? Date.parse(start) : Number.NaN;
    return Number.isNaN(first) ? 0 : Math.floor(first / 1_000);
  }

  /**
   * The next pass begins at the newest change seen. On a walk of several pages by ids a record may have changed after
   * its page was read: then it begins where this pass began.
   */
  #bookmarkOf(place: Place, former: Bookmark | null): Cursor | null {
    if (this.request.period !== null) return null;
    const { lagMs } = this.request;
    const { newest, marks } = place.records;
    if (newest !== null && Date.parse(newest) > Date.now() + longestFutureMs)
      throw inFuture(this.list.stream.name, newest);
    const isExact = place.kind !== 'ids' || place.isSnapshot;
    const seen: Frontier = isExact ? place.records : { newest: earlier(place.startedAt, newest), marks };
    const records = newest === null ? (former?.records ?? seen) : joined(former?.records ?? null, seen, lagMs);
    // Deletions during the first pass belong to the second; the vendor's clock and its events may differ by a little.
    const firstDeleted = { newest: earlier(dayBefore(place.startedAt), newest), marks: '' };
    const deleted = former === null ? firstDeleted : joined(former.deleted, place.deleted, lagMs);
    return bookmarkCursor({ records, deleted });
  }
}

type Ask = (
  query: Query,
  page: number,
  limit: number,
) => Promise<{ readonly rows: readonly JsonObject[]; readonly hasNext: boolean }>;

/** The newest change of a list at this moment; null where it is empty. */
async function newestOf(ask: Ask): Promise<string | null> {
  const { rows } = await ask({ 'order[updated_at]': 'desc' }, 1, 1);
  return rows[0] === undefined ? null : isoOf(secondOf(rows[0]));
}

function windowOf(since: number, { period }: ReadRequest): Query {
  return {
    ...(since > 0 && { 'filter[updated_at][from]': since }),
    ...(period !== null && { 'filter[updated_at][to]': Math.ceil(Date.parse(period.to) / 1_000) }),
  };
}

function changedOf(row: JsonObject): Changed {
  return { row, at: isoOf(secondOf(row)), mark: () => markOf(idOf(row), stableStringify(row)) };
}

function secondOf(row: JsonObject): number {
  return Number(row.updated_at ?? 0) || 0;
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return compareMoments(one, other) < 0 ? one : other;
}

function dayBefore(moment: string | null): string | null {
  return moment === null ? null : new Date(Date.parse(moment) - longestFutureMs).toISOString();
}

function inFuture(stream: string, at: string): Failure {
  return new Failure('read/cursor_in_future', {
    message: `Stream \`${stream}\` holds a change dated \`${at}\`, which lies in the future.`,
    hint: 'Correct the clock at the source; later changes would be missed if the checkpoint moved there.',
  });
}
