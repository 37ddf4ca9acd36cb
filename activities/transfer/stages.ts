import { patiently } from '../../connectors/kit/patience.js';
import { Failure } from '../../core/failures.js';
import type { JsonValue } from '../../core/json.js';
import type { CompiledFlow, Work } from '../../definitions/plan/compiled.js';
import type { FlowEnvironment } from './flow-environment.js';
import type { SourceItem } from './page-job.js';

/** Runs the compiled stages over all items; the answer lists the pieces of each item in order. */
export async function runStages(
  compiled: CompiledFlow,
  env: FlowEnvironment,
  items: readonly SourceItem[],
  signal: AbortSignal,
): Promise<ReadonlyMap<SourceItem, readonly Work[]>> {
  const byItem = new Map<SourceItem, Work[]>();
  const origin = new Map<Work, SourceItem>();
  const hasSplit = env.flow.steps.some((step) => step.kind === 'split');
  let open: Work[] = [];
  for (const item of items) {
    if (item.isDeletion || item.refusal !== null) continue;
    const work: Work = {
      record: item.record,
      sourceKey: item.sourceKey,
      piece: '',
      names: {},
      state: 'open',
      failure: null,
    };
    byItem.set(item, [work]);
    if (hasSplit) origin.set(work, item);
    open.push(work);
  }
  for (const [index, stage] of compiled.stages.entries()) {
    if (stage.kind === 'pure') {
      const before = open;
      open = stage.apply(before);
      if (hasSplit) regroup(byItem, origin, items, before, open);
    } else {
      const answers = env.stepAnswers.get(index);
      if (answers !== undefined) await answerStage(stage, open, answers, signal);
    }
    open = open.filter((work) => work.state === 'open');
  }
  return byItem;
}

/** After a split the pieces of an item replace the work they came from; pieces carry their record's identity. */
function regroup(
  byItem: Map<SourceItem, Work[]>,
  origin: Map<Work, SourceItem>,
  items: readonly SourceItem[],
  before: readonly Work[],
  after: readonly Work[],
): void {
  const itemOfKey = new Map<string, SourceItem>();
  for (const item of items) if (!item.isDeletion) itemOfKey.set(item.sourceKey, item);
  const stillThere = new Set(after);
  for (const work of before) {
    if (stillThere.has(work) || work.state !== 'open') continue;
    const item = origin.get(work);
    if (item === undefined) continue;
    byItem.set(
      item,
      (byItem.get(item) ?? []).filter((other) => other !== work),
    );
  }
  for (const work of after) {
    if (origin.has(work)) continue;
    const item = itemOfKey.get(work.sourceKey);
    if (item === undefined) continue;
    origin.set(work, item);
    byItem.get(item)?.push(work);
  }
}

async function answerStage(
  stage: Exclude<CompiledFlow['stages'][number], { kind: 'pure' }>,
  open: readonly Work[],
  answers: (keys: readonly string[], signal: AbortSignal) => Promise<ReadonlyMap<string, JsonValue | null>>,
  signal: AbortSignal,
): Promise<void> {
  const keys = new Map<Work, string | null>();
  for (const work of open) keys.set(work, stage.keyOf(work));
  const wanted = [...new Set([...keys.values()].filter((key): key is string => key !== null))];
  const found =
    wanted.length > 0 ? await patiently(() => answers(wanted, signal), signal) : new Map<string, JsonValue | null>();
  for (const work of open) {
    const key = keys.get(work) ?? null;
    const answer = key === null ? null : (found.get(key) ?? null);
    work.names[stage.as] = answer ?? (stage.kind === 'lookup' && stage.many ? [] : null);
    if (answer !== null || stage.onMissing === 'keep') continue;
    if (stage.onMissing === 'skip') work.state = 'filtered';
    else {
      work.state = 'rejected';
      work.failure = new Failure('map/lookup_missing', {
        message: `Step \`${stage.as}\` found nothing for this record.`,
        hint: 'Correct the key at the source, or set `on_missing: keep` for this step.',
      }).toReport();
    }
  }
}
