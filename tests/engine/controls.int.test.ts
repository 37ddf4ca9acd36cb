import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { addTouched } from '../../store/pending.js';
import { createPreview, newPreviewId, readPreviewChanges } from '../../store/previews.js';
import { requestOfRun } from '../../store/runs.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { expectReconciled } from '../support/expect-reconciled.js';

const flow = (id: string, more = '') => `
pipeline: ${id}
title: A copy that people steer
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: incremental }
    map: { name: name, email: email, position: position }
    to: { stream: copy.contacts, write: upsert${more} }
`;

type Counts = Record<string, number>;

describe('steering a run', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;
  let bindings: Record<string, string>;
  let number = 0;

  beforeAll(async () => {
    engine = await startTestEngine({ slices: { budgetMs: 2_000, pagesInFlight: 2 } });
  });

  beforeEach(async () => {
    await Promise.all([source?.stop(), target?.stop()]);
    [source, target] = await Promise.all([
      startRestCrm({ seed: 21, records: { contacts: 2_500 } }),
      startRestCrm({ seed: 22 }),
    ]);
    number += 1;
    const secret = (crm: RestCrmSandbox) => ({ token: crm.credentials.token as string });
    bindings = {
      crm: await engine.connect(`crm-${number}`, 'http', { service: 'rest-crm', base_url: source.url }, secret(source)),
      copy: await engine.connect(
        `copy-${number}`,
        'http',
        { service: 'rest-crm', base_url: target.url },
        secret(target),
      ),
    };
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  const countsOf = async (run: string): Promise<Counts> => {
    const [row] = await engine.rows<Counts>(
      'select read, filtered, written, unchanged, deleted, dead_letters, waiting from v_reconciliation where run_id = $1',
      [run],
    );
    return row as Counts;
  };
  const request = (run: string, what: 'pause' | 'resume' | 'cancel') =>
    engine.engine.dependencies.store.account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, what));
  /** What the run's counts say is what the target's log says since it began. */
  const reconciled = (run: string, since = 0) =>
    expectReconciled(engine, run, { flow: 'contacts', stream: 'contacts', sandbox: target, since });
  const untilCreated = async (count: number) => {
    while (target.store.count('contacts') < count) await new Promise((resolve) => setImmediate(resolve));
  };

  /** So slow that a request of a person always comes in mid-run. */
  const slowDown = () =>
    fetch(`${target.control}/settings`, { method: 'POST', body: JSON.stringify({ latency_ms: 60 }) });

  test('a paused run writes nothing more until it is resumed, then loses and doubles nothing', async () => {
    const pipeline = await engine.publish(flow('paused-copy', ', batch: 50'), bindings);
    await slowDown();
    const run = await engine.open(pipeline);
    await untilCreated(50);
    await request(run, 'pause');
    await engine.until(run, ['paused']);
    const atPause = target.log.lastSeq;
    expect(target.store.count('contacts')).toBeLessThan(2_500);
    expect((await countsOf(run)).written).toBe(target.store.count('contacts'));
    expect(target.log.lastSeq).toBe(atPause);
    await request(run, 'resume');
    await engine.until(run);
    expect(await countsOf(run)).toMatchObject({ read: 2_500, written: 2_500, unchanged: 0 });
    await reconciled(run);
    expect(target.store.count('contacts')).toBe(2_500);
  });

  test('a cancelled run keeps its checkpoint, and the next one goes on from there', async () => {
    const pipeline = await engine.publish(flow('cancelled-copy', ', batch: 50'), bindings);
    await slowDown();
    const run = await engine.open(pipeline);
    await untilCreated(50);
    await request(run, 'cancel');
    const end = await engine.until(run);
    expect(end.state).toBe('cancelled');
    const first = await countsOf(run);
    expect(first.written).toBe(target.store.count('contacts'));
    await reconciled(run);
    const before = target.log.lastSeq;
    const next = await engine.open(pipeline);
    await engine.until(next);
    await reconciled(next, before);
    const second = await countsOf(next);
    expect((first.read ?? 0) + (second.read ?? 0)).toBe(2_500);
    expect(target.store.count('contacts')).toBe(2_500);
  });

  test('one per cent touched is exactly what the next run writes', async () => {
    const pipeline = await engine.publish(flow('touched-copy'), bindings);
    await engine.until(await engine.open(pipeline));
    await fetch(`${source.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'contacts', count: 12, fields: { position: 'Moved' } }),
    });
    const before = target.log.lastSeq;
    const run = await engine.open(pipeline);
    await engine.until(run);
    expect(await countsOf(run)).toMatchObject({ read: 12, written: 12, unchanged: 0 });
    await reconciled(run, before);
    const writes = target.log.list().filter((entry) => entry.seq > before && entry.effect === 'update');
    expect(new Set(writes.map((entry) => entry.id)).size).toBe(12);
  });

  test('touched records are moved by a drain run, deletions too', async () => {
    const pipeline = await engine.publish(flow('drained-copy', ', on_delete: delete'), bindings);
    await engine.until(await engine.open(pipeline));
    const [first, second] = source.store.records('contacts') as unknown as { id: string }[];
    await fetch(`${source.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'contacts', ids: [first?.id], fields: { position: 'Rung' } }),
    });
    await fetch(`${source.url}/contacts/${second?.id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${source.credentials.token}` },
    });
    const flows = await engine.rows<{ id: number }>(
      'select f.id from flow f join pipeline p on p.uid = f.pipeline_uid where p.id = $1',
      ['drained-copy'],
    );
    await addTouched(engine.engine.dependencies.store, engine.accountId, flows[0]?.id ?? 0, [
      { sourceKey: first?.id ?? '', isDeletion: false, record: null },
      { sourceKey: second?.id ?? '', isDeletion: true, record: null },
    ]);
    const before = target.log.lastSeq;
    const run = await engine.open(pipeline, 'webhook');
    await engine.until(run);
    expect(await countsOf(run)).toMatchObject({ read: 2, written: 1, deleted: 1 });
    await reconciled(run, before);
    expect(target.store.count('contacts')).toBe(2_499);
  });

  test('an emptied source deletes nothing until a person agrees', async () => {
    const pipeline = await engine.publish(flow('emptied-copy', ', on_delete: delete'), bindings);
    await engine.until(await engine.open(pipeline));
    const ids = (source.store.records('contacts') as unknown as { id: string }[]).map((row) => row.id);
    await fetch(`${source.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'contacts', ids, op: 'delete' }),
    });
    const stopped = await engine.until(await engine.open(pipeline));
    expect(stopped).toMatchObject({ state: 'failed', failure: { code: 'run/too_many_deletes' } });
    expect(target.store.count('contacts')).toBe(2_500);
    const agreed = await engine.until(await engine.open(pipeline, 'manual', { allowDeletes: true }));
    expect(agreed.state).toBe('done');
    expect(target.store.count('contacts')).toBe(0);
  });

  test('refused records become dead letters, a replay delivers them once the cause is mended', async () => {
    const bad = ['a', 'b', 'c'].map((name) => ({ name, email: `${name}@example.com`, position: 'x'.repeat(90) }));
    await fetch(`${source.url}/contacts/batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${source.credentials.token}` },
      body: JSON.stringify({ mode: 'create', items: bad }),
    });
    const broken = flow('refused-copy').replace(
      'position: position',
      'position: { expr: "record.position == null ? null : record.position + record.position" }',
    );
    const run = await engine.open(await engine.publish(broken, bindings));
    const end = await engine.until(run);
    expect(end.state).toBe('done_with_dead_letters');
    expect(await countsOf(run)).toMatchObject({ read: 2_503, dead_letters: 3, written: 2_500 });
    await reconciled(run);
    const before = target.log.lastSeq;
    const mended = await engine.publish(flow('refused-copy'), bindings);
    const replay = await engine.open(mended, 'replay', { replayOf: run });
    expect((await engine.until(replay)).state).toBe('done');
    await reconciled(replay, before);
    expect(target.store.count('contacts')).toBe(2_503);
    expect(
      await engine.rows("select 1 from v_dead_letters where state = 'open' and pipeline = 'refused-copy'"),
    ).toEqual([]);
  });

  test('a backfill reads its period and leaves the checkpoint alone', async () => {
    const pipeline = await engine.publish(flow('backfilled-copy'), bindings);
    const all = source.store.records('contacts') as unknown as { updated_at: string }[];
    const moments = all.map((row) => row.updated_at).sort();
    const [from, to] = [moments[300] as string, moments[600] as string];
    const before = await engine.rows('select checkpoint from flow order by id desc limit 1');
    const run = await engine.open(pipeline, 'backfill', { flows: ['contacts'], period: { from, to } });
    await engine.until(run);
    const expected = all.filter((row) => row.updated_at >= from && row.updated_at < to).length;
    expect(await countsOf(run)).toMatchObject({ read: expected, written: expected });
    await reconciled(run);
    expect(await engine.rows('select checkpoint from flow order by id desc limit 1')).toEqual(before);
  });

  test('a preview names every write, apply performs exactly those and refuses what changed in between', async () => {
    const pipeline = await engine.publish(flow('previewed-copy'), bindings);
    await engine.until(await engine.open(pipeline));
    await fetch(`${source.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'contacts', count: 5, fields: { position: 'Previewed' } }),
    });
    const { store, vault } = engine.engine.dependencies;
    const before = target.log.lastSeq;
    const previewId = newPreviewId();
    const run = await engine.open(pipeline, 'preview', { previewId });
    await store.account(engine.accountId, (tx) =>
      createPreview(tx, engine.accountId, {
        id: previewId,
        pipelineUid: pipeline.uid,
        version: pipeline.version,
        runId: run,
      }),
    );
    expect((await engine.until(run)).state).toBe('done');
    const changes = await store.account(engine.accountId, (tx) =>
      readPreviewChanges(tx, vault, engine.accountId, previewId, { after: 0, limit: 100 }),
    );
    expect(changes).toHaveLength(5);
    expect(
      changes.every(
        (change) =>
          change.operation === 'update' &&
          change.after.position === 'Previewed' &&
          change.before?.position !== 'Previewed',
      ),
    ).toBe(true);
    expect(target.log.list().filter((entry) => entry.seq > before && entry.effect === 'update')).toEqual([]);

    await fetch(`${target.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({
        stream: 'contacts',
        ids: [changes[0]?.targetKey],
        fields: { position: 'Touched meanwhile' },
      }),
    });
    const applied = await engine.open(pipeline, 'apply', { previewId });
    expect((await engine.until(applied)).state).toBe('done_with_dead_letters');
    expect(await countsOf(applied)).toMatchObject({ written: 4, dead_letters: 1 });
    const updates = target.log
      .list()
      .filter((entry) => entry.seq > before && entry.effect === 'update')
      .map((entry) => entry.id);
    expect(new Set(updates)).toEqual(new Set(changes.slice(1).map((change) => change.targetKey)));
    const after = await engine.open(pipeline);
    await engine.until(after);
    expect(await countsOf(after)).toMatchObject({ read: 0 });
    const outdated = await engine.open(pipeline, 'apply', { previewId });
    expect((await engine.until(outdated)).failure).toMatchObject({ code: 'preview/outdated' });
  });
});
