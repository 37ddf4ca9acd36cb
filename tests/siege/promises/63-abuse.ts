import { randomUUID } from 'node:crypto';
import { caps } from '../../../api/access/caps.js';
import type { RequestRules } from '../../../api/access/request-limits.js';
import { addAccount } from '../../../store/accounts.js';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask, inLanes } from '../../support/cast.js';
import { atLeast, atMost, exactly, type Figure, noted, nothing, type SiegePromise, timesAtMost } from '../siege.js';
import { quantile } from '../statistics.js';

/** Less than the documented figures: a slow machine must be able to go beyond them. */
const requestRules: RequestRules = { seconds: 10, perCaller: 300, perAccount: 600, perAddress: 60 };

export default {
  number: 63,
  title: 'Abuse is limited',
  required: '429 with Retry-After; others’ p95 at most twice that of calm; caps hold; forged addresses ignored',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine, { requestRules });
    context.onEnd(() => api.stop());
    const calmAccount = randomUUID();
    await api.context.store.system((tx) => addAccount(tx, { id: calmAccount, name: 'Calm', tariff: 'unlimited' }));
    const calm = { authorization: `Bearer ${await api.makeKey(['read'], calmAccount)}` };
    const looks = Math.min(context.size(1_000, 60), 120);
    const quiet = await times(api, calm, looks);
    const keys = await Promise.all(Array.from({ length: 4 }, () => api.makeKey(['read'])));
    const flood = startFlood(api, keys);
    await flood.isLimited;
    const loud = await times(api, calm, looks);
    const answers = await flood.stop();
    // Before the strangers: they use up what new keys of this address are let in by.
    const made = await massCreation(api, calmAccount);
    const refused = answers.filter(({ status }) => status === 429);
    return [
      atLeast('requests of the flood', answers.length, requestRules.perAccount),
      atMost('let through', answers.length - refused.length, flood.windows() * requestRules.perAccount),
      nothing(
        'refusals without Retry-After',
        refused.filter(({ retryAfter }) => !(Number(retryAfter) > 0)),
      ),
      exactly('refusals of others', loud.refused + quiet.refused, 0),
      noted('others’ p95 in calm', `${quantile(quiet.ms, 0.95).toFixed(1)} ms`),
      timesAtMost('others’ p95 during the flood', quantile(loud.ms, 0.95) / quantile(quiet.ms, 0.95), 2),
      ...(await strangers(api)),
      made,
    ];
  },
} satisfies SiegePromise;

async function times(
  api: TestApi,
  headers: Record<string, string>,
  count: number,
): Promise<{ ms: number[]; refused: number }> {
  const ms: number[] = [];
  let refused = 0;
  for (let look = 0; look < count; look += 1) {
    const began = performance.now();
    const { status } = await ask(api.address, 'GET', '/api/v1/pipelines', headers);
    ms.push(performance.now() - began);
    if (status !== 200) refused += 1;
  }
  return { ms, refused };
}

interface Flooded {
  readonly status: number;
  readonly retryAfter: unknown;
}

function startFlood(api: TestApi, keys: readonly string[]) {
  const answers: Flooded[] = [];
  const began = performance.now();
  let isOver = false;
  let limited = (): void => undefined;
  const isLimited = new Promise<void>((resolve) => {
    limited = resolve;
  });
  const lanes = keys.map(async (key) => {
    while (!isOver) {
      const { status, headers } = await ask(api.address, 'GET', '/api/v1/pipelines', {
        authorization: `Bearer ${key}`,
      });
      answers.push({ status, retryAfter: headers['retry-after'] });
      if (status === 429) limited();
    }
  });
  return {
    isLimited,
    windows: () => Math.ceil((performance.now() - began) / (requestRules.seconds * 1_000)) + 1,
    stop: async () => {
      isOver = true;
      await Promise.all(lanes);
      return answers;
    },
  };
}

/** Wrong keys from one address that claims to be many. */
async function strangers(api: TestApi): Promise<Figure[]> {
  const tries = Array.from({ length: requestRules.perAddress + 100 }, (_, index) => index);
  const statuses = await inLanes(tries, 4, async (index) => {
    const headers = {
      authorization: `Bearer pw_00000000_${'A'.repeat(43)}`,
      'x-forwarded-for': `198.51.${index % 250}.7`,
    };
    return (await ask(api.address, 'GET', '/api/v1/pipelines', headers)).status;
  });
  return [atLeast('strangers refused under forged addresses', statuses.filter((status) => status === 429).length, 1)];
}

async function massCreation(api: TestApi, accountId: string): Promise<Figure> {
  const key = await api.makeKey(['admin'], accountId);
  const tries = Array.from({ length: caps.keys.most + 30 }, (_, index) => ({ name: `k${index}`, scopes: ['read'] }));
  await inLanes(tries, 8, (body) => api.call('POST', '/keys', body, { key }));
  const { items } = (await api.call('GET', '/keys', undefined, { key })).body;
  return exactly('keys after making too many', items.length, caps.keys.most);
}
