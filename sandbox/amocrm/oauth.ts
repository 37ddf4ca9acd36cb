import * as crypto from 'node:crypto';
import type { SandboxClock } from '../kit/clock.js';
import { type Answer, htmlAnswer, jsonAnswer, type VendorRequest } from '../kit/exchange.js';
import { isObject, type JsonObject } from '../kit/json.js';
import type { Random } from '../kit/random.js';
import { oauthProblem } from './answers.js';
import { accessPage } from './oauth-pages.js';

/** What the integration is registered with. */
export interface Integration {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the browser is sent back to, unless the authorisation address names another place. */
  readonly redirectUri: string;
}

/** What an access token stands for. */
export interface Grant {
  readonly userId: number;
  readonly kind: 'access' | 'long_lived';
}

/** Counters that tests read: how often tokens were really given out. */
export interface AmoOAuthCounts {
  codes: number;
  exchanged: number;
  refreshed: number;
  /** Codes or refresh tokens that came a second time. */
  reused: number;
}

/** What can be taken away at once; `integration` ends everything and refuses the client from then on. */
export type Revocation = 'access' | 'refresh' | 'long_lived' | 'all' | 'integration';

interface Ticket {
  readonly expiresAt: number;
  readonly userId: number;
  readonly redirectUri: string;
}

const CODE_MS = 20 * 60_000;
const ACCESS_SECONDS = 86_400;
/** "Three months". */
const REFRESH_MS = 90 * 86_400_000;
const LONG_LIVED_MS = 365 * 86_400_000;
const SCOPES = ['push_notifications', 'files', 'crm', 'files_delete', 'notifications'];
const INVALID = 'В запросе отсутствует ряд параметров или параметры невалидны';

/** The vendor's OAuth server. Access tokens are JSON Web Tokens; every refresh token works once. */
export class AmoOAuth {
  readonly integration: Integration;
  readonly counts: AmoOAuthCounts = { codes: 0, exchanged: 0, refreshed: 0, reused: 0 };
  readonly #clock: SandboxClock;
  readonly #random: Random;
  readonly #codes = new Map<string, Ticket>();
  readonly #access = new Map<string, Ticket & Grant>();
  readonly #refresh = new Map<string, Ticket>();
  readonly #used = new Set<string>();
  #isDisabled = false;
  #account: { readonly id: number; readonly userId: number };

  constructor(
    integration: Integration,
    account: { readonly id: number; readonly userId: number },
    clock: SandboxClock,
    random: Random,
  ) {
    this.integration = integration;
    this.#account = account;
    this.#clock = clock;
    this.#random = random;
  }

  /** The grant of a living token. */
  grantOf(token: string): Grant | undefined {
    const ticket = this.#access.get(token);
    return ticket !== undefined && ticket.expiresAt > this.#clock.now() ? ticket : undefined;
  }

  /** Whether a refresh token lives: it, too, may ask where the account is now. */
  knowsRefresh(token: string): boolean {
    const ticket = this.#refresh.get(token);
    return ticket !== undefined && ticket.expiresAt > this.#clock.now();
  }

  /** A token of the private integration, made by a person in its settings. */
  makeLongLived(): string {
    return this.#makeAccess('long_lived', LONG_LIVED_MS);
  }

  /** A pair of tokens as an earlier consent would have given. */
  makePair(): { readonly access: string; readonly refresh: string } {
    return {
      access: this.#makeAccess('access', ACCESS_SECONDS * 1000),
      refresh: this.#makeRefresh(this.integration.redirectUri),
    };
  }

