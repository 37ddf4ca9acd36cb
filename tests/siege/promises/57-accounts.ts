import { randomBytes, randomUUID } from 'node:crypto';
import type { TSchema } from 'typebox';
import type { Route } from '../../../api/http/route.js';
import { routes } from '../../../api/routes/index.js';
import { queryOnce } from '../../../runtime/postgres-connection.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask, inLanes, type RawAnswer } from '../../support/cast.js';
import type { TestEngine } from '../../support/engine.js';
import { type Furnished, furnish } from '../../support/furnish.js';
import { until } from '../../support/until.js';
import { atLeast, exactly, type Figure, nothing, type SiegeContext, type SiegePromise, timesAtMost } from '../siege.js';
import { timeInTurns, welch } from '../statistics.js';

const foreignMark = 'canaryforeign';

/** Path parameters that name no object of an account, or a part of one that the test names before. */
const shared: Readonly<Record<string, string>> = {
  versions: '1',
  streams: 'rows',
  fields: 'id',
  views: 'v_runs',
};
/** Kinds of which one account has none: ids of the installation's own things, tokens that open by themselves. */
const ofNobody = new Set(['{kind}', 'connect', 'mails', 'pages', 'staff', 'visitor-requests']);

/** Members of bodies and queries that name things of an account, with the kind of the thing. */
const idMembers: Readonly<Record<string, string>> = {
  account: 'accounts',
  connection: 'connections',
  connections: 'connections',
  id: 'runs',
  ids: 'dead-letters',
  pipeline: 'pipelines',
  run: 'runs',
  run_id: 'runs',
};

export default {
  number: 57,
  title: 'Accounts are invisible to each other',
  required: '0 reads, 0 writes; foreign and absent alike byte for byte; no foreign names; no difference in time',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const mine = await furnish(api, 'mine');
    const theirs = await furnish(api, foreignMark);
    await settled(engine);
    const before = await fingerprint(engine, theirs);
    const heard: RawAnswer[] = [];
    const unknown = unknownPositions(theirs);
    const askAs = asker(api, mine, heard);
    // First what is listed: later the asker's own log holds the names that it asked for.
    const lists = await readAll(askAs);
    const events = await listen(api, mine, theirs);
    const inPaths = await comparePaths(askAs, theirs);
    const inMembers = await compareMembers(askAs, theirs);
    const named = [...heard, ...events].filter(
      ({ text }) => text.includes(foreignMark) || text.includes(theirs.accountId),
    );
    // What is found by its own id must have been there: else "not found" would prove nothing.
    const own = await ownAnswers(api, theirs);
    const figures: Figure[] = [
      nothing('positions that the test does not know', unknown),
      atLeast('ids tried in paths', inPaths.tried, 40),
      atLeast('ids tried in bodies and queries', inMembers.tried, 8),
      atLeast('lists read', lists, 15),
      nothing('things of the owner that the owner does not find', own),
      nothing('foreign and absent told apart', [...inPaths.different, ...inMembers.different]),
      nothing(
        'answers with foreign names',
        named.map(({ text }) => text.slice(0, 200)),
      ),
      exactly('rows of the other account changed', await fingerprint(engine, theirs), before),
    ];
    if (!context.isShort) figures.push(await timed(context, api, mine, theirs));
    return figures;
  },
} satisfies SiegePromise;

type Ask = (method: string, path: string, body?: unknown) => Promise<RawAnswer>;

/** Each request is made with the admin key and as the signed-in owner of the asking account. */
function asker(api: TestApi, mine: Furnished, heard: RawAnswer[]): readonly Ask[] {
  const ways: Record<string, string>[] = [
    { authorization: `Bearer ${mine.key}` },
    { cookie: mine.owner.cookie, origin: api.context.publicUrl.origin },
  ];
  return ways.map((headers) => async (method, path, body) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await ask(api.address, method, `/api/v1${path}`, headers, text);
    // What was asked for may be repeated in the answer; it is taken out before names are searched.
    const asked = `${decodeURIComponent(path)} ${text ?? ''}`.split(/[^A-Za-z0-9-]+/).filter((word) => word.length > 7);
    heard.push({ ...answer, text: asked.reduce((left, word) => left.replaceAll(word, '*'), answer.text) });
    return answer;
  });
}

