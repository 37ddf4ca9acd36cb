import type { Cursor } from '../../../core/cursor.js';
import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue, stableStringify } from '../../../core/json.js';
import { keyText, type SourceRecord, sourceKeyOf } from '../../../core/record.js';
import { shortHash } from '../../kit/hash.js';
import type { HttpAnswer, Page, Reader, ReadRequest } from '../../kit/index.js';
import { parseJsonPath, textAt, valueAt } from '../../kit/json-path.js';
import type { ServiceClient } from '../client.js';
import type { ServiceRead, ServiceStream } from '../service.js';

const epoch = '1970-01-01T00:00:00.000Z';
const longestFutureMs = 86_400_000;
const findAtOnce = 50;
/** How many records of the newest moment are remembered, so that the inclusive boundary repeats nothing. */
const maxBoundary = 500;

/** Where a pass stands, and what the next incremental pass begins with. */
interface Place {
  readonly phase: 'records' | 'deleted';
  /** The service's own cursor, page number or offset; null at the beginning of a phase. */
  readonly at: string | null;
  /** The newest change seen so far. */
  readonly newest: string | null;
  /** Key -> content hash of the records changed at `newest`. */
  readonly boundary: Readonly<Record<string, string>>;
  readonly deletions: Deletions | null;
  /** When the pass began, for services whose pages are not sorted by change. */
  readonly startedAt: string;
}

interface Bookmark {
  readonly since: string;
  readonly boundary: Readonly<Record<string, string>>;
  readonly deletions: Deletions | null;
}

/** How far deletions were seen. On its own, since changes and deletions are two lists, read one after the other. */
interface Deletions {
  readonly since: string;
  /** Keys deleted at `since`, so that the inclusive boundary repeats nothing. */
  readonly keys: readonly string[];
}

/** Reads a stream of a declarative service by cursor, page number or offset. */
export class ServiceReader implements Reader {
  readonly #read: ServiceRead;
  readonly #recordsPath;
  readonly hasChanges?: (bookmark: Cursor | null, signal: AbortSignal) => Promise<boolean>;

  constructor(
    readonly client: ServiceClient,
    readonly name: string,
    readonly stream: ServiceStream,
    readonly request: ReadRequest,
  ) {
    if (stream.read === undefined) {
      throw new Failure('read/unknown_stream', {
        message: `Stream \`${name}\` cannot be read.`,
        hint: 'Choose a stream that the service lets read.',
      });
    }
    this.#read = stream.read;
    this.#recordsPath = parseJsonPath(stream.read.records);
    if (this.#isIncremental) this.hasChanges = (bookmark, signal) => this.#askForChanges(bookmark, signal);
  }

  get #isIncremental(): boolean {
    return this.request.mode === 'incremental' && this.#read.since !== undefined;
  }

