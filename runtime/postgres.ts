import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endOfLog, openChildLog } from './child-log.js';
import { findFreePort } from './free-port.js';
import type { RuntimeLog } from './log.js';
import { ensureCluster, notStarted, ownerRole, passwordFile, serverEnvironment } from './postgres-cluster.js';
import { connectionUrl, type PostgresConnection, queryOnce } from './postgres-connection.js';
import { findPostgresPackage, openToUser, type PostgresPackage } from './postgres-package.js';
import { choosePlace, type PostgresPlace, sharedFolder } from './postgres-place.js';
import { findLivePostmaster, type PostmasterNote } from './postmaster.js';
import { adoptProcess, endProcess, pause, type RunningProcess, type StopSignal, supervise } from './supervisor.js';
import { type SystemUser, userForPostgres } from './system-user.js';

export type { PostgresConnection } from './postgres-connection.js';

export interface PostgresOptions {
  /** The data folder; it must exist. */
  readonly dataFolder: string;
  readonly log: RuntimeLog;
  /** Default 100. */
  readonly maxConnections?: number;
  /** False only for throw-away databases: a crash of the machine may then destroy them. Default true. */
  readonly isDurable?: boolean;
}

/** A running PostgreSQL with the database `pipewright`. Addresses stay the same when it dies and is started again. */
export interface Postgres {
  /** As the owner, a superuser. Migrations make the roles that the application works with. */
  readonly connection: PostgresConnection;
  /** The same as an address for `pg`. */
  readonly ownerUrl: string;
  readonly pid: number;
  /** The folder of the cluster's files; not always inside the data folder. */
  readonly folder: string;
  /** Whether a server left behind by a killed parent was taken over. */
  readonly isAdopted: boolean;
  stop(): Promise<void>;
  /** Called when it keeps dying and is given up; not called by `stop`. */
  onExit(listener: () => void): void;
}

const database = 'pipewright';
const answerLimitMs = 60_000;

/** Fast shutdown (sessions are cut, nothing is lost), then the immediate one, then the hard one. */
const stopSignals: readonly StopSignal[] = [
  { signal: 'SIGINT', waitMs: 15_000 },
  { signal: 'SIGQUIT', waitMs: 5_000 },
  { signal: 'SIGKILL', waitMs: 2_000 },
];

/** Starts the embedded PostgreSQL of a data folder, or takes over the one that still runs there. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = userForPostgres();
  const found = await openToUser(await findPostgresPackage(), user, sharedFolder);
  const place = await choosePlace(options.dataFolder, user);
  const cluster = await ensureCluster(found, place, user);
  const target: Target = { options, user, found, cluster, place };

  const adopted = await adopt(target);
  const connection = adopted?.connection ?? (await chooseConnection(target));
  let isFirst = adopted !== undefined;
  const supervised = await supervise({
    name: 'PostgreSQL',
    log: options.log,
    stopSignals,
    start: async () => {
      if (isFirst && adopted !== undefined) {
        isFirst = false;
        return adopted.running;
      }
      return (await adopt(target, connection))?.running ?? (await launch(target, connection));
    },
  });
  try {
    await ensureDatabase(connection);
  } catch (error) {
    await supervised.stop();
    throw error;
  }
  return {
    connection,
    ownerUrl: connectionUrl(connection),
    get pid() {
      return supervised.pid;
    },
    folder: place.folder,
    isAdopted: adopted !== undefined,
    stop: () => supervised.stop(),
    onExit: (listener) => supervised.onExit(listener),
  };
}

interface Target {
  readonly options: PostgresOptions;
  readonly user: SystemUser | undefined;
  readonly found: PostgresPackage;
  readonly cluster: string;
  readonly place: PostgresPlace;
}

/** The socket where its path fits, else a loopback port with a password. */
async function chooseConnection(target: Target): Promise<PostgresConnection> {
  if (canUseSocket(target.place)) return { host: target.place.socketFolder, port: 5432, user: ownerRole, database };
  const password = await readFile(passwordFile(target.place), 'utf8');
  return { host: '127.0.0.1', port: await findFreePort(), user: ownerRole, password, database };
}

