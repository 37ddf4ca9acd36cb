import { sweepRecoveredBatches } from '../../../activities/maintenance/sweep.js';
import type { RestCrmSandbox } from '../../../sandbox/rest-crm/sandbox.js';
import type { TestEngine } from '../../support/engine.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import type { WorkerProcess } from '../../support/worker-process.js';
import { countCreates, publishCopy, until, untilCount } from '../copy.js';
import { atLeast, atMost, exactly, nothing, type SiegeContext, type SiegePromise } from '../siege.js';

const batch = 50;

export default {
  number: 2,
  title: 'A frozen worker that wakes up does no harm',
  required:
    '20,000 records, 0 twice beyond the residue, which the sweep finds; <= 1 further batch, each refusal logged',
  limitMs: 20 * 60_000,
  run: async (context) => {
    const records = context.size(20_000, context.isShort ? 1_500 : 10_000);
    const rounds = context.isShort ? 0 : 3;
    const [engine, source, target] = await Promise.all([
      context.startEngine({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight: 4 } }),
      context.startCrm({ seed: context.seed, records: { contacts: records } }),
      context.startCrm({
        seed: context.seed + 1,
        // So slow that there is something left to move after each freeze.
        latencyMs: context.isShort ? 60 : 1_000,
        settings: { idempotency_header: false, own_id_unique: false, max_batch: batch },
      }),
    ]);
    const copy = await publishCopy(engine, source, target, {
      targetService: restCrmDefinition({ repeat: 'find_then_create' }),
      to: `, batch: ${batch}`,
    });
    // The first worker freezes in the one tick that no fence can close: after its last check, before its first byte.
    const frozen = await engine.spawnWorker({ point: 'while_sending', signal: 'SIGSTOP', nth: 3 });
    const run = await engine.open(copy.pipeline);
    await until('the first worker to freeze', () => frozen.events.some((event) => event.kind === 'crash_point'));
    context.log('the first worker is frozen');
    const workers: WorkerProcess[] = [frozen];
    if (context.isShort) await engine.startWorker();
    else workers.push(await engine.spawnWorker());
    await untilTakenOver(target, records);
    context.log('the other has taken over');
    frozen.signal('SIGCONT');
    const refused = () => frozen.events.filter((event) => event.kind === 'fence_refused').length;
    await until('the refusal to be logged', () => refused() > 0, 30_000);
    // What was in the tick leaves at once; its answer is not awaited by anybody.
    await until('the double to arrive', () => countCreates(target, records).twice > 0, 10_000);
    const afterTick = countCreates(target, records).twice;

    context.log('the double was made');
    for (let round = 1; round <= rounds; round++) {
      await freezeSomewhere(context, target, workers, records);
      context.log(`round ${round}: ${target.store.count('contacts')} records at the target`);
    }
    const end = await engine.until(run, undefined, 300_000);
    context.log('the run has ended');
    const { lost, twice } = countCreates(target, records);
    const reported = await sweep(engine);
    return [
      exactly('state', end.state, 'done'),
      exactly('lost', lost, 0),
      atLeast('doubles made in the tick', afterTick, 1),
      atMost('doubles of that batch', afterTick, batch),
      exactly('doubles beyond the tick', twice - afterTick, 0),
      atLeast('refusals logged', refused(), 1),
      nothing(
        'doubles that the sweep did not report',
        doubles(target).filter((copies) => !reported.has(copies)),
      ),
      exactly('doubles that the sweep reported', reported.size, doubles(target).length),
    ];
  },
} satisfies SiegePromise;

async function freezeSomewhere(
  context: SiegeContext,
  target: RestCrmSandbox,
  workers: readonly WorkerProcess[],
  records: number,
): Promise<void> {
  await untilCount(target, Math.min(records, target.store.count('contacts') + context.random.int(100, 400)));
  // Which of the two holds the flow is not known: both are tried, one after the other, so one of them was the holder.
  for (const worker of context.random.shuffled(workers)) {
    worker.signal('SIGSTOP');
    await untilTakenOver(target, records);
    worker.signal('SIGCONT');
  }
}

/** Past heartbeat (5 s), lease (5 s) and settle delay (2 s) the other worker writes again; or it never stopped. */
async function untilTakenOver(target: RestCrmSandbox, records: number): Promise<void> {
  const before = target.store.count('contacts');
  const from = performance.now();
  const isOver = (): boolean => target.store.count('contacts') >= records;
  const goesOn = (): boolean => target.store.count('contacts') > before + batch && performance.now() - from > 6_000;
  await until('the other worker to take over', () => isOver() || goesOn(), 120_000);
}

/** Own ids that stand at the target more than once, with their record ids. */
function doubles(target: RestCrmSandbox): string[] {
  const byOwnId = new Map<string, string[]>();
  for (const record of target.store.records('contacts')) {
    const ownId = String(record.external_id);
    byOwnId.set(ownId, [...(byOwnId.get(ownId) ?? []), String(record.id)]);
  }
  return [...byOwnId.values()].filter((ids) => ids.length > 1).map((ids) => ids.sort().join());
}

async function sweep(engine: TestEngine): Promise<Set<string>> {
  await sweepRecoveredBatches(engine.engine.dependencies, 0);
  const rows = await engine.rows<{ details: { copies: string[] } }>('select details from sweep_finding');
  return new Set(rows.map((row) => [...row.details.copies].sort().join()));
}
