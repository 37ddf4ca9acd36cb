import { type Answer, jsonAnswer, MalformedBody, type VendorRequest } from '../kit/exchange.js';
import { isObject, type JsonObject, own } from '../kit/json.js';
import type { Random } from '../kit/random.js';
import { ControlProblem, type Switches } from '../kit/settings.js';
import type { Kit, TouchOrder, VendorApp } from '../kit/vendor-app.js';
import { envelope, failure, failureOf, proxyPage, tooManyRequests, xmlAnswer } from './answers.js';
import { makeAsker, readAddress } from './asker.js';
import type { Portal } from './call.js';
import { controlRoutes } from './controls.js';
import { Dispatcher } from './dispatch.js';
import { ApiError } from './errors.js';
import { EventDesk } from './events.js';
import { answerFile, fileLink } from './file-links.js';
import type { Keys } from './keys.js';
import { LeakyBuckets, OperatingTime } from './limits.js';
import { makeMethods } from './methods/index.js';
import { PortalTime } from './moments.js';
import type { PortalOAuth } from './oauth.js';
import { paramsOf } from './params.js';
import { RestThree } from './rest3.js';
import { PortalStore } from './store.js';
import type { BitrixSettings } from './switches.js';
import { touch } from './touch.js';

/** What the portal is started with. */
export interface PortalParts {
  readonly kit: Kit;
  readonly switches: Switches<BitrixSettings>;
  readonly keys: Keys;
  readonly oauth: PortalOAuth;
  readonly isSecure: boolean;
  /** The portal's addresses: the one it has, and the one it gets when it is renamed. */
  readonly addresses: { old: string; renamed: string };
  /** Fills an empty store. */
  readonly seed: (store: PortalStore) => void;
}

/** A Bitrix24 portal: its routes and what stands before every method. */
export class PortalApp implements VendorApp {
  readonly switches: Switches<BitrixSettings>;
  readonly hostNames = ['*.bitrix24.ru', '*.bitrix24.com', '*.bitrix24.eu', 'oauth.bitrix.info', 'oauth.bitrix24.tech'];
  readonly controls: Readonly<Record<string, (request: VendorRequest) => Answer>>;
  readonly portal: Portal & { store: PortalStore };
  readonly #kit: Kit;
  readonly #parts: PortalParts;
  readonly #buckets: LeakyBuckets;
  readonly #operating: OperatingTime;
  readonly #dispatcher: Dispatcher;
  readonly #three: RestThree;
  readonly #random: Random;

  constructor(parts: PortalParts) {
    this.#parts = parts;
    this.#kit = parts.kit;
    this.switches = parts.switches;
    const { clock } = parts.kit;
    const settings = parts.switches.values;
    this.#random = parts.kit.random.fork('proxy');
    this.#buckets = new LeakyBuckets(clock, settings);
    this.#operating = new OperatingTime(clock, settings);
    const store = this.#freshStore();
    const time = new PortalTime(() => settings.zone);
    this.portal = {
      kit: parts.kit,
      settings,
      store,
      keys: parts.keys,
      oauth: parts.oauth,
      events: new EventDesk(parts.kit, settings, parts.oauth),
      baseUrl: () => (settings.renamed ? parts.addresses.renamed : parts.addresses.old),
      around: {
        time,
        get files() {
          return store.files;
        },
        fileLink: (id) => fileLink(this.portal, id),
        now: () => this.portal.store.now(),
      },
    };
    this.#listen(store);
    const methods = makeMethods();
    this.#dispatcher = new Dispatcher(this.portal, methods, this.#operating);
    this.#three = new RestThree(this.portal, this.#operating);
    this.controls = controlRoutes(this.portal);
  }

