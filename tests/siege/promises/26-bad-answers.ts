import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { AllowedPlaces } from '../../../connectors/kit/egress/addresses.js';
import { Egress } from '../../../connectors/kit/egress/client.js';
import { isFailure } from '../../../core/failures.js';
import { atMost, exactly, type Figure, nothing, type SiegePromise, shareAtLeast, within } from '../siege.js';

const megabyte = 1024 * 1024;

/** What an evil service answers; each must end by itself. */
const answers: Readonly<Record<string, (response: ServerResponse) => void>> = {
  endless: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const piece = Buffer.alloc(megabyte, 0x20);
    const more = (): void => {
      if (!response.destroyed && response.write(piece)) setImmediate(more);
    };
    response.on('drain', more);
    more();
  },
  declared: (response) => {
    response.writeHead(200, { 'content-length': String(40 * megabyte) });
    response.write('x');
  },
  bomb: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipBomb);
  },
  'bomb without end': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipBomb.subarray(0, gzipBomb.length - 20));
  },
  headers: (response) => {
    const socket = response.socket;
    socket?.write('HTTP/1.1 200 OK\r\n');
    for (let line = 0; line < 5_000; line++) socket?.write(`x-${line}: ${'y'.repeat(200)}\r\n`);
  },
  redirect: (response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' });
    response.end();
  },
  broken: (response) => {
    response.socket?.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort');
    response.socket?.end();
  },
  silent: () => undefined,
  drip: (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 500);
    response.on('close', () => clearInterval(timer));
  },
};

const gzipBomb = gzipSync(Buffer.alloc(200 * megabyte));

export default {
  number: 26,
  title: 'Slow or huge answers are cut',
  required: 'ended <= 60 s or at 32 MB (64 MB unpacked); memory +<= 150 MB; others keep >= 80 % speed',
  limitMs: 5 * 60_000,
  run: async (context) => {
    const server = createServer((request, response) => {
      const name = decodeURIComponent((request.url ?? '').slice(1));
      const answer = answers[name];
      if (answer === undefined) response.end('{"ok":true}');
      else answer(response);
    });
    context.onEnd(() => {
      server.closeAllConnections();
      server.close();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const egress = new Egress(new AllowedPlaces([place]));
    const pacer = { take: async () => undefined, done: () => undefined, refused: () => undefined };
    const client = egress.client({ hosts: [place], pacer });
    const ask = (name: string) =>
      client.request({
        method: 'GET',
        url: `http://${place}/${encodeURIComponent(name)}`,
        headers: {},
        signal: AbortSignal.timeout(120_000),
      });

    const calm = await speed(() => ask('good'), 2_000);
    const memoryBefore = process.memoryUsage().rss;
    let memoryPeak = memoryBefore;
    const watch = setInterval(() => {
      memoryPeak = Math.max(memoryPeak, process.memoryUsage().rss);
    }, 50);
    const odd: string[] = [];
    const figures: Figure[] = [];
    const evil = Promise.all(
      Object.keys(answers).map(async (name) => {
        const startedMs = performance.now();
        const told = await ask(name).then(
          (answer) => `an answer of ${answer.bytes.length} bytes`,
          (error: unknown) => (isFailure(error) ? error.code : `no failure of ours: ${String(error)}`),
        );
        if (!told.startsWith('egress/')) odd.push(`${name}: ${told}`);
        figures.push(within(name, performance.now() - startedMs, 65_000));
      }),
    );
    // The server that misbehaves shares this thread, so speed is taken while the slow ones are still open.
    const beside = await speed(() => ask('good'), 2_000);
    await evil;
    clearInterval(watch);
    await egress.close().catch(() => undefined);
    return [
      ...figures,
      nothing('not named', odd),
      exactly('answers cut', figures.length, Object.keys(answers).length),
      atMost('memory in MB', Math.round((memoryPeak - memoryBefore) / megabyte), 150 + 64),
      shareAtLeast('speed of others', beside / calm, 0.8),
    ];
  },
} satisfies SiegePromise;

/** Answers per second over a time. */
async function speed(ask: () => Promise<unknown>, forMs: number): Promise<number> {
  const startedMs = performance.now();
  let count = 0;
  while (performance.now() - startedMs < forMs) {
    await ask();
    count += 1;
  }
  return (count * 1_000) / forMs;
}
