import type { JsonObject } from '../../../core/json.js';
import type { RestCrmSandbox } from '../../../sandbox/rest-crm/sandbox.js';
import { type Department, type Office, openOffice } from '../../crm/departments.js';
import { until } from '../copy.js';
import { type Lie, type LyingProxy, startLyingProxy } from '../lying-proxy.js';
import { openPostOffice, orderEvents } from '../post-office.js';
import { atLeast, exactly, type Figure, noted, nothing, type SiegeContext, type SiegePromise } from '../siege.js';
import {
  contactsOf,
  differences,
  line,
  restCrm,
  through,
  touchContacts,
  type Vendor,
  type VendorSandbox,
  vendors,
} from '../vendors.js';

const json = 'application/json';

/** Answers of success that are none. */
const lies: Readonly<Record<string, Lie>> = {
  'a page of HTML': () => ({ type: 'text/html', body: '<!doctype html><html><body>Back soon</body></html>' }),
  nothing: ({ type }) => ({ type, body: '' }),
  'half of the answer': ({ body }) => ({ body: body.slice(0, Math.floor(body.length / 2)) }),
  'another answer': () => ({ type: json, body: '{"ok":true}' }),
  null: () => ({ type: json, body: 'null' }),
  'a bare list': () => ({ type: json, body: '[]' }),
  'a text': () => ({ type: json, body: '"all is well"' }),
  'an error in disguise': () => ({ type: json, body: '{"error":"temporarily unavailable","message":"Try later"}' }),
};

const shortLies = ['another answer'];

