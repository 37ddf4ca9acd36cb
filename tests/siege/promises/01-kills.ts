import { killDuringTransfer } from '../../engine/kill-scenario.js';
import { reconcile } from '../../support/reconciliation.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { wrongFields } from '../copy.js';
import { atMost, exactly, nothing, type SiegePromise, within } from '../siege.js';

const batch = 50;
const page = 250;
const pagesInFlight = 4;

export default {
  number: 1,
  title: 'A worker may die at any moment',
  required: '0 lost, 0 twice, 0 wrong fields; goes on <= 20 s after restart; repeats <= the pages in flight, looked up',
  limitMs: 20 * 60_000,
  run: async (context) => {
    const records = context.size(100_000, context.isShort ? 2_000 : 20_000);
    const kills = context.isShort ? 2 : 10;
    const [engine, source, target] = await Promise.all([
      context.startEngine({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight } }),
      context.startCrm({ seed: context.seed, records: { contacts: records } }),
      context.startCrm({
        seed: context.seed + 1,
        latencyMs: 60,
        settings: { idempotency_header: false, own_id_unique: false, max_batch: batch },
      }),
    ]);
    const report = await killDuringTransfer({
      engine,
      source,
      target,
      kills,
      records,
      definition: restCrmDefinition({ repeat: 'find_then_create' }),
      random: context.random,
      withinMs: 300_000,
    });
    const lookedUp = target.log.list().filter((entry) => entry.effect === 'lookup').length;
    return [
      exactly('records', report.distinct, records),
      exactly('lost', report.lost, 0),
      exactly('twice', report.twice, 0),
      nothing('wrong fields', await wrongFields(engine, source, target, 'killed-copy')),
      exactly('kills', report.kills, kills),
      exactly('state', report.state, 'done'),
      nothing(
        'reconciliation',
        await reconcile(engine, report.run, { flow: 'contacts', stream: 'contacts', sandbox: target }),
      ),
      atMost('records looked up', lookedUp, kills * pagesInFlight * page),
      within('longest gap', report.longestGapMs, 20_000),
    ];
  },
} satisfies SiegePromise;
