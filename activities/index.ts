import { Context } from '@temporalio/activity';
import type { Dependencies } from './dependencies.js';
import { maintain } from './maintenance/maintain.js';
import { beginRun, type FinishRun, finishRun, type RunPlace, type RunReport, reportRun } from './runs/lifecycle.js';
import { type OpenByTrigger, openDrainRun, openScheduledRun } from './runs/opening.js';
import { pollDue } from './runs/polling.js';
import { FlowCache } from './transfer/flow-cache.js';
import { runSlice, type SliceInput } from './transfer/slice.js';

export type { Dependencies } from './dependencies.js';
export type { RunOutline, RunReport } from './runs/lifecycle.js';
export type { SliceInput, SliceResult } from './transfer/slice.js';

const heartbeatEveryMs = 500;

/** Everything that workflows may call, bound to the world they act on. */
export function createActivities(deps: Dependencies) {
  const cache = new FlowCache();
  return {
    transferSlice: (input: SliceInput) => withHeartbeat((signal) => runSlice(deps, cache, input, signal)),
    beginRun: (place: RunPlace) => beginRun(deps, place),
    reportRun: (report: RunPlace & { readonly report: RunReport }) => reportRun(deps, report),
    finishRun: (end: FinishRun) => finishRun(deps, end),
    openScheduledRun: (input: OpenByTrigger) => openScheduledRun(deps, input),
    openDrainRun: (input: OpenByTrigger) => openDrainRun(deps, input),
    pollDue: (input: { readonly accountId: string }) => pollDue(deps, input),
    maintain: (input: { readonly period: 'hourly' | 'nightly' }) => maintain(deps, input.period),
  };
}

export type Activities = ReturnType<typeof createActivities>;

/** Tells the server twice a second that this worker lives; progress itself stands in the store (D5). */
async function withHeartbeat<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const context = Context.current();
  const timer = setInterval(() => context.heartbeat(), heartbeatEveryMs);
  try {
    return await work(context.cancellationSignal);
  } finally {
    clearInterval(timer);
  }
}
