import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonValue } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import { parseJsonPath, textAt, valueAt } from '../../kit/json-path.js';
import type { ServiceClient } from '../client.js';
import type { ServiceRead } from '../service.js';

/** One answer of a list. */
export interface ListPage {
  readonly records: readonly SourceRecord[];
  /** The service's cursor, page number or offset of the next page; null at the end. */
  readonly following: string | null;
  /** The service's own clock in ms, as its answer says; null where it says nothing. */
  readonly serviceMs: number | null;
}

/** Asks for the pages of one list: by cursor, page number, offset, or all at once. */
export class Pages {
  readonly #recordsPath;
  readonly #nextPath;

  constructor(
    readonly client: ServiceClient,
    readonly stream: string,
    readonly read: ServiceRead,
  ) {
    this.#recordsPath = parseJsonPath(read.records);
    this.#nextPath = parseJsonPath(read.page.next ?? 'next');
  }

  async ask(
    path: string,
    query: Readonly<Record<string, string>>,
    at: string | null,
    signal: AbortSignal,
  ): Promise<ListPage> {
    const answer = await this.client.call({
      method: 'GET',
      path,
      query: { ...this.read.query, ...this.#pageQuery(at), ...query },
      signal,
    });
    const body = answer.json();
    const records = this.#records(body, answer.status);
    const serviceMs = Date.parse(answer.headers.date ?? '');
    return {
      records,
      following: this.#following(body, at, records.length),
      serviceMs: Number.isNaN(serviceMs) ? null : serviceMs,
    };
  }

  #pageQuery(at: string | null): Record<string, string> {
    const { page } = this.read;
    const query: Record<string, string> = {};
    if (page.size_param !== undefined) query[page.size_param] = String(page.size);
    if (page.param === undefined) return query;
    if (at !== null) query[page.param] = at;
    else if (page.kind === 'page') query[page.param] = String(page.first ?? 1);
    else if (page.kind === 'offset') query[page.param] = '0';
    return query;
  }

  #following(body: JsonValue, at: string | null, count: number): string | null {
    const { page } = this.read;
    if (page.kind === 'none') return null;
    if (page.kind === 'cursor') return this.#cursor(body, at);
    if (count === 0 || (page.ends === 'short' && count < page.size)) return null;
    if (page.kind === 'page') return String(Number(at ?? page.first ?? 1) + 1);
    return String(Number(at ?? 0) + count);
  }

  #cursor(body: JsonValue, at: string | null): string | null {
    const found = valueAt(body, this.#nextPath);
    const next = typeof found === 'boolean' ? null : textAt(body, this.#nextPath);
    if (next === null || next === '') return null;
    if (next !== at) return next;
    throw new Failure('read/bad_answer', {
      message: `The list of stream \`${this.stream}\` goes on where it already is: its next cursor is the one that was sent.`,
      hint: 'The request is repeated; if this stays, correct `page.next` in the service definition.',
    });
  }

  #records(body: JsonValue, status: number): readonly SourceRecord[] {
    const list = valueAt(body, this.#recordsPath);
    if (Array.isArray(list) && list.every(isJsonObject)) return list;
    throw new Failure('read/bad_answer', {
      message: `The answer for stream \`${this.stream}\` holds no list of records at \`${this.read.records ?? '/'}\` (status ${status}).`,
      hint: 'The request is repeated; if this stays, correct `records` in the service definition.',
    });
  }
}
