import type { RestCrmSandbox } from '../../../sandbox/rest-crm/sandbox.js';
import { type Department, type Office, openOffice } from '../../crm/departments.js';
import { atMost, exactly, type Figure, noted, nothing, type SiegeContext, type SiegePromise } from '../siege.js';
import { contactsOf, differences, line, order, restCrm, type Vendor, type VendorSandbox, vendors } from '../vendors.js';

/** Of reads and of writes alike; `delay` and `drip` stand for slow answers, `commit_then_drop` for those that never come. */
const faults = [
  'status_429',
  'status_503',
  'status_500',
  'reset',
  'delay',
  'drip',
  'html',
  'empty_body',
  'truncate',
  'commit_then_drop',
];

interface Day {
  readonly calls: number;
  readonly figures: readonly Figure[];
}

export default {
  number: 24,
  title: 'A bad vendor day is survived',
  required: '2,000 records in and out of each CRM 0/0; calls <= 1.6x calm; peak rate <= limit',
  limitMs: 20 * 60_000,
  run: async (context) => {
    const records = context.size(2_000, 60);
    const [source, copy] = await Promise.all([
      context.startCrm({ seed: context.seed, records: { contacts: records } }),
      context.startCrm({ seed: context.seed + 1 }),
    ]);
    // Each CRM twice, the vendors' limits in force: one has a calm day, the other a bad one.
    const start = (vendor: Vendor) => vendor.start(context, { hasLimits: true });
    const calm = await Promise.all(vendors.map(start));
    const bad = await Promise.all(vendors.map(start));
    const office = await openOffice();
    context.onEnd(() => office.stop());
    await office.connect('crm', restCrm(source));
    await office.connect('copy', restCrm(copy));
    const figures = await Promise.all(
      vendors.map(async (vendor, index) => {
        const spend = (department: Department<VendorSandbox> | undefined, isBad: boolean): Promise<Day> => {
          if (department === undefined) throw new Error(`${vendor.name} was not started`);
          return spendDay({ context, office, vendor, department, source, copy, isBad });
        };
        const one = await spend(calm[index], false);
        const other = await spend(bad[index], true);
        const share = (other.calls / one.calls).toFixed(2);
        context.log(`${vendor.name}: ${one.calls} calls on a calm day, ${other.calls} on a bad one, ${share}x`);
        // Where there are few calls, chance weighs more.
        const limit = Math.floor(one.calls * 1.6) + (context.isShort ? 15 : 0);
        return [
          ...one.figures,
          ...other.figures,
          atMost(`${vendor.name} calls, ${one.calls} calm`, other.calls, limit),
        ];
      }),
    );
    return figures.flat();
  },
} satisfies SiegePromise;

interface Place {
  readonly context: SiegeContext;
  readonly office: Office;
  readonly vendor: Vendor;
  readonly department: Department<VendorSandbox>;
  readonly source: RestCrmSandbox;
  readonly copy: RestCrmSandbox;
  readonly isBad: boolean;
}

/** All records into a CRM and out of it again. */
async function spendDay({ context, office, vendor, department, source, copy, isBad }: Place): Promise<Day> {
  const { sandbox } = department;
  const name = `${vendor.name}_${isBad ? 'bad' : 'calm'}`;
  const [inward, outward] = (['in', 'out'] as const).map((way) => pipelineOf(name, way)) as [string, string];
  const wanted = source.store.records('contacts').map((contact) => line([contact.name, contact.position]));
  await office.connect(name, department);
  await office.publish(definition(vendor, name, 'in', Math.min(50, Math.ceil(wanted.length / 10))));
  await office.publish(definition(vendor, name, 'out', 250));
  const stood = await contentsOf(vendor, sandbox);
  const since = sandbox.kit.requests.lastSeq;
  // An operating limit, which status 429 means there, is waited for by the minute.
  const kinds = context.isShort && vendor.name === 'bitrix24' ? faults.filter((kind) => kind !== 'status_429') : faults;
  if (isBad) await order(sandbox, 'faults', { seed: context.seed, rate: 0.2, kinds });
  const into = await office.run(inward, 600_000);
  const found = await contentsOf(vendor, sandbox);
  const there = differences([...stood, ...wanted], found);
  const out = await office.run(outward, 600_000);
  await order(sandbox, 'faults', { rate: 0 });
  const back = differences(found, await copied(office, outward, copy));
  const requests = sandbox.kit.requests.list(since);
  const refused = requests.filter(({ status, fault }) => fault === null && (status === 429 || status === 503));
  const letters = await office.engine.rows<{ code: string }>(
    'select code from v_dead_letters where pipeline = any($1)',
    [[inward, outward]],
  );
  return {
    calls: requests.length,
    figures: [
      exactly(`${name} states`, `${String(into.state)}, ${String(out.state)}`, 'done, done'),
      nothing('lost at the vendor', there.lost),
      nothing('twice at the vendor', there.extra),
      nothing('lost on the way out', back.lost),
      nothing('twice on the way out', back.extra),
      nothing('dead letters', letters),
      nothing(
        'refused by the limit',
        refused.map(({ path }) => path),
      ),
      noted('most in a second', peakOf(requests.map(({ at }) => Date.parse(at)))),
    ],
  };
}

/** What stands at the copy by the links of a pipeline, and what a lost link left behind. */
async function copied(office: Office, pipeline: string, copy: RestCrmSandbox): Promise<string[]> {
  const rows = await office.engine.rows<{ target_key: string }>(
    "select target_key from v_record_map where pipeline = $1 and state = 'confirmed'",
    [pipeline],
  );
  const keys = new Set(rows.map((row) => row.target_key));
  const mine = copy.store.records('contacts').filter(({ id }) => keys.has(String(id)));
  return mine.map(({ name, position }) => line([name, position]));
}

async function contentsOf(vendor: Vendor, sandbox: VendorSandbox): Promise<string[]> {
  return (await contactsOf(vendor, sandbox)).map((row) => line(vendor.content(row)));
}

const pipelineOf = (name: string, way: 'in' | 'out'): string => `${way}-${name.replace('_', '-')}`;

function definition(vendor: Vendor, name: string, way: 'in' | 'out', batch: number): string {
  const [from, to] = way === 'in' ? ['crm', name] : [name, 'copy'];
  const connectors = way === 'in' ? ['http', vendor.name] : [vendor.name, 'http'];
  return `
pipeline: ${pipelineOf(name, way)}
title: Contacts ${way === 'in' ? 'into' : 'out of'} ${vendor.name}
connections: { ${from}: { connector: ${connectors[0]} }, ${to}: { connector: ${connectors[1]} } }
flows:
  contacts:
    from: { stream: ${from}.contacts, read: full }
    map: { ${way === 'in' ? vendor.mapIn : vendor.mapOut} }
    to: { stream: ${to}.contacts, write: upsert, batch: ${batch} }
`;
}

function peakOf(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  let first = 0;
  let peak = 0;
  for (const [last, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= 1_000) first += 1;
    peak = Math.max(peak, last - first + 1);
  }
  return peak;
}
