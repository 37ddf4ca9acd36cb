import { type Called, objects } from '../kit/caller.js';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import type { CreatioSandbox } from './sandbox.js';

/** Speaks to the sandbox as its tests do: signs in once, then carries cookies and the BPMCSRF header. */
export class CreatioCaller {
  readonly sandbox: CreatioSandbox;
  readonly #cookies = new Map<string, string>();

  constructor(sandbox: CreatioSandbox) {
    this.sandbox = sandbox;
  }

  /** A caller that has signed in. */
  static async signedIn(sandbox: CreatioSandbox, name?: string, password?: string): Promise<CreatioCaller> {
    const caller = new CreatioCaller(sandbox);
    await caller.login(name, password);
    return caller;
  }

  login(name?: string, password?: string): Promise<Called> {
    const { username = '', password: usual = '' } = this.sandbox.credentials;
    const body = { UserName: name ?? username, UserPassword: password ?? usual };
    return this.call('POST', '/ServiceModel/AuthService.svc/Login', body, { ForceUseSession: 'true' });
  }

  cookie(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Called> {
    return this.call('GET', path, undefined, headers);
  }

  /** A path below `/0/odata/`. */
  odata(path: string, headers: Record<string, string> = {}): Promise<Called> {
    return this.get(`/0/odata/${path}`, headers);
  }

  /** The records of a list. */
  async list(path: string): Promise<JsonObject[]> {
    return objects((await this.odata(path)).body.value);
  }

  write(method: string, path: string, body?: Json, headers: Record<string, string> = {}): Promise<Called> {
    return this.call(method, `/0/odata/${path}`, body, headers);
  }

  /** A query of DataService. */
  service(name: string, body: Json): Promise<Called> {
    return this.call('POST', `/0/DataService/json/SyncReply/${name}`, body);
  }

  async call(
    method: string,
    path: string,
    body?: Json | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Called> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(this.sandbox.url + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json; charset=utf-8',
        ...(cookie === '' ? {} : { cookie, BPMCSRF: this.#cookies.get('BPMCSRF') ?? '' }),
        ...headers,
      },
      body: body === undefined ? undefined : Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: objectOf(text) };
  }

  /** A control route, such as `settings` or `log?after=3`. */
  async control(path: string, body?: Json, method = body === undefined ? 'GET' : 'POST'): Promise<unknown> {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const answer = await fetch(`${this.sandbox.control}/${path}`, init);
    return answer.json();
  }
}

function objectOf(text: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** The sentence inside an OData error, however deep it stands. */
export function innerMessage(body: JsonObject): string {
  const error = isObject(body.error) ? body.error : {};
  const inner = isObject(error.innererror) ? error.innererror : {};
  const deepest = isObject(inner.internalexception) ? inner.internalexception : inner;
  return String(deepest.message ?? '');
}
