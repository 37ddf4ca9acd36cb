import type { SandboxClock } from '../kit/clock.js';
import type { Random } from '../kit/random.js';

/** An incoming webhook: a secret in the address that stands for a user and some scopes. */
export interface WebhookKey {
  readonly id: string;
  userId: number;
  secret: string;
  scopes: readonly string[];
  /** Sandbox milliseconds after which it is refused; undefined = never. */
  expiresAt?: number;
}

export const allScopes: readonly string[] = [
  'crm',
  'user',
  'task',
  'tasks',
  'catalog',
  'disk',
  'placement',
  'userfieldconfig',
];

/** The incoming webhooks of the portal. */
export class Keys {
  readonly #clock: SandboxClock;
  readonly #random: Random;
  #keys: WebhookKey[] = [];
  #lastId = 0;

  constructor(clock: SandboxClock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  make(userId: number, scopes: readonly string[] = allScopes, expiresInS?: number): WebhookKey {
    this.#lastId += 1;
    const key: WebhookKey = { id: String(this.#lastId), userId, secret: this.#newSecret(), scopes };
    if (expiresInS !== undefined) key.expiresAt = this.#clock.now() + expiresInS * 1000;
    this.#keys.push(key);
    return key;
  }

  /** What happens when someone edits the webhook of another: a new secret, and the editor owns it. */
  rotate(id: string, ownerId?: number): WebhookKey | undefined {
    const key = this.#keys.find((one) => one.id === id);
    if (key === undefined) return undefined;
    key.secret = this.#newSecret();
    key.userId = ownerId ?? key.userId;
    return key;
  }

  remove(id: string): boolean {
    const left = this.#keys.filter((key) => key.id !== id);
    const isRemoved = left.length < this.#keys.length;
    this.#keys = left;
    return isRemoved;
  }

  /** The living webhook of this address. */
  find(userId: string, secret: string): WebhookKey | undefined {
    const key = this.#keys.find((one) => one.secret === secret && String(one.userId) === userId);
    return key?.expiresAt !== undefined && key.expiresAt <= this.#clock.now() ? undefined : key;
  }

  all(): readonly WebhookKey[] {
    return this.#keys;
  }

  #newSecret(): string {
    return this.#random.hex(16);
  }
}
