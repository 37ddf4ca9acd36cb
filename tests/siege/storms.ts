import { setTimeout as delay } from 'node:timers/promises';
import type { TestEngine } from '../support/engine.js';
import { reconcile } from '../support/reconciliation.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';
import type { WorkerProcess } from '../support/worker-process.js';
import { countCreates, publishCopy, until, untilCount, wrongFields } from './copy.js';
import type { OwnServers } from './own-servers.js';
import { exactly, type Measured, nothing, type SiegeContext } from './siege.js';

/** What a storm may strike at a moment of the transfer. */
export interface Strikes {
  readonly servers: OwnServers;
  readonly engine: TestEngine;
  /** Kills the worker with SIGKILL and starts another one. */
  killWorker(): Promise<void>;
}

/**
 * A transfer to a target without keys on servers of its own, struck `times` times at random moments; the log of the
 * target is the truth. The servers come back by the product's own supervision, nothing is repaired by hand.
 */
export async function transferThroughStorm(
  context: SiegeContext,
  times: number,
  strike: (strikes: Strikes) => Promise<void>,
): Promise<Measured> {
  const records = context.size(20_000, 8_000);
  const servers = await context.startServers();
  const [engine, source, target] = await Promise.all([
    context.startEngine({ hasWorker: false, servers, slices: { budgetMs: 3_000, pagesInFlight: 4 } }),
    context.startCrm({ seed: context.seed, records: { contacts: records } }),
    context.startCrm({
      seed: context.seed + 1,
      latencyMs: 60,
      settings: { idempotency_header: false, own_id_unique: false, max_batch: 50 },
    }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    targetService: restCrmDefinition({ repeat: 'find_then_create' }),
    to: ', batch: 50',
  });
  const worker = await keepWorker(context, engine);
  const run = await engine.open(copy.pipeline);
  let longestGapMs = 0;
  for (let time = 1; time <= times; time++) {
    const at = (records * (time + context.random.next() - 0.5)) / (times + 1);
    await untilCount(target, Math.max(target.store.count('contacts') + 1, Math.floor(at)), 180_000);
    const struckMs = performance.now();
    const before = target.store.count('contacts');
    await strike({ servers, engine, killWorker: worker.kill });
    await untilCount(target, Math.min(records, before + 200), 180_000);
    longestGapMs = Math.max(longestGapMs, performance.now() - struckMs);
    context.log(`strike ${time}: on again after ${((performance.now() - struckMs) / 1_000).toFixed(1)} s`);
  }
  const end = await engine.until(run, undefined, 300_000);
  const { distinct, lost, twice } = countCreates(target, records);
  const [open] = await engine.rows<{ count: number }>(
    'select (select count(*) from link where state = 0) + (select count(*) from batch where recovered_at is null) as count',
  );
  return [
    exactly('records', distinct, records),
    exactly('lost', lost, 0),
    exactly('twice', twice, 0),
    exactly('strikes', times, times),
    exactly('state', end.state, 'done'),
    exactly('half pages', open?.count ?? -1, 0),
    nothing('wrong fields', await wrongFields(engine, source, target)),
    nothing('reconciliation', await reconcile(engine, run, { flow: 'contacts', stream: 'contacts', sandbox: target })),
    {
      what: 'longest gap',
      required: '',
      measured: `${(longestGapMs / 1_000).toFixed(1)} s`,
      isKept: true,
      isTimed: true,
    },
  ];
}

/** A worker process that is started again whenever it ends, as a service manager does. */
async function keepWorker(context: SiegeContext, engine: TestEngine): Promise<{ kill(): Promise<void> }> {
  let isOver = false;
  let worker: WorkerProcess = await engine.spawnWorker();
  const keep = async (): Promise<void> => {
    while (!isOver) {
      await worker.ended;
      if (isOver) return;
      await delay(context.random.int(0, 500));
      // While the servers are away a worker cannot start; the manager tries again.
      await engine.spawnWorker().then(
        (next) => {
          worker = next;
        },
        () => undefined,
      );
    }
  };
  void keep();
  context.onEnd(() => {
    isOver = true;
  });
  return {
    kill: async () => {
      const { pid } = worker;
      worker.signal('SIGKILL');
      await until('the worker to be replaced', () => worker.pid !== pid, 120_000);
    },
  };
}
