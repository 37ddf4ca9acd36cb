import { hashOf } from '../kit/effect-log.js';
import { type Answer, jsonAnswer, MalformedBody, type VendorRequest } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { tooManyRequests } from './answers.js';
import { makeAsker, type RestAddress } from './asker.js';
import type { Asker, Portal } from './call.js';
import { ApiError } from './errors.js';
import type { OperatingTime } from './limits.js';
import { textOf } from './php.js';
import { ThreeProblem } from './three-problem.js';
import { documentThree, type ThreeMethod, threeMethods } from './three-tasks.js';

const KEPT_MS = 86_400_000;
const SECONDS = 0.05;

interface Kept {
  readonly fingerprint: number;
  readonly at: number;
  readonly answer: Answer;
}

/** The third version of the API, under `/rest/api/`: JSON alone, errors as objects, repeats by `Idempotency-Key`. */
export class RestThree {
  readonly #portal: Portal;
  readonly #operating: OperatingTime;
  readonly #kept = new Map<string, Kept>();

  constructor(portal: Portal, operating: OperatingTime) {
    this.#portal = portal;
    this.#operating = operating;
  }

  answer(request: VendorRequest, address: RestAddress): Answer {
    try {
      const body = readBody(request);
      const asker = makeAsker(this.#portal, address, isObject(body) ? body : {});
      return this.#once(request, address, asker, () => this.#perform(request, address, asker, body));
    } catch (error) {
      if (error instanceof ThreeProblem) return threeFailure(error.status, error.code, error.message, error.validation);
      if (error instanceof ApiError) return translated(error);
      throw error;
    }
  }

  clear(): void {
    this.#kept.clear();
  }

  #perform(request: VendorRequest, address: RestAddress, asker: Asker, body: Json): Answer {
    const name = address.method.toLowerCase();
    if (name === 'batch') return this.#answered(this.#batch(request, asker, body), asker, name);
    const params = isObject(body) ? body : {};
    return this.#answered(this.#one(request, asker, name, params), asker, name);
  }

  #one(request: VendorRequest, asker: Asker, name: string, params: JsonObject): Json {
    if (name === 'documentation' || name === 'rest.documentation.openapi') return documentThree();
    if (name === 'rest.scope.list')
      return { items: [...threeMethods.keys()].map((method) => ({ method, scope: 'tasks' })) };
    const method: ThreeMethod | undefined = threeMethods.get(name);
    if (method === undefined) throw new ApiError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
    if (!asker.scopes.has('tasks') && !asker.scopes.has('task')) {
      throw new ThreeProblem(403, 'INSUFFICIENTSCOPE', 'Insufficient scope');
    }
    return method({ method: name, params, asker, portal: this.#portal, request });
  }

  #batch(request: VendorRequest, asker: Asker, body: Json): Json {
    if (!Array.isArray(body)) throw new ThreeProblem(400, 'INVALIDSELECT', 'Invalid batch');
    return body.map((part) => {
      const call = isObject(part) ? part : {};
      const query = own(call, 'query');
      return this.#one(request, asker, textOf(own(call, 'method')).toLowerCase(), isObject(query) ? query : {});
    });
  }

  #answered(result: Json, asker: Asker, name: string): Answer {
    // The documentation is given bare, without the envelope.
    if (isObject(result) && result.openapi !== undefined) return jsonAnswer(200, result);
    const { around, store } = this.#portal;
    const key = `${asker.key}/3/${name}`;
    this.#operating.add(key, SECONDS);
    const now = store.now();
    const time = {
      start: Math.floor(now / 1000),
      finish: now / 1000 + SECONDS,
      duration: SECONDS,
      processing: 0,
      date_start: around.time.text(now),
      date_finish: around.time.text(now),
      operating_reset_at: this.#operating.resetAt(key),
      operating: this.#operating.used(key),
    };
    return jsonAnswer(200, { result, time });
  }

  /** The first answer again for the same key and body, for a day; only successes are kept, and only those of writes. */
  #once(request: VendorRequest, address: RestAddress, asker: Asker, perform: () => Answer): Answer {
    const key = request.header('idempotency-key');
    if (key === undefined || !/\.(add|update|delete|set|send)$/i.test(address.method)) return perform();
    if (!/^[\x20-\x7e]{1,255}$/.test(key)) {
      throw new ThreeProblem(400, 'INVALIDIDEMPOTENCYKEY', 'Invalid idempotency key');
    }
    const place = `${asker.key}/${asker.user.id}/${address.method.toLowerCase()}/${key}`;
    const fingerprint = hashOf(request.body);
    const known = this.#kept.get(place);
    const now = this.#portal.kit.clock.now();
    if (known !== undefined && now - known.at < KEPT_MS) {
      if (known.fingerprint !== fingerprint) {
        throw new ThreeProblem(422, 'IDEMPOTENCYKEYREUSED', 'The idempotency key was used with another request');
      }
      return withHeaders(known.answer, { 'idempotency-key': key, 'idempotent-replayed': 'true' });
    }
    const answer = perform();
    if (answer.status === 200) this.#kept.set(place, { fingerprint, at: now, answer });
    return withHeaders(answer, { 'idempotency-key': key });
  }
}

function readBody(request: VendorRequest): Json {
  if (request.body.length === 0) return {};
  const isJson = (request.header('content-type') ?? '').includes('json');
  try {
    if (!isJson) throw new MalformedBody('The body is no JSON.');
    const body = request.json();
    return isObject(body) || Array.isArray(body) ? body : {};
  } catch (error) {
    if (error instanceof MalformedBody) throw new ThreeProblem(400, 'INVALIDJSON', 'Invalid JSON in the request body');
    throw error;
  }
}

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function threeFailure(status: number, code: string, message: string, validation?: readonly JsonObject[]): Answer {
  return jsonAnswer(status, { error: { code, message, ...(validation === undefined ? {} : { validation }) } });
}

/** What comes from before the method (keys, tokens, unknown names) keeps its code, in the new form. */
function translated(error: ApiError): Answer {
  if (error.status === 503) return tooManyRequests();
  return threeFailure(error.status, String(error.code), error.message);
}
