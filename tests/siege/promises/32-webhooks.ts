import type { WorkerProcess } from '../../support/worker-process.js';
import { until } from '../copy.js';
import { keepInStep } from '../events.js';
import { atLeast, exactly, nothing, type SiegePromise, within } from '../siege.js';

export default {
  number: 32,
  title: 'Webhooks may come twice and in any order',
  required:
    '5,000 events of three CRMs, each handled once; p99 <= 500 ms; 0 accepted but lost; one of two servers killed',
  limitMs: 15 * 60_000,
  run: async (context) => {
    const servers: (WorkerProcess & { readonly address: string })[] = [];
    const kept = await keepInStep(context, {
      contacts: Math.ceil(context.size(5_000, 120) / 3),
      duplicate: 0.2,
      isShuffled: true,
      servers: async (office) => {
        for (let number = 1; number <= 2; number++) servers.push(await office.engine.spawnServer());
        // The dead one is asked first now and then, as balancers do.
        return () => context.random.shuffled(servers.map(({ address }) => address));
      },
    });
    // Twenty events a second and their repeats.
    const changing = kept.changeAll(context.isShort ? 0 : 150);
    const killing = until('half of the first deliveries', () => kept.post.accepted.length >= 30, 120_000).then(() =>
      servers[0]?.signal('SIGKILL'),
    );
    const [changed] = await Promise.all([changing, killing]);
    const ended = await servers[0]?.ended;
    // Whoever was told once may be told again, two seconds later at most.
    const heard = (): number => new Set(kept.post.accepted).size;
    await until('every event to be delivered', () => heard() >= changed, 180_000);
    await kept.idle(300_000);
    await until('the writes', () => kept.writes().size >= changed, 120_000);
    await kept.idle(60_000);
    const { lost, extra } = await kept.differences();
    const often = [...kept.writes()].filter(([, count]) => count !== 1);
    const [events] = await kept.office.engine.rows<{ count: number }>('select count(*) as count from webhook_event');
    const times = [...kept.post.times].sort((one, other) => one - other);
    context.log(`${changed} events in ${times.length} deliveries, p50 ${Math.round(at(times, 0.5))} ms`);
    return [
      atLeast('events', changed, context.size(5_000, 120)),
      exactly('killed with', ended === null ? 'SIGKILL' : String(ended), 'SIGKILL'),
      // A fifth is repeated; of few events a seed may repeat fewer.
      atLeast('deliveries, repeats among them', times.length, context.isShort ? changed + 1 : Math.ceil(changed * 1.1)),
      exactly('events known', Number(events?.count), changed),
      nothing('refused', kept.post.refused),
      nothing('accepted but lost', lost),
      nothing('doubled', extra),
      nothing('written more than once', often),
      exactly('records written', kept.writes().size, changed),
      within('p99 of the intake', at(times, 0.99), 500),
    ];
  },
} satisfies SiegePromise;

function at(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
