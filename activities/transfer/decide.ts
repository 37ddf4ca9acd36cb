import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { linkStates } from '../../store/commits.js';
import { type Link, linkId } from '../../store/links.js';
import { addDeadLetter } from './dead-letters.js';
import type { FlowEnvironment } from './flow-environment.js';
import { contentHashOf, recordKeyOf } from './hashing.js';
import type { PageJob, PreparedChange, SourceItem } from './page-job.js';
import type { Produced } from './produce.js';
import type { RefAnswers } from './references.js';

/** Fills the references of a change; then it waits, is as it was written last, or must be written. */
export function decideChange(
  env: FlowEnvironment,
  job: PageJob,
  entry: Produced,
  links: ReadonlyMap<string, Link>,
  refs: RefAnswers,
): void {
  const { item, part, change } = entry;
  const target = env.targets[change.target];
  if (target === undefined) return;
  const lateRefs = refs.fill(change, item.sourceKey, part);
  if (lateRefs.state === 'missing') {
    if (lateRefs.missing === 'dead_letter') addDeadLetter(env, job, change.target, item, part, lateRefs.failure);
    else addWaiting(env, job, change.target, item, part, lateRefs);
    return;
  }
  const id = linkId(item.sourceKey, part);
  const link = links.get(id);
  const contentHash = contentHashOf(lateRefs.hashed ?? change.fields);
  if (target.plan.write !== 'delete' && isAsLastWritten(link, contentHash)) {
    job.count(change.target).unchanged += 1;
    if (env.openDeadLetters.has(id)) job.solved.push({ sourceKey: item.sourceKey, part });
    return;
  }
  const prepared: PreparedChange = {
    target: change.target,
    sourceKey: item.sourceKey,
    part,
    recordKey: recordKeyOf(env.place.pipelineUid, env.flow.id, item.sourceKey, part),
    fields: change.fields,
    contentHash,
    link,
    lateRefs: lateRefs.rows,
    record: item.record,
    operation: 'create',
    targetKey: link?.targetKey ?? null,
  };
  decideOperation(env, job, target.plan.write, prepared);
}

/** The common end of a second run: nothing to write, and nothing more to find out. */
function isAsLastWritten(link: Link | undefined, contentHash: string): boolean {
  return link?.state === linkStates.confirmed && link.targetKey !== null && link.contentHash === contentHash;
}

function addWaiting(
  env: FlowEnvironment,
  job: PageJob,
  target: number,
  item: SourceItem,
  part: string,
  needs: { readonly flowId: number; readonly part: string; readonly key: string },
): void {
  job.count(target).waiting += 1;
  job.waiting.push({
    sourceKey: item.sourceKey,
    part,
    needsFlow: needs.flowId,
    needsPart: needs.part,
    needsKey: needs.key,
    record: env.seal(`waiting|${item.sourceKey}|${part}`, item.record as JsonObject),
  });
}

/** What to do with a change, from its link alone; look-ups for unlinked ones come later, in batches. */
function decideOperation(
  env: FlowEnvironment,
  job: PageJob,
  mode: 'insert' | 'update' | 'upsert' | 'delete',
  change: PreparedChange,
): void {
  const counts = job.count(change.target);
  const link = change.link;
  const isLinked =
    link !== undefined &&
    link.targetKey !== null &&
    link.state !== linkStates.deleted &&
    link.state !== linkStates.unknown;
  if (mode !== 'delete' && mayBeThere(env, change)) {
    putInDoubt(env, job, change);
    return;
  }
  if (mode === 'delete') {
    change.operation = 'delete';
    if (link?.state === linkStates.deleted) counts.unchanged += 1;
    else job.changes.push(change);
    return;
  }
  // Without a hash: found at a target that makes records in steps, so that it may lack some of them.
  const mayBeUnfinished = link?.state === linkStates.recovered && (link.contentHash ?? '') === '';
  const isSame = isLinked && (mode === 'insert' || link.contentHash === change.contentHash);
  if (isSame && !mayBeUnfinished) {
    if (link.state === linkStates.recovered) {
      counts.written += 1;
      job.links.push(confirmedLink(env, change, link.targetKey as string));
      job.lateRefs.push(...change.lateRefs);
    } else counts.unchanged += 1;
    if (env.openDeadLetters.has(linkId(change.sourceKey, change.part))) job.solved.push(change);
    return;
  }
  change.operation = isLinked ? 'update' : 'create';
  job.changes.push(change);
}

/**
 * A record whose create nobody answered for is not created again by itself, however often it comes by: only a person
 * who has looked at the target resends it.
 */
function mayBeThere(env: FlowEnvironment, change: PreparedChange): boolean {
  const idempotency = env.targets[change.target]?.stream.write?.idempotency;
  return change.link?.state === linkStates.unknown && idempotency === 'unsafe' && env.kind !== 'resend';
}

/** Puts a record aside whose outcome at a target that cannot recognise a repeat is unknown. */
export function putInDoubt(env: FlowEnvironment, job: PageJob, change: PreparedChange): void {
  const stream = env.targets[change.target]?.plan.stream ?? '';
  const failure = new Failure('write/outcome_unknown', {
    message: `\`${stream}\` did not answer, and cannot be asked whether it stored this record.`,
    hint: 'Look at the target: resend this record if it is missing there, discard it if it arrived.',
  });
  addDeadLetter(env, job, change.target, change, change.part, failure.toReport());
  job.links.push({
    sourceKey: change.sourceKey,
    part: change.part,
    targetId: env.targets[change.target]?.targetId ?? 0,
    targetKey: null,
    contentHash: change.contentHash,
    state: linkStates.unknown,
    isNew: change.link === undefined,
  });
}

export function confirmedLink(env: FlowEnvironment, change: PreparedChange, targetKey: string) {
  return {
    sourceKey: change.sourceKey,
    part: change.part,
    targetId: env.targets[change.target]?.targetId ?? 0,
    targetKey,
    contentHash: change.contentHash,
    state: linkStates.confirmed,
    isNew: change.link === undefined,
  };
}
