import { Failure, isFailure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import type { ConnectionContext, HttpAnswer, HttpRequest } from '../kit/index.js';
import { failureOf, type Meaning, meaningOf, type Said, saidBy } from './answers.js';
import { type Authorization, Authorizer } from './auth.js';
import { prefixOf } from './runtime.js';
import type { CreatioSettings } from './settings.js';

const jsonType = 'application/json; charset=utf-8; IEEE754Compatible=true';

export interface Call {
  readonly method: HttpRequest['method'];
  /** Below the service root, e.g. `/odata/Contact` or `/DataService/json/SyncReply/…`. */
  readonly path: string;
  /** Already encoded, without the question mark. */
  readonly query?: string;
  readonly body?: JsonObject;
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly beforeSend?: () => void;
  /** What is asked for, as the beginning of a failure's sentence. */
  readonly what: string;
}

/** A usable answer and what it means; `signed_out` only where signing in anew did not help. */
export interface Answered {
  readonly said: Said;
  readonly meaning: Meaning;
  readonly answer: HttpAnswer;
}

/** Speaks to one instance: adds the credentials, signs in anew once, turns answers into failures. */
export class CreatioClient {
  readonly #authorizer: Authorizer;

  constructor(
    readonly settings: CreatioSettings,
    readonly context: ConnectionContext,
  ) {
    this.#authorizer = new Authorizer(settings, context);
  }

  get connectionId(): string {
    return this.context.connectionId;
  }

  /** Full address of a path below the service root, as it is now. */
  async addressOf(path: string, signal: AbortSignal): Promise<string> {
    const { headers } = await this.#authorizer.headers(signal);
    return `${this.settings.baseUrl}${await this.#prefix(headers, signal)}${path}`;
  }

  /** The JSON of a successful call; throws a `Failure` for everything else. */
  async json(call: Call): Promise<JsonValue> {
    const answered = await this.call(call);
    if (answered.said.body !== undefined) return answered.said.body;
    throw new Failure('read/bad_answer', {
      message: `${call.what} was answered with ${answered.said.text === '' ? 'an empty body' : 'something else than JSON'} (status ${answered.said.status}).`,
      hint: 'The request is repeated; if this stays, the instance is down or its address is wrong.',
      details: { status: answered.said.status, wasSent: true },
    });
  }

  /** A successful answer; throws a `Failure` for every refusal. */
  async call(call: Call): Promise<Answered> {
    const answered = await this.send(call);
    if (answered.meaning === 'done') return answered;
    throw failureOf(answered.said, answered.meaning, call.what);
  }

  /** Any answer. One that shows the session or token to be over is asked for once more after signing in anew. */
  async send(call: Call): Promise<Answered> {
    call.signal.throwIfAborted();
    const seen = await this.#authorizer.headers(call.signal);
    const first = await this.#try(call, seen);
    if (first !== null && first.meaning !== 'signed_out') return first;
    const renewed = await this.#authorizer.renew(seen, call.signal);
    return (await this.#try(call, renewed)) ?? Promise.reject(redirected());
  }

  /** Null where the instance led to another page, which it does with sessions that are over. */
  async #try(call: Call, used: Authorization): Promise<Answered | null> {
    let answer: HttpAnswer;
    try {
      const root = `${this.settings.baseUrl}${await this.#prefix(used.headers, call.signal)}`;
      answer = await this.context.http.request({
        method: call.method,
        url: `${root}${call.path}${call.query === undefined ? '' : `?${call.query}`}`,
        headers: { accept: 'application/json', ...bodyHeaders(call), ...used.headers, ...call.headers },
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
        ...(call.bytes !== undefined && { body: call.bytes }),
        signal: call.signal,
        ...(call.beforeSend && { beforeSend: call.beforeSend }),
      });
    } catch (error) {
      if (isFailure(error) && (error.code === 'egress/redirect_refused' || error.code === 'vendor/auth')) return null;
      throw error;
    }
    if (answer.status === 302) return null;
    this.#authorizer.learn(used, answer.headers['set-cookie']);
    const said = saidBy(answer);
    return { said, meaning: meaningOf(said), answer };
  }

  #prefix(headers: Readonly<Record<string, string>>, signal: AbortSignal) {
    const { settings, context, connectionId } = this;
    return prefixOf({ settings, http: context.http, connectionId, signal }, headers);
  }
}

function bodyHeaders(call: Call): Readonly<Record<string, string>> {
  if (call.body !== undefined) return { 'content-type': jsonType };
  return call.bytes === undefined ? {} : { 'content-type': 'application/octet-stream' };
}

function redirected(): Failure {
  return new Failure('egress/redirect_refused', {
    message: 'The instance answered with a redirect (status 302), which is not followed.',
    hint: 'Enter the address that the instance redirects to as the address of the connection.',
    details: { status: 302, wasSent: false },
  });
}
