import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../core/failures.js';
import { identifyProcess, isSameProcess, type ProcessIdentity } from './process-identity.js';
import { pause } from './supervisor.js';

/** What the holder of a data folder tells others: `state.json`, rewritten as things come up. */
export interface DataFolderState {
  /** Where the API and the cabinet answer, for example `http://127.0.0.1:7400`. */
  readonly address?: string;
  readonly postgres?: { readonly pid: number; readonly host: string; readonly port: number };
  readonly temporal?: { readonly pid: number; readonly address: string };
}

export interface DataFolder {
  readonly path: string;
  /** Adds to the state that other processes read. */
  publish(state: DataFolderState): void;
  /** Lets the next one in. Call last, when everything in the folder has stopped. */
  release(): void;
}

/** Makes the folder (mode 0700) or checks that it is ours. Does not lock it. */
export function ensureDataFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const stats = statSync(path);
  const uid = process.getuid?.();
  if (uid !== undefined && stats.uid !== uid) {
    throw new Failure('settings/data_folder_owner', {
      message: `Data folder \`${path}\` belongs to user ${stats.uid}, this process runs as user ${uid} (${userName()}).`,
      hint: 'Start as that user, or choose another folder with `PIPEWRIGHT_DATA_DIR`.',
    });
  }
  if ((stats.mode & 0o077) !== 0) chmodSync(path, 0o700);
}

/**
 * Takes the folder for this process. When a live process has it, waits until that one tells its address (it may be
 * starting) and throws `settings/data_folder_in_use` with `details.address` and `details.pid`.
 * What a dead process left is taken over.
 */
export async function openDataFolder(path: string, waitForAddressMs = 20_000): Promise<DataFolder> {
  ensureDataFolder(path);
  const me = identifyProcess(process.pid);
  if (me === undefined) throw new Error('This system does not tell when a process began.');
  const until = performance.now() + waitForAddressMs;
  while (!takeLock(path, me)) {
    const address = readState(path)?.address;
    const holder = readLock(path);
    if (holder !== undefined && isSameProcess(holder) && (address !== undefined || performance.now() > until)) {
      throw inUse(path, holder, address);
    }
    await pause(50);
  }
  let state: DataFolderState = {};
  write(join(path, 'state.json'), { ...me, ...state });
  return {
    path,
    publish: (more) => {
      state = { ...state, ...more };
      write(join(path, 'state.json'), { ...me, ...state });
    },
    release: () => {
      if (readLock(path)?.started !== me.started) return;
      rmSync(join(path, 'state.json'), { force: true });
      rmSync(lockPath(path), { force: true });
    },
  };
}

/** What the process that holds the folder published; undefined when nobody alive holds it. */
export function readState(path: string): DataFolderState | undefined {
  const holder = readLock(path);
  if (holder === undefined || !isSameProcess(holder)) return undefined;
  const state = readJson(join(path, 'state.json')) as (DataFolderState & Partial<ProcessIdentity>) | undefined;
  return state?.pid === holder.pid && state.started === holder.started ? state : undefined;
}

/** Makes the lock appear whole or not at all; true when it is ours now. */
function takeLock(path: string, me: ProcessIdentity): boolean {
  const mine = join(path, `lock.${process.pid}.${randomBytes(4).toString('hex')}`);
  writeFileSync(mine, JSON.stringify(me), { mode: 0o600 });
  try {
    if (tryLink(mine, lockPath(path))) return true;
    const holder = readLock(path);
    if (holder !== undefined && isSameProcess(holder)) return false;
    removeStaleLock(path);
    return tryLink(mine, lockPath(path));
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Two may find the same stale lock: each takes it aside first, and puts back what turns out to be a live one. */
function removeStaleLock(path: string): void {
  const aside = join(path, `lock.stale.${process.pid}.${randomBytes(4).toString('hex')}`);
  try {
    renameSync(lockPath(path), aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const holder = readIdentity(aside);
  if (holder !== undefined && isSameProcess(holder)) tryLink(aside, lockPath(path));
  rmSync(aside, { force: true });
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function lockPath(path: string): string {
  return join(path, 'lock');
}

function readLock(path: string): ProcessIdentity | undefined {
  return readIdentity(lockPath(path));
}

function readIdentity(path: string): ProcessIdentity | undefined {
  const { pid, started } = (readJson(path) ?? {}) as Partial<ProcessIdentity>;
  return typeof pid === 'number' && typeof started === 'string' ? { pid, started } : undefined;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function write(path: string, value: unknown): void {
  writeFileSync(`${path}.part`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

function inUse(path: string, holder: ProcessIdentity, address: string | undefined): Failure {
  const where = address === undefined ? 'and has not told its address yet' : `at \`${address}\``;
  return new Failure('settings/data_folder_in_use', {
    message: `Pipewright already runs ${where} (process ${holder.pid}, data folder \`${path}\`).`,
    hint: 'Use that one, stop it first, or choose another folder with `PIPEWRIGHT_DATA_DIR`.',
    details: { pid: holder.pid, address: address ?? null },
  });
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
