import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { routes } from '../../../api/routes/index.js';
import { startTestApi } from '../../support/api.js';
import { ask, inLanes } from '../../support/cast.js';
import { signInPerson } from '../../support/people.js';
import { atLeast, atMost, nothing, type SiegePromise, within } from '../siege.js';

interface Form {
  readonly what: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

const json = { 'content-type': 'application/json' };
const big = `{"a":"${'x'.repeat(2_000_000)}"}`;
const forms: readonly Form[] = [
  { what: 'text', headers: { 'content-type': 'text/plain' }, body: '{"a":1}' },
  { what: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' },
  { what: 'parts', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: '--x--' },
  { what: 'XML', headers: { 'content-type': 'application/xml' }, body: '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>' },
  { what: 'another charset', headers: { 'content-type': 'application/json; charset=utf-7' }, body: '{"a":1}' },
  { what: 'an unknown encoding', headers: { ...json, 'content-encoding': 'x' }, body: '{"a":1}' },
  {
    what: 'a bomb',
    headers: { ...json, 'content-encoding': 'gzip' },
    body: gzipSync(`{"a":"${'0'.repeat(20_000_000)}"}`),
  },
  { what: 'broken JSON', body: '{"a":' },
  { what: 'an array', body: '[1]' },
  { what: 'a number', body: '1' },
  { what: 'nothing in words', body: 'null' },
  { what: 'depth', body: `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}` },
  { what: 'size', body: big },
  { what: 'a prototype', body: '{"__proto__":{"isAdmin":true}}' },
  { what: 'a constructor', body: '{"constructor":{"prototype":{"a":1}}}' },
  { what: 'a NUL', body: '{"a":"\\u0000"}' },
  { what: 'broken UTF-8', body: Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]) },
];
/** The slow ones are tried at a few routes only in the short form. */
const heavy = new Set(['a bomb', 'size', 'depth']);

const paths = [
  '/api/v1/../../../../etc/passwd',
  '/api/v1/pipelines/../../../etc/passwd',
  '/api/v1/pipelines/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  '/api/v1/pipelines/..%5c..%5cetc%5cpasswd',
  '/api/v1/pipelines/%252e%252e%252fetc%252fpasswd',
  '/api/v1/pipelines/%00',
  '/api/v1/pipelines/%E0%A4%A',
  '/api/v1/pipelines/%ff%fe',
  '/api/v1//pipelines//x',
  '/api/v1/pipelines;x=1',
  '/API/V1/none',
  '/api/v1/connections/file:%2f%2f%2fetc%2fpasswd',
  '/api/v1/views/v_runs%00',
  `/api/v1/pipelines/${'a'.repeat(8_000)}`,
  '/etc/passwd',
  '/.git/config',
  '/.pipewright/api-key',
  '/package.json',
  '/metrics/../api-key',
  '/hooks/../../etc/passwd',
];

export default {
  number: 51,
  title: 'Body tricks and paths fail',
  required: 'all 4xx within a second; no file read; memory grows by at most 100 MB',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const origin = api.context.publicUrl.origin;
    const owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' }, staff: 'operator' });
    const headers = { cookie: owner.cookie, origin };
    const before = process.memoryUsage().rss;
    const specs = routes.filter((spec) => spec.method !== 'get');
    const cells = specs.flatMap((spec, index) =>
      forms
        .filter(({ what }) => !context.isShort || !heavy.has(what) || index % 12 === 0)
        .map((form) => ({ spec, form })),
    );
    let slowestMs = 0;
    const wrong = await inLanes(cells, 4, async ({ spec, form }) => {
      const path = `/api/v1${spec.path.replace(/\{\w+\}/g, () => randomUUID())}`;
      const began = performance.now();
      const { status } = await ask(
        api.address,
        spec.method.toUpperCase(),
        path,
        { ...headers, ...form.headers },
        form.body,
      );
      slowestMs = Math.max(slowestMs, performance.now() - began);
      return status >= 400 && status < 500 ? null : `${spec.method} ${spec.path} with ${form.what}: ${status}`;
    });
    const read = await inLanes(paths, 4, async (path) => {
      const { status, text } = await ask(api.address, 'GET', path, {
        authorization: `Bearer ${api.key}`,
        accept: 'application/json',
      });
      const isFile = /root:|\[core\]|pw_[0-9a-z]{8}_|"dependencies"/.test(text);
      return status >= 400 && status < 500 && !isFile ? null : `${path.slice(0, 80)}: ${status}`;
    });
    const grownMb = Math.round((process.memoryUsage().rss - before) / 1_048_576);
    return [
      atLeast('requests with bodies', cells.length, 500),
      nothing(
        'bodies that were not refused',
        wrong.filter((text) => text !== null),
      ),
      nothing(
        'paths that led somewhere',
        read.filter((text) => text !== null),
      ),
      nothing('requests of two minds that were answered', await smuggled(api.address)),
      within('slowest refusal', slowestMs, 1_000),
      { ...atMost('memory grown, MB', grownMb, 100), isTimed: true },
      nothing('prototypes changed', Object.keys(Object.prototype)),
    ];
  },
} satisfies SiegePromise;

/** Lengths that contradict each other, and bytes that are no HTTP. */
async function smuggled(address: string): Promise<string[]> {
  const { hostname, port, host } = new URL(address);
  const heads = [
    `POST /api/v1/runs HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nHost: ${host}\r\n\r\n`,
    `POST /api/v1/runs HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    `GET /health HTTP/1.1\r\nHost: ${host}\r\nX-A: b\n c\u0000\r\n\r\n`,
    `GET /health HTTP/9.9\r\nHost: ${host}\r\n\r\n`,
    `GET /health HTTP/1.1\r\n\r\n`,
    `\u0016\u0003\u0001\r\n\r\n`,
  ];
  const answers = await Promise.all(
    heads.map(
      (head) =>
        new Promise<string | null>((resolve) => {
          let text = '';
          const socket = connect(Number(port), hostname, () => socket.end(head));
          socket.on('data', (chunk) => {
            text += chunk.toString();
          });
          socket.once('error', () => resolve(null));
          socket.once('close', () => resolve(/^HTTP\/1\.1 2/m.test(text) ? JSON.stringify(head.slice(0, 60)) : null));
        }),
    ),
  );
  return answers.filter((text) => text !== null);
}
