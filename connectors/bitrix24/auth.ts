import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { ConnectionContext } from '../kit/index.js';
import { askForTokens } from './oauth.js';
import type { Portal } from './settings.js';

/** Tokens are renewed this long before they run out, at the next use: the vendor forbids renewing on a timer. */
const renewBeforeMs = 10_000;

/** How one request is signed. */
export interface Access {
  /** What stands between the portal's address and the method. */
  readonly path: string;
  /** Goes into the body of the request. */
  readonly auth: string | null;
  readonly secret: JsonObject;
}

/** Signs requests by an incoming webhook or by OAuth tokens, which are renewed once for all who wait for them. */
export class Authorizer {
  #known: Access | null = null;
  #renewing: Promise<Access> | null = null;

  constructor(
    readonly portal: Portal,
    readonly context: ConnectionContext,
  ) {}

  get canRenew(): boolean {
    return this.portal.auth === 'oauth';
  }

  async access(signal: AbortSignal): Promise<Access> {
    if (this.#known !== null && !isEnding(this.#known.secret)) return this.#known;
    const secret = await this.context.credentials.read();
    const access = this.portal.auth === 'webhook' ? webhookAccess(secret) : tokenAccess(secret);
    if (this.canRenew && (access.auth === '' || isEnding(secret))) return this.renew(access, signal);
    this.#known = access;
    return access;
  }

  /** New tokens in place of those that the portal refused. */
  renew(seen: Access, signal: AbortSignal): Promise<Access> {
    if (this.#known !== null && this.#known.auth !== seen.auth) return Promise.resolve(this.#known);
    this.#renewing ??= this.#renew(seen, signal).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renew(seen: Access, signal: AbortSignal): Promise<Access> {
    try {
      const next = await this.context.credentials.renew(seen.secret, async (current) => ({
        ...current,
        ...(await askForTokens(this.context.http, this.portal, current, 'refresh_token', signal)).secret,
      }));
      this.#known = tokenAccess(next);
      return this.#known;
    } catch (error) {
      if (isFailure(error) && error.code === 'connection/token_revoked')
        throw new Failure(error.code, {
          message: error.message,
          hint: error.hint,
          details: { ...error.details, connectionId: this.context.connectionId },
        });
      throw error;
    }
  }
}

function isEnding(secret: JsonObject): boolean {
  const endsMs = Date.parse(String(secret.expires_at ?? ''));
  return !Number.isNaN(endsMs) && endsMs - renewBeforeMs <= Date.now();
}

function tokenAccess(secret: JsonObject): Access {
  return { path: '/rest', auth: typeof secret.access_token === 'string' ? secret.access_token : '', secret };
}

function webhookAccess(secret: JsonObject): Access {
  const match = /(?:^|\/)(\d+)\/([A-Za-z0-9_-]+)\/?(?:profile(?:\.json)?)?$/.exec(String(secret.webhook ?? '').trim());
  if (match !== null) return { path: `/rest/${match[1]}/${match[2]}`, auth: null, secret };
  throw new Failure('connection/invalid_secret', {
    message: 'The secret of this connection holds no incoming webhook.',
    hint: 'Give `webhook` as the portal shows it: `https://<portal>/rest/<user>/<code>/`.',
  });
}
