import { until } from '../copy.js';
import { prepareMigration } from '../migration.js';
import { atLeast, exactly, type Figure, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 69,
  title: 'A migration between CRMs survives the death of its worker',
  required:
    'kill -9 five times between Bitrix24 and amoCRM: the comparison of both is still equal; run twice, 0 writes',
  limitMs: 25 * 60_000,
  run: async (context) => {
    const deals = context.size(2_000, 30);
    const times = context.isShort ? 2 : 5;
    const migration = await prepareMigration(context, deals, { hasWorker: false });
    const { office, amo } = migration;
    // About as many records as there will be; contacts, companies, tasks and comments come beside the deals.
    const all = deals * 2;
    let worker = await office.engine.spawnWorker();
    const run = await migration.open();
    const figures: Figure[] = [];
    for (let time = 1; time <= times; time++) {
      const at = Math.floor((all * (time - 0.5 + (context.random.next() - 0.5) / 2)) / times);
      const before = migration.moved();
      await until('the next records', () => migration.moved() >= Math.max(before + 1, at), 300_000);
      worker.signal('SIGKILL');
      figures.push(exactly(`kill ${time}`, (await worker.ended) === null, true));
      context.log(`killed with ${migration.moved()} records moved`);
      worker = await office.engine.spawnWorker();
    }
    const state = await migration.end(run);
    const differences = await migration.differences();
    const since = amo.log.lastSeq;
    const again = await migration.end(await migration.open());
    const written = amo.log.list(since).filter(({ effect }) => effect !== 'read' && effect !== 'lookup');
    return [
      ...figures,
      exactly('state', state, 'done'),
      atLeast('records moved', migration.moved(), deals),
      nothing('differences', differences),
      exactly('state of a second run', again, 'done'),
      nothing(
        'written by a second run',
        written.map(({ effect, stream }) => `${effect} of ${stream}`),
      ),
    ];
  },
} satisfies SiegePromise;
