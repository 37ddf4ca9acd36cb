import { type CrashPoint, crashPoints } from '../../support/crash-points.js';
import { reconcile } from '../../support/reconciliation.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { countCreates, publishCopy, until } from '../copy.js';
import {
  exactly,
  type Figure,
  type Measured,
  nothing,
  type SiegeContext,
  type SiegePromise,
  within,
} from '../siege.js';

/** One for each kind of half-done work. */
const shortPoints: readonly CrashPoint[] = ['after_intent', 'after_send', 'after_vendor_commit', 'after_confirm'];

export default {
  number: 3,
  title: 'Every point inside a batch is a safe place to crash',
  required: '0 lost, 0 twice at each of ten points; nothing unknown <= 60 s later',
  run: async (context) => {
    const figures: Figure[] = [];
    const all = context.isShort ? shortPoints : crashPoints;
    const atOnce = context.isShort ? all.length : 3;
    for (let start = 0; start < all.length; start += atOnce) {
      const points = all.slice(start, start + atOnce);
      figures.push(...(await Promise.all(points.map((point) => crashAt(context, point)))).flat());
    }
    return figures;
  },
} satisfies SiegePromise;

async function crashAt(context: SiegeContext, point: CrashPoint): Promise<Measured> {
  const records = context.size(4_000, 600);
  const [engine, source, target] = await Promise.all([
    context.startEngine({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight: 3 } }),
    context.startCrm({ seed: context.seed, records: { contacts: records } }),
    context.startCrm({
      seed: context.seed + 1,
      latencyMs: 40,
      settings: { idempotency_header: false, own_id_unique: false, max_batch: 50 },
    }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    targetService: restCrmDefinition({ repeat: 'find_then_create' }),
    to: ', batch: 50',
  });
  // Pages of 250 are confirmed as a whole; intents and requests come for each batch.
  const nth = /confirm|checkpoint/.test(point) ? 1 : context.random.int(2, 4);
  const doomed = await engine.spawnWorker({ point, signal: 'SIGKILL', nth });
  const run = await engine.open(copy.pipeline);
  const code = await Promise.race([doomed.ended, engine.until(run).then(() => -1)]);
  const diedMs = performance.now();
  await engine.startWorker();
  const end = await engine.until(run, undefined, 120_000);
  await until('nothing to be unknown', async () => (await unknown()) === 0, 60_000);
  const unknownMs = performance.now() - diedMs;
  const { lost, twice } = countCreates(target, records);
  return [
    exactly(`${point}: crashed`, code === null, true),
    exactly(`${point}: state`, end.state, 'done'),
    exactly(`${point}: lost`, lost, 0),
    exactly(`${point}: twice`, twice, 0),
    nothing(
      `${point}: reconciliation`,
      await reconcile(engine, run, { flow: 'contacts', stream: 'contacts', sandbox: target }),
    ),
    within(`${point}: unknown until`, unknownMs, 60_000),
  ];

  async function unknown(): Promise<number> {
    const [row] = await engine.rows<{ count: number }>(
      'select (select count(*) from link where state = 0) + (select count(*) from batch where recovered_at is null) as count',
    );
    return row?.count ?? 0;
  }
}
