import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { taskQueue, workflowIds } from '../workflows/ids.js';
import { workflowTypes } from '../workflows/messages.js';

const schedules = [
  { period: 'hourly', cron: '7 * * * *' },
  { period: 'nightly', cron: '23 2 * * *' },
] as const;

/** The installation's two Schedules: sweep every hour, retention and report every night. Made once, by whoever comes first. */
export async function ensureMaintenance(client: Client, queue: string = taskQueue): Promise<void> {
  for (const { period, cron } of schedules) {
    try {
      await client.schedule.create({
        scheduleId: workflowIds.maintenance(period),
        spec: { cronExpressions: [cron], timezone: 'UTC' },
        policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour' },
        action: {
          type: 'startWorkflow',
          workflowType: workflowTypes.maintenance,
          workflowId: workflowIds.maintenance(period),
          taskQueue: queue,
          args: [{ version: 1, period }],
        },
      });
    } catch (error) {
      if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    }
  }
}
