import { type Failure, type FailureCode, failureCodes, isFailure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';

/** An answer of RFC 9457, as `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: FailureCode;
  readonly message: string;
  readonly hint: string;
  readonly requestId: string;
  readonly details?: JsonObject;
}

/** Statuses of codes whose kind says too little. */
const statusOfCode: Partial<Record<FailureCode, number>> = {
  'api/bad_request': 400,
  'api/forbidden': 403,
  'api/host_refused': 421,
  'api/idempotency_mismatch': 422,
  'api/key_in_address': 400,
  'api/method_not_allowed': 405,
  'api/not_found': 404,
  'api/origin_refused': 403,
  'api/precondition_failed': 412,
  'api/too_large': 413,
  'api/unauthenticated': 401,
  'api/unsupported_media_type': 415,
  'connection/missing': 404,
  'definition/not_found': 404,
  'member/owner_needed': 403,
  'person/code_wrong': 401,
  'person/email_unconfirmed': 403,
  'person/password_wrong': 403,
  'person/sign_in_failed': 401,
  'run/already_running': 409,
  'run/too_many_rejected': 409,
  'tariff/limit_reached': 402,
  'tariff/unknown': 404,
  'webhook/bad_signature': 401,
  'webhook/stale': 401,
};

const statusOfKind: Record<Failure['kind'], number> = {
  definition: 422,
  settings: 422,
  // A vendor's refusal of stored credentials is no matter of the caller's own key.
  auth: 422,
  rate_limited: 429,
  transient: 503,
  rejected: 422,
  conflict: 409,
  drift: 409,
  quota: 429,
  bug: 500,
};

const titleOfStatus: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Not authenticated',
  402: 'Beyond the tariff',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Unknown method',
  409: 'Conflict with the present state',
  412: 'Changed in the meantime',
  413: 'Too large',
  415: 'Wrong content type',
  421: 'Wrong host',
  422: 'Cannot be done as asked',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available at the moment',
};

export function statusOf({ code }: Pick<Failure, 'code'>): number {
  return statusOfCode[code] ?? statusOfKind[failureCodes[code]];
}

/** Known failures are told in full; of all others only the request id leaves the process. */
export function problemOf(error: unknown, requestId: string): Problem {
  if (!isFailure(error) || error.kind === 'bug') return internalProblem(requestId);
  const status = statusOf(error);
  return {
    type: `urn:pipewright:error:${error.code}`,
    title: titleOfStatus[status] ?? 'Failure',
    status,
    detail: error.message,
    code: error.code,
    message: error.message,
    hint: error.hint,
    requestId,
    ...(error.details && { details: error.details }),
  };
}

function internalProblem(requestId: string): Problem {
  const message = 'Something happened that the server does not expect.';
  return {
    type: 'urn:pipewright:error:api/internal',
    title: titleOfStatus[500] ?? '',
    status: 500,
    detail: message,
    code: 'api/internal',
    message,
    hint: `Report this with the request id \`${requestId}\`; the server's log has the cause.`,
    requestId,
  };
}
