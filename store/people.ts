import { sql } from 'kysely';
import type { AccountId, Store } from './database.js';

export interface Membership {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly role: string;
}

/** The accounts that a person belongs to, the oldest membership first. */
export async function findMemberships(store: Store, userId: string): Promise<readonly Membership[]> {
  const rows = await store.system((tx) =>
    sql<{ account_id: string; name: string; role: string }>`
      select a.id as account_id, a.name, m."role" from auth.member m join account a on a.id = m."organizationId"::uuid
       where m."userId" = ${userId} order by m."createdAt", m."id"`.execute(tx),
  );
  return rows.rows.map((row) => ({ accountId: row.account_id, accountName: row.name, role: row.role }));
}

export async function findStaffRole(store: Store, userId: string): Promise<'operator' | 'support' | null> {
  const row = await store.system((tx) =>
    tx.selectFrom('staff').select('role').where('user_id', '=', userId).executeTakeFirst(),
  );
  return row?.role ?? null;
}

export interface OpenVisit {
  readonly linkId: string;
  readonly createdBy: string;
  readonly endsAt: Date;
}

/** The visit that this very session opened and that has neither ended nor been withdrawn. */
export async function findOpenVisit(store: Store, sessionId: string, accountId: AccountId): Promise<OpenVisit | null> {
  const row = await store.system((tx) =>
    tx
      .selectFrom('support_link')
      .select(['id', 'created_by', 'ends_at'])
      .where('opened_session', '=', sessionId)
      .where('account_id', '=', accountId)
      .where('withdrawn_at', 'is', null)
      .where('ends_at', '>', sql<Date>`clock_timestamp()`)
      .executeTakeFirst(),
  );
  return row?.ends_at ? { linkId: row.id, createdBy: row.created_by, endsAt: row.ends_at } : null;
}

/** Which of the partner accounts may look at the customer's account. */
export async function findAcceptedPartner(
  store: Store,
  customer: AccountId,
  partners: readonly AccountId[],
): Promise<AccountId | null> {
  if (partners.length === 0) return null;
  const row = await store.system((tx) =>
    tx
      .selectFrom('partner_link')
      .select('partner_account_id')
      .where('account_id', '=', customer)
      .where('partner_account_id', 'in', [...partners])
      .where('state', '=', 'accepted')
      .executeTakeFirst(),
  );
  return row?.partner_account_id ?? null;
}

export async function confirmAddress(store: Store, userId: string): Promise<void> {
  await store.system((tx) =>
    tx.updateTable('auth.user').set({ emailVerified: true }).where('id', '=', userId).execute(),
  );
}
