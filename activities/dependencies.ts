import type { TariffBook } from '../billing/tariff-book.js';
import type { Connector, HttpClient } from '../connectors/kit/index.js';
import type { JsonObject } from '../core/json.js';
import type { AccountId, Store } from '../store/database.js';
import type { Vault } from '../store/vault.js';
import type { TransferEvents } from './transfer/flow-environment.js';

/** Who asks: webhooks before polls before backfills, where a vendor's budget is short. */
export type Priority = 'webhook' | 'poll' | 'backfill';

/** What a guarded HTTP client is made for: one connection, its hosts and its budgets. */
export interface HttpBinding {
  readonly accountId: AccountId;
  readonly connectionId: string;
  readonly hosts: readonly string[];
  readonly limits: ReturnType<Connector['limits']>;
  readonly priority: Priority;
}

/** Everything that activities need of the world, built once by `worker.ts`. */
export interface Dependencies {
  readonly store: Store;
  readonly vault: Vault;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly tariffs: TariffBook;
  readonly events: TransferEvents;
  http(binding: HttpBinding): HttpClient;
  /** Resolves and checks an address for connectors that open sockets themselves (postgres). */
  resolveHost(host: string, port: number): Promise<{ address: string; port: number }>;
  /** Turns a configured path into an allowed absolute one; throws `egress/address_refused`. */
  resolvePath(path: string): string;
  /** Settings of the slices; tests make them smaller. */
  readonly slices: SliceSettings;
}

export interface SliceSettings {
  readonly budgetMs: number;
  /** The most; fewer where each page under way could be one in doubt. */
  readonly pagesInFlight: number;
}

export const defaultSlices: SliceSettings = { budgetMs: 8_000, pagesInFlight: 8 };

export type { JsonObject };
