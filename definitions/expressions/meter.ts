/** Limits of one evaluation (reliability.md 3): both are counted exactly while it runs and stop it before the excess. */
const evaluationLimits = { steps: 100_000, made: 1_000_000 } as const;

/** Why an evaluation gave no value. Never holds field values, only names. */
export class ExpressionError {
  readonly name = 'ExpressionError';
  constructor(
    readonly kind: 'missing' | 'failed' | 'limit',
    /** A clause without full stop, such as "field `NAME` is missing". */
    readonly reason: string,
  ) {}
}

export function isExpressionError(error: unknown): error is ExpressionError {
  return typeof error === 'object' && error !== null && (error as { name?: unknown }).name === 'ExpressionError';
}

export function fail(reason: string): never {
  throw new ExpressionError('failed', reason);
}

// One evaluation at a time on one thread, so plain counters do; the outermost evaluation resets them.
let steps = 0;
let made = 0;

export function resetMeter(): void {
  steps = 0;
  made = 0;
}

/** Counts work: one for each node, and one for every 32 characters or list member looked at. */
export function spend(count: number): void {
  steps += count;
  if (steps > evaluationLimits.steps) {
    throw new ExpressionError('limit', 'it takes more than 100,000 steps on this record');
  }
}

/** Counts new text and list members before they are made. */
export function make(size: number): void {
  made += size;
  if (made > evaluationLimits.made) throw new ExpressionError('limit', 'it makes more than 1 MB on this record');
}
