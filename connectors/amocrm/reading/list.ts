import type { JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { type Account, askedRowsIn, hasNext } from '../account.js';
import type { Query } from '../query.js';
import { stagesIn } from '../streams/dictionaries.js';
import type { StreamSpec } from '../streams/spec.js';
import { driveList } from './drive.js';
import { RecordForm } from './records.js';

/** A page of a stream as the vendor sent it. */
export interface ListPage {
  readonly rows: readonly JsonObject[];
  readonly hasNext: boolean;
  /** The vendor's clock when it answered; null where it shows none. */
  readonly vendorMs: number | null;
}

/** One stream's list at one account: asks for pages, and makes records of rows. */
export class RecordList {
  readonly #forms = new Map<string, Promise<RecordForm>>();

  constructor(
    readonly account: Account,
    readonly stream: StreamSpec,
  ) {}

  /** Where the stream's list is found: products and elements stand in catalogs, which each account numbers itself. */
  async paths(signal: AbortSignal): Promise<readonly string[]> {
    const { name, path, embedded } = this.stream;
    if (embedded !== 'elements') return [path];
    const all = await this.account.catalogs(signal);
    const wanted = name === 'products' ? all.filter(({ type }) => type === 'products') : all;
    return wanted.map((catalog) => `${path}/${keyText(catalog.id)}/elements`);
  }

  async ask(path: string, query: Query, page: number, limit: number, signal: AbortSignal): Promise<ListPage> {
    const asked = { ...query, ...this.#parts, page, limit };
    const { body, vendorMs } = await this.account.client.list(path, asked, signal);
    return { rows: askedRowsIn(body, this.stream.embedded), hasNext: hasNext(body), vendorMs };
  }

  /** True for lists that are read as a whole. */
  get isShort(): boolean {
    return this.stream.changes === null && !this.stream.hasCustomFields;
  }

  /** Short lists, and those that come inside another answer, as a whole. */
  async whole(signal: AbortSignal): Promise<readonly JsonObject[]> {
    const { name, path, embedded } = this.stream;
    switch (name) {
      case 'statuses':
        return stagesIn(await this.account.pipelines(signal));
      case 'task_types':
        return (await this.account.card(signal)).taskTypes;
      case 'files':
        return driveList(this.account, signal);
      default:
        return this.account.all(path, embedded, {}, signal);
    }
  }

  /** One row by its id; null where the vendor has none. */
  async one(path: string, id: string, signal: AbortSignal): Promise<JsonObject | null> {
    const { client } = this.account;
    const call = { method: 'GET', path: `${path}/${encodeURIComponent(id)}`, query: this.#parts, signal } as const;
    const answer = await client.send(call);
    const row = answer.status === 404 ? null : client.bodyOf(answer);
    return row !== null && keyText(row.id) === id ? row : null;
  }

  async records(path: string, rows: readonly JsonObject[], signal: AbortSignal): Promise<JsonObject[]> {
    if (rows.length === 0) return [];
    const form = await this.#formOf(path, signal);
    return rows.map((row) => form.recordOf(row));
  }

  get #parts(): Query {
    return this.stream.with === undefined ? {} : { with: this.stream.with };
  }

  #formOf(path: string, signal: AbortSignal): Promise<RecordForm> {
    const known = this.#forms.get(path);
    if (known !== undefined) return known;
    const form = this.#loadForm(path, signal);
    this.#forms.set(path, form);
    form.catch(() => this.#forms.delete(path));
    return form;
  }

  /** What the account has of fields and dates; asked for only where there are records. */
  async #loadForm(path: string, signal: AbortSignal): Promise<RecordForm> {
    const { stream, account } = this;
    const fields = stream.hasCustomFields ? await account.customFields(fieldsPath(path), signal) : [];
    const hasDates = fields.some(({ type }) => type === 'date' || type === 'birthday');
    return new RecordForm(stream, fields, hasDates ? (await account.card(signal)).zone : 'UTC');
  }
}

/** Elements have the fields of their catalog. */
export function fieldsPath(path: string): string {
  return path.replace(/\/elements$/, '');
}
