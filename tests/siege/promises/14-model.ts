import type { RestCrmSandbox } from '../../../sandbox/rest-crm/sandbox.js';
import { requestOfRun } from '../../../store/runs.js';
import type { TestEngine } from '../../support/engine.js';
import { restCrmDefinition } from '../../support/rest-crm-service.js';
import type { WorkerProcess } from '../../support/worker-process.js';
import { type Copy, copiedFields, publishCopy, setFaults, touch, until } from '../copy.js';
import { exactly, nothing, type SiegeContext, type SiegePromise } from '../siege.js';

const kinds = [
  'create',
  'update',
  'delete',
  'run',
  'run_paused',
  'run_cancelled',
  'run_killed',
  'faults',
  'calm',
] as const;
type Kind = (typeof kinds)[number];

interface Step {
  readonly kind: Kind;
  readonly count: number;
}

export default {
  number: 14,
  title: 'Any sequence of operations ends as a simple model says',
  required: '100 % equal; a failure prints a case of <= 20 steps',
  limitMs: 25 * 60_000,
  run: async (context) => {
    const programs = context.size(40, context.isShort ? 1 : 4);
    const broken: string[] = [];
    for (let number = 1; number <= programs; number++) {
      const steps = makeProgram(context);
      const problems = await play(context, steps, number);
      if (problems.length === 0) continue;
      broken.push(
        `${steps.map((step) => `${step.kind} ${step.count}`).join(', ')}: ${problems.slice(0, 3).join('; ')}`,
      );
    }
    return [exactly('programs', programs, programs), nothing('programs that ended otherwise', broken)];
  },
} satisfies SiegePromise;

function makeProgram({ random, isShort }: SiegeContext): Step[] {
  const usable = isShort ? kinds.filter((kind) => kind !== 'run_killed') : kinds;
  return Array.from({ length: random.int(6, isShort ? 10 : 20) }, () => ({
    kind: random.pick(usable),
    count: random.int(1, 40),
  }));
}

interface Stage {
  readonly context: SiegeContext;
  readonly engine: TestEngine;
  readonly source: RestCrmSandbox;
  readonly target: RestCrmSandbox;
  readonly copy: Copy;
  worker: WorkerProcess | null;
}

async function play(context: SiegeContext, steps: readonly Step[], number: number): Promise<string[]> {
  const needsProcess = steps.some((step) => step.kind === 'run_killed');
  const [engine, source, target] = await Promise.all([
    context.startEngine({ hasWorker: !needsProcess, slices: { budgetMs: 1_500, pagesInFlight: 3 } }),
    context.startCrm({ seed: context.seed + number, records: { contacts: 400 } }),
    context.startCrm({
      seed: context.seed + 1_000 + number,
      latencyMs: 15,
      settings: { idempotency_header: false, own_id_unique: false, max_batch: 25 },
    }),
  ]);
  const copy = await publishCopy(engine, source, target, {
    read: 'incremental',
    to: ', batch: 25, on_delete: delete',
    targetService: restCrmDefinition({ repeat: 'find_then_create' }),
  });
  const stage: Stage = {
    context,
    engine,
    source,
    target,
    copy,
    worker: needsProcess ? await engine.spawnWorker() : null,
  };
  for (const step of steps) await perform(stage, step);
  await setFaults(target, { rate: 0 });
  // Two runs: the first brings everything, the second finds nothing to do.
  for (let last = 0; last < 2; last++) await engine.until(await engine.open(copy.pipeline), undefined, 120_000);
  return compare(stage);
}

async function perform(stage: Stage, { kind, count }: Step): Promise<void> {
  const { context, engine, source, target, copy } = stage;
  if (kind === 'create') await touch(source, { op: 'create', count });
  else if (kind === 'update')
    await touch(source, { count, fields: { position: `Step ${context.random.int(1, 99_999)}` } });
  else if (kind === 'delete') await touch(source, { op: 'delete', count: Math.min(count, 10) });
  else if (kind === 'faults')
    await setFaults(target, { seed: context.random.int(1, 1_000_000), rate: 0.15, kinds: faults });
  else if (kind === 'calm') await setFaults(target, { rate: 0 });
  else {
    const run = await engine.open(copy.pipeline);
    const before = target.log.lastSeq;
    const hasWritten = (): boolean => target.log.lastSeq >= before + count;
    const hasEnded = async (): Promise<boolean> => {
      const [row] = await engine.rows<{ ended_at: Date | null }>('select ended_at from run where id = $1', [run]);
      return row?.ended_at != null;
    };
    if (kind !== 'run') await until('some writes', async () => hasWritten() || hasEnded(), 60_000);
    if (kind === 'run_killed' && stage.worker !== null) {
      stage.worker.signal('SIGKILL');
      await stage.worker.ended;
      stage.worker = await engine.spawnWorker();
    }
    if (kind === 'run_paused') {
      await ask(engine, run, 'pause');
      await engine.until(run, ['paused', 'done', 'done_with_dead_letters'], 60_000);
      await ask(engine, run, 'resume');
    }
    if (kind === 'run_cancelled') await ask(engine, run, 'cancel');
    await engine.until(run, undefined, 120_000);
  }
}

const faults = [
  'delay',
  'reset',
  'status_429',
  'status_503',
  'status_500',
  'html',
  'empty_body',
  'commit_then_drop',
  'truncate',
];

/** A run that ended in the meantime needs no asking. */
async function ask(engine: TestEngine, run: string, what: 'pause' | 'resume' | 'cancel'): Promise<void> {
  const { store } = engine.engine.dependencies;
  await store
    .account(engine.accountId, (tx) => requestOfRun(tx, engine.accountId, run, what))
    .catch((error: { code?: string }) => {
      if (error.code !== 'run/not_active') throw error;
    });
}

/** The model: the target holds what the source holds, each record was created once, and no run lost its way. */
async function compare({ engine, source, target }: Stage): Promise<string[]> {
  const problems: string[] = [];
  const text = (record: Record<string, unknown>): string =>
    JSON.stringify(copiedFields.map((name) => record[name] ?? null));
  const wanted = source.store.records('contacts').map(text).sort();
  const found = target.store.records('contacts').map(text).sort();
  if (wanted.join('\n') !== found.join('\n'))
    problems.push(`${found.length} records at the target, ${wanted.length} wanted`);
  const creates = target.log.list().filter((entry) => entry.effect === 'create' && entry.status < 300);
  const distinct = new Set(creates.map((entry) => entry.external_id)).size;
  if (distinct !== creates.length) problems.push(`${creates.length - distinct} created twice`);
  const failed = await engine.rows<{ state: string; failure: unknown }>(
    "select state, failure from run where state not in ('done', 'done_with_dead_letters', 'cancelled')",
  );
  for (const run of failed) problems.push(`a run is ${run.state}: ${JSON.stringify(run.failure)}`);
  const letters = await engine.rows<{ code: string }>("select code from dead_letter where state = 'open'");
  if (letters.length > 0) problems.push(`${letters.length} dead letters, the first ${letters[0]?.code}`);
  return problems;
}
