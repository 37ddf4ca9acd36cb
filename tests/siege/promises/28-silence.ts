import { reconcile } from '../../support/reconciliation.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { countCreates, publishCopy, setFaults, touch, untilCount } from '../copy.js';
import { atLeast, exactly, type Figure, nothing, type SiegeContext, type SiegePromise } from '../siege.js';

export default {
  number: 28,
  title: 'Commit-then-silence makes no duplicate',
  required: '5,000 creates, 0 twice for keyed, upsert, find-then-create; unsafe ones stop, letters = drops',
  limitMs: 20 * 60_000,
  run: async (context) => {
    const figures: Figure[] = [];
    for (const repeat of ['upsert', 'keyed', 'find_then_create', 'unsafe'] as const) {
      figures.push(...(await createThroughSilence(context, repeat)));
    }
    return figures;
  },
} satisfies SiegePromise;

async function createThroughSilence(
  context: SiegeContext,
  repeat: 'upsert' | 'keyed' | 'find_then_create' | 'unsafe',
): Promise<Figure[]> {
  const isSingle = repeat === 'unsafe' || repeat === 'keyed';
  const records = context.size(5_000, isSingle ? 300 : 2_000);
  const [engine, source, target] = await Promise.all([
    context.startEngine(),
    context.startCrm({ seed: context.seed, records: { contacts: records } }),
    context.startCrm({
      seed: context.seed + 1,
      settings: { idempotency_header: repeat === 'keyed', own_id_unique: false, max_batch: 50 },
    }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    read: 'incremental',
    to: isSingle ? '' : ', batch: 50',
    targetService: restCrmDefinition({ repeat, hasBatch: !isSingle }),
  });
  const seed = context.random.int(1, 1_000_000);
  const kinds = repeat === 'find_then_create' ? ['commit_then_drop', 'late_visible'] : ['commit_then_drop'];
  await setFaults(target, { seed, rate: isSingle ? 0.1 : 0.4, kinds, methods: ['POST'] });
  const run = await engine.open(copy.pipeline);
  await untilCount(target, Math.floor(records / 2), 120_000);
  // The source changes between a create whose answer was lost and its look-up.
  await touch(source, { count: 20, fields: { position: 'Changed meanwhile {n}' } });
  const end = await engine.until(run, undefined, 300_000);
  const place = { flow: 'contacts', stream: 'contacts', sandbox: target };
  const differences = repeat === 'unsafe' ? [] : await reconcile(engine, run, place);
  await setFaults(target, { rate: 0 });
  const drops = target.kit.requests
    .list()
    .filter((entry) => entry.fault === 'commit_then_drop' && entry.method === 'POST').length;
  const { lost, twice } = countCreates(target, records);
  const letters = await engine.rows<{ code: string }>("select code from dead_letter where state = 'open'");
  const unknown = letters.filter((letter) => letter.code === 'write/outcome_unknown').length;
  if (repeat !== 'unsafe') {
    const after = await engine.open(copy.pipeline);
    await engine.until(after, undefined, 120_000);
  }
  return [
    atLeast(`${repeat}: drops`, drops, 5),
    exactly(`${repeat}: lost`, lost, 0),
    exactly(`${repeat}: twice`, twice, 0),
    exactly(`${repeat}: letters`, unknown, repeat === 'unsafe' ? drops : 0),
    exactly(`${repeat}: state`, end.state, repeat === 'unsafe' ? 'done_with_dead_letters' : 'done'),
    // A record that changed while the run went on may have been written twice, rightly.
    nothing(
      `${repeat}: reconciliation`,
      differences.filter((text) => !/written is/.test(text)),
    ),
  ];
}
