import type { Registry } from 'prom-client';
import type { TariffBook } from '../billing/tariff-book.js';
import type { Connector, OpenConnection } from '../connectors/kit/index.js';
import type { ConnectionRow } from '../store/connections.js';
import type { AccountId, Store } from '../store/database.js';
import type { Vault } from '../store/vault.js';
import type { NotableEvent } from '../telemetry/events.js';
import type { Limits } from './access/limits.js';
import type { RequestRules } from './access/request-limits.js';
import type { Identity } from './identity/library.js';

/** What the API needs of the world; built once by the server's starting point. */
export interface ApiContext {
  readonly store: Store;
  readonly vault: Vault;
  /** The sign-in library, spoken to by our own routes alone. */
  readonly identity: Identity;
  /** Counters shared by all servers. */
  readonly limits: Limits;
  /** Requests that one server takes; the documented figures when absent. */
  readonly requestRules?: RequestRules;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly tariffs: TariffBook;
  /** Opens a stored connection by name or uuid; close it when done. */
  openConnection(accountId: AccountId, nameOrId: string): Promise<OpenedForApi>;
  readonly telemetry: { readonly registry: Registry; emit(event: NotableEvent): void };
  /** The address people and vendors use, an origin without a slash; `isSet` when an operator named it. */
  readonly publicUrl: { readonly origin: string; readonly isSet: boolean };
  /** Origins besides the public one that may speak to this server (loopback spellings). */
  readonly localOrigins: readonly string[];
  /** Networks of the proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly session: { readonly idleMinutes: number; readonly absoluteHours: number };
  readiness(): Promise<Readiness>;
  readonly version: string;
  /** Ends when the server stops: streams of events close then. */
  readonly stopping: AbortSignal;
}

export interface OpenedForApi {
  readonly row: ConnectionRow;
  readonly connector: Connector;
  readonly connection: OpenConnection;
}

/** One sentence for each part that is not as it should be; empty when all is well. */
export interface Readiness {
  readonly database: boolean;
  readonly temporal: boolean;
  readonly workers: boolean;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}
