import type { FoundRecord } from '../../connectors/kit/contract.js';
import { patiently } from '../../connectors/kit/patience.js';
import { type LinkRow, linkStates } from '../../store/commits.js';
import { findHolders } from '../../store/links.js';
import type { FlowEnvironment, TargetRuntime } from './flow-environment.js';
import type { PageJob, PreparedChange } from './page-job.js';
import { bookWritten, SentChange } from './send.js';

/**
 * Creates that a crash left in doubt at targets that keep no id of ours: whether they arrived can only be told by their
 * content, so it is asked when their page has been read again. Their batches stay open until then.
 */
export class Doubts {
  readonly #keys = new Set<string>();
  /** Batches to be closed when the source has been read to its end. */
  readonly batches: string[] = [];

  add(batch: string, recordKeys: readonly string[]): void {
    this.batches.push(batch);
    for (const key of recordKeys) this.#keys.add(key);
  }

  has({ recordKey, operation }: PreparedChange): boolean {
    return operation === 'create' && this.#keys.has(recordKey);
  }

  settled({ recordKey }: PreparedChange): void {
    this.#keys.delete(recordKey);
  }
}

/** Books changes whose record is there already; returns those that are to be written. */
export async function withoutArrived(
  env: FlowEnvironment,
  job: PageJob,
  target: TargetRuntime,
  changes: readonly PreparedChange[],
  signal: AbortSignal,
): Promise<readonly PreparedChange[]> {
  const { writer } = target;
  const doubtful = changes.filter((change) => env.doubts.has(change));
  if (doubtful.length === 0 || writer.findAlike === undefined) return changes;
  const sent = doubtful.map((change) => new SentChange(change));
  const found = await patiently(async () => (await writer.findAlike?.(sent, signal)) ?? [], signal);
  const free = await withoutHeld(env, target, job.links, found);
  const taken = new Set<string>();
  const arrived = new Set<PreparedChange>();
  for (const change of doubtful) {
    env.doubts.settled(change);
    const hit = free.find(({ askedFor, targetKey }) => askedFor === change.recordKey && !taken.has(targetKey));
    if (hit === undefined) continue;
    taken.add(hit.targetKey);
    arrived.add(change);
    bookWritten(env, job, change, hit.targetKey);
  }
  return changes.filter((change) => !arrived.has(change));
}

/** However alike they are, a record that belongs to one source record does not answer for another. */
async function withoutHeld(
  env: FlowEnvironment,
  target: TargetRuntime,
  links: readonly LinkRow[],
  found: readonly FoundRecord[],
): Promise<readonly FoundRecord[]> {
  const keys = [...new Set(found.map(({ targetKey }) => targetKey))];
  const holders = await findHolders(env.store, env.place.accountId, target.targetId, keys);
  const held = new Set(links.flatMap((link) => (link.state === linkStates.confirmed ? [link.targetKey] : [])));
  return found.filter(({ targetKey }) => !holders.has(targetKey) && !held.has(targetKey));
}
