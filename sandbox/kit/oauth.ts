import * as crypto from 'node:crypto';
import type { SandboxClock } from './clock.js';
import { type Answer, htmlAnswer, jsonAnswer, type VendorRequest } from './exchange.js';
import { isObject, textAt } from './json.js';
import { consentPage } from './oauth-page.js';
import type { Random } from './random.js';

/** How a vendor's OAuth behaves. */
export interface OAuthRules {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Addresses the consent page may send people back to; empty = any. */
  readonly redirectUris: readonly string[];
  /** Lives in seconds of the sandbox clock. */
  readonly accessSeconds: number;
  readonly refreshSeconds: number;
  readonly codeSeconds: number;
  /** On: a refresh token works once and is replaced (the usual danger); off: it stays. */
  readonly rotates: boolean;
  readonly scopes: readonly string[];
  /** What the consent page calls the account. */
  readonly account: string;
}

/** What an access token stands for. */
export interface Grant {
  readonly scopes: readonly string[];
  /** The same for all tokens that descend from one consent. */
  readonly family: string;
}

/** Counters that tests read: how often tokens were really given out. */
export interface OAuthCounts {
  codes: number;
  exchanged: number;
  client_credentials: number;
  refreshed: number;
  /** Refresh tokens or codes that came a second time. */
  reused: number;
}

interface Ticket extends Grant {
  readonly expiresAt: number;
  readonly redirectUri?: string;
  readonly challenge?: string;
}

/** An OAuth 2.0 server: consent page, code (with PKCE S256), client credentials, rotating refresh, revocation. */
export class OAuthServer {
  readonly rules: OAuthRules;
  readonly counts: OAuthCounts = { codes: 0, exchanged: 0, client_credentials: 0, refreshed: 0, reused: 0 };
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #codes = new Map<string, Ticket>();
  readonly #access = new Map<string, Ticket>();
  readonly #refresh = new Map<string, Ticket>();
  readonly #used = new Set<string>();

  constructor(rules: OAuthRules, clock: SandboxClock, random: Random) {
    this.rules = rules;
    this.#clock = clock;
    this.#random = random;
  }

  /** The grant of a living access token. */
  grantOf(accessToken: string): Grant | undefined {
    const ticket = this.#access.get(accessToken);
    return ticket !== undefined && ticket.expiresAt > this.#clock.now() ? ticket : undefined;
  }

  /** Makes all access tokens, or all tokens, invalid at once. */
  revoke(what: 'access' | 'all'): void {
    this.#access.clear();
    if (what === 'all') this.#refresh.clear();
  }

  /** `GET` shows the consent page, `POST` takes the person's answer and sends the browser back. */
  authorize(request: VendorRequest): Answer {
    const question = request.method === 'GET' ? request.query : request.form();
    const redirectUri = question.get('redirect_uri') ?? '';
    if (question.get('client_id') !== this.rules.clientId) return htmlAnswer(400, '<h1>Unknown client</h1>');
    if (!this.#mayReturnTo(redirectUri)) return htmlAnswer(400, '<h1>Unknown redirect_uri</h1>');
    if (question.get('response_type') !== 'code')
      return back(redirectUri, question, { error: 'unsupported_response_type' });
    const scopes = (question.get('scope') ?? this.rules.scopes.join(' ')).split(' ').filter(Boolean);
    if (scopes.some((scope) => !this.rules.scopes.includes(scope)))
      return back(redirectUri, question, { error: 'invalid_scope' });
    if (request.method === 'GET') return htmlAnswer(200, consentPage(this.rules.account, scopes, question));
    if (question.get('decision') !== 'approve') return back(redirectUri, question, { error: 'access_denied' });
    return back(redirectUri, question, { code: this.#makeCode(scopes, redirectUri, question) });
  }

  /** The token endpoint: form or JSON body, client in the body or as Basic. */
  token(request: VendorRequest): Answer {
    const given = bodyOf(request);
    if (!this.#isClient(request, given)) return failure(401, 'invalid_client', 'The client is not known.');
    switch (given.grant_type) {
      case 'client_credentials':
        this.counts.client_credentials += 1;
        return this.#issue({ scopes: this.rules.scopes, family: this.#random.hex(12) }, false);
      case 'authorization_code':
        return this.#exchange(given);
      case 'refresh_token':
        return this.#renew(given);
      default:
        return failure(400, 'unsupported_grant_type', 'The grant type is not known.');
    }
  }

  #mayReturnTo(uri: string): boolean {
    return URL.canParse(uri) && (this.rules.redirectUris.length === 0 || this.rules.redirectUris.includes(uri));
  }

  #makeCode(scopes: readonly string[], redirectUri: string, question: URLSearchParams): string {
    const code = this.#random.hex(32);
    const challenge = question.get('code_challenge') ?? undefined;
    const expiresAt = this.#clock.now() + this.rules.codeSeconds * 1000;
    this.#codes.set(code, { scopes, family: this.#random.hex(12), expiresAt, redirectUri, challenge });
    this.counts.codes += 1;
    return code;
  }

  #exchange(given: Record<string, string>): Answer {
    const code = given.code ?? '';
    const ticket = this.#take(this.#codes, code);
    if (ticket === undefined) return failure(400, 'invalid_grant', 'The code is unknown, used or too old.');
    if (ticket.redirectUri !== given.redirect_uri)
      return failure(400, 'invalid_grant', 'The redirect_uri is another one.');
    if (ticket.challenge !== undefined && ticket.challenge !== challengeOf(given.code_verifier ?? '')) {
      return failure(400, 'invalid_grant', 'The code_verifier does not fit.');
    }
    this.counts.exchanged += 1;
    return this.#issue(ticket, true);
  }

  #renew(given: Record<string, string>): Answer {
    const token = given.refresh_token ?? '';
    const ticket = this.rules.rotates ? this.#take(this.#refresh, token) : this.#alive(this.#refresh.get(token));
    if (ticket === undefined) return failure(400, 'invalid_grant', 'The refresh token is unknown, used or too old.');
    this.counts.refreshed += 1;
    return this.#issue(ticket, this.rules.rotates, token);
  }

