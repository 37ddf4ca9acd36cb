import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { AccountId, Store, Tx } from './database.js';

export interface PartnerLink {
  readonly id: string;
  /** The customer's account. */
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly partnerAccountId: AccountId;
  readonly partnerName: string;
  readonly state: 'requested' | 'accepted' | 'refused' | 'ended';
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

const links = sql`
  select l.id, l.account_id as "accountId", c.name as "accountName", l.partner_account_id as "partnerAccountId",
         p.name as "partnerName", l.state, l.created_at as "createdAt", l.decided_at as "decidedAt"
    from partner_link l join account c on c.id = l.account_id join account p on p.id = l.partner_account_id
   where c.deleted_at is null and p.deleted_at is null`;

/** Servicing companies of a customer, also those that asked. */
export async function listPartners(tx: Tx, accountId: AccountId): Promise<readonly PartnerLink[]> {
  const found = sql<PartnerLink>`${links} and l.account_id = ${accountId} order by l.created_at desc limit 500`;
  return (await found.execute(tx)).rows;
}

/**
 * Customers of a servicing company. Those that have not accepted are not among them: whether an account or an address
 * exists is not for the asker to know.
 */
export async function listCustomers(tx: Tx, partnerAccountId: AccountId): Promise<readonly PartnerLink[]> {
  const found = sql<PartnerLink>`${links} and l.partner_account_id = ${partnerAccountId} and l.state = 'accepted'
    order by c.name limit 500`;
  return (await found.execute(tx)).rows;
}

/** Customers of all these accounts, for the list of what a person may see. */
export async function listCustomersOf(store: Store, accountIds: readonly AccountId[]): Promise<readonly PartnerLink[]> {
  if (accountIds.length === 0) return [];
  const found = sql<PartnerLink>`${links} and l.partner_account_id = any(${[...accountIds]}::uuid[]) and l.state = 'accepted'
    order by c.name limit 500`;
  return (await store.system((tx) => found.execute(tx))).rows;
}

/** One link of this account, on whichever side, locked; null where there is none. */
export async function findLink(
  tx: Tx,
  id: string,
  side: { readonly accountId: AccountId } | { readonly partnerAccountId: AccountId },
): Promise<PartnerLink | null> {
  const own =
    'accountId' in side ? sql`l.account_id = ${side.accountId}` : sql`l.partner_account_id = ${side.partnerAccountId}`;
  return (await sql<PartnerLink>`${links} and l.id = ${id} and ${own} for update of l`.execute(tx)).rows[0] ?? null;
}

/** The accounts that an address or an id stands for, the asker's own never among them. */
export async function findCustomers(
  tx: Tx,
  asker: AccountId,
  named: { readonly accountId?: AccountId | undefined; readonly ownerEmail?: string | undefined },
): Promise<readonly { readonly id: AccountId; readonly name: string }[]> {
  const condition =
    named.accountId !== undefined
      ? sql`a.id = ${named.accountId}`
      : sql`a.id in (select m."organizationId"::uuid from auth.member m join auth."user" u on u."id" = m."userId"
              where m."role" = 'owner' and u."email" = ${(named.ownerEmail ?? '').toLowerCase()})`;
  const found = sql<{ id: string; name: string }>`
    select a.id, a.name from account a where a.deleted_at is null and a.id <> ${asker} and ${condition} limit 20`;
  return (await found.execute(tx)).rows;
}

/** Null where a link is open already, or where this customer refused in the last 30 days: asking again is no letter. */
export async function askForLink(
  tx: Tx,
  accountId: AccountId,
  partnerAccountId: AccountId,
  by: string,
): Promise<string | null> {
  const id = uuidv7();
  const done = await sql<{ id: string }>`
    insert into partner_link (id, account_id, partner_account_id, requested_by)
    select ${id}, ${accountId}, ${partnerAccountId}, ${by}
     where not exists (select from partner_link where account_id = ${accountId} and partner_account_id = ${partnerAccountId}
                          and state = 'refused' and decided_at > now() - interval '30 days')
    on conflict (account_id, partner_account_id) where state in ('requested', 'accepted') do nothing
    returning id`.execute(tx);
  return done.rows[0]?.id ?? null;
}

export async function decideLink(
  tx: Tx,
  id: string,
  state: 'accepted' | 'refused' | 'ended',
  by: string,
): Promise<void> {
  await tx
    .updateTable('partner_link')
    .set({ state, decided_by: by, decided_at: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute();
}
