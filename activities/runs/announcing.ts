import { sql } from 'kysely';
import type { FailureReport } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { Tx } from '../../store/database.js';
import { recordEvent } from '../../store/events.js';
import type { RunRow } from '../../store/runs.js';
import type { RunState } from '../../store/tables.js';

/** Tells webhooks and owners how a run ended, in the transaction that ends it. */
export async function announceEnd(tx: Tx, run: RunRow, state: RunState, failure: FailureReport | null): Promise<void> {
  const { accountId, pipelineUid } = run;
  const { pipeline, title, counts } = await readEnd(tx, run);
  const told: JsonObject = {
    id: run.id,
    number: run.number,
    kind: run.kind,
    state,
    version: run.version,
    pipeline: { id: pipeline, uid: pipelineUid, title },
    counts,
    failure: failure === null ? null : { code: failure.code, message: failure.message, hint: failure.hint },
  };
  await recordEvent(tx, accountId, {
    kind: state === 'failed' ? 'run.failed' : 'run.finished',
    subject: pipelineUid,
    payload: { run: told },
    needsNotice: state === 'failed',
  });
  if (counts.deadLetters === 0) return;
  await recordEvent(tx, accountId, {
    kind: 'dead_letters.added',
    subject: pipelineUid,
    payload: { run: told, added: counts.deadLetters },
    needsNotice: true,
  });
}

interface RunEnd {
  readonly pipeline: string;
  readonly title: string;
  readonly counts: { readonly deadLetters: number } & Record<string, number>;
}

/** A flow's targets share what it read, so that is counted once; what was written adds up. */
async function readEnd(tx: Tx, run: RunRow): Promise<RunEnd> {
  const { rows } = await sql<RunEnd>`
    with flows as (
      select max(read) as read, sum(written) as written, sum(unchanged) as unchanged, sum(deleted) as deleted,
             sum(dead_letters) as dead_letters, sum(waiting) as waiting
        from run_flow where run_id = ${run.id} group by flow)
    select p.id as pipeline, p.title, (
      select jsonb_build_object('read', coalesce(sum(read), 0), 'written', coalesce(sum(written), 0),
             'unchanged', coalesce(sum(unchanged), 0), 'deleted', coalesce(sum(deleted), 0),
             'deadLetters', coalesce(sum(dead_letters), 0), 'waiting', coalesce(sum(waiting), 0)) from flows) as counts
      from pipeline p where p.uid = ${run.pipelineUid}`.execute(tx);
  return rows[0] ?? { pipeline: '', title: '', counts: { deadLetters: 0 } };
}
