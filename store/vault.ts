import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Failure } from '../core/failures.js';
import type { JsonValue } from '../core/json.js';
import type { AccountId, Store, Tx } from './database.js';

const nonceBytes = 12;
const tagBytes = 16;

/** The installation's master keys: the first wraps, all of them unwrap (rotation). Each is 32 random bytes. */
export class MasterKeys {
  readonly #wrapping = new Map<string, Buffer>();
  readonly #masters = new Map<string, Buffer>();
  readonly currentId: string;
  readonly #current: Buffer;

  constructor(current: Buffer, previous: readonly Buffer[] = []) {
    for (const key of [...previous, current]) {
      this.#wrapping.set(keyId(key), derive(key, 'vault'));
      this.#masters.set(keyId(key), key);
    }
    this.currentId = keyId(current);
    this.#current = current;
  }

  wrappingKey(id: string): Buffer | undefined {
    return this.#wrapping.get(id);
  }

  /** A key for another purpose (payload codec, code hashes), never the vault's own. */
  derived(purpose: string): Buffer {
    return derive(this.#current, purpose);
  }

  /** The same of the master key with this id, current or previous; undefined where that key is not here. */
  derivedOf(id: string, purpose: string): Buffer | undefined {
    const master = this.#masters.get(id);
    return master === undefined ? undefined : derive(master, purpose);
  }
}

function keyId(key: Buffer): string {
  return createHash('sha256').update('pipewright key id').update(key).digest('hex').slice(0, 16);
}

function derive(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, 'pipewright', purpose, 32));
}

/** AES-256-GCM: nonce, ciphertext, tag. `aad` binds the text to its place, so that rows cannot be swapped. */
export function seal(key: Buffer, aad: string, plain: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(aad));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function open(key: Buffer, aad: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(aad));
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes)), decipher.final()]);
}

/**
 * Envelope encryption of what an account keeps: each account has data keys of its own, wrapped by the master key.
 * A sealed value begins with its data key's number; `aad` is account + table + row + field.
 */
export class Vault {
  readonly #keys = new Map<string, Buffer>();
  readonly #newest = new Map<AccountId, number>();

  constructor(
    readonly store: Store,
    readonly masterKeys: MasterKeys,
  ) {}

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
        .where('master_key_id', '<>', this.masterKeys.currentId)
        .execute();
      for (const row of rows) {
        const plain = this.#unwrap(accountId, row.id, row.wrapped, row.master_key_id);
        await tx
          .updateTable('data_key')
          .set({ wrapped: this.#wrap(accountId, row.id, plain), master_key_id: this.masterKeys.currentId })
          .where('account_id', '=', accountId)
          .where('id', '=', row.id)
          .execute();
      }
      return rows.length;
    });
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
      .values({ account_id: accountId, id: 1, wrapped, master_key_id: this.masterKeys.currentId })
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
    const key = this.masterKeys.wrappingKey(this.masterKeys.currentId);
    if (key === undefined) throw unreadable(`data key ${id}`, undefined);
    return seal(key, `${accountId}|data_key|${id}`, plain);
  }

  #unwrap(accountId: AccountId, id: number, wrapped: Buffer, masterKeyId: string): Buffer {
    const key = this.masterKeys.wrappingKey(masterKeyId);
    if (key === undefined) throw unreadable(`data key ${id}`, undefined);
    try {
      return open(key, `${accountId}|data_key|${id}`, wrapped);
    } catch (error) {
      throw unreadable(`data key ${id}`, error);
    }
  }
}

async function newestKey(tx: Tx): Promise<number | undefined> {
  const row = await tx.selectFrom('data_key').select('id').orderBy('id', 'desc').executeTakeFirst();
  return row?.id;
}

function unreadable(place: string, cause: unknown): Failure {
  return new Failure('vault/unreadable', {
    message: `The encrypted value \`${place}\` cannot be read.`,
    hint: 'Start with the MASTER_KEY it was written under, or name that key in MASTER_KEY_PREVIOUS.',
    cause,
  });
}
