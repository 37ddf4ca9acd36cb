import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import { parsePhpQuery } from './php.js';
import type { BitrixSandbox } from './sandbox.js';

/** An answer as a test reads it. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The whole body; an empty object when it is not JSON. */
  readonly body: JsonObject;
  readonly result: Json | undefined;
}

/** Speaks to the portal as its tests do: by webhook, with JSON. */
export class PortalCaller {
  readonly #portal: BitrixSandbox;
  readonly base: string;

  constructor(portal: BitrixSandbox, base: string = portal.credentials.webhook_url ?? '') {
    this.#portal = portal;
    this.base = base;
  }

  /** A method with parameters as JSON. */
  call(method: string, params: JsonObject | Json[] = {}, headers: Record<string, string> = {}): Promise<Answered> {
    return this.send('POST', this.base + method, JSON.stringify(params), {
      'content-type': 'application/json',
      ...headers,
    });
  }

  /** A method with its parameters in the address. */
  get(methodAndQuery: string): Promise<Answered> {
    return this.send('GET', this.base + methodAndQuery);
  }

  /** The result of a method that must succeed. */
  async result(method: string, params: JsonObject = {}): Promise<Json> {
    const { status, result, text } = await this.call(method, params);
    if (status !== 200 || result === undefined) throw new Error(`${method} answered ${status}: ${text.slice(0, 300)}`);
    return result;
  }

  async send(method: string, url: string, body?: string, headers: Record<string, string> = {}): Promise<Answered> {
    const answer = await fetch(url, { method, body, headers, redirect: 'manual' });
    const text = await answer.text();
    const parsed = objectOf(text);
    return { status: answer.status, headers: answer.headers, text, body: parsed, result: parsed.result };
  }

  /** A control route, such as `settings` or `log?after=3`. */
  async control(path: string, body?: Json): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.#portal.control}/${path}`, init);
    return answer.json();
  }
}

/** A value as an object; an empty one when it is none. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The objects in a list. */
export const asObjects = (value: unknown): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** A receiver of events that keeps what it heard. */
export interface Listener {
  readonly url: string;
  readonly heard: JsonObject[];
  /** Waits until so many events have come. */
  until(count: number): Promise<void>;
  stop(): Promise<void>;
}

export async function listen(status = 200): Promise<Listener> {
  const heard: JsonObject[] = [];
  let wake = () => {};
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    request.on('end', () => {
      heard.push(parsePhpQuery(body));
      response.writeHead(status).end();
      wake();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/handler`,
    heard,
    async until(count) {
      while (heard.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function objectOf(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
