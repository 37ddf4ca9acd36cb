import type { Answer, VendorRequest } from '../kit/exchange.js';
import { jsonAnswer } from '../kit/exchange.js';
import type { Random } from '../kit/random.js';
import type { RowPage } from '../kit/record-table.js';
import { BadQuestion } from './answers.js';
import { isSearchable, rowsWith } from './search.js';
import type { CrmStream } from './store.js';
import type { RestCrmSettings } from './switches.js';

/** What a reader works with. */
export interface ReadContext {
  readonly stream: CrmStream;
  readonly settings: RestCrmSettings;
  readonly request: VendorRequest;
  readonly now: number;
  readonly random: Random;
}

const DEFAULT_LIMIT = 50;
const WALKING = new Set(['limit', 'cursor', 'updated_since', 'deleted_since']);
const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };

/** `GET /{stream}`: a page of the list, of the changes, of the deletions, or of what a filter finds. */
export function list(context: ReadContext): Answer {
  const { stream, request } = context;
  const filters = filtersOf(context);
  const limit = limitOf(context);
  const cursor = cursorOf(request.query.get('cursor'));
  if (request.query.has('deleted_since') || cursor?.kind === 'd') return deletions(context, limit, cursor);
  const accepted = filters.length === 0 ? undefined : rowsOf(context, filters);
  const page = walk(context, limit, cursor, accepted);
  if (accepted === undefined) request.effect({ effect: 'read', stream: stream.name, status: 200 });
  else logLookups(context, filters, page.rows);
  const isChangeWalk = cursor?.kind === 'c' || (cursor === undefined && request.query.has('updated_since'));
  const since = cursor?.kind === 'c' ? cursor.since : isChangeWalk ? momentOf(request, 'updated_since') : 0;
  const next = page.next === null ? null : isChangeWalk ? `c:${since}:${page.next}` : `i:0:${page.next}`;
  const nextText = next === null ? 'null' : JSON.stringify(Buffer.from(next).toString('base64url'));
  return {
    status: 200,
    headers: JSON_HEADERS,
    body: stream.table.joined(page.rows, '{"items":[', `],"next_cursor":${nextText}}`),
  };
}

/** `GET /{stream}/{id}`: one record or undefined. A record that hides from lists is found here. */
export function byId({ stream, request }: ReadContext, id: string): Answer | undefined {
  const row = stream.table.rowOf(id);
  request.effect({ effect: 'read', stream: stream.name, id, status: row < 0 ? 404 : 200 });
  return row < 0 ? undefined : { status: 200, headers: JSON_HEADERS, body: stream.table.text(row) };
}

interface Cursor {
  /** i = by id, c = by change, d = deletions. */
  readonly kind: 'i' | 'c' | 'd';
  readonly since: number;
  readonly after: number;
}

interface Filter {
  readonly name: string;
  readonly values: readonly string[];
}

function walk(
  context: ReadContext,
  limit: number,
  cursor: Cursor | undefined,
  accepted: Set<number> | undefined,
): RowPage {
  const { stream, request, now } = context;
  const accepts = accepted === undefined ? undefined : (row: number) => accepted.has(row);
  if (cursor?.kind === 'c') return stream.table.pageByChange(cursor, limit, now, accepts);
  if (cursor === undefined && request.query.has('updated_since')) {
    return stream.table.pageByChange({ since: momentOf(request, 'updated_since'), after: 0 }, limit, now, accepts);
  }
  const after = cursor?.after ?? -1;
  if (accepted === undefined) return stream.table.pageById(after, limit, now);
  const rows = [...accepted]
    .filter((row) => row > after && stream.table.isVisible(row, now))
    .sort((one, other) => one - other);
  return { rows: rows.slice(0, limit), next: rows.length > limit ? (rows[limit - 1] ?? null) : null };
}

function deletions({ stream, request }: ReadContext, limit: number, cursor: Cursor | undefined): Answer {
  const since = cursor?.since ?? momentOf(request, 'deleted_since');
  const all = stream.table.tombstones;
  const start =
    cursor?.after ??
    Math.max(
      0,
      all.findIndex((stone) => stone.deletedAt >= since),
    );
  const stones = all.slice(start, start + limit).filter((stone) => stone.deletedAt >= since);
  const end = start + stones.length;
  const items = stones.map(({ id, externalId, deletedAt }) => ({
    id,
    external_id: externalId,
    deleted: true,
    deleted_at: new Date(deletedAt).toISOString(),
  }));
  request.effect({ effect: 'read', stream: stream.name, status: 200 });
  const next = end < all.length && stones.length > 0 ? Buffer.from(`d:${since}:${end}`).toString('base64url') : null;
  return jsonAnswer(200, { items, next_cursor: next });
}

