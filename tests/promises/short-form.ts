import { expect, test } from '@jest/globals';
import { openContext } from '../siege/context.js';
import { type SiegePromise, textOf } from '../siege/siege.js';

/** The short form of a promise in `npm test`: the same work, smaller, and only what can be counted is judged. */
export function shortForm(promise: SiegePromise, scale = 0.001, withinMs = 120_000): void {
  const seed = Number(process.env.SEED ?? 1) % 1_000_000;
  test(
    `${promise.number}. ${promise.title} (seed ${seed})`,
    async () => {
      const context = openContext({ scale, seed, isShort: true });
      try {
        const measured = await promise.run(context);
        expect(measured.filter((figure) => !figure.isKept && !figure.isTimed).map(textOf)).toEqual([]);
      } finally {
        await context.close();
      }
    },
    withinMs,
  );
}
