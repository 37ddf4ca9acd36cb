import { Failure } from '../../core/failures.js';
import { type Caller, roles, scopes, staffRoles } from './caller.js';
import { type Access, accessTable } from './table.js';

/** The row of a route. Throws where there is none: such a route must not exist, and the build stops. */
export function accessOf(routeName: string): Access {
  const access = Object.hasOwn(accessTable, routeName) ? accessTable[routeName] : undefined;
  if (access === undefined) throw new Error(`route ${routeName} has no row in api/access/table.ts`);
  return access;
}

/** Lets the caller through, or throws `api/unauthenticated` (nobody is signed in) or `api/forbidden`. */
export function authorise(caller: Caller, access: Access): void {
  if (isAllowed(caller, access)) return;
  throw caller.kind === 'visitor' ? unauthenticated() : forbidden(caller, access);
}

export function isAllowed(caller: Caller, access: Access): boolean {
  if (access.everyone === true) return true;
  switch (caller.kind) {
    case 'visitor':
      return false;
    case 'key':
      return access.key !== undefined && caller.scopes.some((own) => reaches(scopes, own, access.key));
    case 'support':
      return access.support === true || (access.person === true && caller.accountId === '');
    case 'partner':
      return access.partner === true;
    case 'person':
      return (
        access.person === true ||
        (access.staff !== undefined && reaches(staffRoles, caller.person?.staff, access.staff)) ||
        (access.member !== undefined && reaches(roles, caller.role, access.member))
      );
  }
}

/** Whether `own` is `least` or comes after it in the order. */
function reaches<T extends string>(order: readonly T[], own: T | null | undefined, least: T | undefined): boolean {
  return own != null && least !== undefined && order.indexOf(own) >= order.indexOf(least);
}

export function unauthenticated(): Failure {
  return new Failure('api/unauthenticated', {
    message: 'The request has no valid API key and no valid sign-in.',
    hint: 'Sign in, or send `Authorization: Bearer pw_...`; the key of this installation stands in its data folder.',
  });
}

function forbidden(caller: Caller, access: Access): Failure {
  return new Failure('api/forbidden', { message: refusal(caller, access), hint: remedy(caller, access) });
}

function refusal(caller: Caller, access: Access): string {
  if (caller.kind === 'key') {
    return access.key === undefined
      ? 'An API key cannot do that; a signed-in person can.'
      : `This key may not do that: the scope \`${access.key}\` is needed.`;
  }
  if (caller.kind === 'support') return 'A support visit may look at most things and change none.';
  if (caller.kind === 'partner') return 'A servicing company sees states and files requests, nothing else.';
  return access.member === undefined
    ? 'Only people who run this installation may do that.'
    : `This needs the role \`${access.member}\` in the account.`;
}

function remedy(caller: Caller, access: Access): string {
  if (caller.kind === 'key' && access.key !== undefined) {
    return 'Use a key with that scope; `pipewright keys create --scope` makes one.';
  }
  if (caller.kind === 'person' && access.member !== undefined) {
    return 'Ask an owner or admin of the account for that role.';
  }
  return 'Sign in as somebody who may.';
}
