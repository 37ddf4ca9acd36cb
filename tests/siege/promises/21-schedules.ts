import { addToOutbox } from '../../../store/outbox.js';
import { deletePipeline, pausePipeline, resumePipeline } from '../../../store/pipeline-admin.js';
import { workflowIds } from '../../../workflows/ids.js';
import type { TestEngine } from '../../support/engine.js';
import { type Copy, publishCopy, touch, until } from '../copy.js';
import { atLeast, exactly, type Figure, nothing, type SiegeContext, type SiegePromise } from '../siege.js';

export default {
  number: 21,
  title: 'Schedules obey their policy',
  required: '<= 1 run at once; missed runs exactly per policy; paused = 0; 0 left after deletion',
  run: async (context) => {
    const engine = await context.startEngine({ slices: { budgetMs: 1_000, pagesInFlight: 2 } });
    const figures = [
      ...(await everyTrigger(context, engine)),
      ...(await cronTrigger(context, engine, 'skip')),
      ...(await cronTrigger(context, engine, 'after')),
    ];
    const overlaps = await engine.rows<{ number: number }>(
      `select b.number from run a join run b on a.pipeline_uid = b.pipeline_uid and a.id < b.id
        where b.started_at < coalesce(a.ended_at, now())`,
    );
    return [...figures, nothing('runs that began while another was open', overlaps)];
  },
} satisfies SiegePromise;

