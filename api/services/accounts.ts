import { randomBytes } from 'node:crypto';
import { closeAccount } from '../../store/account-removal.js';
import { addOwnedAccount, renameAccount } from '../../store/accounts.js';
import type { AccountId } from '../../store/database.js';
import { listReaders, lockMembers, roleOf } from '../../store/members.js';
import { findMemberships } from '../../store/people.js';
import { setActiveAccount } from '../../store/sessions.js';
import type { Caller } from '../access/caller.js';
import { noAccount } from '../access/sessions.js';
import type { ApiContext } from '../context.js';
import { callLibrary, invalidToken } from '../identity/library-calls.js';
import { keyOf, newAccounts } from './login-limits.js';
import { personOf, verifyPassword } from './own-person.js';
import type { Place } from './signing-in.js';

const deletionMinutes = 60;

export async function getAccount(context: ApiContext, accountId: AccountId) {
  return context.store.account(accountId, async (tx) => {
    const row = await tx
      .selectFrom('account')
      .select(['id', 'name', 'created_at'])
      .where('id', '=', accountId)
      .executeTakeFirst();
    if (row === undefined) throw noAccount(accountId);
    return { id: row.id, name: row.name, createdAt: row.created_at };
  });
}

/** A further account of this person, who owns it. */
export async function createAccount(context: ApiContext, caller: Caller, name: string) {
  const { userId } = personOf(caller);
  await context.limits.take(newAccounts, keyOf(userId));
  const id = await context.store.system((tx) => addOwnedAccount(tx, userId, name, context.tariffs.ofNewAccounts));
  return getAccount(context, id);
}

export async function rename(context: ApiContext, accountId: AccountId, name: string) {
  await context.store.system((tx) => renameAccount(tx, accountId, name));
  return getAccount(context, accountId);
}

/** Which account this session shows where a request does not name one. */
export async function switchAccount(context: ApiContext, caller: Caller, accountId: AccountId): Promise<void> {
  const { userId, sessionId } = personOf(caller);
  const memberships = await findMemberships(context.store, userId);
  if (!memberships.some((membership) => membership.accountId === accountId)) throw noAccount(accountId);
  await context.store.system((tx) => setActiveAccount(tx, sessionId, accountId));
}

/** First of two steps: the owner's password, then a letter with a link that works for an hour. */
export async function askDeletion(context: ApiContext, caller: Caller, password: string, place: Place): Promise<void> {
  const { userId, email } = personOf(caller);
  await verifyPassword(context, caller, password, place);
  const token = randomBytes(32).toString('base64url');
  const { internalAdapter } = await context.identity.$context;
  await callLibrary(() =>
    internalAdapter.createVerificationValue({
      identifier: identifierOf(token),
      value: `${caller.accountId} ${userId}`,
      expiresAt: new Date(Date.now() + deletionMinutes * 60_000),
    }),
  );
  const { name } = await getAccount(context, caller.accountId);
  await context.store.system((tx) =>
    context.letters.deletionAsked(
      tx,
      { email, language: caller.language },
      { accountId: caller.accountId, accountName: name, by: email, token, minutes: deletionMinutes },
    ),
  );
}

/** Second step, by the same owner. The account is closed at once; all its owners are told. */
export async function deleteAccount(context: ApiContext, caller: Caller, token: string): Promise<void> {
  const { userId, email } = personOf(caller);
  const { internalAdapter } = await context.identity.$context;
  const found = await callLibrary(() => internalAdapter.consumeVerificationValue(identifierOf(token)));
  if (found === null || found.expiresAt < new Date() || found.value !== `${caller.accountId} ${userId}`) {
    throw invalidToken();
  }
  const { accountId } = caller;
  const { name } = await getAccount(context, accountId);
  await context.store.system(async (tx) => {
    await lockMembers(tx, accountId);
    if ((await roleOf(tx, accountId, userId)) !== 'owner') throw invalidToken();
    for (const owner of await listReaders(tx, accountId, 'owners')) {
      await context.letters.accountDeleted(tx, owner, { accountId, accountName: name, by: email });
    }
    await closeAccount(tx, accountId);
  });
}

function identifierOf(token: string): string {
  return `delete-account:${token}`;
}
