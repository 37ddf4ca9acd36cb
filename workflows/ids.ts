/** Workflow ids are made of uuids of ours, never of names: users choose names, and names would collide and leak (D13). */
export const workflowIds = {
  run: (runId: string) => `run/${runId}`,
  poll: (accountId: string) => `poll/${accountId}`,
  drain: (pipelineUid: string) => `drain/${pipelineUid}`,
  /** A Schedule and the opener it starts. */
  schedule: (pipelineUid: string) => `pipeline/${pipelineUid}`,
  maintenance: (period: 'hourly' | 'nightly') => `maintenance/${period}`,
} as const;

export const taskQueue = 'pipewright';
