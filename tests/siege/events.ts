import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../core/json.js';
import type { EffectEntry } from '../../sandbox/kit/effect-log.js';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import { addToOutbox } from '../../store/outbox.js';
import { type Office, openOffice } from '../crm/departments.js';
import { until } from './copy.js';
import { openPostOffice, orderEvents, type PostOffice } from './post-office.js';
import type { SiegeContext } from './siege.js';
import {
  contactsOf,
  differences,
  line,
  restCrm,
  touchContacts,
  type Vendor,
  type VendorSandbox,
  vendors,
} from './vendors.js';

/** Contacts of the three CRMs, each kept in step with the same copy by events and an hourly poll. */
export interface KeptInStep {
  readonly office: Office;
  readonly copy: RestCrmSandbox;
  readonly post: PostOffice;
  readonly crms: readonly { readonly vendor: Vendor; readonly sandbox: VendorSandbox }[];
  /** Changes the position of every contact once, at each vendor one after the other, so often. */
  changeAll(everyMs: number): Promise<number>;
  /** How often each record of the copy was written since the changes began. */
  writes(): ReadonlyMap<string, number>;
  /** No run is open, nothing is announced that was not moved. */
  idle(withinMs: number): Promise<void>;
  /** The hour is over: the reconciling polls look. */
  pollNow(): Promise<void>;
  runs(kind: string): Promise<number>;
  differences(): Promise<{ lost: string[]; extra: string[] }>;
}

export interface StepOptions {
  readonly contacts: number;
  /** How badly the vendors deliver. */
  readonly lose?: number;
  readonly duplicate?: number;
  readonly isShuffled?: boolean;
  /** Servers that take the deliveries. */
  servers(office: Office): Promise<() => readonly string[]>;
}

export async function keepInStep(context: SiegeContext, options: StepOptions): Promise<KeptInStep> {
  const { contacts, lose = 0, duplicate = 0, isShuffled = false } = options;
  const copy = await context.startCrm({ seed: context.seed });
  const crms = await Promise.all(
    vendors.map(async (vendor) => {
      const prefix = vendor.name === 'creatio' ? 'hook' : 'webhook';
      const settings: JsonObject = {
        [`${prefix}_lose`]: lose,
        [`${prefix}_duplicate`]: duplicate,
        [`${prefix}_shuffle`]: isShuffled,
      };
      const department = await vendor.start(context, { contacts, settings });
      return { vendor, department, sandbox: department.sandbox };
    }),
  );
  const office = await openOffice();
  context.onEnd(() => office.stop());
  const post = await openPostOffice({ servers: await options.servers(office) });
  context.onEnd(() => post.stop());
  await office.connect('copy', restCrm(copy));
  for (const { vendor, department } of crms) {
    await office.connect(vendor.name, department);
    // An intake that is there already is not made again, so the vendors deliver by way of the post office.
    await orderEvents(office, vendor, department.sandbox, vendor.name, post);
    await office.publish(definition(vendor));
  }
  const { store } = office.engine.engine.dependencies;
  const wanted = async (): Promise<string[]> => {
    const lists = await Promise.all(
      crms.map(async ({ vendor, sandbox }) =>
        (await contactsOf(vendor, sandbox)).map((row) => line(vendor.content(row).map((part) => part || null))),
      ),
    );
    return lists.flat();
  };
  const all = (await wanted()).length;
  await until('the first polls to move everything', () => copy.store.count('contacts') >= all, 300_000);
  let since = copy.log.lastSeq;
  const kept: KeptInStep = {
    office,
    copy,
    post,
    crms,
    changeAll: async (everyMs) => {
      since = copy.log.lastSeq;
      const changed = await Promise.all(
        crms.map(async ({ vendor, sandbox }) => {
          const ids = (await contactsOf(vendor, sandbox)).map(({ id, Id }) => String(id ?? Id));
          for (const [index, id] of ids.entries()) {
            await delay(everyMs);
            await touchContacts(vendor, sandbox, { ids: [id], fields: { [vendor.position]: `Changed ${index}` } });
          }
          return ids.length;
        }),
      );
      return changed.reduce((sum, count) => sum + count, 0);
    },
    writes: () => {
      const counts = new Map<string, number>();
      const isWrite = ({ effect, status }: EffectEntry) => (effect === 'update' || effect === 'create') && status < 300;
      for (const entry of copy.log.list(since).filter(isWrite))
        counts.set(String(entry.id), (counts.get(String(entry.id)) ?? 0) + 1);
      return counts;
    },
    idle: (withinMs) =>
      until(
        'everything announced to be moved',
        async () => {
          const [row] = await office.engine.rows<{ open: number }>(
            'select (select count(*) from run where ended_at is null) + (select count(*) from touched) as open',
          );
          return row?.open === 0;
        },
        withinMs,
      ),
    pollNow: async () => {
      await store.system((tx) =>
        tx
          .updateTable('pipeline')
          .set({ next_due_at: new Date(0) })
          .execute(),
      );
      await store.account(office.engine.accountId, (tx) => addToOutbox(tx, office.engine.accountId, 'wake_poll', {}));
    },
    runs: async (kind) => {
      const [row] = await office.engine.rows<{ count: number }>('select count(*) as count from run where kind = $1', [
        kind,
      ]);
      return Number(row?.count);
    },
    differences: async () => {
      const found = copy.store.records('contacts').map(({ name, position }) => line([name, position]));
      return differences(await wanted(), found);
    },
  };
  await kept.idle(60_000);
  return kept;
}

const definition = (vendor: Vendor): string => `
pipeline: ${vendor.name}-in-step
title: Contacts of ${vendor.name} in step with a copy
connections: { ${vendor.name}: { connector: ${vendor.name} }, copy: { connector: http } }
trigger: { webhook: { reconcile: 1h } }
flows:
  contacts:
    from: { stream: ${vendor.name}.contacts, read: incremental }
    map: { ${vendor.mapOut} }
    to: { stream: copy.contacts, write: upsert }
`;
