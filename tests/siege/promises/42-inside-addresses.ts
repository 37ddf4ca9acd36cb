import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AllowedPlaces, resolveGuarded } from '../../../connectors/kit/egress/addresses.js';
import { Egress } from '../../../connectors/kit/egress/client.js';
import type { FailureReport } from '../../../core/failures.js';
import { isFailure } from '../../../core/failures.js';
import { atLeast, exactly, nothing, type SiegePromise, within } from '../siege.js';

/** Every spelling of a place inside; each is tried as a URL of every scheme, and as a host of `postgres`. */
const hosts = [
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '127.255.255.254',
  '2130706433',
  '0x7f000001',
  '0x7f.0x0.0x0.0x1',
  '0177.0.0.1',
  '0177.0000.0000.0001',
  '017700000001',
  '0',
  '0.0.0.0',
  '0x0',
  'localhost',
  'LOCALHOST',
  'localhost.',
  'LocalHost',
  '[::1]',
  '[::]',
  '[0:0:0:0:0:0:0:1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:7f00:0001]',
  '[::127.0.0.1]',
  '[::7f00:1]',
  '[64:ff9b::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b:1::7f00:1]',
  '[2002:7f00:1::]',
  '[2001:0:7f00:1::]',
  '[fe80::1]',
  '[fec0::1]',
  '[fc00::1]',
  '[fd12:3456::1]',
  '[ff02::1]',
  '10.0.0.1',
  '10.255.255.255',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '192.0.0.1',
  '169.254.169.254',
  '169.254.0.1',
  '100.64.0.1',
  '100.127.255.254',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '①②⑦.⓪.⓪.①',
  '127。0。0。1',
  '１２７.0.0.1',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
] as const;

const schemes = ['https:', 'http:', 'ftp:', 'file:', 'gopher:', 'ws:', 'unix:', 'data:', 'javascript:'] as const;

export default {
  number: 42,
  title: 'No URL reaches inside',
  required: '0 connections except allowed; one neutral failure, p50 equal to 20 ms',
  run: async (context) => {
    const listeners = await Promise.all(['127.0.0.1', '::1'].map((address) => listen(address)));
    for (const { server } of listeners) context.onEnd(() => void server.close());
    const reached: string[] = [];
    let trying = '';
    for (const { server } of listeners) server.on('connection', () => reached.push(trying));
    const ports = listeners.map(({ port }) => port);
    const egress = new Egress(new AllowedPlaces([]));
    context.onEnd(() => egress.close());

    const answers = new Map<string, number[]>();
    const odd: string[] = [];
    let tried = 0;
    for (const port of ports) {
      for (const host of hosts) {
        for (const scheme of schemes) {
          for (const url of [`${scheme}//${host}:${port}/x`, `${scheme}//user:pass@${host}:${port}/`]) {
            trying = url;
            tried += 1;
            const startedMs = performance.now();
            const told = await outcome(() => request(egress, url, host, port));
            note(answers, told, performance.now() - startedMs);
            if (!told.startsWith('egress/')) odd.push(`${url}: ${told}`);
          }
        }
        trying = `postgres ${host}`;
        const told = await outcome(() => resolveGuarded(host.replace(/^\[|\]$/g, ''), port, new AllowedPlaces([])));
        if (!told.startsWith('egress/')) odd.push(`${trying}: ${told}`);
        tried += 1;
      }
    }

    // An operator's entry opens exactly one port, and an answer that points elsewhere is not followed.
    const [own = 0] = ports;
    const allowed = new Egress(new AllowedPlaces([`127.0.0.1:${own}`]));
    context.onEnd(() => allowed.close());
    trying = '';
    const before = reached.length;
    const redirect = await outcome(() => request(allowed, `http://127.0.0.1:${own}/redirect`, '127.0.0.1', own));
    const neighbour = await outcome(() => request(allowed, `http://127.0.0.1:${own + 1}/`, '127.0.0.1', own + 1));
    const medians = [...answers.values()].map(
      (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0,
    );
    return [
      atLeast('spellings', tried, 1_000),
      nothing('places reached', reached.slice(0, before)),
      nothing('let through or failed oddly', odd),
      exactly('different refusals', [...answers.keys()].filter((told) => told.startsWith('egress/address')).length, 1),
      exactly('a redirect', redirect.split(' ')[0] ?? '', 'egress/redirect_refused'),
      exactly('connections that the redirect made', reached.length - before, 1),
      exactly('the neighbour port', neighbour.split(' ')[0] ?? '', 'egress/address_refused'),
      within('spread of the medians', Math.max(...medians) - Math.min(...medians), 20),
    ];
  },
} satisfies SiegePromise;

async function listen(address: string): Promise<{ server: Server; port: number }> {
  const server = createServer((incoming, response) => {
    const isRedirect = incoming.url === '/redirect';
    response.writeHead(isRedirect ? 302 : 200, isRedirect ? { location: 'http://127.0.0.1:22/' } : {});
    response.end('inside');
  });
  server.listen(0, address);
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

function request(egress: Egress, url: string, host: string, port: number) {
  const pacer = { take: async () => undefined, done: () => undefined, refused: () => undefined };
  // The connection declares exactly the host that its owner wrote, as a connector would.
  const canonical = URL.canParse(url) ? new URL(url).hostname : host;
  const client = egress.client({ hosts: [`${host}:${port}`, `${canonical}:${port}`], pacer });
  return client.request({ method: 'GET', url, headers: {}, signal: AbortSignal.timeout(5_000) });
}

/** Code and sentence of the failure, or that there was none. */
async function outcome(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
    return 'let through';
  } catch (error) {
    if (!isFailure(error)) return `no failure of ours: ${String(error)}`;
    const report: FailureReport = error.toReport();
    return `${report.code} ${report.message}`;
  }
}

function note(answers: Map<string, number[]>, told: string, ms: number): void {
  const times = answers.get(told);
  if (times === undefined) answers.set(told, [ms]);
  else times.push(ms);
}
