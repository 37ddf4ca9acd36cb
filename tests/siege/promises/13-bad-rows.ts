import { reconcile } from '../../support/reconciliation.js';
import { countCreates, countsOf, publishCopy, touch } from '../copy.js';
import { atLeast, atMost, exactly, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 13,
  title: 'Bad rows do not stop good ones',
  required:
    'all good arrive, each bad is a dead letter with its reason; one replay delivers all, 0 twice; <= 1 retry of a page',
  run: async (context) => {
    const records = context.size(20_000, 1_000);
    const batch = 50;
    const [engine, source, target] = await Promise.all([
      context.startEngine(),
      context.startCrm({ seed: context.seed, records: { contacts: records }, dirty: 0.06 }),
      context.startCrm({ seed: context.seed + 1 }),
    ]);
    const copy = await publishCopy(engine, source, target, { read: 'incremental', to: `, batch: ${batch}` });
    const place = { flow: 'contacts', stream: 'contacts', sandbox: target };
    const run = await engine.open(copy.pipeline);
    const end = await engine.until(run, undefined, 120_000);
    const first = await countsOf(engine, run);
    const differences = await reconcile(engine, run, place);
    const requests = target.kit.requests.list().filter((entry) => entry.path.endsWith('/batch')).length;
    const letters = await engine.rows<{ source_key: string; code: string; message: string }>(
      "select source_key, code, message from v_dead_letters where state = 'open'",
    );
    const refused = target.log.list().filter((entry) => entry.status === 422).length;
    context.log(
      `${letters.length} dead letters: ${[...new Set(letters.map((letter) => letter.message.slice(0, 70)))].join(' | ')}`,
    );

    const healthy = { name: 'Mended {n}', email: 'mended{n}@example.com', phone: '+40700000000', position: 'Mended' };
    await touch(source, { ids: letters.map((letter) => letter.source_key), fields: healthy });
    const since = target.log.lastSeq;
    const replay = await engine.open(copy.pipeline, 'replay', { replayOf: run });
    const replayEnd = await engine.until(replay, undefined, 120_000);
    differences.push(...(await reconcile(engine, replay, { ...place, since })));
    const { twice, lost } = countCreates(target, records);
    const left = await engine.rows("select 1 from dead_letter where state in ('open', 'resent')");
    return [
      exactly('state', end.state, 'done_with_dead_letters'),
      atLeast('bad rows', letters.length, Math.floor(records / 100)),
      exactly('good rows that arrived', first.written ?? 0, records - letters.length),
      exactly('refusals in the log', refused, letters.length),
      nothing(
        'letters without a reason',
        letters.filter((letter) => letter.message === '' || letter.code === ''),
      ),
      atMost('requests', requests, Math.ceil(records / batch) + 2 * Math.ceil(records / 250)),
      exactly('state of the replay', replayEnd.state, 'done'),
      exactly('lost', lost, 0),
      exactly('twice', twice, 0),
      exactly('letters left', left.length, 0),
      nothing('reconciliation', differences),
    ];
  },
} satisfies SiegePromise;
