import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { publishCopy, setFaults, touch } from '../siege/copy.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';

const copy = `
pipeline: unsafe-copy
title: Copy into a target that cannot recognise repeats
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, email: email }
    to: { stream: copy.contacts, write: insert }
`;

describe('a target that cannot recognise a repeat', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine(),
      startRestCrm({ seed: 1, records: 40 }),
      startRestCrm({ seed: 2 }),
    ]);
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  test('gets again what its limit kept from being sent, and no person is asked', async () => {
    const definition = restCrmDefinition({ repeat: 'unsafe', hasBatch: false });
    const bindings = {
      crm: await engine.connect(
        'crm',
        'http',
        { service: 'rest-crm', base_url: source.url },
        { token: source.credentials.token as string },
      ),
      copy: await engine.connect(
        'copy',
        'http',
        { service: 'rest-crm', base_url: target.url, definition },
        { token: target.credentials.token as string },
      ),
    };
    // Refuses in the middle of a batch; nothing tells the product of this limit beforehand.
    target.settings.rate = { requests: 15, perSeconds: 1 };
    const run = await engine.until(await engine.open(await engine.publish(copy, bindings)));
    expect(run).toMatchObject({ state: 'done', failure: null });
    expect(target.kit.requests.list(0).some(({ status }) => status === 429)).toBe(true);
    const created = target.log.list().filter(({ effect, status }) => effect === 'create' && status < 300);
    expect([created.length, target.store.streams.contacts.table.count]).toEqual([40, 40]);
  });

  test('gets nothing twice when a record whose create was not answered comes by again', async () => {
    const [from, to] = await Promise.all([startRestCrm({ seed: 3, records: 6 }), startRestCrm({ seed: 4 })]);
    try {
      const copy = await publishCopy(engine, from, to, {
        id: 'in-doubt',
        read: 'incremental',
        targetService: restCrmDefinition({ repeat: 'unsafe', hasBatch: false }),
      });
      const run = async (): Promise<string> => (await engine.until(await engine.open(copy.pipeline))).state;
      const letters = () =>
        engine.rows<{ id: string; source_key: string; code: string }>(
          "select id, source_key, code from v_dead_letters where pipeline = 'in-doubt' and state = 'open'",
        );
      await setFaults(to, { seed: 1, rate: 1, kinds: ['commit_then_drop'], methods: ['POST'] });
      expect(await run()).toBe('done_with_dead_letters');
      await setFaults(to, { rate: 0 });
      await touch(from, { count: 3, fields: { position: 'Changed {n}' } });
      expect(await run()).toBe('done_with_dead_letters');
      expect(to.store.count('contacts')).toBe(6);
      expect((await letters()).map(({ code }) => code)).toEqual(Array(6).fill('write/outcome_unknown'));
    } finally {
      await Promise.all([from.stop(), to.stop()]);
    }
  });

  test('gets nothing twice when a worker dies between a create and its answer', async () => {
    const [from, to] = await Promise.all([startRestCrm({ seed: 5, records: 30 }), startRestCrm({ seed: 6 })]);
    const own = await startTestEngine({ hasWorker: false });
    try {
      const copy = await publishCopy(own, from, to, {
        targetService: restCrmDefinition({ repeat: 'unsafe', hasBatch: false }),
      });
      const doomed = await own.spawnWorker({ point: 'after_vendor_commit', signal: 'SIGKILL', nth: 3 });
      const run = await own.open(copy.pipeline);
      await doomed.ended;
      await own.startWorker();
      const end = await own.until(run, undefined, 120_000);
      const created = to.log.list().filter(({ effect, status }) => effect === 'create' && status < 300);
      const [{ count } = { count: 0 }] = await own.rows<{ count: number }>(
        "select count(*)::int as count from v_dead_letters where state = 'open' and code = 'write/outcome_unknown'",
      );
      const links = await own.rows("select source_key from v_record_map where state = 'confirmed'");
      expect(new Set(created.map((entry) => entry.id)).size).toBe(created.length);
      expect([end.state, links.length + count]).toEqual(['done_with_dead_letters', 30]);
      expect(created.length).toBeLessThanOrEqual(30);
      expect(created.length).toBeGreaterThanOrEqual(links.length);
    } finally {
      await own.stop();
      await Promise.all([from.stop(), to.stop()]);
    }
  });
});
