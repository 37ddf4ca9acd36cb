import { randomBytes } from 'node:crypto';
import { startTestApi, type TestApi } from '../../support/api.js';
import { ask } from '../../support/cast.js';
import { exactly, type Figure, nothing, type SiegeContext, type SiegePromise, timesAtMost, within } from '../siege.js';
import { timeInTurns, welch } from '../statistics.js';

export default {
  number: 62,
  title: 'API keys are stored and checked well',
  required: 'hash only; revoked within a second, also in an open answer; a key in an address refused; |t| < 4.5',
  run: async (context) => {
    const engine = await context.startEngine({ hasWorker: false });
    const api = await startTestApi(engine);
    context.onEnd(() => api.stop());
    const made = (await api.call('POST', '/keys', { name: 'siege', scopes: ['read'] })).body as {
      id: string;
      key: string;
    };
    const secret = made.key.slice('pw_12345678_'.length);
    const stored = JSON.stringify(await engine.rows('select *, encode(secret_hash, $1) as hex from api_key', ['hex']));
    const spellings = [secret, Buffer.from(secret).toString('hex'), Buffer.from(secret, 'base64url').toString('hex')];
    const inAddress = await Promise.all(
      [`/pipelines?key=${made.key}`, `/pipelines/${made.key}`, `/events?access_token=${made.key}`].map((path) =>
        ask(api.address, 'GET', `/api/v1${path}`),
      ),
    );
    const figures: Figure[] = [
      nothing(
        'spellings of the secret in the database',
        spellings.filter((text) => stored.includes(text)),
      ),
      nothing(
        'keys in addresses that were not refused',
        inAddress.filter(({ status, text }) => status !== 400 || !text.includes('api/key_in_address')),
      ),
      ...(await revoked(api, made)),
    ];
    if (!context.isShort) figures.push(await timed(context, api));
    return figures;
  },
} satisfies SiegePromise;

async function revoked(api: TestApi, { id, key }: { id: string; key: string }): Promise<Figure[]> {
  const headers = { authorization: `Bearer ${key}` };
  const open = await fetch(`${api.address}/api/v1/events`, { headers });
  const ended = open.text().then(
    () => performance.now(),
    () => performance.now(),
  );
  await api.call('DELETE', `/keys/${id}`);
  const revokedAt = performance.now();
  const next = await ask(api.address, 'GET', '/api/v1/pipelines', headers);
  return [
    exactly('the next request', next.status, 401),
    within('until an open answer ends', (await ended) - revokedAt, 1_200),
  ];
}

/** A wrong secret of a key that exists takes as long as a key that does not. */
async function timed(context: SiegeContext, api: TestApi): Promise<Figure> {
  const publicId = api.key.slice(3, 11);
  const look = (id: string) =>
    ask(api.address, 'GET', '/api/v1/pipelines', {
      authorization: `Bearer pw_${id}_${randomBytes(32).toString('base64url')}`,
    });
  const rounds = context.size(20_000, 1_000);
  const [known, unknown] = await timeInTurns(
    rounds,
    () => context.random.next(),
    () => look(publicId),
    () => look('00000000'),
  );
  return timesAtMost(`Welch’s t over ${rounds} pairs`, Math.abs(welch(known, unknown)), 4.5);
}
