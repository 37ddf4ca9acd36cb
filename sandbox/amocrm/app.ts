import * as crypto from 'node:crypto';
import { type Answer, jsonAnswer, MalformedBody, type VendorRequest } from '../kit/exchange.js';
import { isObject, own, textAt } from '../kit/json.js';
import type { RollingWindow } from '../kit/limits.js';
import { ControlProblem, type Switches } from '../kit/settings.js';
import type { Kit, TouchOrder, VendorApp } from '../kit/vendor-app.js';
import { badRequest, nginxPage, notFound, oauthProblem, problem, Refused, unauthorized } from './answers.js';
import { answerApi } from './api.js';
import { fromBrackets } from './brackets.js';
import type { Call } from './call.js';
import { answerDrive, plain } from './drive-routes.js';
import { FloodGuard } from './flood.js';
import { writeHistory } from './history.js';
import { AccountHosts, type Place } from './hosts.js';
import { AmoOAuth, type Grant, type Integration, type Revocation } from './oauth.js';
import { stateOf } from './state.js';
import { AmoStore } from './store.js';
import { isStream, streamNames } from './streams.js';
import type { AmoSettings } from './switches.js';
import { mergeRecords, restoreRecords, touch } from './touch.js';
import { AmoWebhooks } from './webhooks.js';

/** What the sandbox is started with. */
export interface AmoParts {
  readonly kit: Kit;
  readonly switches: Switches<AmoSettings>;
  readonly integration: Integration;
  readonly subdomain: string;
  readonly scheme: 'http' | 'https';
  /** Fills an empty store. */
  readonly seed: (store: AmoStore) => void;
}

const REVOCATIONS: readonly Revocation[] = ['access', 'refresh', 'long_lived', 'all', 'integration'];

/** The vendor's account: hosts, tokens, limits and the way to the routes. */
export class AmoApp implements VendorApp {
  readonly switches: Switches<AmoSettings>;
  readonly hostNames = ['*.amocrm.ru', '*.amocrm.com', '*.kommo.com'];
  readonly hosts: AccountHosts;
  readonly oauth: AmoOAuth;
  readonly webhooks: AmoWebhooks;
  readonly controls: Readonly<Record<string, (request: VendorRequest) => Answer>>;
  store: AmoStore;
  readonly #kit: Kit;
  readonly #parts: AmoParts;
  readonly #flood: FloodGuard;

  constructor(parts: AmoParts) {
    const { kit, switches } = parts;
    this.#parts = parts;
    this.#kit = kit;
    this.switches = switches;
    this.hosts = new AccountHosts(parts.subdomain);
    this.webhooks = new AmoWebhooks(kit, switches.values);
    this.#flood = new FloodGuard(kit.clock, switches.values);
    this.store = this.#freshStore();
    const account = { id: this.store.accountId, userId: this.store.owner.id };
    this.oauth = new AmoOAuth(parts.integration, account, kit.clock, kit.random.fork('oauth'));
    this.controls = this.#makeControls();
  }

  handle(request: VendorRequest): Answer {
    const answer = this.#answer(request);
    this.webhooks.flush(this.store, this.hosts.subdomain);
    return { ...answer, headers: { ...answer.headers, 'x-request-id': crypto.randomUUID() } };
  }

  windows(): readonly RollingWindow[] {
    return this.#flood.windows();
  }

  limited(_request: VendorRequest, retryAfterSeconds: number): Answer {
    return this.#flood.limited(retryAfterSeconds);
  }

