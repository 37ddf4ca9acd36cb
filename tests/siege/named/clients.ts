import { allClients } from '../../third-party/all.js';
import { type Figure, nothing, type SiegePromise, textOf } from '../siege.js';

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
      const broken = measured.filter(({ isKept }) => !isKept).map(textOf);
      figures.push(nothing(`${client}: of ${measured.length} comparisons broken`, broken));
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);
      context.log(`${client}: ${measured.length - broken.length} of ${measured.length} comparisons hold, ${seconds} s`);
    }
    return figures;
  },
} satisfies SiegePromise;
