import {
  type AuditFilter,
  type AuditRow,
  type AuditVerdict,
  installationAccount,
  listAudit,
  listAuditedAccounts,
  verifyAudit,
} from '../../store/audit.js';
import type { AccountId } from '../../store/database.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf } from '../http/paging.js';

export interface AuditQuery extends PageQuery {
  readonly actor?: string;
  readonly action?: string;
  readonly object?: string;
  readonly requestId?: string;
  readonly from?: string;
  readonly to?: string;
}

const placeForm = /^[0-9]{1,15}$/;

export async function listLines(context: ApiContext, accountId: AccountId, query: AuditQuery) {
  const limit = limitOf(query);
  const after = afterOf(query, placeForm);
  const filter: AuditFilter = {
    ...query,
    from: timeOf(query.from),
    to: timeOf(query.to),
    before: after === null ? undefined : Number(after),
  };
  const rows = await context.store.account(accountId, (tx) => listAudit(tx, filter, limit + 1));
  const page = pageOf(rows, limit, (last) => String(last.seq));
  return { ...page, items: page.items.map(shown) };
}

/** A day that its month does not have becomes one that there is. */
function timeOf(text: string | undefined): string | undefined {
  const time = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}

function shown({ keyId: _keyId, at, ...row }: AuditRow) {
  return { ...row, at: `${at}Z` };
}

export async function verify(context: ApiContext, accountId: AccountId) {
  return verdict(await verifyAudit(context.store, context.vault.keys, accountId));
}

/** Every chain there is, the installation's own first; the first broken line of the first broken one. */
export async function verifyAll(context: ApiContext) {
  let lines = 0;
  for (const accountId of await listAuditedAccounts(context.store)) {
    const found = await verifyAudit(context.store, context.vault.keys, accountId);
    if (found.problem !== null) return { ...verdict(found), accountId };
    lines += found.lines;
  }
  return { isWhole: true, lines, brokenAt: null, problem: null, accountId: null };
}

export { installationAccount };

function verdict({ lines, brokenAt, problem }: AuditVerdict) {
  return { isWhole: problem === null, lines, brokenAt, problem };
}
