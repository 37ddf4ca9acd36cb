import { commitBatch, type IntentRow, type LinkRow, linkStates } from '../../store/commits.js';
import { nothing } from './empty-commit.js';
import type { FlowEnvironment } from './flow-environment.js';
import { uuidv7 } from './ids.js';
import type { PageJob } from './page-job.js';
import { intentMembers } from './recovery.js';

/**
 * Stores what pages that broke off have written, so that only the rest is sent again. The pages themselves are read
 * once more, and counted then: until that, their links say `recovered`. Of their batches only the members stay open of
 * which nobody knows whether they arrived.
 */
export async function keepSettled(env: FlowEnvironment, pages: readonly PageJob[]): Promise<void> {
  const links = pages.flatMap((page) => page.links.filter((link) => isWorthKeeping(env, link)));
  const batches = pages.flatMap((page) => page.batches);
  if (links.length + batches.length === 0) return;
  await commitBatch(env.store, env.place, {
    ...nothing,
    links: links.map((link) => ({ ...link, state: linkStates.recovered })),
    closedBatches: batches.map(({ id }) => id),
    openedBatches: batches.flatMap(({ doubtful }): IntentRow[] => {
      const [first] = doubtful;
      const target = first === undefined ? undefined : env.targets[first.target];
      return target === undefined ? [] : [{ id: uuidv7(), members: intentMembers(target, [...doubtful]) }];
    }),
  });
}

/** Deletions are harmless to repeat; a file is written again from the position that its last whole page confirmed. */
function isWorthKeeping(env: FlowEnvironment, link: LinkRow): boolean {
  const target = env.targets.find(({ targetId }) => targetId === link.targetId);
  return link.state === linkStates.confirmed && target?.stream.write?.idempotency !== 'positional';
}
