import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from '../../core/failures.js';
import { endOfLog, openChildLog } from '../../runtime/child-log.js';
import { findFreePort, isPortOpen } from '../../runtime/free-port.js';
import { identifyProcess, isSameProcess, type ProcessIdentity } from '../../runtime/process-identity.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { adoptProcess, endProcess } from '../../runtime/supervisor.js';

/** What is remembered of a sandbox in the data folder: its port for ever, its process while it lives. */
export interface SandboxNote extends ProcessIdentity {
  readonly name: string;
  readonly vendor: string;
  readonly port: number;
  readonly url: string;
  /** What the sandbox said that a client signs in with. */
  readonly credentials: Readonly<Record<string, string>>;
}

export interface RunningSandbox extends SandboxNote {
  /** Whether it lives on from before, with its records; a new one begins empty (or seeded). */
  readonly isAdopted: boolean;
}

interface ShippedSandbox {
  readonly name: string;
  readonly vendor: string;
  readonly args: readonly string[];
  readonly firstPort: number;
}

/** How much faster than the vendors' own limits the shipped CRMs answer, so that an example takes seconds. */
export const limitsFactor = 20;
export const bitrixRequestsPerSecond = 2 * limitsFactor;
const amoRequestsPerSecond = 7 * limitsFactor;

/** What an installation ships with: two generic CRMs, and a sales department that moves from one vendor to another. */
export const shippedSandboxes: readonly ShippedSandbox[] = [
  { name: 'crm', vendor: 'rest-crm', args: ['--seed', '1', '--records', '500'], firstPort: 7411 },
  { name: 'copy', vendor: 'rest-crm', args: ['--seed', '2'], firstPort: 7412 },
  {
    name: 'bitrix24',
    vendor: 'bitrix24',
    args: ['--seed', '1', '--records', '300', '--set', `bucket_drain=${bitrixRequestsPerSecond}`],
    firstPort: 7413,
  },
  {
    name: 'amocrm',
    vendor: 'amocrm',
    args: ['--seed', '2', '--rate', `${amoRequestsPerSecond}/1`],
    firstPort: 7414,
  },
];

const startLimitMs = 20_000;
const stopSignals = [
  { signal: 'SIGTERM', waitMs: 3_000 },
  { signal: 'SIGKILL', waitMs: 1_000 },
] as const;

export function readSandboxNotes(dataFolder: string): readonly SandboxNote[] {
  return shippedSandboxes.flatMap(({ name }) => {
    const note = readNote(dataFolder, name);
    return note === undefined ? [] : [note];
  });
}

/**
 * Starts the shipped sandboxes; those left behind by a killed parent are taken over with their records. `serverPort` is
 * left to the server, which begins to listen later.
 */
export async function startSandboxes(dataFolder: string, serverPort?: number): Promise<readonly RunningSandbox[]> {
  mkdirSync(folderOf(dataFolder), { recursive: true, mode: 0o700 });
  return Promise.all(shippedSandboxes.map((spec) => startOne(dataFolder, spec, serverPort)));
}

export async function stopSandboxes(sandboxes: readonly RunningSandbox[]): Promise<void> {
  await Promise.all(
    sandboxes
      .filter((sandbox) => isSameProcess(sandbox))
      .map((sandbox) => endProcess(adoptProcess(sandbox.pid), [...stopSignals])),
  );
}

async function startOne(
  dataFolder: string,
  spec: ShippedSandbox,
  serverPort: number | undefined,
): Promise<RunningSandbox> {
  const note = readNote(dataFolder, spec.name);
  if (note !== undefined && isSameProcess(note)) {
    if (await answers(note.url)) return { ...note, isAdopted: true };
    await endProcess(adoptProcess(note.pid), [...stopSignals]);
  }
  const wanted = note?.port ?? spec.firstPort;
  const port = await choosePort(wanted === serverPort ? wanted + shippedSandboxes.length : wanted);
  const logPath = join(folderOf(dataFolder), `${spec.name}.log`);
  const log = openChildLog(logPath);
  const command = join(findProjectFolder(), 'scripts', 'pipewright.mjs');
  const child = spawn(process.execPath, [command, 'sandbox', spec.vendor, '--port', String(port), ...spec.args], {
    stdio: ['ignore', 'pipe', log],
    detached: true,
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  closeSync(log);
  child.unref();
  const line = await firstLine(child, spec.name, logPath);
  const { url, credentials } = JSON.parse(line) as Pick<SandboxNote, 'url' | 'credentials'>;
  const identity = child.pid === undefined ? undefined : identifyProcess(child.pid);
  if (identity === undefined) throw notStarted(spec.name, endOfLog(logPath));
  const started = { ...identity, name: spec.name, vendor: spec.vendor, port, url, credentials };
  writeNote(dataFolder, started);
  return { ...started, isAdopted: false };
}

async function firstLine(child: ChildProcess, name: string, logPath: string): Promise<string> {
  if (child.stdout === null) throw notStarted(name, 'it has no output');
  const lines = createInterface({ input: child.stdout });
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), startLimitMs);
  try {
    const heard = once(lines, 'line', { signal: late.signal }).then(([line]) => String(line));
    const ended = once(child, 'exit', { signal: late.signal }).then(() => '');
    ended.catch(() => undefined);
    heard.catch(() => undefined);
    const line = await Promise.race([heard, ended]);
    if (line === '') throw notStarted(name, endOfLog(logPath));
    return line;
  } catch (error) {
    if (!late.signal.aborted) throw error;
    child.kill('SIGKILL');
    throw notStarted(name, endOfLog(logPath));
  } finally {
    clearTimeout(timer);
    late.abort();
    lines.close();
    child.stdout.destroy();
  }
}

async function choosePort(wanted: number): Promise<number> {
  return (await isPortOpen(wanted)) ? findFreePort() : findFreePort(wanted).catch(() => findFreePort());
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/_sandbox/counts`, { signal: AbortSignal.timeout(2_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

function folderOf(dataFolder: string): string {
  return join(dataFolder, 'sandboxes');
}

function notePath(dataFolder: string, name: string): string {
  return join(folderOf(dataFolder), `${name}.json`);
}

function readNote(dataFolder: string, name: string): SandboxNote | undefined {
  try {
    const note = JSON.parse(readFileSync(notePath(dataFolder, name), 'utf8')) as Partial<SandboxNote>;
    const isWhole =
      typeof note.pid === 'number' &&
      typeof note.started === 'string' &&
      typeof note.port === 'number' &&
      typeof note.credentials === 'object';
    return isWhole ? (note as SandboxNote) : undefined;
  } catch {
    return undefined;
  }
}

function writeNote(dataFolder: string, note: SandboxNote): void {
  const path = notePath(dataFolder, note.name);
  writeFileSync(`${path}.part`, `${JSON.stringify(note, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

function notStarted(name: string, why: string): Failure {
  return new Failure('settings/missing_part', {
    message: `Sandbox \`${name}\` did not start: ${why}`,
    hint: 'Look into the folder `sandboxes` of the data folder, then start again.',
  });
}
