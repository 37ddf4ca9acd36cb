import { Failure, type FailureCode } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { retryAfterOf } from '../kit/egress/answer.js';
import type { ConnectionContext, HttpAnswer, HttpRequest } from '../kit/index.js';
import { parseJsonPath, textAt } from '../kit/json-path.js';
import { Authorizer } from './auth.js';
import type { Service } from './service.js';

type ErrorKind = 'auth' | 'rate_limited' | 'transient' | 'rejected' | 'conflict' | 'quota';

/** What a status means where the service's own table says nothing. */
const commonStatuses: Readonly<Record<number, ErrorKind>> = {
  401: 'auth',
  402: 'quota',
  403: 'auth',
  408: 'transient',
  409: 'conflict',
  425: 'transient',
  429: 'rate_limited',
};

const codes: Readonly<Record<ErrorKind, FailureCode>> = {
  auth: 'vendor/auth',
  rate_limited: 'vendor/rate_limited',
  transient: 'vendor/unavailable',
  rejected: 'vendor/refused',
  conflict: 'vendor/refused',
  quota: 'vendor/quota',
};

const hints: Readonly<Record<ErrorKind, string>> = {
  auth: 'Check the connection’s rights and secret, then connect it again.',
  rate_limited: 'Nothing to do: the request is sent again when the service allows.',
  transient: 'The request is repeated; if this stays, the service is down.',
  rejected: 'Correct the record or the mapping, then resend it.',
  conflict: 'Look at the record at the service, then resend it.',
  quota: 'Buy more of the service’s quota or wait for its next period.',
};

export interface Call {
  readonly method: HttpRequest['method'];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly beforeSend?: () => void;
}

/** Speaks to one declarative service: adds the credentials, renews them once, turns statuses into failures. */
export class ServiceClient {
  readonly #authorizer: Authorizer;
  readonly #codePath;
  readonly #messagePath;

  constructor(
    readonly service: Service,
    readonly baseUrl: string,
    readonly context: ConnectionContext,
  ) {
    this.#authorizer = new Authorizer(service, baseUrl, context);
    this.#codePath = parseJsonPath(service.error_code ?? 'code');
    this.#messagePath = parseJsonPath(service.error_message ?? 'message');
  }

  /** The answer of a successful call; throws a `Failure` for every other status. */
  async call(call: Call): Promise<HttpAnswer> {
    const answer = await this.send(call);
    if (answer.status < 300) return answer;
    throw this.failureOf(answer);
  }

  /** Any answer but 401, which is answered by renewing the credentials once. */
  async send(call: Call): Promise<HttpAnswer> {
    const seen = await this.#authorizer.headers(call.signal);
    const answer = await this.#request(call, seen.headers);
    if (answer.status !== 401 || !this.#authorizer.canRenew) return answer;
    const renewed = await this.#authorizer.renew(seen, call.signal);
    return this.#request(call, renewed.headers);
  }

  #request(call: Call, credentials: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const query = call.query === undefined ? '' : `?${new URLSearchParams(call.query)}`;
    return this.context.http.request({
      method: call.method,
      url: `${this.baseUrl}${call.path}${query}`,
      headers: {
        accept: 'application/json',
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...credentials,
        ...call.headers,
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      signal: call.signal,
      ...(call.beforeSend && { beforeSend: call.beforeSend }),
    });
  }

  kindOf(answer: HttpAnswer): ErrorKind {
    const code = textAt(errorBody(answer), this.#codePath);
    for (const rule of this.service.errors ?? []) {
      const isStatus =
        typeof rule.status === 'number'
          ? rule.status === answer.status
          : answer.status.toString().startsWith(rule.status[0] as string);
      if (isStatus && (rule.code === undefined || rule.code === code)) return rule.kind;
    }
    return commonStatuses[answer.status] ?? (answer.status >= 500 || answer.status < 400 ? 'transient' : 'rejected');
  }

  /** An error answer as a failure in the service's own words. Only `transient` ones leave a write's outcome unknown. */
  failureOf(answer: HttpAnswer): Failure {
    const kind = this.kindOf(answer);
    const body = errorBody(answer);
    const words = textAt(body, this.#messagePath);
    const code = textAt(body, this.#codePath);
    return new Failure(codes[kind], {
      message:
        `\`${this.service.title}\` answered with status ${answer.status}${words === null ? '' : `: ${words.slice(0, 300)}`}`.replace(
          /\.?$/,
          '.',
        ),
      hint: hints[kind],
      details: {
        status: answer.status,
        ...(code !== null && { vendorCode: code }),
        wasSent: kind === 'transient',
        ...(kind === 'auth' && { connectionId: this.context.connectionId }),
      },
      ...(kind === 'rate_limited' && { retryAfterMs: retryAfterOf(answer.headers) ?? 1_000 }),
    });
  }
}

/**
 * A path with a record's id or a look-up key in it. One that is empty or stands for a folder would lead to another
 * place, so it is refused.
 */
export function pathWithKey(path: string, key: string): string {
  if (key === '' || /^\.{1,2}$/.test(key)) {
    throw new Failure('read/refused', {
      message: `\`${key}\` cannot stand in the path \`${path}\`.`,
      hint: 'Correct the key at its source.',
      details: { wasSent: false },
    });
  }
  return path.replaceAll('{key}', () => encodeURIComponent(key));
}

function errorBody(answer: HttpAnswer): JsonValue {
  try {
    return answer.json();
  } catch {
    return null;
  }
}
