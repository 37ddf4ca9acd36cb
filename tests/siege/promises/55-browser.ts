import { routes } from '../../../api/routes/index.js';
import { type ApiAnswer, startTestApi, type TestApi } from '../../support/api.js';
import { Browser } from '../../support/browser.js';
import type { TestEngine } from '../../support/engine.js';
import { signInPerson } from '../../support/people.js';
import { atLeast, exactly, type Measured, nothing, type SiegePromise } from '../siege.js';

/** Both forms of PUBLIC_URL; undefined is the plain loopback address of a first start. */
const publicUrls = [undefined, 'https://pipewright.example.test'];
const foreign = 'https://evil.example.test';

export default {
  number: 55,
  title: 'The server is safe in a browser',
  required: 'headers and flags as PUBLIC_URL asks; 0 cross-site changes; id new at login, dead at logout',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const figures: Measured[number][] = [];
    for (const [index, url] of publicUrls.entries()) {
      figures.push(...(await examine(engine, url, context.isShort ? index : null)));
    }
    return figures;
  },
} satisfies SiegePromise;

/** `turn`: each change is tried in one of the ways only, beginning with this one. */
async function examine(engine: TestEngine, url: string | undefined, turn: number | null): Promise<Measured> {
  const api = await startTestApi(engine, { env: { ...(url !== undefined && { PUBLIC_URL: url }) } });
  try {
    const form = url === undefined ? 'http' : 'https';
    const named = (figures: Measured): Measured => figures.map((each) => ({ ...each, what: `${form}: ${each.what}` }));
    return named([
      ...(await sessions(api, form)),
      ...(await headers(api, form)),
      ...(await crossSite(api, engine, turn)),
    ]);
  } finally {
    await api.stop();
  }
}

/** Cookies have their flags; an id is new at each login and dead after a logout; a planted one is never taken over. */
async function sessions(api: TestApi, form: 'http' | 'https'): Promise<Measured> {
  const { email, password } = await signInPerson(api);
  const browser = new Browser(api);
  const name = `${form === 'https' ? '__Host-' : ''}pipewright.session_token`;
  browser.cookies.set(name, 'planted.by-a-stranger');
  const lines: string[] = [];
  const signIn = async (): Promise<string> => {
    await browser.call('POST', '/sign-in', { email, password });
    lines.push(...browser.lastSet);
    return browser.cookies.get(name) ?? '';
  };
  const first = await signIn();
  const second = await signIn();
  const statusOf = async (value: string): Promise<number> => {
    const holder = new Browser(api);
    holder.cookies.set(name, value);
    return (await holder.call('GET', '/me')).status;
  };
  const replaced = await statusOf(first);
  const live = await statusOf(second);
  await browser.call('POST', '/sign-out');
  lines.push(...browser.lastSet);
  return [
    nothing(
      'cookies without their flags',
      lines.filter((line) => !hasFlags(line, form)),
    ),
    exactly('ids are new at each login', new Set(['planted.by-a-stranger', first, second, '']).size, 4),
    exactly('the session that another login replaced', replaced, 401),
    exactly('the session of the last login', live, 200),
    exactly('the same after the logout', await statusOf(second), 401),
    exactly('session cookies left in the browser', browser.cookies.has(name), false),
  ];
}

function hasFlags(line: string, form: 'http' | 'https'): boolean {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const flags = rest.map((flag) => flag.toLowerCase());
  const isBound = pair.startsWith('__Host-') && flags.includes('secure');
  return (
    flags.includes('httponly') &&
    flags.includes('samesite=lax') &&
    flags.includes('path=/') &&
    !flags.some((flag) => flag.startsWith('domain')) &&
    (form === 'https' ? isBound : !pair.startsWith('__') && !flags.includes('secure'))
  );
}

const wanted: Readonly<Record<string, RegExp>> = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'|frame-ancestors 'none'.*default-src 'none'/,
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /no-referrer/,
  'cache-control': /no-store/,
};

/** Every address that can be read answers with the headers, whatever its answer is. */
async function headers(api: TestApi, form: 'http' | 'https'): Promise<Measured> {
  const person = await signInPerson(api);
  const paths = routes
    .filter((route) => route.method === 'get' && !route.path.endsWith('/events'))
    .map((route) => route.path.replace(/\{\w+\}/g, '01890a5d-ac96-774b-bcce-b302099a8057'));
  const lacking: string[] = [];
  for (const path of paths) {
    const answer = await person.call('GET', path);
    for (const [name, form] of Object.entries(wanted)) {
      if (!form.test(answer.headers.get(name) ?? '')) lacking.push(`${path}: ${name}`);
    }
    const seconds = /max-age=(\d+)/.exec(answer.headers.get('strict-transport-security') ?? '')?.[1];
    const isRight = form === 'https' ? Number(seconds) >= 31_536_000 : seconds === undefined;
    if (!isRight) lacking.push(`${path}: strict-transport-security`);
  }
  return [atLeast('addresses that were read', paths.length, 20), nothing('headers that lack', lacking)];
}

/** Every change, as another site would have a signed-in browser ask for it. */
async function crossSite(api: TestApi, engine: TestEngine, turn: number | null): Promise<Measured> {
  const owner = await signInPerson(api, { member: { [engine.accountId]: 'owner' } });
  const ways: readonly Readonly<Record<string, string>>[] = [
    { origin: foreign },
    { origin: 'null' },
    { origin: foreign, 'content-type': 'text/plain' },
    { origin: api.context.publicUrl.origin, 'sec-fetch-site': 'cross-site' },
    { origin: '' },
  ];
  const done: string[] = [];
  for (const [index, route] of routes.filter((each) => each.method !== 'get').entries()) {
    const path = route.path.replace(/\{\w+\}/g, '01890a5d-ac96-774b-bcce-b302099a8057');
    const tried = turn === null ? ways : ways.filter((_way, at) => at === (index + turn) % ways.length);
    for (const way of tried) {
      const { origin, ...rest } = way;
      const answer: ApiAnswer = await api.call(
        route.method.toUpperCase(),
        path,
        {},
        {
          key: null,
          headers: { cookie: owner.cookie, ...rest, ...(origin !== '' && { origin }) },
        },
      );
      if (answer.body?.code !== 'api/origin_refused') done.push(`${route.method} ${path} ${JSON.stringify(way)}`);
    }
  }
  const live = await owner.call('GET', '/me');
  return [
    nothing('changes of other sites that were not refused', done),
    exactly('the session after them', live.status, 200),
  ];
}
