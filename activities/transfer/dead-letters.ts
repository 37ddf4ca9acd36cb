import type { FailureReport } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { FlowEnvironment } from './flow-environment.js';
import { uuidv7 } from './ids.js';
import type { PageJob, SourceItem } from './page-job.js';

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
