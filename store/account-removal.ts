import { sql } from 'kysely';
import type { AccountId, Store, Tx } from './database.js';
import { deletePipeline } from './pipeline-admin.js';
import { openRunStates } from './tables.js';

/**
 * Closes an account at once: nobody reaches it any more, its runs are cancelled, its schedules go. Its rows are erased
 * by `eraseNextAccount` when nothing of it works any longer.
 */
export async function closeAccount(tx: Tx, id: AccountId): Promise<void> {
  await tx.updateTable('account').set({ deleted_at: sql<Date>`clock_timestamp()` }).where('id', '=', id).execute();
  const pipelines = await tx
    .selectFrom('pipeline')
    .select('uid')
    .where('account_id', '=', id)
    .where('state', '<>', 'deleted')
    .execute();
  for (const { uid } of pipelines) await deletePipeline(tx, id, uid);
  await tx.deleteFrom('api_key').where('account_id', '=', id).execute();
  await tx.deleteFrom('hook').where('account_id', '=', id).execute();
  await tx.deleteFrom('connect_link').where('account_id', '=', id).execute();
  await tx.deleteFrom('support_link').where('account_id', '=', id).execute();
  await tx.deleteFrom('auth.member').where('organizationId', '=', id).execute();
  await tx.deleteFrom('auth.invitation').where('organizationId', '=', id).execute();
  await sql`delete from partner_link where account_id = ${id} or partner_account_id = ${id}`.execute(tx);
}

/** Runs that do not end are given up after this time: nothing can reach their account's connections any more. */
const patience = sql`interval '1 hour'`;

/**
 * Erases one closed account with everything in it: connections, keys, pipelines, links, dead letters, histories. The
 * audit log stays, which nobody may change. Returns whether there was one that is at rest.
 */
export async function eraseNextAccount(store: Store): Promise<boolean> {
  return store.system(async (tx) => {
    const found = await sql<{ id: string }>`
      select id from account a
       where deleted_at is not null and (deleted_at < now() - ${patience} or not exists (
           select from run where account_id = a.id and state = any(${[...openRunStates]})
         ) and not exists (select from outbox where account_id = a.id))
       order by deleted_at limit 1 for update skip locked`.execute(tx);
    const id = found.rows[0]?.id;
    if (id === undefined) return false;
    for (const table of ['outbox', 'idempotency_key', 'sweep_finding', 'mail'] as const) {
      await tx.deleteFrom(table).where('account_id', '=', id).execute();
    }
    // The next start of a demo installation makes another first account.
    await sql`delete from installation where name = 'first_account' and value = ${JSON.stringify(id)}::jsonb`.execute(
      tx,
    );
    await tx.deleteFrom('auth.organization').where('id', '=', id).execute();
    await tx.deleteFrom('account').where('id', '=', id).execute();
    return true;
  });
}
