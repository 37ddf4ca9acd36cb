import { setTimeout as delay } from 'node:timers/promises';
import { toFailure } from '../../core/failures.js';

const maxTries = 6;
const firstDelayMs = 200;
/** A vendor's "wait" up to this long is waited for in a slice; a longer one leaves the activity (D22). */
export const longestWaitMs = 10_000;

/**
 * Asks until there is an answer: passing faults are waited for here, since a question that ends the slice takes the
 * pages under way with it. Throws what does not pass, lasts for six tries, or must be waited for too long.
 */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      const failure = toFailure(error);
      const isPassing = failure.kind === 'transient' || failure.kind === 'rate_limited';
      const waitMs = failure.retryAfterMs ?? firstDelayMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
      if (!isPassing || failure.code === 'engine/fence_lost' || attempt >= maxTries || waitMs > longestWaitMs)
        throw error;
      await delay(waitMs, undefined, { signal });
    }
  }
}
