import { expect } from '@jest/globals';
import type { TestEngine } from './engine.js';
import { reconcile, type WrittenPlace } from './reconciliation.js';

/** After a run: what `v_reconciliation` says is what the logs of its targets say. */
export async function expectReconciled(engine: TestEngine, runId: string, ...places: WrittenPlace[]): Promise<void> {
  expect(await reconcile(engine, runId, ...places)).toEqual([]);
}
