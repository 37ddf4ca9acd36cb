import { randomBytes } from 'node:crypto';
import { startAmoCrm } from '../../../sandbox/amocrm/sandbox.js';
import { startBitrix24 } from '../../../sandbox/bitrix24/sandbox.js';
import { begin, callbackOf, visit } from '../../api/connections/browser.js';
import { agree } from '../../crm/consent.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

interface Attempt {
  readonly what: string;
  readonly address: URL;
  readonly cookie: string;
}

export default {
  number: 59,
  title: 'OAuth cannot be confused',
  required: '0 tokens stored, 0 redirects off-site',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const redirectUri = callbackOf(api);
    const unlimited = { rate: null, account_rate: null } as never;
    const bitrixSettings = { bucket_size: 0, redirect_uri: redirectUri } as never;
    const [amo, bitrix, editor, other, viewer] = await Promise.all([
      startAmoCrm({ seed: context.seed, redirectUri, settings: unlimited }),
      startBitrix24({ seed: context.seed, settings: bitrixSettings }),
      signInPerson(api, { member: { [engine.accountId]: 'editor' } }),
      signInPerson(api, { member: { [engine.accountId]: 'editor' } }),
      signInPerson(api, { member: { [engine.accountId]: 'editor' } }),
    ]);
    context.onEnd(() => amo.stop());
    context.onEnd(() => bitrix.stop());
    const application = { clientId: amo.credentials.client_id, clientSecret: amo.credentials.client_secret };
    let made = 0;
    const start = async (person: TestPerson) => {
      made += 1;
      const order = { connector: 'amocrm', name: `c${made}`, settings: { base_url: amo.url }, application };
      const { page, cookie } = await begin(person, order);
      return { back: await agree(page), cookie, own: cookie.split('; ').at(-1) ?? '' };
    };

    const attempts: Attempt[] = [];
    const attempt = (what: string, address: URL, cookie: string) => attempts.push({ what, address, cookie });
    const changed = (address: URL, change: (query: URLSearchParams) => void): URL => {
      const copy = new URL(address);
      change(copy.searchParams);
      return copy;
    };
    const rounds = context.size(50, 1);
    for (let round = 0; round < rounds; round += 1) {
      const [one, two] = [await start(editor), await start(editor)];
      attempt('without any cookie', one.back, '');
      attempt('with the sign-in alone', one.back, editor.cookie);
      attempt('with the consent’s cookie alone', (await start(editor)).back, one.own);
      attempt('in the browser of another consent', one.back, `${editor.cookie}; ${two.own}`);
      const name = one.own.split('=')[0];
      attempt('with a guessed cookie', one.back, `${editor.cookie}; ${name}=${randomBytes(32).toString('base64url')}`);
      attempt('with the other’s cookie under its name', one.back, `${editor.cookie}; ${name}=${two.own.split('=')[1]}`);
      for (const state of [
        '',
        'x',
        '%00',
        'a'.repeat(43),
        randomBytes(32).toString('base64url'),
        '../../x',
        'a'.repeat(9_000),
      ]) {
        attempt(
          `with state ${state.slice(0, 12)}`,
          changed(one.back, (query) => query.set('state', state)),
          one.cookie,
        );
      }
      attempt(
        'without a state',
        changed(one.back, (query) => query.delete('state')),
        one.cookie,
      );
      attempt(
        'with two states',
        changed(one.back, (query) => query.append('state', 'x')),
        one.cookie,
      );
      attempt(
        'with the state of the other',
        changed(one.back, (query) => query.set('state', two.back.searchParams.get('state') ?? '')),
        `${editor.cookie}; ${one.own}`,
      );
      attempt('by another person', (await start(editor)).back, `${other.cookie}; ${one.own}`);
      const foreign = await start(editor);
      attempt('by another person in the same browser', foreign.back, `${other.cookie}; ${foreign.own}`);
      const left = await start(editor);
      attempt('after signing out', left.back, left.own);
      const late = await start(editor);
      await engine.rows(
        `update oauth_state set expires_at = now() where request is not null and used_at is null and created_at = (select max(created_at) from oauth_state)`,
      );
      attempt('after ten minutes', late.back, late.cookie);
      const withoutCode = await start(editor);
      attempt(
        'without a code',
        changed(withoutCode.back, (query) => query.delete('code')),
        withoutCode.cookie,
      );
      const wrongCode = await start(editor);
      attempt(
        'with a made-up code',
        changed(wrongCode.back, (query) => query.set('code', 'forged')),
        wrongCode.cookie,
      );
      const elsewhere = await start(editor);
      attempt(
        'with an account elsewhere',
        changed(elsewhere.back, (query) => query.set('referer', 'evil.amocrm.ru')),
        elsewhere.cookie.replace(elsewhere.own, 'x=y'),
      );
    }
    const demoted = await start(viewer);
    await engine.engine.dependencies.store.system((tx) =>
      tx
        .updateTable('auth.member')
        .set({ role: 'viewer' } as never)
        .where('userId', '=', viewer.userId)
        .execute(),
    );
    attempt('by an editor who is none any more', demoted.back, demoted.cookie);

    const accepted: string[] = [];
    const offSite: string[] = [];
    const judge = (what: string, answer: { status: number; headers: Headers }): void => {
      if (answer.status < 400) accepted.push(`${what}: ${answer.status}`);
      const to = answer.headers.get('location');
      if (to !== null && new URL(to, redirectUri).origin !== new URL(redirectUri).origin)
        offSite.push(`${what}: ${to}`);
    };
    for (const { what, address, cookie } of context.random.shuffled(attempts))
      judge(what, await visit(address, cookie));

    // A good one is taken once, even when it comes many times at the same moment.
    const good = await start(editor);
    const counts = await control(amo.control);
    const many = await Promise.all(Array.from({ length: 8 }, () => visit(good.back, good.cookie)));
    const taken = many.filter(({ status }) => status === 303);
    for (const answer of taken) judge('', { status: 400, headers: answer.headers });
    const again = await visit(good.back, good.cookie);
    const exchanged = Number((await control(amo.control)).exchanged) - Number(counts.exchanged);

    const returns = [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/oauth/connected/../x',
      'javascript:alert(1)',
      '/oauth/connected?x',
      '',
    ];
    const refused = await Promise.all(
      returns.map(
        async (returnTo) =>
          (await editor.call('POST', '/connections/oauth/start', { connection: 'x', returnTo })).status,
      ),
    );
    const stored = (await names(api)).filter((name) => name !== `c${made}`);
    return [
      atLeast('forged callbacks', attempts.length, 24),
      nothing('accepted', accepted),
      nothing('redirects off-site', offSite),
      nothing('connections made by them', stored),
      exactly('one good callback, eight times at once', taken.length, 1),
      exactly('codes traded for it', exchanged, 1),
      exactly('the same once more', again.status, 422),
      exactly('return addresses of others', refused.join(), returns.map(() => 400).join()),
    ];
  },
} satisfies SiegePromise;

async function control(address: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`${address}/oauth`)).json()) as Record<string, unknown>;
}

async function names(api: TestApi): Promise<string[]> {
  const { body } = await api.call('GET', '/connections');
  return body.items.map(({ name }: { name: string }) => name);
}
