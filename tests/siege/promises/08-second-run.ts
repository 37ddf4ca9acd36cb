import { reconcile } from '../../support/reconciliation.js';
import { countCreates, publishCopy, touch } from '../copy.js';
import { exactly, type Figure, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 8,
  title: 'A second run changes nothing',
  required: '0 creates, 0 updates; n touched records = n updates',
  run: async (context) => {
    const records = context.size(20_000, 1_000);
    const touched = Math.ceil(records / 100);
    const [engine, source, target] = await Promise.all([
      context.startEngine(),
      context.startCrm({ seed: context.seed, records: { contacts: records } }),
      context.startCrm({ seed: context.seed + 1 }),
    ]);
    const figures: Figure[] = [];
    for (const read of ['full', 'incremental'] as const) {
      const id = `copy-${read}`;
      const before = target.log.lastSeq;
      const copy = await publishCopy(engine, source, target, { id, read });
      const place = { flow: 'contacts', stream: 'contacts', sandbox: target };
      const writesOf = async (): Promise<{
        creates: number;
        updates: number;
        other: number;
        differences: string[];
      }> => {
        const since = target.log.lastSeq;
        const run = await engine.open(copy.pipeline);
        await engine.until(run, undefined, 120_000);
        const writes = target.log.list(since).filter((entry) => entry.effect !== 'read' && entry.effect !== 'lookup');
        const of = (effect: string): number =>
          writes.filter((entry) => entry.effect === effect && entry.status < 300).length;
        const differences = await reconcile(engine, run, { ...place, since });
        return {
          creates: of('create'),
          updates: of('update'),
          other: writes.length - of('create') - of('update'),
          differences,
        };
      };
      const first = await writesOf();
      const second = await writesOf();
      await touch(source, { count: touched, fields: { position: `Touched {n} ${read}` } });
      const third = await writesOf();
      figures.push(
        exactly(`${read}: created`, first.creates, records),
        exactly(`${read}: second run, writes`, second.creates + second.updates + second.other, 0),
        exactly(`${read}: touched, creates`, third.creates, 0),
        exactly(`${read}: touched, updates`, third.updates, touched),
        nothing(`${read}: reconciliation`, [...first.differences, ...second.differences, ...third.differences]),
      );
      context.log(`${read}: ${target.log.lastSeq - before} entries of the target's log`);
    }
    figures.push(exactly('twice', countCreates(target, 2 * records).twice, 0));
    return figures;
  },
} satisfies SiegePromise;
