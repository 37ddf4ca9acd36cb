import { until } from '../copy.js';
import { keepInStep } from '../events.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 33,
  title: 'Lost webhooks are found',
  required: '100 % within one polling cycle',
  limitMs: 15 * 60_000,
  run: async (context) => {
    const kept = await keepInStep(context, {
      contacts: Math.ceil(context.size(5_000, 120) / 3),
      lose: 0.2,
      servers: async (office) => () => [office.api.address],
    });
    const changed = await kept.changeAll(0);
    const isQuiet = quietFor(5_000);
    const heard = (): number => new Set(kept.post.accepted).size;
    // Nothing tells which events were never sent; what was heard is moved when the queue is empty.
    // How fast they are taken is promise 32; a busy machine may be slow here.
    await until('the deliveries to end', () => heard() >= changed / 2 && isQuiet(heard()), 480_000);
    await until('what was heard to arrive', () => kept.writes().size >= heard(), 180_000);
    await kept.idle(120_000);
    const before = kept.writes().size;
    const polls = await kept.runs('poll');
    await kept.pollNow();
    await until('one more poll of each', async () => (await kept.runs('poll')) >= polls + 3, 60_000);
    await kept.idle(300_000);
    const { lost, extra } = await kept.differences();
    const often = [...kept.writes()].filter(([, count]) => count !== 1);
    context.log(`${changed} changes, ${heard()} told of, ${before} moved before the poll`);
    return [
      atLeast('changes', changed, context.size(5_000, 120)),
      atLeast('never told of', changed - before, Math.floor(changed * 0.1)),
      exactly('polls', (await kept.runs('poll')) - polls, 3),
      nothing('not found', lost),
      nothing('doubled', extra),
      exactly('records written', kept.writes().size, changed),
      nothing('written more than once', often),
    ];
  },
} satisfies SiegePromise;

/** Whether a number has stayed as it is for so long. */
function quietFor(ms: number): (now: number) => boolean {
  let last = Number.NaN;
  let since = 0;
  return (now) => {
    if (now !== last) since = performance.now();
    last = now;
    return performance.now() - since >= ms;
  };
}
