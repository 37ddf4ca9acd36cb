import type { FoundRecord } from '../../connectors/kit/contract.js';
import { patiently } from '../../connectors/kit/patience.js';
import { Failure } from '../../core/failures.js';
import { keyText } from '../../core/record.js';
import { findHolders } from '../../store/links.js';
import { addDeadLetter } from './dead-letters.js';
import type { FlowEnvironment, TargetRuntime } from './flow-environment.js';
import { contentHashOf } from './hashing.js';
import type { PageJob, PreparedChange } from './page-job.js';

/** Target keys of writes under way, so that two sources of one target record are seen before either is sent. */
export type KeysInFlight = Map<string, { readonly sourceKey: string; readonly flow: string }>;

/**
 * Finds where unlinked changes belong (own-id field, then `match_on`), settles who holds a target record, and applies
 * `on_conflict`. Changes that end here (conflicts, no match) leave `job.changes`; the rest is ready to be sent.
 */
export async function matchChanges(
  env: FlowEnvironment,
  job: PageJob,
  inFlight: KeysInFlight,
  signal: AbortSignal,
): Promise<void> {
  for (const target of env.targets) {
    const changes = job.changes.filter((change) => change.target === target.index);
    if (changes.length === 0) continue;
    const dropped = new Set<PreparedChange>();
    await findUnlinked(env, job, target, changes, dropped, signal);
    nameNaturalKeys(target, changes);
    await refuseSecondSources(env, job, target, changes, dropped, inFlight);
    await applyConflictRule(env, job, target, changes, dropped, signal);
    if (dropped.size > 0) keepOnly(job, (change) => !dropped.has(change));
  }
}

function keepOnly(job: PageJob, isKept: (change: PreparedChange) => boolean): void {
  const kept = job.changes.filter(isKept);
  job.changes.length = 0;
  job.changes.push(...kept);
}

async function findUnlinked(
  env: FlowEnvironment,
  job: PageJob,
  target: TargetRuntime,
  changes: readonly PreparedChange[],
  dropped: Set<PreparedChange>,
  signal: AbortSignal,
): Promise<void> {
  const { writer } = target;
  const write = target.stream.write;
  let unlinked = changes.filter((change) => change.targetKey === null);
  if (unlinked.length === 0 || write === null) return;
  if (env.lease.state.mayHaveUnlinked && writer.findByOwnId !== undefined) {
    const keys = unlinked.map((change) => change.recordKey);
    const found = groupFound(await patiently(async () => (await writer.findByOwnId?.(keys, signal)) ?? [], signal));
    for (const change of unlinked) assign(env, job, change, found.get(change.recordKey), dropped);
    unlinked = unlinked.filter((change) => change.targetKey === null && !dropped.has(change));
  }
  const matchOn = target.plan.matchOn;
  if (matchOn.length > 0 && !isNativeMatch(target) && writer.findByMatch !== undefined) {
    const asked = new Map<PreparedChange, string[]>();
    for (const change of unlinked) {
      const values = matchOn.map((field) => keyText(change.fields[field]));
      if (values.every((value): value is string => value !== null)) asked.set(change, values);
    }
    if (asked.size > 0) {
      const rows = [...asked.values()];
      const found = groupFound(
        await patiently(async () => (await writer.findByMatch?.(matchOn, rows, signal)) ?? [], signal),
      );
      for (const [change, values] of asked) assign(env, job, change, found.get(JSON.stringify(values)), dropped);
    }
  }
  if (target.plan.write !== 'update' && target.plan.write !== 'delete') return;
  for (const change of changes) {
    if (change.targetKey === null && !dropped.has(change)) refuse(env, job, change, dropped, noMatch(target));
  }
}

/** True where the target matches by itself in one call: an upsert by the fields of its natural key. */
export function isNativeMatch(target: TargetRuntime): boolean {
  const key = target.stream.write?.naturalKey;
  return (
    target.plan.write !== 'update' &&
    key != null &&
    key.length === target.plan.matchOn.length &&
    key.every((name) => target.plan.matchOn.includes(name))
  );
}

function groupFound(found: readonly FoundRecord[]): Map<string, FoundRecord[]> {
  const groups = new Map<string, FoundRecord[]>();
  for (const record of found) {
    const group = groups.get(record.askedFor);
    if (group === undefined) groups.set(record.askedFor, [record]);
    else group.push(record);
  }
  return groups;
}

function assign(
  env: FlowEnvironment,
  job: PageJob,
  change: PreparedChange,
  found: readonly FoundRecord[] | undefined,
  dropped: Set<PreparedChange>,
): void {
  if (found === undefined || found.length === 0) return;
  if (found.length > 1) {
    refuse(
      env,
      job,
      change,
      dropped,
      new Failure('write/ambiguous_match', {
        message: `${found.length} records of \`${env.targets[change.target]?.plan.stream}\` match this one.`,
        hint: 'Merge the duplicates at the target or choose other `match_on` fields, then resend.',
        details: { hits: found.length },
      }),
    );
    return;
  }
  const only = found[0] as FoundRecord;
  change.targetKey = only.targetKey;
  if (change.operation !== 'delete') change.operation = 'update';
}