/** The filters of the question; unknown ones are refused or dropped, as the switches say. */
function filtersOf({ stream, settings, request }: ReadContext): Filter[] {
  const filters: Filter[] = [];
  for (const [key, value] of request.query) {
    if (WALKING.has(key)) continue;
    const isList = key.endsWith('_in');
    const name = isList ? key.slice(0, -3) : key;
    const isKnown = name === 'id' || isSearchable(stream, name);
    if (name === 'external_id' && settings.own_id_search !== true) {
      if (settings.own_id_search === 'ignored') continue;
      throw new BadQuestion('unknown_filter', `Filter ${key} is not known.`);
    }
    if (!isKnown) {
      if (settings.unknown_filters === 'ignored') continue;
      throw new BadQuestion('unknown_filter', `Filter ${key} is not known.`);
    }
    filters.push({ name, values: isList ? value.split(',').filter(Boolean) : [value] });
  }
  return filters;
}

/** The rows that all filters accept. */
function rowsOf({ stream, settings }: ReadContext, filters: readonly Filter[]): Set<number> {
  let accepted: Set<number> | undefined;
  for (const { name, values } of filters) {
    const rows = new Set<number>();
    for (const value of values) for (const row of find(stream, name, value, settings)) rows.add(row);
    accepted = accepted === undefined ? rows : new Set([...accepted].filter((row) => rows.has(row)));
  }
  return accepted ?? new Set();
}

function find(stream: CrmStream, name: string, value: string, settings: RestCrmSettings): readonly number[] {
  if (name === 'external_id') return stream.table.withOwnId(value);
  if (name !== 'id') return rowsWith(stream, name, value, settings);
  const row = stream.table.rowOf(value);
  return row < 0 ? [] : [row];
}

/** One line per own id that was looked for, one in all for other searches. */
function logLookups(
  { stream, request, settings }: ReadContext,
  filters: readonly Filter[],
  rows: readonly number[],
): void {
  const ownIds = filters.find(({ name }) => name === 'external_id');
  if (ownIds === undefined) {
    const [row] = rows;
    const id = row === undefined ? null : stream.table.idOf(row);
    request.effect({ effect: 'lookup', stream: stream.name, id, status: row === undefined ? 404 : 200 });
    return;
  }
  const visible = new Set(rows);
  for (const externalId of ownIds.values) {
    const row = find(stream, 'external_id', externalId, settings).find((hit) => visible.has(hit));
    const id = row === undefined ? null : stream.table.idOf(row);
    request.effect({ effect: 'lookup', stream: stream.name, id, externalId, status: row === undefined ? 404 : 200 });
  }
}

function limitOf({ request, settings, random }: ReadContext): number {
  const text = request.query.get('limit');
  const limit = text === null ? Math.min(DEFAULT_LIMIT, settings.max_page) : Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > settings.max_page) {
    throw new BadQuestion('invalid_limit', `Limit must be a whole number from 1 to ${settings.max_page}.`);
  }
  return settings.short_pages > 0 && random.chance(settings.short_pages) ? random.int(1, limit) : limit;
}

function cursorOf(text: string | null): Cursor | undefined {
  if (text === null || text === '') return undefined;
  const [kind, since, after, more] = Buffer.from(text, 'base64url').toString('latin1').split(':');
  const numbers = { since: Number(since), after: Number(after) };
  const isKind = kind === 'i' || kind === 'c' || kind === 'd';
  if (!isKind || more !== undefined || !Number.isFinite(numbers.since) || !Number.isInteger(numbers.after)) {
    throw new BadQuestion('invalid_cursor', 'The cursor is not one that was given out here.');
  }
  return { kind, ...numbers };
}

function momentOf(request: VendorRequest, name: string): number {
  // A plus sign that was not encoded arrives as a blank.
  const text = (request.query.get(name) ?? '').replace(' ', '+');
  const moment = /^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(moment)) throw new BadQuestion('invalid_time', `${name} must be an ISO time with a zone.`);
  return moment;
}