async function everyTrigger(context: SiegeContext, engine: TestEngine): Promise<Figure[]> {
  const [source, target] = await Promise.all([
    context.startCrm({ seed: context.seed, records: { contacts: 60 } }),
    context.startCrm({ seed: context.seed + 1 }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    id: 'every',
    read: 'incremental',
    top: 'trigger: { every: 1s }',
  });
  await settled(engine, copy, () => target.store.count('contacts') === 60);
  const afterFirst = await countRuns(engine, copy);

  // Looks that find nothing open no run.
  const looks = (): number => source.kit.requests.list().filter((entry) => entry.path.includes('updated_since')).length;
  const looked = looks();
  await until('three looks', () => looks() >= looked + 3, 30_000);
  const idle = (await countRuns(engine, copy)) - afterFirst;

  await touch(source, { count: 7, fields: { position: 'Touched {n}' } });
  const since = target.log.lastSeq;
  await settled(engine, copy, () => updatesSince(target, since) === 7);

  await admin(engine, (tx) => pausePipeline(tx, engine.accountId, copy.pipeline.uid, {}));
  const atPause = await countRuns(engine, copy);
  await touch(source, { count: 5, fields: { position: 'While paused {n}' } });
  await pollsPass(engine, 3);
  const whilePaused = (await countRuns(engine, copy)) - atPause;
  await admin(engine, (tx) => resumePipeline(tx, engine.accountId, copy.pipeline.uid));
  await settled(engine, copy, () => updatesSince(target, since) === 12);

  await admin(engine, (tx) => deletePipeline(tx, engine.accountId, copy.pipeline.uid));
  await settled(engine, copy, () => true);
  const atDeletion = await countRuns(engine, copy);
  await touch(source, { count: 5, fields: { position: 'After the end' } });
  await pollsPass(engine, 2);
  return [
    exactly('every: runs of idle looks', idle, 0),
    exactly('every: runs while paused', whilePaused, 0),
    exactly('every: runs after deletion', (await countRuns(engine, copy)) - atDeletion, 0),
    exactly('every: updates at the target', updatesSince(target, since), 12),
  ];
}

async function cronTrigger(context: SiegeContext, engine: TestEngine, overlap: 'skip' | 'after'): Promise<Figure[]> {
  const [source, target] = await Promise.all([
    context.startCrm({ seed: context.seed + 2, latencyMs: 150, records: { contacts: 700 } }),
    context.startCrm({ seed: context.seed + 3, latencyMs: 150 }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    id: `cron-${overlap}`,
    top: `trigger: { cron: "0 3 1 1 *", zone: Europe/Warsaw, overlap: ${overlap} }`,
    to: ', batch: 50',
  });
  const schedule = engine.client.schedule.getHandle(workflowIds.schedule(copy.pipeline.uid));
  const exists = (): Promise<boolean> =>
    schedule.describe().then(
      () => true,
      () => false,
    );
  await until('the schedule', exists);
  const { spec } = await schedule.describe();
  // A moment has come: the schedule is asked instead of the calendar.
  let triggered = 0;
  const trigger = async (): Promise<void> => {
    triggered += 1;
    await schedule.trigger();
    const isTold = async (): Promise<boolean> => {
      const { action } = (await schedule.describe()).info.recentActions[triggered - 1] ?? {};
      if (action?.type !== 'startWorkflow') return false;
      const started = engine.client.workflow.getHandle(action.workflow.workflowId);
      return (await started.describe()).status.name === 'COMPLETED';
    };
    await until('the schedule to have acted', isTold, 30_000);
  };
  await trigger();
  await until('the first run', () => target.store.count('contacts') > 0);
  await trigger();
  await trigger();
  await settled(engine, copy, () => target.store.count('contacts') === 700);
  const runs = await countRuns(engine, copy);

  await admin(engine, (tx) => pausePipeline(tx, engine.accountId, copy.pipeline.uid, {}));
  await until('the schedule to be paused', async () => (await schedule.describe()).state.paused);
  await trigger();
  const whilePaused = (await countRuns(engine, copy)) - runs;
  await admin(engine, (tx) => deletePipeline(tx, engine.accountId, copy.pipeline.uid));
  await until('the schedule to be gone', async () => !(await exists()));
  return [
    exactly(`cron, ${overlap}: runs of three moments`, runs, overlap === 'skip' ? 1 : 2),
    exactly(`cron, ${overlap}: runs while paused`, whilePaused, 0),
    exactly(`cron, ${overlap}: schedules left`, (await exists()) ? 1 : 0, 0),
    atLeast(
      `cron, ${overlap}: calendars or cron lines kept`,
      (spec.calendars?.length ?? 0) + (spec.intervals?.length ?? 0),
      1,
    ),
  ];
}

function updatesSince(
  target: { log: { list(after: number): { effect: string; status: number }[] } },
  since: number,
): number {
  return target.log.list(since).filter((entry) => entry.effect === 'update' && entry.status < 300).length;
}

type Work = (
  tx: Parameters<Parameters<TestEngine['engine']['dependencies']['store']['account']>[1]>[0],
) => Promise<void>;

function admin(engine: TestEngine, work: Work): Promise<void> {
  return engine.engine.dependencies.store.account(engine.accountId, work);
}

/** Waits until no run is open, nothing is announced, and the condition holds. */
async function settled(engine: TestEngine, copy: Copy, isSo: () => boolean): Promise<void> {
  const isIdle = async (): Promise<boolean> => {
    const [row] = await engine.rows<{ open: number }>(
      `select (select count(*) from run where pipeline_uid = $1 and ended_at is null)
            + (select count(*) from pipeline where uid = $1 and has_pending_run) as open`,
      [copy.pipeline.uid],
    );
    return row?.open === 0 && isSo();
  };
  await until(`${copy.id} to settle`, isIdle, 60_000);
}

async function countRuns(engine: TestEngine, copy: Copy): Promise<number> {
  const [row] = await engine.rows<{ count: number }>('select count(*) as count from run where pipeline_uid = $1', [
    copy.pipeline.uid,
  ]);
  return row?.count ?? 0;
}

/** Wakes the account's polling and waits until it has looked, several times. */
async function pollsPass(engine: TestEngine, times: number): Promise<void> {
  const handle = engine.client.workflow.getHandle(workflowIds.poll(engine.accountId));
  for (let time = 0; time < times; time++) {
    const before = await handle.describe();
    await admin(engine, (tx) => addToOutbox(tx, engine.accountId, 'wake_poll', {}));
    const hasLooked = async (): Promise<boolean> => {
      const now = await handle.describe();
      return now.status.name !== 'RUNNING' && (now.runId !== before.runId || before.status.name === 'RUNNING')
        ? true
        : now.runId === before.runId && now.historyLength > before.historyLength + 3;
    };
    await until('the account to be polled', hasLooked, 30_000);
  }
}
