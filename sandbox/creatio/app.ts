import { type Answer, jsonAnswer, MalformedBody, type VendorRequest } from '../kit/exchange.js';
import { isObject, textAt } from '../kit/json.js';
import type { OAuthServer } from '../kit/oauth.js';
import { ControlProblem, type Switches } from '../kit/settings.js';
import type { Kit, TouchOrder, VendorApp } from '../kit/vendor-app.js';
import { admit, loginPage, signInFirst } from './auth/gate.js';
import { addressOf, frontDoor, openIdConfiguration } from './auth/identity.js';
import { type Session, Sessions, withCookies } from './auth/sessions.js';
import type { CreatioUser } from './auth/users.js';
import { configure } from './configure.js';
import { answerDataService } from './data-service/service.js';
import { answerBatch } from './odata/batch.js';
import type { ODataCall } from './odata/call.js';
import { aspNetError, missingPage } from './odata/errors.js';
import { answerCall } from './odata/router.js';
import { RowFinder } from './query/rows.js';
import { Quota } from './quota.js';
import { Rights } from './rights.js';
import { SchemaModel } from './schema/model.js';
import { FileApi } from './services/file-api.js';
import { FileStore } from './services/files.js';
import { OutboundHooks } from './services/hooks.js';
import { receiveWebhook } from './services/inbound.js';
import { CreatioStore } from './store.js';
import type { CreatioSettings } from './switches.js';
import { touch } from './touch.js';
import type { QueryWorld } from './world.js';
import { CommunicationSync } from './writing/communications.js';
import { Writer } from './writing/writer.js';

/** What the site is started with. */
export interface CreatioParts {
  readonly kit: Kit;
  readonly switches: Switches<CreatioSettings>;
  readonly oauth: OAuthServer;
  readonly users: readonly CreatioUser[];
  readonly scheme: 'http' | 'https';
  readonly webhookKey: string;
  /** Fills an empty store. */
  readonly seed: (store: CreatioStore) => void;
}

/** The site: its routes, in either runtime. */
export class CreatioApp implements VendorApp {
  readonly switches: Switches<CreatioSettings>;
  readonly controls: Readonly<Record<string, (request: VendorRequest) => Answer>>;
  /** Where the Identity Service listens; known once it does. */
  identityUrl = '';
  world: QueryWorld;
  readonly #parts: CreatioParts;
  readonly #sessions: Sessions;
  readonly #hooks: OutboundHooks;
  readonly #quota: Quota;
  #fileApi = new FileApi();

