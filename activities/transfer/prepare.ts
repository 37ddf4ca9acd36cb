import { findLinks } from '../../store/links.js';
import { decideChange } from './decide.js';
import { addDeletions } from './deletions.js';
import type { FlowEnvironment } from './flow-environment.js';
import type { PageJob, SourceItem } from './page-job.js';
import { produceAll } from './produce.js';
import { resolveRefs } from './references.js';
import { runStages } from './stages.js';

/**
 * Turns a page of source items into prepared changes: steps, mapping, links, references, hashes. Fills the job's
 * counts for what ends here (filtered, refused, waiting, unchanged) and leaves in `job.changes` what must be written.
 */
export async function preparePage(
  env: FlowEnvironment,
  job: PageJob,
  seenKeys: ReadonlySet<string> | null,
  signal: AbortSignal,
): Promise<void> {
  const fresh = dropSuperseded(env, job);
  const workByItem = await runStages(env.compiled, env, fresh, signal);
  const produced = produceAll(env, job, fresh, workByItem);
  const lookedUp = seenKeys === null ? fresh : fresh.filter((item) => seenKeys.has(item.sourceKey) || item.isDeletion);
  const [links, refs] = await Promise.all([
    findLinks(
      env.store,
      env.place.accountId,
      env.place.flowId,
      lookedUp.map((item) => item.sourceKey),
    ),
    resolveRefs(
      env,
      produced.map((entry) => entry.change),
    ),
  ]);
  for (const entry of produced) decideChange(env, job, entry, links, refs);
  addDeletions(env, job, fresh, workByItem, produced, links);
}

/** A key twice in one page: the later state counts, the earlier one is accounted for as unchanged. */
function dropSuperseded(env: FlowEnvironment, job: PageJob): readonly SourceItem[] {
  const last = new Map<string, SourceItem>();
  for (const item of job.items) last.set(itemId(item), item);
  const kept: SourceItem[] = [];
  for (const item of job.items) {
    if (item.touchedSeq !== null) job.settledTouches.push({ sourceKey: item.sourceKey, seq: item.touchedSeq });
    if (last.get(itemId(item)) === item) {
      kept.push(item);
      continue;
    }
    job.countAll('read');
    job.countAll('sources');
    for (const target of env.targets) {
      job.count(target.index).produced += 1;
      job.count(target.index).unchanged += 1;
    }
  }
  return kept;
}

function itemId(item: SourceItem): string {
  return item.waiting === null ? item.sourceKey : `${item.sourceKey}\u0000${item.waiting.part}`;
}
