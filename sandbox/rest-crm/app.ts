import { type Answer, jsonAnswer, MalformedBody, type VendorRequest } from '../kit/exchange.js';
import { isObject, own } from '../kit/json.js';
import type { OAuthServer } from '../kit/oauth.js';
import { ControlProblem, type Switches } from '../kit/settings.js';
import type { Kit, TouchOrder, VendorApp } from '../kit/vendor-app.js';
import { BadQuestion, problem, refused } from './answers.js';
import { answerBatch } from './batch.js';
import { addField, describeStream } from './describe.js';
import { byId, list } from './reads.js';
import { findInRegistry } from './registry.js';
import { RepeatKeeper } from './repeats.js';
import { isStreamName, users } from './schema.js';
import { allStreams, CrmStore, type CrmStream, type Sent, sentBytes, sentItem } from './store.js';
import type { RestCrmSettings } from './switches.js';
import { touch } from './touch.js';
import { CrmWebhooks } from './webhooks.js';
import { create, logged, remove, update, type WriteContext } from './writes.js';

/** What the CRM is started with. */
export interface RestCrmParts {
  readonly kit: Kit;
  readonly switches: Switches<RestCrmSettings>;
  readonly oauth: OAuthServer;
  /** The long-lived token or API key. */
  readonly token: string;
  /** Fills an empty store. */
  readonly seed: (store: CrmStore) => void;
}

/** The generic REST CRM: its routes. */
export class RestCrmApp implements VendorApp {
  readonly switches: Switches<RestCrmSettings>;
  store: CrmStore;
  readonly #kit: Kit;
  readonly #parts: RestCrmParts;
  readonly #repeats = new RepeatKeeper();
  readonly #webhooks: CrmWebhooks;
  readonly controls: Readonly<Record<string, (request: VendorRequest) => Answer>>;

  constructor(parts: RestCrmParts) {
    this.#parts = parts;
    this.#kit = parts.kit;
    this.switches = parts.switches;
    this.#webhooks = new CrmWebhooks(parts.kit, parts.switches.values);
    this.controls = {
      'GET deliveries': (request) => {
        const after = Number(request.query.get('after') ?? 0);
        return jsonAnswer(200, this.#webhooks.sender.deliveries.slice(after));
      },
      'GET oauth': () => jsonAnswer(200, parts.oauth.counts),
      'POST oauth': (request) => revoke(parts.oauth, request.json()),
    };
    this.store = this.#freshStore();
  }

  handle(request: VendorRequest): Answer {
    if (request.path.startsWith('/oauth/')) return this.#oauth(request);
    if (!this.#isKnown(request)) return problem(401, 'unauthorized', 'A valid token or API key is needed.');
    try {
      const isRepeatable = this.switches.values.idempotency_header && request.method !== 'GET';
      return isRepeatable ? this.#repeats.once(request, () => this.#route(request)) : this.#route(request);
    } catch (error) {
      if (error instanceof BadQuestion) return problem(400, error.code, error.message);
      if (error instanceof MalformedBody) return problem(400, 'malformed_json', error.message);
      throw error;
    }
  }

  stop(): void {
    this.#webhooks.sender.stop();
  }

  refuse(status: number, retryAfterSeconds?: number): Answer {
    const headers: Record<string, string> =
      retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
    const code = status === 429 ? 'too_many_requests' : status === 503 ? 'unavailable' : 'internal_error';
    return problem(status, code, 'The request was not answered.', {}, headers);
  }

  *state(): Iterable<readonly [string, Iterable<Buffer>]> {
    for (const { name, table } of allStreams(this.store)) yield [name, table.pieces()];
  }

  counts(): Record<string, number> {
    return Object.fromEntries(allStreams(this.store).map(({ name, table }) => [name, table.count]));
  }

  touch(order: TouchOrder): string[] {
    if (!isStreamName(order.stream)) throw new ControlProblem(`Stream \`${order.stream}\` is not known.`);
    return touch(
      this.store,
      this.store.streams[order.stream],
      order,
      this.#kit.random.fork(`touch/${this.#kit.clock.now()}`),
    );
  }

  reset(): void {
    this.store = this.#freshStore();
    this.#repeats.clear();
    this.#webhooks.clear();
  }

  #freshStore(): CrmStore {
    const store = new CrmStore(this.#kit.clock, this.#kit.random, this.switches.values);
    this.#parts.seed(store);
    store.onChange = (change) => this.#webhooks.announce(change);
    return store;
  }

  #isKnown(request: VendorRequest): boolean {
    const bearer = /^Bearer (\S+)$/i.exec(request.header('authorization') ?? '')?.[1];
    const secret = bearer ?? request.header('x-api-key');
    return secret !== undefined && (secret === this.#parts.token || this.#parts.oauth.grantOf(secret) !== undefined);
  }

  #route(request: VendorRequest): Answer {
    const [head = '', second, third] = request.segments;
    if (third === undefined || head === 'schema') {
      if (isStreamName(head)) return this.#stream(request, this.store.streams[head], second);
      if (head === 'users' && request.method === 'GET' && second === undefined)
        return jsonAnswer(200, { items: users, next_cursor: null });
      if (head === 'webhooks') return this.#webhooks.answer(request, second);
      if (head === 'me' && request.method === 'GET') return this.#whoAmI();
      if (head === 'registry' && second !== undefined && request.method === 'GET')
        return findInRegistry(this.store, request, second);
      if (head === 'schema' && second !== undefined && isStreamName(second))
        return this.#schema(request, this.store.streams[second], third);
    }
    return problem(404, 'unknown_route', `There is no ${request.method} ${request.path}.`);
  }

  #stream(request: VendorRequest, stream: CrmStream, id: string | undefined): Answer {
    const { method } = request;
    if (id === undefined && method === 'GET') return list(this.#reading(request, stream));
    if (id === undefined && method === 'POST') return this.#createOne(request, stream);
    if (id === 'batch' && method === 'POST' && this.switches.values.batch)
      return answerBatch(this.#writing(request, stream));
    if (id === undefined || id === 'batch' || !['GET', 'PATCH', 'DELETE'].includes(method)) {
      return problem(id === 'batch' ? 404 : 405, 'unknown_route', `There is no ${method} ${request.path}.`);
    }
    if (method === 'GET') return byId(this.#reading(request, stream), id) ?? notFound(stream, id);
    return this.#changeOne(request, stream, id);
  }

  #createOne(request: VendorRequest, stream: CrmStream): Answer {
    const sent = sentBody(request);
    if (sent === undefined) return problem(400, 'invalid_body', 'The body must be an object.');
    request.records = 1;
    const context = this.#writing(request, stream);
    const { id, error } = logged(context, 'create', create(context, sent), sent.hash);
    if (error !== undefined || id === null) return refused(error ?? { code: 'rejected', message: 'Refused.' });
    return { ...jsonAnswer(201, {}), body: stream.table.text(stream.table.rowOf(id)) };
  }

  #changeOne(request: VendorRequest, stream: CrmStream, id: string): Answer {
    const isDelete = request.method === 'DELETE';
    const sent = isDelete ? sentItem({}) : sentBody(request);
    if (sent === undefined) return problem(400, 'invalid_body', 'The body must be an object.');
    if (isDelete && !this.switches.values.deletes) {
      return problem(405, 'deletes_disabled', 'Records cannot be deleted here.');
    }
    const named = own(sent.item, 'id');
    if (named !== undefined && named !== id) return problem(400, 'invalid_body', 'The id in the body is another one.');
    request.records = 1;
    const row = stream.table.rowOf(id);
    if (row < 0) {
      request.effect({ effect: isDelete ? 'delete' : 'update', stream: stream.name, id, status: 404 });
      return notFound(stream, id);
    }
    const context = this.#writing(request, stream);
    const outcome = isDelete
      ? logged(context, 'delete', remove(context, row), sent.hash)
      : logged(context, 'update', update(context, row, sent), sent.hash);
    if (outcome.error !== undefined) return refused(outcome.error);
    return isDelete ? { status: 204 } : { ...jsonAnswer(200, {}), body: stream.table.text(row) };
  }

  #schema(request: VendorRequest, stream: CrmStream, third: string | undefined): Answer {
    if (third === undefined && request.method === 'GET') return jsonAnswer(200, describeStream(stream));
    if (third === 'fields' && request.method === 'POST') return addField(stream, request.json());
    return problem(405, 'unknown_route', `There is no ${request.method} ${request.path}.`);
  }

