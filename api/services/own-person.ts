import { listCustomersOf } from '../../store/partners.js';
import { findMemberships, getPerson, listOpenVisits, updatePerson } from '../../store/people.js';
import { setActiveAccount } from '../../store/sessions.js';
import { unauthenticated } from '../access/authorise.js';
import type { Caller, Person } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { callLibrary } from '../identity/library-calls.js';
import { checkPassword } from '../identity/password-rules.js';
import { evenly } from './evenly.js';
import type { Notice } from './letters.js';
import { keyOf, secretChecks } from './login-limits.js';
import { headersOf, type Place } from './signing-in.js';

/** The signed-in person behind a caller. */
export function personOf({ person }: Caller): Person {
  if (person === null) throw unauthenticated();
  return person;
}

/** Everything that a page needs to know about who looks at it. */
export async function me(context: ApiContext, caller: Caller) {
  const { userId, sessionId, staff } = personOf(caller);
  const memberships = await findMemberships(context.store, userId);
  const customers = await listCustomersOf(
    context.store,
    memberships.map(({ accountId }) => accountId),
  );
  const [person, visits] = await context.store.system(async (tx) => [
    await getPerson(tx, userId),
    staff === null ? [] : await listOpenVisits(tx, sessionId),
  ]);
  return {
    person,
    staff,
    account: caller.accountId === '' ? null : { id: caller.accountId, as: caller.kind, role: caller.role },
    accounts: memberships.map(({ accountId, accountName, role }) => ({ id: accountId, name: accountName, role })),
    customers: customers.map((link) => ({
      id: link.accountId,
      name: link.accountName,
      partnerAccountId: link.partnerAccountId,
    })),
    visits: visits.map(({ accountId, accountName, endsAt }) => ({ id: accountId, name: accountName, endsAt })),
  };
}

export async function change(
  context: ApiContext,
  caller: Caller,
  changes: { readonly name?: string; readonly language?: string | null },
): Promise<void> {
  await context.store.system((tx) => updatePerson(tx, personOf(caller).userId, changes));
}

const sessionCookie = /session_token$/;

/** Sets another password; all other sessions end, and this one goes on under a new id. */
export async function changePassword(
  context: ApiContext,
  caller: Caller,
  { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
  place: Place,
): Promise<readonly string[]> {
  checkPassword(newPassword);
  return withSecret(context, caller, async () => {
    const { headers, response } = await callLibrary(() =>
      context.identity.api.changePassword({
        body: { currentPassword, newPassword, revokeOtherSessions: true },
        headers: headersOf(place, sessionCookie),
        returnHeaders: true,
      }),
    );
    await keepAccount(context, caller, response.token);
    await tell(context, caller, 'password_changed');
    return headers.getSetCookie();
  });
}

/** The session's account stays the one it was. */
async function keepAccount(context: ApiContext, { role, accountId }: Caller, token: string | null): Promise<void> {
  if (role === null || token === null) return;
  await context.store.system(async (tx) => {
    const session = await tx.selectFrom('auth.session').select('id').where('token', '=', token).executeTakeFirst();
    if (session !== undefined) await setActiveAccount(tx, session.id, accountId);
  });
}

/** A letter to the present address; when that agreed, one to the new address. Alike where the new one is taken. */
export async function changeEmail(
  context: ApiContext,
  caller: Caller,
  { password, email }: { readonly password: string; readonly email: string },
  place: Place,
): Promise<void> {
  await verifyPassword(context, caller, password, place);
  await evenly(300, async () => {
    await callLibrary(() =>
      context.identity.api.changeEmail({ body: { newEmail: email }, headers: headersOf(place, sessionCookie) }),
    ).catch((error: unknown) => {
      // The address that they have already: nothing is to be changed.
      if ((error as { body?: { message?: unknown } }).body?.message !== 'Email is the same') throw error;
    });
  });
}

/** Throws `person/password_wrong`. */
export async function verifyPassword(
  context: ApiContext,
  caller: Caller,
  password: string,
  place: Place,
): Promise<void> {
  await withSecret(context, caller, () =>
    callLibrary(() =>
      context.identity.api.verifyPassword({ body: { password }, headers: headersOf(place, sessionCookie) }),
    ),
  );
}

export async function beginTwoFactor(context: ApiContext, caller: Caller, password: string, place: Place) {
  return withSecret(context, caller, async () => {
    const begun = await callLibrary(() =>
      context.identity.api.enableTwoFactor({ body: { password }, headers: headersOf(place, sessionCookie) }),
    );
    if (!('totpURI' in begun)) throw new Error('the library offers another second step than it was asked for');
    return { uri: begun.totpURI, backupCodes: begun.backupCodes };
  });
}

/** The first code shows that the app knows the secret; from then on it is asked for. */
export async function confirmTwoFactor(
  context: ApiContext,
  caller: Caller,
  code: string,
  place: Place,
): Promise<readonly string[]> {
  return withSecret(context, caller, async () => {
    const { headers } = await callLibrary(() =>
      context.identity.api.verifyTOTP({
        body: { code },
        headers: headersOf(place, sessionCookie),
        returnHeaders: true,
      }),
    );
    await tell(context, caller, 'two_factor_on');
    return headers.getSetCookie();
  });
}

export async function endTwoFactor(
  context: ApiContext,
  caller: Caller,
  password: string,
  place: Place,
): Promise<readonly string[]> {
  return withSecret(context, caller, async () => {
    const { headers } = await callLibrary(() =>
      context.identity.api.disableTwoFactor({
        body: { password },
        headers: headersOf(place, sessionCookie),
        returnHeaders: true,
      }),
    );
    await tell(context, caller, 'two_factor_off');
    return headers.getSetCookie();
  });
}

/** Ten new codes; the old ones stop working. */
export async function newBackupCodes(
  context: ApiContext,
  caller: Caller,
  password: string,
  place: Place,
): Promise<readonly string[]> {
  return withSecret(context, caller, async () => {
    const { backupCodes } = await callLibrary(() =>
      context.identity.api.generateBackupCodes({ body: { password }, headers: headersOf(place, sessionCookie) }),
    );
    return backupCodes;
  });
}

/** Counts wrong passwords and codes of a session: who took over a browser cannot guess on. */
async function withSecret<T>(context: ApiContext, caller: Caller, work: () => Promise<T>): Promise<T> {
  const key = keyOf(personOf(caller).userId);
  await context.limits.take(secretChecks, key);
  const done = await work();
  await context.limits.forget(secretChecks, key);
  return done;
}

async function tell(context: ApiContext, caller: Caller, notice: Notice): Promise<void> {
  const { email } = personOf(caller);
  await context.store.system((tx) => context.letters.notice(tx, { email, language: caller.language }, notice));
}
