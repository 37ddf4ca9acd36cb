import type { Request } from 'express';
import { Failure } from '../../core/failures.js';
import {
  findAcceptedPartner,
  findMemberships,
  findOpenVisit,
  findStaffRole,
  type Membership,
} from '../../store/people.js';
import type { ApiContext } from '../context.js';
import { sessionCookieName } from '../identity/library.js';
import type { Authenticated } from './authenticate.js';
import { type Caller, type Person, type Role, roles, visitor } from './caller.js';

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const nobody: Authenticated = { caller: visitor, cookies: [] };

/** The header by which a page says which of the person's accounts it shows; else the session's own counts. */
const accountHeader = 'pipewright-account';

export function hasSession(request: Request): boolean {
  return (request.headers.cookie ?? '').includes(sessionCookieName);
}

/** The person behind the session cookie, in the account that the request names. An ended session is a visitor. */
export async function authenticateSession(
  context: ApiContext,
  request: Request,
  isLook: boolean,
): Promise<Authenticated> {
  const { response: found, headers } = await context.identity.api.getSession({
    headers: new Headers({ cookie: request.headers.cookie ?? '' }),
    query: { disableCookieCache: true, ...(isLook && { disableRefresh: true }) },
    returnHeaders: true,
  });
  if (found === null) return nobody;
  const { session, user } = found;
  const ageMs = Date.now() - new Date(session.createdAt).getTime();
  if (ageMs > context.session.absoluteHours * 3_600_000) {
    await (await context.identity.$context).internalAdapter.deleteSession(session.token);
    return nobody;
  }
  const person: Person = {
    userId: user.id,
    sessionId: session.id,
    email: user.email,
    name: user.name,
    staff: await findStaffRole(context.store, user.id),
  };
  const own = { ...visitor, kind: 'person', name: user.email, actor: `person:${user.id}`, person } as const;
  const caller = await inAccount(
    context,
    { ...own, language: user.language ?? null },
    person,
    request.get(accountHeader) ?? null,
    session.activeOrganizationId ?? null,
  );
  return { caller, cookies: headers.getSetCookie() };
}

/** A member sees the account by role, support by an open visit, a partner by an accepted link; all others nothing. */
async function inAccount(
  context: ApiContext,
  caller: Caller,
  person: Person,
  named: string | null,
  active: string | null,
): Promise<Caller> {
  const memberships = await findMemberships(context.store, person.userId);
  if (named === null) {
    const membership = memberships.find(({ accountId }) => accountId === active) ?? memberships[0];
    return membership === undefined ? caller : asMember(caller, membership);
  }
  if (!uuidForm.test(named)) throw noAccount(named);
  const membership = memberships.find(({ accountId }) => accountId === named);
  if (membership !== undefined) return asMember(caller, membership);
  const visit = person.staff === null ? null : await findOpenVisit(context.store, person.sessionId, named);
  if (visit !== null) {
    return {
      ...caller,
      kind: 'support',
      accountId: named,
      actor: `support:${person.userId}`,
      onBehalfOf: visit.createdBy,
      onBehalfOfName: visit.createdBy,
      visitEndsAt: visit.endsAt,
    };
  }
  const partner = await findAcceptedPartner(
    context.store,
    named,
    memberships.map(({ accountId }) => accountId),
  );
  if (partner === null) throw noAccount(named);
  return {
    ...caller,
    kind: 'partner',
    accountId: named,
    actor: `partner:${person.userId}`,
    onBehalfOf: partner,
    onBehalfOfName: memberships.find(({ accountId }) => accountId === partner)?.accountName ?? null,
  };
}

function asMember(caller: Caller, { accountId, role }: Membership): Caller {
  return { ...caller, accountId, role: (roles as readonly string[]).includes(role) ? (role as Role) : null };
}

/** Alike for accounts that do not exist and those the person has no part in. */
export function noAccount(named: string): Failure {
  return new Failure('api/not_found', {
    message: `There is no account \`${named.slice(0, 60)}\` for you.`,
    hint: 'List your accounts with `GET /api/v1/me`.',
  });
}