interface Compared {
  readonly tried: number;
  readonly different: readonly string[];
}

async function comparePaths(ways: readonly Ask[], theirs: Furnished): Promise<Compared> {
  const cells = routes.flatMap((spec) =>
    foreignPaths(spec, theirs).flatMap((pair) => ways.map((way) => ({ spec, pair, way }))),
  );
  return compare(
    cells.map(({ spec, pair, way }) => ({ ...pair, spec, way, bodies: [spec.bodyExample, spec.bodyExample] as const })),
  );
}

/** Paths of the route with an id of the other account and with one that nobody has. */
function foreignPaths(
  spec: Route,
  theirs: Furnished,
): { foreign: string; absent: string; ids: readonly [string, string] }[] {
  const kinds = kindsOf(spec);
  const kind = kinds.find((name) => theirs.ids[name] !== undefined);
  if (kind === undefined) return [];
  // Names of pipelines are each account's own: storing a draft under a foreign one makes a pipeline of the asker's.
  const isMade = spec.name === 'putDraft';
  const ids = (theirs.ids[kind] ?? []).filter((id) => !isMade || /^[0-9a-f]{8}-/.test(id));
  return ids.map((id) => {
    const absent = absentLike(id);
    return { foreign: filled(spec, theirs, kind, id), absent: filled(spec, theirs, kind, absent), ids: [id, absent] };
  });
}

function filled(spec: Route, theirs: Furnished, kind: string, id: string): string {
  const words = spec.path.split('/');
  return words
    .map((word, index) => {
      if (!word.startsWith('{')) return word;
      const own = words[index - 1] ?? '';
      if (own === kind) return id;
      return shared[own] ?? theirs.ids[own]?.[0] ?? randomUUID();
    })
    .join('/');
}

/** The words before parameters. */
function kindsOf(spec: Route): string[] {
  const words = spec.path.split('/');
  return words.flatMap((word, index) => (word.startsWith('{') ? [words[index - 1] ?? ''] : []));
}

function absentLike(id: string): string {
  if (/^[0-9a-f]{8}-/.test(id)) return randomUUID();
  return id.startsWith(foreignMark)
    ? `${randomBytes(8).toString('hex').replace(/^\d/, 'a').slice(0, foreignMark.length)}${id.slice(foreignMark.length)}`
    : randomBytes(id.length).toString('base64url').replace(/[-_]/g, 'a').slice(0, id.length);
}

async function compareMembers(ways: readonly Ask[], theirs: Furnished): Promise<Compared> {
  const cells = routes
    .flatMap((spec) => [...membersOf(spec, 'body'), ...membersOf(spec, 'query')])
    .flatMap((position) => {
      const { spec, place, name, schema } = position;
      const ids = (theirs.ids[idMembers[name] ?? ''] ?? []).filter((id) => takes(schema, id));
      return ids.flatMap((id) => {
        const absent = absentLike(id);
        const path = spec.path.replace(/\{\w+\}/g, () => randomUUID());
        const query = (value: string) => (place === 'query' ? `${path}?${name}=${encodeURIComponent(value)}` : path);
        const body = (value: string) =>
          place === 'body'
            ? { ...(spec.bodyExample as object | undefined), [name]: shaped(schema, value) }
            : spec.bodyExample;
        return ways.map((way) => ({
          spec,
          way,
          foreign: query(id),
          absent: query(absent),
          ids: [id, absent] as const,
          bodies: [body(id), body(absent)] as const,
        }));
      });
    });
  return compare(cells);
}

interface Cell {
  readonly spec: Route;
  readonly way: Ask;
  readonly foreign: string;
  readonly absent: string;
  readonly ids: readonly [string, string];
  readonly bodies: readonly [unknown, unknown];
}