  refuse(status: number, retryAfterSeconds?: number): Answer {
    if (status === 429) return this.#flood.refusal(retryAfterSeconds);
    // The vendor has no 503 of its own: what breaks down behind its proxy is 502 or 504.
    if (status === 503) return nginxPage(this.#kit.faults.coin() ? 502 : 504);
    return nginxPage(status);
  }

  state(): Iterable<readonly [string, Iterable<string | Buffer>]> {
    return stateOf(this.store);
  }

  counts(): Record<string, number> {
    const { tables, events } = this.store;
    return { ...Object.fromEntries(streamNames.map((name) => [name, tables[name].count])), events: events.length };
  }

  touch(order: TouchOrder): string[] {
    if (!isStream(order.stream)) throw new ControlProblem(`Stream \`${order.stream}\` is not known.`);
    const random = this.#kit.random.fork(`touch/${this.#kit.clock.now()}`);
    const ids = touch(this.store, order.stream, order, random);
    this.webhooks.flush(this.store, this.hosts.subdomain);
    return ids;
  }

  reset(): void {
    this.store = this.#freshStore();
    this.hosts.reset();
    this.webhooks.clear();
    this.#flood.reset();
  }

  stop(): void {
    this.webhooks.sender.stop();
  }

  #freshStore(): AmoStore {
    const store = new AmoStore(this.#kit.clock, this.#kit.random, this.switches.values);
    this.#parts.seed(store);
    store.onChange = (change) => {
      writeHistory(store, change);
      this.webhooks.announce(store, change);
    };
    return store;
  }

  #answer(request: VendorRequest): Answer {
    const place = this.hosts.locate(request, this.#parts.scheme);
    try {
      return this.#route(request, place);
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      if (error instanceof MalformedBody) return badRequest('Request body is not a valid JSON');
      throw error;
    }
  }

  #route(request: VendorRequest, place: Place): Answer {
    const [head, second] = place.segments;
    if (head === 'oauth' && second === undefined) {
      return this.oauth.authorize(request, this.hosts.subdomain, this.#accountHost(request));
    }
    if (head === 'oauth2') return this.#oauth(request, place);
    if (place.kind === 'unknown' || place.kind === 'common') return notFound();
    const grant = this.#grantOf(request);
    if (head === 'v1.0' || head === 'download') {
      if (grant === undefined && head !== 'download') return plain(401, 'Unauthorized');
      return answerDrive(this.#call(request, place, grant, 0));
    }
    if (head !== 'api' || second !== 'v4') return notFound();
    if (place.kind === 'moved' || grant === undefined) return unauthorized();
    const { account_state: state } = this.switches.values;
    if (state === 'unpaid') return problem(402, 'Payment Required', 'Аккаунт не оплачен');
    if (state === 'blocked') return problem(403, 'Forbidden', 'Аккаунт заблокирован');
    return answerApi(this.#call(request, place, grant, 2), this.webhooks, this.hosts.subdomain);
  }

  #oauth(request: VendorRequest, place: Place): Answer {
    const route = `${request.method} ${place.segments.slice(1).join('/')}`;
    if (route === 'GET account/subdomain' || route === 'GET account/current/subdomain') {
      const isKnown =
        this.#grantOf(request) !== undefined || this.oauth.knowsRefresh(request.header('x-refresh-token') ?? '');
      if (!isKnown) return unauthorized();
      const { subdomain } = this.hosts;
      const domain = this.#accountHost(request);
      return jsonAnswer(200, { id: this.store.accountId, subdomain, domain, top_level_domain: 'ru' });
    }
    if (route !== 'POST access_token') return notFound();
    // The token is not looked at, so the same refresh token still works at the new host.
    if (place.kind === 'moved' || place.kind === 'unknown') {
      const { moved_status: status } = this.switches.values;
      return oauthProblem(status, 'Некорректный запрос', 'Аккаунт не найден', 'Account not found');
    }
    return this.oauth.token(request);
  }

  #call(request: VendorRequest, place: Place, grant: Grant | undefined, skipped: number): Call {
    const { clock, faults } = this.#kit;
    const query = fromBrackets(request.query);
    const context = Number(request.header('x-context-user-id') ?? Number.NaN);
    const user = this.store.users.find(({ id }) => id === context);
    return {
      request,
      store: this.store,
      settings: this.switches.values,
      base: place.base,
      target: place.target,
      segments: place.segments.slice(skipped),
      query,
      with: new Set(
        String(own(query, 'with') ?? '')
          .split(',')
          .map((part) => part.trim()),
      ),
      by: user?.id ?? grant?.userId ?? this.store.owner.id,
      now: clock.now(),
      hiddenUntil: () => (request.fault === 'late_visible' ? clock.now() + faults.duration(500, 1500) : undefined),
    };
  }

  #grantOf(request: VendorRequest): Grant | undefined {
    const token = /^Bearer (\S+)$/i.exec(request.header('authorization') ?? '')?.[1];
    return token === undefined ? undefined : this.oauth.grantOf(token);
  }

  #accountHost(request: VendorRequest): string {
    const isAddress = this.switches.values.host_style === 'address';
    return isAddress ? (request.header('host') ?? '') : `${this.hosts.subdomain}.amocrm.ru`;
  }

  #makeControls(): Record<string, (request: VendorRequest) => Answer> {
    return {
      'GET deliveries': (request) =>
        jsonAnswer(200, this.webhooks.sender.deliveries.slice(Number(request.query.get('after') ?? 0))),
      'GET oauth': () => jsonAnswer(200, this.oauth.counts),
      'POST oauth': (request) => {
        const body = request.json();
        const what = REVOCATIONS.find((known) => isObject(body) && own(body, 'revoke') === known);
        if (what === undefined) throw new ControlProblem(`\`revoke\` must be one of ${REVOCATIONS.join(', ')}.`);
        this.oauth.revoke(what);
        return jsonAnswer(200, this.oauth.counts);
      },
      'GET account': () =>
        jsonAnswer(200, { id: this.store.accountId, subdomain: this.hosts.subdomain, banned: this.#flood.isBanned }),
      'POST account': (request) => {
        const body = request.json();
        const subdomain = isObject(body) ? textAt(body, 'move') : undefined;
        if (subdomain === undefined || !/^[a-z0-9-]+$/.test(subdomain))
          throw new ControlProblem('`move` must be a new subdomain.');
        this.hosts.move(subdomain);
        return jsonAnswer(200, { subdomain });
      },
      'POST merge': (request) => this.#byHand(request, mergeRecords),
      'POST restore': (request) => this.#byHand(request, restoreRecords),
    };
  }

  #byHand(request: VendorRequest, act: (store: AmoStore, stream: string, ids: readonly number[]) => void): Answer {
    const body = request.json();
    const ids = isObject(body) ? own(body, 'ids') : undefined;
    const stream = isObject(body) ? textAt(body, 'stream') : undefined;
    if (stream === undefined || !Array.isArray(ids)) throw new ControlProblem('Give {stream, ids}.');
    act(this.store, stream, ids.map(Number));
    this.webhooks.flush(this.store, this.hosts.subdomain);
    return jsonAnswer(200, { ids });
  }
}
