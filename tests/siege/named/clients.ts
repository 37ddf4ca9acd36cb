import { allClients } from '../../third-party/all.js';
import type { Figure, SiegePromise } from '../siege.js';

export default {
  number: 'clients',
  title: 'Clients that others wrote work in the sandboxes',
  required: 'what each client saw is what the sandbox holds',
  limitMs: 20 * 60_000,
  run: async (context) => {
    const figures: Figure[] = [];
    for (const { client, prove } of allClients) {
      const startedAt = performance.now();
      const measured = await prove();
      figures.push(...measured.map((figure) => ({ ...figure, what: `${client}: ${figure.what}` })));
      const kept = measured.filter(({ isKept }) => isKept).length;
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      context.log(`${client}: ${kept} of ${measured.length} comparisons hold, ${seconds} s`);
    }
    return figures;
  },
} satisfies SiegePromise;
