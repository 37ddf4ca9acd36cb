import { Failure, isFailure } from '../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { HttpAnswer, HttpClient, OAuthDeclaration } from '../kit/index.js';
import { bodyOf, errorOf } from './answers.js';
import { type Portal, placeOf, portalOf } from './settings.js';

const usualLifeSeconds = 3_600;

/** The tokens as parts of the secret, and the portal that they are for. */
interface Tokens {
  readonly secret: JsonObject;
  readonly portalUrl: string | null;
}

/** The vendor takes the return address from the application's card, so `redirectUri` is not sent. */
export const oauth: OAuthDeclaration = {
  settings: { auth: 'oauth' },
  authorizeUrl: (settings, { clientId, state }) =>
    `${portalOf(settings).baseUrl}/oauth/authorize/?${new URLSearchParams({ client_id: clientId, state })}`,
  exchange: async ({ settings, secret, query, http, signal }) => {
    const portal = portalOf(settings);
    const code = query.code ?? '';
    if (code === '') throw revoked('The portal sent no code back.');
    const tokens = await askForTokens(http, portal, { ...secret, code }, 'authorization_code', signal);
    // A portal that was renamed tells its new address; one that somebody else named is not followed elsewhere.
    const told = tokens.portalUrl;
    const moved: JsonObject = told === null || placeOf(told) === placeOf(portal.baseUrl) ? {} : { base_url: told };
    return { secret: { ...secret, ...tokens.secret }, settings: moved };
  },
};

/**
 * Asks the token server. Only a refusal of what was sent asks for a person; everything else passes. Whatever happens
 * here, the request that needs the token has not been sent.
 */
export async function askForTokens(
  http: HttpClient,
  portal: Portal,
  secret: JsonObject,
  grant: 'authorization_code' | 'refresh_token',
  signal: AbortSignal,
): Promise<Tokens> {
  const field = grant === 'refresh_token' ? 'refresh_token' : 'code';
  const query = new URLSearchParams({ grant_type: grant });
  for (const name of ['client_id', 'client_secret', field]) query.set(name, need(secret, name));
  const url = `${portal.oauthUrl}/oauth/token/?${query}`;
  try {
    return tokensOf(await http.request({ method: 'GET', url, headers: { accept: 'application/json' }, signal }));
  } catch (error) {
    if (!isFailure(error) || error.details?.wasSent !== true) throw error;
    const details = { ...error.details, wasSent: false };
    throw new Failure(error.code, { message: error.message, hint: error.hint, details, cause: error });
  }
}

function tokensOf(answer: HttpAnswer): Tokens {
  const body = bodyOf(answer);
  if (answer.status >= 300 || errorOf(body) !== null) throw refusalOf(answer);
  const token = isJsonObject(body) ? body.access_token : null;
  if (!isJsonObject(body) || typeof token !== 'string' || token === '') throw unavailable(answer.status, 'no token');
  const seconds = Number(body.expires_in);
  const endpoint = typeof body.client_endpoint === 'string' ? body.client_endpoint : '';
  return {
    secret: {
      access_token: token,
      refresh_token: typeof body.refresh_token === 'string' ? body.refresh_token : null,
      expires_at: new Date(Date.now() + (seconds > 0 ? seconds : usualLifeSeconds) * 1_000).toISOString(),
      ...(typeof body.member_id === 'string' && { member_id: body.member_id }),
    },
    portalUrl: URL.canParse(endpoint) ? endpoint.replace(/\/rest\/?$/, '').replace(/\/+$/, '') : null,
  };
}

function refusalOf(answer: HttpAnswer): Failure {
  const error = errorOf(bodyOf(answer));
  const code = (error?.code ?? '').toLowerCase();
  if (code === 'payment_required' || answer.status === 402)
    return new Failure('vendor/quota', {
      message: 'Bitrix24 gives no token: the application or the portal’s plan is not paid.',
      hint: 'Pay in Bitrix24, then let the run go on.',
      details: { status: answer.status, wasSent: false },
    });
  if (answer.status === 429 || code === 'query_limit_exceeded')
    return new Failure('vendor/rate_limited', {
      message: 'The token server of Bitrix24 was asked too often.',
      hint: 'Nothing to do: it is asked again when it allows.',
      retryAfterMs: retryAfterOf(answer.headers) ?? 1_000,
      details: { status: answer.status, wasSent: false },
    });
  if (error === null || answer.status >= 500 || answer.status === 408) return unavailable(answer.status, 'no answer');
  return revoked(`Bitrix24 does not accept this connection’s sign-in any more (\`${error.code || error.words}\`).`);
}

function revoked(message: string): Failure {
  return new Failure('connection/token_revoked', {
    message,
    hint: 'Connect the account again; the pipelines go on from where they stopped.',
    details: { wasSent: false },
  });
}

function unavailable(status: number, what: string): Failure {
  return new Failure('vendor/unavailable', {
    message: `The token server of Bitrix24 gave ${what} (status ${status}).`,
    hint: 'The request is repeated; if this stays, the vendor is down.',
    details: { status, wasSent: false },
  });
}

function need(secret: JsonObject, name: string): string {
  const value = secret[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Failure('connection/missing_secret', {
    message: `The secret of this connection has no \`${name}\`.`,
    hint: 'Connect the account again.',
    details: { wasSent: false },
  });
}
