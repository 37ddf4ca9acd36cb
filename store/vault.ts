import { randomBytes } from 'node:crypto';
import type { JsonValue } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';
import type { InstallationKeys } from './installation-keys.js';
import { type MasterKeys, open, openWrapped, seal, unreadable, wrap } from './vault-keys.js';

/**
 * Envelope encryption of what an account keeps: each account has data keys of its own, wrapped by the master key.
 * A sealed value begins with its data key's number; `aad` is account + table + row + field.
 */
export class Vault {
  readonly #keys = new Map<string, Buffer>();
  readonly #newest = new Map<AccountId, number>();

  constructor(
    readonly store: Store,
    /** For what belongs to no account, or must be read without asking for its data key. */
    readonly keys: InstallationKeys,
  ) {}

  get #masterKeys(): MasterKeys {
    return this.keys.masterKeys;
  }

  async seal(accountId: AccountId, place: string, value: JsonValue): Promise<Buffer> {
    const sealer = await this.sealer(accountId);
    return sealer(place, value);
  }

  /** A synchronous sealer for many values of one account (data path). */
  async sealer(accountId: AccountId): Promise<(place: string, value: JsonValue) => Buffer> {
    const id = this.#newest.get(accountId) ?? (await this.#newestKeyId(accountId));
    const key = await this.#dataKey(accountId, id);
    return (place, value) => {
      const head = Buffer.alloc(4);
      head.writeUInt32BE(id);
      return Buffer.concat([head, seal(key, `${accountId}|${place}`, Buffer.from(JSON.stringify(value)))]);
    };
  }

  /** Throws `vault/unreadable` when the value was altered, moved, or sealed under a master key that is gone. */
  async open(accountId: AccountId, place: string, sealed: Buffer): Promise<JsonValue> {
    const key = await this.#dataKey(accountId, sealed.readUInt32BE(0));
    try {
      return JSON.parse(open(key, `${accountId}|${place}`, sealed.subarray(4)).toString()) as JsonValue;
    } catch (error) {
      throw unreadable(place, error);
    }
  }

  /** Wraps every data key that a previous master key wraps anew under the current one; returns how many. */
  async rewrap(accountId: AccountId): Promise<number> {
    return this.store.account(accountId, async (tx) => {
      const rows = await tx
        .selectFrom('data_key')
        .selectAll()
        .where('master_key_id', '<>', this.#masterKeys.currentId)
        .execute();
      for (const row of rows) {
        const plain = this.#unwrap(accountId, row.id, row.wrapped, row.master_key_id);
        await tx
          .updateTable('data_key')
          .set({ wrapped: this.#wrap(accountId, row.id, plain), master_key_id: this.#masterKeys.currentId })
          .where('account_id', '=', accountId)
          .where('id', '=', row.id)
          .execute();
      }
      return rows.length;
    });
  }

  /**
   * The same for every account; returns how many keys there were. Asks nothing where no former master key is named.
   */
  async rewrapAll(): Promise<number> {
    if (this.#masterKeys.ids.length < 2) return 0;
    const accounts = await this.store.system((tx) => tx.selectFrom('account').select('id').execute());
    let count = 0;
    for (const { id } of accounts) count += await this.rewrap(id);
    return count;
  }

  async #newestKeyId(accountId: AccountId): Promise<number> {
    const id = await this.store.account(
      accountId,
      async (tx) => (await newestKey(tx)) ?? this.#createKey(tx, accountId),
    );
    this.#newest.set(accountId, id);
    return id;
  }

  async #createKey(tx: Tx, accountId: AccountId): Promise<number> {
    const wrapped = this.#wrap(accountId, 1, randomBytes(32));
    await tx
      .insertInto('data_key')
      .values({ account_id: accountId, id: 1, wrapped, master_key_id: this.#masterKeys.currentId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return 1;
  }

  async #dataKey(accountId: AccountId, id: number): Promise<Buffer> {
    const cached = this.#keys.get(`${accountId}|${id}`);
    if (cached !== undefined) return cached;
    const row = await this.store.account(accountId, (tx) =>
      tx.selectFrom('data_key').select(['wrapped', 'master_key_id']).where('id', '=', id).executeTakeFirst(),
    );
    if (row === undefined) throw unreadable(`data key ${id}`, undefined);
    const key = this.#unwrap(accountId, id, row.wrapped, row.master_key_id);
    this.#keys.set(`${accountId}|${id}`, key);
    return key;
  }

  #wrap(accountId: AccountId, id: number, plain: Buffer): Buffer {
    return wrap(this.#masterKeys, placeOf(accountId, id), plain);
  }

  #unwrap(accountId: AccountId, id: number, wrapped: Buffer, masterKeyId: string): Buffer {
    return openWrapped(this.#masterKeys, placeOf(accountId, id), wrapped, masterKeyId);
  }
}

async function newestKey(tx: Tx): Promise<number | undefined> {
  const row = await tx.selectFrom('data_key').select('id').orderBy('id', 'desc').executeTakeFirst();
  return row?.id;
}

function placeOf(accountId: AccountId, id: number): string {
  return `${accountId}|data_key|${id}`;
}
