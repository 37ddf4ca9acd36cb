import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Store } from './database.js';
import { derive, keyIdOf, type MasterKeys, openWrapped, wrap } from './vault-keys.js';

/**
 * The installation's own keys, random and kept wrapped by the master key: what they protect (histories, letters, the
 * audit log, sessions) stays as it is when the master key changes. The newest writes, all of them read; what an earlier
 * release wrote under a master key itself is read with that one.
 */
export class InstallationKeys {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly currentId: string;

  /** `keys`: by their ids, the newest last. */
  constructor(
    keys: ReadonlyMap<string, Buffer>,
    readonly masterKeys: MasterKeys,
  ) {
    this.#keys = keys;
    this.currentId = [...keys.keys()].at(-1) ?? '';
  }

  /** A key for one purpose: payloads, sessions, mail, audit, links of requests. */
  derived(purpose: string): Buffer {
    const key = this.derivedOf(this.currentId, purpose);
    if (key === undefined) throw new Error('There is no installation key.');
    return key;
  }

  /** The same of the key with this id; undefined where that key is not here. */
  derivedOf(id: string, purpose: string): Buffer | undefined {
    const key = this.#keys.get(id);
    return key === undefined ? this.masterKeys.derivedOf(id, purpose) : derive(key, purpose);
  }

  /** Ids of all keys that can be read with, the current one first. */
  get ids(): readonly string[] {
    return [...[...this.#keys.keys()].reverse(), ...this.masterKeys.ids];
  }
}

/** Unwraps the keys, makes the first one, and wraps anew what a former master key wraps. */
export async function openInstallationKeys(store: Store, masterKeys: MasterKeys): Promise<InstallationKeys> {
  const rows = await store.system(async (tx) => {
    const read = () => tx.selectFrom('installation_key').selectAll().orderBy('created_at').orderBy('id').execute();
    const found = await read();
    if (found.length > 0) return found;
    // One of several processes that begin together makes it.
    await sql`lock table installation_key in share row exclusive mode`.execute(tx);
    if ((await read()).length === 0) {
      const key = randomBytes(32);
      const id = keyIdOf(key);
      await tx
        .insertInto('installation_key')
        .values({ id, wrapped: wrap(masterKeys, placeOf(id), key), master_key_id: masterKeys.currentId })
        .execute();
    }
    return read();
  });
  const keys = new Map<string, Buffer>();
  for (const row of rows) {
    const key = openWrapped(masterKeys, placeOf(row.id), row.wrapped, row.master_key_id);
    keys.set(row.id, key);
    if (row.master_key_id === masterKeys.currentId) continue;
    await store.system((tx) =>
      tx
        .updateTable('installation_key')
        .set({ wrapped: wrap(masterKeys, placeOf(row.id), key), master_key_id: masterKeys.currentId })
        .where('id', '=', row.id)
        .execute(),
    );
  }
  return new InstallationKeys(keys, masterKeys);
}

function placeOf(id: string): string {
  return `installation_key|${id}`;
}
