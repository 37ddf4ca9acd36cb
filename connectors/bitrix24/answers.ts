import { Failure, type FailureCode, type FailureFields } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { HttpAnswer } from '../kit/index.js';

/** What an error means. `isSent`: whether the command may have been carried out all the same. */
interface Meaning {
  readonly code: FailureCode;
  readonly hint: string;
  readonly isSent?: true;
  readonly retryAfterMs?: number;
}

const reconnect: Meaning = {
  code: 'connection/token_revoked',
  hint: 'Connect the account again: give the new webhook, or let an administrator of the portal agree once more.',
};
const forbidden: Meaning = {
  code: 'vendor/auth',
  hint: 'Give the user of this connection the right in Bitrix24, or connect as another user.',
};
const outage: Meaning = {
  code: 'vendor/unavailable',
  hint: 'The request is repeated; if this stays, the portal is down.',
  isSent: true,
};
const refused: Meaning = { code: 'vendor/refused', hint: 'Correct the record or the mapping, then resend it.' };
const waiting = 'Nothing to do: the request is sent again when the portal allows.';

/** The vendor's error codes; what is not here is decided by the status. Sources: README.md, "Errors". */
const byCode: Readonly<Record<string, Meaning>> = {
  NO_AUTH_FOUND: reconnect,
  INVALID_CREDENTIALS: reconnect,
  EXPIRED_TOKEN: reconnect,
  INVALID_TOKEN: reconnect,
  INVALID_GRANT: reconnect,
  INVALID_CLIENT: reconnect,
  APPLICATION_NOT_FOUND: reconnect,
  PORTAL_DELETED: reconnect,
  INSUFFICIENT_SCOPE: {
    code: 'connection/scope_missing',
    hint: 'Add the missing scope (at least `crm`, `user`, `task`, `catalog`) to the webhook or application.',
  },
  USER_ACCESS_ERROR: forbidden,
  ALLOWED_ONLY_INTRANET_USER: forbidden,
  PAYMENT_REQUIRED: { code: 'vendor/quota', hint: 'Pay for the application or the portal’s plan, then go on.' },
  QUERY_LIMIT_EXCEEDED: { code: 'vendor/rate_limited', hint: waiting, retryAfterMs: 1_000 },
  OPERATION_TIME_LIMIT: { code: 'vendor/rate_limited', hint: waiting, retryAfterMs: 60_000 },
  OVERLOAD_LIMIT: {
    code: 'vendor/rate_limited',
    hint: 'Bitrix24 has blocked the portal’s requests by hand: ask its support if this lasts.',
    retryAfterMs: 300_000,
  },
  INTERNAL_SERVER_ERROR: outage,
  ERROR_UNEXPECTED_ANSWER: outage,
  INVALID_REQUEST: { code: 'connection/invalid_settings', hint: 'Write the portal’s address with `https://`.' },
  ERROR_METHOD_NOT_FOUND: {
    code: 'connection/access_denied',
    hint: 'The portal’s plan or version does not offer this stream; choose another one.',
  },
};

const byStatus: Readonly<Record<number, Meaning>> = {
  401: reconnect,
  402: { code: 'vendor/quota', hint: 'Pay for the portal’s plan, then go on.' },
  403: forbidden,
  408: outage,
  425: outage,
  429: { code: 'vendor/rate_limited', hint: waiting, retryAfterMs: 1_000 },
};

/** An error as the vendor words it. Its `error` may be empty or hold the text; version 3 has an object there. */
export interface VendorError {
  readonly code: string;
  readonly words: string;
}

export function errorOf(body: JsonValue | undefined): VendorError | null {
  if (!isJsonObject(body)) return null;
  const { error } = body;
  if (isJsonObject(error)) return { code: String(error.code ?? ''), words: String(error.message ?? error.code ?? '') };
  const told = typeof body.error_description === 'string' ? body.error_description : '';
  if (typeof error !== 'string' && typeof error !== 'number' && told === '') return null;
  const name = String(error ?? '');
  return { code: /^[\w.]*$/.test(name) ? name : '', words: told === '' ? name : told };
}

/** A whole answer that is no success, as a failure in the vendor's words. */
export function failureOfAnswer(answer: HttpAnswer, what: string): Failure {
  const body = bodyOf(answer);
  const error = errorOf(body);
  // What is no JSON was not said by the portal but by something before it.
  const isProxy = body === undefined && answer.status !== 429;
  const meaning = isProxy ? outage : meaningOf(error?.code ?? '', answer.status);
  const said = error === null || error.words === '' ? `status ${answer.status}` : error.words;
  return make(meaning, what, said, {
    status: answer.status,
    ...(error !== null && error.code !== '' && { vendorCode: error.code }),
    ...(meaning.retryAfterMs !== undefined && { retryMs: waitOf(answer, body, meaning.retryAfterMs) }),
  });
}

/** An error of one command inside a batch: there is no status, only the code. */
export function failureOfCommand(error: VendorError, what: string): Failure {
  return make(meaningOf(error.code, 400), what, error.words || error.code || 'no reason given', {
    ...(error.code !== '' && { vendorCode: error.code }),
  });
}

/** What does not look like an answer of the portal: nobody knows what it did. */
export function badAnswer(what: string, how: string): Failure {
  return new Failure('read/bad_answer', {
    message: `\`${what}\` was answered with ${how}.`,
    hint: 'The request is repeated; if this stays, the portal is down or its address is wrong.',
    details: { wasSent: true },
  });
}

export function bodyOf(answer: HttpAnswer): JsonValue | undefined {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

function meaningOf(code: string, status: number): Meaning {
  const known = byCode[code.toUpperCase()];
  if (known !== undefined) return known;
  return byStatus[status] ?? (status >= 500 ? outage : refused);
}

function make({ code, hint, isSent }: Meaning, what: string, said: string, more: JsonObject): Failure {
  const { retryMs, ...details } = more;
  const fields: FailureFields = {
    message: `Bitrix24 answered \`${what}\`: ${said
      .replace(/<[^>]*>/g, ' ')
      .trim()
      .slice(0, 300)}`.replace(/\.?$/, '.'),
    hint,
    details: { ...details, wasSent: isSent === true },
    ...(typeof retryMs === 'number' && { retryAfterMs: retryMs }),
  };
  return new Failure(code, fields);
}

/** No `Retry-After` is sent; a method that ran too long tells when its oldest minute is forgotten. */
function waitOf(answer: HttpAnswer, body: JsonValue | undefined, usual: number): number {
  const told = retryAfterOf(answer.headers);
  if (told !== null) return told;
  const time = isJsonObject(body) && isJsonObject(body.time) ? body.time : null;
  const resetMs = Number(time?.operating_reset_at) * 1_000;
  const nowMs = Number(time?.finish) * 1_000 || Date.now();
  return resetMs > nowMs ? Math.ceil(resetMs - nowMs) : usual;
}
