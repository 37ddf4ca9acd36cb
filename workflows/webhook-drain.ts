import { condition, defineSignal, setHandler, sleep } from '@temporalio/workflow';
import { openDrainRun } from './activities.js';
import { type WebhookDrainInput, wakeSignal } from './messages.js';

const lookAgainMs = 1_000;

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
    await Promise.race([sleep(lookAgainMs), condition(() => wakes > wakesBefore)]);
  }
}
