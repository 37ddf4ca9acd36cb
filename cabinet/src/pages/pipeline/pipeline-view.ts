import type { AnswerOf } from '../../api.js';

export type PipelineView = AnswerOf<'getPipeline'>;