  /** Takes a single-use ticket; one that comes again is counted. */
  #take(tickets: Map<string, Ticket>, secret: string): Ticket | undefined {
    const ticket = this.#alive(tickets.get(secret));
    if (this.#used.has(secret)) this.counts.reused += 1;
    if (tickets.delete(secret)) this.#used.add(secret);
    return ticket;
  }

  #alive(ticket: Ticket | undefined): Ticket | undefined {
    return ticket !== undefined && ticket.expiresAt > this.#clock.now() ? ticket : undefined;
  }

  #issue({ scopes, family }: Grant, withRefresh: boolean, keptRefresh?: string): Answer {
    const { accessSeconds, refreshSeconds } = this.rules;
    const access = `at_${this.#random.hex(40)}`;
    this.#access.set(access, { scopes, family, expiresAt: this.#clock.now() + accessSeconds * 1000 });
    const refresh = withRefresh ? `rt_${this.#random.hex(40)}` : keptRefresh;
    if (withRefresh && refresh !== undefined) {
      this.#refresh.set(refresh, { scopes, family, expiresAt: this.#clock.now() + refreshSeconds * 1000 });
    }
    const tokens = { access_token: access, token_type: 'Bearer', expires_in: accessSeconds, scope: scopes.join(' ') };
    return jsonAnswer(200, refresh === undefined ? tokens : { ...tokens, refresh_token: refresh }, {
      'cache-control': 'no-store',
    });
  }

  #isClient(request: VendorRequest, given: Record<string, string>): boolean {
    const basic = /^Basic (\S+)$/i.exec(request.header('authorization') ?? '')?.[1];
    const { clientId, clientSecret } = this.rules;
    if (basic === undefined) return given.client_id === clientId && given.client_secret === clientSecret;
    const [id = '', secret = ''] = Buffer.from(basic, 'base64').toString('utf8').split(':', 2);
    return decodeURIComponent(id) === clientId && decodeURIComponent(secret) === clientSecret;
  }
}

function bodyOf(request: VendorRequest): Record<string, string> {
  if (!(request.header('content-type') ?? '').includes('json')) return Object.fromEntries(request.form());
  const body = request.json();
  if (!isObject(body)) return {};
  return Object.fromEntries(Object.keys(body).map((key) => [key, textAt(body, key) ?? '']));
}

function challengeOf(verifier: string): string {
  return crypto.createHash('sha256').update(verifier).digest('base64url');
}

function back(redirectUri: string, question: URLSearchParams, answer: Record<string, string>): Answer {
  const address = new URL(redirectUri);
  const state = question.get('state');
  for (const [name, value] of Object.entries({ ...answer, ...(state === null ? {} : { state }) })) {
    address.searchParams.set(name, value);
  }
  return { status: 302, headers: { location: address.href } };
}

function failure(status: number, error: string, description: string): Answer {
  return jsonAnswer(status, { error, error_description: description }, { 'cache-control': 'no-store' });
}
