import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Failure } from '../core/failures.js';
import type { AccountId, Tx } from './database.js';
import type { PersonView } from './people.js';

export interface MemberView {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly hasTwoFactor: boolean;
  readonly since: Date;
}

/** Members of an account, the oldest first. */
export async function listMembers(tx: Tx, accountId: AccountId): Promise<readonly MemberView[]> {
  const rows = await sql<{ id: string; name: string; email: string; role: string; two: boolean; since: Date }>`
    select u."id", u."name", u."email", m."role", coalesce(u."twoFactorEnabled", false) as two, m."createdAt" as since
      from auth.member m join auth."user" u on u."id" = m."userId"
     where m."organizationId" = ${accountId} order by m."createdAt", m."id"`.execute(tx);
  return rows.rows.map((row) => ({
    userId: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    hasTwoFactor: row.two,
    since: row.since,
  }));
}

/** Who is written to about an account: its owners, or these and its admins. */
export async function listReaders(
  tx: Tx,
  accountId: AccountId,
  who: 'owners' | 'admins',
): Promise<readonly PersonView[]> {
  const roles = who === 'owners' ? ['owner'] : ['owner', 'admin'];
  const rows = await sql<PersonView>`
    select u."id", u."name", u."email", u."language" from auth.member m join auth."user" u on u."id" = m."userId"
     where m."organizationId" = ${accountId} and m."role" = any(${roles}) order by m."createdAt"`.execute(tx);
  return rows.rows;
}

/** Changes of one account's circle of members come one after the other, so that two owners cannot both leave. */
export async function lockMembers(tx: Tx, accountId: AccountId): Promise<void> {
  await sql`select 1 from account where id = ${accountId} for update`.execute(tx);
}

/** The caller's role as it is now; what the request began with may be over. Throws `api/not_found`. */
export async function roleOf(tx: Tx, accountId: AccountId, userId: string): Promise<string> {
  const row = await tx
    .selectFrom('auth.member')
    .select('role')
    .where('organizationId', '=', accountId)
    .where('userId', '=', userId)
    .executeTakeFirst();
  if (row !== undefined) return row.role;
  throw new Failure('api/not_found', {
    message: `There is no member \`${userId}\` in this account.`,
    hint: 'List the members.',
  });
}

/** Throws `member/last_owner` where nobody but this person owns the account. */
export async function requireOtherOwner(tx: Tx, accountId: AccountId, userId: string): Promise<void> {
  const other = await tx
    .selectFrom('auth.member')
    .select('id')
    .where('organizationId', '=', accountId)
    .where('role', '=', 'owner')
    .where('userId', '<>', userId)
    .executeTakeFirst();
  if (other !== undefined) return;
  throw new Failure('member/last_owner', {
    message: 'This is the last owner of the account, which must keep one.',
    hint: 'Make somebody else owner first, or delete the account.',
  });
}

export async function addMember(tx: Tx, accountId: AccountId, userId: string, role: string): Promise<void> {
  await tx
    .insertInto('auth.member')
    .values({ id: uuidv7(), organizationId: accountId, userId, role, createdAt: new Date() })
    .onConflict((conflict) => conflict.columns(['organizationId', 'userId']).doUpdateSet({ role }))
    .execute();
}

export async function setRole(tx: Tx, accountId: AccountId, userId: string, role: string): Promise<void> {
  await tx
    .updateTable('auth.member')
    .set({ role })
    .where('organizationId', '=', accountId)
    .where('userId', '=', userId)
    .execute();
}

/** Their sessions show another account from now on. */
export async function removeMember(tx: Tx, accountId: AccountId, userId: string): Promise<void> {
  await tx.deleteFrom('auth.member').where('organizationId', '=', accountId).where('userId', '=', userId).execute();
  await tx
    .updateTable('auth.session')
    .set({ activeOrganizationId: null })
    .where('userId', '=', userId)
    .where('activeOrganizationId', '=', accountId)
    .execute();
}

export async function isMember(tx: Tx, accountId: AccountId, email: string): Promise<boolean> {
  const rows = await sql`
    select 1 from auth.member m join auth."user" u on u."id" = m."userId"
     where m."organizationId" = ${accountId} and u."email" = ${email.toLowerCase()}`.execute(tx);
  return rows.rows.length > 0;
}
