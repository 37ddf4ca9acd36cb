import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import type { Egress } from '../kit/egress/client.js';
import { testEgress, unpaced } from '../kit/egress/testing.js';
import type { ConnectionContext, Credentials, HttpAnswer, HttpRequest, OpenConnection } from '../kit/index.js';
import { credentialsOf } from '../kit/testing-credentials.js';
import { createHttpConnector } from './connector.js';
import { parseService, type Service } from './service.js';

export const httpConnector = createHttpConnector(new Map());

/** The shipped rest-crm service, to be changed by a test. */
export function restCrm(change: (service: Service) => void = () => undefined): JsonObject {
  const text = readFileSync(join(findProjectFolder(), 'definitions/services/rest-crm.yaml'), 'utf8');
  const service = parseService(parse(text));
  change(service);
  return { ...service } as JsonObject;
}

export interface TestConnection {
  readonly connection: OpenConnection;
  readonly egress: Egress;
  close(): Promise<void>;
}

/** A connection to a server on loopback, through the real way out. */
export function connectTo(
  url: string,
  definition: JsonObject,
  secret: JsonObject,
  credentials: Credentials = credentialsOf(secret),
): TestConnection {
  const { egress } = testEgress();
  const settings = { service: String(definition.service), base_url: url, definition };
  const http = egress.client({ hosts: httpConnector.hosts(settings), pacer: unpaced });
  const connection = httpConnector.open(contextOf(settings, credentials, http));
  return {
    connection,
    egress,
    close: async () => {
      await connection.close();
      await egress.close();
    },
  };
}

/** A connection whose service is a function; every request is kept. */
export function fakeService(
  definition: JsonObject,
  answer: (request: HttpRequest, url: URL) => FakeAnswer | Promise<FakeAnswer>,
  secret: JsonObject = { token: 'canary' },
) {
  const requests: { readonly request: HttpRequest; readonly url: URL; readonly body: JsonValue }[] = [];
  const http = {
    request: async (request: HttpRequest): Promise<HttpAnswer> => {
      const url = new URL(request.url);
      request.beforeSend?.();
      const body = typeof request.body === 'string' && request.body.startsWith('{') ? JSON.parse(request.body) : null;
      requests.push({ request, url, body });
      const { status = 200, headers = {}, body: answered = {} } = await answer(request, url);
      const text = typeof answered === 'string' ? answered : JSON.stringify(answered);
      const { Answer } = await import('../kit/egress/answer.js');
      return new Answer(status, headers, Buffer.from(text));
    },
  };
  const settings = { service: 'fake', base_url: 'https://api.example.com/v1/', definition };
  return { requests, connection: httpConnector.open(contextOf(settings, credentialsOf(secret), http)) };
}

export interface FakeAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is, all else as JSON. */
  readonly body?: unknown;
}

function contextOf(settings: JsonObject, credentials: Credentials, http: ConnectionContext['http']): ConnectionContext {
  const resolveHost = () => Promise.reject(new Error('no sockets'));
  return { connectionId: 'test', settings, credentials, http, resolveHost };
}
