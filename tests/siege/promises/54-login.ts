import { randomBytes } from 'node:crypto';
import { startTestApi, type TestApi } from '../../support/api.js';
import { Browser } from '../../support/browser.js';
import { tokenOf } from '../../support/letters.js';
import { signInPerson, type TestPerson } from '../../support/people.js';
import { atMost, exactly, type Figure, type Measured, type SiegeContext, type SiegePromise, within } from '../siege.js';
import { quantile, timeInTurns, welch } from '../statistics.js';

const triesAllowed = 10;

export default {
  number: 54,
  title: 'Login resists guessing and load',
  required: '<= 10 tries/15 min; owner not locked out; known and unknown differ < 5 %; web p99 <= 1 s with 200 logins',
  limitMs: 15 * 60_000,
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine, { env: { TRUSTED_PROXIES: '127.0.0.1' } });
    context.onEnd(() => api.stop());
    return [
      ...(await guessFromEverywhere(context, api)),
      ...(await guessFromOnePlace(api)),
      ...(context.isShort ? [] : await guessManyLogins(api)),
      ...(await compareTimes(context, api)),
      ...(await queueLogins(context, api)),
    ];
  },
} satisfies SiegePromise;

/** One login from a new address at each try; meanwhile and afterwards its owner comes. */
async function guessFromEverywhere(context: SiegeContext, api: TestApi): Promise<Measured> {
  const owner = await signInPerson(api);
  const right = { email: owner.email, password: owner.password };
  const home = new Browser(api, '198.51.100.7');
  await home.call('POST', '/sign-in', right);
  const tries = context.size(300, 14);
  const answers = await Promise.all(
    Array.from({ length: tries }, (_each, index) => guess(api, owner, `203.0.113.${index % 250}`)),
  );
  const refused = answers.filter((answer) => answer.status === 429);
  const atHome = await home.call('POST', '/sign-in', right);
  const afterHome = await guess(api, owner, '203.0.113.251');
  const elsewhere = new Browser(api, '198.51.100.8');
  await elsewhere.call('POST', '/password-resets', { email: owner.email });
  const token = await tokenOf(api, owner.email, 'reset_password');
  const password = randomBytes(12).toString('base64url');
  await elsewhere.call('POST', '/password-resets/use', { token, password });
  const byMail = await elsewhere.call('POST', '/sign-in', { email: owner.email, password });
  await forgetTries(api);
  const later = await guess(api, owner, '203.0.113.252');
  return [
    atMost(
      `tries of one login that were looked at, of ${tries} from many addresses`,
      tries - refused.length,
      triesAllowed,
    ),
    exactly('refusals without Retry-After', refused.filter((answer) => !answer.headers.has('retry-after')).length, 0),
    exactly('the owner signs in from a browser known before', atHome.status, 200),
    exactly('a guess after that', afterHome.status, 429),
    exactly('the owner signs in from another one after a letter', byMail.status, 200),
    exactly('a try when the 15 minutes are over', later.status, 401),
  ];
}

async function guessFromOnePlace(api: TestApi): Promise<Measured> {
  const owner = await signInPerson(api);
  let looked = 0;
  for (let round = 0; round < 12; round += 1) {
    if ((await guess(api, owner, '203.0.113.1')).status !== 429) looked += 1;
  }
  const elsewhere = await new Browser(api, '198.51.100.9').call('POST', '/sign-in', {
    email: owner.email,
    password: owner.password,
  });
  return [
    atMost('tries of one login from one address', looked, triesAllowed),
    exactly('the owner signs in from another address at once', elsewhere.status, 200),
  ];
}

async function guessManyLogins(api: TestApi): Promise<Measured> {
  const asked = 160;
  const answers = await Promise.all(
    Array.from({ length: asked }, () =>
      new Browser(api, '203.0.113.99').call('POST', '/sign-in', { email: anybody(), password: 'tractor-orbit-vi' }),
    ),
  );
  return [
    atMost(`tries of one address over ${asked} logins`, answers.filter(({ status }) => status !== 429).length, 100),
  ];
}

async function compareTimes(context: SiegeContext, api: TestApi): Promise<Measured> {
  const owner = await signInPerson(api);
  const known: number[] = [];
  const unknown: number[] = [];
  for (let round = 0; round < context.size(200, context.isShort ? 1 : 20); round += 1) {
    await forgetTries(api);
    const [one, other] = await timeInTurns(
      context.isShort ? 1 : 5,
      () => context.random.next(),
      () => guess(api, owner, '203.0.113.2'),
      () => guess(api, { email: anybody() }, '203.0.113.3'),
    );
    known.push(...one);
    unknown.push(...other);
  }
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const share = mean(known) / mean(unknown) - 1;
  // On a busy machine two means of equal things differ, too: t says whether these do (4.5 as for API keys).
  const t = welch(known, unknown);
  return [
    {
      what: 'difference between the mean times of known and unknown logins',
      required: '< 5 %, or |t| < 4.5',
      measured: `${(share * 100).toFixed(1)} % of ${known.length} pairs, t ${t.toFixed(1)}`,
      isKept: Math.abs(share) < 0.05 || Math.abs(t) < 4.5,
      isTimed: true,
    },
  ];
}

async function queueLogins(context: SiegeContext, api: TestApi): Promise<Measured> {
  const logins = context.size(200, context.isShort ? 4 : 200);
  const waits: number[] = [];
  let isOver = false;
  const queued = Promise.all(
    Array.from({ length: logins }, (_each, index) => guess(api, { email: anybody() }, `198.18.0.${index % 250}`)),
  ).finally(() => {
    isOver = true;
  });
  const figures: Figure[] = [];
  while (!isOver) {
    const began = performance.now();
    const { status } = await api.call('GET', '/pipelines');
    waits.push(performance.now() - began);
    if (status !== 200) figures.push(exactly('an answer beside queued logins', status, 200));
  }
  const answers = await queued;
  return [
    ...figures,
    exactly('queued logins without an answer', answers.filter(({ status }) => status !== 401).length, 0),
    within(`p99 of other requests with ${logins} logins queued`, quantile(waits, 0.99), 1_000),
  ];
}

function guess(api: TestApi, { email }: Pick<TestPerson, 'email'>, address: string) {
  return new Browser(api, address).call('POST', '/sign-in', { email, password: 'tractor-orbit-violet' });
}

function anybody(): string {
  return `${randomBytes(8).toString('hex')}@example.test`;
}

/** As if 15 minutes had passed. */
async function forgetTries(api: TestApi): Promise<void> {
  await api.context.store.system((tx) => tx.updateTable('rate_limit').set({ expire: 1 }).execute());
}
