import { sql } from 'kysely';
import type { Tx } from './database.js';
import { findPersonByEmail } from './people.js';

export type StaffName = 'operator' | 'support';

export interface StaffView {
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: StaffName;
  readonly since: Date;
}

/** People who run the installation. */
export async function listStaff(tx: Tx): Promise<readonly StaffView[]> {
  const found = sql<StaffView>`
    select u."id" as "userId", u."name", u."email", s.role, s.added_at as since
      from staff s join auth."user" u on u."id" = s.user_id order by s.added_at`;
  return (await found.execute(tx)).rows;
}

export async function setStaff(tx: Tx, userId: string, role: StaffName): Promise<void> {
  await tx
    .insertInto('staff')
    .values({ user_id: userId, role })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ role }))
    .execute();
}

export async function removeStaff(tx: Tx, userId: string): Promise<boolean> {
  const done = await tx.deleteFrom('staff').where('user_id', '=', userId).executeTakeFirst();
  return done.numDeletedRows > 0n;
}

/** Makes a person of a known address one of the staff; null where nobody has that address. */
export async function addStaffByEmail(tx: Tx, email: string, role: StaffName): Promise<string | null> {
  const person = await findPersonByEmail(tx, email);
  if (person === null) return null;
  await setStaff(tx, person.id, role);
  return person.id;
}
