import { sql } from 'kysely';
import type { JsonObject } from '../core/json.js';
import type { Tx } from './database.js';
import type { RunKind, RunState } from './tables.js';

/** A run as small as a line of a list shows it. */
export interface RecentRun {
  readonly id: string;
  readonly number: number;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly openedAt: Date;
  readonly endedAt: Date | null;
  /** Written and deleted at targets. */
  readonly changed: number;
  readonly deadLetters: number;
}

/** What a pipeline has been doing lately. */
export interface PipelineWork {
  readonly trigger: JsonObject | null;
  /** The newest last. */
  readonly recent: readonly RecentRun[];
  /** Counted up to `countedAtMost`. */
  readonly openDeadLetters: number;
  /** What the source held then stands at the targets; null before the first run that ended well. */
  readonly freshAt: Date | null;
}

export const recentRuns = 12;
export const countedAtMost = 1_000;

/** The work of a page of pipelines by uid, by one question for all of them. */
export async function readPipelineWork(tx: Tx, uids: readonly string[]): Promise<ReadonlyMap<string, PipelineWork>> {
  if (uids.length === 0) return new Map();
  const { rows } = await sql<WorkRow>`
    select p.uid, p.trigger, runs.recent, letters.count as open_dead_letters,
           case when runs.is_good and p.state = 'active'
                then greatest(good.at, p.next_due_at - p.every_ms * interval '1 millisecond') else good.at end as fresh_at
      from pipeline p
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'number', r.number, 'kind', r.kind, 'state', r.state,
                 'openedAt', r.opened_at, 'endedAt', r.ended_at, 'changed', r.changed, 'deadLetters', r.dead_letters)
                 order by r.number), '[]') as recent,
               (array_agg(r.state order by r.number desc))[1] in ('done', 'done_with_dead_letters') as is_good
          from (select n.*, c.changed, c.dead_letters
                  from (select id, number, kind, state, opened_at, ended_at from run
                         where pipeline_uid = p.uid and kind <> 'preview' order by number desc limit ${recentRuns}) n
                  cross join lateral (
                    select coalesce(sum(written + deleted), 0)::bigint as changed,
                           coalesce(sum(f.dead_letters), 0)::bigint as dead_letters
                      from run_flow f where f.run_id = n.id) c) r) runs
      left join lateral (
        select coalesce(started_at, opened_at) as at from run
         where pipeline_uid = p.uid and state in ('done', 'done_with_dead_letters')
           and kind in ('manual', 'schedule', 'poll', 'webhook') order by number desc limit 1) good on true
      cross join lateral (
        select count(*) as count
          from (select from flow f join dead_letter d on d.flow_id = f.id and d.state = 'open'
                 where f.pipeline_uid = p.uid limit ${countedAtMost}) d) letters
     where p.uid in (${sql.join(uids)})`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.uid,
      {
        trigger: row.trigger,
        recent: row.recent.map((run) => ({
          ...run,
          openedAt: new Date(run.openedAt),
          endedAt: run.endedAt === null ? null : new Date(run.endedAt),
        })),
        openDeadLetters: row.open_dead_letters,
        freshAt: row.fresh_at,
      },
    ]),
  );
}

interface WorkRow {
  readonly uid: string;
  readonly trigger: JsonObject | null;
  /** Times within JSON are texts. */
  readonly recent: readonly (Omit<RecentRun, 'openedAt' | 'endedAt'> & {
    readonly openedAt: string;
    readonly endedAt: string | null;
  })[];
  readonly open_dead_letters: number;
  readonly fresh_at: Date | null;
}
