import type { Problem } from './client.js';

/** The server refused a request: `problem.code` says why, `problem.hint` what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(`${problem.message} ${problem.hint} (${problem.code})`);
  }
}

/** What every call of the client resolves to. */
export interface Answered<Body> {
  readonly data?: Body;
  readonly error?: unknown;
  readonly response: { readonly status: number };
}

/** The answer's body; throws `Refusal` where the server refused. */
export async function take<Body>(call: Promise<Answered<Body>>): Promise<Body> {
  const { data, error, response } = await call;
  if (response.status < 400) return data as Body;
  throw new Refusal(response.status, isProblem(error) ? error : unreadable(response.status));
}

function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && 'code' in error && 'hint' in error;
}

/** Something between us and the server answered in its place. */
function unreadable(status: number): Problem {
  const message = `The server answered ${status} without saying why.`;
  return {
    type: 'about:blank',
    title: 'No problem document',
    status,
    detail: message,
    code: 'client/unreadable_answer',
    message,
    hint: 'Check the address of the server and what stands in front of it.',
    requestId: '',
  };
}
