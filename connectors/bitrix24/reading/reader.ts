import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import type { Page, Reader, ReadRequest } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import { Changes } from './changes.js';
import { foldOf, textsOf } from './compare.js';
import { Finder, oneOf } from './finder.js';
import type { ListFilter } from './list.js';
import type { Source } from './source.js';
import { parseWalkPlace, Walk } from './walk.js';

/** Reads a stream from one of the vendor's lists. */
export class ListReader implements Reader {
  readonly #walk: Walk;
  readonly #where: ListFilter;
  readonly #changes: Changes | null;
  readonly hasChanges?: (bookmark: Cursor | null, signal: AbortSignal) => Promise<boolean>;

  constructor(
    readonly client: PortalClient,
    readonly source: Source,
    readonly request: ReadRequest,
  ) {
    this.#walk = new Walk(client, source.list);
    this.#where = whereFilter(source, request.where);
    const { changed } = source;
    const named = request.cursorFields?.[0];
    const field = named === undefined || changed === null ? null : source.filterName(named);
    const changes =
      request.mode === 'incremental' && changed !== null
        ? new Changes(this.#walk, field ?? changed.row, field ?? changed.filter, request, this.#where)
        : null;
    this.#changes = changes;
    if (changes !== null) this.hasChanges = (bookmark, signal) => changes.any(bookmark, signal);
  }

  async readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    signal.throwIfAborted();
    if (this.#changes !== null) {
      const page = await this.#changes.page(cursor, bookmark, signal);
      return { ...page, records: await this.source.records(page.rows, signal), deleted: [] };
    }
    const place = isJsonObject(cursor) ? parseWalkPlace(cursor.walk) : null;
    const { rows, next } = await this.#walk.page(this.#where, place, signal);
    const records = await this.source.records(rows, signal);
    return { records, deleted: [], next: next === null ? null : { walk: { ...next } }, bookmark: null };
  }

  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    const wanted = new Set(values);
    return (await findRecords(this.client, this.source, field, values, signal)).filter((record) =>
      textsOf(record, field).some((text) => wanted.has(text)),
    );
  }
}

/** Records whose field holds one of the values, letter case and signs in phones aside. */
export async function findRecords(
  client: PortalClient,
  source: Source,
  field: string,
  values: readonly string[],
  signal: AbortSignal,
): Promise<SourceRecord[]> {
  const fold = foldOf(field);
  const asked = [...new Map(values.filter((value) => value !== '').map((value) => [fold(value), value])).values()];
  const wanted = new Set(asked.map(fold));
  // Ids are numbers; another text would be an error of the whole search.
  const usable = field === source.keyField ? asked.filter((value) => /^\d{1,18}$/.test(value)) : asked;
  if (usable.length === 0) return [];
  const fits = (record: SourceRecord): boolean => textsOf(record, field).some((text) => wanted.has(fold(text)));
  const special = source.find?.(field, usable, signal) ?? null;
  if (special !== null) return (await special).filter(fits);
  const { plain } = source;
  const rowFits = plain === undefined ? undefined : (row: JsonObject): boolean => fits(plain(row));
  const rows = await new Finder(client, source.list).rows(source.filterName(field), usable, {}, signal, rowFits);
  return (await source.records(rows, signal)).filter(fits);
}

/** The flow's own filter: a value or a list of values by field. */
function whereFilter(source: Source, where: JsonObject): ListFilter {
  const filter: { [name: string]: JsonValue } = {};
  for (const [field, value] of Object.entries(where)) {
    const name = source.filterName(field);
    if (Array.isArray(value)) Object.assign(filter, oneOf(name, value.map(String)));
    else filter[`=${name}`] = typeof value === 'boolean' ? (value ? 'Y' : 'N') : value;
  }
  return filter;
}
