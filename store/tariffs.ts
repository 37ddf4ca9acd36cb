import { sql } from 'kysely';
import type { AccountId, Tx } from './database.js';

/** An account's tariff and how many records it moved in the running month (UTC). */
export async function readMonth(tx: Tx, accountId: AccountId): Promise<{ tariff: string; records: number; now: Date }> {
  const { rows } = await sql<{ tariff: string; records: number; now: Date }>`
    select a.tariff, coalesce(u.records, 0) as records, clock_timestamp() as now
      from account a left join usage_month u on u.account_id = a.id
       and u.month = date_trunc('month', clock_timestamp() at time zone 'UTC')::date
     where a.id = ${accountId}`.execute(tx);
  return rows[0] ?? { tariff: '', records: 0, now: new Date() };
}

/**
 * Adds what a run has written and deleted since it was last counted to the month. The counts themselves are part of
 * each batch's commit, so none is lost by a crash, and a batch costs nothing more. `flow`: of this flow alone.
 */
export async function meterRun(tx: Tx, accountId: AccountId, runId: string, flow: string | null): Promise<void> {
  await sql`
    with due as (
      select flow_id, target, written + deleted as total, written + deleted - metered as fresh from run_flow
       where run_id = ${runId} and written + deleted > metered and (${flow}::text is null or flow = ${flow})
       order by flow_id, target for update),
    noted as (
      update run_flow r set metered = due.total from due
       where r.run_id = ${runId} and r.flow_id = due.flow_id and r.target = due.target returning due.fresh)
    insert into usage_month (account_id, month, records)
    select ${accountId}, date_trunc('month', clock_timestamp() at time zone 'UTC')::date, sum(fresh)
      from noted having sum(fresh) > 0
    on conflict (account_id, month) do update set records = usage_month.records + excluded.records`.execute(tx);
}

/** Published pipelines, with the triggers that start them. Waits for others of the account who count as well. */
export async function readPublishedTriggers(
  tx: Tx,
  accountId: AccountId,
): Promise<readonly { readonly id: string; readonly trigger: unknown }[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`tariff|${accountId}`}, 0))`.execute(tx);
  return tx
    .selectFrom('pipeline')
    .select(['id', 'trigger'])
    .where('state', '<>', 'deleted')
    .where('published_version', 'is not', null)
    .execute();
}

/** Members and open invitations. Asked as the second role: the sign-in library's tables are closed to the first. */
export async function countMembers(tx: Tx, accountId: AccountId): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (select count(*) from auth.member where "organizationId" = ${accountId})
         + (select count(*) from auth.invitation where "organizationId" = ${accountId} and "status" = 'pending'
             and "expiresAt" > clock_timestamp()) as count`.execute(tx);
  return rows[0]?.count ?? 0;
}

/** Whose invitations and members are counted now waits for others who count: two never take the same last place. */
export async function lockMembers(tx: Tx, accountId: AccountId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`members|${accountId}`}, 0))`.execute(tx);
}

export async function setTariff(tx: Tx, accountId: AccountId, tariff: string): Promise<void> {
  await tx.updateTable('account').set({ tariff, next_tariff: null }).where('id', '=', accountId).execute();
}

export async function readTariffs(
  tx: Tx,
  accountId: AccountId,
): Promise<{ readonly tariff: string; readonly nextTariff: string | null }> {
  const row = await tx
    .selectFrom('account')
    .select(['tariff', 'next_tariff'])
    .where('id', '=', accountId)
    .executeTakeFirstOrThrow();
  return { tariff: row.tariff, nextTariff: row.next_tariff };
}

/** Open runs that stand still; a new tariff lets them look again. */
export async function waitingRuns(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.selectFrom('run').select('id').where('state', '=', 'waiting').execute();
  return rows.map((row) => row.id);
}
