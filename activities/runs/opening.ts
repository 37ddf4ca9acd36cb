import { sql } from 'kysely';
import { isJsonObject } from '../../core/json.js';
import type { Plan } from '../../definitions/plan/plan.js';
import type { AccountId, Tx } from '../../store/database.js';
import { addToOutbox } from '../../store/outbox.js';
import { openRun, type RunOptions, type RunRow } from '../../store/runs.js';
import type { RunKind } from '../../store/tables.js';
import { getVersion } from '../../store/versions.js';
import type { Dependencies } from '../dependencies.js';

export interface OpenByTrigger {
  readonly accountId: AccountId;
  readonly pipelineUid: string;
}

/** Opens a run of the published version; null when the pipeline is paused, gone, or has an open run. */
export async function openPublished(
  tx: Tx,
  accountId: AccountId,
  pipelineUid: string,
  kind: RunKind,
  openedBy: string,
  options: RunOptions = {},
): Promise<{ id: string; number: number } | null> {
  const pipeline = await tx
    .selectFrom('pipeline')
    .select(['state', 'published_version'])
    .where('uid', '=', pipelineUid)
    .executeTakeFirst();
  if (pipeline?.state !== 'active' || pipeline.published_version === null) return null;
  const version = await getVersion(tx, pipelineUid, pipeline.published_version);
  return openVersion(
    tx,
    accountId,
    pipelineUid,
    pipeline.published_version,
    version.plan as unknown as Plan,
    kind,
    openedBy,
    options,
  );
}

export async function openVersion(
  tx: Tx,
  accountId: AccountId,
  pipelineUid: string,
  version: number,
  plan: Plan,
  kind: RunKind,
  openedBy: string,
  options: RunOptions,
): Promise<{ id: string; number: number } | null> {
  const names = options.flows;
  const flows = plan.flows
    .filter((flow) => names === undefined || names.includes(flow.id))
    .map((flow) => ({ name: flow.id, targets: flow.targets.map((target) => target.name) }));
  return openRun(tx, accountId, { pipelineUid, version, kind, options, openedBy, flows });
}

/** A `cron:` moment has come: opens a run; with `overlap: after` a busy pipeline remembers it. */
export async function openScheduledRun(deps: Dependencies, input: OpenByTrigger): Promise<{ runId: string | null }> {
  return deps.store.account(input.accountId, async (tx) => {
    if (!(await isKnown(tx, input.pipelineUid))) {
      // A Schedule of a pipeline that a restored database does not know.
      await addToOutbox(tx, input.accountId, 'delete_schedule', { pipelineUid: input.pipelineUid });
      return { runId: null };
    }
    const run = await openPublished(tx, input.accountId, input.pipelineUid, 'schedule', 'schedule');
    if (run === null && (await waitsForOverlap(tx, input.pipelineUid))) {
      await tx.updateTable('pipeline').set({ has_pending_run: true }).where('uid', '=', input.pipelineUid).execute();
    }
    return { runId: run?.id ?? null };
  });
}

async function isKnown(tx: Tx, pipelineUid: string): Promise<boolean> {
  return (
    (await tx.selectFrom('pipeline').select('uid').where('uid', '=', pipelineUid).executeTakeFirst()) !== undefined
  );
}

async function waitsForOverlap(tx: Tx, pipelineUid: string): Promise<boolean> {
  const row = await tx
    .selectFrom('pipeline')
    .select(['trigger', 'state'])
    .where('uid', '=', pipelineUid)
    .executeTakeFirst();
  return row?.state === 'active' && isJsonObject(row.trigger) && row.trigger.overlap === 'after';
}

/** Opens a run for touched records; `left` says whether there is something to come back for. */
export async function openDrainRun(deps: Dependencies, input: OpenByTrigger): Promise<{ left: boolean }> {
  return deps.store.account(input.accountId, async (tx) => {
    const flows = await sql<{ name: string }>`
      select f.name from flow f where f.pipeline_uid = ${input.pipelineUid} and exists (select from touched t where t.flow_id = f.id)`.execute(
      tx,
    );
    if (flows.rows.length === 0) return { left: false };
    const pipeline = await tx
      .selectFrom('pipeline')
      .select('state')
      .where('uid', '=', input.pipelineUid)
      .executeTakeFirst();
    if (pipeline?.state !== 'active' || (await waitsForYes(tx, input.pipelineUid))) return { left: false };
    await openPublished(tx, input.accountId, input.pipelineUid, 'webhook', 'webhook', {
      flows: flows.rows.map((row) => row.name),
    });
    return { left: true };
  });
}

/**
 * Whether the last run refused to delete so much, and nothing was announced since: a person's run with a yes takes the
 * touched records, and a try of ours would only stand in its way.
 */
async function waitsForYes(tx: Tx, pipelineUid: string): Promise<boolean> {
  const last = await sql<{ waits: boolean }>`
    select r.state = 'failed' and r.failure->>'code' = 'run/too_many_deletes'
           and not exists (select from touched t join flow f on f.id = t.flow_id
                            where f.pipeline_uid = r.pipeline_uid and t.touched_at > r.ended_at) as waits
      from run r
     where r.pipeline_uid = ${pipelineUid} and r.kind <> 'preview' and r.ended_at is not null
     order by r.ended_at desc limit 1`.execute(tx);
  return last.rows[0]?.waits === true;
}

/** After a run has ended: the run that waited for it, and touched records that came too late for it. */
export async function openFollowing(tx: Tx, accountId: AccountId, ended: RunRow): Promise<void> {
  const pipeline = await tx
    .selectFrom('pipeline')
    .select(['has_pending_run', 'state'])
    .where('uid', '=', ended.pipelineUid)
    .executeTakeFirst();
  if (pipeline?.state !== 'active') return;
  if (pipeline.has_pending_run) {
    await tx.updateTable('pipeline').set({ has_pending_run: false }).where('uid', '=', ended.pipelineUid).execute();
    await openPublished(tx, accountId, ended.pipelineUid, 'schedule', 'schedule');
  }
  const left = await sql<{ there: boolean }>`
    select exists (select from touched t join flow f on f.id = t.flow_id where f.pipeline_uid = ${ended.pipelineUid}) as there`.execute(
    tx,
  );
  if (left.rows[0]?.there === true && ended.kind !== 'webhook') {
    await addToOutbox(tx, accountId, 'wake_drain', { pipelineUid: ended.pipelineUid });
  }
}
