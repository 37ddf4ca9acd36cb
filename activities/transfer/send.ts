import { setTimeout as delay } from 'node:timers/promises';
import type { Change, Outcome, WriteResult } from '../../connectors/kit/contract.js';
import { longestWaitMs, patiently } from '../../connectors/kit/patience.js';
import { type Failure, Failure as FailureClass, isFailure, toFailure } from '../../core/failures.js';
import { linkStates } from '../../store/commits.js';
import { linkId } from '../../store/links.js';
import { addDeadLetter } from './dead-letters.js';
import { confirmedLink, putInDoubt } from './decide.js';
import type { FlowEnvironment, TargetRuntime } from './flow-environment.js';
import { effectKeyOf } from './hashing.js';
import type { PageJob, PreparedChange } from './page-job.js';

const maxTries = 6;
const firstDelayMs = 200;
const maxDelayMs = 5_000;

/** A change as connectors see it; the effect key is made only where a connector asks for it. */
export class SentChange implements Change {
  #effectKey: string | undefined;

  constructor(readonly prepared: PreparedChange) {}

  get operation() {
    return this.prepared.operation;
  }
  get targetKey() {
    return this.prepared.targetKey;
  }
  get recordKey() {
    return this.prepared.recordKey;
  }
  get fields() {
    return this.prepared.fields;
  }
  get effectKey(): string {
    this.#effectKey ??= effectKeyOf(this.prepared.recordKey, this.prepared.contentHash, this.prepared.operation);
    return this.#effectKey;
  }
}

/** Whether sending this change again can do no harm. */
export function isRepeatable(target: TargetRuntime, change: PreparedChange): boolean {
  return change.operation !== 'create' || recognisesRepeats(target);
}

/** Whether a create that arrives twice makes one record there. */
export function recognisesRepeats({ stream }: TargetRuntime): boolean {
  const idempotency = stream.write?.idempotency;
  return idempotency === 'upsert' || idempotency === 'keyed' || idempotency === 'positional';
}

/** How a batch is sent. */
export interface Sending {
  /** Ends requests under way. */
  readonly signal: AbortSignal;
  /** Lets the request under way come to its end, so that its outcome is known, and begins nothing more. */
  readonly stop: AbortSignal;
  /** Holds, at any moment, the creates of which nobody knows whether they arrived. */
  readonly doubtful: Set<PreparedChange>;
}

/**
 * Sends one batch until every member is settled: written, refused (dead letter) or, where nobody can tell, put aside
 * for a person. Throws what must stop the slice: lost fence, long waits, broken credentials, lasting outages.
 */
export async function sendBatch(
  env: FlowEnvironment,
  job: PageJob,
  target: TargetRuntime,
  changes: readonly PreparedChange[],
  { signal, stop, doubtful }: Sending,
): Promise<void> {
  let open = changes;
  for (let attempt = 1; open.length > 0; attempt++) {
    stop.throwIfAborted();
    for (const change of open) if (!isRepeatable(target, change)) doubtful.add(change);
    const answer = await tryToWrite(env, target, open, signal);
    if ('failure' in answer) {
      if (!signal.aborted && isUnsent(answer.failure)) forget(doubtful, open);
      if (attempt >= maxTries || !isWorthRetry(answer.failure)) throw answer.failure;
      await pause(env, answer.failure, attempt, stop);
      continue;
    }
    if (answer.result.position !== undefined) job.positions[target.plan.name] = answer.result.position;
    const { settled, unknown, unsent } = settle(env, job, target, open, answer.result.outcomes);
    for (const change of settled) doubtful.delete(change);
    forget(doubtful, unsent);
    if (unknown.length > 0)
      env.events.emit({ kind: 'outcome_unknown', flowId: env.place.flowId, count: unknown.length });
    if (unknown.length + unsent.length === 0) return;
    const failure = lastFailure(answer.result.outcomes);
    if (attempt >= maxTries) throw failure;
    const before = open.length;
    open = [...(await clearUp(env, job, target, unknown, stop, doubtful)), ...unsent];
    // A limit met in the middle of a batch is no lack of success.
    if (open.length < before) attempt = 1;
    if (open.length > 0) await pause(env, failure, attempt, stop);
  }
}

type Tried = { readonly result: WriteResult } | { readonly failure: Failure };

async function tryToWrite(
  env: FlowEnvironment,
  target: TargetRuntime,
  open: readonly PreparedChange[],
  signal: AbortSignal,
): Promise<Tried> {
  try {
    const sent = open.map((change) => new SentChange(change));
    const result = await target.writer.write(sent, { signal, beforeSend: env.lease.checkBeforeSend });
    if (result.outcomes.length !== open.length) throw miscounted(target, open.length, result.outcomes.length);
    return { result };
  } catch (error) {
    const failure = toFailure(error);
    const mayBeSent = failure.details?.wasSent === true;
    if (failure.kind === 'transient' && mayBeSent && failure.code !== 'engine/fence_lost') {
      return { result: { outcomes: open.map(() => ({ state: 'unknown', failure }) satisfies Outcome) } };
    }
    return { failure };
  }
}

