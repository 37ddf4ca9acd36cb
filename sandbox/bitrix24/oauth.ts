import type { SandboxClock } from '../kit/clock.js';
import { type Answer, escapeHtml, htmlAnswer, jsonAnswer, type VendorRequest } from '../kit/exchange.js';
import type { Random } from '../kit/random.js';
import { users } from './directories.js';
import { parsePhpQuery, textOf } from './php.js';
import type { BitrixSettings } from './switches.js';

const CODE_SECONDS = 30;
export const ACCESS_SECONDS = 3600;
const REFRESH_SECONDS = 180 * 86_400;

/** How the application and its hosts are known. */
export interface OAuthParties {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly memberId: string;
  readonly applicationToken: string;
  portalUrl(): string;
  serverUrl(): string;
}

/** What the control route shows of the authorization server. */
export interface OAuthCounts {
  codes: number;
  exchanged: number;
  refreshed: number;
  /** Codes and refresh tokens that came a second time. */
  reused: number;
}

interface Ticket {
  readonly userId: number;
  expiresAt: number;
}

type TokenState = { readonly userId: number } | 'expired' | 'unknown';

/** The portal's consent page and the vendor's authorization server, which is another host. */
export class PortalOAuth {
  readonly parties: OAuthParties;
  readonly counts: OAuthCounts = { codes: 0, exchanged: 0, refreshed: 0, reused: 0 };
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #settings: BitrixSettings;
  readonly #codes = new Map<string, Ticket>();
  readonly #access = new Map<string, Ticket>();
  readonly #refresh = new Map<string, Ticket>();
  readonly #used = new Set<string>();
  #isInstalled = true;

  constructor(parties: OAuthParties, settings: BitrixSettings, clock: SandboxClock, random: Random) {
    this.parties = parties;
    this.#settings = settings;
    this.#clock = clock;
    this.#random = random;
  }

  /** `GET|POST /oauth/authorize/` of the portal: the return address comes from the application's card alone. */
  authorize(request: VendorRequest): Answer {
    const question = request.method === 'POST' ? request.form() : request.query;
    const clientId = question.get('client_id') ?? request.query.get('client_id');
    if (clientId !== this.parties.clientId || !this.#isInstalled) {
      return page('<h1>Application not found</h1><p>The application is not installed on this account.</p>');
    }
    const state = question.get('state') ?? request.query.get('state');
    const isAgreed = this.#settings.signed_in || (request.method === 'POST' && question.get('decision') !== 'deny');
    if (request.method === 'POST' && !isAgreed) return page('<h1>Access was not given</h1>');
    if (!isAgreed) return signInPage(clientId, state);
    const userId = Number(question.get('user_id') ?? 1);
    return this.#sendBack(users.some(({ id }) => id === userId) ? userId : 1, state);
  }

