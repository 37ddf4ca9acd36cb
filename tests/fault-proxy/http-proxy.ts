import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClock } from '../../sandbox/kit/clock.js';
import { deliver, deliverDripping, deliverTruncated } from '../../sandbox/kit/delivery.js';
import type { Answer } from '../../sandbox/kit/exchange.js';
import { type FaultKind, FaultPlan, parseFaultOrder } from '../../sandbox/kit/faults.js';

/** Faults of the proxy: those of the sandboxes but for `late_visible`, which only a vendor can play. */
export type ProxyFault = Exclude<FaultKind, 'late_visible'>;

/** Which faults to play; the same seed and the same requests in the same order give the same faults. */
export interface ProxyFaults {
  readonly seed: number | string;
  /** Share of the requests, 0 to 1; 0 ends the faults. */
  readonly rate: number;
  readonly kinds: readonly ProxyFault[];
  /** Only requests whose path begins so. */
  readonly paths?: readonly string[];
  readonly methods?: readonly string[];
}

/** One request through the proxy. */
export interface ProxyEntry {
  readonly seq: number;
  readonly method: string;
  readonly path: string;
  readonly fault: FaultKind | null;
  /** Status sent to the client, 0 when the connection was cut without one. */
  readonly status: number;
  /** How often the request reached the target: 0, 1 or 2. */
  readonly reached: number;
}

export interface FaultProxy {
  /** Base address to use in place of the target's. */
  readonly url: string;
  readonly log: readonly ProxyEntry[];
  setFaults(faults: ProxyFaults): void;
  stop(): Promise<void>;
}

/** Starts an HTTP proxy on loopback in front of `target` (base address, plain http). */
export async function startFaultProxy({ target, ...faults }: ProxyFaults & { target: string }): Promise<FaultProxy> {
  const proxy = new HttpFaultProxy(new URL(target));
  proxy.setFaults(faults);
  const url = await proxy.listen();
  return {
    url: url + new URL(target).pathname.replace(/\/$/, ''),
    log: proxy.log,
    setFaults: (next) => proxy.setFaults(next),
    stop: () => proxy.stop(),
  };
}

const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'upgrade',
  'te',
  'trailer',
]);
const HTML = '<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>';

class HttpFaultProxy {
  readonly log: ProxyEntry[] = [];
  readonly #plan = new FaultPlan();
  readonly #clock = new SandboxClock();
  readonly #target: URL;
  readonly #agent = new http.Agent({ keepAlive: true });
  readonly #server: http.Server;

  constructor(target: URL) {
    this.#target = target;
    this.#server = http.createServer((request, response) => {
      this.#receive(request, response).catch(() => response.destroy());
    });
    this.#server.keepAliveTimeout = 300_000;
    this.#server.on('clientError', (_error, socket) => socket.destroy());
  }

  setFaults({ seed, rate, kinds, paths, methods }: ProxyFaults): void {
    this.#plan.set(
      parseFaultOrder({ seed, rate, kinds: [...kinds], paths: [...(paths ?? [])], methods: [...(methods ?? [])] }),
    );
  }

  listen(): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(0, '127.0.0.1', () => {
        const { port } = this.#server.address() as AddressInfo;
        resolve(`http://127.0.0.1:${port}`);
      });
    });
  }

  stop(): Promise<void> {
    this.#clock.stop();
    this.#agent.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #receive(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await collect(request);
    const { method = 'GET', url: path = '/' } = request;
    const isWrite = method !== 'GET' && method !== 'HEAD';
    const fault = this.#plan.next({ method, path, isWrite }, 0, Date.now());
    let reached = 0;
    const forward = () => {
      reached += 1;
      return this.#forward(request, body);
    };
    const note = (status: number) => {
      this.log.push({ seq: this.log.length + 1, method, path, fault, status, reached });
    };
    const send = (answer: Answer) => {
      note(answer.status);
      return deliver(response, answer);
    };
    switch (fault) {
      case null:
      case 'late_visible':
        return send(await forward());
      case 'delay':
        await this.#clock.sleep(this.#plan.duration(200, 1500));
        return send(await forward());
      case 'reset':
        note(0);
        response.socket?.resetAndDestroy();
        return;
      case 'status_429':
        return send({ status: 429, headers: { 'retry-after': '1' }, body: 'Too many requests' });
      case 'status_503':
        return send({ status: 503, body: 'Service unavailable' });
      case 'status_500':
        if (this.#plan.coin()) await forward();
        return send({ status: 500, body: 'Internal error' });
      case 'html':
        if (this.#plan.coin()) await forward();
        return send({ status: 200, headers: { 'content-type': 'text/html' }, body: HTML });
      case 'empty_body':
        if (this.#plan.coin()) await forward();
        return send({ status: 200, headers: { 'content-type': 'application/json' }, body: '' });
      case 'duplicate': {
        const first = await forward();
        await forward();
        return send(first);
      }
      case 'commit_then_drop':
        await forward();
        note(0);
        response.socket?.destroy();
        return;
      case 'truncate': {
        const answer = await forward();
        note(answer.status);
        return deliverTruncated(response, answer, this.#plan.coin());
      }
      case 'drip': {
        const answer = await forward();
        note(answer.status);
        return deliverDripping(response, answer, this.#clock, this.#plan.duration(300, 1500));
      }
    }
  }

  /** Sends the request to the target and collects its whole answer; an unreachable target is a 502. */
  #forward(request: http.IncomingMessage, body: Buffer): Promise<Answer> {
    const headers = { ...endToEnd(request.headers), host: this.#target.host, 'content-length': String(body.length) };
    const options = { host: this.#target.hostname, port: this.#target.port, method: request.method, path: request.url };
    return new Promise((resolve) => {
      const sent = http.request({ ...options, headers, agent: this.#agent }, (answer) => {
        collect(answer).then(
          (whole) => resolve({ status: answer.statusCode ?? 502, headers: endToEnd(answer.headers), body: whole }),
          () => resolve({ status: 502, body: 'The target broke off' }),
        );
      });
      sent.on('error', () => resolve({ status: 502, body: 'The target was not reached' }));
      sent.end(body);
    });
  }
}

function collect(stream: http.IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('end', () => resolve(Buffer.concat(pieces)));
    stream.on('error', reject);
    stream.on('close', () => reject(new Error('closed')));
  });
}

function endToEnd(headers: http.IncomingHttpHeaders): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name)) kept[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return kept;
}
