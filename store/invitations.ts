import { sql } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { AccountId, Tx } from './database.js';

export interface InvitationView {
  readonly id: string;
  readonly accountId: AccountId;
  readonly accountName: string;
  readonly email: string;
  readonly role: string;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const open = sql`
  select i."id", i."organizationId" as "accountId", a.name as "accountName", i."email", i."role", u."name" as "invitedBy",
         i."createdAt", i."expiresAt"
    from auth.invitation i join account a on a.id = i."organizationId"::uuid join auth."user" u on u."id" = i."inviterId"
   where i."status" = 'pending' and i."expiresAt" > clock_timestamp() and a.deleted_at is null`;

/** Open invitations of an account. */
export async function listInvitations(tx: Tx, accountId: AccountId): Promise<readonly InvitationView[]> {
  const found = sql<InvitationView>`${open} and i."organizationId" = ${accountId} order by i."createdAt" desc limit 500`;
  return (await found.execute(tx)).rows;
}

/** Open invitations to an address. */
export async function listInvitationsTo(tx: Tx, email: string): Promise<readonly InvitationView[]> {
  const found = sql<InvitationView>`${open} and i."email" = ${email.toLowerCase()} order by i."createdAt" desc limit 100`;
  return (await found.execute(tx)).rows;
}

/** One invitation to this address, locked: it is answered once. */
export async function findInvitationTo(tx: Tx, id: string, email: string): Promise<InvitationView | null> {
  const found = sql<InvitationView>`${open} and i."id" = ${id} and i."email" = ${email.toLowerCase()} for update of i`;
  return (await found.execute(tx)).rows[0] ?? null;
}

/** A new invitation takes the place of an open one to the same address. */
export async function addInvitation(
  tx: Tx,
  accountId: AccountId,
  invitation: { readonly email: string; readonly role: string; readonly inviterId: string; readonly days: number },
): Promise<string> {
  const id = uuidv7();
  const email = invitation.email.toLowerCase();
  await tx
    .updateTable('auth.invitation')
    .set({ status: 'canceled' })
    .where('organizationId', '=', accountId)
    .where('email', '=', email)
    .where('status', '=', 'pending')
    .execute();
  await tx
    .insertInto('auth.invitation')
    .values({
      id,
      organizationId: accountId,
      email,
      role: invitation.role,
      status: 'pending',
      inviterId: invitation.inviterId,
      expiresAt: new Date(Date.now() + invitation.days * 86_400_000),
    })
    .execute();
  return id;
}

export async function closeInvitation(
  tx: Tx,
  accountId: AccountId,
  id: string,
  status: 'accepted' | 'rejected' | 'canceled',
): Promise<boolean> {
  const done = await tx
    .updateTable('auth.invitation')
    .set({ status })
    .where('id', '=', id)
    .where('organizationId', '=', accountId)
    .where('status', '=', 'pending')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
