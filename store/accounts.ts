import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';

/** The installation's first account, made at the first start; its uuid never changes. */
export async function ensureFirstAccount(store: Store, name: string): Promise<AccountId> {
  return store.system(async (tx) => {
    const found = await tx
      .selectFrom('installation')
      .select('value')
      .where('name', '=', 'first_account')
      .executeTakeFirst();
    if (typeof found?.value === 'string') return found.value;
    const id = await addAccount(tx, { name, tariff: 'unlimited' });
    await tx
      .insertInto('installation')
      .values({ name: 'first_account', value: JSON.stringify(id) })
      .execute();
    return id;
  });
}

/** An account, and the organisation of the sign-in library that has its id. */
export async function addAccount(
  tx: Tx,
  account: { readonly name: string; readonly tariff: string; readonly id?: AccountId },
): Promise<AccountId> {
  const id = account.id ?? uuidv7();
  await tx
    .insertInto('account')
    .values({
      id,
      name: account.name,
      tariff: account.tariff,
      next_tariff: null,
      taken_over_at: null,
      deleted_at: null,
    })
    .execute();
  await tx
    .insertInto('auth.organization')
    .values({ id, name: account.name, slug: id, createdAt: new Date() })
    .execute();
  return id;
}

/** An account that begins with one owner. */
export async function addOwnedAccount(tx: Tx, userId: string, name: string, tariff: string): Promise<AccountId> {
  const id = await addAccount(tx, { name, tariff });
  await tx
    .insertInto('auth.member')
    .values({ id: uuidv7(), organizationId: id, userId, role: 'owner', createdAt: new Date() })
    .execute();
  return id;
}

export async function renameAccount(tx: Tx, id: AccountId, name: string): Promise<void> {
  await tx.updateTable('account').set({ name }).where('id', '=', id).execute();
  await tx.updateTable('auth.organization').set({ name }).where('id', '=', id).execute();
}

export async function readNote(store: Store, name: string): Promise<JsonValue | undefined> {
  const row = await store.system((tx) =>
    tx.selectFrom('installation').select('value').where('name', '=', name).executeTakeFirst(),
  );
  return row?.value;
}

export async function writeNote(store: Store, name: string, value: JsonValue): Promise<void> {
  await store.system((tx) =>
    tx
      .insertInto('installation')
      .values({ name, value: JSON.stringify(value) })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: JSON.stringify(value) }))
      .execute(),
  );
}
