import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

/** Moves records for seconds at a time; heartbeats twice a second, so that a dead worker is noticed in five. */
export const { transferSlice } = proxyActivities<Activities>({
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** Short work against the store; patient, since nothing can be decided without it. */
export const { beginRun, reportRun, finishRun, openScheduledRun, openDrainRun, pollDue, maintain } =
  proxyActivities<Activities>({
    startToCloseTimeout: '5 minutes',
    retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '20 seconds' },
  });
