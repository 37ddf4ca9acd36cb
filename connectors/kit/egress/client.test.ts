import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Failure } from '../../../core/failures.js';
import type { HttpRequest } from '../http-contract.js';
import { startHttp, startTcp, testEgress } from './testing.js';

const signal = new AbortController().signal;
const post = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  body: '{"a":1}',
  signal,
  ...more,
});
const stops: (() => Promise<void>)[] = [];

function track<Started extends { stop(): Promise<void> }>(started: Started): Started {
  stops.push(started.stop);
  return started;
}

function open(...args: Parameters<typeof testEgress>) {
  const made = testEgress(...args);
  stops.push(() => made.egress.close());
  return made;
}

afterEach(async () => {
  // Servers end first: a request that hangs must not hold the egress.
  for (const stop of stops.splice(0)) await stop();
});

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  return work.then(
    () => {
      throw new Error('it went through');
    },
    (error: Failure) => error,
  );
}

describe('where a request may go', () => {
  test('no spelling of another place reaches it', async () => {
    const server = track(await startTcp());
    const client = open().to('api.example.com:443', `8.8.8.8:${server.port}`);
    const { port } = server;
    const places = [
      `https://127.0.0.1:${port}/`,
      `https://localhost:${port}/`,
      `https://LOCALHOST.:${port}/`,
      `https://2130706433:${port}/`,
      `https://0x7f000001:${port}/`,
      `https://0177.0.0.1:${port}/`,
      `https://127.1:${port}/`,
      `https://[::1]:${port}/`,
      `https://[::ffff:127.0.0.1]:${port}/`,
      `https://[64:ff9b::7f00:1]:${port}/`,
      `https://[fe80::1%25lo]:${port}/`,
      `https://api.example.com@127.0.0.1:${port}/`,
      `https://user:secret@api.example.com/`,
      `https://api.example.com:444/`,
      `https://api.example.com.evil.test/`,
      'http://api.example.com:443/',
      `http://8.8.8.8:${port}/`,
      `ftp://api.example.com:443/`,
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
      'data:text/plain,hello',
      '//api.example.com/',
      'not an address',
      '',
    ];
    const failures = await Promise.all(places.map((url) => failureOf(client.request({ method: 'GET', url, signal }))));
    for (const [index, failure] of failures.entries()) {
      expect([places[index], failure.code]).toEqual([places[index], 'egress/address_refused']);
      expect(failure.message).toBe(failures[0]?.message);
      expect(failure.details?.wasSent).toBe(false);
    }
    expect(server.seen.connections).toBe(0);
  });

  test('a declared name that points inside is refused', async () => {
    const server = track(await startTcp());
    const place = `inside.test:${server.port}`;
    const client = open([], { lookup: async () => [{ address: '127.0.0.1', family: 4 }] }).to(place);
    const failure = await failureOf(client.request(post(`https://${place}/`)));
    expect(failure).toMatchObject({ code: 'egress/address_refused', details: { wasSent: false } });
    expect(server.seen.connections).toBe(0);
  });

  test('the address that was checked is the one that is connected to', async () => {
    const answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}';
    const checked = track(await startTcp((socket) => socket.end(answer)));
    let looks = 0;
    const lookup = async () => {
      looks += 1;
      return [{ address: looks === 1 ? '127.0.0.1' : '127.0.0.9', family: 4 }];
    };
    const place = `rebind.test:${checked.port}`;
    const client = open([place], { lookup }).to(place);
    const { status } = await client.request({ method: 'GET', url: `http://${place}/`, signal });
    expect([status, looks, checked.seen.connections]).toEqual([200, 1, 1]);
    expect(checked.seen.text).toContain(`host: ${place}`);
  });

  test.each([301, 302, 303, 307, 308])(
    'a redirect with status %i is a failure, and its place is not visited',
    async (status) => {
      const neighbour = track(await startTcp());
      const server = track(
        await startHttp((_, response) => {
          response.writeHead(status, { location: `http://127.0.0.1:${neighbour.port}/` }).end();
        }),
      );
      const client = open().to(`127.0.0.1:${server.port}`, `127.0.0.1:${neighbour.port}`);
      const request = post(server.url, { headers: { authorization: 'Bearer canary' } });
      expect(await failureOf(client.request(request))).toMatchObject({
        code: 'egress/redirect_refused',
        details: { status, wasSent: true },
      });
      expect(await failureOf(client.request({ method: 'GET', url: server.url, signal }))).toMatchObject({
        code: 'egress/redirect_refused',
        details: { wasSent: false },
      });
      expect(neighbour.seen.connections).toBe(0);
    },
  );

  test('IPv6 places and names with a dot at the end are what was declared', async () => {
    const server = track(await startHttp((_, response) => void response.end('{}')));
    const place = `dotted.test.:${server.port}`;
    const client = open([place], { lookup: async () => [{ address: '127.0.0.1', family: 4 }] }).to(place);
    expect((await client.request({ method: 'GET', url: `http://${place}/`, signal })).status).toBe(200);
  });
});

