import { sql } from 'kysely';
import type { AccountId, Store, Tx } from './database.js';

export interface SessionView {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
  readonly address: string | null;
  readonly userAgent: string | null;
}

/** Live sign-ins of a person, the newest first. */
export async function listSessions(store: Store, userId: string): Promise<readonly SessionView[]> {
  const rows = await store.system((tx) =>
    tx
      .selectFrom('auth.session')
      .select(['id', 'createdAt', 'updatedAt', 'expiresAt', 'ipAddress', 'userAgent'])
      .where('userId', '=', userId)
      .where('expiresAt', '>', sql<Date>`clock_timestamp()`)
      .orderBy('createdAt', 'desc')
      .limit(200)
      .execute(),
  );
  return rows.map((row) => ({
    id: row.id,
    createdAt: row.createdAt,
    lastUsedAt: row.updatedAt,
    expiresAt: row.expiresAt,
    address: row.ipAddress === '' ? null : row.ipAddress,
    userAgent: row.userAgent === '' ? null : row.userAgent,
  }));
}

/** Whether there was such a session of this person. */
export async function endSession(store: Store, userId: string, sessionId: string): Promise<boolean> {
  const done = await store.system((tx) =>
    tx.deleteFrom('auth.session').where('id', '=', sessionId).where('userId', '=', userId).executeTakeFirst(),
  );
  return done.numDeletedRows > 0n;
}

export async function endOtherSessions(store: Store, userId: string, keptId: string): Promise<number> {
  const done = await store.system((tx) =>
    tx.deleteFrom('auth.session').where('userId', '=', userId).where('id', '<>', keptId).executeTakeFirst(),
  );
  return Number(done.numDeletedRows);
}

export async function endSessionByToken(store: Store, token: string): Promise<void> {
  await store.system((tx) => tx.deleteFrom('auth.session').where('token', '=', token).execute());
}

/** The account that a session shows where a request names none. */
export async function setActiveAccount(tx: Tx, sessionId: string, accountId: AccountId): Promise<void> {
  await tx.updateTable('auth.session').set({ activeOrganizationId: accountId }).where('id', '=', sessionId).execute();
}
