import { Failure, type FailureCode, isFailure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { ConnectionContext, HttpAnswer, HttpRequest } from '../kit/index.js';
import { Authorizer } from './auth.js';
import { problemOf } from './problem.js';
import type { Query } from './query.js';
import { queryText } from './query.js';
import { type Places, placesOf } from './settings.js';

interface Meaning {
  readonly code: FailureCode;
  readonly hint: string;
  /** For how long the vendor does not want to be asked, where it does not say so itself. */
  readonly waitMs?: number;
  /** The vendor may have done what it was asked, and nobody knows. */
  readonly isInDoubt?: boolean;
}

/** A blocked address is let in again after a time that the vendor does not tell. */
const blockedMs = 15 * 60_000;

/**
 * A question in the middle of other work is asked again at once: giving it up would undo that work. The spacing of
 * requests is not ours, and holds for these too.
 */
const triesOfAsking = 3;

/** What the vendor's statuses mean; `html` is the page that its front server shows to an address it has blocked. */
const meanings: Readonly<Record<string, Meaning>> = {
  '401': { code: 'vendor/auth', hint: 'Connect the account again; the pipelines go on from where they stopped.' },
  '402': { code: 'vendor/quota', hint: 'Pay for the account at amoCRM; the run goes on afterwards.' },
  '403': {
    code: 'vendor/auth',
    hint: 'Give the user of this connection the rights for it, or connect as another one.',
  },
  '403 html': {
    code: 'vendor/rate_limited',
    hint: 'Nothing to do: it is tried again later; if this stays, ask the support of amoCRM to lift the block.',
    waitMs: blockedMs,
  },
  '408': { code: 'vendor/unavailable', hint: 'The request is repeated.', isInDoubt: true },
  '425': { code: 'vendor/unavailable', hint: 'The request is repeated.', isInDoubt: true },
  '429': {
    code: 'vendor/rate_limited',
    hint: 'Nothing to do: the request is sent again when the vendor allows.',
    waitMs: 1_000,
  },
  '4xx': { code: 'vendor/refused', hint: 'Correct the record or the mapping, then resend it.' },
  '5xx': {
    code: 'vendor/unavailable',
    hint: 'The request is repeated; if this stays, amoCRM is down.',
    isInDoubt: true,
  },
  '3xx': { code: 'vendor/unavailable', hint: 'Check the address of the account.', isInDoubt: true },
};

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below `/api/v4`. */
  readonly path: string;
  readonly query?: Query;
  readonly body?: JsonValue;
  readonly signal: AbortSignal;
  readonly beforeSend?: () => void;
}

/** Speaks to one account: adds the token, renews it once, turns answers into failures. */
export class AmoClient {
  readonly places: Places;
  readonly #authorizer: Authorizer;

  constructor(readonly context: ConnectionContext) {
    this.places = placesOf(context.settings);
    this.#authorizer = new Authorizer(this.places, context);
  }

  /** The body of a successful answer; null where the vendor says that there is nothing (204). */
  async get(path: string, query: Query, signal: AbortSignal): Promise<JsonObject | null> {
    return (await this.list(path, query, signal)).body;
  }

  /** The same with the vendor's clock in milliseconds, null where it shows none. */
  async list(
    path: string,
    query: Query,
    signal: AbortSignal,
  ): Promise<{ readonly body: JsonObject | null; readonly vendorMs: number | null }> {
    for (let attempt = 1; ; attempt++) {
      try {
        const answer = await this.send({ method: 'GET', path, query, signal });
        const at = Date.parse(answer.headers.date ?? '');
        return { body: this.bodyOf(answer), vendorMs: Number.isNaN(at) ? null : at };
      } catch (error) {
        if (attempt >= triesOfAsking || signal.aborted || !isPassing(error)) throw error;
      }
    }
  }

  bodyOf(answer: HttpAnswer): JsonObject | null {
    if (answer.status === 204) return null;
    if (answer.status >= 300) throw this.failureOf(answer);
    const body = answer.json();
    if (isJsonObject(body)) return body;
    throw notUnderstood(answer.status);
  }

  /** Sends a call; a token that the vendor refuses is renewed once and the call repeated. */
  async send(call: Call): Promise<HttpAnswer> {
    return this.sendTo(`${this.places.baseUrl}/api/v4`, call);
  }

  async sendTo(origin: string, call: Call): Promise<HttpAnswer> {
    const seen = await this.#authorizer.token(call.signal);
    const answer = await this.#request(origin, call, seen.token);
    if (answer.status !== 401) return answer;
    const renewed = await this.#authorizer.renew(seen, call.signal);
    return this.#request(origin, call, renewed.token);
  }

  #request(origin: string, call: Call, token: string): Promise<HttpAnswer> {
    return this.context.http.request({
      method: call.method,
      url: `${origin}${call.path}${queryText(call.query)}`,
      headers: {
        accept: 'application/hal+json, application/json',
        authorization: `Bearer ${token}`,
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: call.signal,
      ...(call.beforeSend && { beforeSend: call.beforeSend }),
    });
  }

  /** An answer that is no success, in the vendor's own words. */
  failureOf(answer: HttpAnswer): Failure {
    const { code, hint, waitMs, isInDoubt } = meaningOf(answer);
    const words = wordsOf(problemOf(answer));
    return new Failure(code, {
      message: `amoCRM answered with status ${answer.status}${words === null ? '' : `: ${words}`}`.replace(/\.?$/, '.'),
      hint,
      details: {
        status: answer.status,
        wasSent: isInDoubt === true,
        ...(code === 'vendor/auth' && { connectionId: this.context.connectionId }),
      },
      ...(waitMs !== undefined && { retryAfterMs: retryAfterOf(answer.headers) ?? waitMs }),
    });
  }
}

/** The row of the table that an answer falls under. */
function meaningOf(answer: HttpAnswer): Meaning {
  const status = String(answer.status);
  const isPage = problemOf(answer) === null && answer.bytes.length > 0;
  const row = (isPage ? meanings[`${status} html`] : undefined) ?? meanings[status] ?? meanings[`${status[0]}xx`];
  return row ?? (meanings['5xx'] as Meaning);
}

function wordsOf(problem: JsonObject | null): string | null {
  const parts = [problem?.title, problem?.detail, problem?.hint]
    .filter((part): part is string => typeof part === 'string' && part !== '')
    .map((part) => part.replace(/\.$/, ''));
  const words = [...new Set(parts)].join(': ');
  return words === '' ? null : words.slice(0, 300);
}

/** A success that says nothing that could be understood. */
export function notUnderstood(status: number): Failure {
  return new Failure('read/bad_answer', {
    message: `amoCRM answered with something else than was asked for (status ${status}).`,
    hint: 'The request is repeated; if this stays, amoCRM is down.',
    details: { status, wasSent: true },
  });
}

/** Whether asking again at once may help: not where the vendor wants to be left alone, or took a minute to say nothing. */
function isPassing(error: unknown): boolean {
  if (!isFailure(error)) return false;
  if (error.kind === 'rate_limited') return (error.retryAfterMs ?? 0) <= 1_000 && error.details?.status === 429;
  return error.kind === 'transient' && error.code !== 'egress/timeout' && error.code !== 'engine/fence_lost';
}

/** Whether a failure says that the vendor will not take what it was sent, however often. */
export function isRefusal(failure: unknown): failure is Failure {
  return isFailure(failure) && (failure.kind === 'rejected' || failure.kind === 'conflict');
}
