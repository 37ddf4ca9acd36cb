import type { Registry } from 'prom-client';
import type { TariffBook } from '../billing/tariff-book.js';
import type { Connector, HttpClient, OpenConnection } from '../connectors/kit/index.js';
import type { JsonObject } from '../core/json.js';
import type { ConnectionRow } from '../store/connections.js';
import type { AccountId, Store } from '../store/database.js';
import type { Vault } from '../store/vault.js';
import type { NotableEvent } from '../telemetry/events.js';
import type { Limits } from './access/limits.js';
import type { RequestRules } from './access/request-limits.js';
import type { KnownDevices } from './identity/known-devices.js';
import type { Identity } from './identity/library.js';
import type { AccountLetters } from './services/letters.js';

/** What the API needs of the world; built once by the server's starting point. */
export interface ApiContext {
  readonly store: Store;
  readonly vault: Vault;
  /** The sign-in library, spoken to by our own routes alone. */
  readonly identity: Identity;
  /** Letters about accounts and people, queued within a transaction of the second role. */
  readonly letters: AccountLetters;
  /** Browsers that somebody signed in from before. */
  readonly devices: KnownDevices;
  /** Counters shared by all servers. */
  readonly limits: Limits;
  /** Requests that one server takes; the documented figures when absent. */
  readonly requestRules?: RequestRules;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly tariffs: TariffBook;
  /** Where answers to requests go, each with its own mark; undefined where mail is not taken. */
  readonly mailReplyAddress: string | undefined;
  /** How people reach those who run the installation. */
  readonly contacts: {
    readonly email: string | undefined;
    readonly phone: string | undefined;
    readonly company: string | undefined;
  };
  /** Throws `egress/address_refused` where an outgoing webhook may not go. */
  checkOutgoing(url: string): Promise<void>;
  /** Opens a stored connection by name or uuid; close it when done. */
  openConnection(accountId: AccountId, nameOrId: string): Promise<OpenedForApi>;
  /** Opens what is not stored yet, to try it; close it when done. */
  tryConnection(accountId: AccountId, trial: Trial): TriedConnection;
  /** The guarded client that speaks to the hosts of these settings and nobody else. */
  vendorHttp(accountId: AccountId, connector: Connector, settings: JsonObject): HttpClient;
  readonly telemetry: { readonly registry: Registry; emit(event: NotableEvent): void };
  /** The address people and vendors use, an origin without a slash; `isSet` when an operator named it. */
  readonly publicUrl: { readonly origin: string; readonly isSet: boolean };
  /** Origins besides the public one that may speak to this server (loopback spellings). */
  readonly localOrigins: readonly string[];
  /** Networks of the proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly session: { readonly idleMinutes: number; readonly absoluteHours: number };
  /** Where the built web pages stand; null where they are not built. */
  readonly cabinetFolder: string | null;
  /** Connections to the sandboxes that run beside this installation. */
  sandboxes(): readonly SandboxOffer[];
  readiness(): Promise<Readiness>;
  readonly version: string;
  /** Ends when the server stops: streams of events close then. */
  readonly stopping: AbortSignal;
}

/** What a connection to a sandbox is made of. */
export interface SandboxOffer {
  readonly name: string;
  readonly connector: string;
  readonly settings: JsonObject;
  readonly secret: JsonObject;
}

export interface OpenedForApi {
  readonly row: ConnectionRow;
  readonly connector: Connector;
  readonly connection: OpenConnection;
}

/** Credentials and settings that somebody has just typed. */
export interface Trial {
  readonly connector: Connector;
  readonly settings: JsonObject;
  readonly secret: JsonObject | null;
}

export interface TriedConnection {
  readonly connection: OpenConnection;
  /** The secret as it is after use: signing in may have added tokens to it. */
  secret(): JsonObject | null;
}

/** One sentence for each part that is not as it should be; empty when all is well. */
export interface Readiness {
  readonly database: boolean;
  readonly temporal: boolean;
  readonly workers: boolean;
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}
