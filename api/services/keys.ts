import { addApiKey, listApiKeys, revokeApiKey } from '../../store/api-keys.js';
import type { AccountId } from '../../store/database.js';
import { makeApiKey } from '../access/api-keys.js';
import type { Scope } from '../access/caller.js';
import type { ApiContext } from '../context.js';

export async function listAll(context: ApiContext, accountId: AccountId) {
  return { items: await context.store.account(accountId, listApiKeys), next: null };
}

/** The key's text is in this answer and nowhere else. */
export async function create(
  context: Pick<ApiContext, 'store'>,
  accountId: AccountId,
  request: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt?: string },
) {
  const key = makeApiKey();
  const row = await context.store.account(accountId, (tx) =>
    addApiKey(tx, accountId, {
      publicId: key.publicId,
      secretHash: key.secretHash,
      name: request.name,
      scopes: request.scopes,
      expiresAt: request.expiresAt === undefined ? null : new Date(request.expiresAt),
    }),
  );
  return { ...row, key: key.text };
}

export async function revoke(context: ApiContext, accountId: AccountId, id: string): Promise<void> {
  await context.store.account(accountId, (tx) => revokeApiKey(tx, id));
}
