import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backUp } from '../../../assembly/backup.js';
import { restore } from '../../../assembly/restore.js';
import { readSettings } from '../../../runtime/settings.js';
import { workflowIds } from '../../../workflows/ids.js';
import { createTestDatabase } from '../../support/database.js';
import type { TestEngine } from '../../support/engine.js';
import { reconcile } from '../../support/reconciliation.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { countCreates, countsOf, publishCopy, setSwitches, touch, until, untilCount, wrongFields } from '../copy.js';
import {
  atLeast,
  exactly,
  type Figure,
  type Measured,
  noted,
  nothing,
  type SiegeContext,
  type SiegePromise,
  within,
} from '../siege.js';

const latencyMs = 60;

/** What became of Temporal's store: it knows more than the restored database, or nothing at all. */
type TemporalStore = 'newer' | 'lost';

export default {
  number: 67,
  title: 'A restore works',
  required: '0 lost, 0 twice, <= 15 min; polls and schedules run again; an older history never sends again',
  limitMs: 20 * 60_000,
  run: async (context) => {
    const figures: Figure[] = [];
    for (const temporal of ['newer', 'lost'] as const) figures.push(...(await destroyAndRestore(context, temporal)));
    return figures;
  },
} satisfies SiegePromise;

async function destroyAndRestore(context: SiegeContext, temporal: TemporalStore): Promise<Measured> {
  const records = context.size(20_000, context.isShort ? 1_000 : 5_000);
  const [engine, source, target, watched, mirror] = await Promise.all([
    context.startEngine({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight: 4 } }),
    context.startCrm({ seed: context.seed, records: { contacts: records } }),
    context.startCrm({
      seed: context.seed + 1,
      latencyMs,
      settings: { idempotency_header: false, own_id_unique: false, max_batch: 50 },
    }),
    context.startCrm({ seed: context.seed + 2, records: { contacts: 50 } }),
    context.startCrm({ seed: context.seed + 3 }),
  ]);
  const targetService = restCrmDefinition({ repeat: 'find_then_create' });
  const { pipeline } = await publishCopy(engine, source, target, { to: ', batch: 50', targetService });
  await publishCopy(engine, watched, mirror, {
    id: 'polled',
    read: 'incremental',
    top: 'trigger: { every: 1s }',
    targetService,
  });
  const scheduled = await publishCopy(engine, watched, mirror, {
    id: 'scheduled',
    top: "trigger: { cron: '0 4 * * *' }",
  });
  const worker = await engine.spawnWorker();
  await untilCount(mirror, 50);
  const run = await engine.open(pipeline);
  await untilCount(target, Math.floor(records / 4));

  const folder = await mkdtemp(join(tmpdir(), 'pipewright-restore-'));
  // However slow the machine, the copy must still be under way when the backup is done.
  await setSwitches(target, { latency_ms: 50 * latencyMs });
  context.onEnd(() => rm(folder, { recursive: true, force: true }));
  const [backupMs, backup] = await timed(() => backUp(settingsOf(engine, folder), { to: join(folder, 'one.backup') }));
  const atBackup = target.store.count('contacts');
  await setSwitches(target, { latency_ms: latencyMs });
  context.log(`backup of ${backup.rows} rows in ${Math.round(backupMs)} ms with ${atBackup} at the target`);
  // What happens after the backup is known to the vendors alone.
  await touch(watched, { count: 20, fields: { position: 'After the backup {n}' } });
  await untilCount(target, Math.max(atBackup + 1, Math.floor((records * 3) / 5)));
  worker.signal('SIGKILL');
  await worker.ended;
  const { masterKey, accountId } = engine;
  const before = target.store.count('contacts');
  await engine.stop();
  context.log(`everything is gone; ${before - atBackup} records stand at the target that the backup does not know`);

  const servers = temporal === 'lost' ? await context.startServers() : undefined;
  const database = await createTestDatabase(undefined, servers?.ownerUrl);
  const settings = settingsOf({ database, masterKey }, folder);
  const [restoreMs, restored] = await timed(() =>
    restore(settings, { file: backup.file, mayReplace: async () => false }),
  );
  const next = await context.startEngine({
    slices: { budgetMs: 3_000, pagesInFlight: 4 },
    restored: { database, accountId, masterKey },
    ...(servers !== undefined && { servers }),
  });
  context.log(`restored in ${Math.round(restoreMs)} ms`);
  const end = await next.until(run, undefined, 300_000);
  context.log(`the run is ${end.state}`);
  const creates = countCreates(target, records);
  const seen = target.log.lastSeq;
  const again = await next.open(pipeline);
  await next.until(again, undefined, 300_000);
  context.log('the next run is over');
  const secondRun = await countsOf(next, again);
  const name = (what: string): string => `${what}, Temporal ${temporal}`;
  return [
    exactly(name('state'), end.state, 'done'),
    exactly(name('lost'), creates.lost, 0),
    exactly(name('twice'), creates.twice, 0),
    nothing(name('wrong fields'), await wrongFields(next, source, target)),
    nothing(
      name('reconciliation'),
      await reconcile(next, run, { flow: 'contacts', stream: 'contacts', sandbox: target }),
    ),
    atLeast(name('records written after the backup'), before - atBackup, 1),
    exactly(name('open runs restored'), restored.openRuns >= 1, true),
    exactly(name('written by the next run'), secondRun.written ?? -1, 0),
    nothing(
      name('creates of the next run'),
      target.log.list(seen).filter((entry) => entry.effect === 'create'),
    ),
    ...(await triggersRun(next, { watched, mirror, scheduled: scheduled.pipeline.uid }, name)),
    noted(name('size of the backup'), (await stat(backup.file)).size),
    within(name('backup'), backupMs, 15 * 60_000),
    within(name('restore'), restoreMs, 15 * 60_000),
  ];
}

interface Triggered {
  readonly watched: Awaited<ReturnType<SiegeContext['startCrm']>>;
  readonly mirror: Awaited<ReturnType<SiegeContext['startCrm']>>;
  readonly scheduled: string;
}

/** The poll finds what changed since the backup, and goes on; the Schedule is there and opens a run. */
async function triggersRun(
  engine: TestEngine,
  { watched, mirror, scheduled }: Triggered,
  name: (what: string) => string,
): Promise<Figure[]> {
  const right = async (): Promise<boolean> => (await wrongFields(engine, watched, mirror, 'polled')).length === 0;
  await until('the poll to find what changed after the backup', right);
  await touch(watched, { count: 5, fields: { position: 'After the restore {n}' } });
  await until('the poll to go on', right);
  await engine.client.schedule.getHandle(workflowIds.schedule(scheduled)).trigger();
  const opened = async (): Promise<boolean> => {
    const [row] = await engine.rows<{ count: number }>(
      `select count(*) as count from run where pipeline_uid = $1 and kind = 'schedule' and state = 'done'`,
      [scheduled],
    );
    return (row?.count ?? 0) > 0;
  };
  await until('the schedule to open a run', opened);
  return [exactly(name('polls and schedules run'), true, true)];
}

function settingsOf(engine: Pick<TestEngine, 'database' | 'masterKey'>, folder: string) {
  return readSettings({
    PIPEWRIGHT_DATA_DIR: join(folder, 'data'),
    DATABASE_URL: engine.database.ownerUrl,
    MASTER_KEY: engine.masterKey.toString('base64'),
  });
}

async function timed<T>(work: () => Promise<T>): Promise<[number, T]> {
  const startedMs = performance.now();
  const result = await work();
  return [performance.now() - startedMs, result];
}
