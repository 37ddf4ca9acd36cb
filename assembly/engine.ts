import { type Dependencies, defaultSlices, type SliceSettings } from '../activities/dependencies.js';
import type { TransferEvents } from '../activities/transfer/flow-environment.js';
import type { TariffBook } from '../billing/tariff-book.js';
import type { Service } from '../connectors/http/service.js';
import { createConnectors } from '../connectors/index.js';
import { AllowedPlaces, resolveGuarded } from '../connectors/kit/egress/addresses.js';
import { Egress } from '../connectors/kit/egress/client.js';
import { Pacing } from '../connectors/kit/egress/pacer.js';
import { BudgetRows } from '../store/budgets.js';
import { Store } from '../store/database.js';
import { openInstallationKeys } from '../store/installation-keys.js';
import { Vault } from '../store/vault.js';
import type { MasterKeys } from '../store/vault-keys.js';
import { allowedPaths } from './local-files.js';
import { createOutgoing, type Outgoing } from './outgoing.js';
import { shippedTariffs } from './tariffs.js';

export interface EngineOptions {
  readonly appUrl: string;
  readonly systemUrl: string;
  readonly masterKeys: MasterKeys;
  /** Entries of EGRESS_ALLOW: `host:port` or `host:low-high`. */
  readonly egressAllow: readonly string[];
  /** Folders that local connectors (files) may use. */
  readonly fileFolders: readonly string[];
  readonly services: ReadonlyMap<string, Service>;
  readonly events: TransferEvents;
  readonly slices?: SliceSettings;
  /** Those that ship, when absent. */
  readonly tariffs?: TariffBook;
}

/** The product's parts around one database, shared by server and worker. */
export interface Engine {
  readonly dependencies: Dependencies;
  /** To addresses that customers name: outgoing webhooks. */
  readonly outgoing: Outgoing;
  close(): Promise<void>;
}

/** Fails with `vault/unreadable` where the database was written under another master key. */
export async function buildEngine(options: EngineOptions): Promise<Engine> {
  const store = new Store({ appUrl: options.appUrl, systemUrl: options.systemUrl });
  const keys = await openInstallationKeys(store, options.masterKeys).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const allowed = new AllowedPlaces(options.egressAllow);
  const egress = new Egress(allowed);
  const pacing = new Pacing(new BudgetRows(store));
  const dependencies: Dependencies = {
    store,
    vault: new Vault(store, keys),
    connectors: new Map(createConnectors(options.services).map((connector) => [connector.id, connector])),
    tariffs: options.tariffs ?? shippedTariffs(),
    events: options.events,
    http: (binding) => egress.client({ hosts: binding.hosts, pacer: pacing.pacer(binding.limits, binding.priority) }),
    resolveHost: async (host, port) => ({ address: (await resolveGuarded(host, port, allowed)).address, port }),
    resolvePath: allowedPaths(options.fileFolders),
    slices: options.slices ?? defaultSlices,
  };
  return {
    dependencies,
    outgoing: createOutgoing(egress, allowed),
    close: async () => {
      await egress.close();
      await store.close();
    },
  };
}
