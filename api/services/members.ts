import { Failure } from '../../core/failures.js';
import type { AccountId, Tx } from '../../store/database.js';
import {
  addInvitation,
  closeInvitation,
  findInvitationTo,
  listInvitations,
  listInvitationsTo,
} from '../../store/invitations.js';
import {
  addMember,
  isMember,
  listMembers,
  lockMembers,
  removeMember,
  requireOtherOwner,
  roleOf,
  setRole,
} from '../../store/members.js';
import { findPersonByEmail } from '../../store/people.js';
import type { Caller, Role } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { invitationDays } from '../identity/library.js';
import { getAccount } from './accounts.js';
import { keyOf, invitations as limitOfInvitations } from './login-limits.js';
import { personOf } from './own-person.js';
import { requireRoomForMember } from './tariffs.js';

export async function listAll(context: ApiContext, accountId: AccountId) {
  return { items: await context.store.system((tx) => listMembers(tx, accountId)), next: null };
}

/** Owners are made, changed and removed by owners alone, and one always stays. */
export async function changeRole(context: ApiContext, caller: Caller, userId: string, role: Role): Promise<void> {
  const { accountId } = caller;
  await context.store.system(async (tx) => {
    await lockMembers(tx, accountId);
    const present = await roleOf(tx, accountId, userId);
    await requireOwnerFor(tx, caller, [present, role]);
    if (present === 'owner' && role !== 'owner') await requireOtherOwner(tx, accountId, userId);
    await setRole(tx, accountId, userId, role);
  });
}

export async function remove(context: ApiContext, caller: Caller, userId: string): Promise<void> {
  const { accountId } = caller;
  await context.store.system(async (tx) => {
    await lockMembers(tx, accountId);
    const present = await roleOf(tx, accountId, userId);
    await requireOwnerFor(tx, caller, [present]);
    if (present === 'owner') await requireOtherOwner(tx, accountId, userId);
    await removeMember(tx, accountId, userId);
  });
}

export async function leave(context: ApiContext, caller: Caller): Promise<void> {
  const { userId } = personOf(caller);
  const { accountId } = caller;
  await context.store.system(async (tx) => {
    await lockMembers(tx, accountId);
    if ((await roleOf(tx, accountId, userId)) === 'owner') await requireOtherOwner(tx, accountId, userId);
    await removeMember(tx, accountId, userId);
  });
}

async function requireOwnerFor(tx: Tx, caller: Caller, roles: readonly string[]): Promise<void> {
  if (!roles.includes('owner')) return;
  if ((await roleOf(tx, caller.accountId, personOf(caller).userId)) === 'owner') return;
  throw new Failure('member/owner_needed', {
    message: 'Only owners of the account may make, change and remove owners.',
    hint: 'Ask an owner of the account.',
  });
}

export async function invitationsOf(context: ApiContext, accountId: AccountId) {
  return { items: await context.store.system((tx) => listInvitations(tx, accountId)), next: null };
}

export async function invite(
  context: ApiContext,
  caller: Caller,
  invited: { readonly email: string; readonly role: Role },
) {
  const { userId, name } = personOf(caller);
  const { role } = invited;
  const email = invited.email.toLowerCase();
  const { accountId } = caller;
  await context.limits.take(limitOfInvitations, keyOf(accountId));
  const account = await getAccount(context, accountId);
  return context.store.system(async (tx) => {
    await lockMembers(tx, accountId);
    await requireOwnerFor(tx, caller, [role]);
    if (await isMember(tx, accountId, email)) {
      throw new Failure('member/already_member', {
        message: 'Somebody with this address belongs to the account already.',
        hint: 'Change their role instead.',
      });
    }
    await requireRoomForMember(tx, context.tariffs, accountId);
    const id = await addInvitation(tx, accountId, { email, role, inviterId: userId, days: invitationDays });
    const known = await findPersonByEmail(tx, email);
    const language = known?.language ?? caller.language;
    await context.letters.invitation(
      tx,
      { email, language },
      { id, accountId, accountName: account.name, role, by: name },
    );
    const all = await listInvitations(tx, accountId);
    return all.find((invitation) => invitation.id === id);
  });
}

export async function withdrawInvitation(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  const isDone = await context.store.system((tx) => closeInvitation(tx, accountId, id, 'canceled'));
  if (!isDone) throw noInvitation(id);
}

export async function invitationsToMe(context: ApiContext, caller: Caller) {
  const { email } = personOf(caller);
  return { items: await context.store.system((tx) => listInvitationsTo(tx, email)), next: null };
}

/** Only a person whose confirmed address is the invited one can answer. */
export async function answerInvitation(
  context: ApiContext,
  caller: Caller,
  id: string,
  answer: 'accepted' | 'rejected',
): Promise<{ readonly accountId: AccountId }> {
  const { email, userId } = personOf(caller);
  return context.store.system(async (tx) => {
    const invitation = await findInvitationTo(tx, id, email);
    if (invitation === null) throw noInvitation(id);
    const { accountId, role } = invitation;
    await lockMembers(tx, accountId);
    await closeInvitation(tx, accountId, id, answer);
    if (answer === 'accepted' && !(await isMember(tx, accountId, email))) await addMember(tx, accountId, userId, role);
    return { accountId };
  });
}

/** Alike for those that never were, have run out, or were sent to another address. */
function noInvitation(id: string): Failure {
  return new Failure('api/not_found', {
    message: `There is no open invitation \`${id}\` for you.`,
    hint: 'Sign in with the address that the invitation was sent to, or ask for another one.',
  });
}
