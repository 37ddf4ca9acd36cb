import { type Answer, htmlAnswer, jsonAnswer, type VendorRequest } from '../../kit/exchange.js';
import { isObject, textAt } from '../../kit/json.js';
import type { OAuthServer } from '../../kit/oauth.js';
import type { Switches } from '../../kit/settings.js';
import type { TouchOrder, VendorApp } from '../../kit/vendor-app.js';
import type { CreatioSettings } from '../switches.js';

/** The Identity Service: a host of its own beside the site. */
export class IdentityApp implements VendorApp {
  readonly switches: Switches<CreatioSettings>;
  readonly #oauth: OAuthServer;
  readonly #main: VendorApp;
  readonly #scheme: 'http' | 'https';

  constructor(
    oauth: OAuthServer,
    main: VendorApp & { readonly switches: Switches<CreatioSettings> },
    scheme: 'http' | 'https',
  ) {
    this.#oauth = oauth;
    this.#main = main;
    this.#scheme = scheme;
    this.switches = main.switches;
  }

  handle(request: VendorRequest): Answer {
    const { method, path } = request;
    if (path === '/connect/token') return method === 'POST' ? this.#token(request) : { status: 405 };
    if (path === '/connect/authorize') return this.#oauth.authorize(request);
    if (path === '/.well-known/openid-configuration') return openIdConfiguration(addressOf(request, this.#scheme));
    return { status: 404 };
  }

  refuse(status: number, retryAfterSeconds?: number): Answer {
    return this.#main.refuse(status, retryAfterSeconds);
  }

  state(): Iterable<readonly [string, Iterable<string | Buffer>]> {
    return this.#main.state();
  }

  counts(): Record<string, number> {
    return this.#main.counts();
  }

  touch(order: TouchOrder): string[] {
    return this.#main.touch(order);
  }

  reset(): void {
    this.#main.reset();
  }

  /** Only forms are read, and every error is a bare 400, an unknown client included. */
  #token(request: VendorRequest): Answer {
    if (!(request.header('content-type') ?? '').includes('x-www-form-urlencoded')) return failure('invalid_request');
    const answer = this.#oauth.token(request);
    if (answer.status === 200) return answer;
    const body: unknown = JSON.parse(String(answer.body ?? '{}'));
    return failure(isObject(body) ? (textAt(body, 'error') ?? 'invalid_request') : 'invalid_request');
  }
}

/** The discovery document; the site serves a copy under `/0/.well-known`. */
export function openIdConfiguration(issuer: string): Answer {
  return jsonAnswer(200, {
    issuer,
    authorization_endpoint: `${issuer}/connect/authorize`,
    token_endpoint: `${issuer}/connect/token`,
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'offline_access'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  });
}

/** The address under which a client reached a host. */
export function addressOf(request: VendorRequest, scheme: 'http' | 'https'): string {
  return `${request.header('x-forwarded-proto') ?? scheme}://${request.header('host') ?? 'localhost'}`;
}

/** The page of the front door when nothing behind it answers. */
export function frontDoor(status: number, title: string, headers: Record<string, string>): Answer {
  return htmlAnswer(
    status,
    `<html><head><title>${status} ${title}</title></head><body><center><h1>${status} ${title}</h1></center></body></html>`,
    headers,
  );
}

function failure(error: string): Answer {
  return jsonAnswer(400, { error }, { 'cache-control': 'no-store' });
}
