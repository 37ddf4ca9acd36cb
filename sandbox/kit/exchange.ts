import type { IncomingHttpHeaders } from 'node:http';
import type { EffectNote } from './effect-log.js';
import type { FaultKind } from './faults.js';

/** An answer before it is written; a list of pieces is streamed. */
export interface Answer {
  readonly status: number;
  /** A list stands for a header that is sent several times, such as `set-cookie`. */
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer | Iterable<string | Buffer>;
}

/** What a request consists of, given by the server. */
export interface RequestParts {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Where the request came from; absent in a request made by hand. */
  readonly address?: string;
  readonly note: (note: EffectNote, fault: FaultKind | null) => void;
}

/** Body text that is not JSON; the vendor answers it in its own shape. */
export class MalformedBody extends Error {
  override readonly name = 'MalformedBody';
}

/** One request as a vendor's handler sees it. */
export class VendorRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  /** Path alone, still percent-encoded. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The IP address of the sender, for limits that count by source. */
  readonly address: string;
  /** The fault played on this request; `late_visible` is for the handler, the server does the rest. */
  fault: FaultKind | null = null;
  /** Records carried, for the request log; set by the handler. */
  records = 0;
  readonly #note: RequestParts['note'];
  #query: URLSearchParams | undefined;

  constructor(parts: RequestParts) {
    this.method = parts.method;
    this.target = parts.target;
    this.headers = parts.headers;
    this.body = parts.body;
    this.address = parts.address ?? '';
    this.#note = parts.note;
    const mark = parts.target.indexOf('?');
    this.path = mark < 0 ? parts.target : parts.target.slice(0, mark);
  }

  get query(): URLSearchParams {
    this.#query ??= new URLSearchParams(this.target.slice(this.path.length));
    return this.#query;
  }

  /** The path's parts, decoded; a part that cannot be decoded stays as it is. */
  get segments(): string[] {
    return this.path.split('/').filter(Boolean).map(decoded);
  }

  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  /** The body as JSON; throws MalformedBody. */
  json(): unknown {
    try {
      return JSON.parse(this.body.toString('utf8'));
    } catch {
      throw new MalformedBody('The body is not valid JSON.');
    }
  }

  /** The body as a form. */
  form(): URLSearchParams {
    return new URLSearchParams(this.body.toString('utf8'));
  }

  /** Writes a line into the effect log, with the fault of this request. */
  effect(note: EffectNote): void {
    this.#note(note, this.fault);
  }
}

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}

export function htmlAnswer(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body };
}

/** The text safe to stand in HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
