import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address in front of several servers: each request goes to the next one. */
export interface Balancer {
  readonly origin: string;
  add(address: string): void;
  stop(): Promise<void>;
}

export async function startBalancer(): Promise<Balancer> {
  const targets: URL[] = [];
  let turn = 0;
  const server = createServer((request, response) => {
    const target = targets[turn++ % targets.length];
    if (target === undefined) response.writeHead(503).end();
    else forward(request, response, target);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    add: (address) => targets.push(new URL(address)),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** As it came, with its own Host: the servers know this address as their public one. */
function forward(request: IncomingMessage, response: ServerResponse, target: URL): void {
  const { method, headers, url: path } = request;
  const onward = httpRequest(
    { host: target.hostname, port: target.port, method, path, headers, setHost: false },
    (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    },
  );
  onward.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
