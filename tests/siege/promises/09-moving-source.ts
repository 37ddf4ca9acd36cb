import { setTimeout as delay } from 'node:timers/promises';
import type { JsonObject } from '../../../core/json.js';
import type { RestCrmSandbox } from '../../../sandbox/rest-crm/sandbox.js';
import type { TestEngine } from '../../support/engine.js';
import { reconcile } from '../../support/reconciliation.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import { copiedFields, publishCopy, setSwitches, touch } from '../copy.js';
import { exactly, type Figure, nothing, type SiegeContext, type SiegePromise } from '../siege.js';

const dayMs = 86_400_000;

export default {
  number: 9,
  title: 'A source may move while it is read',
  required: '0 missed, 0 extra after the next cycle; a change dated in the future is a failure, not an empty success',
  run: async (context) => {
    const figures: Figure[] = [];
    for (const [name, skewMs] of [
      ['clock right', 0],
      ['clock an hour behind', -3_600_000],
    ] as const) {
      figures.push(...(await readWhileMoving(context, name, skewMs)));
    }
    return figures;
  },
} satisfies SiegePromise;

async function readWhileMoving(context: SiegeContext, name: string, skewMs: number): Promise<Figure[]> {
  const [engine, source, target] = await Promise.all([
    context.startEngine(),
    context.startCrm({
      seed: context.seed,
      latencyMs: 25,
      records: { contacts: context.size(20_000, 1_200) },
      settings: { max_page: 50, short_pages: 0.1, clock_skew_ms: skewMs },
    }),
    context.startCrm({ seed: context.seed + 1 }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    read: 'incremental',
    to: ', on_delete: delete',
    sourceService: restCrmDefinition({ pageSize: 50, repeat: 'upsert' }),
  });
  const differences: string[] = [];
  for (let cycle = 1; cycle <= (context.isShort ? 1 : 3); cycle++) {
    const since = target.log.lastSeq;
    const run = await engine.open(copy.pipeline);
    const end = engine.until(run, undefined, 120_000);
    let isOver = false;
    void end.then(
      () => (isOver = true),
      () => (isOver = true),
    );
    while (!isOver) {
      await moveSome(context, source);
      await delay(20);
    }
    await end;
    differences.push(...(await reconcileLoosely(engine, run, target, since)));
  }
  const since = target.log.lastSeq;
  const last = await engine.open(copy.pipeline);
  const lastEnd = await engine.until(last, undefined, 120_000);
  differences.push(
    ...(await reconcile(engine, last, { flow: 'contacts', stream: 'contacts', sandbox: target, since })),
  );
  const { missed, extra } = compare(source, target);
  const figures = [
    exactly(`${name}: state`, lastEnd.state, 'done'),
    nothing(`${name}: missed`, missed),
    nothing(`${name}: extra`, extra),
    nothing(`${name}: reconciliation`, differences),
  ];
  await setSwitches(source, { clock_skew_ms: 3 * dayMs });
  await touch(source, { count: 1, fields: { position: 'From tomorrow' } });
  const future = await engine.until(await engine.open(copy.pipeline));
  figures.push(exactly(`${name}: a change of the future`, String(future.failure?.code), 'read/cursor_in_future'));
  return figures;
}

async function moveSome({ random }: SiegeContext, source: RestCrmSandbox): Promise<void> {
  const op = random.pick(['update', 'update', 'update', 'create', 'delete'] as const);
  const fields: JsonObject = op === 'update' ? { position: `Moved ${random.int(1, 999)}` } : {};
  await touch(source, { op, count: random.int(1, op === 'update' ? 12 : 3), fields });
}

/** While records move, one may be written, deleted and so on within a run: only the laws of the counts hold then. */
async function reconcileLoosely(
  engine: TestEngine,
  run: string,
  target: RestCrmSandbox,
  since: number,
): Promise<string[]> {
  const place = { flow: 'contacts', stream: 'contacts', sandbox: target, since };
  return (await reconcile(engine, run, place)).filter((text) => !/(written|deleted) is/.test(text));
}

/** The target is compared by content: every copied contact of the source once, and nothing else. */
function compare(source: RestCrmSandbox, target: RestCrmSandbox): { missed: string[]; extra: string[] } {
  const text = (record: Record<string, unknown>): string =>
    JSON.stringify(copiedFields.map((name) => record[name] ?? null));
  const open = new Map<string, number>();
  for (const record of target.store.records('contacts')) open.set(text(record), (open.get(text(record)) ?? 0) + 1);
  const missed: string[] = [];
  for (const record of source.store.records('contacts')) {
    const left = open.get(text(record)) ?? 0;
    if (left === 0) missed.push(`${record.id} ${text(record)}`);
    else if (left === 1) open.delete(text(record));
    else open.set(text(record), left - 1);
  }
  return { missed, extra: [...open.keys()] };
}
