export const pipelineViews = ['running', 'failed', 'paused', 'draft'] as const;
export type PipelineView = (typeof pipelineViews)[number];

/** The filters of the list of pipelines, as they stand in its address; the router reads digits as a number. */
export function pipelineSearch(found: Record<string, unknown>): {
  search?: string | undefined;
  show?: PipelineView | undefined;
} {
  const text = typeof found.search === 'number' ? String(found.search) : found.search;
  return {
    search: typeof text === 'string' && text !== '' ? text : undefined,
    show: pipelineViews.find((each) => each === found.show),
  };
}