  #oauth(request: VendorRequest): Answer {
    const { oauth } = this.#parts;
    if (request.path === '/oauth/token' && request.method === 'POST') return oauth.token(request);
    if (request.path === '/oauth/authorize') return oauth.authorize(request);
    return problem(404, 'unknown_route', `There is no ${request.method} ${request.path}.`);
  }

  #whoAmI(): Answer {
    const { rate, max_page, max_batch } = this.switches.values;
    return jsonAnswer(200, {
      user: { id: 'u8', name: 'Robot' },
      account: { id: `crm-${this.#kit.random.seed}`, name: 'Sandbox company' },
      scopes: ['read', 'write', 'webhooks'],
      limits: { rate, max_page, max_batch },
    });
  }

  #reading(request: VendorRequest, stream: CrmStream) {
    const { clock, random } = this.#kit;
    return { stream, settings: this.switches.values, request, now: clock.now(), random };
  }

  #writing(request: VendorRequest, stream: CrmStream): WriteContext {
    const { clock, faults } = this.#kit;
    const hiddenUntil = () => (request.fault === 'late_visible' ? clock.now() + faults.duration(500, 1500) : undefined);
    return { store: this.store, stream, settings: this.switches.values, request, hiddenUntil };
  }
}

function notFound(stream: CrmStream, id: string): Answer {
  return problem(404, 'not_found', `No record of ${stream.name} has id ${id}.`);
}

function revoke(oauth: OAuthServer, body: unknown): Answer {
  const what = isObject(body) ? own(body, 'revoke') : undefined;
  if (what !== 'access' && what !== 'all') throw new ControlProblem('`revoke` must be access or all.');
  oauth.revoke(what);
  return jsonAnswer(200, oauth.counts);
}

function sentBody(request: VendorRequest): Sent | undefined {
  try {
    return sentBytes(request.body);
  } catch {
    throw new MalformedBody('The body is not valid JSON.');
  }
}
