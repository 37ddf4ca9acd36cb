import { setTimeout as delay } from 'node:timers/promises';
import { toFailure } from '../../core/failures.js';

const firstDelayMs = 200;
/** A vendor's "wait" up to this long is waited for in a slice; a longer one leaves the activity (D22). */
export const longestWaitMs = 10_000;

/**
 * Asks until there is an answer: passing faults are waited for here, since a question that is given up takes with it
 * what was found out before. Throws what does not pass, lasts for all tries, or must be waited for too long.
 */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal, tries = 6): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      signal.throwIfAborted();
      const failure = toFailure(error);
      const isPassing = failure.kind === 'transient' || failure.kind === 'rate_limited';
      const waitMs = failure.retryAfterMs ?? firstDelayMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
      if (!isPassing || failure.code === 'engine/fence_lost' || attempt >= tries || waitMs > longestWaitMs) throw error;
      await delay(waitMs, undefined, { signal });
    }
  }
}
