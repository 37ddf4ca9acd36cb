import type { JsonObject, JsonValue } from '../../core/json.js';
import { Answer } from '../kit/egress/answer.js';
import { testEgress, unpaced } from '../kit/egress/testing.js';
import type {
  ConnectionContext,
  Credentials,
  HttpAnswer,
  HttpClient,
  HttpRequest,
  OpenConnection,
} from '../kit/index.js';
import { credentialsOf, type TestCredentials } from '../kit/testing-credentials.js';
import { PortalClient } from './client.js';
import connector from './connector.js';
import { parseForm } from './form.js';
import { portalOf } from './settings.js';

export const portalUrl = 'https://portal.example.com';
const webhookSecret: JsonObject = { webhook: '1/canary0123456789' };

/** What a portal that is a function answers: a result, an error, or a whole answer. */
export type Answered =
  | { readonly result: unknown; readonly total?: number }
  | { readonly error: string; readonly error_description?: string; readonly status?: number }
  | { readonly status: number; readonly body: string; readonly headers?: Readonly<Record<string, string>> };

export interface Asked {
  readonly request: HttpRequest;
  readonly url: URL;
  /** The method of a single call, or `batch`. */
  readonly method: string;
  readonly body: JsonObject;
}

export type Portal = (method: string, params: JsonObject, asked: Asked) => Answered;

const time = { date_start: '2026-03-01T12:00:00+03:00', start: 1_772_355_600, finish: 1_772_355_601 };

/** A portal in memory: batches are taken apart and their references followed. Every request is kept. */
export function fakePortal(portal: Portal) {
  const requests: Asked[] = [];
  const http: HttpClient = {
    request: async (request: HttpRequest): Promise<HttpAnswer> => {
      request.signal.throwIfAborted();
      request.beforeSend?.();
      const url = new URL(request.url);
      const method =
        url.pathname
          .split('/')
          .at(-1)
          ?.replace(/\.json$/, '') ?? '';
      const body = typeof request.body === 'string' ? (JSON.parse(request.body) as JsonObject) : {};
      const asked = { request, url, method, body };
      requests.push(asked);
      const whole = portal(method, body, asked);
      const isBatch = method === 'batch' && 'result' in whole && whole.result === 'each';
      return answerOf(isBatch ? { result: batchOf(portal, body, asked) } : whole);
    },
  };
  return { requests, http };
}

/** For `batch`: answer each command by itself. */
export const each: Answered = { result: 'each' };

function answerOf(answered: Answered): Answer {
  if ('body' in answered) return new Answer(answered.status, answered.headers ?? {}, Buffer.from(answered.body));
  if ('error' in answered) {
    const { status = 400, ...body } = answered;
    return new Answer(status, {}, Buffer.from(JSON.stringify({ ...body, time })));
  }
  return new Answer(200, {}, Buffer.from(JSON.stringify({ ...answered, time })));
}

function batchOf(portal: Portal, body: JsonObject, asked: Asked): JsonObject {
  const maps: Record<'result' | 'result_error' | 'result_total', JsonObject> = {
    result: {},
    result_error: {},
    result_total: {},
  };
  for (const [key, text] of Object.entries(body.cmd as JsonObject)) {
    const [method = '', query = ''] = String(text).split(/\?(.*)/s);
    const followed = query.replace(/\$result((?:\[\w+\])+)/g, (_, path: string) =>
      String(valueAt(maps.result, path) ?? ''),
    );
    const answer = portal(method, plain(parseForm(followed, '') ?? {}) as JsonObject, asked);
    if ('error' in answer)
      maps.result_error[key] = { error: answer.error, error_description: answer.error_description ?? '' };
    else if ('result' in answer) {
      maps.result[key] = answer.result as JsonValue;
      if (answer.total !== undefined) maps.result_total[key] = answer.total;
    }
  }
  // PHP writes empty maps as lists.
  const map = (value: JsonObject): JsonValue => (Object.keys(value).length === 0 ? [] : value);
  return {
    result: map(maps.result),
    result_error: map(maps.result_error),
    result_total: map(maps.result_total),
    result_next: [],
    result_time: [],
  };
}

function valueAt(value: unknown, path: string): unknown {
  let at = value;
  for (const [, name = ''] of path.matchAll(/\[(\w+)\]/g)) at = (at as Record<string, unknown> | undefined)?.[name];
  return at;
}

/** Maps whose names are 0, 1, 2 are lists, as PHP has it. */
function plain(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, member]) => [name, plain(member)] as const);
  const isList = entries.length > 0 && entries.every(([name], index) => name === String(index));
  return isList ? entries.map(([, member]) => member) : Object.fromEntries(entries);
}

let connections = 0;

function contextOf(settings: JsonObject, credentials: Credentials, http: HttpClient): ConnectionContext {
  connections += 1;
  const resolveHost = () => Promise.reject(new Error('no sockets'));
  // A connection of its own each time: what is known of a portal is kept by connection.
  return { connectionId: `test-${connections}`, settings, credentials, http, resolveHost };
}

export interface FakeOptions {
  readonly settings?: JsonObject;
  readonly secret?: JsonObject;
}

/** A connection to a portal that is a function. */
export function connectFake(portal: Portal, options: FakeOptions = {}) {
  const { requests, http } = fakePortal(portal);
  const settings = { base_url: portalUrl, ...options.settings };
  const credentials = credentialsOf(options.secret ?? webhookSecret);
  const context = contextOf(settings, credentials, http);
  return {
    requests,
    credentials,
    connection: connector.open(context),
    client: new PortalClient(portalOf(settings), context),
  };
}

export interface SandboxConnection {
  readonly connection: OpenConnection;
  /** Requests that were sent. */
  readonly requests: HttpRequest[];
  readonly credentials: TestCredentials;
  close(): Promise<void>;
}

/** A connection to a sandbox through the real way out. */
export function connectTo(settings: JsonObject, secret: JsonObject): SandboxConnection {
  const { egress } = testEgress();
  const client = egress.client({ hosts: connector.hosts(settings), pacer: unpaced });
  const requests: HttpRequest[] = [];
  const http: HttpClient = {
    request: (request) => {
      requests.push(request);
      return client.request(request);
    },
  };
  const credentials = credentialsOf(secret);
  const connection = connector.open(contextOf(settings, credentials, http));
  return { connection, requests, credentials, close: () => connection.close().then(() => egress.close()) };
}
