import { condition, continueAsNew, defineSignal, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { openDrainRun } from './activities.js';
import { type WebhookDrainInput, wakeSignal } from './messages.js';

const lookAgainMs = 1_000;
/** A stream of events never ends; its history does. */
const longestHistory = 500;

/**
 * Moves touched records soon after they were announced: opens a run that takes them. While another run of the pipeline
 * is open that run takes them between its batches, and this one looks again until nothing is left.
 */
export async function webhookDrain(input: WebhookDrainInput): Promise<void> {
  let wakes = 0;
  setHandler(defineSignal(wakeSignal), () => {
    wakes += 1;
  });
  for (;;) {
    const wakesBefore = wakes;
    const { left } = await openDrainRun({ accountId: input.accountId, pipelineUid: input.pipelineUid });
    if (!left && wakes === wakesBefore) return;
    // The next one looks at once, so a wake that came meanwhile is heard.
    if (workflowInfo().historyLength >= longestHistory) return continueAsNew<typeof webhookDrain>(input);
    await Promise.race([sleep(lookAgainMs), condition(() => wakes > wakesBefore)]);
  }
}
