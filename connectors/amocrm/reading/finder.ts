import { Failure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { isJsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { type CustomField, findField, isCoded } from '../custom-fields.js';
import type { Query } from '../query.js';
import { fieldsPath, type RecordList } from './list.js';
import { pageSize } from './offset-walk.js';

/** As many ids as an address carries without trouble; values of other fields may be longer. */
const idsAtOnce = 200;
const valuesAtOnce = 50;
const mostPages = 40;

/** Searches a stream. The vendor searches loosely and some accounts ignore filters, so every hit is compared here. */
export class Finder {
  constructor(readonly list: RecordList) {}

  /** Records whose field is one of the values, by the comparison that fits the field. */
  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<JsonObject[]> {
    const { stream } = this.list;
    const isId = stream.fields.some(({ name, wire }) => name === field && wire === 'id');
    const wanted = [...new Set(values)].filter((value) => (isId ? /^\d{1,18}$/.test(value) : value !== ''));
    if (wanted.length === 0) return [];
    if (this.list.isShort) return keep(await this.#all(signal), field, wanted);
    const found: JsonObject[] = [];
    for (const path of await this.list.paths(signal)) {
      const rows = await this.#rows(path, field, wanted, signal);
      found.push(...keep(await this.list.records(path, unique(rows), signal), field, wanted));
    }
    if (stream.finds[field] === undefined && !field.startsWith('custom.')) throw cannotFind(stream.name, field);
    return found;
  }

  /** Every record that fits the vendor's own filters. */
  async all(query: Query, signal: AbortSignal): Promise<JsonObject[]> {
    const found: JsonObject[] = [];
    for (const path of await this.list.paths(signal))
      found.push(...(await this.list.records(path, await this.#pages(path, query, signal), signal)));
    return found;
  }

  async #all(signal: AbortSignal): Promise<JsonObject[]> {
    return this.list.records(this.list.stream.path, await this.list.whole(signal), signal);
  }

  async #rows(path: string, field: string, values: readonly string[], signal: AbortSignal): Promise<JsonObject[]> {
    const { stream, account } = this.list;
    const custom = field.startsWith('custom.') ? await this.#customField(path, field, signal) : null;
    const param = custom === null ? stream.finds[field] : `filter[custom_fields_values][${custom.id}][]`;
    if (param === undefined) throw cannotFind(stream.name, field);
    const hasFilters = stream.changes?.mayIgnoreFilters !== true || (await account.card(signal)).hasFilters;
    // Numbers and addresses are stored as they were typed; the vendor's own search knows their forms.
    const isSearch = param === 'query' || (custom !== null && (isCoded(custom.type) || stream.embedded === 'elements'));
    if (hasFilters && !isSearch)
      return this.#filtered(path, param, field === 'id' ? idsAtOnce : valuesAtOnce, values, signal);
    if (field === 'id') return this.#oneByOne(path, values, signal);
    const rows: JsonObject[] = [];
    for (const value of values) rows.push(...(await this.#pages(path, { query: value }, signal)));
    return rows;
  }

  async #filtered(path: string, param: string, size: number, values: readonly string[], signal: AbortSignal) {
    const rows: JsonObject[] = [];
    for (let start = 0; start < values.length; start += size)
      rows.push(...(await this.#pages(path, { [param]: values.slice(start, start + size) }, signal)));
    return rows;
  }

  /** For accounts that ignore filters. */
  async #oneByOne(path: string, ids: readonly string[], signal: AbortSignal): Promise<JsonObject[]> {
    const rows: JsonObject[] = [];
    for (const id of ids) {
      const row = await this.list.one(path, id, signal);
      if (row !== null) rows.push(row);
    }
    return rows;
  }

  async #pages(path: string, query: Query, signal: AbortSignal) {
    const rows: JsonObject[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const answer = await this.list.ask(path, query, page, pageSize, signal);
      rows.push(...answer.rows);
      if (!answer.hasNext || answer.rows.length === 0) break;
    }
    return rows;
  }

  async #customField(path: string, name: string, signal: AbortSignal): Promise<CustomField> {
    const fields = await this.list.account.customFields(fieldsPath(path), signal);
    const field = findField(fields, name);
    if (field === null) throw cannotFind(this.list.stream.name, name);
    return field;
  }
}

/** Whether a record's value is what was asked for: phones by their digits, addresses and names whatever their case. */
export function isSameText(field: string, held: JsonValue | undefined, asked: string): boolean {
  if (Array.isArray(held)) return held.some((each) => isSameText(field, isJsonObject(each) ? each.value : each, asked));
  const text = keyText(held);
  if (text === null) return false;
  if (text === asked) return true;
  if (field.endsWith('PHONE')) return isSamePhone(text, asked);
  return field !== 'id' && text.trim().toLowerCase() === asked.trim().toLowerCase();
}

/** Numbers are stored as they were typed: with and without the country's code or the trunk's. */
function isSamePhone(one: string, other: string): boolean {
  const [a, b] = [one.replace(/\D/g, ''), other.replace(/\D/g, '')];
  if (a === b) return a !== '';
  return Math.min(a.length, b.length) >= 10 && a.slice(-10) === b.slice(-10);
}

function keep(records: readonly JsonObject[], field: string, values: readonly string[]): JsonObject[] {
  return records.filter((record) => values.some((value) => isSameText(field, record[field], value)));
}

function unique(rows: readonly JsonObject[]): JsonObject[] {
  return [...new Map(rows.map((row) => [keyText(row.id), row])).values()];
}

function cannotFind(stream: string, field: string): Failure {
  return new Failure('definition/invalid', {
    message: `Stream \`${stream}\` cannot be searched by \`${field}\`.`,
    hint: 'Search it by `id`, by `name` or by a custom field.',
  });
}
