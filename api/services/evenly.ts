import { setTimeout as delay } from 'node:timers/promises';

/**
 * Does the work and answers no sooner than after `leastMs`, also where it fails: how long it took must not tell whether
 * an address is known.
 */
export async function evenly<T>(leastMs: number, work: () => Promise<T>): Promise<T> {
  const [outcome] = await Promise.allSettled([work(), delay(leastMs)]);
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}
