import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { expectReconciled } from '../support/expect-reconciled.js';
import { restCrmDefinition } from '../support/rest-crm-service.js';
import { killDuringTransfer } from './kill-scenario.js';

describe('a worker that dies in the middle of a transfer', () => {
  let engine: TestEngine;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine({ hasWorker: false, slices: { budgetMs: 3_000, pagesInFlight: 4 } }),
      startRestCrm({ seed: 1, records: { contacts: 2_000 } }),
      startRestCrm({
        seed: 2,
        latencyMs: 60,
        settings: { idempotency_header: false, own_id_unique: false, max_batch: 50 },
      }),
    ]);
  });

  afterAll(async () => {
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
  });

  test('loses no record and makes none twice at a target without keys', async () => {
    const report = await killDuringTransfer({
      engine,
      source,
      target,
      kills: 2,
      records: 2_000,
      definition: restCrmDefinition({ repeat: 'find_then_create' }),
    });
    expect(report).toMatchObject({ kills: 2, distinct: 2_000, lost: 0, twice: 0, state: 'done' });
    await expectReconciled(engine, report.run, { flow: 'contacts', stream: 'contacts', sandbox: target });
    expect(report.counts).toMatchObject({ read: 2_000, written: 2_000, unchanged: 0, dead_letters: 0 });
  }, 120_000);
});