/** Socket addresses hold about 100 bytes (macOS 103, Linux 107), the file's own name included. */
function canUseSocket(place: PostgresPlace): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(join(place.socketFolder, '.s.PGSQL.5432')) <= 100;
}

interface Adopted {
  readonly running: RunningProcess;
  readonly connection: PostgresConnection;
}

/** Takes over a live server of this cluster; one that does not answer, or not at the wanted address, is stopped. */
async function adopt(target: Target, wanted?: PostgresConnection): Promise<Adopted | undefined> {
  const note = await findLivePostmaster(target.cluster, target.place.socketFolder);
  if (note === undefined) return undefined;
  const running = adoptProcess(note.pid);
  const connection = wanted ?? (await connectionOf(target, note));
  if (await answers(connection, running, 10_000)) {
    target.options.log.info(`Took over the PostgreSQL that was still running (process ${note.pid}).`);
    return { running, connection };
  }
  target.options.log.warn(`The PostgreSQL left behind (process ${note.pid}) does not answer and is stopped.`);
  await endProcess(running, stopSignals);
  return undefined;
}

async function connectionOf(target: Target, note: PostmasterNote): Promise<PostgresConnection> {
  if (note.socketFolder !== '') return { host: target.place.socketFolder, port: note.port, user: ownerRole, database };
  const password = await readFile(passwordFile(target.place), 'utf8');
  return { host: '127.0.0.1', port: note.port, user: ownerRole, password, database };
}

async function launch(target: Target, connection: PostgresConnection): Promise<RunningProcess> {
  const logPath = join(target.options.dataFolder, 'postgres.log');
  const logFile = openChildLog(logPath);
  const child = spawn(join(target.found.folder, 'bin', 'postgres'), serverArguments(target, connection), {
    ...target.user,
    cwd: target.cluster,
    env: serverEnvironment(),
    stdio: ['ignore', logFile, logFile],
    // A session of its own: Ctrl-C must reach the parent alone, which then stops things in order.
    detached: true,
  });
  closeSync(logFile);
  child.unref();
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  if (child.pid !== undefined) {
    const running = { pid: child.pid, gone };
    if (await answers(connection, running, answerLimitMs)) return running;
    await endProcess(running, stopSignals);
  }
  throw notStarted(endOfLog(logPath));
}

function serverArguments(target: Target, connection: PostgresConnection): string[] {
  const usesSocket = connection.host.startsWith('/');
  const settings = {
    listen_addresses: usesSocket ? '' : connection.host,
    port: connection.port,
    unix_socket_directories: usesSocket ? target.place.socketFolder : '',
    unix_socket_permissions: '0700',
    max_connections: target.options.maxConnections ?? 100,
    // Sized for a machine of two cores that runs everything else as well.
    shared_buffers: '128MB',
    maintenance_work_mem: '64MB',
    max_parallel_workers_per_gather: 0,
    jit: 'off',
    // One server, no replicas: the shortest log that still survives a crash.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    wal_compression: 'pglz',
    max_wal_size: '1GB',
    checkpoint_completion_target: 0.9,
    ...(target.options.isDurable === false && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Statements and the details of errors may hold personal data: neither is written down.
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_checkpoints: 'off',
  };
  return ['-D', target.cluster, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** Waits until the server takes a statement; false when it ended or the time is over. */
async function answers(connection: PostgresConnection, running: RunningProcess, limitMs: number): Promise<boolean> {
  let isGone = false;
  void running.gone.then(() => {
    isGone = true;
  });
  const until = performance.now() + limitMs;
  for (let delayMs = 10; !isGone && performance.now() < until; delayMs = Math.min(delayMs * 1.5, 200)) {
    const isUp = await queryOnce({ ...connection, database: 'postgres' }, 'select 1').then(
      () => true,
      () => false,
    );
    if (isUp && !isGone) return true;
    await pause(delayMs);
  }
  return false;
}

async function ensureDatabase(connection: PostgresConnection): Promise<void> {
  const server = { ...connection, database: 'postgres' };
  const rows = await queryOnce(server, 'select 1 from pg_database where datname = $1', [database]);
  if (rows.length === 0) await queryOnce(server, `create database ${database}`);
}
