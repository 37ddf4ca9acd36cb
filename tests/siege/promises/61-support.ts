import { randomUUID } from 'node:crypto';
import { accessOf } from '../../../api/access/authorise.js';
import { routes } from '../../../api/routes/index.js';
import { queryOnce } from '../../../runtime/postgres-connection.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask, inLanes } from '../../support/cast.js';
import { type Furnished, furnish } from '../../support/furnish.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

const mark = 'canarycustomer';

export default {
  number: 61,
  title: 'Support login is narrow and seen',
  required: 'a link opens once; all else is refused; the banner on every answer; every look in the customer’s log',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const customer = await furnish(api, mark);
    const helpers = await inLanes(Array.from({ length: 8 }), 2, () => signInPerson(api, { staff: 'support' }));
    const link = (await customer.owner.call('POST', '/support-links')).body as { id: string; token: string };
    const tries = await Promise.all(
      helpers.map((helper) => helper.call('POST', '/support-links/open', { token: link.token })),
    );
    const winner = helpers[tries.findIndex(({ status }) => status === 201)];
    if (winner === undefined) throw new Error('nobody opened the link');
    const inside = await Promise.all(helpers.map((helper) => look(api, helper, customer, '/pipelines')));
    const again = await signInAgain(api, winner);
    const seen = await lookAround(api, winner, customer);
    const changed = await change(api, winner, customer);
    const lines = await linesOf(customer);
    const looked = new Set(
      lines.filter(({ action }) => action === 'support.looked').map(({ details }) => details.route),
    );
    await customer.owner.call('DELETE', `/support-links/${link.id}`);
    const late = (await customer.owner.call('POST', '/support-links')).body as { id: string; token: string };
    await queryOnce(engine.database.ownerUrl, `update support_link set expires_at = now() where id = '${late.id}'`);
    return [
      exactly('sessions that opened the link', tries.filter(({ status }) => status === 201).length, 1),
      exactly('sessions that are inside', inside.filter(({ status }) => status === 200).length, 1),
      exactly('another sign-in of the same person', (await look(api, again, customer, '/pipelines')).status, 404),
      atLeast('routes looked at', seen.length, 15),
      nothing(
        'answers without the banner',
        seen.filter(({ hasBanner }) => !hasBanner).map(({ path }) => path),
      ),
      nothing(
        'routes not as the table says',
        seen.filter(({ isAsWritten }) => !isAsWritten).map(({ path, status }) => `${path} ${status}`),
      ),
      nothing(
        'secrets and keys of records shown',
        seen.flatMap(({ leaks }) => leaks),
      ),
      nothing('changes that were let through', changed),
      nothing(
        'looks that the log does not show',
        seen.filter(({ status, name }) => status < 300 && !looked.has(name)).map(({ name }) => name),
      ),
      nothing(
        'lines without both names',
        lines.filter(
          ({ actor, onBehalfOf }) => actor !== `support:${winner.email}` || onBehalfOf !== customer.owner.email,
        ),
      ),
      exactly('after withdrawal', (await look(api, winner, customer, '/pipelines')).status, 404),
      exactly(
        'a link that is too old',
        (await winner.call('POST', '/support-links/open', { token: late.token })).status,
        409,
      ),
      exactly('the customer’s log', (await customer.owner.call('GET', '/audit/verify')).body.isWhole, true),
    ];
  },
} satisfies SiegePromise;

function headersOf({ cookie }: Pick<TestPerson, 'cookie'>, api: TestApi, { accountId }: Furnished) {
  return { cookie, origin: api.context.publicUrl.origin, 'pipewright-account': accountId };
}

function look(api: TestApi, helper: Pick<TestPerson, 'cookie'>, customer: Furnished, path: string) {
  return ask(api.address, 'GET', `/api/v1${path}`, headersOf(helper, api, customer));
}

async function signInAgain(api: TestApi, { email, password }: TestPerson): Promise<Pick<TestPerson, 'cookie'>> {
  const { headers } = await api.context.identity.api.signInEmail({ body: { email, password }, returnHeaders: true });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { cookie };
}

interface Seen {
  readonly name: string;
  readonly path: string;
  readonly status: number;
  readonly hasBanner: boolean;
  readonly isAsWritten: boolean;
  readonly leaks: readonly string[];
}

/** Every route that reads, with ids that are there. */
async function lookAround(api: TestApi, helper: TestPerson, customer: Furnished): Promise<Seen[]> {
  const secrets = [`${mark}-signing-secret-1234`, `${mark}-key`, customer.key, 'token_hash', 'secret_hash'];
  const specs = routes.filter((spec) => spec.method === 'get');
  return inLanes(specs, 4, async (spec) => {
    const words = spec.path.split('/');
    const path = words
      .map((word, index) => (word.startsWith('{') ? idOf(customer, words[index - 1] ?? '') : word))
      .join('/');
    const { status, headers, text } = await look(api, helper, customer, path);
    const access = accessOf(spec.name);
    const isOpen = access.support === true || access.everyone === true;
    return {
      name: spec.name,
      path,
      status,
      hasBanner: String(headers['pipewright-support-visit']).startsWith('until='),
      isAsWritten: spec.name === 'readView' || isOpen !== (status === 403),
      leaks: isOpen ? secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} at ${path}`) : [],
    };
  });
}

function idOf({ ids }: Furnished, kind: string): string {
  const known: Readonly<Record<string, string>> = {
    versions: '1',
    streams: 'rows',
    fields: 'id',
    views: 'v_record_map',
  };
  return known[kind] ?? ids[kind]?.[0] ?? randomUUID();
}

/** Every route that changes something, with its own example; leaving is everybody's right. */
async function change(api: TestApi, helper: TestPerson, customer: Furnished): Promise<string[]> {
  const specs = routes.filter((spec) => spec.method !== 'get' && accessOf(spec.name).everyone !== true);
  const answers = await inLanes(specs, 4, async (spec) => {
    const words = spec.path.split('/');
    const path = words
      .map((word, index) => (word.startsWith('{') ? idOf(customer, words[index - 1] ?? '') : word))
      .join('/');
    const body = spec.bodyExample === undefined ? undefined : JSON.stringify(spec.bodyExample);
    const headers = headersOf(helper, api, customer);
    const { status } = await ask(api.address, spec.method.toUpperCase(), `/api/v1${path}`, headers, body);
    return status === 403 ? null : `${spec.method} ${spec.path}: ${status}`;
  });
  return answers.filter((text) => text !== null);
}

interface Line {
  readonly action: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly details: { readonly route?: string };
}

async function linesOf(customer: Furnished): Promise<Line[]> {
  const lines: Line[] = [];
  for (const action of ['support.opened', 'support.looked', 'support.ended']) {
    lines.push(...(await customer.owner.call('GET', `/audit?limit=200&action=${action}`)).body.items);
  }
  return lines;
}
