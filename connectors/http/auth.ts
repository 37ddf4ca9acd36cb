import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { ConnectionContext, HttpAnswer } from '../kit/index.js';
import { parseJsonPath, textAt } from '../kit/json-path.js';
import type { Service } from './service.js';

/** Tokens are renewed this long before they run out. */
const renewBeforeMs = 30_000;

/** Headers made from one state of the secret. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  readonly secret: JsonObject;
}

/** Makes the credential headers of a service; renews tokens and sessions, one renewer at a time over all workers. */
export class Authorizer {
  #known: Authorization | null = null;

  constructor(
    readonly service: Service,
    readonly baseUrl: string,
    readonly context: ConnectionContext,
  ) {}

  get canRenew(): boolean {
    return this.service.auth.kind === 'oauth2' || this.service.auth.kind === 'session';
  }

  async headers(signal: AbortSignal): Promise<Authorization> {
    if (this.#known !== null && !isEnding(this.#known.secret)) return this.#known;
    if (this.service.auth.kind === 'none') return { headers: {}, secret: {} };
    const secret = await this.context.credentials.read();
    if (!this.canRenew) return this.#remember(secret);
    const isReady = textOf(secret, 'access_token') !== null && !isEnding(secret);
    return isReady ? this.#remember(secret) : this.renew({ headers: {}, secret }, signal);
  }

  /** Replaces credentials that the service refused; `seen` is what was refused. */
  async renew(seen: Authorization, signal: AbortSignal): Promise<Authorization> {
    this.#known = null;
    const secret = await this.context.credentials.renew(seen.secret, (current) =>
      this.service.auth.kind === 'session' ? this.#signIn(current, signal) : this.#token(current, signal),
    );
    return this.#remember(secret);
  }

  #remember(secret: JsonObject): Authorization {
    this.#known = { headers: this.#headersOf(secret), secret };
    return this.#known;
  }

  #headersOf(secret: JsonObject): Record<string, string> {
    const { auth } = this.service;
    switch (auth.kind) {
      case 'bearer':
        return { authorization: `Bearer ${need(secret, 'token')}` };
      case 'oauth2':
        return { authorization: `Bearer ${need(secret, 'access_token')}` };
      case 'basic':
        return {
          authorization: `Basic ${Buffer.from(`${need(secret, 'username')}:${need(secret, 'password')}`).toString('base64')}`,
        };
      case 'api_key':
        return { [auth.header ?? 'x-api-key']: `${auth.prefix ?? ''}${need(secret, 'api_key')}` };
      case 'session':
        return { [auth.header ?? 'authorization']: `${auth.prefix ?? ''}${need(secret, 'access_token')}` };
      default:
        return {};
    }
  }

  async #token(secret: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const { auth } = this.service;
    const grant = auth.grant ?? 'client_credentials';
    const form = new URLSearchParams({
      grant_type: grant,
      client_id: need(secret, 'client_id'),
      client_secret: need(secret, 'client_secret'),
      ...(grant === 'refresh_token' && { refresh_token: need(secret, 'refresh_token') }),
      ...(auth.scope !== undefined && { scope: auth.scope }),
    });
    const body = await this.#askForToken(
      auth.token_path ?? '/oauth/token',
      'application/x-www-form-urlencoded',
      form.toString(),
      signal,
    );
    const token = textAt(body, ['access_token']);
    if (token === null) throw noToken();
    const seconds = Number(textAt(body, ['expires_in']) ?? 3_600);
    return {
      ...secret,
      access_token: token,
      refresh_token: textAt(body, ['refresh_token']) ?? secret.refresh_token ?? null,
      expires_at: new Date(Date.now() + (Number.isFinite(seconds) ? seconds : 3_600) * 1_000).toISOString(),
    };
  }

  async #signIn(secret: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    const { auth } = this.service;
    const credentials = { username: need(secret, 'username'), password: need(secret, 'password') };
    const path = auth.token_path ?? '/login';
    const body = await this.#askForToken(path, 'application/json', JSON.stringify(credentials), signal);
    const token = textAt(body, parseJsonPath(auth.token ?? 'token'));
    if (token === null) throw noToken();
    return { ...secret, access_token: token };
  }

  /**
   * The answer of the sign-in. Only a refusal of the credentials themselves asks for a person; everything else passes.
   * Whatever happens here, the request that needs the token has not been sent.
   */
  async #askForToken(path: string, type: string, body: string, signal: AbortSignal): Promise<JsonValue> {
    try {
      const answer = await this.context.http.request({
        method: 'POST',
        url: `${this.baseUrl}${path}`,
        headers: { 'content-type': type, accept: 'application/json' },
        body,
        signal,
      });
      if (answer.status < 300) return answer.json();
      throw this.#refusal(answer);
    } catch (error) {
      throw isFailure(error) && error.details?.wasSent === true ? nothingSent(error) : error;
    }
  }

  #refusal(answer: HttpAnswer): Failure {
    const { status } = answer;
    if (status === 429) {
      return new Failure('vendor/rate_limited', {
        message: 'The sign-in of the service was asked too often (status 429).',
        hint: 'Nothing to do: it is asked again when the service allows.',
        retryAfterMs: retryAfterOf(answer.headers) ?? 1_000,
        details: { status, wasSent: false },
      });
    }
    return status >= 500 || status === 408 || status === 425 ? unavailable(status) : this.#revoked();
  }

  #revoked(): Failure {
    return new Failure('connection/token_revoked', {
      message: `\`${this.service.title}\` does not accept this connection’s credentials any more.`,
      hint: 'Connect the account again; the pipelines go on from where they stopped.',
      details: { connectionId: this.context.connectionId, wasSent: false },
    });
  }
}

function nothingSent(failure: Failure): Failure {
  return new Failure(failure.code, {
    message: failure.message,
    hint: failure.hint,
    details: { ...failure.details, wasSent: false },
    cause: failure,
  });
}

function noToken(): Failure {
  return new Failure('read/bad_answer', {
    message: 'The sign-in of the service answered without a token.',
    hint: 'The request is repeated; if this stays, correct `auth` in the service definition.',
    details: { wasSent: false },
  });
}

function isEnding(secret: JsonObject): boolean {
  const at = textOf(secret, 'expires_at');
  return at !== null && Date.parse(at) - Date.now() < renewBeforeMs;
}

function textOf(secret: JsonObject, name: string): string | null {
  const value = secret[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function need(secret: JsonObject, name: string): string {
  const value = textOf(secret, name);
  if (value !== null) return value;
  throw new Failure('connection/invalid_secret', {
    message: `The secret of this connection has no \`${name}\`.`,
    hint: 'Connect it again and enter all parts of the secret.',
  });
}

function unavailable(status: number): Failure {
  return new Failure('vendor/unavailable', {
    message: `The sign-in of the service answered with status ${status}.`,
    hint: 'The request is repeated; if this stays, the service is down.',
    details: { wasSent: false },
  });
}
