import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { answerControl, CONTROL_PATH } from './control.js';
import { deliver, deliverDripping, deliverTruncated } from './delivery.js';
import { type Answer, htmlAnswer, VendorRequest } from './exchange.js';
import type { FaultKind } from './faults.js';
import { RollingWindow } from './limits.js';
import type { Kit, VendorApp } from './vendor-app.js';

const LARGEST_BODY = 64 << 20;
const MAINTENANCE_PAGE =
  '<!doctype html><html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>';

/** Key and certificates of a sandbox that speaks TLS. */
export interface ServerTls {
  readonly key: string;
  readonly cert: string;
}

/** One listening socket of a sandbox. */
export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

/** Serves a vendor's API and its control routes on one loopback port. */
export class VendorServer {
  readonly #kit: Kit;
  readonly #app: VendorApp;
  #window: RollingWindow | undefined;

  constructor(kit: Kit, app: VendorApp) {
    this.#kit = kit;
    this.#app = app;
  }

  listen(port: number, tls?: ServerTls): Promise<Listening> {
    const answer = (request: http.IncomingMessage, response: http.ServerResponse) => {
      this.#receive(request, response).catch((error: unknown) => {
        process.stderr.write(`sandbox: ${String(error instanceof Error ? error.stack : error)}\n`);
        response.destroy();
      });
    };
    const server =
      tls === undefined ? http.createServer(answer) : https.createServer({ key: tls.key, cert: tls.cert }, answer);
    server.keepAliveTimeout = 300_000;
    server.headersTimeout = 310_000;
    server.requestTimeout = 0;
    server.on('clientError', (_error, socket) => socket.destroy());
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const { port: taken } = server.address() as AddressInfo;
        resolve({ url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${taken}`, stop: () => close(server) });
      });
    });
  }

  async #receive(incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { clock, log } = this.#kit;
    const arrived = clock.exactNow();
    const body = await readBody(incoming);
    if (body === undefined) return;
    const request = new VendorRequest({
      method: incoming.method ?? 'GET',
      target: incoming.url ?? '/',
      headers: incoming.headers,
      body,
      address: incoming.socket.remoteAddress,
      note: (note, fault) => log.add(note, clock.now(), fault),
    });
    if (request.path === CONTROL_PATH || request.path.startsWith(`${CONTROL_PATH}/`)) {
      return deliver(response, answerControl(request, this.#kit, this.#app));
    }
    const finish = (status: number) => this.#record(request, arrived, status);
    const waitMs = this.#waitFor(request);
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      const refused = this.#app.limited?.(request, seconds) ?? this.#app.refuse(429, seconds);
      finish(refused.status);
      return deliver(response, refused);
    }
    const { latency_ms: latencyMs } = this.#app.switches.values;
    if (latencyMs > 0) await clock.sleep(latencyMs);
    request.fault = this.#faultOf(request);
    if (request.fault !== null) return this.#answerFaulty(request, request.fault, response, finish);
    const answer = await this.#app.handle(request);
    finish(answer.status);
    return deliver(response, answer);
  }

  /** 0 when all windows take the request. A refused request counts for none of those after the refusing one. */
  #waitFor(request: VendorRequest): number {
    const { rate } = this.#app.switches.values;
    if (rate === null) this.#window = undefined;
    else if (this.#window?.rate.requests !== rate.requests || this.#window.rate.perSeconds !== rate.perSeconds) {
      this.#window = new RollingWindow(rate, this.#kit.clock);
    }
    const own = this.#window === undefined ? [] : [this.#window];
    for (const window of [...own, ...(this.#app.windows?.(request) ?? [])]) {
      const waitMs = window.take();
      if (waitMs > 0) return waitMs;
    }
    return 0;
  }

  #faultOf(request: VendorRequest): FaultKind | null {
    const { faults, log, clock } = this.#kit;
    const isWrite = this.#app.isWrite?.(request) ?? (request.method !== 'GET' && request.method !== 'HEAD');
    return faults.next({ method: request.method, path: request.path, isWrite }, log.lastSeq, clock.now());
  }

  async #answerFaulty(
    request: VendorRequest,
    fault: FaultKind,
    response: http.ServerResponse,
    finish: (status: number) => void,
  ): Promise<void> {
    const { clock, faults } = this.#kit;
    const send = (answer: Answer) => {
      finish(answer.status);
      return deliver(response, answer);
    };
    switch (fault) {
      case 'reset':
        finish(0);
        resetConnection(response.socket);
        return;
      case 'status_429':
        return send(this.#app.refuse(429, 1));
      case 'status_503':
        return send(this.#app.refuse(503, faults.coin() ? 1 : undefined));
      case 'status_500':
        if (faults.coin()) await this.#app.handle(request);
        return send(this.#app.refuse(500));
      case 'html':
        if (faults.coin()) await this.#app.handle(request);
        return send(htmlAnswer(200, MAINTENANCE_PAGE));
      case 'empty_body':
        if (faults.coin()) await this.#app.handle(request);
        return send({ status: 200, headers: { 'content-type': 'application/json' }, body: '' });
      case 'delay':
        await clock.sleep(faults.duration(200, 1500));
        return send(await this.#app.handle(request));
      case 'commit_then_drop':
        await this.#app.handle(request);
        finish(0);
        response.socket?.destroy();
        return;
      case 'duplicate': {
        const first = await this.#app.handle(request);
        await this.#app.handle(request);
        return send(first);
      }
      case 'truncate': {
        const answer = await this.#app.handle(request);
        finish(answer.status);
        return deliverTruncated(response, answer, faults.coin());
      }
      case 'drip': {
        const answer = await this.#app.handle(request);
        finish(answer.status);
        return deliverDripping(response, answer, clock, faults.duration(300, 1500));
      }
      default:
        return send(await this.#app.handle(request));
    }
  }

  #record(request: VendorRequest, arrived: number, status: number): void {
    const { clock, requests } = this.#kit;
    requests.add({
      at: new Date(arrived).toISOString(),
      ms: Math.round((clock.exactNow() - arrived) * 100) / 100,
      method: request.method,
      path: request.target,
      status,
      records: request.records,
      fault: request.fault,
    });
  }
}

/** Sends RST instead of FIN; a TLS connection can only be closed. */
function resetConnection(socket: Socket | null): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}

/** The whole body, or undefined when the client went away or sent too much. */
function readBody(incoming: http.IncomingMessage): Promise<Buffer | undefined> {
  const { method } = incoming;
  if (method === 'GET' || method === 'HEAD') {
    incoming.resume();
    return Promise.resolve(Buffer.alloc(0));
  }
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    incoming.on('data', (piece: Buffer) => {
      size += piece.length;
      if (size > LARGEST_BODY) incoming.destroy();
      else pieces.push(piece);
    });
    incoming.on('end', () => resolve(pieces.length === 1 ? pieces[0] : Buffer.concat(pieces)));
    incoming.on('error', () => resolve(undefined));
    incoming.on('close', () => resolve(undefined));
  });
}

function close(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
