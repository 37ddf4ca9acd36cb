import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { createTimeSkippingEnvironment, type TimeSkippingEnvironment } from './time-skipping.js';

const workflow = `
import { sleep } from '@temporalio/workflow';
export async function waitFor(days) {
  const began = Date.now();
  await sleep(days * 86_400_000);
  return Math.round((Date.now() - began) / 86_400_000);
}
`;

describe('the time-skipping environment', () => {
  let skipping: TimeSkippingEnvironment;
  // Where the bundler finds the SDK.
  const folder = mkdtempSync(join(findProjectFolder(), 'node_modules', '.time-skipping-'));

  beforeAll(async () => {
    writeFileSync(join(folder, 'workflows.js'), workflow);
    skipping = await createTimeSkippingEnvironment();
  });

  afterAll(async () => {
    await skipping.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('lets many monthly timers run out at once', async () => {
    const taskQueue = 'time-skipping-test';
    const worker = await Worker.create({
      connection: skipping.connection,
      taskQueue,
      workflowsPath: join(folder, 'workflows.js'),
    });
    const results = await worker.runUntil(async () => {
      const handles = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          skipping.client.workflow.start('waitFor', { taskQueue, workflowId: `wait-${index}`, args: [30] }),
        ),
      );
      await skipping.sleep('31 days');
      return await Promise.all(handles.map((handle) => handle.result()));
    });
    expect(results).toEqual(Array(20).fill(30));
  });
});