  async readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    const former = parseBookmark(bookmark);
    const place = parsePlace(cursor) ?? this.#beginning();
    if (place.phase === 'deleted') return this.#deletedPage(place, former, signal);
    const answer = await this.client.call({
      method: 'GET',
      path: this.#read.path,
      query: this.#query(place, former),
      signal,
    });
    const body = answer.json();
    const all = this.#records(body, answer);
    const following = this.#following(body, place, all.length);
    return this.#isIncremental ? this.#changesPage(all, following, place, former) : fullPage(all, following, place);
  }

  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    const param = this.#read.find?.[field];
    if (param === undefined) {
      throw new Failure('read/unknown_stream', {
        message: `Stream \`${this.name}\` cannot be searched by \`${field}\`.`,
        hint: `Fields that can be searched: ${Object.keys(this.#read.find ?? {}).join(', ') || 'none'}.`,
      });
    }
    const wanted = new Set(values);
    const found: SourceRecord[] = [];
    for (let start = 0; start < values.length; start += findAtOnce) {
      const some = values.slice(start, start + findAtOnce).map(encodeListValue);
      let at: string | null = null;
      do {
        const place: Place = { ...this.#beginning(), at };
        const query = { ...this.#pageQuery(place), ...this.#read.query, [param]: some.join(',') };
        const answer = await this.client.call({ method: 'GET', path: this.#read.path, query, signal });
        const body = answer.json();
        const all = this.#records(body, answer);
        // Some services ignore a filter silently: every hit is compared here.
        for (const record of all) if (wanted.has(keyText(record[field]) ?? '')) found.push(record);
        at = this.#following(body, place, all.length);
      } while (at !== null);
    }
    return found;
  }

  #beginning(): Place {
    const startedAt = new Date().toISOString();
    return { phase: 'records', at: null, newest: null, boundary: {}, deletions: null, startedAt };
  }

  #query(place: Place, former: Bookmark | null): Record<string, string> {
    const query: Record<string, string> = { ...this.#read.query, ...this.#pageQuery(place) };
    for (const [name, value] of Object.entries(this.request.where)) query[name] = String(value);
    const { since } = this.#read;
    if (this.#isIncremental && since !== undefined) query[since.param] = this.#sinceOf(former);
    return query;
  }

  #sinceOf(former: Bookmark | null): string {
    const { period, start, lagMs } = this.request;
    if (period !== null) return period.from;
    if (former === null) return typeof start === 'string' ? start : epoch;
    return lagMs > 0 ? new Date(Date.parse(former.since) - lagMs).toISOString() : former.since;
  }

  #pageQuery(place: Place): Record<string, string> {
    const { page } = this.#read;
    const query: Record<string, string> = {};
    if (page.size_param !== undefined) query[page.size_param] = String(page.size);
    if (page.param === undefined) return query;
    if (place.at !== null) query[page.param] = place.at;
    else if (page.kind === 'page') query[page.param] = String(page.first ?? 1);
    else if (page.kind === 'offset') query[page.param] = '0';
    return query;
  }

  /** Where the service goes on; null at the end of its list. */
  #following(body: JsonValue, place: Place, count: number): string | null {
    const { page } = this.#read;
    if (page.kind === 'cursor') return textAt(body, parseJsonPath(page.next ?? 'next'));
    if (page.kind === 'none' || count < page.size) return null;
    if (page.kind === 'page') return String(Number(place.at ?? page.first ?? 1) + 1);
    return String(Number(place.at ?? 0) + count);
  }

  #records(body: JsonValue, answer: HttpAnswer): readonly SourceRecord[] {
    const list = valueAt(body, this.#recordsPath);
    if (Array.isArray(list) && list.every(isJsonObject)) return list;
    throw new Failure('read/bad_answer', {
      message: `The answer for stream \`${this.name}\` holds no list of records at \`${this.#read.records ?? '/'}\` (status ${answer.status}).`,
      hint: 'The request is repeated; if this stays, correct `records` in the service definition.',
    });
  }

  #changesPage(all: readonly SourceRecord[], following: string | null, place: Place, former: Bookmark | null): Page {
    const field = this.#read.since?.field ?? '';
    const { period } = this.request;
    const fresh: SourceRecord[] = [];
    let newest = place.newest;
    let boundary = { ...place.boundary };
    let isPastPeriod = false;
    for (const record of all) {
      const at = keyText(record[field]) ?? epoch;
      const key = sourceKeyOf(record, this.request.key) ?? '';
      if (period !== null && compareMoments(at, period.to) >= 0) {
        isPastPeriod = true;
        continue;
      }
      const hash = shortHash(stableStringify(record as JsonObject));
      const order = newest === null ? 1 : compareMoments(at, newest);
      if (order > 0) boundary = {};
      if (order >= 0) {
        newest = order > 0 ? at : newest;
        if (Object.keys(boundary).length < maxBoundary) boundary[key] = hash;
      }
      const isRepeat =
        former !== null &&
        this.request.lagMs === 0 &&
        former.boundary[key] === hash &&
        compareMoments(at, former.since) === 0;
      if (!isRepeat) fresh.push(record);
    }
    const isOver = following === null || (isPastPeriod && this.#read.since?.sorted === true);
    const next: Place = { ...place, at: isOver ? null : following, newest, boundary };
    if (!isOver) return { records: fresh, deleted: [], next: next as unknown as Cursor, bookmark: null };
    if (this.#read.deleted !== undefined && this.request.skipsDeletions !== true && period === null) {
      return { records: fresh, deleted: [], next: { ...next, phase: 'deleted' } as unknown as Cursor, bookmark: null };
    }
    return { records: fresh, deleted: [], next: null, bookmark: this.#bookmarkOf(next, former) };
  }

  async #deletedPage(place: Place, former: Bookmark | null, signal: AbortSignal): Promise<Page> {
    const rule = this.#read.deleted;
    if (rule === undefined) return { records: [], deleted: [], next: null, bookmark: this.#bookmarkOf(place, former) };
    const query = { ...this.#pageQuery(place), [rule.param]: this.#deletedSinceOf(former) };
    const answer = await this.client.call({ method: 'GET', path: rule.path ?? this.#read.path, query, signal });
    const body = answer.json();
    const all = this.#records(body, answer);
    const deleted: string[] = [];
    let deletions = place.deletions;
    for (const record of all) {
      const key = sourceKeyOf(record, this.request.key);
      const at = keyText(record[rule.at]);
      if (key !== null && !this.#isKnownDeletion(key, at, former)) deleted.push(key);
      if (key !== null && at !== null) deletions = furthest(deletions, { since: at, keys: [key] });
    }
    const at = this.#following(body, place, all.length);
    const next: Place = { ...place, at, deletions };
    if (at !== null) return { records: [], deleted, next: next as unknown as Cursor, bookmark: null };
    return { records: [], deleted, next: null, bookmark: this.#bookmarkOf(next, former) };
  }

  /** Where no deletion was seen yet, all of them may concern records that this or an earlier pass has read. */
  #deletedSinceOf(former: Bookmark | null): string {
    const { start, lagMs } = this.request;
    const since = former?.deletions?.since;
    if (since === undefined) return typeof start === 'string' ? start : epoch;
    return lagMs > 0 ? new Date(Date.parse(since) - lagMs).toISOString() : since;
  }

  #isKnownDeletion(key: string, at: string | null, former: Bookmark | null): boolean {
    const seen = former?.deletions;
    if (seen == null || at === null || this.request.lagMs > 0) return false;
    return compareMoments(at, seen.since) === 0 && seen.keys.includes(key);
  }

  /** The next pass begins at the newest change seen, or where this pass began if pages are not sorted by change. */
  #bookmarkOf(place: Place, former: Bookmark | null): Cursor | null {
    if (this.request.period !== null) return null;
    const deletions = furthest(former?.deletions ?? null, place.deletions);
    const newest = place.newest ?? former?.since ?? null;
    for (const moment of [newest, deletions?.since ?? null]) {
      if (moment !== null && Date.parse(moment) > Date.now() + longestFutureMs) throw inFuture(this.name, moment);
    }
    if (this.#read.since?.sorted !== true) return bookmarkCursor(place.startedAt, {}, deletions);
    if (newest === null) return null;
    const isSame = former !== null && compareMoments(newest, former.since) === 0;
    return bookmarkCursor(newest, isSame ? { ...former.boundary, ...place.boundary } : place.boundary, deletions);
  }

  async #askForChanges(bookmark: Cursor | null, signal: AbortSignal): Promise<boolean> {
    const former = parseBookmark(bookmark);
    if (former === null) return true;
    const page = await this.readPage(null, bookmark, signal);
    if (page.records.length > 0) return true;
    const next = parsePlace(page.next);
    if (next?.phase !== 'deleted') return page.next !== null;
    const deleted = await this.#deletedPage(next, former, signal);
    return deleted.deleted.length > 0;
  }
}

function bookmarkCursor(since: string, boundary: Bookmark['boundary'], deletions: Deletions | null): Cursor {
  return { since, boundary, ...(deletions && { deletions }) } as unknown as Cursor;
}

/** The later of two; at one moment both. */
function furthest(one: Deletions | null, other: Deletions | null): Deletions | null {
  if (one === null || other === null) return one ?? other;
  const order = compareMoments(one.since, other.since);
  if (order !== 0) return order > 0 ? one : other;
  return { since: one.since, keys: [...new Set([...one.keys, ...other.keys])].slice(0, maxBoundary) };
}

function parseDeletions(value: JsonValue | undefined): Deletions | null {
  if (!isJsonObject(value) || typeof value.since !== 'string' || !Array.isArray(value.keys)) return null;
  return { since: value.since, keys: value.keys.filter((key): key is string => typeof key === 'string') };
}

function fullPage(records: readonly SourceRecord[], following: string | null, place: Place): Page {
  return {
    records,
    deleted: [],
    next: following === null ? null : ({ ...place, at: following } as unknown as Cursor),
    bookmark: null,
  };
}

function parsePlace(cursor: Cursor | null): Place | null {
  if (!isJsonObject(cursor)) return null;
  return {
    phase: cursor.phase === 'deleted' ? 'deleted' : 'records',
    at: typeof cursor.at === 'string' ? cursor.at : null,
    newest: typeof cursor.newest === 'string' ? cursor.newest : null,
    boundary: textMap(cursor.boundary),
    deletions: parseDeletions(cursor.deletions),
    startedAt: typeof cursor.startedAt === 'string' ? cursor.startedAt : new Date().toISOString(),
  };
}

function parseBookmark(bookmark: Cursor | null): Bookmark | null {
  if (!isJsonObject(bookmark) || typeof bookmark.since !== 'string') return null;
  return {
    since: bookmark.since,
    boundary: textMap(bookmark.boundary),
    deletions: parseDeletions(bookmark.deletions),
  };
}

function textMap(value: JsonValue | undefined): Record<string, string> {
  const map: Record<string, string> = Object.create(null);
  if (isJsonObject(value))
    for (const [key, text] of Object.entries(value)) if (typeof text === 'string') map[key] = text;
  return map;
}

/** Orders two moments by time, and those of one millisecond by their text (services write up to nanoseconds). */
function compareMoments(a: string, b: string): number {
  const difference = Date.parse(a) - Date.parse(b);
  if (difference !== 0 && !Number.isNaN(difference)) return difference;
  return a === b ? 0 : a < b ? -1 : 1;
}

/** A list parameter is separated by commas; a comma within a value cannot be told apart, so it is dropped from the list. */
function encodeListValue(value: string): string {
  return value.replaceAll(',', '');
}

function inFuture(stream: string, at: string): Failure {
  return new Failure('read/cursor_in_future', {
    message: `Stream \`${stream}\` holds a change dated \`${at}\`, which lies in the future.`,
    hint: 'Correct the date at the source; later changes would be missed if the checkpoint moved there.',
  });
}
