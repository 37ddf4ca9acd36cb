import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { Random } from '../kit/random.js';
import { hal, nginxPage, noContent, notFound } from './answers.js';
import { listOf } from './brackets.js';
import { type Call, selfLink } from './call.js';
import { rowFilter } from './filters.js';
import { shown } from './render.js';
import { isEntity, type StreamName } from './streams.js';
import type { OrderKey } from './table.js';

/** Where a list stands in its pages. */
export interface PageQuestion {
  readonly page: number;
  readonly limit: number;
}

const LISTED_ORDERS: readonly OrderKey[] = ['id', 'created_at', 'updated_at'];

/** Which records a list shows beside what the client's filter says. */
export interface ListScope {
  readonly stream: StreamName;
  /** Where the list lies, after `/api/v4/`. */
  readonly path: string;
  /** The key under `_embedded`. */
  readonly key: string;
  readonly rows?: ReadonlySet<number>;
  readonly accepts?: (row: number) => boolean;
  readonly owner?: string;
}

/** `page` and `limit` of a question; too large a limit is cut down, anything odd is the default. */
export function pageOf(query: JsonObject, largest: number, usual: number): PageQuestion {
  const [page, limit] = [Number(own(query, 'page') ?? 1), Number(own(query, 'limit') ?? usual)];
  return {
    page: Number.isInteger(page) && page > 0 ? page : 1,
    limit: Math.min(Number.isInteger(limit) && limit > 0 ? limit : usual, largest),
  };
}

/** Answers a list of records: a page, 204 where it is empty, 304 where nothing changed since. */
export function answerList(call: Call, scope: ListScope): Answer {
  const { store, settings, request, query } = call;
  const table = store.tables[scope.stream];
  const filter = isEntity(scope.stream) && !settings.api_filters ? undefined : own(query, 'filter');
  const { page, limit } = pageOf(query, settings.max_page, Math.min(settings.default_page, settings.max_page));
  if (settings.heavy_limit > 0 && filter !== undefined && limit > settings.heavy_limit) return nginxPage(504);
  if (isUnchanged(call, table.lastChange)) return { status: 304 };
  const { accepts, among: filtered } = rowFilter(store, table, scope.owner ?? scope.stream, filter);
  const found = own(query, 'query');
  const searched =
    found !== undefined && isSearched(scope.stream) ? store.searches[scope.stream].find(String(found)) : undefined;
  const among = both(both(filtered, searched), scope.rows);
  const wantsDeleted = call.with.has('only_deleted');
  const { offset, length } = placeOf(page, limit, settings.short_pages);
  const { key, isDescending } = orderOf(query);
  const { rows, hasNext } = table.page({
    key,
    isDescending,
    offset,
    limit: length,
    among,
    accepts: (row) =>
      table.isDeleted(row) === wantsDeleted &&
      table.records.isVisible(row, call.now) &&
      (scope.accepts === undefined || scope.accepts(row)) &&
      accepts(row),
  });
  logRead(call, scope, filter, rows);
  if (rows.length === 0 && !hasNext) return noContent;
  request.records = 0;
  return hal(
    pageBody(
      call,
      scope,
      { page, limit },
      hasNext,
      rows.map((row) => shown(call, scope.stream, table.record(row))),
    ),
  );
}

/** Answers one record; one that does not exist is an empty answer or 404, as the switch says. */
export function answerOne(call: Call, stream: StreamName, row: number): Answer {
  const table = call.store.tables[stream];
  const id = row < 0 ? (call.segments.at(-1) ?? null) : String(table.idOf(row));
  const status = row < 0 ? call.settings.missing_status : 200;
  call.request.effect({ effect: 'read', stream, id, status: row < 0 ? 404 : status });
  if (row < 0) return status === 204 ? noContent : notFound();
  return hal(shown(call, stream, table.record(row)));
}

/** A page with its links; `next` keeps every part of the question but the page. */
export function pageBody(
  call: Call,
  scope: Pick<ListScope, 'path' | 'key'>,
  { page, limit }: PageQuestion,
  hasNext: boolean,
  items: readonly JsonObject[],
  total?: number,
): JsonObject {
  const at = (number: number) => {
    const query = new URLSearchParams(call.request.query);
    query.set('page', String(number));
    query.set('limit', String(limit));
    return { href: `${call.base}/api/v4/${scope.path}?${query.toString()}` };
  };
  return {
    ...(total === undefined ? {} : { _total_items: total }),
    _page: page,
    ...(total === undefined ? {} : { _page_count: Math.max(1, Math.ceil(total / limit)) }),
    _links: {
      self: { href: `${call.base}${call.target}` },
      ...(hasNext ? { next: at(page + 1) } : {}),
      ...(page > 1 ? { first: at(1), prev: at(page - 1) } : {}),
    },
    _embedded: { [scope.key]: [...items] },
  };
}

