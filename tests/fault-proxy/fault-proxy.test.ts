import * as http from 'node:http';
import * as net from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type FaultProxy, type ProxyFault, startFaultProxy, startTcpFaultProxy } from './index.js';

let target: http.Server;
let targetPort: number;
let received: string[];
let proxy: FaultProxy | undefined;

beforeEach(async () => {
  received = [];
  target = http.createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    request.on('end', () => {
      received.push(`${request.method} ${request.url} ${body}`);
      const answer = JSON.stringify({ text: 'Щ'.repeat(500), header: request.headers['x-test'] });
      response.writeHead(201, { 'content-type': 'application/json', 'x-answer': 'yes' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => {
    target.listen(0, '127.0.0.1', resolve);
  });
  targetPort = (target.address() as net.AddressInfo).port;
});

afterEach(async () => {
  await proxy?.stop();
  proxy = undefined;
  await new Promise((resolve) => {
    target.close(resolve);
    target.closeAllConnections();
  });
});

async function start(kinds: readonly ProxyFault[], rate = 1): Promise<FaultProxy> {
  proxy = await startFaultProxy({ target: `http://127.0.0.1:${targetPort}/api`, seed: 5, rate, kinds });
  return proxy;
}

async function send({ url }: FaultProxy): Promise<{ status: number; text: string } | 'cut'> {
  try {
    const answer = await fetch(`${url}/things?a=1`, { method: 'POST', body: '{"n":1}', headers: { 'x-test': 'kept' } });
    return { status: answer.status, text: await answer.text() };
  } catch {
    return 'cut';
  }
}

describe('the fault proxy', () => {
  test('passes everything on unchanged when it is calm', async () => {
    const calm = await start([], 0);
    const answer = await send(calm);
    expect(answer).toEqual({ status: 201, text: JSON.stringify({ text: 'Щ'.repeat(500), header: 'kept' }) });
    expect(received).toEqual(['POST /api/things?a=1 {"n":1}']);
    expect(calm.log).toEqual([
      { seq: 1, method: 'POST', path: '/api/things?a=1', fault: null, status: 201, reached: 1 },
    ]);
  });

  test('drops the answer after the target did the work', async () => {
    expect(await send(await start(['commit_then_drop']))).toBe('cut');
    expect(received).toHaveLength(1);
  });

  test('resets before the target hears of it', async () => {
    expect(await send(await start(['reset']))).toBe('cut');
    expect(received).toHaveLength(0);
  });

  test('repeats a request', async () => {
    expect(await send(await start(['duplicate']))).toMatchObject({ status: 201 });
    expect(received).toHaveLength(2);
  });

  test('answers in place of the target', async () => {
    const proxied = await start(['status_429']);
    expect(await send(proxied)).toMatchObject({ status: 429 });
    for (const [kind, status] of [
      ['status_503', 503],
      ['status_500', 500],
      ['html', 200],
      ['empty_body', 200],
    ] as const) {
      proxied.setFaults({ seed: 1, rate: 1, kinds: [kind] });
      expect(await send(proxied)).toMatchObject({ status });
    }
  });

  test('cuts and drips answers', async () => {
    const proxied = await start(['truncate']);
    const outcomes = new Set<string>();
    for (let n = 0; n < 12; n += 1) {
      const answer = await send(proxied);
      outcomes.add(answer === 'cut' ? 'cut' : `short: ${answer.text.length < 500}`);
    }
    expect(outcomes).toEqual(new Set(['cut', 'short: true']));
    proxied.setFaults({ seed: 1, rate: 1, kinds: ['drip'] });
    expect(await send(proxied)).toMatchObject({ status: 201, text: expect.stringMatching(/"kept"\}$/) });
  });

  test('plays the same faults for the same seed', async () => {
    const proxied = await start(['status_429', 'status_503'], 0.5);
    const round = async () => {
      const from = proxied.log.length;
      proxied.setFaults({ seed: 9, rate: 0.5, kinds: ['status_429', 'status_503'] });
      for (let n = 0; n < 40; n += 1) await send(proxied);
      return proxied.log.slice(from).map(({ fault }) => fault);
    };
    const first = await round();
    expect(new Set(first).size).toBe(3);
    expect(await round()).toEqual(first);
  });

  test('says 502 when the target is gone', async () => {
    const proxied = await startFaultProxy({ target: 'http://127.0.0.1:1', seed: 1, rate: 0, kinds: [] });
    expect(await send(proxied)).toMatchObject({ status: 502 });
    await proxied.stop();
  });
});

describe('the TCP fault proxy', () => {
  test('passes bytes on, drips them, cuts them off', async () => {
    const echo = net.createServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => {
      echo.listen(0, '127.0.0.1', resolve);
    });
    const { port } = echo.address() as net.AddressInfo;
    const tcp = await startTcpFaultProxy({ targetPort: port, seed: 1, rate: 0, kinds: [] });
    const exchange = () =>
      new Promise<number>((resolve) => {
        let bytes = 0;
        const socket = net.connect(tcp.port, '127.0.0.1', () => socket.write(Buffer.alloc(5000)));
        socket.on('data', (piece: Buffer) => {
          bytes += piece.length;
          if (bytes === 5000) socket.destroy();
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve(bytes));
      });
    expect(await exchange()).toBe(5000);
    for (const kind of ['drip', 'truncate', 'reset'] as const) {
      tcp.setFaults({ seed: 2, rate: 1, kinds: [kind] });
      const bytes = await exchange();
      if (kind === 'drip') expect(bytes).toBe(5000);
      else expect(bytes).toBeLessThan(2001);
    }
    expect(tcp.log).toEqual([null, 'drip', 'truncate', 'reset']);
    await tcp.stop();
    await new Promise((resolve) => {
      echo.close(resolve);
    });
  });
});
