import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { Page, Reader, ReadRequest } from '../../kit/index.js';
import type { Account } from '../account.js';
import { leadsWithProducts, rowsOfLead } from '../streams/lead-products.js';
import { Finder } from './finder.js';
import { RecordList } from './list.js';
import { byId, parseOffsetPlace, walkOn } from './offset-walk.js';

/** Goes over all leads, 250 a request, and gives their products: those of other catalogs only where they are named. */
export class LeadProductsReader implements Reader {
  readonly #list: RecordList;

  constructor(
    readonly account: Account,
    readonly request: ReadRequest,
  ) {
    this.#list = new RecordList(account, leadsWithProducts);
  }

  async readPage(cursor: Cursor | null, _bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    const at = isJsonObject(cursor) ? cursor : {};
    const { path } = leadsWithProducts;
    const ask = (page: number, limit: number) => this.#list.ask(path, { 'order[id]': 'asc' }, page, limit, signal);
    const { rows, next } = await walkOn(parseOffsetPlace(at.walk), ask, byId);
    const records = await this.#wanted(await this.#list.records(path, rows, signal), signal);
    return { records, deleted: [], next: next === null ? null : { walk: { ...next } }, bookmark: null };
  }

  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    if (field !== 'lead_id') return [];
    return this.#wanted(await new Finder(this.#list).find('id', values, signal), signal);
  }

  async #wanted(leads: readonly JsonObject[], signal: AbortSignal): Promise<JsonObject[]> {
    const rows = leads.flatMap(rowsOfLead);
    if (rows.length === 0) return [];
    const { catalog_id: named } = this.request.where;
    const catalogs = named === undefined ? await productCatalogs(this.account, signal) : textsOf(named);
    return rows.filter((row) => catalogs.includes(keyText(row.catalog_id) ?? ''));
  }
}

/** Ids of the account's catalogs of products, the first one first. */
export async function productCatalogs(account: Account, signal: AbortSignal): Promise<string[]> {
  const all = await account.catalogs(signal);
  return all.filter(({ type }) => type === 'products').flatMap(({ id }) => keyText(id) ?? []);
}

function textsOf(value: JsonValue): string[] {
  return [value].flat().map((each) => keyText(each) ?? '');
}
