import type { JsonObject, JsonValue } from '../../core/json.js';
import { Answer } from '../kit/egress/answer.js';
import type { ConnectionContext, Credentials, HttpAnswer, HttpRequest, OpenConnection } from '../kit/index.js';
import { credentialsOf } from '../kit/testing-credentials.js';
import amocrm from './connector.js';

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, all else as JSON. */
  readonly body?: unknown;
}

export interface SeenRequest {
  readonly method: string;
  /** Below the account's address. */
  readonly path: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonValue;
}

export type FakeVendor = (request: SeenRequest) => FakeAnswer | Promise<FakeAnswer>;

export interface FakeAccount {
  readonly requests: SeenRequest[];
  readonly connection: OpenConnection;
  readonly http: ConnectionContext['http'];
}

let accounts = 0;

/** A connection whose vendor is a function; every request is kept. */
export function fakeAccount(
  answer: FakeVendor,
  secret: JsonObject = { token: 'canary' },
  more: JsonObject = {},
  credentials: Credentials = credentialsOf(secret),
): FakeAccount {
  const requests: SeenRequest[] = [];
  const request = async (asked: HttpRequest): Promise<HttpAnswer> => {
    asked.signal.throwIfAborted();
    asked.beforeSend?.();
    const url = new URL(asked.url);
    const text = typeof asked.body === 'string' ? asked.body : '';
    const body: JsonValue = text === '' ? null : JSON.parse(text);
    const seen = { method: asked.method, path: url.pathname, url, headers: asked.headers ?? {}, body };
    requests.push(seen);
    const { status = 200, headers = {}, body: answered } = await answer(seen);
    const bytes = answered === undefined ? '' : typeof answered === 'string' ? answered : JSON.stringify(answered);
    return new Answer(status, headers, Buffer.from(bytes));
  };
  accounts += 1;
  const settings = { base_url: 'https://example.amocrm.ru', auth: 'token', ...more };
  const context: ConnectionContext = {
    connectionId: `fake ${accounts}`,
    settings,
    credentials,
    http: { request },
    resolveHost: () => Promise.reject(new Error('no sockets')),
  };
  return { requests, connection: amocrm.open(context), http: context.http };
}

/** A list as the vendor sends it: nothing at all where it is empty. */
export function listed(name: string, rows: readonly JsonObject[], hasMore = false): FakeAnswer {
  if (rows.length === 0) return { status: 204 };
  const next = hasMore ? { next: { href: 'https://example.amocrm.ru/next' } } : {};
  return { body: { _page: 1, _links: { self: { href: '' }, ...next }, _embedded: { [name]: rows } } };
}

/** Rows of a page of an ordered list, by the request's own `page`, `limit`, `order` and `filter[updated_at]`. */
export function paged(name: string, rows: readonly JsonObject[], { url }: SeenRequest): FakeAnswer {
  const number = (param: string, or: number): number => Number(url.searchParams.get(param) ?? or);
  const [from, to] = [number('filter[updated_at][from]', 0), number('filter[updated_at][to]', 9e9)];
  const at = (row: JsonObject): number => Number(row.updated_at);
  const id = (row: JsonObject): number => Number(row.id);
  const wanted = rows.filter((row) => at(row) >= from && at(row) <= to);
  const order = url.searchParams.get('order[updated_at]');
  if (order === 'asc') wanted.sort((one, other) => at(one) - at(other) || id(one) - id(other));
  else if (order === 'desc') wanted.sort((one, other) => at(other) - at(one) || id(other) - id(one));
  else wanted.sort((one, other) => id(one) - id(other));
  const [page, limit] = [number('page', 1), number('limit', 50)];
  return listed(name, wanted.slice((page - 1) * limit, page * limit), wanted.length > page * limit);
}
