import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { HttpAnswer, HttpClient } from '../kit/index.js';
import { textAt } from '../kit/json-path.js';
import { cookiesOf } from './cookies.js';
import { type CreatioSettings, identityUrl } from './settings.js';

const standardLifeSeconds = 3_600;

/** What signing in needs; whatever fails here, the request that needs the credentials has not been sent. */
export interface SignIn {
  readonly settings: CreatioSettings;
  readonly http: HttpClient;
  readonly connectionId: string;
  readonly signal: AbortSignal;
}

/**
 * Opens a session: always at the root of the site, in both runtimes. A wrong password is status 200 with a code.
 * https://academy.creatio.com/docs/developer/integrations_and_api/authentication
 */
export async function openSession(on: SignIn, secret: JsonObject): Promise<JsonObject> {
  const answer = await ask(on, {
    url: `${on.settings.baseUrl}/ServiceModel/AuthService.svc/Login`,
    type: 'application/json',
    body: JSON.stringify({ UserName: need(secret, 'username'), UserPassword: need(secret, 'password') }),
  });
  const body = bodyOf(answer);
  const code = textAt(body, ['Code']);
  if (answer.status === 401 || answer.status === 403 || (code !== null && code !== '0')) {
    throw refused(on, textAt(body, ['Message']) || textAt(body, ['Exception', 'Message']), isPasswordOver(body));
  }
  if (answer.status >= 300 || code === null) throw unavailable(answer.status);
  const cookies = cookiesOf(answer.headers['set-cookie']);
  if (cookies.size === 0) throw noToken('cookies');
  const header = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return { ...secret, cookies: header, csrf_token: cookies.get('BPMCSRF') ?? null };
}

/** Asks the identity service for a token: by the app's own credentials, or by the refresh token of a consent. */
export async function renewToken(on: SignIn, secret: JsonObject): Promise<JsonObject> {
  const app = { client_id: need(secret, 'client_id'), client_secret: need(secret, 'client_secret') };
  const grant: Readonly<Record<string, string>> =
    on.settings.auth === 'client_credentials'
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: needConsent(on, secret) };
  return requestToken(on, secret, { ...app, ...grant });
}

/** One call of the token address; `secret` with the new tokens in it. */
export async function requestToken(
  on: SignIn,
  secret: JsonObject,
  form: Readonly<Record<string, string>>,
): Promise<JsonObject> {
  const answer = await ask(on, {
    url: `${identityUrl(on.settings)}/connect/token`,
    type: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(form).toString(),
  });
  const body = bodyOf(answer);
  const error = textAt(body, ['error']);
  if (error !== null || [400, 401, 403].includes(answer.status))
    throw refused(on, textAt(body, ['error_description']) ?? error, false);
  if (answer.status >= 300) throw unavailable(answer.status);
  const token = textAt(body, ['access_token']);
  if (token === null) throw noToken('a token');
  const seconds = Number(textAt(body, ['expires_in']) ?? standardLifeSeconds);
  const lifeMs = (Number.isFinite(seconds) && seconds > 0 ? seconds : standardLifeSeconds) * 1_000;
  const refreshToken = textAt(body, ['refresh_token']) ?? secret.refresh_token ?? null;
  return {
    ...secret,
    access_token: token,
    expires_at: new Date(Date.now() + lifeMs).toISOString(),
    ...(refreshToken !== null && { refresh_token: refreshToken }),
  };
}

async function ask(
  { http, signal }: SignIn,
  call: { readonly url: string; readonly type: string; readonly body: string },
): Promise<HttpAnswer> {
  let answer: HttpAnswer;
  try {
    answer = await http.request({
      method: 'POST',
      url: call.url,
      headers: { 'content-type': call.type, accept: 'application/json', ForceUseSession: 'true' },
      body: call.body,
      signal,
    });
  } catch (error) {
    throw isFailure(error) && error.details?.wasSent === true ? nothingSent(error) : error;
  }
  if (answer.status === 429) {
    throw new Failure('vendor/rate_limited', {
      message: 'The sign-in of the instance was asked too often (status 429).',
      hint: 'Nothing to do: it is asked again when the instance allows.',
      retryAfterMs: retryAfterOf(answer.headers) ?? 1_000,
      details: { status: answer.status, wasSent: false },
    });
  }
  if (answer.status >= 500 || answer.status === 408) throw unavailable(answer.status);
  return answer;
}

function bodyOf(answer: HttpAnswer): JsonValue | undefined {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

function isPasswordOver(body: JsonValue | undefined): boolean {
  return textAt(body, ['PasswordChangeUrl']) !== null;
}

export function textOf(secret: JsonObject, name: string): string | null {
  const value = secret[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function need(secret: JsonObject, name: string): string {
  const value = textOf(secret, name);
  if (value !== null) return value;
  throw new Failure('connection/invalid_secret', {
    message: `The secret of this connection has no \`${name}\`.`,
    hint: 'Connect it again and enter all parts of the secret that its way of signing in needs.',
    details: { wasSent: false },
  });
}

function needConsent(on: SignIn, secret: JsonObject): string {
  const value = textOf(secret, 'refresh_token');
  if (value !== null) return value;
  throw refused(on, 'There is no refresh token.', false);
}

/** Only a refusal of the credentials themselves asks for a person; everything else passes. */
function refused(on: SignIn, words: string | null, isPasswordOver: boolean): Failure {
  const said = words === null || words === '' ? '' : ` It says: ${words.slice(0, 200)}`;
  return new Failure('connection/token_revoked', {
    message: `The instance does not accept this connection’s credentials any more.${said}`.replace(/\.?$/, '.'),
    hint: isPasswordOver
      ? 'Change the expired password at the instance, then connect it again; the pipelines go on from where they stopped.'
      : 'Connect the instance again; the pipelines go on from where they stopped.',
    details: { connectionId: on.connectionId, wasSent: false },
  });
}

function unavailable(status: number): Failure {
  return new Failure('vendor/unavailable', {
    message: `The sign-in of the instance was answered with status ${status} and no result.`,
    hint: 'The request is repeated; if this stays, the instance is down or its address is wrong.',
    details: { status, wasSent: false },
  });
}

function noToken(what: string): Failure {
  return new Failure('read/bad_answer', {
    message: `The sign-in of the instance was answered without ${what}.`,
    hint: 'The request is repeated; if this stays, check the address of the connection.',
    details: { wasSent: false },
  });
}

function nothingSent(failure: Failure): Failure {
  return new Failure(failure.code, {
    message: failure.message,
    hint: failure.hint,
    details: { ...failure.details, wasSent: false },
    cause: failure,
  });
}