  revoke(what: Revocation): void {
    const isAll = what === 'all' || what === 'integration';
    for (const [token, { kind }] of this.#access) if (isAll || kind === what) this.#access.delete(token);
    if (isAll || what === 'refresh') {
      for (const token of this.#refresh.keys()) this.#used.add(token);
      this.#refresh.clear();
    }
    if (what === 'integration') this.#isDisabled = true;
  }

  /** `GET` shows the page, `POST` takes the person's answer and sends the browser back. */
  authorize(request: VendorRequest, subdomain: string, referer: string): Answer {
    const question = request.method === 'GET' ? request.query : request.form();
    if (question.get('client_id') !== this.integration.clientId || this.#isDisabled) {
      return htmlAnswer(404, '<h1>Интеграция не найдена</h1>');
    }
    if (request.method === 'GET') return htmlAnswer(200, accessPage(subdomain, question));
    const redirectUri = question.get('redirect_uri') ?? this.integration.redirectUri;
    if (!URL.canParse(redirectUri)) return htmlAnswer(400, '<h1>Bad redirect_uri</h1>');
    const back = new URL(redirectUri);
    const state = question.get('state');
    if (state !== null) back.searchParams.set('state', state);
    if (question.get('decision') !== 'approve') back.searchParams.set('error', 'access_denied');
    else {
      back.searchParams.set('code', this.#makeCode(redirectUri));
      back.searchParams.set('referer', referer);
      back.searchParams.set('platform', '1');
      back.searchParams.set('client_id', this.integration.clientId);
    }
    return { status: 302, headers: { location: back.href } };
  }

  /** `POST /oauth2/access_token`. */
  token(request: VendorRequest): Answer {
    const given = bodyOf(request);
    const { clientId, clientSecret } = this.integration;
    if (given.client_id === undefined) return invalidRequest(400, 'Check the `client_id` parameter');
    if (given.client_id !== clientId || given.client_secret !== clientSecret || this.#isDisabled)
      return invalidClient();
    if (given.grant_type === 'authorization_code') return this.#exchange(given);
    if (given.grant_type === 'refresh_token') return this.#renew(given);
    return invalidRequest(400, 'Check that all required parameters have been provided');
  }

  #exchange(given: Record<string, string>): Answer {
    const code = given.code ?? '';
    if (code === '') return invalidRequest(400, 'Check the `code` parameter');
    const ticket = this.#codes.get(code);
    if (this.#used.has(code)) {
      this.counts.reused += 1;
      return invalidRequest(400, 'Authorization code has been revoked');
    }
    if (ticket === undefined) return invalidRequest(400, 'Cannot decrypt the authorization code');
    if (ticket.expiresAt <= this.#clock.now()) return invalidRequest(400, 'Authorization code has expired');
    if (ticket.redirectUri !== given.redirect_uri) return invalidClient();
    this.#codes.delete(code);
    this.#used.add(code);
    this.counts.exchanged += 1;
    return this.#issue(ticket.redirectUri);
  }

  #renew(given: Record<string, string>): Answer {
    const token = given.refresh_token ?? '';
    if (token === '') return invalidRequest(400, 'Check the `refresh_token` parameter');
    const ticket = this.#refresh.get(token);
    if (this.#used.has(token)) {
      this.counts.reused += 1;
      return invalidRequest(401, 'Token has been revoked');
    }
    if (ticket === undefined) return invalidRequest(401, 'Cannot decrypt the refresh token');
    if (ticket.expiresAt <= this.#clock.now()) return invalidRequest(401, 'Token has expired');
    if (ticket.redirectUri !== given.redirect_uri) return invalidClient();
    this.#refresh.delete(token);
    this.#used.add(token);
    this.counts.refreshed += 1;
    return this.#issue(ticket.redirectUri);
  }

  #issue(redirectUri: string): Answer {
    return jsonAnswer(200, {
      token_type: 'Bearer',
      expires_in: ACCESS_SECONDS,
      server_time: Math.floor(this.#clock.now() / 1000),
      access_token: this.#makeAccess('access', ACCESS_SECONDS * 1000),
      refresh_token: this.#makeRefresh(redirectUri),
    });
  }

  #makeCode(redirectUri: string): string {
    const code = `def50200${this.#random.hex(120)}`;
    this.#codes.set(code, { expiresAt: this.#clock.now() + CODE_MS, userId: this.#account.userId, redirectUri });
    this.counts.codes += 1;
    return code;
  }

  #makeRefresh(redirectUri: string): string {
    const refresh = `def50200${this.#random.hex(200)}`;
    this.#refresh.set(refresh, {
      expiresAt: this.#clock.now() + REFRESH_MS,
      userId: this.#account.userId,
      redirectUri,
    });
    return refresh;
  }

  #makeAccess(kind: Grant['kind'], lifeMs: number): string {
    const now = this.#clock.now();
    const payload = {
      aud: this.integration.clientId,
      jti: this.#random.hex(64),
      iat: Math.floor(now / 1000),
      nbf: Math.floor(now / 1000),
      exp: Math.floor((now + lifeMs) / 1000),
      sub: String(this.#account.userId),
      grant_type: '',
      account_id: this.#account.id,
      base_domain: 'amocrm.ru',
      version: 2,
      scopes: SCOPES,
      api_domain: 'api-b.amocrm.ru',
    };
    const token = signed(payload, this.integration.clientSecret);
    this.#access.set(token, { kind, userId: this.#account.userId, expiresAt: now + lifeMs, redirectUri: '' });
    return token;
  }
}

/** A JSON Web Token; clients read it but cannot check it, as the real ones are signed with a key of the vendor. */
function signed(payload: JsonObject, secret: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(payload)}`;
  return `${body}.${crypto.createHmac('sha256', secret).update(body).digest('base64url')}`;
}

function invalidRequest(status: number, hint: string): Answer {
  return oauthProblem(status, 'Некорректный запрос', INVALID, hint);
}

function invalidClient(): Answer {
  return oauthProblem(401, 'Некорректный клиент', 'Авторизация клиента не прошла');
}

function bodyOf(request: VendorRequest): Record<string, string> {
  if (!(request.header('content-type') ?? '').includes('json')) return Object.fromEntries(request.form());
  const body = request.json();
  if (!isObject(body)) return {};
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value ?? '')]));
}
