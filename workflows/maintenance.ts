import { maintain } from './activities.js';
import type { MaintenanceInput } from './messages.js';

/** Retention, sweep and the reconciliation report, on two Schedules of the installation. */
export async function maintenance(input: MaintenanceInput): Promise<void> {
  await maintain({ period: input.period });
}
