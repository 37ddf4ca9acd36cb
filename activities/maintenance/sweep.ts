import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { Plan } from '../../definitions/plan/plan.js';
import { addToOutbox } from '../../store/outbox.js';
import { openConnection } from '../connections.js';
import type { Dependencies } from '../dependencies.js';
import { type Member, parseMembers } from '../transfer/recovery.js';

const lostAfterMs = 60_000;
/** A frozen worker may wake up late; its batch is looked at again this long after it was recovered. */
const lookAgainAfterMs = 20_000;
const keysAtOnce = 100;

/** Runs that were opened but whose workflow never began get their start again (the start is idempotent). */
export async function restartLostRuns(deps: Dependencies): Promise<number> {
  return deps.store.system(async (tx) => {
    const lost = await tx
      .selectFrom('run')
      .select(['id', 'account_id'])
      .where('state', '=', 'queued')
      .where('opened_at', '<', sql<Date>`clock_timestamp() - ${lostAfterMs} * interval '1 millisecond'`)
      .execute();
    for (const run of lost) await addToOutbox(tx, run.account_id, 'start_run', { runId: run.id });
    return lost.length;
  });
}

interface RecoveredBatch {
  readonly id: string;
  readonly accountId: string;
  readonly flowId: number;
  readonly target: string;
  readonly members: readonly Member[];
}

/**
 * Looks recovered batches up at their targets once more and reports every record that stands there twice: the one
 * thing that a fence cannot prevent at a target without keys (D4, residue). Returns how many were found.
 */
export async function sweepRecoveredBatches(
  deps: Dependencies,
  lookAgainMs: number = lookAgainAfterMs,
): Promise<number> {
  const batches = await deps.store.system(async (tx) => {
    const rows = await tx
      .selectFrom('batch')
      .selectAll()
      .where('recovered_at', '<', sql<Date>`clock_timestamp() - ${lookAgainMs} * interval '1 millisecond'`)
      .orderBy('recovered_at')
      .limit(500)
      .execute();
    return rows.map((row) => ({
      id: row.id,
      accountId: row.account_id,
      flowId: row.flow_id,
      ...parseMembers(row.members),
    }));
  });
  let found = 0;
  for (const batch of batches) {
    found += await sweepBatch(deps, batch);
    await deps.store.system((tx) => tx.deleteFrom('batch').where('id', '=', batch.id).execute());
  }
  return found;
}

async function sweepBatch(deps: Dependencies, batch: RecoveredBatch): Promise<number> {
  const place = await findTarget(deps, batch);
  if (place === null) return 0;
  const opened = await openConnection(deps, batch.accountId, place.connectionId, 'backfill');
  try {
    const writer = opened.connection.writer({
      stream: place.stream,
      mode: 'upsert',
      matchOn: [],
      fields: [],
      position: null,
    });
    if (writer.findByOwnId === undefined) return 0;
    let found = 0;
    for (let start = 0; start < batch.members.length; start += keysAtOnce) {
      const members = batch.members.slice(start, start + keysAtOnce);
      const hits = await writer.findByOwnId(
        members.map((member) => member.recordKey),
        AbortSignal.timeout(60_000),
      );
      for (const member of members) {
        const copies = hits.filter((hit) => hit.askedFor === member.recordKey).map((hit) => hit.targetKey);
        if (copies.length < 2) continue;
        found += 1;
        await report(deps, batch, place.stream, member, copies);
      }
    }
    return found;
  } finally {
    await opened.connection.close();
  }
}

async function findTarget(
  deps: Dependencies,
  batch: RecoveredBatch,
): Promise<{ connectionId: string; stream: string } | null> {
  return deps.store.account(batch.accountId, async (tx) => {
    const row = await tx
      .selectFrom('flow')
      .innerJoin('pipeline', 'pipeline.uid', 'flow.pipeline_uid')
      .innerJoin('pipeline_version', (join) =>
        join
          .onRef('pipeline_version.pipeline_uid', '=', 'pipeline.uid')
          .onRef('pipeline_version.version', '=', 'pipeline.published_version'),
      )
      .select(['flow.name', 'pipeline_version.plan', 'pipeline_version.bindings'])
      .where('flow.id', '=', batch.flowId)
      .executeTakeFirst();
    const plan = row?.plan as unknown as Plan | undefined;
    const target = plan?.flows
      .find((flow) => flow.id === row?.name)
      ?.targets.find((candidate) => candidate.name === batch.target);
    const connectionId = target === undefined ? undefined : row?.bindings[target.slot];
    return target === undefined || connectionId === undefined ? null : { connectionId, stream: target.stream };
  });
}

async function report(
  deps: Dependencies,
  batch: RecoveredBatch,
  stream: string,
  member: Member,
  copies: readonly string[],
): Promise<void> {
  await deps.store.account(batch.accountId, (tx) =>
    tx
      .insertInto('sweep_finding')
      .values({
        id: uuidv7(),
        account_id: batch.accountId,
        kind: 'duplicate_at_target',
        message: `Record \`${copies.join('`, `')}\` of \`${stream}\` stands there ${copies.length} times for one source record.`,
        details: JSON.stringify({ flowId: batch.flowId, sourceKey: member.sourceKey, part: member.part, copies }),
      })
      .execute(),
  );
}
