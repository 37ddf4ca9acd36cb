import type { Work } from '../../definitions/plan/compiled.js';
import { linkStates } from '../../store/commits.js';
import { type Link, linkId } from '../../store/links.js';
import type { FlowEnvironment } from './flow-environment.js';
import { contentHashOf, recordKeyOf } from './hashing.js';
import type { PageJob, SourceItem } from './page-job.js';
import { belongsTo, type Produced } from './produce.js';

/** Deletions the vendor shows, and pieces of a split that are gone, by each target's `on_delete`. */
export function addDeletions(
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
    if (rule.kind === 'mark' && link.contentHash === contentHash) continue;
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
