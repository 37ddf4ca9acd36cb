import type { RequestEntry } from '../../../sandbox/kit/request-log.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { publishCopy, setFaults } from '../copy.js';
import {
  atLeast,
  atMost,
  exactly,
  type Measured,
  type SiegeContext,
  type SiegePromise,
  shareAtLeast,
} from '../siege.js';

const allowed = 7;

export default {
  number: 25,
  title: 'Vendor limits are kept and used',
  required: '>= 90 % of the permitted requests, <= 0.5 % refused; Retry-After kept to 1 s',
  limitMs: 15 * 60_000,
  run: async (context) => [...(await share(context)), ...(await retryAfter(context))],
} satisfies SiegePromise;

/** Five pipelines on one vendor account, which takes seven requests in any second. */
async function share(context: SiegeContext): Promise<Measured> {
  const contacts = context.size(20_000, 600);
  const [engine, source, target] = await Promise.all([
    context.startEngine(),
    context.startCrm({
      seed: context.seed,
      latencyMs: 60,
      records: { contacts },
      rate: { requests: allowed, perSeconds: 1 },
    }),
    context.startCrm({ seed: context.seed + 1 }),
  ]);
  await engine.startWorker();
  const sourceService = restCrmDefinition({
    pageSize: Math.min(250, Math.max(20, Math.ceil(contacts / 30))),
    repeat: 'upsert',
    limits: [{ requests: allowed, per: '1s' }],
  });
  const runs: string[] = [];
  for (let number = 1; number <= 5; number++) {
    const copy = await publishCopy(engine, source, target, { id: `copy-${number}`, sourceService });
    runs.push(await engine.open(copy.pipeline));
  }
  const states = await Promise.all(runs.map((run) => engine.until(run, undefined, 300_000)));
  const requests = source.kit.requests.list();
  const refused = requests.filter((entry) => entry.status === 429).length;
  const [first, last] = [at(requests[0]), at(requests.at(-1))];
  const permitted = ((last - first) / 1_000) * allowed;
  context.log(`${requests.length} requests in ${((last - first) / 1_000).toFixed(1)} s, ${refused} refused`);
  return [
    exactly('runs that ended well', states.filter((state) => state.state === 'done').length, 5),
    atLeast('requests', requests.length, 100),
    atMost('refused', refused, Math.ceil(requests.length * 0.005)),
    shareAtLeast('used', requests.length / permitted, 0.9),
  ];
}

/** After a refusal nothing is asked until the vendor's own time is over. */
async function retryAfter(context: SiegeContext): Promise<Measured> {
  const [engine, source, target] = await Promise.all([
    context.startEngine(),
    context.startCrm({ seed: context.seed, records: { contacts: 400 } }),
    context.startCrm({ seed: context.seed + 1 }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    sourceService: restCrmDefinition({ pageSize: 20, repeat: 'upsert', limits: [{ requests: 50, per: '1s' }] }),
  });
  await setFaults(source, { seed: context.seed, rate: 0.15, kinds: ['status_429'] });
  const end = await engine.until(await engine.open(copy.pipeline), undefined, 180_000);
  const requests = source.kit.requests.list();
  const early = requests.filter((entry, index) => {
    const before = requests[index - 1];
    return before?.status === 429 && at(entry) - at(before) < 900;
  });
  const refused = requests.filter((entry) => entry.status === 429).length;
  return [
    exactly('state after refusals', end.state, 'done'),
    atLeast('refusals played', refused, 1),
    atMost('requests before their time', early.length, Math.floor(refused / 4)),
  ];
}

function at(entry: RequestEntry | undefined): number {
  return entry === undefined ? 0 : Date.parse(entry.at);
}
