import { Failure } from '../../../core/failures.js';
import type { Outcome } from '../../kit/index.js';

/** A refusal in the vendor's words, as the record's dead letter. */
export function refused(stream: string, failure: Failure): Outcome {
  return {
    state: 'refused',
    failure: new Failure('write/record_refused', {
      message: `\`${stream}\` refused this record: ${failure.message}`,
      hint: failure.hint,
      ...(failure.details && { details: failure.details }),
    }),
  };
}

/** What certainly did not happen, and is simply sent again. */
export function notSent(failure: Failure): Outcome {
  return { state: 'unknown', failure: withoutDoubt(failure) };
}

/** The same failure for work that wrote nothing: it leaves no record in doubt. */
export function withoutDoubt(failure: Failure): Failure {
  return new Failure(failure.code, {
    message: failure.message,
    hint: failure.hint,
    details: { ...failure.details, wasSent: false },
    ...(failure.retryAfterMs !== undefined && { retryAfterMs: failure.retryAfterMs }),
    cause: failure,
  });
}

/** What a failed command means for its record. */
export function outcomeOfFailure(stream: string, failure: Failure): Outcome {
  if (failure.kind === 'rejected' || failure.kind === 'conflict' || failure.code === 'vendor/auth')
    return refused(stream, failure);
  if (failure.details?.wasSent === true) return { state: 'unknown', failure };
  return notSent(failure);
}

export function isMissing(failure: Failure): boolean {
  return failure.details?.vendorCode === 'NOT_FOUND' || /not found|не найден/i.test(failure.message);
}
