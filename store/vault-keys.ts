import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { Failure } from '../core/failures.js';

const nonceBytes = 12;
const tagBytes = 16;

/** The installation's master keys: the first wraps, all of them unwrap (rotation). Each is 32 random bytes. */
export class MasterKeys {
  readonly #masters = new Map<string, Buffer>();
  readonly #wrapping = new Map<string, Buffer>();
  readonly currentId: string;

  constructor(current: Buffer, previous: readonly Buffer[] = []) {
    for (const key of [current, ...previous]) {
      this.#wrapping.set(keyIdOf(key), derive(key, 'vault'));
      this.#masters.set(keyIdOf(key), key);
    }
    this.currentId = keyIdOf(current);
  }

  /** The current one first. */
  get ids(): readonly string[] {
    return [...this.#masters.keys()];
  }

  wrappingKey(id: string): Buffer | undefined {
    return this.#wrapping.get(id);
  }

  /** A key for another purpose than wrapping, of the master key with this id; undefined where that key is not here. */
  derivedOf(id: string, purpose: string): Buffer | undefined {
    const master = this.#masters.get(id);
    return master === undefined ? undefined : derive(master, purpose);
  }

  derived(purpose: string): Buffer {
    return this.derivedOf(this.currentId, purpose) as Buffer;
  }
}

export function keyIdOf(key: Buffer): string {
  return createHash('sha256').update('pipewright key id').update(key).digest('hex').slice(0, 16);
}

export function derive(key: Buffer, purpose: string): Buffer {
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

/** Seals a key under the current master key. */
export function wrap(masterKeys: MasterKeys, place: string, key: Buffer): Buffer {
  const wrapping = masterKeys.wrappingKey(masterKeys.currentId);
  if (wrapping === undefined) throw unreadable(place, undefined);
  return seal(wrapping, place, key);
}

/** The key again. Throws `vault/unreadable` where the master key with that id is not here, or the row was altered. */
export function openWrapped(masterKeys: MasterKeys, place: string, wrapped: Buffer, masterKeyId: string): Buffer {
  const wrapping = masterKeys.wrappingKey(masterKeyId);
  if (wrapping === undefined) throw unreadable(place, undefined);
  try {
    return open(wrapping, place, wrapped);
  } catch (error) {
    throw unreadable(place, error);
  }
}

export function unreadable(place: string, cause: unknown): Failure {
  return new Failure('vault/unreadable', {
    message: `The encrypted value \`${place}\` cannot be read.`,
    hint: 'Start with the MASTER_KEY it was written under, or name that key in MASTER_KEY_PREVIOUS.',
    cause,
  });
}
