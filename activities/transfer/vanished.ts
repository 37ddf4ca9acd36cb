import { Failure } from '../../core/failures.js';
import { nextSourceKeys } from '../../store/links.js';
import { addTouched } from '../../store/pending.js';
import type { FlowEnvironment } from './flow-environment.js';
import { readAgain } from './intake.js';

/** Below this many keys a request a comparison would cost the vendor more than it is worth. */
const leastBatch = 50;
const largestBatch = 2_500;
const betweenComparisons = '1 hour';

const kinds: ReadonlySet<string> = new Set(['manual', 'schedule', 'poll']);

/** Whether deletions at the source matter to this flow and can be found by asking for its records by their keys. */
export function canCompareKeys(env: FlowEnvironment): boolean {
  const [key, ...others] = env.sourceKey ?? [];
  const { read } = env.sourceStream;
  return (
    kinds.has(env.kind) &&
    env.targets.some((target) => target.plan.onDelete.kind !== 'ignore') &&
    read?.showsDeletions === false &&
    key !== undefined &&
    others.length === 0 &&
    (read.findBy === 'any' || read.findBy.includes(key)) &&
    (read.findBatch ?? 1) >= leastBatch
  );
}

/**
 * Deletions of a source that shows none: every record that has a link is asked for by its key, and those that are
 * gone become touched rows, which the deletion rule of each target then takes up. Full reads do so each time, others
 * once an hour. Throws `run/too_many_deletes` where nothing at all is found: that is a fault rather than a deletion.
 */
export async function touchVanished(env: FlowEnvironment, signal: AbortSignal): Promise<number> {
  if (!(await isDue(env))) return 0;
  const { accountId, flowId } = env.place;
  const size = Math.min(largestBatch, env.sourceStream.read?.findBatch ?? leastBatch);
  let [asked, vanished, after] = [0, 0, ''];
  const gone: string[] = [];
  for (;;) {
    const keys = await nextSourceKeys(env.store, accountId, flowId, after, size);
    if (keys.length === 0) break;
    const found = await readAgain(env, keys, signal);
    const missing = keys.filter((key) => found?.has(key) === false);
    asked += keys.length;
    vanished += missing.length;
    gone.push(...missing);
    after = keys.at(-1) ?? after;
  }
  if (vanished > 0 && vanished === asked && env.options.allowDeletes !== true) throw allGone(env, asked);
  const rows = gone.map((sourceKey) => ({ sourceKey, isDeletion: true, record: null }));
  await addTouched(env.store, accountId, flowId, rows);
  await env.store.accountQuery(accountId, {
    text: 'update flow set keys_compared_at = clock_timestamp() where id = $1',
    values: [flowId],
  });
  return vanished;
}

/** False where an incremental flow has had a whole comparison within the hour; one that broke off does not count. */
async function isDue(env: FlowEnvironment): Promise<boolean> {
  if (env.flow.from.read === 'full') return true;
  const { rows } = await env.store.accountQuery(env.place.accountId, {
    text: `select from flow where id = $1
              and (keys_compared_at is null or keys_compared_at < clock_timestamp() - interval '${betweenComparisons}')`,
    values: [env.place.flowId],
  });
  return rows.length === 1;
}

function allGone(env: FlowEnvironment, count: number): Failure {
  return new Failure('run/too_many_deletes', {
    message: `The source of flow \`${env.flow.id}\` knows none of the ${count} records that were moved from it.`,
    hint: 'Check the source and the rights of its connection; if the deletions are meant, run again and allow them (`--allow-deletes`).',
  });
}
