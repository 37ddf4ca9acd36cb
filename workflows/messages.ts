/** Names and shapes of what is sent to and asked of workflows, for those who may not import workflow bodies. */
export const workflowTypes = {
  run: 'pipelineRun',
  poll: 'pollAccount',
  drain: 'webhookDrain',
  openScheduled: 'openScheduled',
  maintenance: 'maintenance',
} as const;

/** Carries nothing: what happened stands in rows; the workflow looks (D13). */
export const wakeSignal = 'wake';

export interface PipelineRunInput {
  readonly version: 1;
  readonly accountId: string;
  readonly runId: string;
  /** Where a run goes on after continue-as-new. */
  readonly resume?: RunProgress;
}

export interface RunProgress {
  readonly phase: 'main' | 'settle' | 'close';
  readonly flowsDone: readonly string[];
}

export interface PollAccountInput {
  readonly version: 1;
  readonly accountId: string;
}

export interface WebhookDrainInput {
  readonly version: 1;
  readonly accountId: string;
  readonly pipelineUid: string;
}

export interface OpenScheduledInput {
  readonly version: 1;
  readonly accountId: string;
  readonly pipelineUid: string;
}

export interface MaintenanceInput {
  readonly version: 1;
  readonly period: 'hourly' | 'nightly';
}
