import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Told {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What is said in place of a vendor's true answer; null lets it pass. */
export type Lie = (truth: Told, path: string) => Partial<Told> | null;

/** What is answered before the vendor hears of a request; null lets it pass. */
export type Refusal = (path: string, method: string) => Told | null;

/** Stands in front of a vendor's sandbox and tells of success what is not so. */
export interface LyingProxy {
  readonly url: string;
  /** Answers that were replaced. */
  readonly told: number;
  lie(lie: Lie | null): void;
  refuse(refusal: Refusal | null): void;
  stop(): Promise<void>;
}

export async function startLyingProxy(target: string): Promise<LyingProxy> {
  const { hostname, port, host } = new URL(target);
  const agent = new http.Agent({ keepAlive: true });
  let lie: Lie | null = null;
  let refusal: Refusal | null = null;
  let told = 0;
  const server = http.createServer(async (request, response) => {
    try {
      const refused = refusal?.(request.url ?? '', request.method ?? '') ?? null;
      if (refused !== null) {
        for await (const _piece of request);
        response.writeHead(refused.status, { 'content-type': refused.type });
        response.end(refused.body);
        return;
      }
      const sent = http.request({
        host: hostname,
        port,
        method: request.method,
        path: request.url,
        headers: { ...request.headers, host, 'accept-encoding': 'identity' },
        agent,
      });
      sent.on('error', () => response.destroy());
      request.pipe(sent);
      const answer = await new Promise<http.IncomingMessage>((resolve) => sent.once('response', resolve));
      const truth = {
        status: answer.statusCode ?? 0,
        type: answer.headers['content-type'] ?? '',
        body: await textOf(answer),
      };
      const said = truth.status < 300 ? (lie?.(truth, request.url ?? '') ?? null) : null;
      if (said !== null) told += 1;
      const { status, type, body } = { ...truth, ...said };
      const { 'content-length': _length, 'transfer-encoding': _coding, connection: _kept, ...headers } = answer.headers;
      response.writeHead(status, { ...headers, ...(type !== '' && { 'content-type': type }) });
      response.end(status === 204 ? undefined : body);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get told() {
      return told;
    },
    lie: (next) => {
      lie = next;
    },
    refuse: (next) => {
      refusal = next;
    },
    stop: () =>
      new Promise((resolve) => {
        agent.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(message: http.IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}
