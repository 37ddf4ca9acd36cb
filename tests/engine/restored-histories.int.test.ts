import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { FlowCache } from '../../activities/transfer/flow-cache.js';
import { runSlice } from '../../activities/transfer/slice.js';
import { findDoubtful } from '../../assembly/doubtful-targets.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import { FlowLease } from '../../store/leases.js';
import { addToOutbox } from '../../store/outbox.js';
import { pauseDoubtful, rebuildAfterRestore } from '../../store/rebuild.js';
import { workflowIds } from '../../workflows/ids.js';
import { workflowTypes } from '../../workflows/messages.js';
import { openContext } from '../siege/context.js';
import { publishCopy, until } from '../siege/copy.js';
import type { TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';

describe('histories of before a restore', () => {
  let context: ReturnType<typeof openContext>;
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    context = openContext({ scale: 1, seed: 7 });
    engine = await context.startEngine();
    [source, target] = await Promise.all([
      context.startCrm({ seed: 3, records: { contacts: 20 } }),
      context.startCrm({ seed: 4 }),
    ]);
  });

  afterAll(async () => {
    await context.close();
  });

  const asOwner = async <T>(work: (client: pg.Client) => Promise<T>): Promise<T> => {
    const client = new pg.Client(engine.database.owner);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  };

  test('end quietly where the database does not know their run, pipeline or account', async () => {
    const [accountId, unknown] = [engine.accountId, randomUUID()];
    const begin = (type: string, workflowId: string, input: object) =>
      engine.client.workflow.execute(type, { taskQueue: engine.queue, workflowId, args: [{ version: 1, ...input }] });
    await Promise.all([
      begin(workflowTypes.run, workflowIds.run(unknown), { accountId, runId: unknown }),
      begin(workflowTypes.drain, workflowIds.drain(unknown), { accountId, pipelineUid: unknown }),
      begin(workflowTypes.poll, workflowIds.poll(unknown), { accountId: unknown }),
    ]);
  }, 60_000);

  test('move nothing for a run that has ended, wherever they stand', async () => {
    const { pipeline } = await publishCopy(engine, source, target, { id: 'ended' });
    const runId = await engine.open(pipeline);
    await engine.until(runId);
    await engine.client.workflow.getHandle(workflowIds.run(runId)).result();
    const since = target.log.lastSeq;
    // A slice in the middle of a history ends it; one of a run that nobody knows does too.
    for (const id of [runId, randomUUID()]) {
      const slice = { accountId: engine.accountId, runId: id, flow: 'contacts', phase: 'main', faults: 0 } as const;
      const moved = await runSlice(engine.engine.dependencies, new FlowCache(), slice, new AbortController().signal);
      expect(moved).toEqual({ state: 'cancelled' });
    }
    await engine.client.workflow.execute(workflowTypes.run, {
      taskQueue: engine.queue,
      workflowId: workflowIds.run(runId),
      args: [{ version: 1, accountId: engine.accountId, runId, resume: { phase: 'settle', flowsDone: [] } }],
    });
    expect(target.log.list(since)).toEqual([]);
    expect((await engine.until(runId)).state).toBe('done');
  }, 60_000);

  test('are ended and begun anew where they belong to an open run', async () => {
    const { pipeline } = await publishCopy(engine, source, target, { id: 'open' });
    const runId = await engine.open(pipeline);
    await engine.until(runId);
    await engine.client.workflow.getHandle(workflowIds.run(runId)).result();
    // As restored: the run is open, its checkpoint at the beginning; Temporal holds a workflow that does nothing.
    await engine.rows(`update run set state = 'running', ended_at = null where id = $1`, [runId]);
    await engine.rows(`update run_flow set progress = null where run_id = $1`, [runId]);
    const former = await engine.client.workflow.start(workflowTypes.run, {
      taskQueue: `${engine.queue}-nobody`,
      workflowId: workflowIds.run(runId),
      args: [{ version: 1, accountId: engine.accountId, runId }],
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    });
    const { store } = engine.engine.dependencies;
    await store.account(engine.accountId, (tx) =>
      addToOutbox(tx, engine.accountId, 'start_run', { runId, afresh: true }),
    );
    expect((await engine.until(runId)).state).toBe('done');
    const handle = engine.client.workflow.getHandle(former.workflowId, former.firstExecutionRunId);
    expect((await handle.describe()).status.name).toBe('TERMINATED');
  }, 60_000);

  test('a Schedule of a pipeline that nobody knows removes itself when it fires', async () => {
    const { pipeline } = await publishCopy(engine, source, target, {
      id: 'cron',
      top: "trigger: { cron: '0 4 * * *' }",
    });
    const handle = engine.client.schedule.getHandle(workflowIds.schedule(pipeline.uid));
    const isThere = () =>
      handle.describe().then(
        () => true,
        () => false,
      );
    await until('the Schedule to be made', isThere);
    await engine.rows('delete from pipeline where uid = $1', [pipeline.uid]);
    await handle.trigger();
    await until('the Schedule to go', async () => !(await isThere()));
  }, 60_000);

  test('a holder of before gets no row, and nobody takes its flow before it has given up by itself', async () => {
    const { pipeline } = await publishCopy(engine, source, target, { id: 'fence' });
    const { store } = engine.engine.dependencies;
    const [flow] = await engine.rows<{ id: number }>('select id from flow where pipeline_uid = $1', [pipeline.uid]);
    const former = await FlowLease.take(store, engine.accountId, flow?.id ?? 0);
    await asOwner((client) => rebuildAfterRestore(client));
    expect(await FlowLease.take(store, engine.accountId, flow?.id ?? 0)).toBeNull();
    await until('the former holder to notice', () => former?.lost.aborted === true);
    const [first] = await engine.rows<{ lease_token: number }>('select * from flow where id = $1', [flow?.id]);
    await asOwner((client) => rebuildAfterRestore(client));
    const [second] = await engine.rows<{ lease_token: number; may_have_unlinked: boolean }>(
      'select * from flow where id = $1',
      [flow?.id],
    );
    expect(first?.lease_token).toBeGreaterThan((former?.token ?? 0) + 1_000_000);
    expect(second?.lease_token).toBeGreaterThan(first?.lease_token ?? 0);
    expect(second?.may_have_unlinked).toBe(true);
    former?.abandon();
  }, 60_000);

  test('a pipeline whose target cannot be asked waits for a person, and only that one', async () => {
    const shy = await publishCopy(engine, source, target, {
      id: 'shy',
      targetService: restCrmDefinition({ repeat: 'unsafe' }),
    });
    await publishCopy(engine, source, target, {
      id: 'open-hearted',
      targetService: restCrmDefinition({ repeat: 'find_then_create' }),
    });
    const { connectors } = engine.engine.dependencies;
    const found = await asOwner(async (client) => {
      const doubtful = await findDoubtful(client, connectors);
      await pauseDoubtful(client, doubtful, '2026-01-02T03:04:05.000Z');
      return doubtful;
    });
    expect(found).toEqual([{ uid: shy.pipeline.uid, id: 'shy', targets: ['`copy.contacts`'] }]);
    const states = await engine.rows<{ id: string }>(
      `select id, pause_reason ->> 'message' as message from pipeline where state = 'paused'`,
    );
    expect(states).toEqual([{ id: 'shy', message: expect.stringContaining('2026-01-02T03:04:05.000Z') }]);
  }, 60_000);
});