/** Answers in the vendor's own form in which there is nothing. */
const emptiness: Readonly<Record<Vendor['name'], Lie>> = {
  bitrix24: ({ body }) => ({ body: withoutRows(body) }),
  amocrm: (_, path) => (/\/contacts\?/.test(path) ? { status: 204, body: '' } : null),
  creatio: ({ body }, path) => (/\/odata\//.test(path) ? { body: withoutValues(body) } : null),
};

interface Place {
  readonly context: SiegeContext;
  readonly office: Office;
  readonly vendor: Vendor;
  readonly department: Department<VendorSandbox>;
  readonly proxy: LyingProxy;
  readonly copy: RestCrmSandbox;
}

export default {
  number: 27,
  title: 'Lies are recognised',
  required: '100 % named; an empty source deletes nothing; > 20 % or > 100 deletions ask a person',
  limitMs: 15 * 60_000,
  run: async (context) => {
    const contacts = context.size(600, 60);
    const places = await Promise.all(
      vendors.map(async (vendor) => {
        const department = await vendor.start(context, { contacts });
        const proxy = await startLyingProxy(department.sandbox.url);
        context.onEnd(() => proxy.stop());
        const copy = await context.startCrm({ seed: context.seed });
        return { context, vendor, department, proxy, copy };
      }),
    );
    const office = await openOffice();
    context.onEnd(() => office.stop());
    const figures = await Promise.all(
      places.map(async (place) => {
        const all = { ...place, office };
        return [...(await hearLies(all)), ...(await loseMany(all))];
      }),
    );
    return figures.flat();
  },
} satisfies SiegePromise;

/** Each lie is told of by the run that heard it, and when it ends everything is moved. */
async function hearLies(place: Place): Promise<Figure[]> {
  const { context, office, vendor, department, proxy, copy } = place;
  const { sandbox } = department;
  await office.connect(vendor.name, through(department, proxy.url));
  await office.connect(`${vendor.name}_copy`, restCrm(copy));
  for (const read of ['incremental', 'full'] as const) await office.publish(definition(vendor, `${read}-`, read));
  const pipeline = `incremental-${vendor.name}`;
  await office.run(pipeline, 120_000);
  await office.run(`full-${vendor.name}`, 120_000);
  const stood = copy.store.count('contacts');
  const names = Object.keys(lies).filter((name) => !context.isShort || shortLies.includes(name));
  const unnamed: string[] = [];
  const named: string[] = [];
  for (const name of names) {
    await touchContacts(vendor, sandbox, { count: 5, fields: { [vendor.position]: `After ${name}` } });
    const before = proxy.told;
    proxy.lie(lies[name] ?? null);
    const run = await open(office, pipeline);
    const shown = await untilShown(office, run);
    proxy.lie(null);
    if (shown.code === null || proxy.told === before) unnamed.push(`${name}: ${shown.state}`);
    else named.push(`${name}: ${shown.code}`);
    if (shown.state === 'failed') await office.run(pipeline, 120_000);
    else await ended(office, run);
  }
  context.log(`${vendor.name}: ${named.join(', ')}`);
  proxy.lie(emptiness[vendor.name]);
  const told = proxy.told;
  const empty = [await office.run(pipeline, 120_000), await office.run(`full-${vendor.name}`, 120_000)];
  const emptyAnswers = proxy.told - told;
  proxy.lie(null);
  await office.run(pipeline, 120_000);
  await office.run(`full-${vendor.name}`, 120_000);
  const wanted = (await contactsOf(vendor, sandbox)).map((row) =>
    line(vendor.content(row).map((part) => part || null)),
  );
  const found = copy.store.records('contacts').map(({ name, position }) => line([name, position]));
  const deleted = copy.log.list().filter(({ effect, status }) => effect === 'delete' && status < 300).length;
  const { lost, extra } = differences([...wanted, ...wanted], found);
  return [
    nothing(`${vendor.name}: lies that nobody named`, unnamed),
    atLeast('empty answers', emptyAnswers, 2),
    nothing('runs of an empty source that neither end well nor ask', empty.filter(isOdd)),
    exactly('deleted after all that', deleted, 0),
    exactly('records that stayed', copy.store.count('contacts'), stood),
    nothing('wrong fields', [...lost, ...extra]),
  ];
}

/** Where whole lists are read, what is missing from them is a deletion, and so many ask a person. */
function isOdd({ state, failure }: JsonObject): boolean {
  return state !== 'done' && (failure as JsonObject | null)?.code !== 'run/too_many_deletes';
}

/** Two fifths of all records go at once: a person is asked first, and nothing more is done than is done without. */
async function loseMany(place: Place): Promise<Figure[]> {
  const { context, office, vendor, department } = place;
  const copy = await context.startCrm({ seed: context.seed });
  const post = await openPostOffice({ servers: () => [office.api.address] });
  context.onEnd(() => post.stop());
  const slot = `${vendor.name}_events`;
  await office.connect(slot, department);
  await office.connect(`${slot}_copy`, restCrm(copy));
  await orderEvents(office, vendor, department.sandbox, slot, post);
  const pipeline = `events-${vendor.name}`;
  await office.publish(definition(vendor, 'events-', 'incremental', slot));
  const ids = (await contactsOf(vendor, department.sandbox)).map(({ id, Id }) => String(id ?? Id));
  await until('the first poll', () => copy.store.count('contacts') >= ids.length, 120_000);
  await idle(office, pipeline);
  const gone = ids.slice(0, Math.ceil(ids.length * 0.4));
  // All are told of before the first is moved, so that one run meets them.
  await must(office, 'POST', `/pipelines/${pipeline}/pause`);
  await touchContacts(vendor, department.sandbox, { op: 'delete', ids: gone });
  await until('all deletions to be told', () => new Set(post.accepted).size >= gone.length, 60_000);
  await must(office, 'POST', `/pipelines/${pipeline}/resume`);
  const run = await open(office, pipeline).catch(() => null);
  if (run !== null) await ended(office, run);
  await idle(office, pipeline);
  const [failed] = await office.engine.rows<{ count: number; code: string }>(
    `select count(*) as count, max(failure->>'code') as code from run r join pipeline p on p.uid = r.pipeline_uid
      where p.id = $1 and r.state = 'failed'`,
    [pipeline],
  );
  const limit = Math.min(100, Math.max(10, Math.floor(ids.length * 0.2)));
  const left = copy.store.count('contacts');
  // What was announced is tried again and again; the yes comes between two tries.
  let yes = '';
  await until(
    'a run with a yes',
    async () => {
      yes = await open(office, pipeline, { allowDeletes: true }).catch(() => '');
      return yes !== '';
    },
    120_000,
  );
  await ended(office, yes);
  await idle(office, pipeline);
  return [
    exactly(
      `${vendor.name}: ${gone.length} of ${ids.length} deleted, said`,
      failed?.code ?? 'nothing',
      'run/too_many_deletes',
    ),
    noted('runs that asked', Number(failed?.count)),
    atLeast('records left without a yes', left, ids.length - limit),
    exactly('records left after a yes', copy.store.count('contacts'), ids.length - gone.length),
  ];
}

async function open(office: Office, pipeline: string, more: JsonObject = {}): Promise<string> {
  const { status, body, text } = await office.api.call('POST', '/runs', { pipeline, ...more });
  if (status !== 201) throw new Error(`runs: ${status} ${text}`);
  return String(body.id);
}

async function must(office: Office, method: string, path: string): Promise<void> {
  const { status, text } = await office.api.call(method, path);
  if (status >= 300) throw new Error(`${path}: ${status} ${text}`);
}

/** What a person sees first: a sentence, or that all is well. */
async function untilShown(office: Office, run: string): Promise<{ state: string; code: string | null }> {
  let shown: { state: string; code: string | null } = { state: '', code: null };
  const isOver = ['done', 'done_with_dead_letters', 'failed', 'cancelled', 'paused'];
  await until(
    'the run to say something',
    async () => {
      const { body } = await office.api.call('GET', `/runs/${run}`);
      shown = { state: String(body.state), code: body.failure?.code ?? null };
      return shown.code !== null || isOver.includes(shown.state);
    },
    120_000,
  );
  return shown;
}

function ended(office: Office, run: string): Promise<unknown> {
  return office.engine.until(run, undefined, 180_000);
}

function idle(office: Office, pipeline: string): Promise<void> {
  return until(
    `no run of ${pipeline} to be open`,
    async () => {
      const [row] = await office.engine.rows<{ open: number }>(
        'select count(*) as open from run r join pipeline p on p.uid = r.pipeline_uid where p.id = $1 and r.ended_at is null',
        [pipeline],
      );
      return Number(row?.open) === 0;
    },
    120_000,
  );
}

/** Lists without their rows, alone and in batches. */
function withoutRows(body: string): string {
  const answer = JSON.parse(body) as { result?: { result?: Record<string, unknown> } };
  const empty = (result: unknown): unknown => {
    if (Array.isArray(result)) return [];
    if (typeof result !== 'object' || result === null) return result;
    return 'items' in result ? { ...result, items: [] } : result;
  };
  const inner = answer.result?.result;
  if (typeof inner !== 'object' || inner === null)
    return JSON.stringify({ ...answer, result: empty(answer.result), total: 0, next: undefined });
  const all = Object.fromEntries(Object.entries(inner).map(([name, result]) => [name, empty(result)]));
  return JSON.stringify({ ...answer, result: { ...answer.result, result: all } });
}

/** The same of OData: a list, or the lists in a batch. */
function withoutValues(body: string): string {
  interface Listed {
    readonly value?: unknown;
    readonly responses?: readonly { readonly body?: Listed }[];
  }
  const empty = (answer: Listed): Listed => (Array.isArray(answer.value) ? { ...answer, value: [] } : answer);
  const answer = JSON.parse(body) as Listed;
  if (!Array.isArray(answer.responses)) return JSON.stringify(empty(answer));
  const responses = answer.responses.map((part: { body?: Listed }) => ({ ...part, body: empty(part.body ?? {}) }));
  return JSON.stringify({ ...answer, responses });
}

function definition(vendor: Vendor, prefix: string, read: 'incremental' | 'full', slot: string = vendor.name): string {
  return `
pipeline: ${prefix}${vendor.name}
title: Contacts of ${vendor.name}
connections: { ${slot}: { connector: ${vendor.name} }, ${slot}_copy: { connector: http } }
${slot === vendor.name ? '' : 'trigger: { webhook: { reconcile: 1h } }'}
flows:
  contacts:
    from: { stream: ${slot}.contacts, read: ${read} }
    map: { ${vendor.mapOut} }
    to: { stream: ${slot}_copy.contacts, write: upsert, on_delete: delete }
`;
}
