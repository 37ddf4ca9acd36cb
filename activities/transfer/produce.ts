import { Failure, type FailureReport } from '../../core/failures.js';
import { partOf } from '../../core/keys.js';
import type { ProducedChange, Work } from '../../definitions/plan/compiled.js';
import { addDeadLetter } from './dead-letters.js';
import type { FlowEnvironment } from './flow-environment.js';
import type { PageJob, SourceItem } from './page-job.js';

/** One change that the mapping made of one piece of an item. */
export interface Produced {
  readonly item: SourceItem;
  readonly work: Work;
  readonly part: string;
  readonly change: ProducedChange;
}

/** Maps what the stages left, counts what was read, and puts aside what a step refused. */
export function produceAll(
  env: FlowEnvironment,
  job: PageJob,
  items: readonly SourceItem[],
  workByItem: ReadonlyMap<SourceItem, readonly Work[]>,
): Produced[] {
  const produced: Produced[] = [];
  for (const item of items) {
    const isRecount = item.waiting?.isThisRun === true;
    if (item.waiting !== null) job.noLongerWaiting.push({ sourceKey: item.sourceKey, part: item.waiting.part });
    if (isRecount) recountWaiting(env, job, item);
    else job.countAll('read');
    if (item.isDeletion) continue;
    if (item.refusal !== null) {
      refuse(env, job, 0, item, env.targets[0]?.plan.name ?? '', item.refusal);
      job.countAll('sources');
      continue;
    }
    const works = workByItem.get(item) ?? [];
    let hasChange = false;
    for (const work of works) {
      if (work.state === 'filtered') continue;
      if (work.state === 'rejected') {
        hasChange = true;
        refuse(env, job, 0, item, partOf(env.targets[0]?.plan.name ?? '', work.piece), work.failure);
        continue;
      }
      for (const change of env.compiled.produce(work)) {
        const added = addProduced(env, job, item, work, change, produced);
        hasChange ||= added;
      }
    }
    if (isRecount) continue;
    job.countAll(hasChange ? 'sources' : 'filtered');
  }
  return produced;
}

/** A record that this run counted as waiting is taken up again: it is no longer waiting, and not read twice. */
function recountWaiting(env: FlowEnvironment, job: PageJob, item: SourceItem): void {
  const target = env.targets.find((candidate) => belongsTo(item.waiting?.part ?? '', candidate.plan.name));
  const counts = job.count(target?.index ?? 0);
  counts.waiting -= 1;
  counts.produced -= 1;
}

export function belongsTo(part: string, target: string): boolean {
  return part === target || part.startsWith(`${target}/`);
}

function addProduced(
  env: FlowEnvironment,
  job: PageJob,
  item: SourceItem,
  work: Work,
  change: ProducedChange | FailureReport,
  produced: Produced[],
): boolean {
  if ('code' in change) {
    const index = typeof change.details?.target === 'number' ? change.details.target : 0;
    const part = partOf(env.targets[index]?.plan.name ?? '', work.piece);
    if (item.waiting !== null && item.waiting.part !== part) return false;
    refuse(env, job, index, item, part, change);
    return true;
  }
  const part = partOf(env.targets[change.target]?.plan.name ?? '', work.piece);
  if (item.waiting !== null && item.waiting.part !== part) return false;
  produced.push({ item, work, part, change });
  job.count(change.target).produced += 1;
  return true;
}

function refuse(
  env: FlowEnvironment,
  job: PageJob,
  target: number,
  item: SourceItem,
  part: string,
  failure: FailureReport | null,
): void {
  job.count(target).produced += 1;
  addDeadLetter(env, job, target, item, part, failure ?? unexplained());
}

function unexplained(): FailureReport {
  return new Failure('engine/bug', {
    message: 'A step refused this record without saying why.',
    hint: 'Report this with the run id.',
  }).toReport();
}
