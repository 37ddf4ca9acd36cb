import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Context } from '@temporalio/activity';
import { wakeSignal, workflowTypes } from '../../workflows/messages.js';
import { until } from '../siege/copy.js';
import { hourMs, openWorkflowStage, type WorkflowStage } from './stage.js';

describe('workflows of triggers', () => {
  let stage: WorkflowStage;

  beforeAll(async () => {
    stage = await openWorkflowStage();
  });

  afterAll(async () => {
    await stage?.close();
  });

  const accountId = randomUUID();
  const pipelineUid = randomUUID();

  test('polling looks again at the next due moment and ends when nothing is left to poll', async () => {
    const looks: number[] = [];
    const answers = [{ waitMs: hourMs }, { waitMs: 3 * hourMs }, null];
    const pollDue = async () => {
      looks.push(await stage.skipping.currentTimeMs());
      return answers[looks.length - 1] ?? null;
    };
    const poll = { type: workflowTypes.poll, input: { version: 1, accountId } };
    await stage.play(poll, { pollDue }, async (handle) => {
      await stage.skipping.sleep('5 hours');
      await handle.result();
    });
    const gaps = looks.slice(1).map((at, index) => Math.round((at - (looks[index] ?? 0)) / hourMs));
    expect(gaps).toEqual([1, 3]);
  });

  test('a wake during the wait, or while it looks, makes polling look at once', async () => {
    let looks = 0;
    let wake: () => Promise<void> = async () => undefined;
    const pollDue = async () => {
      looks += 1;
      if (looks === 2) await wake();
      return looks === 3 ? null : { waitMs: 1_000 * hourMs };
    };
    const poll = { type: workflowTypes.poll, input: { version: 1, accountId } };
    const before = await stage.skipping.currentTimeMs();
    await stage.play(poll, { pollDue }, async (handle) => {
      wake = () => handle.signal(wakeSignal);
      await until('the first look', () => looks === 1);
      await wake();
      await handle.result();
    });
    expect(looks).toBe(3);
    expect((await stage.skipping.currentTimeMs()) - before).toBeLessThan(hourMs);
  });

  test('a drain of events without end begins a new history now and then', async () => {
    let calls = 0;
    const histories = new Set<string>();
    const openDrainRun = async () => {
      histories.add(Context.current().info.workflowExecution?.runId ?? '');
      calls += 1;
      return { left: calls < 130 };
    };
    const drain = { type: workflowTypes.drain, input: { version: 1, accountId, pipelineUid } };
    await stage.play(drain, { openDrainRun }, async (handle) => {
      await stage.skipping.sleep('10 minutes');
      await handle.result();
    });
    expect(calls).toBe(130);
    expect(histories.size).toBeGreaterThan(1);
  });

  test('a drain opens runs until nothing touched is left, then ends', async () => {
    const answers = [{ left: true }, { left: true }, { left: false }];
    let calls = 0;
    const openDrainRun = async () => answers[calls++] ?? { left: false };
    const drain = { type: workflowTypes.drain, input: { version: 1, accountId, pipelineUid } };
    await stage.play(drain, { openDrainRun }, async (handle) => {
      await stage.skipping.sleep('10 seconds');
      await handle.result();
    });
    expect(calls).toBe(3);
  });

  test('a Schedule’s workflow opens one run, maintenance runs once for its period', async () => {
    const opened: unknown[] = [];
    const scheduled = { type: workflowTypes.openScheduled, input: { version: 1, accountId, pipelineUid } };
    const openScheduledRun = async (input: unknown) => {
      opened.push(input);
      return { runId: null };
    };
    await stage.play(scheduled, { openScheduledRun }, (handle) => handle.result());
    expect(opened).toEqual([{ accountId, pipelineUid }]);

    const periods: string[] = [];
    const maintenance = { type: workflowTypes.maintenance, input: { version: 1, period: 'nightly' } };
    const maintain = async (input: { period: string }) => {
      periods.push(input.period);
      return { restarted: 0, duplicates: 0, removed: 0 };
    };
    await stage.play(maintenance, { maintain }, (handle) => handle.result());
    expect(periods).toEqual(['nightly']);
  });
});
