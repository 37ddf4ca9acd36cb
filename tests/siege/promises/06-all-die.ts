import type { SiegePromise } from '../siege.js';
import { transferThroughStorm } from '../storms.js';

export default {
  number: 6,
  title: 'Everything may die together',
  required: '20,000 records, 0 lost, 0 twice, 3 times; processes start in any order; 0 manual repair',
  limitMs: 20 * 60_000,
  run: async (context) =>
    transferThroughStorm(context, 3, async ({ servers, killWorker }) => {
      const strikes = [() => servers.killPostgres(), () => servers.killTemporal(), killWorker];
      await Promise.all(context.random.shuffled(strikes).map((strike) => strike()));
    }),
} satisfies SiegePromise;
