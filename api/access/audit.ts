import { type AuditLine, installationAccount, writeAudit } from '../../store/audit.js';
import type { AccountId } from '../../store/database.js';
import type { ApiContext } from '../context.js';
import { isAllowed } from './authorise.js';
import type { Caller } from './caller.js';
import type { Access } from './table.js';

/** What a line may be made of: everything here was checked against the route's schemas. */
export interface AuditedRequest {
  readonly params: Readonly<Record<string, unknown>>;
  readonly body: unknown;
}

type Told = Pick<ApiContext, 'store' | 'vault'>;

/** Path parameters that are themselves a secret; they never reach the log. */
const secretParams = new Set(['token', 'secret', 'code', 'state']);

/** Who acts, as the log shows it: names that people know; the ids that never change stand in the details. */
export function actorOf(caller: Caller): Pick<AuditLine, 'actor' | 'onBehalfOf' | 'details'> {
  if (caller.person === null) {
    return { actor: caller.actor, onBehalfOf: null, ...(caller.kind === 'key' && { details: { key: caller.name } }) };
  }
  return {
    actor: `${caller.kind}:${caller.person.email}`,
    onBehalfOf: caller.onBehalfOfName ?? caller.onBehalfOf,
    details: { user: caller.person.userId },
  };
}

/** The account whose log gets the line; what somebody does as staff stands in the installation's own. */
function auditedAccount(caller: Caller, access: Access): AccountId {
  const { staff: _staff, ...ownWays } = access;
  const isOwn = caller.accountId !== '' && isAllowed(caller, ownWays);
  return isOwn ? caller.accountId : installationAccount;
}

export function lineOf(caller: Caller, access: Access, action: string, requestId: string): AuditLine {
  return { accountId: auditedAccount(caller, access), ...actorOf(caller), action, requestId };
}

/** Path parameters, then what the row says of the body. */
export function objectOf(access: Access, request: AuditedRequest): string | null {
  const params = Object.entries(request.params)
    .filter(([name]) => !secretParams.has(name))
    .map(([, value]) => String(value));
  const own = access.auditObject?.(request) ?? null;
  const parts = own === null ? params : [...params, own];
  return parts.length === 0 ? null : parts.join(' ');
}

/**
 * Runs the work of an audited route: its line is written first, and without the line there is no work. A refusal
 * afterwards gets a line of its own.
 */
export async function audited<T>(
  context: Told,
  line: AuditLine,
  codeOf: (error: unknown) => string,
  work: () => Promise<T>,
): Promise<T> {
  const keys = context.vault.keys;
  await writeAudit(context.store, keys, line);
  try {
    return await work();
  } catch (error) {
    const refused = { ...line, action: `${line.action}.refused`, details: { ...line.details, code: codeOf(error) } };
    await writeAudit(context.store, keys, refused).catch(() => undefined);
    throw error;
  }
}

const looksKept = 5_000;

/** What support looks at during a visit: one line for each place and minute, before the answer. */
export class SupportLooks {
  readonly #noted = new Map<string, number>();

  async note(context: Told, line: AuditLine, nowMs: number): Promise<void> {
    const minute = Math.floor(nowMs / 60_000);
    const place = [line.accountId, line.actor, line.action, line.object, line.details?.route].join('|');
    if (this.#noted.get(place) === minute) return;
    await writeAudit(context.store, context.vault.keys, line);
    if (this.#noted.size >= looksKept) this.#noted.clear();
    this.#noted.set(place, minute);
  }
}
