import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { publishCopy, touch } from '../siege/copy.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';

/** The service without its list of deletions. */
function withoutDeletions() {
  const service = restCrmDefinition({}) as { streams: Record<string, { read?: { deleted?: unknown } }> };
  for (const stream of Object.values(service.streams)) delete stream.read?.deleted;
  return service as unknown as ReturnType<typeof restCrmDefinition>;
}

describe('records that vanish from a source which shows no deletions', () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await startTestEngine();
  });

  afterAll(async () => {
    await engine?.stop();
  });

  const sides = async (work: (source: RestCrmSandbox, target: RestCrmSandbox) => Promise<void>): Promise<void> => {
    const [source, target] = await Promise.all([startRestCrm({ seed: 1, records: 130 }), startRestCrm({ seed: 2 })]);
    try {
      await work(source, target);
    } finally {
      await Promise.all([source.stop(), target.stop()]);
    }
  };

  test('are found by their keys after a full read, and deleted at the target', () =>
    sides(async (source, target) => {
      const { pipeline } = await publishCopy(engine, source, target, {
        id: 'vanished',
        to: ', on_delete: delete',
        sourceService: withoutDeletions(),
      });
      const run = async () => (await engine.until(await engine.open(pipeline))).state;
      expect(await run()).toBe('done');
      const gone = await touch(source, { op: 'delete', count: 7 });
      expect(await run()).toBe('done');
      expect(target.store.count('contacts')).toBe(123);
      const links = await engine.rows<{ source_key: string }>(
        "select source_key from v_record_map where pipeline = 'vanished' and state = 'deleted'",
      );
      expect(links.map((link) => link.source_key).sort()).toEqual([...gone].sort());
      expect(await run()).toBe('done');
      expect(target.store.count('contacts')).toBe(123);
    }));

  test('are no reason to delete anything when the source suddenly knows none of them', () =>
    sides(async (source, target) => {
      const { pipeline } = await publishCopy(engine, source, target, {
        id: 'emptied',
        to: ', on_delete: delete',
        sourceService: withoutDeletions(),
      });
      await engine.until(await engine.open(pipeline));
      await touch(source, { op: 'delete', count: 130 });
      const run = await engine.until(await engine.open(pipeline));
      expect(run).toMatchObject({ state: 'failed', failure: { code: 'run/too_many_deletes' } });
      expect(target.store.count('contacts')).toBe(130);
      const allowed = await engine.until(await engine.open(pipeline, 'manual', { allowDeletes: true }));
      expect(allowed.state).toBe('done');
      expect(target.store.count('contacts')).toBe(0);
    }));

  test('stay where the pipeline does not care for deletions', () =>
    sides(async (source, target) => {
      const copy = { id: 'kept', sourceService: withoutDeletions() };
      const { pipeline } = await publishCopy(engine, source, target, copy);
      await engine.until(await engine.open(pipeline));
      await touch(source, { op: 'delete', count: 5 });
      const before = source.kit.requests.list().length;
      expect((await engine.until(await engine.open(pipeline))).state).toBe('done');
      expect(target.store.count('contacts')).toBe(130);
      expect(source.kit.requests.list().length - before).toBe(1);
    }));
});