describe('what is known when no answer comes', () => {
  test('a refused connection: nothing was sent', async () => {
    const gone = await startTcp();
    await gone.stop();
    const client = open().to(`127.0.0.1:${gone.port}`);
    for (const method of ['POST', 'DELETE'] as const) {
      const request = { method, url: `http://127.0.0.1:${gone.port}/`, signal } as const;
      expect(await failureOf(client.request(request))).toMatchObject({
        code: 'egress/unreachable',
        kind: 'transient',
        details: { wasSent: false },
      });
    }
  });

  test('a name that does not exist: nothing was sent', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const failure = await failureOf(open([], { lookup }).to('none.test:443').request(post('https://none.test/')));
    expect(failure).toMatchObject({ code: 'egress/unreachable', details: { wasSent: false } });
  });

  test.each(['POST', 'DELETE'] as const)('a reset after a %s was sent: it may have happened', async (method) => {
    const server = track(await startTcp((socket) => socket.resetAndDestroy()));
    const request = post(`http://127.0.0.1:${server.port}/`, { method, ...(method === 'DELETE' && { body: '' }) });
    expect(await failureOf(open().to(`127.0.0.1:${server.port}`).request(request))).toMatchObject({
      code: 'egress/unreachable',
      details: { wasSent: true },
    });
    expect(server.seen.bytes).toBeGreaterThan(0);
  });

  test('an answer that does not come in time', async () => {
    const server = track(await startTcp());
    const client = open().to(`127.0.0.1:${server.port}`);
    const url = `http://127.0.0.1:${server.port}/`;
    expect(await failureOf(client.request(post(url, { timeoutMs: 100 })))).toMatchObject({
      code: 'egress/timeout',
      kind: 'transient',
      details: { wasSent: true },
    });
    const read = { method: 'GET', url, signal, timeoutMs: 100 } as const;
    expect(await failureOf(client.request(read))).toMatchObject({
      code: 'egress/timeout',
      details: { wasSent: false },
    });
  });

  test('an answer that drips is cut by the same limit', async () => {
    const server = track(
      await startTcp((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
        const timer = setInterval(() => socket.write('x'), 20);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    const request = post(`http://127.0.0.1:${server.port}/`, { timeoutMs: 200 });
    expect(await failureOf(open().to(`127.0.0.1:${server.port}`).request(request))).toMatchObject({
      code: 'egress/timeout',
      details: { wasSent: true },
    });
  });

  test('a cut answer is a failure, never a shorter answer', async () => {
    const server = track(
      await startTcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{"items":[]}')),
    );
    const failure = await failureOf(
      open()
        .to(`127.0.0.1:${server.port}`)
        .request(post(`http://127.0.0.1:${server.port}/`)),
    );
    expect(failure).toMatchObject({ kind: 'transient', details: { wasSent: true } });
  });

  test('an abort ends a request promptly, with its reason', async () => {
    const server = track(await startTcp());
    const client = open().to(`127.0.0.1:${server.port}`);
    const stop = new AbortController();
    const asked = client.request(post(`http://127.0.0.1:${server.port}/`, { signal: stop.signal }));
    stop.abort(new Error('stopped by the test'));
    await expect(asked).rejects.toThrow('stopped by the test');
  });

  test('an abort is heard while the connection is still being made', async () => {
    let isAsked = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const lookup = () => {
      isAsked();
      return new Promise<never>(() => undefined);
    };
    const made = testEgress([], { lookup });
    const stop = new AbortController();
    const request = made.to('slow.test:443').request(post('https://slow.test/', { signal: stop.signal }));
    await asked;
    stop.abort(new Error('stopped by the test'));
    await expect(request).rejects.toThrow('stopped by the test');
  });
});

describe('the last check before sending', () => {
  test('runs on an open connection, and nothing leaves when it throws', async () => {
    const server = track(await startTcp((socket) => socket.write('HTTP/1.1 204 No Content\r\n\r\n')));
    const client = open().to(`127.0.0.1:${server.port}`);
    const url = `http://127.0.0.1:${server.port}/`;
    const lost = new Failure('engine/fence_lost', { message: 'The lease is over.', hint: 'None.' });
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const beforeSend = () => {
        throw lost;
      };
      const body = method === 'DELETE' ? '' : 'x'.repeat(200_000);
      expect(await failureOf(client.request(post(url, { method, body, beforeSend })))).toBe(lost);
    }
    expect(server.seen.bytes).toBe(0);
    let bytesAtCheck = -1;
    const beforeSend = () => {
      bytesAtCheck = server.seen.bytes;
    };
    expect((await client.request(post(url, { beforeSend }))).status).toBe(204);
    expect(bytesAtCheck).toBe(0);
    expect(server.seen.connections).toBeGreaterThan(0);
    expect(server.seen.text.startsWith('POST / HTTP/1.1')).toBe(true);
  });

  test('is not reached where no connection comes about', async () => {
    const gone = await startTcp();
    await gone.stop();
    let calls = 0;
    const beforeSend = () => {
      calls += 1;
    };
    await failureOf(
      open()
        .to(`127.0.0.1:${gone.port}`)
        .request(post(`http://127.0.0.1:${gone.port}/`, { beforeSend })),
    );
    expect(calls).toBe(0);
  });
});

describe('answers', () => {
  test.each([
    ['declared', true],
    ['streamed', false],
  ])('that are too large are cut (%s)', async (_, isDeclared) => {
    let sent = 0;
    const server = track(
      await startHttp((_request, response) => {
        if (isDeclared) response.setHeader('content-length', 50_000_000);
        const more = (): void => {
          while (!response.destroyed && sent < 50_000_000 && response.write('x'.repeat(65_536))) sent += 65_536;
        };
        response.on('drain', more).on('error', () => undefined);
        more();
      }),
    );
    const request = post(server.url, { maxBytes: 100_000 });
    expect(await failureOf(open().to(`127.0.0.1:${server.port}`).request(request))).toMatchObject({
      code: 'egress/answer_too_large',
      details: { wasSent: true },
    });
    expect(sent).toBeLessThan(20_000_000);
  });

  test('that unpack to more than 64 MB are cut', async () => {
    const bomb = gzipSync(Buffer.alloc(70 * 1024 * 1024));
    const server = track(
      await startHttp((_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)),
    );
    expect(bomb.length).toBeLessThan(100_000);
    expect(await failureOf(open().to(`127.0.0.1:${server.port}`).request(post(server.url)))).toMatchObject({
      code: 'egress/answer_too_large',
    });
  });

  test('are unpacked, and broken packing is named', async () => {
    const server = track(
      await startHttp((request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(request.url === '/good' ? gzipSync('{"ok":true}') : 'not packed');
      }),
    );
    const client = open().to(`127.0.0.1:${server.port}`);
    expect((await client.request(post(`${server.url}/good`))).json()).toEqual({ ok: true });
    expect(await failureOf(client.request(post(`${server.url}/bad`)))).toMatchObject({ code: 'read/bad_answer' });
  });

  test('with endless headers are cut', async () => {
    const server = track(
      await startTcp((socket) => socket.write(`HTTP/1.1 200 OK\r\n${'x-long: '.padEnd(100_000, 'y')}`)),
    );
    const failure = await failureOf(
      open()
        .to(`127.0.0.1:${server.port}`)
        .request(post(`http://127.0.0.1:${server.port}/`)),
    );
    expect(failure).toMatchObject({ kind: 'transient', details: { wasSent: true } });
  });

  test('keep the digits of their numbers', async () => {
    const server = track(
      await startHttp((_, response) => void response.end('{"id":12345678901234567890,"sum":0.1,"n":7}')),
    );
    const answer = await open().to(`127.0.0.1:${server.port}`).request({ method: 'GET', url: server.url, signal });
    expect(answer.json()).toEqual({ id: '12345678901234567890', sum: 0.1, n: 7 });
  });

  test.each(['', '<html>down</html>', '{"cut":'])('that are no JSON are named: %s', async (body) => {
    const server = track(await startHttp((_, response) => void response.end(body)));
    const answer = await open().to(`127.0.0.1:${server.port}`).request({ method: 'GET', url: server.url, signal });
    expect(() => answer.json()).toThrow(expect.objectContaining({ code: 'read/bad_answer', kind: 'transient' }));
  });
});

describe('an answer that says the budget is used up', () => {
  test('closes it for everybody: status 429, or what the vendor says instead', async () => {
    const server = track(
      await startHttp((request, response) => {
        response.writeHead(Number(request.url?.slice(1)), { 'retry-after': '2' }).end('QUERY_LIMIT');
      }),
    );
    const refusals: (number | null)[] = [];
    const pacer = { take: async () => undefined, refused: (afterMs: number | null) => refusals.push(afterMs) };
    const client = open().egress.client({ hosts: [server.url.slice('http://'.length)], pacer: pacer as never });
    const ask = (status: number, isRateRefusal?: HttpRequest['isRateRefusal']) =>
      client.request(post(`${server.url}/${status}`, isRateRefusal === undefined ? {} : { isRateRefusal }));
    await ask(429);
    expect(refusals).toEqual([2_000]);
    await ask(503);
    await ask(429, (answer) => answer.status === 503);
    expect(refusals).toHaveLength(1);
    await ask(503, (answer) => answer.text() === 'QUERY_LIMIT');
    expect(refusals).toHaveLength(2);
  });
});
