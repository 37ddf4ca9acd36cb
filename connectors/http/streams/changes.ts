import type { Cursor } from '../../../core/cursor.js';
import { Failure } from '../../../core/failures.js';
import { type JsonObject, stableStringify } from '../../../core/json.js';
import { keyText, type SourceRecord, sourceKeyOf } from '../../../core/record.js';
import { advance, compareMoments, joined, markOf, type Passed, withoutRepeats } from '../../kit/frontier.js';
import type { Page, ReadRequest } from '../../kit/index.js';
import type { ServiceRead } from '../service.js';
import type { ListPage, Pages } from './pages.js';
import {
  type Bookmark,
  bookmarkCursor,
  type Place,
  parseBookmark,
  parsePlace,
  placeCursor,
  startPlace,
} from './place.js';

/** Twice the usual: a bookmark here holds marks of records, and seldom ones of deletions. */
const mostMarks = 400;

const epoch = '1970-01-01T00:00:00.000Z';
const mostPagesOfRepeats = 20;
const longestFutureMs = 86_400_000;

type SinceRule = NonNullable<ServiceRead['since']>;

interface Changed extends Passed {
  readonly key: string;
  readonly record: SourceRecord;
}

/** Walks the changes of a stream, then its deletions; nothing is missed while records change during the walk. */
export class Changes {
  constructor(
    readonly pages: Pages,
    readonly name: string,
    readonly read: ServiceRead,
    readonly since: SinceRule,
    readonly request: ReadRequest,
  ) {}

  async page(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    const former = parseBookmark(bookmark);
    const place = parsePlace(cursor) ?? startPlace();
    return place.phase === 'records' ? this.#changed(place, former, signal) : this.#deleted(place, former, signal);
  }

  /** Usually one request, two where deletions count: whether the next pass would bring anything. */
  async any(bookmark: Cursor | null, signal: AbortSignal): Promise<boolean> {
    const former = parseBookmark(bookmark);
    if (former === null) return true;
    let place = startPlace();
    // Many records may share the moment of the edge: then the pages that hold only them are walked over.
    for (let pages = 0; place.phase === 'records'; pages++) {
      const page = await this.#changed(place, former, signal);
      if (page.records.length > 0 || pages === mostPagesOfRepeats) return true;
      const next = parsePlace(page.next);
      if (next === null) return false;
      place = next;
    }
    return (await this.#deleted(place, former, signal)).deleted.length > 0;
  }

  async #changed(place: Place, former: Bookmark | null, signal: AbortSignal): Promise<Page> {
    const query: Record<string, string> = { [this.since.param]: this.#sinceOf(former) };
    for (const [name, value] of Object.entries(this.request.where)) query[name] = String(value);
    const list = await this.pages.ask(this.read.path, query, place.at, signal);
    const { period } = this.request;
    const all = list.records.map((record) => this.#changedOf(record, this.since.field));
    const wanted = period === null ? all : all.filter(({ at }) => compareMoments(at, period.to) < 0);
    const fresh = withoutRepeats(former?.records ?? null, wanted).map(({ record }) => record);
    const isPast = wanted.length < all.length && this.since.sorted === true;
    const next: Place = {
      ...place,
      at: isPast ? null : list.following,
      records: period === null ? advance(place.records, all, this.request.lagMs, mostMarks) : place.records,
      startedAt: place.startedAt ?? startOf(list),
    };
    if (next.at !== null) return { records: fresh, deleted: [], next: placeCursor(next), bookmark: null };
    if (former !== null && this.#asksForDeletions)
      return { records: fresh, deleted: [], next: placeCursor({ ...next, phase: 'deleted' }), bookmark: null };
    return { records: fresh, deleted: [], next: null, bookmark: this.#bookmarkOf(next, former) };
  }

  async #deleted(place: Place, former: Bookmark | null, signal: AbortSignal): Promise<Page> {
    const rule = this.read.deleted;
    if (rule === undefined) return { records: [], deleted: [], next: null, bookmark: this.#bookmarkOf(place, former) };
    const since = this.#laggedOf(former?.deleted.newest ?? former?.records.newest ?? epoch);
    const list = await this.pages.ask(rule.path ?? this.read.path, { [rule.param]: since }, place.at, signal);
    const all = list.records.map((record) => this.#changedOf(record, rule.at));
    const deleted = withoutRepeats(former?.deleted ?? null, all).flatMap(({ key }) => (key === '' ? [] : [key]));
    const next = { ...place, at: list.following, deleted: advance(place.deleted, all, this.request.lagMs, mostMarks) };
    if (next.at !== null) return { records: [], deleted, next: placeCursor(next), bookmark: null };
    return { records: [], deleted, next: null, bookmark: this.#bookmarkOf(next, former) };
  }

  /** Deletions are asked for from the second pass on: what is gone before the first was never copied. */
  get #asksForDeletions(): boolean {
    const { skipsDeletions, period } = this.request;
    return this.read.deleted !== undefined && skipsDeletions !== true && period === null;
  }

  #changedOf(record: SourceRecord, field: string): Changed {
    const key = sourceKeyOf(record, this.request.key) ?? '';
    const mark = (): string => markOf(key, stableStringify(record as JsonObject));
    return { key, record, at: keyText(record[field]) ?? epoch, mark };
  }

  #sinceOf(former: Bookmark | null): string {
    const { period, start } = this.request;
    if (period !== null) return period.from;
    const newest = former?.records.newest ?? null;
    if (newest === null) return typeof start === 'string' ? start : epoch;
    return this.#laggedOf(newest);
  }

  #laggedOf(moment: string): string {
    const { lagMs } = this.request;
    return lagMs > 0 ? new Date(Date.parse(moment) - lagMs).toISOString() : moment;
  }

  /**
   * The next pass begins at the newest change seen. Where pages do not come in the order of change, a record may have
   * changed on a page that was read before: then it begins where this pass began.
   */
  #bookmarkOf(place: Place, former: Bookmark | null): Cursor | null {
    if (this.request.period !== null) return null;
    const { lagMs } = this.request;
    const { newest } = place.records;
    if (newest !== null && Date.parse(newest) > Date.now() + longestFutureMs) throw inFuture(this.name, newest);
    const records =
      this.since.sorted === true
        ? joined(former?.records ?? null, place.records, lagMs, mostMarks)
        : { newest: earlier(place.startedAt, newest), marks: place.records.marks };
    // The first pass asks for no deletions; those that happened while it ran belong to the second. The moments of a
    // service may be behind the clock it shows, so the second begins well before; what was never copied is left out.
    const firstDeleted = { newest: earlier(dayBefore(place.startedAt), newest), marks: '' };
    const deleted = former === null ? firstDeleted : joined(former.deleted, place.deleted, lagMs, mostMarks);
    if (records.newest === null && former === null) return null;
    return bookmarkCursor({ records, deleted });
  }
}

/** The clock in an answer's head may run ahead of the one that dates the records. */
function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return compareMoments(one, other) < 0 ? one : other;
}

function dayBefore(moment: string | null): string | null {
  return moment === null ? null : new Date(Date.parse(moment) - longestFutureMs).toISOString();
}

/** The service's own clock counts; it tells whole seconds, so one is given away. */
function startOf(list: ListPage): string {
  return new Date(list.serviceMs === null ? Date.now() : list.serviceMs - 1_000).toISOString();
}

function inFuture(stream: string, at: string): Failure {
  return new Failure('read/cursor_in_future', {
    message: `Stream \`${stream}\` holds a change dated \`${at}\`, which lies in the future.`,
    hint: 'Correct the date at the source; later changes would be missed if the checkpoint moved there.',
  });
}
