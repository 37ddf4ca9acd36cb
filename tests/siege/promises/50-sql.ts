import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Route } from '../../../api/http/route.js';
import { routes } from '../../../api/routes/index.js';
import { findProjectFolder } from '../../../runtime/project-folder.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask, inLanes } from '../../support/cast.js';
import { furnish } from '../../support/furnish.js';
import { atLeast, exactly, nothing, type SiegePromise, within } from '../siege.js';

const foreignMark = 'canaryforeign';
const sleeps = [`'; select pg_sleep(3); --`, `1) or (select 1 from pg_sleep(3)) is not null --`, `'||pg_sleep(3)||'`];
const payloads = [
  `' or '1'='1`,
  `'; drop table run; --`,
  `" or ""="`,
  `\\'; select version(); --`,
  `1 union select secret_hash::text from api_key`,
  `%`,
  `_%`,
  `$1`,
  `\${1}`,
  `{"$ne": null}`,
  `ʼ or 1=1 --`,
  `'::uuid`,
  `\uD800`,
  ...sleeps,
];

export default {
  number: 50,
  title: 'No text becomes SQL',
  required: '0 database errors, 0 foreign rows, 0 sleeps, 0 joined SQL strings; values come back as they went in',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    await furnish(api, foreignMark);
    const mine = await furnish(api, 'mine');
    const before = await runsOf(api, mine.key);
    const cells = routes.flatMap((spec) => requestsOf(spec, context.isShort));
    let slowestMs = 0;
    const problems = await inLanes(cells, 6, async ({ method, path, body, payload }) => {
      const began = performance.now();
      const headers = { authorization: `Bearer ${mine.key}` };
      const answer = await ask(api.address, method, path, headers, body).catch((error: unknown) => String(error));
      if (sleeps.includes(payload)) slowestMs = Math.max(slowestMs, performance.now() - began);
      if (typeof answer === 'string') return `${method} ${path}: ${answer}`;
      if (answer.status >= 500 && !isOfVendor(answer.text)) return `${method} ${path} ${body ?? ''}: ${answer.status}`;
      return answer.text.includes(foreignMark) ? `${method} ${path}: foreign rows` : null;
    });
    return [
      atLeast('requests', cells.length, 500),
      nothing(
        'errors and foreign rows',
        problems.filter((text) => text !== null),
      ),
      within('slowest answer to a payload that sleeps', slowestMs, 3_000),
      nothing('names that came back otherwise', await roundTrips(api, mine.key)),
      exactly('runs that are left', await runsOf(api, mine.key), before),
      nothing('SQL texts joined from pieces', joinedTexts()),
    ];
  },
} satisfies SiegePromise;

/** The connected service cannot be reached, which says nothing about the text. */
function isOfVendor(problem: string): boolean {
  return /"code":"(vendor|egress)\//.test(problem);
}

async function runsOf(api: TestApi, key: string): Promise<number> {
  const { items } = (await api.call('GET', '/runs', undefined, { key })).body;
  return (items as unknown[]).length;
}

interface Hostile {
  readonly method: string;
  readonly path: string;
  readonly body: string | undefined;
  readonly payload: string;
}

/** The payloads in every text of the route: path, query and body, one place at a time. */
function requestsOf(spec: Route, isShort: boolean): Hostile[] {
  const method = spec.method.toUpperCase();
  const base = `/api/v1${spec.path}`;
  const example = spec.bodyExample as Record<string, unknown> | undefined;
  const plain = example === undefined ? undefined : JSON.stringify(example);
  const fill = (path: string) => path.replace(/\{\w+\}/g, () => randomUUID());
  const chosen = isShort ? [...payloads.slice(0, 2), ...sleeps.slice(0, 1)] : payloads;
  const places = [
    ...Object.keys(spec.params?.properties ?? {}).map((name) => (payload: string) => ({
      path: fill(base.replace(`{${name}}`, encodeURIComponent(wellFormed(payload)))),
      body: plain,
    })),
    ...Object.keys(spec.query?.properties ?? {}).map((name) => (payload: string) => ({
      path: `${fill(base)}?${name}=${encodeURIComponent(wellFormed(payload))}`,
      body: undefined,
    })),
    ...Object.keys((spec.body as { properties?: object } | undefined)?.properties ?? {}).map(
      (name) => (payload: string) => ({
        path: fill(base),
        body: JSON.stringify({ ...example, [name]: hostile(example?.[name], payload) }),
      }),
    ),
  ];
  return places.flatMap((place) => chosen.map((payload) => ({ method, payload, ...place(payload) })));
}

/** In the shape that the member has, so that it comes as far as it can. */
function hostile(value: unknown, payload: string): unknown {
  if (Array.isArray(value)) return [payload];
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.keys(value).map((name) => [name, payload]));
  return payload;
}

function wellFormed(text: string): string {
  return text.replace(/[\uD800-\uDFFF]/g, '?');
}

/** Texts that are stored, read again and searched for. */
async function roundTrips(api: TestApi, key: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const payload of payloads.filter((text) => !/[\uD800-\uDFFF]/.test(text))) {
    const made = await api.call('POST', '/keys', { name: `${payload} back`, scopes: ['read'] }, { key });
    const listed = (await api.call('GET', '/keys', undefined, { key })).body.items as { id: string; name: string }[];
    if (listed.find(({ id }) => id === made.body.id)?.name !== `${payload} back`) wrong.push(payload);
    const object = encodeURIComponent(`${payload} back read`);
    const lines = (await api.call('GET', `/audit?object=${object}`, undefined, { key })).body.items as unknown[];
    if (lines.length !== 1) wrong.push(`${payload} in the log: ${lines.length}`);
    await api.call('DELETE', `/keys/${made.body.id}`, undefined, { key });
  }
  return wrong;
}

/** Places where a name is put into SQL as text, each from a fixed list of the project's own. */
const ownNames: Readonly<Record<string, string>> = {
  'activities/maintenance/maintain.ts': 'conditions of a fixed list of tables',
  'api/access/caps.ts': 'conditions written there',
  'assembly/outbox-reader.ts': 'the name of a channel',
  'store/audit.ts': 'a list of columns written there',
  'store/database.ts': 'an account id that is checked to be a uuid',
  'store/views.ts': 'names of views and columns out of a fixed list',
};
const ownFolders = ['store/migrations', 'store/backup', 'store/rebuild', 'connectors/postgres'];

function joinedTexts(): string[] {
  const project = findProjectFolder(import.meta.dirname);
  const found: string[] = [];
  for (const folder of ['api', 'store', 'activities', 'assembly']) {
    for (const entry of readdirSync(join(project, folder), { recursive: true, withFileTypes: true })) {
      const path = relative(project, join(entry.parentPath, entry.name));
      if (!entry.isFile() || !path.endsWith('.ts') || path.includes('.test.')) continue;
      if (ownNames[path] !== undefined || ownFolders.some((own) => path.startsWith(own))) continue;
      const text = readFileSync(join(project, path), 'utf8');
      const isRaw = /sql\.raw\((?!`[^`$]*`|'[^']*'\))/.test(text);
      const isJoined = /\.query(<[^>]*>)?\(\s*`[^`]*\$\{/.test(text);
      if (isRaw || isJoined) found.push(path);
    }
  }
  return found;
}
