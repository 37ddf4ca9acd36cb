import { useQuery } from '@tanstack/react-query';
import { type AnswerOf, answerOf, api } from './api.js';
import { useAskAgain } from './live.js';

export type PipelineLine = AnswerOf<'listPipelines'>['items'][number];

/** The server counts open dead letters of a pipeline so far. */
export const mostCounted = 1_000;

/** The pipelines of the account, kept once for all pages that name them. */
export function usePipelines({ isOn = true }: { readonly isOn?: boolean } = {}) {
  return useQuery({
    queryKey: ['pipelines'],
    queryFn: () => answerOf(api.GET('/pipelines', { params: { query: { limit: 200 } } })),
    refetchInterval: useAskAgain(5_000),
    enabled: isOn,
  });
}
