import { noCounts } from '../../core/counts.js';
import { Failure } from '../../core/failures.js';
import { isJsonObject, type JsonObject } from '../../core/json.js';
import { commitBatch, type DeadLetterRow } from '../../store/commits.js';
import { fenceLost } from '../../store/leases.js';
import { linkId } from '../../store/links.js';
import { type ResolvableLateRef, takeLateRefs, takeWaiting } from '../../store/pending.js';
import { nothing } from './empty-commit.js';
import type { FlowEnvironment, TargetRuntime } from './flow-environment.js';
import { contentHashOf, recordKeyOf } from './hashing.js';
import { uuidv7 } from './ids.js';
import { PageJob, type PreparedChange } from './page-job.js';
import { belongsTo } from './produce.js';
import { sendBatch } from './send.js';

const rowsAtOnce = 200;

/** The second pass: writes references whose parents have arrived into records that are at the target already. */
export async function writeLateRefs(env: FlowEnvironment, signal: AbortSignal): Promise<void> {
  for (;;) {
    const rows = await takeLateRefs(env.store, env.place.accountId, env.place.flowId, rowsAtOnce);
    if (rows.length === 0) return;
    for (const target of env.targets) {
      const mine = rows.filter((row) => belongsTo(row.part, target.plan.name));
      if (mine.length > 0) await writeToTarget(env, target, mine, signal);
    }
  }
}

async function writeToTarget(
  env: FlowEnvironment,
  target: TargetRuntime,
  rows: readonly ResolvableLateRef[],
  signal: AbortSignal,
): Promise<void> {
  const changes = groupByRecord(env, target, rows);
  const size = Math.max(1, target.plan.batch ?? target.stream.write?.batchSize ?? 1);
  for (let start = 0; start < changes.length; start += size) {
    const some = changes.slice(start, start + size);
    const job = new PageJob([], null, env.targets.length);
    await sendBatch(env, job, target, some, { signal, stop: signal, doubtful: new Set() });
    const ids = new Set(some.map((change) => linkId(change.sourceKey, change.part)));
    const settled = rows.filter((row) => ids.has(linkId(row.sourceKey, row.part)));
    await settle(env, target, job, settled);
  }
}

/** Each batch by itself: what is written stays so, whatever happens to the next one. */
async function settle(
  env: FlowEnvironment,
  target: TargetRuntime,
  job: PageJob,
  rows: readonly ResolvableLateRef[],
): Promise<void> {
  // The record itself was counted when it was first written; only a refusal is news.
  const refused = job.count(target.index).deadLetters;
  const answer = await commitBatch(env.store, env.place, {
    ...nothing,
    counts: new Map([[target.plan.name, { ...noCounts, produced: refused, deadLetters: refused }]]),
    deadLetters: job.deadLetters,
    settledLateRefs: rows,
  });
  if (!answer.isMine) throw fenceLost();
}

function groupByRecord(
  env: FlowEnvironment,
  target: TargetRuntime,
  rows: readonly ResolvableLateRef[],
): PreparedChange[] {
  const changes = new Map<string, PreparedChange>();
  for (const row of rows) {
    const id = linkId(row.sourceKey, row.part);
    const value = row.isList ? [...row.refTargetKeys] : (row.refTargetKeys[0] ?? null);
    const known = changes.get(id);
    if (known !== undefined) {
      (known.fields as JsonObject)[row.field] = value;
      continue;
    }
    const fields: JsonObject = { [row.field]: value };
    changes.set(id, {
      target: target.index,
      sourceKey: row.sourceKey,
      part: row.part,
      recordKey: recordKeyOf(env.place.pipelineUid, env.flow.id, row.sourceKey, row.part),
      fields,
      contentHash: contentHashOf(fields),
      link: undefined,
      lateRefs: [],
      record: {},
      operation: 'update',
      targetKey: row.targetKey,
    });
  }
  return [...changes.values()];
}

/** The end of a one-off run: children whose parent never came become dead letters, with their record to resend. */
export async function refuseWaiting(env: FlowEnvironment): Promise<void> {
  for (;;) {
    const rows = await takeWaiting(env.store, env.place.accountId, env.place.flowId, rowsAtOnce);
    if (rows.length === 0) return;
    const counts = new Map(env.targets.map((target) => [target.plan.name, { ...noCounts }]));
    const deadLetters: DeadLetterRow[] = [];
    for (const row of rows) {
      const target = env.targets.find((candidate) => belongsTo(row.part, candidate.plan.name));
      const of = counts.get(target?.plan.name ?? '') as { -readonly [name in keyof typeof noCounts]: number };
      if (row.runId === env.place.runId) of.waiting -= 1;
      else {
        of.read += 1;
        of.sources += 1;
        of.produced += 1;
      }
      of.deadLetters += 1;
      const record = await env.unseal(`waiting|${row.sourceKey}|${row.part}`, row.record);
      deadLetters.push(missingParent(env, row.sourceKey, row.part, isJsonObject(record) ? record : {}));
    }
    const answer = await commitBatch(env.store, env.place, { ...nothing, counts, deadLetters, noLongerWaiting: rows });
    if (!answer.isMine) throw fenceLost();
  }
}

function missingParent(env: FlowEnvironment, sourceKey: string, part: string, record: JsonObject): DeadLetterRow {
  const id = uuidv7();
  const failure = new Failure('map/unresolved_ref', {
    message: 'The record that this one refers to has not arrived by the end of the run.',
    hint: 'Check whether that record was filtered out or refused, then resend this one.',
  });
  return {
    id,
    sourceKey,
    part,
    code: failure.code,
    message: failure.message,
    hint: failure.hint,
    details: null,
    body: env.seal(`dead_letter|${id}`, record),
  };
}