function nameNaturalKeys(target: TargetRuntime, changes: readonly PreparedChange[]): void {
  const key = target.stream.write?.naturalKey;
  if (key == null) return;
  for (const change of changes) {
    if (change.targetKey !== null) continue;
    const values = key.map((field) => keyText(change.fields[field]));
    if (!values.every((value): value is string => value !== null)) continue;
    change.targetKey = values.length === 1 ? (values[0] as string) : JSON.stringify(values);
    if (change.operation === 'create') change.operation = 'upsert';
  }
}

/** D1: a second source for one target record is a dead letter that names the first, unless the target merges. */
async function refuseSecondSources(
  env: FlowEnvironment,
  job: PageJob,
  target: TargetRuntime,
  changes: readonly PreparedChange[],
  dropped: Set<PreparedChange>,
  inFlight: KeysInFlight,
): Promise<void> {
  if (target.plan.merge) return;
  const claims = changes.filter(
    (change) => change.targetKey !== null && change.link === undefined && !dropped.has(change),
  );
  if (claims.length === 0) return;
  const keys = claims.map((change) => change.targetKey as string);
  const holders = await findHolders(env.store, env.place.accountId, target.targetId, keys);
  for (const change of claims) {
    const place = `${target.targetId}\u0000${change.targetKey}`;
    const holder = holders.get(change.targetKey as string) ?? inFlight.get(place);
    const isMine = holder !== undefined && holder.sourceKey === change.sourceKey && holder.flow === env.flow.id;
    if (holder !== undefined && !isMine) {
      refuse(
        env,
        job,
        change,
        dropped,
        new Failure('write/duplicate_target', {
          message: `Record \`${change.targetKey}\` of \`${target.plan.stream}\` belongs to source record \`${holder.sourceKey}\` of flow \`${holder.flow}\` already.`,
          hint: 'Remove the duplicate at the source, or set `merge: true` if both shall write this record.',
          details: { targetKey: change.targetKey, firstSource: holder.sourceKey, firstFlow: holder.flow },
        }),
      );
    } else inFlight.set(place, { sourceKey: change.sourceKey, flow: env.flow.id });
  }
}

/** `target_wins` and `dead_letter` look at the target first: has it changed since we last wrote it? */
async function applyConflictRule(
  env: FlowEnvironment,
  job: PageJob,
  target: TargetRuntime,
  changes: readonly PreparedChange[],
  dropped: Set<PreparedChange>,
  signal: AbortSignal,
): Promise<void> {
  const { writer } = target;
  if (target.plan.onConflict === 'source_wins' || writer.readByKey === undefined) return;
  const updates = changes.filter(
    (change) => change.operation !== 'create' && change.targetKey !== null && !dropped.has(change),
  );
  if (updates.length === 0) return;
  const keys = updates.map((change) => change.targetKey as string);
  const found = await patiently(async () => (await writer.readByKey?.(keys, signal)) ?? [], signal);
  const present = new Map(found.map((record) => [record.targetKey, record]));
  for (const change of updates) {
    const found = present.get(change.targetKey as string);
    if (found === undefined || !differsFromLastWrite(change, found)) continue;
    if (target.plan.onConflict === 'target_wins') {
      job.count(change.target).unchanged += 1;
      dropped.add(change);
    } else {
      refuse(
        env,
        job,
        change,
        dropped,
        new Failure('write/target_changed', {
          message: `Record \`${change.targetKey}\` of \`${target.plan.stream}\` was changed at the target since it was last written.`,
          hint: 'Decide which side is right: resend this record to overwrite, or discard it.',
          details: { targetKey: change.targetKey },
        }),
      );
    }
  }
}

/** At the first match the target counts as changed; afterwards its mapped fields are compared with the last write. */
function differsFromLastWrite(change: PreparedChange, found: FoundRecord): boolean {
  const last = change.link?.contentHash;
  if (last == null) return true;
  const present: Record<string, FoundRecord['fields'][string]> = {};
  for (const name of Object.keys(change.fields)) {
    const value = found.fields[name];
    if (value !== undefined) present[name] = value;
  }
  return contentHashOf(present) !== last;
}

function refuse(
  env: FlowEnvironment,
  job: PageJob,
  change: PreparedChange,
  dropped: Set<PreparedChange>,
  failure: Failure,
): void {
  dropped.add(change);
  addDeadLetter(env, job, change.target, change, change.part, failure.toReport());
}

function noMatch(target: TargetRuntime): Failure {
  return new Failure('write/no_match', {
    message: `No record of \`${target.plan.stream}\` belongs to this one, and the flow only changes existing records.`,
    hint: 'Use `write: upsert` to create missing records, or correct the `match_on` fields.',
  });
}
