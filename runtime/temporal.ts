import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { msToTs } from '@temporalio/common/lib/time.js';
import { Failure } from '../core/failures.js';
import { endOfLog, openChildLog } from './child-log.js';
import { findFreePort, isPortOpen } from './free-port.js';
import type { RuntimeLog } from './log.js';
import { identifyProcess, isSameProcess, type ProcessIdentity } from './process-identity.js';
import { adoptProcess, endProcess, pause, type RunningProcess, type StopSignal, supervise } from './supervisor.js';
import { findTemporalBinary } from './temporal-binary.js';
import { checkTemporal, withTemporal } from './temporal-connection.js';

export interface TemporalOptions {
  /** The data folder; it must exist. The server's file, log and note stand in its folder `temporal`. */
  readonly dataFolder: string;
  readonly namespace: string;
  readonly log: RuntimeLog;
  /** Where the program is looked for; default the process's own environment. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A running Temporal server. The address stays the same when it dies and is started again, and over restarts. */
export interface Temporal {
  readonly address: string;
  readonly namespace: string;
  readonly pid: number;
  /** Whether a server left behind by a killed parent was taken over. */
  readonly isAdopted: boolean;
  stop(): Promise<void>;
  /** Called when it keeps dying and is given up; not called by `stop`. */
  onExit(listener: () => void): void;
}

/** How long finished histories are kept: the file grows no further than what one day holds. */
const retention = '1 day';
const answerLimitMs = 60_000;

const stopSignals: readonly StopSignal[] = [
  { signal: 'SIGTERM', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 2_000 },
];

/** Starts the Temporal dev server of a data folder, or takes over the one that still runs there. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const folder = join(options.dataFolder, 'temporal');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const note = readNote(folder);
  const adopted = note === undefined ? undefined : await adopt(options, note);
  const port = adopted === undefined ? await choosePort(note?.port) : (note?.port ?? 0);
  const target: Target = { options, folder, port, address: `127.0.0.1:${port}` };
  let first = adopted;
  const supervised = await supervise({
    name: 'Temporal',
    log: options.log,
    stopSignals,
    start: async () => {
      const running = first ?? (await launch(target));
      first = undefined;
      return running;
    },
  });
  return {
    address: target.address,
    namespace: options.namespace,
    get pid() {
      return supervised.pid;
    },
    isAdopted: adopted !== undefined,
    stop: () => supervised.stop(),
    onExit: (listener) => supervised.onExit(listener),
  };
}

interface Target {
  readonly options: TemporalOptions;
  readonly folder: string;
  readonly port: number;
  readonly address: string;
  /** Found at the first launch; looked for again when it was removed since. */
  binary?: string;
}

/** What is remembered of the server, so that the next start finds it, or at least its port. */
interface Note extends ProcessIdentity {
  readonly port: number;
}

function readNote(folder: string): Note | undefined {
  try {
    const note = JSON.parse(readFileSync(join(folder, 'server.json'), 'utf8')) as Partial<Note>;
    const { pid, started, port } = note;
    if (typeof pid !== 'number' || typeof started !== 'string' || typeof port !== 'number') return undefined;
    return { pid, started, port };
  } catch {
    return undefined;
  }
}

function writeNote(folder: string, note: Note): void {
  const path = join(folder, 'server.json');
  writeFileSync(`${path}.part`, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

async function adopt({ log, namespace }: TemporalOptions, note: Note): Promise<RunningProcess | undefined> {
  if (!isSameProcess(note)) return undefined;
  const running = adoptProcess(note.pid);
  const answers = checkTemporal({ address: `127.0.0.1:${note.port}`, namespace }, 10_000);
  if (
    await answers.then(
      () => true,
      () => false,
    )
  ) {
    log.info(`Took over the Temporal server that was still running (process ${note.pid}).`);
    return running;
  }
  log.warn(`The Temporal server left behind (process ${note.pid}) does not answer and is stopped.`);
  await endProcess(running, stopSignals);
  return undefined;
}

/** The same port as last time where it is free, since connections of other processes may still look for it there. */
async function choosePort(former: number | undefined): Promise<number> {
  if (former === undefined) return await findFreePort();
  return await findFreePort(former).catch(() => findFreePort());
}

async function launch(target: Target): Promise<RunningProcess> {
  const { options, folder, port } = target;
  if (target.binary === undefined || !existsSync(target.binary)) target.binary = await findTemporalBinary(options);
  const logPath = join(folder, 'server.log');
  const logFile = openChildLog(logPath);
  const child = spawn(target.binary, serverArguments(target), {
    cwd: folder,
    // Nothing of ours: TEMPORAL_* variables and a config file in the home folder would change its behaviour.
    env: { PATH: process.env.PATH, HOME: folder, TZ: 'UTC' },
    stdio: ['ignore', logFile, logFile],
    // A session of its own: Ctrl-C must reach the parent alone, which then stops things in order.
    detached: true,
  });
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  if (identity !== undefined) writeNote(folder, { ...identity, port });
  closeSync(logFile);
  child.unref();
  let isGone = child.pid === undefined;
  const gone = new Promise<void>((resolve) => {
    const end = (): void => {
      isGone = true;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  const running = { pid: child.pid ?? 0, gone };
  try {
    await waitUntilReady(target, () => isGone);
    return running;
  } catch (error) {
    await endProcess(running, stopSignals);
    throw error;
  }
}

function serverArguments({ options, folder, port }: Target): string[] {
  const pollsPerSecond = ['transferProcessor', 'timerProcessor', 'visibilityProcessor'];
  return [
    ...['server', 'start-dev', '--headless', '--ip', '127.0.0.1', '--port', String(port)],
    ...['--db-filename', join(folder, 'temporal.sqlite'), '--namespace', options.namespace],
    ...['--log-level', 'error', '--log-format', 'json'],
    // Without these a step takes 85 ms instead of 18 (measured); the two pragmas cut the cost of writing.
    ...pollsPerSecond.flatMap((name) => ['--dynamic-config-value', `history.${name}MaxPollRPS=2000`]),
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=1'],
    ...['--sqlite-pragma', `journal_size_limit=${64 * 1024 * 1024}`],
  ];
}

async function waitUntilReady(target: Target, isGone: () => boolean): Promise<void> {
  const { port } = target;
  const until = performance.now() + answerLimitMs;
  let reason = 'it does not answer';
  for (let delayMs = 25; performance.now() < until; delayMs = Math.min(delayMs * 1.5, 500)) {
    if (isGone()) {
      reason = endOfLog(join(target.folder, 'server.log'));
      break;
    }
    // The port is looked at before gRPC is, whose own reconnecting waits much longer.
    if ((await isPortOpen(port)) && (await setRetention(target)) && !isGone()) return;
    await pause(delayMs);
  }
  throw new Failure('temporal/unavailable', {
    message: `The embedded Temporal server does not start: ${reason.slice(0, 800)}`,
    hint: 'Read `temporal/server.log` in the data folder, or set `TEMPORAL_ADDRESS` to a running server.',
  });
}

/** Also the proof of readiness: it succeeds only once the namespace is there. */
async function setRetention({ options: { namespace }, address }: Target): Promise<boolean> {
  const config = { workflowExecutionRetentionTtl: msToTs(retention) };
  return await withTemporal({ address, namespace }, 2_000, (connection) =>
    connection.workflowService.updateNamespace({ namespace, config }),
  ).then(
    () => true,
    () => false,
  );
}
