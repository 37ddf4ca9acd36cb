import type { Problem } from '../client/client.js';
import { errorText, isFailure } from '../core/failures.js';
import { CliFailure, exitCodes } from './tools.js';

const usageCodes =
  /^(definition\/|api\/bad_request|api\/too_large|connection\/(invalid|unknown|missing$|name_taken)|run\/confirmation)/;

/** Anything thrown as what the command line tells and how it ends. */
export function toCliFailure(error: unknown): CliFailure {
  if (error instanceof CliFailure) return error;
  if (isFailure(error)) {
    return new CliFailure(exitCodeOf(error.code), error.message, error.hint, error.code, error.details);
  }
  const text = errorText(error);
  const cause = errorText((error as { cause?: unknown } | null)?.cause ?? '');
  if (/fetch failed|ECONNREFUSED|other side closed|socket hang up|terminated/i.test(`${text} ${cause}`)) {
    return new CliFailure(
      exitCodes.failed,
      'The Pipewright server does not answer.',
      'Start it with `npm start`, or look at its log.',
    );
  }
  return new CliFailure(
    exitCodes.failed,
    `Something unexpected happened: ${text}`,
    'Run the command again with `--debug` and report what it shows.',
  );
}

function exitCodeOf(code: string): number {
  return usageCodes.test(code) ? exitCodes.usage : exitCodes.failed;
}

function ofProblem(problem: Problem): CliFailure {
  return new CliFailure(
    exitCodeOf(problem.code),
    problem.message,
    problem.code === 'api/internal' ? `${problem.hint} (request ${problem.requestId})` : problem.hint,
    problem.code,
    problem.details,
  );
}

/** The body of an answer, or the failure that came instead of it. */
export async function take<Body>(
  asked: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<NonNullable<Body>> {
  const { data, error, response } = await asked;
  if (response.ok) return (data ?? {}) as NonNullable<Body>;
  const problem = error as Partial<Problem> | undefined;
  if (typeof problem?.code === 'string') throw ofProblem(problem as Problem);
  throw new CliFailure(exitCodes.failed, `The server answered ${response.status}.`, 'Look at the log of the server.');
}
