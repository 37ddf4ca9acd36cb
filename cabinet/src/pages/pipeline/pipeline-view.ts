import { queryOptions } from '@tanstack/react-query';
import { type AnswerOf, answerOf, api } from '../../api.js';

export type PipelineView = AnswerOf<'getPipeline'>;

export function pipelineQuery(id: string) {
  return queryOptions({
    queryKey: ['pipeline', id],
    queryFn: () => answerOf(api.GET('/pipelines/{id}', { params: { path: { id } } })),
  });
}
