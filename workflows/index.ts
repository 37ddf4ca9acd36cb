export { maintenance } from './maintenance.js';
export { openScheduled } from './open-scheduled.js';
export { pipelineRun } from './pipeline-run.js';
export { pollAccount } from './poll-account.js';
export { webhookDrain } from './webhook-drain.js';
