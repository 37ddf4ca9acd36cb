import { Failure, isFailure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { HttpAnswer, HttpClient } from '../kit/index.js';
import { problemOf } from './problem.js';
import { missing, textOf } from './secret-parts.js';

export interface TokenRequest {
  readonly baseUrl: string;
  readonly secret: JsonObject;
  /** `grant_type` and the code or refresh token that belongs to it. */
  readonly grant: Readonly<Record<string, string>>;
  readonly http: HttpClient;
  readonly signal: AbortSignal;
  readonly connectionId?: string;
}

/** The secret with the new tokens in it, or the vendor's words of refusal. */
export type TokenAnswer = { readonly secret: JsonObject } | { readonly words: string };

/** Asks the account for tokens. An answer that never came, a limit or an outage is thrown; nothing else was sent. */
export async function askForToken(request: TokenRequest): Promise<TokenAnswer> {
  const { secret } = request;
  const body = {
    client_id: textOf(secret, 'client_id') ?? missing('client_id'),
    client_secret: textOf(secret, 'client_secret') ?? missing('client_secret'),
    ...request.grant,
    redirect_uri: textOf(secret, 'redirect_uri') ?? missing('redirect_uri'),
  };
  try {
    const answer = await request.http.request({
      method: 'POST',
      url: `${request.baseUrl}/oauth2/access_token`,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      signal: request.signal,
    });
    return answer.status < 300 ? { secret: withTokens(secret, answer.json()) } : { words: refusalIn(answer) };
  } catch (error) {
    throw isFailure(error) && error.details?.wasSent === true ? nothingElseSent(error) : error;
  }
}

function withTokens(secret: JsonObject, body: JsonValue): JsonObject {
  const accessToken = isJsonObject(body) ? textOf(body, 'access_token') : null;
  if (!isJsonObject(body) || accessToken === null) throw withoutToken();
  const seconds = Number(body.expires_in);
  const lifeMs = (Number.isFinite(seconds) && seconds > 0 ? seconds : 86_400) * 1_000;
  return {
    ...secret,
    access_token: accessToken,
    refresh_token: textOf(body, 'refresh_token') ?? secret.refresh_token ?? null,
    expires_at: new Date(Date.now() + lifeMs).toISOString(),
  };
}

/** Only the vendor's own problem document is a refusal of the token; all else passes. */
function refusalIn(answer: HttpAnswer): string {
  const problem = problemOf(answer);
  const { status } = answer;
  if (status === 429 || (status === 403 && problem === null)) throw limited(answer);
  if (status >= 500 || status === 408 || status === 425) throw unavailable(status);
  const hint = problem === null ? null : textOf(problem, 'hint');
  const detail = problem === null ? null : (textOf(problem, 'detail') ?? textOf(problem, 'title'));
  return [hint, detail].filter((part) => part !== null).join(': ') || `status ${status}`;
}

function limited(answer: HttpAnswer): Failure {
  return new Failure('vendor/rate_limited', {
    message: `amoCRM was asked for tokens too often (status ${answer.status}).`,
    hint: 'Nothing to do: it is asked again when the vendor allows.',
    retryAfterMs: retryAfterOf(answer.headers) ?? (answer.status === 403 ? 15 * 60_000 : 1_000),
    details: { status: answer.status, wasSent: false },
  });
}

function unavailable(status: number): Failure {
  return new Failure('vendor/unavailable', {
    message: `amoCRM answered to the request for a token with status ${status}.`,
    hint: 'The request is repeated; if this stays, amoCRM is down.',
    details: { status, wasSent: false },
  });
}

function withoutToken(): Failure {
  return new Failure('read/bad_answer', {
    message: 'amoCRM answered to the request for a token without one.',
    hint: 'The request is repeated; if this stays, connect the account again.',
    details: { wasSent: false },
  });
}

function nothingElseSent(failure: Failure): Failure {
  return new Failure(failure.code, {
    message: failure.message,
    hint: failure.hint,
    details: { ...failure.details, wasSent: false },
    cause: failure,
  });
}
