import { prepareMigration } from '../migration.js';
import { atLeast, atMost, exactly, nothing, type SiegeContext, type SiegePromise } from '../siege.js';
import { order } from '../vendors.js';

const kinds = [
  'status_429',
  'status_503',
  'status_500',
  'reset',
  'delay',
  'truncate',
  'html',
  'empty_body',
  'commit_then_drop',
];

export default {
  number: 70,
  title: 'A migration between CRMs survives a bad day of both',
  required: 'a fifth of all calls of Bitrix24 and amoCRM failing: the comparison is equal; calls <= 1.6x calm',
  limitMs: 30 * 60_000,
  run: async (context) => {
    const deals = context.size(2_000, 30);
    const calm = await move(context, deals, false);
    const bad = await move(context, deals, true);
    context.log(
      `${calm.calls} calls on a calm day, ${bad.calls} on a bad one, ${(bad.calls / calm.calls).toFixed(2)}x`,
    );
    // Where there are few calls, chance weighs more.
    const limit = Math.floor(calm.calls * 1.6) + (context.isShort ? 15 : 0);
    return [
      exactly('states', `${calm.state}, ${bad.state}`, 'done, done'),
      nothing('differences on a calm day', calm.differences),
      nothing('differences on a bad day', bad.differences),
      atLeast('calls that failed', bad.failed, Math.floor(bad.calls * 0.1)),
      atMost(`calls, ${calm.calls} calm`, bad.calls, limit),
    ];
  },
} satisfies SiegePromise;

async function move(context: SiegeContext, deals: number, isBad: boolean) {
  const migration = await prepareMigration(context, deals);
  const { crm, amo } = migration;
  // What status 429 means at Bitrix24 is waited for by the minute: too long for a short form.
  const ofPortal = context.isShort ? kinds.filter((kind) => kind !== 'status_429') : kinds;
  if (isBad) {
    await order(crm, 'faults', { seed: context.seed, rate: 0.2, kinds: ofPortal });
    await order(amo, 'faults', { seed: context.seed + 1, rate: 0.2, kinds });
  }
  const state = await migration.end(await migration.open());
  const calls = migration.calls();
  for (const vendor of [crm, amo]) await order(vendor, 'faults', { rate: 0 });
  const failed = [crm, amo].flatMap(({ kit }) => kit.requests.list()).filter(({ fault }) => fault !== null).length;
  return { state, calls, failed, differences: await migration.differences() };
}
