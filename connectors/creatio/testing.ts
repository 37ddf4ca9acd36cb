import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { Answer } from '../kit/egress/answer.js';
import { testEgress, unpaced } from '../kit/egress/testing.js';
import type { ConnectionContext, Credentials, HttpAnswer, HttpRequest, OpenConnection } from '../kit/index.js';
import { credentialsOf } from '../kit/testing-credentials.js';
import connector from './connector.js';
import { standardStreams } from './streams/index.js';

export const testSecret: JsonObject = { username: 'Supervisor', password: 'canary-password' };

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, all else as JSON. */
  readonly body?: unknown;
}

export interface Seen {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonValue;
}

let opened = 0;

/** A context whose way out is a function; every request is kept. */
export function fakeContext(
  answer: (seen: Seen, request: HttpRequest) => FakeAnswer | Promise<FakeAnswer>,
  settings: JsonObject = {},
  credentials: Credentials = credentialsOf(testSecret),
) {
  const requests: Seen[] = [];
  opened += 1;
  const context: ConnectionContext = {
    connectionId: `fake-${opened}`,
    settings: { base_url: 'https://example.creatio.com', ...settings },
    credentials,
    http: {
      request: async (request: HttpRequest): Promise<HttpAnswer> => {
        request.signal.throwIfAborted();
        if (request.method !== 'GET') request.beforeSend?.();
        const text = typeof request.body === 'string' ? request.body : '';
        const seen: Seen = {
          method: request.method,
          url: new URL(request.url),
          headers: request.headers ?? {},
          body: /^[[{]/.test(text) ? JSON.parse(text) : text,
        };
        requests.push(seen);
        const { status = 200, headers = {}, body = '' } = await answer(seen, request);
        return new Answer(status, headers, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
      },
    },
    resolveHost: () => Promise.reject(new Error('no sockets')),
  };
  return { context, requests, open: (): OpenConnection => connector.open(context) };
}

/** What a test needs to know of a sandbox. */
export interface RunningSandbox {
  readonly url: string;
  readonly control: string;
  readonly credentials: Readonly<Record<string, string>>;
}

/** Connections to a sandbox through the real way out; they share what `credentials` stores, as workers do. */
export function connectTo(sandbox: RunningSandbox, more: JsonObject = {}, secret = secretOf(sandbox, more)) {
  const { egress } = testEgress();
  const settings: JsonObject = { base_url: sandbox.url, oauth_url: sandbox.credentials.identity_url ?? '', ...more };
  const credentials = credentialsOf(secret);
  opened += 1;
  const context: ConnectionContext = {
    connectionId: `sandbox-${opened}`,
    settings,
    credentials,
    http: egress.client({ hosts: connector.hosts(settings), pacer: unpaced }),
    resolveHost: () => Promise.reject(new Error('no sockets')),
  };
  return { settings, secret, credentials, open: () => connector.open(context), close: () => egress.close() };
}

function secretOf({ credentials }: RunningSandbox, { auth }: JsonObject): JsonObject {
  const { username = '', password = '', client_id = '', client_secret = '' } = credentials;
  return auth === undefined || auth === 'session' ? { username, password } : { client_id, client_secret };
}

/** Orders to a sandbox, over its control routes. */
export function controlOf(sandbox: RunningSandbox) {
  return async (path: string, body?: JsonObject): Promise<JsonObject> => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${sandbox.control}/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return (await response.json()) as JsonObject;
  };
}

const cookies =
  'BPMLOADER=l; path=/; HttpOnly, .ASPXAUTH=a; expires=Sun, 22-Nov-2026 10:00:00 GMT; path=/, BPMCSRF=c; path=/';

/** A small instance in memory: enough of OData for the ways in which the connector asks. */
export class FakeInstance {
  readonly tables = new Map<string, Map<string, JsonObject>>();
  now = Date.parse('2026-11-22T10:00:00Z');
  /** Answers instead of the instance; undefined leaves the request to it. */
  before: (seen: Seen) => FakeAnswer | undefined = () => undefined;
  /** The same for one part of a batch. */
  beforePart: (part: JsonObject) => JsonObject | undefined = () => undefined;
  /** Most rows of an answer. */
  cap = 20_000;
  continuesOnError = true;
  readonly connection: ReturnType<typeof fakeContext>;

  constructor(settings: JsonObject = {}) {
    this.connection = fakeContext((seen) => this.before(seen) ?? this.#answer(seen), settings);
  }

  table(set: string): Map<string, JsonObject> {
    const table = this.tables.get(set) ?? new Map<string, JsonObject>();
    this.tables.set(set, table);
    return table;
  }

  put(set: string, id: string, fields: JsonObject = {}): void {
    const moment = new Date(this.now).toISOString();
    const former = this.table(set).get(id);
    this.table(set).set(id, { Id: id, CreatedOn: moment, ...former, ModifiedOn: moment, ...fields });
  }

  /** Requests that asked for or changed records, without signing in and descriptions. */
  get dataRequests(): readonly Seen[] {
    return this.connection.requests.filter(
      ({ url }) => url.pathname.includes('/odata/') && !url.search.includes('$top=1&'),
    );
  }

  #answer({ method, url, body }: Seen): FakeAnswer {
    const headers = { date: new Date(this.now).toUTCString() };
    if (url.pathname.endsWith('/AuthService.svc/Login'))
      return { headers: { 'set-cookie': cookies }, body: { Code: 0, Message: '' } };
    if (url.pathname.endsWith('/RuntimeEntitySchemaRequest'))
      return { body: describe(String((body as JsonObject).Name)) };
    const path = decodeURIComponent(url.pathname).replace(/^.*\/odata\//, '');
    if (path === '$batch') return { headers, body: this.#batch(body as JsonObject) };
    const { status, body: said } = this.#one(method, `${path}${url.search}`, body);
    return { status, headers, body: said };
  }

  #batch({ requests }: JsonObject): JsonObject {
    const responses: JsonObject[] = [];
    for (const part of requests as JsonObject[]) {
      const instead = this.beforePart(part);
      const { status, body } =
        instead === undefined
          ? this.#one(String(part.method), String(part.url), part.body ?? null)
          : { status: Number(instead.status), body: instead.body ?? null };
      responses.push({ id: part.id ?? null, status, ...(body !== null && { body }) });
      if (status >= 400 && !this.continuesOnError) break;
    }
    return { responses };
  }

  #one(method: string, address: string, body: JsonValue): { readonly status: number; readonly body: JsonValue } {
    const [, set = '', id, search = ''] = /^(\w+)(?:\(([^)]*)\))?(?:\?(.*))?$/.exec(address) ?? [];
    const table = this.table(set);
    if (method === 'GET') return { status: 200, body: { value: this.#list(set, new URLSearchParams(search)) } };
    if (method === 'POST') {
      const fields = isJsonObject(body) ? body : {};
      const key = String(fields.Id);
      if (table.has(key))
        return {
          status: 500,
          body: {
            Message: 'An error has occurred.',
            ExceptionMessage: 'Violation of PRIMARY KEY constraint.',
            ExceptionType: 'SqlException',
          },
        };
      if (fields.Name === 'bad')
        return {
          status: 400,
          body: { error: { code: '', message: 'The request is invalid.', innererror: { message: 'Name is bad' } } },
        };
      this.put(set, key, fields);
      return { status: 201, body: table.get(key) ?? {} };
    }
    const held = table.get(id ?? '');
    if (method === 'DELETE') return { status: table.delete(id ?? '') ? 204 : 404, body: null };
    // As in the vendor's own example: a row that is not there is patched without a word.
    if (held !== undefined) this.put(set, id ?? '', isJsonObject(body) ? body : {});
    return { status: 204, body: null };
  }

  #list(set: string, query: URLSearchParams): JsonObject[] {
    const filter = query.get('$filter');
    const order = (query.get('$orderby') ?? '').split(',').map((part) => part.split(' ')[0] ?? '');
    const rows = [...this.table(set).values()].filter((row) => filter === null || fits(filter, row));
    rows.sort((a, b) => {
      for (const name of order) {
        const [one, other] = [String(a[name] ?? ''), String(b[name] ?? '')];
        if (one !== other) return one < other ? -1 : 1;
      }
      return 0;
    });
    const skip = Number(query.get('$skip') ?? 0);
    return rows.slice(skip, skip + Math.min(this.cap, Number(query.get('$top') ?? this.cap)));
  }
}

/** A filter as the connector writes it: comparisons, `and`, `or`, brackets. */
function fits(filter: string, row: JsonObject): boolean {
  const tokens = filter.match(/'(?:[^']|'')*'|[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? '';
  const either = (): boolean => {
    let result = both();
    while (tokens[at] === 'or') {
      at += 1;
      result = both() || result;
    }
    return result;
  };
  const both = (): boolean => {
    let result = one();
    while (tokens[at] === 'and') {
      at += 1;
      result = one() && result;
    }
    return result;
  };
  const one = (): boolean => {
    const path = next();
    if (path !== '(') return compare(String(row[path.replace('/', '')] ?? ''), next(), next());
    const result = either();
    at += 1;
    return result;
  };
  return either();
}

function compare(value: string, operator: string, literal: string): boolean {
  const wanted = literal.replace(/^'(.*)'$/, '$1').replaceAll("''", "'");
  if (operator === 'ge') return value >= wanted;
  if (operator === 'lt') return value < wanted;
  return value.toLowerCase() === wanted.toLowerCase();
}

const codes: Readonly<Record<string, number>> = {
  id: 0,
  text: 1,
  integer: 4,
  decimal: 5,
  money: 6,
  datetime: 7,
  date: 8,
  time: 9,
  lookup: 10,
  boolean: 12,
  phone: 42,
  email: 45,
};

function describe(name: string): JsonObject {
  const stream = standardStreams.find((each) => each.set === name);
  if (stream === undefined) return { success: false };
  const items = stream.columns.map((column, index): [string, JsonValue] => [
    `c${index}`,
    {
      name: column.kind === 'lookup' ? column.name.slice(0, -2) : column.name,
      caption: { 'en-US': `Caption of ${column.name}` },
      dataValueType: codes[column.kind] ?? 1,
      isRequired: column.isRequired === true,
      ...(column.refersTo !== undefined && { referenceSchemaName: column.refersTo }),
    },
  ]);
  return {
    success: true,
    schema: { name, caption: { 'en-US': stream.title }, columns: { items: Object.fromEntries(items) } },
  };
}
