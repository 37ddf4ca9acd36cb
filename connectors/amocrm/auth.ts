import { Failure, isFailure } from '../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import type { ConnectionContext, HttpAnswer, HttpClient } from '../kit/index.js';
import { missing, textOf } from './secret-parts.js';
import type { Places } from './settings.js';
import { askForToken } from './token-endpoint.js';

/** Tokens live for a day; they are renewed this long before their end. */
const renewBeforeMs = 5 * 60_000;

/** A token with the secret it was taken from. */
export interface Authorization {
  readonly token: string;
  readonly secret: JsonObject;
}

/** Gives the token of a connection; renews it, one renewer at a time over all workers. */
export class Authorizer {
  #known: Authorization | null = null;
  #renewing: { readonly seen: string; readonly result: Promise<Authorization> } | null = null;

  constructor(
    readonly places: Places,
    readonly context: ConnectionContext,
  ) {}

  async token(signal: AbortSignal): Promise<Authorization> {
    if (this.#known !== null && !isEnding(this.#known.secret)) return this.#known;
    const secret = await this.context.credentials.read();
    const name = this.places.usesToken ? 'token' : 'access_token';
    const token = textOf(secret, name);
    if (this.places.usesToken) return this.#remember(token ?? missing('token'), secret);
    if (token !== null && !isEnding(secret)) return this.#remember(token, secret);
    return this.renew({ token: token ?? '', secret }, signal);
  }

  /** Replaces a token that the vendor refused, or that is about to end. Calls at the same time share one renewal. */
  async renew(seen: Authorization, signal: AbortSignal): Promise<Authorization> {
    if (this.places.usesToken) throw this.#revoked('The long-lived token is refused: it was revoked or has run out');
    if (this.#renewing?.seen === seen.token) return this.#renewing.result;
    if (this.#known !== null && this.#known.token !== seen.token) return this.#known;
    this.#known = null;
    const result = this.#renew(seen, signal);
    const renewing = { seen: seen.token, result };
    this.#renewing = renewing;
    try {
      return await result;
    } finally {
      if (this.#renewing === renewing) this.#renewing = null;
    }
  }

  async #renew(seen: Authorization, signal: AbortSignal): Promise<Authorization> {
    const secret = await this.context.credentials.renew(seen.secret, (current) => this.#refresh(current, signal));
    return this.#remember(textOf(secret, 'access_token') ?? missing('access_token'), secret);
  }

  #remember(token: string, secret: JsonObject): Authorization {
    this.#known = { token, secret };
    return this.#known;
  }

  /** A refresh token works once; whatever happens here, the request that needs the token has not been sent. */
  async #refresh(secret: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const refreshToken = textOf(secret, 'refresh_token');
    if (refreshToken === null) throw this.#revoked('There is no refresh token for this connection');
    const { baseUrl } = this.places;
    const { http, connectionId } = this.context;
    const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
    const answer = await askForToken({ baseUrl, secret, grant, http, signal, connectionId });
    if ('secret' in answer) return answer.secret;
    const moved = await movedTo(this.places, http, secret, refreshToken, signal);
    if (moved !== null) throw accountMoved(baseUrl, moved);
    throw this.#revoked(answer.words);
  }

  #revoked(words: string): Failure {
    return new Failure('connection/token_revoked', {
      message: `amoCRM does not accept this connection’s token any more: ${words.replace(/\.$/, '')}.`,
      hint: 'Connect the account again; the pipelines go on from where they stopped.',
      details: { connectionId: this.context.connectionId, wasSent: false },
    });
  }
}

/**
 * An account that was renamed refuses its tokens at the old address; the vendor tells the new one at its consent
 * address. Null where it has not moved or nobody can be asked.
 */
async function movedTo(
  places: Places,
  http: HttpClient,
  secret: JsonObject,
  refreshToken: string,
  signal: AbortSignal,
): Promise<string | null> {
  const token = textOf(secret, 'access_token') ?? '';
  const questions: readonly { readonly path: string; readonly headers: Readonly<Record<string, string>> }[] = [
    { path: '/oauth2/account/subdomain', headers: { authorization: `Bearer ${token}` } },
    { path: '/oauth2/account/current/subdomain', headers: { 'x-refresh-token': refreshToken } },
  ];
  for (const { path, headers } of questions) {
    const url = `${places.oauthUrl}${path}`;
    const host = await http.request({ method: 'GET', url, headers, signal }).then(domainIn, (error) => {
      if (signal.aborted || !isFailure(error)) throw error;
      return null;
    });
    if (host !== null) return host.toLowerCase() === new URL(places.baseUrl).hostname ? null : host;
  }
  return null;
}

function domainIn(answer: HttpAnswer): string | null {
  try {
    const body = answer.status === 200 ? answer.json() : null;
    const domain = isJsonObject(body) ? body.domain : null;
    return typeof domain === 'string' && /^[a-z0-9.-]+$/i.test(domain) ? domain : null;
  } catch {
    return null;
  }
}

function accountMoved(from: string, to: string): Failure {
  return new Failure('connection/invalid_settings', {
    message: `The account at \`${from}\` has moved to \`${to}\`.`,
    hint: `Set \`base_url\` of the connection to \`https://${to}\`, then connect it again.`,
    details: { wasSent: false },
  });
}

function isEnding(secret: JsonObject): boolean {
  const at = textOf(secret, 'expires_at');
  return at !== null && Date.parse(at) - Date.now() < renewBeforeMs;
}