  handle(request: VendorRequest): Answer {
    const settings = this.switches.values;
    if (settings.renamed && this.#isOldAddress(request)) {
      return { status: 302, headers: { location: this.#parts.addresses.renamed + request.target } };
    }
    if (/^\/oauth\/authorize\/?$/.test(request.path)) return this.portal.oauth.authorize(request);
    if (/^\/rest\/download(\.json)?\/?$/.test(request.path)) return answerFile(this.portal, request);
    if (!request.path.startsWith('/rest/')) return proxyPage(404);
    const refusal = this.#gate(request);
    if (refusal !== undefined) return refusal;
    if (settings.proxy_errors > 0 && this.#random.chance(settings.proxy_errors)) {
      if (this.#random.chance(0.5)) this.#perform(request);
      return proxyPage(this.#random.chance(0.5) ? 502 : 504);
    }
    return this.#perform(request);
  }

  stop(): void {
    this.portal.events.sender.stop();
  }

  refuse(status: number): Answer {
    if (status === 429) {
      return failure(429, 'OPERATION_TIME_LIMIT', 'Method is blocked due to operation time limit.');
    }
    return status === 503 ? tooManyRequests() : failure(status, 'INTERNAL_SERVER_ERROR', 'Internal server error');
  }

  limited(): Answer {
    return tooManyRequests();
  }

  isWrite(request: VendorRequest): boolean {
    const { method } = readAddress(request);
    if (method.toLowerCase() !== 'batch') return WRITES.test(method);
    return WRITES_INSIDE.test(decoded(request.target + request.body.toString('utf8')));
  }

  *state(): Iterable<readonly [string, Iterable<Buffer>]> {
    for (const { names, table } of this.portal.store.entities) yield [names.stream, table.pieces()];
  }

  counts(): Record<string, number> {
    return Object.fromEntries(this.portal.store.entities.map(({ names, table }) => [names.stream, table.count]));
  }

  touch(order: TouchOrder): string[] {
    return touch(this.portal.store, order, this.#kit.random.fork(`touch/${this.#kit.clock.now()}`));
  }

  reset(): void {
    const store = this.#freshStore();
    Object.assign(this.portal, {
      store,
      around: { ...this.portal.around, files: store.files },
    });
    this.#listen(store);
    this.#buckets.clear();
    this.#operating.clear();
    this.#three.clear();
    this.portal.events.clear();
  }

  #freshStore(): PortalStore {
    const store = new PortalStore(this.#kit.clock, this.switches.values);
    this.#parts.seed(store);
    return store;
  }

  #listen(store: PortalStore): void {
    store.onChange = (change) => this.portal.events.announceChange(change);
    store.onUserField = (field, kind, actor) => this.portal.events.announceUserField(field, kind, actor);
  }

  /** What refuses a request before anyone looks at its method. */
  #gate(request: VendorRequest): Answer | undefined {
    const settings = this.switches.values;
    if (settings.https_required && !this.#parts.isSecure) return failure(400, 'INVALID_REQUEST', 'Https required');
    if (settings.overloaded) return failure(503, 'OVERLOAD_LIMIT', 'REST API is blocked due to overload');
    if (settings.portal_deleted) return failure(500, 'PORTAL_DELETED', 'Portal was deleted');
    if (!settings.rest_on_plan) {
      return failure(403, 'ACCESS_DENIED', 'REST API is available only on commercial plans');
    }
    return this.#buckets.take(request.address) ? undefined : tooManyRequests();
  }

  #perform(request: VendorRequest): Answer {
    const address = readAddress(request);
    if (address.isThree) return this.#three.answer(request, address);
    try {
      const params = sentParams(request);
      const asker = makeAsker(this.portal, address, params);
      const done = this.#dispatcher.perform(request, asker, address.method, withoutAuth(params));
      if (done.seconds > this.switches.values.timeout_s && this.switches.values.timeout_s > 0) return proxyPage(504);
      const body = envelope(done);
      return address.isXml ? xmlAnswer(200, body) : jsonAnswer(200, body);
    } catch (error) {
      if (error instanceof ApiError) {
        if (!address.isXml) return failureOf(error);
        return xmlAnswer(error.status, { error: error.code, error_description: error.message });
      }
      if (error instanceof ControlProblem) return failure(500, 'INTERNAL_SERVER_ERROR', error.message);
      throw error;
    }
  }

  #isOldAddress(request: VendorRequest): boolean {
    return (request.header('host') ?? '') === new URL(this.#parts.addresses.old).host;
  }
}

const WRITES =
  /\.(add|update|delete|set|import|batchimport|bind|unbind|clear|error|uploadfile|get\.process|complete)$/i;
const WRITES_INSIDE = /\.(add|update|delete|set|import|batchimport|uploadfile)(\.json)?["?]/i;

/** PHP sees no parameters in a body that is not the JSON it says it is. */
function sentParams(request: VendorRequest): JsonObject {
  try {
    const params = paramsOf(request);
    return isObject(params) ? params : {};
  } catch (error) {
    if (error instanceof MalformedBody) return {};
    throw error;
  }
}

function withoutAuth(params: JsonObject): JsonObject {
  if (own(params, 'auth') === undefined) return params;
  const { auth: _auth, ...rest } = params;
  return rest;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
