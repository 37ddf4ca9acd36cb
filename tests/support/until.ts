import { setTimeout as delay } from 'node:timers/promises';

/** Asks again and again until the answer is neither null nor false; throws when it takes too long. */
export async function until<T>(ask: () => Promise<T | null | false>, withinMs = 30_000): Promise<T> {
  const endsAt = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== false) return answer;
    if (performance.now() > endsAt) throw new Error(`still not so after ${withinMs} ms`);
    await delay(25);
  }
}
