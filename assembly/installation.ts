import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataConverter } from '@temporalio/common';
import { loadMasterKey } from '../runtime/master-key.js';
import { findProjectFolder } from '../runtime/project-folder.js';
import type { EgressRule, Settings } from '../runtime/settings.js';
import type { TemporalTarget } from '../runtime/temporal-connection.js';
import { MasterKeys } from '../store/vault.js';
import type { Telemetry } from '../telemetry/telemetry.js';
import { buildEngine, type Engine } from './engine.js';
import { dataConverter, EncryptionCodec, failureConverterPath } from './payload-codec.js';
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
  const masterKeys = masterKeysOf(settings);
  for (const folder of settings.fileFolders) mkdirSync(folder, { recursive: true, mode: 0o700 });
  const engine = buildEngine({
    ...options.database,
    masterKeys: masterKeys.vault,
    egressAllow: [...settings.egressAllow.map(egressText), ...(options.sandboxes ?? [])],
    fileFolders: settings.fileFolders,
    services: await shippedServices(),
    tariffs: shippedTariffs(settings.defaultTariff),
    events: telemetry,
  });
  return {
    settings,
    telemetry,
    engine,
    temporal: temporal as TemporalAddress,
    converter: dataConverter(masterKeys.codec),
    queue: options.queue,
    close: () => engine.close(),
  };
}

/** Payloads of histories are written under the current key and read under the previous one too. */
function masterKeysOf(settings: Settings): { vault: MasterKeys; codec: EncryptionCodec } {
  const current = settings.masterKey ?? loadMasterKey(settings.dataFolder);
  const previous = settings.masterKeyPrevious;
  const vault = new MasterKeys(current, previous === undefined ? [] : [previous]);
  const codecKey = (keys: MasterKeys) => ({ id: keys.currentId, key: keys.derived('payloads') });
  return {
    vault,
    codec: new EncryptionCodec(codecKey(vault), previous === undefined ? [] : [codecKey(new MasterKeys(previous))]),
  };
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
