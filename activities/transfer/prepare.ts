import { patiently } from '../../connectors/kit/patience.js';
import { Failure, type FailureReport } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { partOf } from '../../core/keys.js';
import type { CompiledFlow, ProducedChange, Work } from '../../definitions/plan/compiled.js';
import { linkStates } from '../../store/commits.js';
import { findLinks, type Link, linkId } from '../../store/links.js';
import type { FlowEnvironment } from './flow-environment.js';
import { contentHashOf, recordKeyOf } from './hashing.js';
import { uuidv7 } from './ids.js';
import type { PageJob, PreparedChange, SourceItem } from './page-job.js';
import { type RefAnswers, resolveRefs } from './references.js';

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
  for (const entry of produced) addChange(env, job, entry, links, refs);
  addDeletions(env, job, fresh, workByItem, produced, links);
}

interface Produced {
  readonly item: SourceItem;
  readonly work: Work;
  readonly part: string;
  readonly change: ProducedChange;
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

/** Runs the compiled stages over all items; the answer lists the pieces of each item in order. */
async function runStages(
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

function produceAll(
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

/** Puts a refused record aside, body encrypted; the caller has counted it as produced. */
export function addDeadLetter(
  env: FlowEnvironment,
  job: PageJob,
  target: number,
  item: { readonly sourceKey: string; readonly record: SourceItem['record'] },
  part: string,
  failure: FailureReport,
): void {
  const id = uuidv7();
  job.count(target).deadLetters += 1;
  job.deadLetters.push({
    id,
    sourceKey: item.sourceKey,
    part,
    code: failure.code,
    message: failure.message,
    hint: failure.hint,
    details: failure.details ?? null,
    body: env.seal(`dead_letter|${id}`, item.record as JsonObject),
  });
}

function addChange(
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
function isAsLastWritten(link: Link | undefined, contentHash: Buffer): boolean {
  return (
    link?.state === linkStates.confirmed && link.targetKey !== null && link.contentHash?.equals(contentHash) === true
  );
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
  const mayBeUnfinished = link?.state === linkStates.recovered && (link.contentHash?.length ?? 0) === 0;
  const isSame = isLinked && (mode === 'insert' || link.contentHash?.equals(change.contentHash) === true);
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

/** Deletions the vendor shows, and pieces of a split that are gone, by each target's `on_delete`. */
function addDeletions(
  env: FlowEnvironment,
  job: PageJob,
  items: readonly SourceItem[],
  workByItem: ReadonlyMap<SourceItem, readonly Work[]>,
  produced: readonly Produced[],
  links: ReadonlyMap<string, Link>,
): void {
  const hasSplit = env.flow.steps.some((step) => step.kind === 'split');
  const hasDeletions = items.some((item) => item.isDeletion);
  if (!hasSplit && !hasDeletions) return;
  const linksOfKey = new Map<string, Link[]>();
  for (const link of links.values()) {
    const list = linksOfKey.get(link.sourceKey);
    if (list === undefined) linksOfKey.set(link.sourceKey, [link]);
    else list.push(link);
  }
  const producedParts = new Set(produced.map((entry) => linkId(entry.item.sourceKey, entry.part)));
  for (const item of items) {
    if (item.isDeletion) {
      const isEffective = deleteLinks(env, job, item, linksOfKey.get(item.sourceKey) ?? []);
      job.countAll(isEffective ? 'sources' : 'filtered');
    } else if (
      hasSplit &&
      item.waiting === null &&
      (workByItem.get(item) ?? []).every((work) => work.state === 'open')
    ) {
      const gone = (linksOfKey.get(item.sourceKey) ?? []).filter(
        (link) => !producedParts.has(linkId(link.sourceKey, link.part)),
      );
      deleteLinks(env, job, item, gone);
    }
  }
}

function deleteLinks(env: FlowEnvironment, job: PageJob, item: SourceItem, links: readonly Link[]): boolean {
  let isEffective = false;
  for (const link of links) {
    const target = env.targets.find((candidate) => belongsTo(link.part, candidate.plan.name));
    if (target === undefined || link.targetKey === null || link.state === linkStates.deleted) continue;
    const rule = target.plan.onDelete;
    if (rule.kind === 'ignore') continue;
    const fields = rule.kind === 'mark' ? rule.fields : {};
    const contentHash = contentHashOf(fields);
    if (rule.kind === 'mark' && link.contentHash?.equals(contentHash) === true) continue;
    isEffective = true;
    job.count(target.index).produced += 1;
    job.changes.push({
      target: target.index,
      sourceKey: item.sourceKey,
      part: link.part,
      recordKey: recordKeyOf(env.place.pipelineUid, env.flow.id, item.sourceKey, link.part),
      fields,
      contentHash,
      link,
      lateRefs: [],
      record: item.record,
      operation: rule.kind === 'mark' ? 'update' : 'delete',
      targetKey: link.targetKey,
    });
  }
  return isEffective;
}