  /** `GET|POST /oauth/token/` of the authorization server. */
  token(request: VendorRequest): Answer {
    const given = {
      ...parsePhpQuery(request.target.slice(request.path.length + 1)),
      ...(request.method === 'POST' ? parsePhpQuery(request.body.toString('utf8')) : {}),
    };
    const of = (name: string) => textOf(given[name]);
    if (!['authorization_code', 'refresh_token'].includes(of('grant_type'))) {
      return this.#refuse(400, 'invalid_request', 'Unsupported grant type');
    }
    const isClient = of('client_id') === this.parties.clientId && of('client_secret') === this.parties.clientSecret;
    if (!isClient || !this.#isInstalled) return this.#refuse(401, 'invalid_client', 'Invalid client');
    if (this.#settings.payment_required) return this.#refuse(400, 'PAYMENT_REQUIRED', 'Payment required');
    return of('grant_type') === 'refresh_token' ? this.#renew(of('refresh_token')) : this.#exchange(of('code'));
  }

  /** Whose access token this is. */
  stateOf(accessToken: string): TokenState {
    const ticket = this.#access.get(accessToken);
    if (ticket === undefined) return 'unknown';
    return ticket.expiresAt > this.#clock.now() ? { userId: ticket.userId } : 'expired';
  }

  /** `access`: all access tokens run out at once; `all`: no token is known any more; `uninstall`: nor the client. */
  revoke(what: 'access' | 'all' | 'uninstall'): void {
    if (what === 'access') for (const ticket of this.#access.values()) ticket.expiresAt = this.#clock.now();
    else {
      this.#access.clear();
      this.#refresh.clear();
    }
    if (what === 'uninstall') this.#isInstalled = false;
  }

  install(): void {
    this.#isInstalled = true;
  }

  /** A fresh pair of tokens in the words of the token answer. */
  issue(userId: number, withDetails: boolean): Record<string, string | number> {
    const now = this.#clock.now();
    const access = this.#secret();
    const refresh = this.#secret();
    this.#access.set(access, { userId, expiresAt: now + ACCESS_SECONDS * 1000 });
    this.#refresh.set(refresh, { userId, expiresAt: now + REFRESH_SECONDS * 1000 });
    return {
      access_token: access,
      refresh_token: refresh,
      expires_in: ACCESS_SECONDS,
      ...(withDetails ? { expires: Math.floor(now / 1000) + ACCESS_SECONDS, user_id: userId } : {}),
      ...this.endpoints(),
      scope: this.#settings.app_scope,
      status: this.#settings.app_status,
    };
  }

  /** An access token alone, as events carry it. */
  issueAccess(userId: number): string {
    const access = this.#secret();
    this.#access.set(access, { userId, expiresAt: this.#clock.now() + ACCESS_SECONDS * 1000 });
    return access;
  }

  /** Where the portal and the authorization server answer. `domain` is the authorization server, not the portal. */
  endpoints(): Record<string, string> {
    return {
      client_endpoint: `${this.parties.portalUrl()}/rest/`,
      server_endpoint: `${this.parties.serverUrl()}/rest/`,
      domain: new URL(this.parties.serverUrl()).host,
      member_id: this.parties.memberId,
    };
  }

  #sendBack(userId: number, state: string | null): Answer {
    const code = this.#secret();
    this.#codes.set(code, { userId, expiresAt: this.#clock.now() + CODE_SECONDS * 1000 });
    this.counts.codes += 1;
    if (this.#settings.redirect_uri === '') return page(`<h1>Your code</h1><p id="code">${code}</p>`);
    const back = new URL(this.#settings.redirect_uri);
    const answer = {
      code,
      ...(state === null ? {} : { state }),
      domain: new URL(this.parties.portalUrl()).host,
      member_id: this.parties.memberId,
      scope: this.#settings.app_scope,
      server_domain: new URL(this.parties.serverUrl()).host,
    };
    for (const [name, value] of Object.entries(answer)) back.searchParams.set(name, value);
    return { status: 302, headers: { location: back.href } };
  }

  #exchange(code: string): Answer {
    const ticket = this.#take(this.#codes, code, true);
    if (ticket === undefined) return this.#refuse(400, 'invalid_grant', 'Invalid grant');
    this.counts.exchanged += 1;
    return jsonAnswer(200, this.issue(ticket.userId, false), { 'cache-control': 'no-store' });
  }

  #renew(token: string): Answer {
    const ticket = this.#take(this.#refresh, token, this.#settings.refresh_once);
    if (ticket === undefined) return this.#refuse(400, 'invalid_grant', 'Invalid grant');
    this.counts.refreshed += 1;
    return jsonAnswer(200, this.issue(ticket.userId, true), { 'cache-control': 'no-store' });
  }

  #take(tickets: Map<string, Ticket>, secret: string, isOnce: boolean): Ticket | undefined {
    const ticket = tickets.get(secret);
    if (this.#used.has(secret)) this.counts.reused += 1;
    if (ticket === undefined || ticket.expiresAt <= this.#clock.now()) return undefined;
    this.#used.add(secret);
    if (isOnce) tickets.delete(secret);
    return ticket;
  }

  #refuse(status: number, error: string, description: string): Answer {
    const shown = { usual: status, all_400: 400, all_200: 200 }[this.#settings.oauth_statuses];
    return jsonAnswer(shown, { error, error_description: description });
  }

  #secret(): string {
    return this.#random.hex(70);
  }
}

function signInPage(clientId: string, state: string | null): Answer {
  const people = users
    .filter(({ active }) => active)
    .map(({ id, name, lastName }) => `<option value="${id}">${escapeHtml(`${name} ${lastName}`)}</option>`)
    .join('');
  const kept = state === null ? '' : `<input type="hidden" name="state" value="${escapeHtml(state)}">`;
  return page(`<h1>Sign in to Bitrix24</h1><form method="post">
<input type="hidden" name="client_id" value="${escapeHtml(clientId)}">${kept}
<select name="user_id">${people}</select>
<button name="decision" value="approve">Sign in and allow</button> <button name="decision" value="deny">Refuse</button>
</form>`);
}

function page(body: string): Answer {
  return htmlAnswer(
    200,
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bitrix24</title></head><body>${body}</body></html>`,
  );
}
