import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import type { Page, Reader, ReadRequest } from '../../kit/index.js';
import type { Account } from '../account.js';
import type { StreamSpec } from '../streams/spec.js';
import { Changes } from './changes.js';
import { filterOf, fits } from './filters.js';
import { Finder } from './finder.js';
import { RecordList } from './list.js';
import { byId, parseOffsetPlace, walkOn } from './offset-walk.js';

/** Reads one stream of an account. */
export class AmoReader implements Reader {
  readonly #list: RecordList;
  readonly #changes: Changes | null;
  readonly hasChanges?: (bookmark: Cursor | null, signal: AbortSignal) => Promise<boolean>;

  constructor(
    account: Account,
    stream: StreamSpec,
    readonly request: ReadRequest,
  ) {
    this.#list = new RecordList(account, stream);
    const isIncremental = request.mode === 'incremental' || request.period !== null;
    const changes = stream.changes !== null && isIncremental ? new Changes(this.#list, stream.changes, request) : null;
    this.#changes = changes;
    if (changes !== null) this.hasChanges = (bookmark, signal) => changes.any(bookmark, signal);
  }

  async readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    if (this.#changes !== null) return this.#changes.page(cursor, bookmark, signal);
    return this.#list.isShort ? this.#whole(signal) : this.#fullPage(cursor, signal);
  }

  async #whole(signal: AbortSignal): Promise<Page> {
    const { stream } = this.#list;
    const records = await this.#list.records(stream.path, await this.#list.whole(signal), signal);
    return { records, deleted: [], next: null, bookmark: null };
  }

  /** Page after page in the order of ids, over all lists of the stream. */
  async #fullPage(cursor: Cursor | null, signal: AbortSignal): Promise<Page> {
    const paths = await this.#list.paths(signal);
    const at = isJsonObject(cursor) ? cursor : {};
    const index = Math.max(0, paths.indexOf(keyText(at.path) ?? ''));
    const path = paths[index];
    if (path === undefined) return { records: [], deleted: [], next: null, bookmark: null };
    const query = { ...filterOf(this.#list.stream, this.request), 'order[id]': 'asc' };
    const ask = (page: number, limit: number) => this.#list.ask(path, query, page, limit, signal);
    const { rows, next } = await walkOn(parseOffsetPlace(at.walk), ask, byId);
    const wanted = rows.filter((row) => fits(this.#list.stream, this.request, row));
    const records = await this.#list.records(path, wanted, signal);
    const following = paths[index + 1];
    if (next !== null) return { records, deleted: [], next: { path, walk: { ...next } }, bookmark: null };
    return { records, deleted: [], next: following === undefined ? null : { path: following }, bookmark: null };
  }

  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    return new Finder(this.#list).find(field, values, signal);
  }
}
