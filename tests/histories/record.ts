import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addToOutbox } from '../../store/outbox.js';
import { addTouched } from '../../store/pending.js';
import { deletePipeline, pausePipeline } from '../../store/pipeline-admin.js';
import { requestOfRun } from '../../store/runs.js';
import { workflowIds } from '../../workflows/ids.js';
import { workflowTypes } from '../../workflows/messages.js';
import { openContext } from '../siege/context.js';
import { type Copy, publishCopy, setFaults, setSwitches, touch, until, untilCount } from '../siege/copy.js';
import type { TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';
import { plainHistory } from './plain-history.js';

// Records histories of real runs for the replay test: `node --import tsx tests/histories/record.ts`, once a release.
// Payloads are written in clear (they hold ids and counts of made-up data), so that a change of them can be reviewed.
const release = (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version;

async function recordAll(): Promise<void> {
  const engine = await context.startEngine({ slices: { budgetMs: 150, pagesInFlight: 1 } });
  const source = await context.startCrm({
    seed: 1,
    latencyMs: 5,
    records: { companies: 30, contacts: 400, deals: 40 },
  });
  const target = await context.startCrm({ seed: 2, latencyMs: 20 });
  const { store } = engine.engine.dependencies;
  const inAccount = <T>(work: (tx: Parameters<Parameters<typeof store.account>[1]>[0]) => Promise<T>): Promise<T> =>
    store.account(engine.accountId, work);
  const ask = (run: string, what: 'pause' | 'resume' | 'cancel'): Promise<void> =>
    inAccount((tx) => requestOfRun(tx, engine.accountId, run, what));
  const copyOf = (id: string, more: Parameters<typeof publishCopy>[3] = {}): Promise<Copy> =>
    publishCopy(engine, source, target, {
      id,
      read: 'incremental',
      to: ', batch: 20',
      sourceService: restCrmDefinition({ pageSize: 40, repeat: 'upsert' }),
      ...more,
    });
  const saveRun = (run: string, what: string): Promise<void> =>
    save(engine, workflowIds.run(run), `${workflowTypes.run}-${what}`);

  // pipelineRun
  const short = await copyOf('short');
  const long = await engine.open(short.pipeline);
  await engine.until(long);
  await saveRun(long, 'long');
  const quick = await engine.open(short.pipeline);
  await engine.until(quick);
  await saveRun(quick, 'short');

  const paused = await copyOf('paused');
  const pausedRun = await engine.open(paused.pipeline);
  await untilCount(target, 420);
  await ask(pausedRun, 'pause');
  await engine.until(pausedRun, ['paused']);
  await ask(pausedRun, 'resume');
  await engine.until(pausedRun);
  await saveRun(pausedRun, 'paused');

  const cancelled = await copyOf('cancelled');
  const cancelledRun = await engine.open(cancelled.pipeline);
  await untilCount(target, 820);
  await ask(cancelledRun, 'cancel');
  await engine.until(cancelledRun);
  await saveRun(cancelledRun, 'cancelled');

  await setFaults(target, { seed: 1, rate: 1, kinds: ['status_503'] });
  const waitingRun = await engine.open(cancelled.pipeline);
  await engine.until(waitingRun, ['waiting'], 120_000);
  await setFaults(target, { rate: 0 });
  await engine.until(waitingRun, undefined, 120_000);
  await saveRun(waitingRun, 'waiting');

  const migration = await engine.publish(relations, short.bindings);
  const oneOff = await engine.open(migration, 'manual', { isOneOff: true });
  await engine.until(oneOff);
  await saveRun(oneOff, 'one-off');

  // webhookDrain
  const drained = await copyOf('drained', { read: 'full' });
  await engine.until(await engine.open(drained.pipeline));
  const drainId = workflowIds.drain(drained.pipeline.uid);
  const ring = async (count: number): Promise<void> => {
    const [flow] = await engine.rows<{ id: number }>('select id from flow where pipeline_uid = $1', [
      drained.pipeline.uid,
    ]);
    const keys = source.store.records('contacts').slice(0, count);
    const rows = keys.map((record) => ({ sourceKey: String(record.id), isDeletion: false, record: null }));
    await addTouched(store, engine.accountId, flow?.id ?? 0, rows);
    await inAccount((tx) => addToOutbox(tx, engine.accountId, 'wake_drain', { pipelineUid: drained.pipeline.uid }));
  };
  await ring(3);
  await ended(engine, drainId);
  await save(engine, drainId, `${workflowTypes.drain}-short`);
  const busy = await engine.open(drained.pipeline);
  for (let count = 1; count <= 5; count++) await ring(count);
  await engine.until(busy);
  await ended(engine, drainId);
  await save(engine, drainId, `${workflowTypes.drain}-long`);
  const former = (await handleOf(engine, drainId).describe()).runId;
  await inAccount((tx) => pausePipeline(tx, engine.accountId, drained.pipeline.uid, {}));
  await ring(2);
  await until('the next drain', async () => (await handleOf(engine, drainId).describe()).runId !== former);
  await ended(engine, drainId);
  await save(engine, drainId, `${workflowTypes.drain}-paused`);

  // openScheduled, with overlaps
  const cron = await copyOf('cron', { top: 'trigger: { cron: "0 3 1 1 *", overlap: after }' });
  const schedule = engine.client.schedule.getHandle(workflowIds.schedule(cron.pipeline.uid));
  await until('the schedule', () =>
    schedule.describe().then(
      () => true,
      () => false,
    ),
  );
  for (const what of ['opened', 'overlapped', 'overlapped-again']) {
    await schedule.trigger();
    const id = await startedBy(schedule, what === 'opened' ? 1 : what === 'overlapped' ? 2 : 3);
    await ended(engine, id);
    await save(engine, id, `${workflowTypes.openScheduled}-${what}`);
  }
  await inAccount((tx) => deletePipeline(tx, engine.accountId, cron.pipeline.uid));

  // maintenance
  for (const [what, period] of [
    ['hourly', 'hourly'],
    ['nightly', 'nightly'],
    ['hourly-again', 'hourly'],
  ] as const) {
    const id = `test-maintenance/${engine.queue}/${what}`;
    await engine.client.workflow.execute(workflowTypes.maintenance, {
      taskQueue: engine.queue,
      workflowId: id,
      args: [{ version: 1, period }],
    });
    await save(engine, id, `${workflowTypes.maintenance}-${what}`);
  }

  // pollAccount
  const pollId = workflowIds.poll(engine.accountId);
  const polled = await copyOf('polled', { top: 'trigger: { every: 1s }' });
  await until('a first poll', () => runsOf(engine, polled).then((count) => count > 0));
  await inAccount((tx) => deletePipeline(tx, engine.accountId, polled.pipeline.uid));
  await ended(engine, pollId);
  await save(engine, pollId, `${workflowTypes.poll}-short`);
  const often = await copyOf('often', { top: 'trigger: { every: 1s }' });
  for (let round = 1; round <= 5; round++) {
    await touch(source, { count: 2 });
    await until(`poll ${round}`, () => runsOf(engine, often).then((count) => count >= round), 30_000);
    await inAccount((tx) => addToOutbox(tx, engine.accountId, 'wake_poll', {}));
  }
  await inAccount((tx) => deletePipeline(tx, engine.accountId, often.pipeline.uid));
  await ended(engine, pollId);
  await save(engine, pollId, `${workflowTypes.poll}-long`);
  await copyOf('last', { top: 'trigger: { every: 1h }' });
  await until('the poll to wait', async () => (await handleOf(engine, pollId).describe()).status.name === 'RUNNING');
  await handleOf(engine, pollId).cancel();
  await ended(engine, pollId);
  await save(engine, pollId, `${workflowTypes.poll}-cancelled`);

  // Last, since no stream of this source can be read afterwards.
  await setSwitches(source, { clock_skew_ms: 3 * 86_400_000 });
  await touch(source, { ids: [String(source.store.records('contacts')[0]?.id)] });
  const failedRun = await engine.open(short.pipeline);
  await engine.until(failedRun);
  await saveRun(failedRun, 'failed');
}

const handleOf = (engine: TestEngine, id: string) => engine.client.workflow.getHandle(id);

function ended(engine: TestEngine, id: string): Promise<void> {
  return until(
    `${id} to end`,
    () =>
      handleOf(engine, id)
        .describe()
        .then(
          (state) => state.status.name !== 'RUNNING',
          () => false,
        ),
    60_000,
  );
}

async function runsOf(engine: TestEngine, copy: Copy): Promise<number> {
  const [row] = await engine.rows<{ count: number }>(
    "select count(*) as count from run where pipeline_uid = $1 and state like 'done%'",
    [copy.pipeline.uid],
  );
  return row?.count ?? 0;
}

type ScheduleHandle = ReturnType<TestEngine['client']['schedule']['getHandle']>;

async function startedBy(schedule: ScheduleHandle, nth: number): Promise<string> {
  let id = '';
  await until('the schedule to start its workflow', async () => {
    const { recentActions } = (await schedule.describe()).info;
    const action = recentActions[nth - 1]?.action;
    if (action?.type === 'startWorkflow') id = action.workflow.workflowId;
    return id !== '';
  });
  return id;
}

async function save(engine: TestEngine, workflowId: string, name: string): Promise<void> {
  const history = await handleOf(engine, workflowId).fetchHistory();
  const text = await plainHistory(engine.client, history);
  await writeFile(join(import.meta.dirname, `${release}-${name}.json`), text);
  console.log(`${name}: ${history.events?.length} events, ${text.length} bytes`);
}

const relations = `
pipeline: relations
title: Companies, contacts and deals
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  companies:
    from: { stream: crm.companies }
    map: { name: name, parent_id: { ref: companies, by: parent_id, late: true } }
    to: { stream: copy.companies, write: upsert }
  contacts:
    from: { stream: crm.contacts }
    map: { name: name, company_id: { ref: companies, by: company_id } }
    to: { stream: copy.contacts, write: upsert }
  deals:
    from: { stream: crm.deals }
    map: { name: name, contact_id: { ref: contacts, by: contact_id } }
    to: { stream: copy.deals, write: upsert }
`;

const servicesPath = pathToFileURL(join(import.meta.dirname, '..', 'setup', 'services.mjs')).href;
const { openTestServices } = (await import(servicesPath)) as {
  openTestServices(): Promise<{ address: string; close(): Promise<void> }>;
};
const services = await openTestServices();
process.env.PIPEWRIGHT_TEST_SERVICES = services.address;
const context = openContext({ scale: 1, seed: 1 });
try {
  await recordAll();
} finally {
  await context.close();
  await services.close();
}
process.exit(0);
