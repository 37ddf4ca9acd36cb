import { openOffice } from '../../crm/departments.js';
import { startFaultProxy } from '../../fault-proxy/index.js';
import { until } from '../copy.js';
import { atMost, exactly, type Figure, noted, nothing, type SiegePromise, timesAtMost, within } from '../siege.js';
import { contactsOf, restCrm, through, touchContacts, type Vendor, vendors } from '../vendors.js';

/** An hour of the vendor's is a minute here: probes are a minute apart at most. */
export default {
  number: 30,
  title: 'A long outage ends quietly',
  required: '<= 1 notice; backlog drains <= 2x calm time; no deadline lost; visible <= 2 min',
  limitMs: 25 * 60_000,
  run: async (context) => {
    const contacts = context.size(2_000, 60);
    const outageMs = context.size(600_000, context.isShort ? 8_000 : 60_000);
    const places = await Promise.all(
      vendors.map(async (vendor) => {
        const department = await vendor.start(context, { contacts });
        const proxy = await startFaultProxy({ target: department.sandbox.url, seed: context.seed, rate: 0, kinds: [] });
        context.onEnd(() => proxy.stop());
        return { vendor, department, proxy, copy: await context.startCrm({ seed: context.seed }) };
      }),
    );
    const office = await openOffice();
    context.onEnd(() => office.stop());
    const figures = await Promise.all(
      places.map(async ({ vendor, department, proxy, copy }) => {
        const { sandbox } = department;
        await office.connect(vendor.name, through(department, proxy.url));
        await office.connect(`${vendor.name}_copy`, restCrm(copy));
        await office.publish(definition(vendor));
        await until('the first poll', () => copy.store.count('contacts') >= contacts, 300_000);
        const ids = (await contactsOf(vendor, sandbox)).map(({ id, Id }) => String(id ?? Id));
        const change = async (position: string): Promise<void> => {
          for (let start = 0; start < ids.length; start += 100)
            await touchContacts(vendor, sandbox, {
              ids: ids.slice(start, start + 100),
              fields: { [vendor.position]: position },
            });
        };
        const arrived = (position: string) => () =>
          copy.store.records('contacts').filter((contact) => contact.position === position).length >= ids.length;

        const calmMs = await timeOf(async () => {
          await change('Calm');
          await until('the calm change', arrived('Calm'), 300_000);
        });
        await until('rest', async () => (await openRuns()).length === 0, 60_000);

        const before = await count();
        const since = proxy.log.length;
        const beganMs = performance.now();
        proxy.setFaults({ seed: context.seed, rate: 1, kinds: ['reset'] });
        await change('Backlog');
        // What a person is told while it lasts: the sentences of its runs, one after the other.
        const told: string[] = [];
        let visibleMs = Number.POSITIVE_INFINITY;
        await until(
          'the outage to be over',
          async () => {
            for (const { code, state } of await openRuns()) {
              if (code === null) continue;
              visibleMs = Math.min(visibleMs, performance.now() - beganMs);
              if (told.at(-1) !== `${state} ${code}` && state !== 'running') told.push(`${state} ${code}`);
            }
            return performance.now() - beganMs >= outageMs;
          },
          outageMs + 60_000,
        );
        const probes = proxy.log.length - since;
        const opened = (await count()) - before;
        const states = await openRuns();
        proxy.setFaults({ seed: context.seed, rate: 0, kinds: [] });
        const restoredMs = performance.now();
        // A waiting run looks again when it said it would, a minute later at most.
        const lookMs = Math.max(0, ...states.map(({ wait_until: at }) => (at?.getTime() ?? 0) - Date.now()));
        const probedMs = restoredMs + lookMs;
        await until('the backlog', arrived('Backlog'), 300_000);
        const drainMs = performance.now() - probedMs;
        await until('rest', async () => (await openRuns()).length === 0, 60_000);
        const failed = await office.engine.rows(
          "select r.number from run r join pipeline p on p.uid = r.pipeline_uid where p.id = $1 and r.state not in ('done')",
          [vendor.name.concat('-kept')],
        );
        context.log(
          `${vendor.name}: calm ${(calmMs / 1_000).toFixed(1)} s, backlog ${(drainMs / 1_000).toFixed(1)} s, ${probes} probes, told ${told.join('; ')}`,
        );
        const figures: Figure[] = [
          exactly(`${vendor.name}: runs opened while it was down`, opened, 1),
          exactly(
            'standing',
            states
              .map(({ state }) => state)
              .filter((state) => state !== 'running' && state !== 'waiting')
              .join(),
            '',
          ),
          noted('calls while it was down', probes),
          atMost('sentences told', told.length, 1),
          nothing('runs that did not end well', failed),
          nothing(
            'not up to date',
            (await contactsOf(vendor, sandbox)).length === copy.store.count('contacts') ? [] : ['records'],
          ),
          within('visible', visibleMs, 120_000),
          within('looked again after', lookMs, 65_000),
          timesAtMost('backlog', drainMs / calmMs, 2),
        ];
        return figures;

        async function openRuns(): Promise<OpenRun[]> {
          return office.engine.rows<OpenRun>(
            `select r.state, r.wait_until, r.failure->>'code' as code from run r join pipeline p on p.uid = r.pipeline_uid
              where p.id = $1 and r.ended_at is null`,
            [`${vendor.name}-kept`],
          );
        }
        async function count(): Promise<number> {
          const [row] = await office.engine.rows<{ count: number }>(
            'select count(*) as count from run r join pipeline p on p.uid = r.pipeline_uid where p.id = $1',
            [`${vendor.name}-kept`],
          );
          return Number(row?.count);
        }
      }),
    );
    return figures.flat();
  },
} satisfies SiegePromise;

interface OpenRun {
  readonly state: string;
  readonly code: string | null;
  readonly wait_until: Date | null;
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

const definition = (vendor: Vendor): string => `
pipeline: ${vendor.name}-kept
title: Contacts of ${vendor.name}, looked at every second
connections: { ${vendor.name}: { connector: ${vendor.name} }, ${vendor.name}_copy: { connector: http } }
trigger: { every: 1s }
flows:
  contacts:
    from: { stream: ${vendor.name}.contacts, read: incremental }
    map: { ${vendor.mapOut} }
    to: { stream: ${vendor.name}_copy.contacts, write: upsert }
`;
