import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { writePiece } from './slow-reader.js';

const piece = 'x'.repeat(64 * 1024);

/** What `answer` does with a response, and how its reader sees it. */
async function serve<T>(answer: (response: ServerResponse) => Promise<T>, read: (answer: IncomingMessage) => void) {
  const answered: Promise<T>[] = [];
  const server = createServer((_request, response) => {
    answered.push(answer(response));
  }).listen(0, '127.0.0.1');
  try {
    await once(server, 'listening');
    const request = get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' });
    const [incoming] = (await once(request, 'response')) as [IncomingMessage];
    read(incoming);
    return await (answered[0] as Promise<T>);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('an answer in pieces', () => {
  test('waits for its reader, and leaves no listener behind', async () => {
    let waits = 0;
    const counts = await serve(
      async (response) => {
        const listeners = () => ['drain', 'close', 'error'].map((name) => response.listenerCount(name));
        const before = listeners();
        for (let written = 0; written < 400; written++) {
          await writePiece(response, piece);
          if (response.writableLength === 0) waits += 1;
        }
        const after = listeners();
        response.end();
        return { before, after };
      },
      (incoming) => void incoming.resume(),
    );
    expect(counts.after).toEqual(counts.before);
    expect(waits).toBeGreaterThan(10);
  });

  test('says when its reader has left, whether it was waiting or not', async () => {
    const isTaken = await serve(
      async (response) => {
        while (await writePiece(response, piece));
        return writePiece(response, piece);
      },
      (incoming) => void incoming.once('data', () => incoming.destroy()),
    );
    expect(isTaken).toBe(false);
  });
});