/** What was not sent is in no doubt, but for records that were found and are only to be completed: they are there. */
function forget(doubtful: Set<PreparedChange>, unsent: readonly PreparedChange[]): void {
  for (const change of unsent) if (change.operation === 'create') doubtful.delete(change);
}

/** A whole request that failed without having been sent; anything else may have arrived. */
function isUnsent({ kind, details }: Failure): boolean {
  if (typeof details?.wasSent === 'boolean') return !details.wasSent;
  return kind === 'transient' || kind === 'rate_limited' || kind === 'quota' || kind === 'auth';
}

function isWorthRetry(failure: Failure): boolean {
  if (failure.code === 'engine/fence_lost') return false;
  if (failure.kind === 'rate_limited') return (failure.retryAfterMs ?? 1_000) <= longestWaitMs;
  return failure.kind === 'transient';
}

async function pause(env: FlowEnvironment, failure: Failure, attempt: number, signal: AbortSignal): Promise<void> {
  env.events.emit({ kind: 'write_retried', flowId: env.place.flowId, code: failure.code, attempt });
  const backoff = Math.min(maxDelayMs, firstDelayMs * 2 ** (attempt - 1)) * (0.75 + Math.random() / 2);
  await delay(failure.retryAfterMs ?? backoff, undefined, { signal });
}

/** Books written and refused members; returns those whose outcome nobody told, and those that were never sent. */
function settle(
  env: FlowEnvironment,
  job: PageJob,
  target: TargetRuntime,
  open: readonly PreparedChange[],
  outcomes: readonly Outcome[],
): Record<'settled' | 'unknown' | 'unsent', PreparedChange[]> {
  const settled: PreparedChange[] = [];
  const unknown: PreparedChange[] = [];
  const unsent: PreparedChange[] = [];
  for (let index = 0; index < open.length; index++) {
    const change = open[index] as PreparedChange;
    const outcome = outcomes[index] as Outcome;
    if (outcome.state === 'unknown') {
      (outcome.failure.details?.wasSent === false ? unsent : unknown).push(change);
      continue;
    }
    settled.push(change);
    if (outcome.state === 'written') bookWritten(env, job, change, outcome.targetKey);
    else addDeadLetter(env, job, target.index, change, change.part, outcome.failure.toReport());
  }
  return { settled, unknown, unsent };
}

export function bookWritten(env: FlowEnvironment, job: PageJob, change: PreparedChange, targetKey: string): void {
  const counts = job.count(change.target);
  if (change.operation === 'delete') counts.deleted += 1;
  else counts.written += 1;
  const link = confirmedLink(env, change, targetKey);
  job.links.push(change.operation === 'delete' ? { ...link, state: linkStates.deleted } : link);
  if (change.lateRefs.length > 0) job.lateRefs.push(...change.lateRefs);
  if (env.openDeadLetters.has(linkId(change.sourceKey, change.part))) job.solved.push(change);
}

/** Unknown outcomes: a harmless repeat, a look-up by own id after the settle delay, or a person. Returns what to send again. */
async function clearUp(
  env: FlowEnvironment,
  job: PageJob,
  target: TargetRuntime,
  unknown: readonly PreparedChange[],
  signal: AbortSignal,
  inDoubt: Set<PreparedChange>,
): Promise<readonly PreparedChange[]> {
  const { writer } = target;
  const again = unknown.filter((change) => isRepeatable(target, change));
  const doubtful = unknown.filter((change) => !isRepeatable(target, change));
  if (doubtful.length === 0) return again;
  if (target.stream.write?.idempotency !== 'find_then_create' || writer.findByOwnId === undefined) {
    for (const change of doubtful) putInDoubt(env, job, change);
    return again;
  }
  await delay(target.connector.settleMs, undefined, { signal });
  const keys = doubtful.map((change) => change.recordKey);
  const hits = await patiently(async () => (await writer.findByOwnId?.(keys, signal)) ?? [], signal);
  const found = new Map(hits.map((hit) => [hit.askedFor, hit]));
  for (const change of doubtful) {
    const hit = found.get(change.recordKey);
    if (hit === undefined) {
      inDoubt.delete(change);
      again.push(change);
    } else if (target.stream.write.createsInSteps === true) {
      change.operation = 'update';
      change.targetKey = hit.targetKey;
      again.push(change);
    } else {
      inDoubt.delete(change);
      bookWritten(env, job, change, hit.targetKey);
    }
  }
  return again;
}

function lastFailure(outcomes: readonly Outcome[]): Failure {
  for (const outcome of outcomes) if (outcome.state === 'unknown' && isFailure(outcome.failure)) return outcome.failure;
  return toFailure(new Error('no outcome was unknown'));
}

function miscounted(target: TargetRuntime, asked: number, got: number): Failure {
  return new FailureClass('read/bad_answer', {
    message: `\`${target.plan.stream}\` answered for ${got} of ${asked} records.`,
    hint: 'The batch is looked up and sent again; if this repeats, choose a smaller `batch`.',
    details: { wasSent: true },
  });
}