  constructor(parts: CreatioParts) {
    const { kit, switches, users } = parts;
    this.#parts = parts;
    this.switches = switches;
    this.#sessions = new Sessions(users, kit.clock, switches.values, kit.random.fork('sessions'));
    this.#hooks = new OutboundHooks(kit, switches.values);
    this.#quota = new Quota(kit.clock, switches.values);
    this.world = this.#freshWorld();
    this.controls = {
      'GET deliveries': (request) =>
        jsonAnswer(200, this.#hooks.sender.deliveries.slice(Number(request.query.get('after') ?? 0))),
      'POST hooks': (request) => this.#hooks.add(request),
      'DELETE hooks': (request) => this.#hooks.remove(request),
      'GET oauth': () => jsonAnswer(200, parts.oauth.counts),
      'POST oauth': (request) => revoke(parts.oauth, request.json()),
      'GET sessions': () => jsonAnswer(200, { ...this.#sessions.counts, open: this.#sessions.openCount }),
      'POST sessions': () => this.#endSessions(),
      'POST rights': (request) => {
        this.world.rights.set(request.json());
        return jsonAnswer(200, { ok: true });
      },
      'POST schema': (request) => jsonAnswer(201, configure(this.world, request.json())),
    };
  }

  handle(request: VendorRequest): Answer | Promise<Answer> {
    try {
      return this.#site(request);
    } catch (error) {
      if (error instanceof MalformedBody)
        return aspNetError(error.message, 'System.Runtime.Serialization.SerializationException');
      throw error;
    }
  }

  isWrite({ method, path }: VendorRequest): boolean {
    if (method === 'GET' || method === 'HEAD') return false;
    return !/\/(Login|Logout|SelectQuery|RuntimeEntitySchemaRequest)$/i.test(path);
  }

  refuse(status: number, retryAfterSeconds?: number): Answer {
    if (status === 500)
      return aspNetError('Object reference not set to an instance of an object.', 'System.NullReferenceException');
    const title = status === 429 ? 'Too Many Requests' : 'Service Temporarily Unavailable';
    return frontDoor(
      status,
      title,
      retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    );
  }

  *state(): Iterable<readonly [string, Iterable<Buffer>]> {
    const { model, store } = this.world;
    for (const name of model.entities.keys()) yield [name, store.table(name).rows.pieces()];
  }

  counts(): Record<string, number> {
    const { model, store } = this.world;
    return Object.fromEntries([...model.entities.keys()].map((name) => [name, store.table(name).rows.count]));
  }

  touch(order: TouchOrder): string[] {
    return touch(this.world.store, order, this.#parts.kit.random.fork(`touch/${this.#parts.kit.clock.now()}`));
  }

  reset(): void {
    this.#sessions.end();
    this.#hooks.clear();
    this.#quota.clear();
    this.#fileApi = new FileApi();
    this.world = this.#freshWorld();
  }

  stop(): void {
    this.#hooks.sender.stop();
  }

  #freshWorld(): QueryWorld {
    const { kit, switches, users, seed } = this.#parts;
    const settings = switches.values;
    const model = new SchemaModel();
    const store = new CreatioStore(model, kit.clock, kit.random, settings);
    seed(store);
    store.onSaved = (saved) => this.#hooks.announce(saved);
    const rights = new Rights();
    const writer = new Writer(store, settings, rights, new CommunicationSync(store));
    const finder = new RowFinder(settings, kit.random.fork('order'));
    const random = kit.random.fork('answers');
    return { model, store, writer, finder, rights, files: new FileStore(), settings, clock: kit.clock, users, random };
  }

  #site(request: VendorRequest): Answer | Promise<Answer> {
    const { runtime, virtual_directory: root } = this.switches.values;
    if (!request.path.startsWith(root)) return missingPage();
    const path = request.path.slice(root.length);
    const api = runtime === 'framework' ? (path.startsWith('/0/') || path === '/0' ? path.slice(2) : undefined) : path;
    if (/^\/ServiceModel\/AuthService\.svc\/Login$/i.test(path))
      return request.method === 'POST'
        ? this.#sessions.login(request, this.#parts.scheme === 'https')
        : jsonAnswer(405, { Message: 'Method not allowed.' });
    if (/^\/Login\//i.test(path)) return loginPage();
    if (path.startsWith('/webhooks/')) return this.#webhook(request, path.slice(10));
    if (api === undefined) return path === '/' ? signInFirst('/', this.switches.values) : missingPage();
    if (api === '/.well-known/openid-configuration') return openIdConfiguration(this.identityUrl);
    const [head = '', ...steps] = api.split('/').filter(Boolean);
    if (!/^(odata|dataservice|rest|servicemodel|ping)$/i.test(head)) return missingPage();
    // Login is served at the root only: below /0 it is a service like any other, and asks for a session.
    const admission = admit(request, request.path, {
      sessions: this.#sessions,
      oauth: this.#parts.oauth,
      settings: this.switches.values,
      oauthUser: this.#parts.users[1] ?? anyUser(this.#parts.users),
    });
    if ('answer' in admission) return admission.answer;
    const { user, session } = admission;
    if (!this.#quota.take(user)) return this.#quotaAnswer();
    const answer = this.#service(request, head.toLowerCase(), steps, user, session);
    return session === undefined ? answer : started(session, answer);
  }

  #service(
    request: VendorRequest,
    head: string,
    steps: readonly string[],
    user: CreatioUser,
    session: Session | undefined,
  ): Answer | Promise<Answer> {
    if (head === 'odata') return this.#odata(request, steps, user);
    if (head === 'dataservice') return answerDataService(request, steps, this.world, user, this.#hiddenUntil(request));
    if (head === 'rest') return this.#fileApi.answer(request, steps, this.world, user);
    if (head === 'ping') return { status: 200, headers: { 'content-type': 'text/plain' }, body: '' };
    if (/^Logout$/i.test(steps.at(-1) ?? '') && session !== undefined) {
      this.#sessions.close(session);
      return jsonAnswer(200, {});
    }
    return missingPage();
  }

  #odata(request: VendorRequest, steps: readonly string[], user: CreatioUser): Answer | Promise<Answer> {
    const { runtime, virtual_directory: root, metadata_ms: slowMs } = this.switches.values;
    const path = steps.map(decoded).join('/');
    const call: ODataCall = {
      method: request.method,
      path,
      options: request.query,
      body: request.body,
      accept: request.header('accept') ?? '',
      contentType: request.header('content-type') ?? '',
      root: `${addressOf(request, this.#parts.scheme)}${root}${runtime === 'framework' ? '/0' : ''}/odata`,
      user,
      effect: (note) => request.effect(note),
      hiddenUntil: this.#hiddenUntil(request),
      world: this.world,
    };
    if (path === '$batch') {
      if (request.method !== 'POST') return jsonAnswer(405, { Message: 'Method not allowed.' });
      return answerBatch(call, request.header('prefer') ?? '', (count) => {
        request.records = count;
      });
    }
    request.records = 1;
    if (path !== '$metadata' || slowMs === 0) return answerCall(call);
    return this.#parts.kit.clock.sleep(slowMs).then(() => answerCall(call));
  }

  #hiddenUntil({ fault }: VendorRequest): number | undefined {
    const { clock, faults, random } = this.#parts.kit;
    const { commit_lag_ms: lagMs } = this.switches.values;
    if (fault === 'late_visible') return clock.now() + faults.duration(500, 1500);
    return lagMs > 0 ? clock.now() + random.int(0, lagMs) : undefined;
  }

  #webhook(request: VendorRequest, key: string): Answer {
    if (request.method !== 'POST' || key !== this.#parts.webhookKey) return jsonAnswer(404, { success: false });
    return receiveWebhook(request, this.world, anyUser(this.#parts.users));
  }

  #quotaAnswer(): Answer {
    const { quota_status: status } = this.switches.values;
    return frontDoor(status, 'API request limit is exceeded', {});
  }

  #endSessions(): Answer {
    this.#sessions.end();
    return jsonAnswer(200, { open: 0 });
  }
}

/** The first call of a session brings its BPMSESSIONID. */
async function started(session: Session, answer: Answer | Promise<Answer>): Promise<Answer> {
  if (session.isStarted) return answer;
  session.isStarted = true;
  return withCookies(await answer, [`BPMSESSIONID=${session.sessionId}; path=/; HttpOnly`]);
}

function anyUser(users: readonly CreatioUser[]): CreatioUser {
  const [first] = users;
  if (first === undefined) throw new RangeError('A site needs a user.');
  return first;
}

function revoke(oauth: OAuthServer, body: unknown): Answer {
  const what = isObject(body) ? textAt(body, 'revoke') : undefined;
  if (what !== 'access' && what !== 'all') throw new ControlProblem('`revoke` must be access or all.');
  oauth.revoke(what);
  return jsonAnswer(200, oauth.counts);
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