async function compare(cells: readonly Cell[]): Promise<Compared> {
  const different = await inLanes(cells, 4, async ({ spec, way, foreign, absent, ids, bodies }) => {
    const method = spec.method.toUpperCase();
    const one = neutral(await way(method, foreign, bodies[0]), ids[0]);
    const other = neutral(await way(method, absent, bodies[1]), ids[1]);
    return one === other ? null : `${method} ${foreign}: ${one.slice(0, 160)} | ${other.slice(0, 160)}`;
  });
  return { tried: cells.length, different: different.filter((text) => text !== null) };
}

function neutral({ status, text }: RawAnswer, id: string): string {
  const bare = text
    .replaceAll(id, '*')
    .replace(/"requestId":"[^"]*"/, '')
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'new')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'now');
  return `${status} ${bare}`;
}

/** What takes this takes any text: it is no place for an id. */
const sentence = 'Some words, and marks!';

interface Position {
  readonly spec: Route;
  readonly place: 'body' | 'query';
  readonly name: string;
  readonly schema: TSchema;
}

/** Members whose shape takes an id: of pipelines, connections, or a uuid. */
function membersOf(spec: Route, place: 'body' | 'query'): Position[] {
  const properties = ((spec[place] as { properties?: Record<string, TSchema> } | undefined)?.properties ??
    {}) as Record<string, TSchema>;
  return Object.entries(properties)
    .filter(
      ([name, schema]) => (takes(schema, randomUUID()) && !takes(schema, sentence)) || idMembers[name] !== undefined,
    )
    .map(([name, schema]) => ({ spec, place, name, schema }));
}

interface Shape {
  readonly type?: string;
  readonly pattern?: string;
  readonly items?: Shape;
  readonly patternProperties?: Record<string, Shape>;
  readonly anyOf?: readonly Shape[];
}

function takes(schema: unknown, id: string): boolean {
  const { pattern, items, patternProperties, anyOf } = schema as Shape;
  if (anyOf !== undefined) return anyOf.some((one) => takes(one, id));
  if (items !== undefined) return takes(items, id);
  if (patternProperties !== undefined) return Object.values(patternProperties).some((one) => takes(one, id));
  return pattern !== undefined && new RegExp(pattern).test(id);
}

function shaped(schema: unknown, id: string): unknown {
  const { items, patternProperties } = schema as Shape;
  if (items !== undefined) return [id];
  return patternProperties === undefined ? id : { source: id, out: id };
}

/** Texts that fit the shape of an id by chance. */
const freeMembers = new Set([
  'accountName',
  'actor',
  'action',
  'code',
  'connector',
  'cursor',
  'description',
  'name',
  'object',
  'requestId',
  'returnTo',
  'slug',
  'tariff',
  'token',
]);

/** A new kind of parameter or member must be taken up in this test before it is released. */
function unknownPositions(theirs: Furnished): string[] {
  const inPaths = routes.flatMap((spec) =>
    kindsOf(spec)
      .filter((kind) => theirs.ids[kind] === undefined && shared[kind] === undefined && !ofNobody.has(kind))
      .map((kind) => `${kind} in ${spec.path}`),
  );
  const inMembers = routes
    .flatMap((spec) => [...membersOf(spec, 'body'), ...membersOf(spec, 'query')])
    .filter(({ name }) => idMembers[name] === undefined && !freeMembers.has(name))
    .map(({ spec, name }) => `${name} of ${spec.name}`);
  return [...inPaths, ...inMembers];
}

/** Everything that can be read without naming anything, and all views. */
async function readAll(ways: readonly Ask[]): Promise<number> {
  const views = ['v_record_map', 'v_runs', 'v_reconciliation', 'v_dead_letters', 'v_audit'].map(
    (name) => `/views/${name}`,
  );
  const lists = routes.filter((spec) => spec.method === 'get' && !spec.path.includes('{')).map((spec) => spec.path);
  const paths = [...lists, ...views];
  await inLanes(paths, 2, async (path) => {
    for (const way of ways) await way('GET', path);
  });
  return paths.length;
}

