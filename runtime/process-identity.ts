import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Process numbers are given out again, so a pid alone proves nothing: together with the moment the process began it
 * names one process of one boot for ever.
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

/** The process with this number as it runs now, or undefined when there is none (a zombie counts as none). */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const started = process.platform === 'linux' ? startOnLinux(pid) : startByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

export function isProcessAlive(pid: number): boolean {
  return identifyProcess(pid) !== undefined;
}

export function isSameProcess(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.started === identity.started;
}

/** The program's file name, for example `postgres`. */
export function programOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readOrUndefined(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim());
  const command = ps(pid, 'comm=');
  return command === undefined ? undefined : basename(command);
}

/** The folder a process stands in, where the system tells it (Linux). */
export function folderOf(pid: number): string | undefined {
  return process.platform === 'linux' ? readOrUndefined(() => readlinkSync(`/proc/${pid}/cwd`)) : undefined;
}

/** Signals one process by number; a process that is already gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function startOnLinux(pid: number): string | undefined {
  const stat = readOrUndefined(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The program's name stands in brackets and may hold spaces, so fields are counted from the last bracket.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields?.[0], fields?.[19]];
  if (state === undefined || ticks === undefined || state === 'Z' || state === 'X') return undefined;
  return `${bootId()}/${ticks}`;
}

let cachedBootId: string | undefined;

function bootId(): string {
  cachedBootId ??= readOrUndefined(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()) ?? 'boot';
  return cachedBootId;
}

function startByPs(pid: number): string | undefined {
  const state = ps(pid, 'state=');
  return state === undefined || state.startsWith('Z') ? undefined : ps(pid, 'lstart=');
}

function ps(pid: number, column: string): string | undefined {
  const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
  const text = readOrUndefined(() =>
    execFileSync('ps', ['-o', column, '-p', String(pid)], {
      encoding: 'utf8',
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )?.trim();
  return text === '' ? undefined : text;
}

function readOrUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
