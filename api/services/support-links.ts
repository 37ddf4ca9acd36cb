import { randomBytes } from 'node:crypto';
import {
  addSupportLink,
  hashOfToken,
  leaveVisit,
  listSupportLinks,
  listVisits,
  openSupportLink,
  type SupportLinkRow,
  type Visitor,
  withdrawSupportLink,
} from '../../store/support-links.js';
import { unauthenticated } from '../access/authorise.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';

/** The link is in this answer and nowhere else; its secret stands behind `#`, which browsers send to nobody. */
export async function create(context: ApiContext, caller: Caller) {
  const token = randomBytes(32).toString('base64url');
  const row = await context.store.account(caller.accountId, (tx) =>
    addSupportLink(tx, { accountId: caller.accountId, tokenHash: hashOfToken(token), createdBy: caller.name }),
  );
  return { ...shown(row), token, url: `${context.publicUrl.origin}/support#${token}` };
}

export async function listAll(context: ApiContext, caller: Caller) {
  const rows = await context.store.account(caller.accountId, listSupportLinks);
  return { items: rows.map(shown), next: null };
}

export async function withdraw(context: ApiContext, caller: Caller, id: string): Promise<void> {
  const keys = context.vault.keys;
  await context.store.account(caller.accountId, (tx) => withdrawSupportLink(tx, keys, id, caller.name));
}

export async function open(context: ApiContext, caller: Caller, token: string, requestId: string) {
  return openSupportLink(context.store, context.vault.keys, token, visitorOf(caller), requestId);
}

export async function visits(context: ApiContext, caller: Caller) {
  return { items: await listVisits(context.store, visitorOf(caller).sessionId), next: null };
}

export async function leave(context: ApiContext, caller: Caller, id: string): Promise<void> {
  await leaveVisit(context.store, context.vault.keys, id, visitorOf(caller));
}

function visitorOf({ person }: Caller): Visitor {
  if (person === null) throw unauthenticated();
  return { email: person.email, sessionId: person.sessionId };
}

export const linkStates = ['open', 'visiting', 'over', 'expired', 'withdrawn'] as const;

function shown(row: SupportLinkRow) {
  return { ...row, state: stateOf(row, new Date()) };
}

function stateOf(row: SupportLinkRow, now: Date): (typeof linkStates)[number] {
  if (row.withdrawnAt !== null) return 'withdrawn';
  if (row.endsAt !== null) return row.endsAt > now ? 'visiting' : 'over';
  return row.expiresAt > now ? 'open' : 'expired';
}
