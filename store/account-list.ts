import { sql } from 'kysely';
import type { AccountId, Tx } from './database.js';

/** An account as those who run the installation see it: its tariff and what it uses of it, nothing of its records. */
export interface AccountLine {
  readonly id: AccountId;
  readonly name: string;
  readonly createdAt: Date;
  readonly tariff: string;
  /** Published ones. */
  readonly pipelines: number;
  /** Written or deleted since the first of the month (UTC). */
  readonly recordsThisMonth: number;
  /** Members and open invitations. */
  readonly members: number;
}

export interface AccountFilter {
  /** Part of the account's name, of a member's address, or the whole id. */
  readonly search?: string | undefined;
  readonly tariff?: string | undefined;
  /** Before this id; null: from the newest one. */
  readonly before: AccountId | null;
  readonly limit: number;
}

/** The newest first. As the second role. */
export async function listAccountLines(tx: Tx, filter: AccountFilter): Promise<readonly AccountLine[]> {
  const { search = null, tariff = null, before } = filter;
  const part = search === null ? null : `%${search.replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<AccountLine>`
    select a.id, a.name, a.created_at as "createdAt", a.tariff,
           (select count(*) from pipeline p
             where p.account_id = a.id and p.state <> 'deleted' and p.published_version is not null) as pipelines,
           coalesce((select u.records from usage_month u where u.account_id = a.id
             and u.month = date_trunc('month', clock_timestamp() at time zone 'UTC')::date), 0) as "recordsThisMonth",
           (select count(*) from auth.member m where m."organizationId" = a.id::text)
             + (select count(*) from auth.invitation i where i."organizationId" = a.id::text and i."status" = 'pending'
                 and i."expiresAt" > clock_timestamp()) as members
      from account a
     where a.deleted_at is null
       and (${before}::uuid is null or a.id < ${before}::uuid)
       and (${tariff}::text is null or a.tariff = ${tariff})
       and (${part}::text is null or a.name ilike ${part} or a.id::text = ${search}
            or exists (select from auth.member m join auth."user" u on u."id" = m."userId"
                        where m."organizationId" = a.id::text and u."email" ilike ${part}))
     order by a.id desc limit ${filter.limit}`.execute(tx);
  return rows;
}

/** One that is there and not deleted; null otherwise. As the second role. */
export async function findAccountName(tx: Tx, id: AccountId): Promise<string | null> {
  const row = await tx
    .selectFrom('account')
    .select('name')
    .where('id', '=', id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** How many accounts have each tariff. As the second role. */
export async function countByTariff(tx: Tx): Promise<ReadonlyMap<string, number>> {
  const rows = await tx
    .selectFrom('account')
    .select((eb) => ['tariff', eb.fn.countAll<number>().as('count')])
    .where('deleted_at', 'is', null)
    .groupBy('tariff')
    .execute();
  return new Map(rows.map(({ tariff, count }) => [tariff, Number(count)]));
}
