import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SliceSettings } from '../../activities/dependencies.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import type { CrashPlan } from './crash-points.js';

/** What a worker process is told; plain JSON. */
export interface WorkerProcessSettings {
  readonly appUrl: string;
  readonly systemUrl: string;
  /** Base64. */
  readonly masterKey: string;
  /** The former one, during a rotation; base64. */
  readonly masterKeyPrevious?: string;
  readonly folder: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly bundlePath: string;
  readonly queue: string;
  readonly slices?: SliceSettings;
  readonly crash?: CrashPlan;
  /** Settings of a server besides those of every test. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A worker in a process of its own; signals go to exactly its pid. */
export interface WorkerProcess {
  readonly pid: number;
  readonly events: readonly { readonly kind: string }[];
  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void;
  /** Resolves when the process has ended, with its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** `nodeFlags`: limits of the process, as `npm start` sets them; `program`: what runs in it. */
export async function startWorkerProcess(
  settings: WorkerProcessSettings,
  nodeFlags: readonly string[] = [],
  program: 'worker-main.ts' | 'server-main.ts' = 'worker-main.ts',
): Promise<WorkerProcess> {
  const folder = findProjectFolder();
  const env = { ...process.env, NODE_OPTIONS: '' };
  const child = spawn(
    process.execPath,
    [...nodeFlags, '--import', 'tsx', join(folder, 'tests/support', program), JSON.stringify(settings)],
    {
      cwd: folder,
      env,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const events: { kind: string }[] = [];
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4_000);
  });
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  await untilReady(child, events, () => errors);
  return {
    pid: child.pid ?? 0,
    events,
    signal: (name) => void child.kill(name),
    ended,
  };
}

function untilReady(child: ChildProcess, events: { kind: string }[], errors: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    let rest = '';
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${errors()}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (!line.startsWith('{')) continue;
        const event = JSON.parse(line) as { kind: string };
        if (event.kind === 'ready') resolve();
        else events.push(event);
      }
    });
  });
}
