import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SliceResult } from '../../activities/index.js';
import { wakeSignal, workflowTypes } from '../../workflows/messages.js';
import { until } from '../siege/copy.js';
import {
  dayMs,
  failureReport,
  historyLengths,
  hourMs,
  openWorkflowStage,
  runInput,
  scriptRun,
  type WorkflowStage,
} from './stage.js';

const more: SliceResult = { state: 'more' };
const limited = (waitMs: number): SliceResult => ({
  state: 'wait',
  waitMs,
  isFault: false,
  failure: failureReport('vendor/rate_limited', 'rate_limited'),
});

describe('a run of a pipeline', () => {
  let stage: WorkflowStage;

  beforeAll(async () => {
    stage = await openWorkflowStage();
  });

  afterAll(async () => {
    await stage?.close();
  });

  const run = () => ({ type: workflowTypes.run, input: runInput() });

  test('waits out a vendor’s limit of hours as a durable timer that people can see', async () => {
    const script = scriptRun({ contacts: { answers: [limited(6 * hourMs), more] } });
    const before = await stage.skipping.currentTimeMs();
    await stage.play(run(), script.activities, async (handle) => {
      await stage.skipping.sleep('7 hours');
      await handle.result();
    });
    expect((await stage.skipping.currentTimeMs()) - before).toBeGreaterThanOrEqual(6 * hourMs);
    expect(script.slices.map((slice) => slice.phase)).toEqual(['main', 'main', 'main']);
    expect(script.reports).toMatchObject([{ state: 'waiting', waitMs: 6 * hourMs }, { state: 'running' }]);
    expect(script.ends).toEqual([null]);
  });

  test('goes on at once when somebody wakes it during such a wait', async () => {
    const script = scriptRun({ contacts: { answers: [limited(6 * hourMs)] } });
    const before = await stage.skipping.currentTimeMs();
    await stage.play(run(), script.activities, async (handle) => {
      await until('the wait to begin', () => script.reports.length === 1);
      await handle.signal(wakeSignal);
      await handle.result();
    });
    expect((await stage.skipping.currentTimeMs()) - before).toBeLessThan(hourMs);
    expect(script.slices).toHaveLength(2);
  });

  test('lies paused for 400 days and then goes on where it stood', async () => {
    const script = scriptRun({ contacts: { answers: [more, { state: 'paused' }, more] } });
    await stage.play(run(), script.activities, async (handle) => {
      await until('the pause', () => script.reports.length === 1);
      const before = await stage.skipping.currentTimeMs();
      await stage.skipping.sleep(400 * dayMs);
      expect((await stage.skipping.currentTimeMs()) - before).toBeGreaterThanOrEqual(400 * dayMs);
      expect((await handle.describe()).status.name).toBe('RUNNING');
      expect(script.slices).toHaveLength(2);
      await handle.signal(wakeSignal);
      await handle.result();
    });
    expect(script.reports).toEqual([{ state: 'paused' }, { state: 'running' }]);
    expect(script.slices).toHaveLength(4);
    expect(script.ends).toEqual([null]);
  });

  test('pauses with its reason when credentials are broken, and ends with other failures', async () => {
    const auth = failureReport('vendor/auth', 'auth');
    const broken = scriptRun({ contacts: { answers: [{ state: 'stopped', failure: auth }] } });
    await stage.play(run(), broken.activities, async (handle) => {
      await until('the pause', () => broken.reports.length === 1);
      await handle.signal(wakeSignal);
      await handle.result();
    });
    expect(broken.reports).toMatchObject([{ state: 'paused', failure: { code: 'vendor/auth' } }, { state: 'running' }]);
    expect(broken.ends).toEqual([null]);

    const bug = failureReport('engine/bug', 'bug');
    const stopped = scriptRun({ contacts: { answers: [{ state: 'stopped', failure: bug }] } });
    await stage.play(run(), stopped.activities, (handle) => handle.result());
    expect(stopped.ends).toMatchObject([{ state: 'stopped', failure: { code: 'engine/bug' } }]);
  });

  test('ends as cancelled and moves no further flow', async () => {
    const script = scriptRun({
      companies: { answers: [more, { state: 'cancelled' }] },
      contacts: { after: ['companies'], settles: true },
    });
    await stage.play(run(), script.activities, (handle) => handle.result());
    expect(script.slices.map((slice) => slice.flow)).toEqual(['companies', 'companies']);
    expect(script.ends).toEqual([{ state: 'cancelled' }]);
  });

  test('starts a flow after those it refers to, settles references, and closes a one-off run', async () => {
    const script = scriptRun(
      { companies: { settles: true }, contacts: { after: ['companies'] }, deals: { after: ['contacts', 'companies'] } },
      true,
    );
    await stage.play(run(), script.activities, (handle) => handle.result());
    expect(script.slices.map((slice) => `${slice.phase} ${slice.flow}`)).toEqual([
      'main companies',
      'main contacts',
      'main deals',
      'settle companies',
      'close companies',
    ]);
  });

  test('waits longer the more slices in a row meet a fault, and forgets them after a good one', async () => {
    const fault: SliceResult = {
      state: 'wait',
      waitMs: 500,
      isFault: true,
      failure: failureReport('vendor/unavailable', 'transient'),
    };
    const script = scriptRun({ contacts: { answers: [fault, fault, more, fault] } });
    await stage.play(run(), script.activities, async (handle) => {
      await stage.skipping.sleep('1 minute');
      await handle.result();
    });
    expect(script.slices.map((slice) => slice.faults)).toEqual([0, 1, 2, 0, 1]);
  });

  test('continues as new before its history grows long, with its phase and finished flows', async () => {
    const script = scriptRun({
      companies: { settles: true },
      contacts: { after: ['companies'], answers: Array.from({ length: 420 }, () => more) },
    });
    const lengths = await stage.play(run(), script.activities, async (handle) => {
      await handle.result();
      return historyLengths(stage.skipping.client, handle.workflowId, handle.firstExecutionRunId);
    });
    expect(lengths.length).toBeGreaterThan(1);
    expect(Math.max(...lengths)).toBeLessThan(2_100);
    const moved = script.slices.map((slice) => `${slice.phase} ${slice.flow}`);
    expect(moved.filter((what) => what === 'main companies')).toHaveLength(1);
    expect(moved.filter((what) => what === 'main contacts')).toHaveLength(421);
    expect(moved.at(-1)).toBe('settle companies');
    expect(script.ends).toEqual([null]);
  });

  test('takes a slice up again within seconds, however often its worker has died', async () => {
    const began: number[] = [];
    const script = scriptRun({ contacts: {} });
    const transferSlice = async () => {
      began.push(await stage.skipping.currentTimeMs());
      if (began.length < 8) throw new Error('the worker died');
      return { state: 'end' };
    };
    await stage.play(run(), { ...script.activities, transferSlice }, async (handle) => {
      await stage.skipping.sleep('5 minutes');
      await handle.result();
    });
    const gaps = began.slice(1).map((at, index) => at - (began[index] ?? 0));
    expect(gaps).toHaveLength(7);
    expect(Math.max(...gaps)).toBeLessThan(4_000);
  });

  test('does nothing when its run has ended already', async () => {
    const script = scriptRun({ contacts: {} });
    await stage.play(run(), { ...script.activities, beginRun: async () => null }, (handle) => handle.result());
    expect([script.slices, script.ends]).toEqual([[], []]);
  });
});
