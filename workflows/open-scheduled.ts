import { openScheduledRun } from './activities.js';
import type { OpenScheduledInput } from './messages.js';

/** What the Temporal Schedule of a `cron:` trigger starts: opens the run and ends; overlap is decided in the store. */
export async function openScheduled(input: OpenScheduledInput): Promise<void> {
  await openScheduledRun({ accountId: input.accountId, pipelineUid: input.pipelineUid });
}
