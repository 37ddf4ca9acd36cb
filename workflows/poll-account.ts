import { condition, continueAsNew, defineSignal, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { pollDue } from './activities.js';
import { type PollAccountInput, wakeSignal } from './messages.js';

const maxEvents = 2_000;

/**
 * `every:` and reconciling triggers of one account: one activity checks all due pipelines and opens runs where
 * something changed; then a durable timer to the next due moment. Ends when the account has nothing to poll; publishing
 * starts it again.
 */
export async function pollAccount(input: PollAccountInput): Promise<void> {
  let wakes = 0;
  setHandler(defineSignal(wakeSignal), () => {
    wakes += 1;
  });
  for (;;) {
    const wakesBefore = wakes;
    const next = await pollDue({ accountId: input.accountId });
    if (wakes > wakesBefore) continue;
    if (next === null) return;
    await Promise.race([sleep(Math.max(50, next.waitMs)), condition(() => wakes > wakesBefore)]);
    if (workflowInfo().historyLength > maxEvents || workflowInfo().continueAsNewSuggested)
      await continueAsNew<typeof pollAccount>(input);
  }
}
