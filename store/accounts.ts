import { v7 as uuidv7 } from 'uuid';
import type { JsonValue } from '../core/json.js';
import type { AccountId, Store } from './database.js';

/** The installation's first account, made at the first start; its uuid never changes. */
export async function ensureFirstAccount(store: Store, name: string): Promise<AccountId> {
  return store.system(async (tx) => {
    const found = await tx
      .selectFrom('installation')
      .select('value')
      .where('name', '=', 'first_account')
      .executeTakeFirst();
    if (typeof found?.value === 'string') return found.value;
    const id = uuidv7();
    await tx.insertInto('account').values({ id, name }).execute();
    await tx
      .insertInto('installation')
      .values({ name: 'first_account', value: JSON.stringify(id) })
      .execute();
    return id;
  });
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
