import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { AllowedPlaces } from './addresses.js';
import { Egress, type EgressOptions } from './client.js';
import type { Pacer } from './pacer.js';

export const unpaced: Pacer = {
  take: async () => undefined,
  refused: () => undefined,
};

/** A TCP server that counts connections and bytes; `onData` plays the vendor. */
export async function startTcp(onData: (socket: Socket, chunk: Buffer) => void = () => undefined, host = '127.0.0.1') {
  const seen = { connections: 0, bytes: 0, text: '' };
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    seen.connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      seen.bytes += chunk.length;
      seen.text += chunk.toString('latin1');
      onData(socket, chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    seen,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An HTTP server on loopback; `answer` plays the vendor. */
export async function startHttp(answer: Parameters<typeof createServer>[1]) {
  const server: Server = createServer(answer as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A way out as a worker has it, to loopback only. */
export function testEgress(allow: readonly string[] = ['127.0.0.1:1-65535'], options: EgressOptions = {}) {
  const egress = new Egress(new AllowedPlaces(allow), options);
  return { egress, to: (...hosts: string[]) => egress.client({ hosts, pacer: unpaced }) };
}
