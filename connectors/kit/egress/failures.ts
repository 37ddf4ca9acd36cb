import { errorText, Failure, isFailure } from '../../../core/failures.js';
import { tooLarge } from './answer.js';

const connectTimeoutMs = 10_000;
const maxHeaderBytes = 16 * 1024;

/** How a request ended that brought no answer. */
export interface Attempt {
  readonly signal: AbortSignal;
  /** The request's own time limit, where that ended it. */
  readonly timedOutMs: number | null;
  /** Whether bytes of a writing request may have left. */
  readonly wasSent: boolean;
}

/** What went wrong on the way, as `egress/*` failure; the reason of an abort stays what it is. */
export function egressFailure(error: unknown, attempt: Attempt): unknown {
  const inner = (error as { cause?: unknown } | null)?.cause;
  if (attempt.signal.aborted) return attempt.signal.reason;
  if (isFailure(error)) return withSent(error, attempt.wasSent);
  if (isFailure(inner)) return withSent(inner, attempt.wasSent);
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const details = { wasSent: attempt.wasSent, cause: code };
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return withSent(tooLarge(maxHeaderBytes), attempt.wasSent);
  if (attempt.timedOutMs !== null || code.includes('TIMEOUT')) {
    const seconds = (attempt.timedOutMs ?? connectTimeoutMs) / 1_000;
    return new Failure('egress/timeout', {
      message: `The service did not answer within ${seconds < 1 ? seconds : Math.round(seconds)} seconds.`,
      hint: 'The request is repeated; if this stays, ask the service or raise the pause between polls.',
      details,
      cause: error,
    });
  }
  return new Failure('egress/unreachable', {
    message: `The service cannot be reached: ${code === '' ? errorText(error) : code}.`,
    hint: 'The request is repeated; check the address of the connection if this stays.',
    details,
    cause: error,
  });
}

/** Redirects are not followed: they could lead anywhere, with the credentials in the bag. */
export function redirectRefused(status: number, wasSent: boolean): Failure {
  return new Failure('egress/redirect_refused', {
    message: `The service answered with a redirect (status ${status}), which is not followed.`,
    hint: 'Enter the address that the service redirects to as the base URL of the connection.',
    details: { status, wasSent },
  });
}

/** A failure made before or after sending says so, since it decides whether a write's outcome is known. */
function withSent(failure: Failure, wasSent: boolean): Failure {
  if (failure.code === 'engine/fence_lost') return failure;
  // What happens to a reading request leaves no write in doubt, whatever the answer was like.
  const known = failure.details?.wasSent;
  if (known === false || (known === true && wasSent)) return failure;
  return new Failure(failure.code, {
    message: failure.message,
    hint: failure.hint,
    ...(failure.where && { where: failure.where }),
    details: { ...failure.details, wasSent },
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    cause: failure,
  });
}
