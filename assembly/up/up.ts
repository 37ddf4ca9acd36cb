import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { isFailure } from '../../core/failures.js';
import { openChildLog } from '../../runtime/child-log.js';
import { type DataFolder, openDataFolder } from '../../runtime/data-folder.js';
import { type Embedded, startEmbedded } from '../../runtime/embedded.js';
import type { RuntimeLog } from '../../runtime/log.js';
import { readSettings, type Settings } from '../../runtime/settings.js';
import { listenToStopSignals } from '../../runtime/stop-signals.js';
import { ensureFirstAccount } from '../../store/accounts.js';
import { migrate } from '../../store/migrate.js';
import { hasOwner } from '../../store/people.js';
import { createLog } from '../../telemetry/log.js';
import { createTelemetry, type Telemetry } from '../../telemetry/telemetry.js';
import { ensureWorkflowBundle, openInstallation } from '../installation.js';
import { ensureKeyFile } from '../key-file.js';
import { startServerHost } from '../server-host.js';
import { quietRuntime } from '../temporal.js';
import { startWorkerHost } from '../worker-host.js';
import { runExamples } from './examples.js';
import { type RunningSandbox, startSandboxes, stopSandboxes } from './sandboxes.js';
import { Screen } from './screen.js';

/** What has been started and how to stop it, in the order of stopping. */
type Stop = () => Promise<void> | void;

/**
 * The whole product in this process: embedded servers, API, worker, sandboxes, the example. Resolves with the exit code
 * when it has stopped; a second start on one data folder tells the first one's address and ends with 0.
 */
export async function startUp(env: NodeJS.ProcessEnv): Promise<number> {
  const settings = readSettings(env);
  const screen = new Screen(process.stdout);
  let folder: DataFolder;
  try {
    folder = await openDataFolder(settings.dataFolder);
  } catch (error) {
    if (!isFailure(error) || error.code !== 'settings/data_folder_in_use') throw error;
    const address = error.details?.address;
    if (typeof address !== 'string') throw error;
    screen.line(`Pipewright runs already: ${address}`);
    return 0;
  }
  const stops: Stop[] = [() => folder.release()];
  const asked = new AbortController();
  const signals = listenToStopSignals(
    (name) => asked.abort(name),
    () => process.exit(1),
  );
  let code = 0;
  try {
    const given = await start(settings, folder, screen, stops, asked.signal);
    given.onLost((name) => {
      screen.line(`${name} keeps ending, so Pipewright stops. See the log: ${given.logPath}`);
      code = 1;
      asked.abort(`${name} is lost`);
    });
    await aborted(asked.signal);
    given.telemetry.emit({ kind: 'process_stopping', reason: String(asked.signal.reason) });
    screen.line('Stopping ...');
  } catch (error) {
    if (!asked.signal.aborted) throw error;
  } finally {
    for (const stop of stops.reverse())
      await Promise.resolve(stop()).catch((error: unknown) => screen.line(String(error)));
    signals.forget();
  }
  screen.line('Stopped.');
  return code;
}

interface Started {
  readonly telemetry: Telemetry;
  readonly logPath: string;
  onLost(listener: (name: string) => void): void;
}

async function start(
  settings: Settings,
  folder: DataFolder,
  screen: Screen,
  stops: Stop[],
  asked: AbortSignal,
): Promise<Started> {
  const isFirst = !existsSync(join(settings.dataFolder, 'api-key'));
  screen.line(isFirst ? 'Pipewright starts for the first time ...' : 'Pipewright starts ...');
  const { telemetry, log, logPath } = openLog(settings, screen);
  const [embedded, sandboxes] = await startServers(settings, log, stops);
  asked.throwIfAborted();
  folder.publish(embedded.state);
  await migrate(embedded.database.ownerUrl);
  const installation = await openInstallation({
    settings,
    telemetry,
    database: {
      appUrl: await embedded.database.urlFor('pipewright_app'),
      systemUrl: await embedded.database.urlFor('pipewright_system'),
    },
    temporal: embedded.temporal,
    sandboxes: sandboxes.map((sandbox) => `127.0.0.1:${sandbox.port}`),
  });
  stops.push(() => installation.close());
  const { store } = installation.engine.dependencies;
  const accountId = await ensureFirstAccount(store, 'demo');
  const key = await ensureKeyFile(store, accountId, settings.dataFolder);
  asked.throwIfAborted();
  quietRuntime();
  const worker = await startWorkerHost(installation, await ensureWorkflowBundle(settings.dataFolder));
  stops.push(() => worker.stop());
  const server = await startServerHost(installation);
  stops.push(() => server.stop());
  asked.throwIfAborted();
  const address = settings.publicUrl ?? server.address;
  stops.push(keepPublished(folder, embedded, server.address));
  screen.line(`Pipewright answers at ${address}`);
  await runExamples({ settings, screen, sandboxes, address: server.address, key, asked });
  const isOwned = await hasOwner(store, accountId);
  if (!asked.aborted) screen.welcome(address, settings.dataFolder, logPath, isOwned);
  return { telemetry, logPath, onLost: (listener) => embedded.onExit(listener) };
}

/** Tells others where everything is, also after a server was started again. */
function keepPublished(folder: DataFolder, embedded: Embedded, address: string): Stop {
  let told = '';
  const publish = (): void => {
    const state = { ...embedded.state, address };
    if (JSON.stringify(state) === told) return;
    told = JSON.stringify(state);
    folder.publish(state);
  };
  publish();
  const timer = setInterval(publish, 1_000);
  return () => clearInterval(timer);
}

async function startServers(
  settings: Settings,
  log: RuntimeLog,
  stops: Stop[],
): Promise<[Embedded, readonly RunningSandbox[]]> {
  const [embedded, sandboxes] = await Promise.allSettled([
    startEmbedded(settings, log),
    startSandboxes(settings.dataFolder, settings.port),
  ]);
  if (embedded.status === 'fulfilled') stops.push(() => embedded.value.stop());
  if (sandboxes.status === 'fulfilled') stops.push(() => stopSandboxes(sandboxes.value));
  if (embedded.status === 'rejected') throw embedded.reason;
  if (sandboxes.status === 'rejected') throw sandboxes.reason;
  return [embedded.value, sandboxes.value];
}

/** Lines go to a file as JSON; what a person must know of the servers also to the terminal. */
function openLog(settings: Settings, screen: Screen): { telemetry: Telemetry; log: RuntimeLog; logPath: string } {
  const logFolder = join(settings.dataFolder, 'log');
  mkdirSync(logFolder, { recursive: true, mode: 0o700 });
  const logPath = join(logFolder, 'pipewright.log');
  const log = createLog(settings.logLevel, pino.destination({ fd: openChildLog(logPath), sync: true }));
  const told = (level: 'info' | 'warn' | 'error') => (message: string) => {
    log[level](message);
    if (level !== 'info' || /download|build|minute/i.test(message)) screen.line(message);
  };
  return {
    telemetry: createTelemetry({ log }),
    log: { info: told('info'), warn: told('warn'), error: told('error') },
    logPath,
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
