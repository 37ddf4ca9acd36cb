import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from '../../connectors/kit/index.js';
import type { Cursor } from '../../core/cursor.js';
import { toFailure } from '../../core/failures.js';
import { type SourceRecord, sourceKeyOf } from '../../core/record.js';
import type { FlowEnvironment } from './flow-environment.js';
import { contentHashOf } from './hashing.js';
import { PageJob, type SourceItem } from './page-job.js';
import { longestWaitMs } from './send.js';

const maxTries = 6;
const firstDelayMs = 200;

/** Reads one page; passing faults are retried here, so that a flaky source does not stop the pages under way. */
export async function readWithPatience(
  env: FlowEnvironment,
  cursor: Cursor | null,
  signal: AbortSignal,
): Promise<Page> {
  // A backfill reads its period whole: what the flow's own passes saw last is no repeat to it.
  const bookmark = env.kind === 'backfill' ? null : env.lease.state.checkpoint.bookmark;
  for (let attempt = 1; ; attempt++) {
    try {
      return await env.reader.readPage(cursor, bookmark, signal);
    } catch (error) {
      signal.throwIfAborted();
      const failure = toFailure(error);
      const isPassing = failure.kind === 'transient' || failure.kind === 'rate_limited';
      const waitMs = failure.retryAfterMs ?? firstDelayMs * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
      if (!isPassing || attempt >= maxTries || waitMs > longestWaitMs) throw error;
      await delay(waitMs, undefined, { signal });
    }
  }
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
  return key ?? `#${contentHashOf(record as SourceItem['record'] & object).toString('hex')}`;
}
