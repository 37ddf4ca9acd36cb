import { publishCopy, untilCount } from '../copy.js';
import { exactly, type SiegePromise, timesAtMost } from '../siege.js';

export default {
  number: 31,
  title: 'One account cannot starve another',
  required: 'a small pipeline is done <= 3x its calm time beside a huge one',
  run: async (context) => {
    const huge = context.size(200_000, 40_000);
    const [engine, hugeSource, smallSource, hugeTarget] = await Promise.all([
      context.startEngine(),
      context.startCrm({ seed: context.seed, latencyMs: 20, records: { contacts: huge } }),
      context.startCrm({ seed: context.seed + 1, latencyMs: 20, records: { contacts: 1_000 } }),
      context.startCrm({ seed: context.seed + 2, latencyMs: 20 }),
    ]);
    const small = async (number: number): Promise<number> => {
      const target = await context.startCrm({ seed: context.seed + 3 + number, latencyMs: 20 });
      const copy = await publishCopy(engine, smallSource, target, { id: `small-${number}` });
      const startedMs = performance.now();
      await engine.until(await engine.open(copy.pipeline));
      return performance.now() - startedMs;
    };
    await small(0);
    const calmMs = Math.min(await small(1), await small(2));
    const copy = await publishCopy(engine, hugeSource, hugeTarget, { id: 'huge', to: ', batch: 250' });
    await engine.open(copy.pipeline);
    await untilCount(hugeTarget, 2_000);
    const besideMs = await small(3);
    const [row] = await engine.rows<{ open: number }>('select count(*) as open from run where ended_at is null');
    return [
      exactly('huge one still under way', (row?.open ?? 0) > 0, true),
      timesAtMost('small one', besideMs / calmMs, 3),
    ];
  },
} satisfies SiegePromise;
