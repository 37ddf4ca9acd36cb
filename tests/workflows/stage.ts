import { randomUUID } from 'node:crypto';
import type { Client, WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import type { Activities, SliceInput, SliceResult } from '../../activities/index.js';
import type { RunReport } from '../../activities/runs/lifecycle.js';
import { quietRuntime } from '../../assembly/temporal.js';
import { requestService } from '../support/services.js';
import { createTimeSkippingEnvironment, type TimeSkippingEnvironment } from '../support/time-skipping.js';

type Fakes = { readonly [Name in keyof Activities]?: (input: Parameters<Activities[Name]>[0]) => unknown };

/** The real workflows on a server whose time jumps, with activities that a test makes up. */
export interface WorkflowStage {
  readonly skipping: TimeSkippingEnvironment;
  /** Starts a workflow beside fake activities and plays the scene; the worker ends with it. */
  play<T>(
    workflow: { readonly type: string; readonly input: object; readonly id?: string },
    activities: Fakes,
    scene: (handle: WorkflowHandleWithFirstExecutionRunId) => Promise<T>,
  ): Promise<T>;
  close(): Promise<void>;
}

export async function openWorkflowStage(): Promise<WorkflowStage> {
  quietRuntime();
  const [skipping, bundle] = await Promise.all([createTimeSkippingEnvironment(), requestService('workflow-bundle')]);
  return {
    skipping,
    play: async (workflow, activities, scene) => {
      const taskQueue = `stage-${randomUUID()}`;
      const worker = await Worker.create({
        connection: skipping.connection,
        taskQueue,
        workflowBundle: { codePath: bundle.path },
        activities: activities as Record<string, (input: never) => Promise<unknown>>,
      });
      return worker.runUntil(async () => {
        const handle = await skipping.client.workflow.start(workflow.type, {
          taskQueue,
          workflowId: workflow.id ?? `stage/${randomUUID()}`,
          args: [workflow.input],
        });
        return scene(handle);
      });
    },
    close: () => skipping.close(),
  };
}

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

export function runInput(): { version: 1; accountId: string; runId: string } {
  return { version: 1, accountId: randomUUID(), runId: randomUUID() };
}

/** What a run's activities were asked, in order. */
export interface RunScript {
  readonly slices: SliceInput[];
  readonly reports: RunReport[];
  readonly ends: unknown[];
  readonly activities: Fakes;
}

/** A run over the given flows, each with the answers of its slices in order; after the last one it ends. */
export function scriptRun(
  flows: Readonly<Record<string, { after?: readonly string[]; settles?: boolean; answers?: SliceResult[] }>>,
  isOneOff = false,
): RunScript {
  const slices: SliceInput[] = [];
  const reports: RunReport[] = [];
  const ends: unknown[] = [];
  const left = new Map(Object.entries(flows).map(([name, flow]) => [name, [...(flow.answers ?? [])]]));
  return {
    slices,
    reports,
    ends,
    activities: {
      beginRun: async () => ({
        flows: Object.entries(flows).map(([name, flow]) => ({
          name,
          after: flow.after ?? [],
          needsSettling: flow.settles === true,
        })),
        isOneOff,
      }),
      transferSlice: async (input) => {
        slices.push(input);
        return (input.phase === 'main' ? left.get(input.flow)?.shift() : undefined) ?? { state: 'end' };
      },
      reportRun: async (input) => void reports.push(input.report),
      finishRun: async (input) => {
        ends.push(input.halt);
        return { state: 'done' };
      },
    },
  };
}

export function failureReport(code: string, kind: string) {
  return { code, kind, message: 'A made-up failure.', hint: 'Nothing to do.' } as never;
}

/** Events of a workflow's run and of all that it was continued as. */
export async function historyLengths(client: Client, workflowId: string, firstRunId: string): Promise<number[]> {
  const lengths: number[] = [];
  let runId: string | null | undefined = firstRunId;
  while (runId != null && runId !== '') {
    const { events }: History = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    lengths.push(events?.length ?? 0);
    runId = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return lengths;
}
