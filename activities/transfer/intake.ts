import type { Page } from '../../connectors/kit/index.js';
import { patiently } from '../../connectors/kit/patience.js';
import type { Cursor } from '../../core/cursor.js';
import { Failure, type FailureReport } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import { type SourceRecord, sourceKeyOf } from '../../core/record.js';
import type { FlowEnvironment } from './flow-environment.js';
import { contentHashOf } from './hashing.js';
import { PageJob, type SourceItem } from './page-job.js';

/** Reads one page; passing faults are retried here, so that a flaky source does not stop the pages under way. */
export async function readWithPatience(
  env: FlowEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Page> {
  // A backfill reads its period whole: what the flow's own passes saw last is no repeat to it.
  const bookmark = env.kind === 'backfill' ? null : env.lease.state.checkpoint.bookmark;
  return patiently(() => env.reader.readPage(cursor, bookmark, signal), signal);
}

/** A page as a job: records, deletions, and what the source could not read. */
export function jobOfPage(env: FlowEnvironment, page: Page): PageJob {
  const items: SourceItem[] = page.records.map((record, index) =>
    item(record, page.sourceKeys?.[index] ?? keyOf(env, record)),
  );
  for (const key of page.deleted) items.push({ ...item({}, key), isDeletion: true });
  for (const refused of page.refused ?? [])
    items.push({ ...item(refused.record, refused.sourceKey), refusal: refused.failure });
  return new PageJob(items, { next: page.next, bookmark: page.bookmark }, env.targets.length);
}

function item(record: SourceRecord, sourceKey: string): SourceItem {
  return { record, sourceKey, isDeletion: false, touchedSeq: null, waiting: null, refusal: null };
}

/** A record without its key is still accounted for: its content names it. */
export function keyOf(env: FlowEnvironment, record: SourceRecord): string {
  const key = env.sourceKey === null ? null : sourceKeyOf(record, env.sourceKey);
  return key ?? `#${contentHashOf(record as SourceItem['record'] & object)}`;
}

/**
 * Touched records as the source holds them now, by source key; one that is missing is gone there. Null where the source
 * cannot be asked for single records: nothing may be concluded then.
 */
export async function readAgain(
  env: FlowEnvironment,
  sourceKeys: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, JsonObject> | null> {
  const [field] = env.sourceKey ?? [];
  const { findBy } = env;
  if (field === undefined || !(findBy === 'any' || findBy.includes(field))) return null;
  const found = new Map<string, JsonObject>();
  if (sourceKeys.length === 0) return found;
  const isCompound = (env.sourceKey?.length ?? 0) > 1;
  const values = isCompound ? sourceKeys.map((key) => String((JSON.parse(key) as unknown[])[0])) : sourceKeys;
  const distinct = [...new Set(values)];
  for (const record of await patiently(() => env.reader.find(field, distinct, signal), signal))
    found.set(keyOf(env, record), record as JsonObject);
  return found;
}

export function cannotReadAgain(env: FlowEnvironment): FailureReport {
  return new Failure('read/refused', {
    message: `A record of \`${env.flow.from.stream}\` cannot be read again: its source gives no single records.`,
    hint: 'Have the source send or list the record once more.',
  }).toReport();
}
