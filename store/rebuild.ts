import type { JsonObject } from '../core/json.js';
import { leaseMs } from './leases.js';
import { openRunStates } from './tables.js';

/** Runs SQL as the owner of the tables, over all accounts, in the transaction of a restore. */
export interface Rebuilding {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[]; readonly rowCount: number | null }>;
}

export interface Rebuilt {
  readonly flows: number;
  readonly runs: number;
  readonly polls: number;
  readonly schedules: number;
  readonly drains: number;
}

/** Workflow starts and wakes of the past: all of them are asked for anew. */
const startsAndWakes = ['start_run', 'wake_run', 'wake_poll', 'wake_drain', 'sync_schedule'];

/**
 * Makes a restored database the truth again. Temporal's store may be lost, older or newer than it, targets hold records
 * that it does not know, and workers of before may still be alive: fences outgrow all that were ever held, creates are
 * looked up first, and every workflow and Schedule is asked for anew through the outbox.
 */
export async function rebuildAfterRestore(client: Rebuilding): Promise<Rebuilt> {
  const flows = await refence(client);
  await forgetPassing(client);
  await client.query('delete from outbox where kind = any($1)', [startsAndWakes]);
  return {
    flows,
    runs: await restartRuns(client),
    polls: await wakePolls(client),
    schedules: await syncSchedules(client),
    drains: await wakeDrains(client),
  };
}

/**
 * A token taken from the clock is larger than any that was held before, also after several restores of one backup: the
 * past counts one for each holder, and no flow changes hands every millisecond. Nobody takes a flow until a holder of
 * before has given up by its own clock. Targets may hold creates that no link knows, and keys are compared anew.
 */
async function refence(client: Rebuilding): Promise<number> {
  const result = await client.query(
    `update flow set lease_token = greatest(lease_token, floor(extract(epoch from clock_timestamp()) * 1000)::bigint) + 1,
            lease_holder = null, lease_until = clock_timestamp() + $1 * interval '1 millisecond',
            may_have_unlinked = true, keys_compared_at = null`,
    [leaseMs],
  );
  return result.rowCount ?? 0;
}

/** What belonged to processes and visits of before: renewals, requests without an answer, sign-ins, one-time codes. */
async function forgetPassing(client: Rebuilding): Promise<void> {
  await client.query('update connection set renew_holder = null, renew_until = null where renew_holder is not null');
  await client.query('delete from idempotency_key where status is null');
  for (const table of ['auth.session', 'auth.verification', 'public.oauth_state']) {
    const { rows } = await client.query('select to_regclass($1) is not null as there', [table]);
    if ((rows[0] as { there?: unknown } | undefined)?.there === true) await client.query(`delete from ${table}`);
  }
}

/** The workflow of before, if there is one, may remember flows as moved that are not: `afresh` ends it and begins anew. */
async function restartRuns(client: Rebuilding): Promise<number> {
  return insert(
    client,
    `insert into outbox (account_id, kind, payload)
     select account_id, 'start_run', jsonb_build_object('runId', id, 'afresh', true) from run where state = any($1) order by opened_at`,
    [[...openRunStates]],
  );
}

/** Everything that is polled is due at once: what was announced since the backup is found by looking. */
async function wakePolls(client: Rebuilding): Promise<number> {
  await client.query(
    `update pipeline set next_due_at = clock_timestamp() where state <> 'deleted' and every_ms is not null`,
  );
  return insert(
    client,
    `insert into outbox (account_id, kind, payload)
     select distinct account_id, 'wake_poll', '{"afresh": true}'::jsonb from pipeline where state <> 'deleted' and every_ms is not null`,
  );
}

/** Also those without `cron:` and the deleted ones: Temporal may hold a Schedule of before, which goes. */
async function syncSchedules(client: Rebuilding): Promise<number> {
  return insert(
    client,
    `insert into outbox (account_id, kind, payload)
     select account_id, 'sync_schedule', jsonb_build_object('pipelineUid', uid) from pipeline`,
  );
}

async function wakeDrains(client: Rebuilding): Promise<number> {
  return insert(
    client,
    `insert into outbox (account_id, kind, payload)
     select distinct f.account_id, 'wake_drain', jsonb_build_object('pipelineUid', f.pipeline_uid, 'afresh', true)
       from flow f where exists (select from touched t where t.flow_id = f.id)`,
  );
}

async function insert(client: Rebuilding, text: string, values: unknown[] = []): Promise<number> {
  return (await client.query(text, values)).rowCount ?? 0;
}

/** A target where nobody can tell whether a record of after the backup is there already. */
export interface DoubtfulPipeline {
  readonly uid: string;
  readonly id: string;
  readonly targets: readonly string[];
}

/** Keeps such pipelines still until a person has looked at the target; their triggers and runs wait. */
export async function pauseDoubtful(
  client: Rebuilding,
  pipelines: readonly DoubtfulPipeline[],
  takenAt: string,
): Promise<void> {
  for (const { uid, targets } of pipelines) {
    const reason: JsonObject = {
      by: 'restore',
      at: new Date().toISOString(),
      message: `Restored from a backup of ${takenAt}: records written to ${targets.join(', ')} after that cannot be recognised there.`,
      hint: 'Compare the target with the source from that time on, then resume the pipeline.',
    };
    await client.query(`update pipeline set state = 'paused', pause_reason = $2 where uid = $1 and state = 'active'`, [
      uid,
      JSON.stringify(reason),
    ]);
    await client.query(
      `update run set pause_requested = true where pipeline_uid = $1 and state = any($2) and kind <> 'preview'`,
      [uid, [...openRunStates]],
    );
  }
}
