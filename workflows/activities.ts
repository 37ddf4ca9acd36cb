import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

/** Moves records for seconds at a time; heartbeats twice a second, so that a dead worker is noticed in five. */
export const { transferSlice } = proxyActivities<Activities>({
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '5 seconds',
  // Failures come back as results; what is tried again here is a slice whose worker died, and each try may meet a kill.
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '2 seconds' },
});

/** Short work against the store; patient, since nothing can be decided without it. */
export const { beginRun, reportRun, finishRun, openScheduledRun, openDrainRun, pollDue, maintain } =
  proxyActivities<Activities>({
    startToCloseTimeout: '5 minutes',
    retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '20 seconds' },
  });
