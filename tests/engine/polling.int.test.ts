import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDrainRun, openPublished } from '../../activities/runs/opening.js';
import { pollDue } from '../../activities/runs/polling.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { addTouched } from '../../store/pending.js';
import { requestOfRun } from '../../store/runs.js';
import { type Copy, publishCopy } from '../siege/copy.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

describe('runs that open by themselves', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;
  let copy: Copy;

  /** A flow that has been moved once, so that its source can be asked for changes; no worker takes up what follows. */
  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine({ hasWorker: false }),
      startRestCrm({ seed: 1, records: 20 }),
      startRestCrm({ seed: 2 }),
    ]);
    copy = await publishCopy(engine, source, target, { read: 'incremental', top: 'trigger: { every: 1h }' });
    await moved(await engine.open(copy.pipeline));
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  /** Follows a run to its end with a worker that is there for it alone. */
  const moved = async (run: string) => {
    const stopWorker = await engine.startWorker();
    const end = await engine.until(run);
    await stopWorker();
    return end;
  };

  /** Questions that the source hears when its pipeline is due. */
  const look = async (): Promise<number> => {
    const { dependencies } = engine.engine;
    await dependencies.store.system((tx) =>
      tx
        .updateTable('pipeline')
        .set({ next_due_at: new Date(0) })
        .execute(),
    );
    const since = source.kit.requests.lastSeq;
    await pollDue(dependencies, { accountId: engine.accountId });
    return source.kit.requests.list(since).length;
  };

  const openRuns = async (): Promise<number> => (await engine.rows('select id from run where ended_at is null')).length;

  test('a due look asks whether anything has changed, and opens no run where nothing has', async () => {
    expect([await look(), await openRuns()]).toEqual([1, 0]);
  });

  test('a due look asks nothing while a run of the pipeline is open, since no other can begin', async () => {
    const run = await engine.open(copy.pipeline);
    try {
      expect([await look(), await openRuns()]).toEqual([0, 1]);
    } finally {
      const { store } = engine.engine.dependencies;
      await store.account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, 'cancel'));
      await moved(run);
    }
    expect(await look()).toBe(1);
  });

  test('a look that falls into a run which does not read on comes again in seconds, not after a whole period', async () => {
    const { store } = engine.engine.dependencies;
    const dueInMs = async (): Promise<number> => {
      const [row] = await engine.rows<{ ms: number }>(
        'select extract(epoch from next_due_at - clock_timestamp())::float8 * 1000 as ms from pipeline where uid = $1',
        [copy.pipeline.uid],
      );
      return row?.ms ?? 0;
    };
    const opened = await store.account(engine.accountId, (tx) =>
      openPublished(tx, engine.accountId, copy.pipeline.uid, 'webhook', 'test'),
    );
    const run = opened?.id ?? '';
    try {
      expect(await look()).toBe(0);
      expect(await dueInMs()).toBeLessThan(10_000);
    } finally {
      await store.account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, 'cancel'));
      await moved(run);
    }
    expect(await look()).toBe(1);
    expect(await dueInMs()).toBeGreaterThan(3_000_000);
  });

  test('a refusal to delete so much is not tried again until a person has said yes or more is announced', async () => {
    const { dependencies } = engine.engine;
    const deleting = await publishCopy(engine, source, target, { id: 'deleting', to: ', on_delete: delete' });
    await moved(await engine.open(deleting.pipeline));
    const place = { accountId: engine.accountId, pipelineUid: deleting.pipeline.uid };
    const [flow] = await engine.rows<{ id: number }>('select id from flow where pipeline_uid = $1', [
      place.pipelineUid,
    ]);
    const announce = (keys: readonly string[]) =>
      addTouched(
        dependencies.store,
        engine.accountId,
        flow?.id ?? 0,
        keys.map((sourceKey) => ({ sourceKey, isDeletion: true, record: null })),
      );
    const openRun = async (): Promise<string | undefined> =>
      (
        await engine.rows<{ id: string }>('select id from run where ended_at is null and pipeline_uid = $1', [
          place.pipelineUid,
        ])
      )[0]?.id;
    const keys = source.store.records('contacts').map(({ id }) => String(id));
    await announce(keys.slice(0, 15));
    expect(await openDrainRun(dependencies, place)).toEqual({ left: true });
    const end = await moved((await openRun()) ?? '');
    expect(end).toMatchObject({ state: 'failed', failure: { code: 'run/too_many_deletes' } });
    expect([await openDrainRun(dependencies, place), await openRun()]).toEqual([{ left: false }, undefined]);
    await announce(keys.slice(15, 16));
    expect(await openDrainRun(dependencies, place)).toEqual({ left: true });
    expect((await moved((await openRun()) ?? '')).state).toBe('failed');
  });
});
