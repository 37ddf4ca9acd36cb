import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { maintain } from '../../activities/maintenance/maintain.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { deletePipeline } from '../../store/pipeline-admin.js';
import { publishCopy } from '../siege/copy.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

describe('what is kept of a deleted pipeline', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine(),
      startRestCrm({ seed: 1, records: { contacts: 20 } }),
      startRestCrm({ seed: 2 }),
    ]);
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  const deletedBefore = async (id: string, days: number): Promise<string> => {
    const { pipeline } = await publishCopy(engine, source, target, { id });
    await engine.until(await engine.open(pipeline));
    const { store } = engine.engine.dependencies;
    await store.account(engine.accountId, (tx) => deletePipeline(tx, engine.accountId, pipeline.uid));
    await engine.rows(`update pipeline set deleted_at = clock_timestamp() - interval '${days} days' where uid = $1`, [
      pipeline.uid,
    ]);
    return pipeline.uid;
  };

  const known = async (uid: string): Promise<Record<string, number>> => {
    const [row] = await engine.rows<Record<string, number>>(
      `select (select count(*)::int from pipeline where uid = $1) as pipelines,
              (select count(*)::int from run where pipeline_uid = $1) as runs,
              (select count(*)::int from link l join flow f on f.id = l.flow_id where f.pipeline_uid = $1) as links`,
      [uid],
    );
    return row ?? {};
  };

  test('its links and runs are there for 30 days; then nothing is left of it', async () => {
    const recent = await deletedBefore('recent', 29);
    const old = await deletedBefore('old', 31);
    const kept = { pipelines: 1, runs: 1, links: 20 };
    expect([await known(recent), await known(old)]).toEqual([kept, kept]);
    await maintain(engine.engine.dependencies, 'hourly');
    expect(await known(old)).toEqual(kept);
    await maintain(engine.engine.dependencies, 'nightly');
    expect(await known(recent)).toEqual(kept);
    expect(await known(old)).toEqual({ pipelines: 0, runs: 0, links: 0 });
  });
});