/** Lists that come whole, with a count and without pages. */
const WHOLE: ReadonlySet<string> = new Set(['pipelines', 'statuses', 'webhooks', 'loss_reasons']);
/** Lists that come in pages, but without a count. */
const UNCOUNTED: ReadonlySet<string> = new Set(['tags', 'catalogs', 'unsorted']);

/** A list that is short enough to be held as it is. */
export function answerShortList(call: Call, path: string, key: string, items: readonly JsonObject[]): Answer {
  call.request.effect({ effect: 'read', stream: key, status: 200 });
  const { settings } = call;
  const largest = key === 'custom_fields' ? settings.max_fields_page : settings.max_page;
  const { page, limit } = pageOf(call.query, largest, Math.min(settings.default_page, largest));
  const part = WHOLE.has(key) ? items : items.slice((page - 1) * limit, page * limit);
  if (part.length === 0) return noContent;
  const linked = part.map((item) =>
    Object.hasOwn(item, '_links') ? item : { ...item, _links: selfLink(call, `${path}/${String(item.id)}`) },
  );
  const total = UNCOUNTED.has(key) ? undefined : items.length;
  const hasNext = !WHOLE.has(key) && page * limit < items.length;
  const { _page, _page_count, ...body } = pageBody(call, { path, key }, { page, limit }, hasNext, linked, total);
  return hal(WHOLE.has(key) ? body : { _page: page, ...(_page_count === undefined ? {} : { _page_count }), ...body });
}

function isSearched(stream: StreamName): stream is 'leads' | 'contacts' | 'companies' | 'customers' | 'elements' {
  return stream !== 'tasks' && stream !== 'notes';
}

function both(
  one: ReadonlySet<number> | undefined,
  other: ReadonlySet<number> | undefined,
): ReadonlySet<number> | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return new Set([...one].filter((row) => other.has(row)));
}

function orderOf(query: JsonObject): { readonly key: OrderKey; readonly isDescending: boolean } {
  const order = own(query, 'order');
  const [name, direction] = isObject(order) ? (Object.entries(order)[0] ?? []) : [];
  const key = LISTED_ORDERS.find((known) => known === name);
  return { key: key ?? 'id', isDescending: key !== undefined && String(direction).toLowerCase() === 'desc' };
}

/** Where a page begins and how long it is: some pages are shorter than the limit although more follow. */
function placeOf(
  page: number,
  limit: number,
  shortPages: number,
): { readonly offset: number; readonly length: number } {
  if (shortPages === 0) return { offset: (page - 1) * limit, length: limit };
  const lengthOf = (number: number) => {
    const random = new Random(`short/${number}/${limit}`);
    return random.chance(shortPages) ? random.int(1, limit) : limit;
  };
  let offset = 0;
  for (let number = 1; number < page; number += 1) offset += lengthOf(number);
  return { offset, length: lengthOf(page) };
}

function isUnchanged({ request, settings }: Call, lastChange: number): boolean {
  const header = request.header('if-modified-since');
  const since = header === undefined || !settings.if_modified_since ? Number.NaN : Date.parse(header) / 1000;
  return lastChange <= since;
}

/** One line per own id that was looked for, one in all for other questions. */
function logRead(call: Call, scope: ListScope, filter: Json | undefined, rows: readonly number[]): void {
  const { store, request, query } = call;
  const owner = scope.owner ?? scope.stream;
  const field = store.fields.called(owner, store.settings.own_id_field);
  const fields = isObject(filter) ? own(filter, 'custom_fields_values') : undefined;
  const wanted = field !== undefined && isObject(fields) ? listOf(own(fields, String(field.id))) : [];
  const table = store.tables[scope.stream];
  const isLookup = wanted.length > 0 || own(query, 'query') !== undefined;
  if (!isLookup) {
    request.effect({ effect: 'read', stream: scope.stream, status: 200 });
    return;
  }
  const found = rows.map(
    (row) => [store.externalIdOf(scope.stream, table.record(row)), String(table.idOf(row))] as const,
  );
  for (const externalId of wanted.length > 0 ? wanted : [null]) {
    const id = (externalId === null ? found[0] : found.find(([held]) => held === externalId))?.[1] ?? null;
    request.effect({ effect: 'lookup', stream: scope.stream, id, externalId, status: id === null ? 404 : 200 });
  }
}
