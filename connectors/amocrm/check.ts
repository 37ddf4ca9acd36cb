import { isJsonObject, type JsonObject } from '../../core/json.js';
import type { CheckReport } from '../kit/index.js';
import type { Account } from './account.js';

/** Two calls: the account, and the rights of the user whom the token belongs to. */
export async function check(account: Account, signal: AbortSignal): Promise<CheckReport> {
  account.forget();
  const card = await account.card(signal);
  const rights = card.userId === null ? null : await rightsOf(account, card.userId, signal);
  const found = [`read account ${card.id}`];
  const missing: string[] = [];
  if (rights?.is_admin === true) found.push('administrator: fields and webhooks can be made');
  else missing.push('administrator, to make fields and webhooks and to read users');
  for (const part of ['leads', 'contacts', 'companies', 'tasks']) {
    const of = rights === null ? null : rights[part];
    if (isJsonObject(of) && of.view === 'D') missing.push(`view ${part}`);
    else if (isJsonObject(of) && (of.add === 'D' || of.edit === 'D')) missing.push(`add and edit ${part}`);
    else if (rights !== null) found.push(`read and write ${part}`);
  }
  if (card.hasFilters) found.push('filters of the API');
  else missing.push('filters of the API: ask the support of amoCRM to enable them, until then searches are slow');
  return { account: card.name, rightsFound: found, rightsMissing: missing };
}

/** Only administrators may look at users. */
async function rightsOf(account: Account, userId: string, signal: AbortSignal): Promise<JsonObject | null> {
  const { client } = account;
  const answer = await client.send({ method: 'GET', path: `/users/${encodeURIComponent(userId)}`, signal });
  if (answer.status === 403 || answer.status === 404) return null;
  const body = client.bodyOf(answer);
  return isJsonObject(body?.rights) ? body.rights : null;
}
