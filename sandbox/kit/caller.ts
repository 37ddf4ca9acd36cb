import { isObject, type Json, type JsonObject } from './json.js';
import type { Sandbox } from './sandbox.js';

/** An answer as a test reads it. */
export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as an object; an empty one when it is not JSON. */
  readonly body: JsonObject;
}

/** Speaks to a sandbox the way its tests do: with its token, JSON in and out. */
export class Caller {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Called> {
    return this.call('GET', path, undefined, headers);
  }

  post(path: string, body: Json, headers: Record<string, string> = {}): Promise<Called> {
    return this.call('POST', path, JSON.stringify(body), headers);
  }

  /** A control route, such as `faults` or `log?after=3`. */
  async control(path: string, body?: Json): Promise<unknown> {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${this.#sandbox.control}/${path}`, init);
    return answer.json();
  }

  async call(method: string, path: string, body?: string, headers: Record<string, string> = {}): Promise<Called> {
    const answer = await fetch(this.#sandbox.url + path, {
      method,
      body,
      headers: { authorization: `Bearer ${this.#sandbox.credentials.token}`, ...headers },
      redirect: 'manual',
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: objectOf(text) };
  }

  /** All records of a paged list. */
  async all(path: string): Promise<JsonObject[]> {
    const records: JsonObject[] = [];
    let cursor: Json = '';
    do {
      const joint = path.includes('?') ? '&' : '?';
      const { body } = await this.get(path + (cursor === '' ? '' : `${joint}cursor=${String(cursor)}`));
      records.push(...objects(body.items));
      cursor = body.next_cursor ?? null;
    } while (cursor !== null);
    return records;
  }
}

/** The objects in a JSON list; anything else is left out. */
export function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function objectOf(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}
