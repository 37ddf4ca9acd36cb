import type { AccountId } from '../../store/database.js';

/** Roles of an account's members, each with the rights of those before it. */
export const roles = ['viewer', 'editor', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** What an API key may do, each with the rights of those before it: read, start and steer runs, change, administer. */
export const scopes = ['read', 'run', 'write', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** People of the installation itself, apart from any account's roles: operators run it, support looks when let in. */
export const staffRoles = ['support', 'operator'] as const;
export type StaffRole = (typeof staffRoles)[number];

/** A signed-in person. */
export interface Person {
  readonly userId: string;
  readonly sessionId: string;
  readonly email: string;
  readonly name: string;
  readonly staff: StaffRole | null;
}

/** Who asks. What a caller may do is said by the access table alone. */
export interface Caller {
  readonly kind: 'visitor' | 'key' | 'person' | 'partner' | 'support';
  /** The account whose objects are meant; empty where there is none, and then no row of any account is seen. */
  readonly accountId: AccountId;
  /** For the audit log and for `opened_by`: a name people know. */
  readonly name: string;
  /** `key:<public id>`, `person:<user id>`, `support:<user id>`, `partner:<user id>` or `visitor`. */
  readonly actor: string;
  /** The partner's own account, or who made the support link; for the audit log. */
  readonly onBehalfOf: string | null;
  /** The same as a name that people know: the servicing company's, or the address of who made the support link. */
  readonly onBehalfOfName: string | null;
  /** During a support visit, when it ends at the latest. */
  readonly visitEndsAt: Date | null;
  /** Of a member of the account. */
  readonly role: Role | null;
  /** Of an API key. */
  readonly scopes: readonly Scope[];
  readonly person: Person | null;
  /** The person's own choice; else the request's Accept-Language counts. */
  readonly language: string | null;
}

export const visitor: Caller = {
  kind: 'visitor',
  accountId: '',
  name: 'visitor',
  actor: 'visitor',
  onBehalfOf: null,
  onBehalfOfName: null,
  visitEndsAt: null,
  role: null,
  scopes: [],
  person: null,
  language: null,
};
