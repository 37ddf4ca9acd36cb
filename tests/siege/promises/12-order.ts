import { setTimeout as delay } from 'node:timers/promises';
import { addToOutbox } from '../../../store/outbox.js';
import { addTouched } from '../../../store/pending.js';
import { publishCopy, touch, until } from '../copy.js';
import { atLeast, exactly, nothing, type SiegePromise } from '../siege.js';

export default {
  number: 12,
  title: 'Updates of one record keep their order',
  required: 'final = newest; no older write after a newer; shuffled webhooks, several workers, a backfill beside them',
  run: async (context) => {
    const records = context.size(3_000, 400);
    const versions = context.size(600, 60);
    const [engine, source, target] = await Promise.all([
      context.startEngine({ slices: { budgetMs: 2_000, pagesInFlight: 3 } }),
      context.startCrm({ seed: context.seed, latencyMs: 10, records: { contacts: records } }),
      context.startCrm({ seed: context.seed + 1, latencyMs: 10 }),
    ]);
    await engine.startWorker();
    const copy = await publishCopy(engine, source, target, { read: 'incremental', to: ', batch: 50' });
    await engine.until(await engine.open(copy.pipeline), undefined, 120_000);

    // Every write of the watched records at the target, in the order in which they happened.
    const seen = new Map<string, number[]>();
    const { onChange } = target.store;
    target.store.onChange = (change) => {
      onChange?.(change);
      const { table } = target.store.streams.contacts;
      const record = table.record(table.rowOf(change.id));
      const version = /^v(\d+)$/.exec(String(record.position))?.[1];
      if (version !== undefined) seen.set(change.id, [...(seen.get(change.id) ?? []), Number(version)]);
    };

    const watched = source.store
      .records('contacts')
      .slice(0, 5)
      .map((record) => String(record.id));
    const { store } = engine.engine.dependencies;
    const [flow] = await engine.rows<{ id: number }>('select id from flow');
    const ring = async (ids: readonly string[]): Promise<void> => {
      const rows = ids.map((sourceKey) => ({ sourceKey, isDeletion: false, record: null }));
      await addTouched(store, engine.accountId, flow?.id ?? 0, rows);
      await store.account(engine.accountId, (tx) =>
        addToOutbox(tx, engine.accountId, 'wake_drain', { pipelineUid: copy.pipeline.uid }),
      );
    };
    // The webhook of a change comes some changes later, twice now and then, and beside it a run reads the same records.
    const late: string[] = [];
    for (let version = 1; version <= versions; version++) {
      const id = context.random.pick(watched);
      await touch(source, { ids: [id], fields: { position: `v${version}` } });
      late.push(id, ...(context.random.chance(0.2) ? [id] : []));
      if (late.length > 4) await ring(context.random.shuffled(late.splice(0)));
      // People do not change a record faster than this.
      await delay(context.random.int(0, 40));
      if (version % Math.ceil(versions / 3) === 0) {
        await engine
          .open(copy.pipeline, context.random.pick(['manual', 'backfill'] as const), {
            flows: ['contacts'],
            period: { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' },
          })
          .catch(() => undefined);
      }
    }
    await ring(late);
    const isIdle = async (): Promise<boolean> => {
      const [row] = await engine.rows<{ open: number }>(
        "select (select count(*) from touched) + (select count(*) from run where state in ('queued', 'running', 'waiting', 'paused')) as open",
      );
      return row?.open === 0;
    };
    await until('everything to be moved', isIdle, 120_000);
    const newest = new Map(source.store.records('contacts').map((record) => [String(record.id), record.position]));
    const links = await engine.rows<{ source_key: string; target_key: string }>(
      'select source_key, target_key from v_record_map',
    );
    const targetOf = new Map(links.map((link) => [link.source_key, link.target_key]));
    const stale = watched.filter((id) => {
      const copied = target.store.streams.contacts.table;
      return copied.record(copied.rowOf(targetOf.get(id) ?? '')).position !== newest.get(id);
    });
    const backwards = [...seen].filter(([, order]) => order.some((version, at) => version < (order[at - 1] ?? 0)));
    return [
      nothing('stale at the end', stale),
      nothing('older after newer', backwards),
      atLeast(
        'writes watched',
        [...seen.values()].reduce((sum, order) => sum + order.length, 0),
        watched.length,
      ),
      exactly('contacts at the target', target.store.count('contacts'), records),
    ];
  },
} satisfies SiegePromise;
