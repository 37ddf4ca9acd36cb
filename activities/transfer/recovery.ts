import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { patiently } from '../../connectors/kit/patience.js';
import { isJsonObject, type JsonValue } from '../../core/json.js';
import { commitBatch, type LinkRow, linkStates } from '../../store/commits.js';
import { fenceLost, leaseMs } from '../../store/leases.js';
import { findLinks, linkId } from '../../store/links.js';
import { nothing } from './empty-commit.js';
import type { FlowEnvironment, TargetRuntime } from './flow-environment.js';
import type { PreparedChange } from './page-job.js';

/** A member of an open batch as its intent row keeps it. */
export interface Member {
  readonly sourceKey: string;
  readonly part: string;
  readonly recordKey: string;
  readonly contentHash: string;
}

/** The intent of a batch: for each target, the creates that a crash would leave in doubt. */
export function intentMembers(target: TargetRuntime, changes: readonly PreparedChange[]): JsonValue {
  return {
    target: target.plan.name,
    members: changes.map((change) => [change.sourceKey, change.part, change.recordKey, change.contentHash]),
  };
}

interface OpenBatch {
  readonly id: string;
  readonly target: string;
  readonly members: readonly Member[];
}

/**
 * Settles batches that a former holder left open: waits until that holder can no longer write (its lease's end plus
 * the target's settle delay), looks the members up by record key, and links those that arrived. Members that are
 * not there are written again when their page is read again, which the checkpoint makes sure of; where only their
 * content tells them, they are looked for then, and their batch stays open until the source has been read to its end.
 * Where the target cannot be asked, members stay in doubt: they become dead letters when their page is read again.
 */
export async function recoverOpenBatches(env: FlowEnvironment, signal: AbortSignal): Promise<void> {
  const { batches, nowMs, oldestMs } = await readOpenBatches(env);
  if (batches.length === 0) return;
  const settleMs = Math.max(...env.targets.map((target) => target.connector.settleMs));
  const formerEndMs = env.lease.state.previousLeaseEndedMs || oldestMs + leaseMs;
  const waitMs = formerEndMs + settleMs - nowMs;
  if (waitMs > 0) await delay(waitMs, undefined, { signal });
  for (const target of env.targets) {
    const mine = batches.filter((batch) => batch.target === target.plan.name);
    if (mine.length > 0) await recoverTarget(env, target, mine, signal);
  }
}

async function readOpenBatches(
  env: FlowEnvironment,
): Promise<{ batches: OpenBatch[]; nowMs: number; oldestMs: number }> {
  return env.store.account(env.place.accountId, async (tx) => {
    const rows = await tx
      .selectFrom('batch')
      .selectAll()
      .where('flow_id', '=', env.place.flowId)
      .where('recovered_at', 'is', null)
      .orderBy('opened_at')
      .execute();
    const clock = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(tx);
    const batches = rows.map((row) => ({ id: row.id, ...parseMembers(row.members) }));
    return { batches, nowMs: clock.rows[0]?.now.getTime() ?? 0, oldestMs: rows.at(-1)?.opened_at.getTime() ?? 0 };
  });
}

export function parseMembers(value: JsonValue): { target: string; members: Member[] } {
  if (!isJsonObject(value) || !Array.isArray(value.members)) return { target: '', members: [] };
  const members = value.members.map((member) => {
    const [sourceKey, part, recordKey, contentHash] = member as string[];
    return { sourceKey: sourceKey ?? '', part: part ?? '', recordKey: recordKey ?? '', contentHash: contentHash ?? '' };
  });
  return { target: String(value.target ?? ''), members };
}

async function recoverTarget(
  env: FlowEnvironment,
  target: TargetRuntime,
  batches: readonly OpenBatch[],
  signal: AbortSignal,
): Promise<void> {
  const members = batches.flatMap((batch) => batch.members);
  const known = await findLinks(
    env.store,
    env.place.accountId,
    env.place.flowId,
    members.map((member) => member.sourceKey),
  );
  const doubtful = members.filter((member) => {
    const link = known.get(linkId(member.sourceKey, member.part));
    return link === undefined || link.state === linkStates.deleted;
  });
  const found = new Map<string, string>();
  const { writer } = target;
  if (writer.findAlike !== undefined) {
    const keys = new Set(doubtful.map((member) => member.recordKey));
    for (const { id, members } of batches) {
      const open = members.flatMap(({ recordKey }) => (keys.has(recordKey) ? [recordKey] : []));
      if (open.length > 0) env.doubts.add(id, open);
    }
  } else if (writer.findByOwnId !== undefined && doubtful.length > 0) {
    const keys = doubtful.map((member) => member.recordKey);
    for (const hit of await patiently(async () => (await writer.findByOwnId?.(keys, signal)) ?? [], signal))
      found.set(hit.askedFor, hit.targetKey);
  }
  const links = new Map<string, LinkRow>();
  for (const member of doubtful) {
    const targetKey = found.get(member.recordKey) ?? null;
    if (targetKey === null && target.stream.write?.idempotency !== 'unsafe') continue;
    links.set(linkId(member.sourceKey, member.part), {
      sourceKey: member.sourceKey,
      part: member.part,
      targetId: target.targetId,
      targetKey,
      // A record found there may lack what was to follow it: without a hash it is written once more.
      contentHash: target.stream.write?.createsInSteps === true ? '' : member.contentHash,
      state: targetKey === null ? linkStates.unknown : linkStates.recovered,
      isNew: false,
    });
  }
  const answer = await commitBatch(env.store, env.place, {
    ...nothing,
    links: [...links.values()],
    recoveredBatches: batches.map((batch) => batch.id).filter((id) => !env.doubts.batches.includes(id)),
  });
  if (!answer.isMine) throw fenceLost();
  env.events.emit({
    kind: 'batch_recovered',
    flowId: env.place.flowId,
    found: found.size,
    missing: doubtful.length - found.size,
  });
}

/** The source has been read to its end: whatever was in doubt has come by, and was found or written. */
export async function closeDoubts(env: FlowEnvironment): Promise<void> {
  if (env.doubts.batches.length === 0) return;
  const answer = await commitBatch(env.store, env.place, { ...nothing, recoveredBatches: env.doubts.batches });
  if (!answer.isMine) throw fenceLost();
}
