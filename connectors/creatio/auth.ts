import type { JsonObject } from '../../core/json.js';
import type { ConnectionContext } from '../kit/index.js';
import { cookiesOf, withCookies } from './cookies.js';
import { primeSession, sessionHeaders } from './runtime.js';
import type { CreatioSettings } from './settings.js';
import { openSession, renewToken, type SignIn, textOf } from './sign-in.js';

/** Tokens are renewed this long before they run out. */
const renewBeforeMs = 60_000;

/** Headers made from one state of the secret. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  readonly secret: JsonObject;
}

/**
 * Makes the credential headers. Sessions and tokens are stored with the secret, so that all workers share one: each
 * sign-in opens a session at the instance that lives on for an hour.
 */
export class Authorizer {
  #known: Authorization | null = null;
  #renewing: Promise<Authorization> | null = null;

  constructor(
    readonly settings: CreatioSettings,
    readonly context: ConnectionContext,
  ) {}

  async headers(signal: AbortSignal): Promise<Authorization> {
    if (this.#known !== null && !isEnding(this.#known.secret)) return this.#known;
    const secret = await this.context.credentials.read();
    const isReady = textOf(secret, this.#isSession ? 'cookies' : 'access_token') !== null && !isEnding(secret);
    return isReady ? this.#remember(secret) : this.renew({ headers: {}, secret }, signal);
  }

  /** Replaces credentials that were refused; `seen` is what was refused. Calls at the same time share one renewal. */
  async renew(seen: Authorization, signal: AbortSignal): Promise<Authorization> {
    const isNewer = this.#known !== null && this.#known.secret !== seen.secret;
    if (this.#known !== null && isNewer && !isEnding(this.#known.secret)) return this.#known;
    this.#renewing ??= this.#renew(seen, signal).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  /** Cookies that an answer renews. */
  learn(used: Authorization, setCookie: string | undefined): void {
    if (!this.#isSession || setCookie === undefined || used !== this.#known) return;
    const cookie = withCookies(used.headers.cookie ?? '', cookiesOf(setCookie));
    const csrf = cookiesOf(setCookie).get('BPMCSRF') ?? used.headers.BPMCSRF ?? null;
    this.#known = { secret: used.secret, headers: sessionHeaders(cookie, csrf) };
  }

  get #isSession(): boolean {
    return this.settings.auth === 'session';
  }

  async #renew(seen: Authorization, signal: AbortSignal): Promise<Authorization> {
    this.#known = null;
    const on: SignIn = {
      settings: this.settings,
      http: this.context.http,
      connectionId: this.context.connectionId,
      signal,
    };
    const secret = await this.context.credentials.renew(seen.secret, async (current) =>
      this.#isSession ? primeSession(on, await openSession(on, current)) : renewToken(on, current),
    );
    return this.#remember(secret);
  }

  #remember(secret: JsonObject): Authorization {
    const headers = this.#isSession
      ? sessionHeaders(textOf(secret, 'cookies') ?? '', textOf(secret, 'csrf_token'))
      : { authorization: `Bearer ${textOf(secret, 'access_token') ?? ''}` };
    this.#known = { headers, secret };
    return this.#known;
  }
}

/** Sessions end by idleness, which nobody tells beforehand; tokens say when. */
function isEnding(secret: JsonObject): boolean {
  const at = textOf(secret, 'expires_at');
  return at !== null && Date.parse(at) - Date.now() < renewBeforeMs;
}
