import { workflowIds } from '../../../workflows/ids.js';
import { countCreates, publishCopy, untilCount } from '../copy.js';
import { exactly, type SiegePromise, shareAtLeast, within } from '../siege.js';

export default {
  number: 7,
  title: 'Restarts one by one are calm',
  required: 'exit 0 in <= 30 s; 0 retries of work that fits in 15 s; >= 70 % of calm speed',
  run: async (context) => {
    const records = context.size(100_000, 40_000);
    const [engine, source] = await Promise.all([
      context.startEngine({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight: 2 } }),
      context.startCrm({ seed: context.seed, records: { contacts: records } }),
    ]);
    const speeds: number[] = [];
    let slowestMs = 0;
    const codes: (number | null)[] = [];
    let retries = 0;
    let workers = await Promise.all([engine.spawnWorker(), engine.spawnWorker()]);
    for (const restarts of [0, 2]) {
      const target = await context.startCrm({ seed: context.seed + 1 + restarts, latencyMs: 60 });
      const copy = await publishCopy(engine, source, target, { id: `copy-${restarts}`, to: ', batch: 100' });
      const startedMs = performance.now();
      const run = await engine.open(copy.pipeline);
      for (let restart = 1; restart <= restarts; restart++) {
        await untilCount(target, Math.floor((records * restart) / (restarts + 1)), 300_000);
        const [oldest, ...others] = workers;
        if (oldest === undefined) break;
        const next = await engine.spawnWorker();
        const askedMs = performance.now();
        oldest.signal('SIGTERM');
        codes.push(await oldest.ended);
        slowestMs = Math.max(slowestMs, performance.now() - askedMs);
        workers = [...others, next];
      }
      await engine.until(run, undefined, 300_000);
      speeds.push(records / (performance.now() - startedMs));
      if (countCreates(target, records).twice > 0) retries += 1;
      const { events } = await engine.client.workflow.getHandle(workflowIds.run(run)).fetchHistory();
      for (const event of events ?? []) if ((event.activityTaskStartedEventAttributes?.attempt ?? 1) > 1) retries += 1;
    }
    const [calm = 1, restarted = 0] = speeds;
    return [
      exactly('exit codes', codes.join(), '0,0'),
      exactly('retried activities', retries, 0),
      within('slowest end', slowestMs, 30_000),
      shareAtLeast('speed', restarted / calm, 0.7),
    ];
  },
} satisfies SiegePromise;