/** Both accounts change a run; the one that listens hears of its own alone. */
async function listen(api: TestApi, mine: Furnished, theirs: Furnished): Promise<RawAnswer[]> {
  const leave = new AbortController();
  const response = await fetch(`${api.address}/api/v1/events`, {
    headers: { authorization: `Bearer ${mine.key}` },
    signal: leave.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += new TextDecoder().decode(chunk as Uint8Array);
  })().catch(() => undefined);
  for (const { key, ids } of [theirs, mine]) {
    await ask(api.address, 'POST', `/api/v1/runs/${ids.runs?.[0]}/pause`, { authorization: `Bearer ${key}` });
  }
  await until(async () => (text.includes(mine.ids.runs?.[0] ?? '') ? true : null));
  leave.abort();
  await reading;
  for (const { key, ids } of [theirs, mine]) {
    await ask(api.address, 'POST', `/api/v1/runs/${ids.runs?.[0]}/resume`, { authorization: `Bearer ${key}` });
  }
  return [{ status: 200, text, headers: {} }];
}

/** The other account finds what it has by the very ids that were tried. */
async function ownAnswers(api: TestApi, theirs: Furnished): Promise<string[]> {
  const specs = routes.filter((spec) => spec.method === 'get' && kindsOf(spec).length === 1);
  const missing: string[] = [];
  for (const spec of specs) {
    const kind = kindsOf(spec)[0] ?? '';
    const id = theirs.ids[kind]?.[0];
    if (id === undefined) continue;
    const path = `/api/v1${filled(spec, theirs, kind, id)}${spec.name === 'diffVersions' ? '?from=1&to=1' : ''}`;
    const { status } = await ask(api.address, 'GET', path, { authorization: `Bearer ${theirs.key}` });
    if (status === 404 || status >= 500) missing.push(`${path}: ${status}`);
  }
  return missing;
}

/** Queued messages are gone, so that nothing but requests changes rows. */
async function settled(engine: TestEngine): Promise<void> {
  await until(async () => {
    const [row] = await queryOnce(engine.database.ownerUrl, 'select count(*)::int as left from outbox');
    return row?.left === 0 ? true : null;
  });
}

/** A hash of all rows of an account; what comes and goes by itself is left out. */
async function fingerprint(engine: TestEngine, { accountId, ids }: Furnished): Promise<string> {
  const found = await queryOnce(
    engine.database.ownerUrl,
    `select table_name as name from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and column_name = 'account_id' and table_type = 'BASE TABLE'
        and table_name not in ('outbox', 'idempotency_key', 'mail', 'audit', 'audit_head', 'run', 'api_key') order by 1`,
  );
  const tables = [
    ...(found as { name: string }[]).map(({ name }) => `select * from ${name} where account_id = '${accountId}'`),
    `select * from auth.member where "organizationId" = '${accountId}'`,
    `select * from auth.invitation where "organizationId" = '${accountId}'`,
    `select id, number, cancel_requested from run where account_id = '${accountId}'`,
    `select id, name, scopes, allowed_addresses, revoked_at from api_key where account_id = '${accountId}'`,
    `select id from auth.session where id in (${(ids.sessions ?? []).map((id) => `'${id}'`).join(', ')})`,
  ];
  const hashes: string[] = [];
  for (const table of tables) {
    const [row] = await queryOnce(
      engine.database.ownerUrl,
      `select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as hash from (${table}) t`,
    );
    hashes.push(String(row?.hash));
  }
  return hashes.join(' ');
}

/** Asking for what another account has takes as long as asking for nothing. */
async function timed(context: SiegeContext, api: TestApi, mine: Furnished, theirs: Furnished): Promise<Figure> {
  const look = (id: string) => () =>
    ask(api.address, 'GET', `/api/v1/runs/${id}`, { authorization: `Bearer ${mine.key}` });
  const rounds = context.size(20_000, 1_000);
  const [foreign, absent] = await timeInTurns(
    rounds,
    () => context.random.next(),
    look(theirs.ids.runs?.[0] ?? ''),
    () => look(randomUUID())(),
  );
  return timesAtMost(`Welch’s t over ${rounds} pairs`, Math.abs(welch(foreign, absent)), 4.5);
}
