import { Agent, buildConnector, request as undiciRequest } from 'undici';
import type { HttpAnswer, HttpClient, HttpRequest } from '../http-contract.js';
import {
  type AllowedPlaces,
  addressRefused,
  type Lookup,
  normalHost,
  normalPlace,
  resolveGuarded,
} from './addresses.js';
import { Answer, readBody, retryAfterOf, unpack } from './answer.js';
import { egressFailure, redirectRefused } from './failures.js';
import type { Pacer, Turn } from './pacer.js';
import { sendGuard } from './send-guard.js';

export { retryAfterOf } from './answer.js';

const defaultTimeoutMs = 60_000;
const defaultMaxBytes = 32 * 1024 * 1024;
const connectTimeoutMs = 10_000;
const redirects: ReadonlySet<number> = new Set([300, 301, 302, 303, 305, 307, 308]);

/** One connection's way out: the hosts it declared, the budgets it shares. */
export interface EgressBinding {
  /** `host:port` of the connector's declared host set. */
  readonly hosts: readonly string[];
  readonly pacer: Pacer;
}

export interface EgressOptions {
  /** In place of the system's name look-up. */
  readonly lookup?: Lookup;
}

/** The sockets of one process, shared by all connections; every new socket passes the guard. */
export class Egress {
  readonly #agent: Agent;

  constructor(
    readonly allowed: AllowedPlaces,
    options: EgressOptions = {},
  ) {
    const connect = buildConnector({ timeout: connectTimeoutMs });
    this.#agent = new Agent({
      connections: 64,
      pipelining: 1,
      keepAliveTimeout: 20_000,
      headersTimeout: defaultTimeoutMs,
      bodyTimeout: defaultTimeoutMs,
      connect: (target, callback) => {
        const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
        resolveGuarded(target.hostname, port, allowed, options.lookup).then(
          ({ address }) =>
            connect(
              {
                ...target,
                hostname: address,
                ...(target.protocol === 'https:' && { servername: target.servername ?? target.hostname }),
              },
              callback,
            ),
          (error: unknown) => callback(error as Error, null),
        );
      },
    });
  }

  client(binding: EgressBinding): HttpClient {
    const hosts = new Set(binding.hosts.map(normalPlace));
    return {
      request: async (request) => {
        const url = this.#check(request.url, hosts);
        const turn = await binding.pacer.take(request.cost ?? 1, request.signal);
        try {
          const answer = await this.#send(url, request, turn);
          const isRefused = request.isRateRefusal?.(answer) ?? answer.status === 429;
          if (isRefused) binding.pacer.refused(retryAfterOf(answer.headers));
          return answer;
        } finally {
          turn?.done();
        }
      },
    };
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  /** Only declared hosts, only https; an operator's EGRESS_ALLOW entry may also speak plain http. */
  #check(text: string, hosts: ReadonlySet<string>): URL {
    const url = URL.canParse(text) ? new URL(text) : null;
    if (url === null || url.username !== '' || url.password !== '') throw addressRefused();
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    const host = normalHost(url.hostname);
    if (!hosts.has(`${host}:${port}`)) throw addressRefused();
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && this.allowed.has(host, port)))
      throw addressRefused();
    return url;
  }

  async #send(url: URL, request: HttpRequest, turn: Turn | undefined): Promise<HttpAnswer> {
    let wasSent = false;
    const onSend = (): void => {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        request.beforeSend?.();
        // A read leaves nothing in doubt, so nobody asks whether it was sent.
        wasSent = true;
      }
      turn?.left();
    };
    const timeoutMs = request.timeoutMs ?? defaultTimeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([request.signal, timeout]);
    try {
      const answer = await orAbort(this.#exchange(url, request, onSend, signal), signal);
      if (redirects.has(answer.status)) throw redirectRefused(answer.status, wasSent);
      return answer;
    } catch (error) {
      throw egressFailure(error, {
        signal: request.signal,
        timedOutMs: timeout.aborted ? timeoutMs : null,
        wasSent,
      });
    }
  }

  async #exchange(url: URL, request: HttpRequest, onSend: () => void, signal: AbortSignal): Promise<HttpAnswer> {
    const answer = await undiciRequest(url, {
      method: request.method,
      ...(request.headers && { headers: request.headers }),
      body: request.body ?? null,
      signal,
      dispatcher: this.#agent.compose(sendGuard(onSend)),
    });
    const headers = flatHeaders(answer.headers);
    const declared = Number(headers['content-length'] ?? -1);
    const raw = await readBody(answer.body, request.maxBytes ?? defaultMaxBytes, declared);
    return new Answer(answer.statusCode, headers, await unpack(raw, headers['content-encoding']));
  }
}

/** A connection that is still being made does not hear an abort; who waits for it does. */
async function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    work.catch(() => undefined);
    throw signal.reason;
  }
  return new Promise<T>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}
