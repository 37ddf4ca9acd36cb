import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { addOwnedAccount } from './accounts.js';
import type { AccountId, Store, Tx } from './database.js';

export interface Membership {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly role: string;
}

/** The accounts that a person belongs to, the oldest membership first. */
export async function findMemberships(store: Store, userId: string): Promise<readonly Membership[]> {
  const rows = await store.systemOnce((tx) =>
    sql<{ account_id: string; name: string; role: string }>`
      select a.id as account_id, a.name, m."role" from auth.member m join account a on a.id = m."organizationId"::uuid
       where m."userId" = ${userId} order by m."createdAt", m."id"`.execute(tx),
  );
  return rows.rows.map((row) => ({ accountId: row.account_id, accountName: row.name, role: row.role }));
}

export async function findStaffRole(store: Store, userId: string): Promise<'operator' | 'support' | null> {
  const row = await store.systemOnce((tx) =>
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
  const row = await store.systemOnce((tx) =>
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
  const row = await store.systemOnce((tx) =>
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

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly language: string | null;
}

export async function findPersonByEmail(tx: Tx, email: string): Promise<PersonView | null> {
  const row = await tx
    .selectFrom('auth.user')
    .select(['id', 'name', 'email', 'language'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst();
  return row ?? null;
}

export interface PersonDetails extends PersonView {
  readonly hasTwoFactor: boolean;
}

export async function getPerson(tx: Tx, userId: string): Promise<PersonDetails> {
  const row = await tx
    .selectFrom('auth.user')
    .select(['id', 'name', 'email', 'language', 'twoFactorEnabled'])
    .where('id', '=', userId)
    .executeTakeFirstOrThrow();
  const { twoFactorEnabled, ...person } = row;
  return { ...person, hasTwoFactor: twoFactorEnabled === true };
}

export async function updatePerson(
  tx: Tx,
  userId: string,
  changes: { readonly name?: string; readonly language?: string | null },
): Promise<void> {
  await tx
    .updateTable('auth.user')
    .set({ ...changes, updatedAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', userId)
    .execute();
}

/**
 * Notes that the address is theirs, and makes the account that they wished for when they registered, once, with
 * themselves as its owner.
 */
export async function confirmPerson(tx: Tx, userId: string, tariff: string): Promise<AccountId | null> {
  const person = await tx
    .selectFrom('auth.user')
    .select(['accountName', 'emailVerified'])
    .where('id', '=', userId)
    .forUpdate()
    .executeTakeFirst();
  if (person === undefined || (person.emailVerified && person.accountName === null)) return null;
  await tx
    .updateTable('auth.user')
    .set({ emailVerified: true, accountName: null, updatedAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', userId)
    .execute();
  return person.accountName === null ? null : addOwnedAccount(tx, userId, person.accountName, tariff);
}

/** People who registered long ago and never opened the letter: the address may be somebody else's. */
export async function forgetUnconfirmed(tx: Tx, days: number): Promise<void> {
  await sql`
    delete from auth."user" u where not u."emailVerified" and u."createdAt" < now() - ${days} * interval '1 day'
       and not exists (select from auth.member m where m."userId" = u."id")`.execute(tx);
}

export interface VisitView {
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly endsAt: Date;
}

/** The support visits that this session is in. */
export async function listOpenVisits(tx: Tx, sessionId: string): Promise<readonly VisitView[]> {
  const rows = await sql<{ account_id: string; name: string; ends_at: Date }>`
    select s.account_id, a.name, s.ends_at from support_link s join account a on a.id = s.account_id
     where s.opened_session = ${sessionId} and s.withdrawn_at is null and s.ends_at > clock_timestamp()
     order by s.ends_at`.execute(tx);
  return rows.rows.map((row) => ({ accountId: row.account_id, accountName: row.name, endsAt: row.ends_at }));
}

export interface EnsuredPerson {
  readonly id: string;
  readonly isNew: boolean;
  readonly hasPassword: boolean;
}

/** The person of an address, made where there is none: whoever runs the installation vouches for the address. */
export async function ensurePerson(tx: Tx, email: string): Promise<EnsuredPerson> {
  const address = email.toLowerCase();
  const id = uuidv7();
  // A password of before the confirmation may be that of anybody who typed this address.
  await sql`
    delete from auth.account where "userId" in (select "id" from auth."user" where "email" = ${address} and not "emailVerified")`.execute(
    tx,
  );
  const made = await tx
    .insertInto('auth.user')
    .values({
      id,
      email: address,
      name: address.split('@')[0] ?? address,
      emailVerified: true,
      twoFactorEnabled: null,
      language: null,
      accountName: null,
    })
    .onConflict((conflict) => conflict.column('email').doUpdateSet({ emailVerified: true, accountName: null }))
    .returning('id')
    .executeTakeFirstOrThrow();
  const password = await sql<{ has: boolean }>`
    select exists (select from auth.account where "userId" = ${made.id} and "password" is not null) as has`.execute(tx);
  return { id: made.id, isNew: made.id === id, hasPassword: password.rows[0]?.has === true };
}

/** Whether anybody owns the account. */
export async function hasOwner(store: Store, accountId: AccountId): Promise<boolean> {
  const row = await store.system((tx) =>
    tx
      .selectFrom('auth.member')
      .select('id')
      .where('organizationId', '=', accountId)
      .where('role', '=', 'owner')
      .executeTakeFirst(),
  );
  return row !== undefined;
}

/**
 * Before a password is looked at: the sign-in library asks for the password of a known address only, so here the same
 * is asked for an unknown one, and both take the same number of questions.
 */
export async function evenLookup(tx: Tx, email: string): Promise<void> {
  if ((await findPersonByEmail(tx, email)) !== null) return;
  await sql`select * from auth.account where "userId" = ${uuidv7()}`.execute(tx);
}
