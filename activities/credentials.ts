import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Credentials } from '../connectors/kit/index.js';
import { Failure } from '../core/failures.js';
import { type JsonObject, stableStringify } from '../core/json.js';
import { endRenewal, readSecret, type StoredSecret, storeRenewed, takeRenewal } from '../store/connections.js';
import type { AccountId, Store } from '../store/database.js';
import type { Vault } from '../store/vault.js';

const lookAgainMs = 100;
const longestWaitMs = 35_000;

/**
 * A connection's secret, opened at use. `renew` runs under a lease row with compare-and-swap on the revision, so that
 * single-use refresh tokens are used once, however many workers meet the same expiry (D27).
 */
export class StoredCredentials implements Credentials {
  constructor(
    readonly store: Store,
    readonly vault: Vault,
    readonly accountId: AccountId,
    readonly connectionId: string,
  ) {}

  async read(): Promise<JsonObject> {
    return (await this.#stored()).secret;
  }

  async renew(seen: JsonObject, renew: (current: JsonObject) => Promise<JsonObject>): Promise<JsonObject> {
    const holder = randomUUID();
    const endsAt = performance.now() + longestWaitMs;
    while (performance.now() < endsAt) {
      const stored = await this.#stored();
      if (stableStringify(stored.secret) !== stableStringify(seen)) return stored.secret;
      const isMine = await this.store.account(this.accountId, (tx) =>
        takeRenewal(tx, this.connectionId, holder, stored.revision),
      );
      if (isMine) return this.#renewAs(holder, stored, renew);
      await delay(lookAgainMs);
    }
    throw new Failure('connection/reconnect_needed', {
      message: 'The credentials of this connection could not be renewed in time.',
      hint: 'Try again; if this repeats, connect the account again.',
    });
  }

  async #renewAs(
    holder: string,
    stored: StoredSecret,
    renew: (current: JsonObject) => Promise<JsonObject>,
  ): Promise<JsonObject> {
    try {
      const next = await renew(stored.secret);
      const isStored = await this.store.account(this.accountId, (tx) =>
        storeRenewed(tx, this.vault, this.accountId, this.connectionId, stored.revision, next),
      );
      return isStored ? next : await this.read();
    } finally {
      await this.store.account(this.accountId, (tx) => endRenewal(tx, this.connectionId, holder));
    }
  }

  #stored(): Promise<StoredSecret> {
    return this.store.account(this.accountId, (tx) => readSecret(tx, this.vault, this.accountId, this.connectionId));
  }
}
