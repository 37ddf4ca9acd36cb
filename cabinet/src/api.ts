import createClient, { type Middleware } from 'openapi-fetch';
import type { components, operations, paths } from '../../client/schema.generated.js';
import { chosenAccount } from './account-choice.js';
import i18n from './i18n.js';

export type Problem = components['schemas']['Problem'];

/** The body of an operation's success. */
export type AnswerOf<
  Name extends keyof operations,
  Status extends number = 200,
> = operations[Name]['responses'] extends { [Key in Status]: { content: { 'application/json': infer Body } } }
  ? Body
  : never;

export type Me = AnswerOf<'getMe'>;

/** Names the account that this page shows, asks in the person's language, and repeats a POST without harm. */
const headers: Middleware = {
  onRequest: ({ request }) => {
    const account = chosenAccount();
    if (account !== null) request.headers.set('pipewright-account', account);
    request.headers.set('accept-language', i18n.language);
    if (request.method === 'POST') request.headers.set('idempotency-key', crypto.randomUUID());
    return request;
  },
};

/** The typed client of the public API, signed in by the cookie: the pages' only way to the server. */
export const api = createClient<paths>({ baseUrl: `${window.location.origin}/api/v1`, credentials: 'same-origin' });
api.use(headers);

/** A refusal with the server's own words, which are in the person's language already. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The answer's body, or a `ProblemError`. */
export async function answerOf<Body>(
  asked: Promise<{ data?: Body; error?: unknown; response: Response }>,
): Promise<Body> {
  const { data, error, response } = await asked;
  if (response.ok) return data as Body;
  throw new ProblemError(isProblem(error) ? error : unreadable(response));
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'message' in value;
}

function unreadable(response: Response): Problem {
  return {
    type: 'about:blank',
    title: '',
    status: response.status,
    detail: '',
    code: 'api/internal',
    message: i18n.t('errors.unreadable'),
    hint: i18n.t('errors.later'),
    requestId: response.headers.get('x-request-id') ?? '',
  } as Problem;
}
