import { type FailureCode, type FailureReport, failureCodes } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { isExpressionError } from '../expressions/meter.js';

/** Thrown inside a flow to reject one record; light, since a page may hold many. Never leaves this folder. */
export class Rejection {
  readonly name = 'Rejection';
  constructor(
    readonly code: FailureCode,
    readonly message: string,
    readonly hint: string,
    readonly details: JsonObject | null = null,
  ) {}
}

export function reject(code: FailureCode, message: string, hint: string, details: JsonObject | null = null): never {
  throw new Rejection(code, message, hint, details);
}

/** What to do about an expression that gave no value. */
export function hintFor(kind: 'missing' | 'failed' | 'limit'): string {
  if (kind === 'missing') return 'Add `default:` to the field, or use `default(value, other)` or `has(field)`.';
  if (kind === 'limit') return 'Make the expression smaller, or `split` the record first.';
  return 'Look at the record, and handle this case in the expression.';
}

/** Where a rejection happened: the source stream, and the target and its field where it was a mapping. */
export interface RejectionPlace {
  readonly stream: string;
  readonly field: string | null;
  /** Index into the plan's targets, null for a step. */
  readonly target: number | null;
}

/** Any thrown thing as the report of a dead letter; field values never get into it. */
export function rejectionReport(error: unknown, place: RejectionPlace): FailureReport {
  const where = { stream: place.stream, ...(place.field !== null && { field: place.field }) };
  const target: JsonObject = place.target === null ? {} : { target: place.target };
  if (isExpressionError(error)) {
    const what = place.field === null ? 'An expression' : `The expression for \`${place.field}\``;
    return rejectionReport(
      new Rejection('map/expression_failed', `${what} failed: ${error.reason}.`, hintFor(error.kind)),
      place,
    );
  }
  if (isRejection(error)) {
    const details: JsonObject = { ...error.details, ...target };
    return {
      code: error.code,
      kind: failureCodes[error.code],
      message: error.message,
      hint: error.hint,
      where,
      ...(Object.keys(details).length > 0 && { details }),
    };
  }
  return {
    code: 'map/expression_failed',
    kind: 'rejected',
    message: `The mapping failed in a way it should not: ${nameOf(error)}.`,
    hint: 'Look at the record and at the mapping of this field.',
    where,
    ...(place.target !== null && { details: target }),
  };
}

function isRejection(error: unknown): error is Rejection {
  return typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'Rejection';
}

/** The class of an error, not its text: that may hold values of the record. */
function nameOf(error: unknown): string {
  const name = typeof error === 'object' && error !== null ? (error as { name?: unknown }).name : null;
  return typeof name === 'string' ? name.slice(0, 40) : 'unknown error';
}
