import { Failure } from '../../core/failures.js';
import { countByTariff, findAccountName, listAccountLines } from '../../store/account-list.js';
import { writeAudit } from '../../store/audit.js';
import { actorOf } from '../access/audit.js';
import type { Caller } from '../access/caller.js';
import type { ApiContext } from '../context.js';
import { afterOf, limitOf, type PageQuery, pageOf, uuidForm } from '../http/paging.js';
import { accountTariff, listTariffs, requireTariff, setAccountTariff } from './tariffs.js';

export interface AccountsQuery extends PageQuery {
  readonly search?: string;
  readonly tariff?: string;
}

export async function listAccounts(context: ApiContext, { search, tariff, ...query }: AccountsQuery) {
  const limit = limitOf(query);
  const before = afterOf(query, uuidForm);
  const rows = await context.store.system((tx) =>
    listAccountLines(tx, { search: search?.trim() || undefined, tariff, before, limit: limit + 1 }),
  );
  const page = pageOf(rows, limit, (last) => last.id);
  const items = page.items.map((row) => ({ ...row, limits: context.tariffs.of(row.tariff).limits }));
  return { ...page, items };
}

/** All tariffs with how many accounts have each, also those whose file was removed. */
export async function tariffsInUse(context: ApiContext, language: string) {
  const counts = await context.store.system(countByTariff);
  const { ofNewAccounts } = context.tariffs;
  const items = listTariffs(context, language).items.map((tariff) => ({
    ...tariff,
    accounts: counts.get(tariff.name) ?? 0,
    isForNewAccounts: tariff.name === ofNewAccounts,
  }));
  return { items, next: null };
}

export async function oneAccount(context: ApiContext, accountId: string, language: string) {
  const name = await nameOf(context, accountId);
  return { id: accountId, name, ...(await accountTariff(context, accountId, language)) };
}

/** By the same rule as an owner's own choice. The account's log says who did it, besides the installation's. */
export async function assignTariff(
  context: ApiContext,
  caller: Caller,
  accountId: string,
  tariff: string,
  language: string,
) {
  const name = await nameOf(context, accountId);
  await requireTariff(context, accountId, tariff);
  const line = { ...actorOf(caller), accountId, action: 'tariff.assigned', object: tariff };
  await writeAudit(context.store, context.vault.keys, line);
  await setAccountTariff(context, accountId, tariff);
  return { id: accountId, name, ...(await accountTariff(context, accountId, language)) };
}

async function nameOf(context: ApiContext, id: string): Promise<string> {
  const name = await context.store.system((tx) => findAccountName(tx, id));
  if (name !== null) return name;
  throw new Failure('api/not_found', { message: `There is no account \`${id}\`.`, hint: 'List them.' });
}
