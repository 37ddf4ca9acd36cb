import { sql } from 'kysely';
import type { Checkpoint } from '../../core/cursor.js';
import type { FlowPlan, Plan } from '../../definitions/plan/plan.js';
import type { AccountId } from '../../store/database.js';
import type { RunKind } from '../../store/tables.js';
import { getVersion } from '../../store/versions.js';
import { openConnection } from '../connections.js';
import type { Dependencies } from '../dependencies.js';
import { StreamFinder } from '../transfer/open-flow.js';
import { openPublished } from './opening.js';

const pipelinesAtOnce = 8;
const lookLimitMs = 30_000;
/** How soon to look again behind a run that does not read the source on. */
const behindRunMs = 1_000;
/** Runs that read on from the checkpoint: what they may have missed is the next look's, in its time. */
const readingKinds: readonly RunKind[] = ['manual', 'schedule', 'poll'];

interface DuePipeline {
  readonly uid: string;
  readonly everyMs: number;
  readonly publishedVersion: number;
}

/**
 * Looks at every due pipeline of an account in one go and opens runs only where something changed; a stream that
 * cannot be asked cheaply, or an account that does not answer, counts as changed. Returns when to look again, null
 * when the account has nothing to poll.
 */
export async function pollDue(
  deps: Dependencies,
  input: { readonly accountId: AccountId },
): Promise<{ waitMs: number } | null> {
  const due = await takeDue(deps, input.accountId);
  for (let start = 0; start < due.length; start += pipelinesAtOnce) {
    await Promise.all(
      due.slice(start, start + pipelinesAtOnce).map((pipeline) => pollOne(deps, input.accountId, pipeline)),
    );
  }
  return nextLook(deps, input.accountId);
}

/** Moves the due moment on as it takes a pipeline: a missed moment is not made up for, the next look comes in time. */
async function takeDue(deps: Dependencies, accountId: AccountId): Promise<DuePipeline[]> {
  return deps.store.account(accountId, async (tx) => {
    const rows = await tx
      .updateTable('pipeline')
      .set({ next_due_at: sql<Date>`clock_timestamp() + every_ms * interval '1 millisecond'` })
      .where('state', '=', 'active')
      .where('every_ms', 'is not', null)
      .where('next_due_at', '<=', sql<Date>`clock_timestamp()`)
      .returning(['uid', 'every_ms', 'published_version'])
      .execute();
    return rows.map((row) => ({
      uid: row.uid,
      everyMs: row.every_ms ?? 0,
      publishedVersion: row.published_version ?? 0,
    }));
  });
}

async function pollOne(deps: Dependencies, accountId: AccountId, pipeline: DuePipeline): Promise<void> {
  if (!(await hasChanged(deps, accountId, pipeline))) return;
  await deps.store.account(accountId, (tx) => openPublished(tx, accountId, pipeline.uid, 'poll', 'poll'));
}

async function lookSoon(deps: Dependencies, accountId: AccountId, { uid, everyMs }: DuePipeline): Promise<void> {
  const afterMs = Math.min(everyMs, behindRunMs);
  await deps.store.account(accountId, (tx) =>
    tx
      .updateTable('pipeline')
      .set({ next_due_at: sql<Date>`clock_timestamp() + ${afterMs} * interval '1 millisecond'` })
      .where('uid', '=', uid)
      .where('every_ms', 'is not', null)
      .execute(),
  );
}

async function hasChanged(deps: Dependencies, accountId: AccountId, pipeline: DuePipeline): Promise<boolean> {
  const { open, version, checkpoints, hasPending } = await deps.store.account(accountId, async (tx) => {
    const flows = await tx
      .selectFrom('flow')
      .select(['name', 'checkpoint'])
      .where('pipeline_uid', '=', pipeline.uid)
      .execute();
    const open = await tx
      .selectFrom('run')
      .select('kind')
      .where('pipeline_uid', '=', pipeline.uid)
      .where('ended_at', 'is', null)
      .where('kind', '<>', 'preview')
      .executeTakeFirst();
    const pending = await sql<{ there: boolean }>`
      select exists (select from touched t join flow f on f.id = t.flow_id where f.pipeline_uid = ${pipeline.uid}) as there`.execute(
      tx,
    );
    return {
      open,
      version: await getVersion(tx, pipeline.uid, pipeline.publishedVersion),
      checkpoints: new Map(flows.map((flow) => [flow.name, flow.checkpoint as unknown as Checkpoint])),
      hasPending: pending.rows[0]?.there === true,
    };
  });
  if (open !== undefined) {
    // No second run can begin beside an open one, so the vendor need not be asked.
    if (!readingKinds.includes(open.kind)) await lookSoon(deps, accountId, pipeline);
    return false;
  }
  if (hasPending) return true;
  const plan = version.plan as unknown as Plan;
  for (const flow of plan.flows) {
    if (await flowHasChanged(deps, accountId, flow, version.bindings[flow.from.slot], checkpoints.get(flow.id)))
      return true;
  }
  return false;
}

async function flowHasChanged(
  deps: Dependencies,
  accountId: AccountId,
  flow: FlowPlan,
  connectionId: string | undefined,
  checkpoint: Checkpoint | undefined,
): Promise<boolean> {
  if (
    connectionId === undefined ||
    checkpoint === undefined ||
    checkpoint.cursor !== null ||
    checkpoint.bookmark === null
  )
    return true;
  try {
    const opened = await openConnection(deps, accountId, connectionId, 'poll');
    try {
      const signal = AbortSignal.timeout(lookLimitMs);
      const { slot } = flow.from;
      // The same key as in a run: what the bookmark remembers of its edge is told apart by it.
      const stream = await new StreamFinder(new Map([[slot, opened]]), signal).find(slot, flow.from.stream);
      const reader = opened.connection.reader({
        stream: flow.from.stream,
        mode: flow.from.read,
        key: flow.from.key ?? stream.key ?? [],
        cursorFields: flow.from.cursor ?? stream.read?.cursor ?? null,
        start: flow.from.start,
        lagMs: flow.from.lagMs,
        where: flow.from.where,
        skipsDeletions: flow.targets.every((target) => target.onDelete.kind === 'ignore'),
        period: null,
      });
      return reader.hasChanges === undefined || (await reader.hasChanges(checkpoint.bookmark, signal));
    } finally {
      await opened.connection.close();
    }
  } catch {
    // The run itself will say what is wrong, with its own retries and its own place to show it.
    return true;
  }
}

async function nextLook(deps: Dependencies, accountId: AccountId): Promise<{ waitMs: number } | null> {
  const result = await deps.store.account(accountId, (tx) =>
    sql<{ wait_ms: number | null }>`
      select ceil(extract(epoch from min(next_due_at) - clock_timestamp()) * 1000)::bigint as wait_ms
        from pipeline where state = 'active' and next_due_at is not null`.execute(tx),
  );
  const waitMs = result.rows[0]?.wait_ms;
  return waitMs == null ? null : { waitMs: Math.max(0, waitMs) };
}
