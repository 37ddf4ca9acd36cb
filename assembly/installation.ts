import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { loadMasterKey } from '../runtime/master-key.js';
import { findProjectFolder } from '../runtime/project-folder.js';
import type { EgressRule, Settings } from '../runtime/settings.js';
import type { TemporalTarget } from '../runtime/temporal-connection.js';
import { MasterKeys } from '../store/vault-keys.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { buildEngine, type Engine } from './engine.js';
import { dataConverter, failureConverterPath, payloadCodec } from './payload-codec.js';
import { shippedServices } from './services.js';
import { shippedTariffs } from './tariffs.js';
import type { TemporalAddress } from './temporal.js';

export interface InstallationOptions {
  readonly settings: Settings;
  readonly telemetry: Telemetry;
  /** Addresses whose sessions work as the product's two roles. */
  readonly database: { readonly appUrl: string; readonly systemUrl: string };
  readonly temporal: TemporalTarget;
  /** Places that connectors may speak to besides EGRESS_ALLOW: sandboxes that the product started. */
  readonly sandboxes?: readonly string[];
  /** Task queue; tests have one each. */
  readonly queue?: string;
}

/** One process's hold on an installation: the engine around the database, and how to speak to Temporal. */
export interface Installation {
  readonly settings: Settings;
  readonly telemetry: Telemetry;
  readonly engine: Engine;
  readonly temporal: TemporalAddress;
  readonly converter: DataConverter;
  readonly queue: string | undefined;
  /** The database last: call it when workers and HTTP have stopped. */
  close(): Promise<void>;
}

export async function openInstallation(options: InstallationOptions): Promise<Installation> {
  const { settings, telemetry, temporal } = options;
  for (const folder of settings.fileFolders) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const engine = await buildEngine({
    ...options.database,
    masterKeys: masterKeysOf(settings),
    egressAllow: [...settings.egressAllow.map(egressText), ...(options.sandboxes ?? [])],
    fileFolders: settings.fileFolders,
    services: await shippedServices(),
    tariffs: shippedTariffs(settings.defaultTariff),
    events: telemetry,
  });
  if (settings.masterKeyPrevious !== undefined) void rewrap(engine, telemetry);
  return {
    settings,
    telemetry,
    engine,
    temporal: temporal as TemporalAddress,
    converter: dataConverter(payloadCodec(engine.dependencies.vault.keys)),
    queue: options.queue,
    close: () => engine.close(),
  };
}

function masterKeysOf(settings: Settings): MasterKeys {
  const previous = settings.masterKeyPrevious;
  return new MasterKeys(
    settings.masterKey ?? loadMasterKey(settings.dataFolder),
    previous === undefined ? [] : [previous],
  );
}

/** After a change of the master key: wraps everything anew, and says when the former key can be left out. */
async function rewrap(engine: Engine, { log }: Telemetry): Promise<void> {
  try {
    const count = await engine.dependencies.vault.rewrapAll();
    log.info({ keys: count }, 'Everything is wrapped by MASTER_KEY; MASTER_KEY_PREVIOUS is needed no more.');
  } catch (error) {
    log.warn({ err: error }, 'Keys are not all wrapped by MASTER_KEY yet; the hourly maintenance goes on.');
  }
}

function egressText({ host, lowPort, highPort }: EgressRule): string {
  return lowPort === highPort ? `${host}:${lowPort}` : `${host}:${lowPort}-${highPort}`;
}

/**
 * The workflow bundle: the one of the build, or, for a program that runs from its sources, one made now (about a second,
 * before anything is served).
 */
export async function ensureWorkflowBundle(dataFolder: string): Promise<string> {
  const project = findProjectFolder();
  const built = join(project, 'dist', 'workflow-bundle.js');
  const isBuilt = import.meta.dirname.startsWith(join(project, 'dist'));
  if (isBuilt && existsSync(built)) return built;
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(project, 'workflows', 'index.ts'),
    failureConverterPath: failureConverterPath(),
    logger: new DefaultLogger('ERROR'),
  });
  const path = join(dataFolder, `workflow-bundle.${process.pid}.js`);
  writeFileSync(path, code, { mode: 0o600 });
  process.once('exit', () => rmSync(path, { force: true }));
  return path;
}
