import { until } from '../copy.js';
import { type Figure, type SiegePromise, within } from '../siege.js';
import { transferThroughStorm } from '../storms.js';

export default {
  number: 5,
  title: 'The store may die',
  required: '20,000 records, 0 lost, 0 twice, 3 kills; pool back <= 5 s; 0 half pages',
  limitMs: 20 * 60_000,
  run: async (context) => {
    let longestMs = 0;
    const figures: Figure[] = [
      ...(await transferThroughStorm(context, 3, async ({ servers, engine }) => {
        await servers.killPostgres();
        const startedMs = performance.now();
        const answers = (): Promise<boolean> =>
          engine.engine.dependencies.store.ping().then(
            () => true,
            () => false,
          );
        await until('the pool to answer', answers, 60_000);
        longestMs = Math.max(longestMs, performance.now() - startedMs);
      })),
    ];
    return [...figures, within('pool back', longestMs, 5_000)];
  },
} satisfies SiegePromise;
