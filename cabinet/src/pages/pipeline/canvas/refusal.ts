import { Failure } from '../../../../../core/failures.js';
import { type Problem, ProblemError } from '../../../api.js';

type Translate = (name: string, gaps?: Record<string, string>) => string;

/** A refused edit in the words of the pages; what came from the server has its own. */
export function refusalOf(refused: unknown, t: Translate): unknown {
  if (!(refused instanceof Failure)) return refused;
  const path = typeof refused.where?.path === 'string' ? refused.where.path : '';
  const taken = /The name `([^`]*)` is taken/.exec(refused.message)?.[1];
  const message = taken === undefined ? t('canvas.refused', { path }) : t('canvas.taken', { name: taken });
  return new ProblemError({ code: refused.code, message, hint: t('canvas.refusedHint') } as Problem);
}
