import type { JsonValue } from '../../core/json.js';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  /** Absolute address; its host and port must be in the connection's declared host set. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal: AbortSignal;
  /** Called in the first pull of the body on an open connection, as the last thing before bytes leave. */
  readonly beforeSend?: () => void;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** Requests this one counts as in the vendor's budget; 1 when absent. */
  readonly cost?: number;
  /** Whether an answer says that the shared budget is used up; status 429 when absent. */
  readonly isRateRefusal?: (answer: HttpAnswer) => boolean;
}

/** An answer that arrived whole. Statuses of 400 and above are answers too: the error table decides what they mean. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  text(): string;
  /** Throws `read/bad_answer` when the body is not JSON. */
  json(): JsonValue;
}

/**
 * The one way out to a vendor: host set, SSRF guard with pinned addresses, no redirects, size and time limits,
 * shared request budgets and redaction. Throws `egress/*` failures; `details.wasSent` tells whether the request may
 * have reached the vendor, in which case the outcome of a write is unknown.
 */
export interface HttpClient {
  request(request: HttpRequest): Promise<HttpAnswer>;
}
