import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { productionFlags } from '../support/production-flags.js';

const project = findProjectFolder();

/** A child of the bench, measured from outside: wall, CPU and peak memory of exactly this process. */
export interface Child {
  readonly process: ChildProcess;
  readonly pid: number;
  /** First line that the child printed, parsed as JSON. */
  readonly hello: Record<string, unknown>;
  usage(): Usage;
  stop(): Promise<void>;
}

export interface Usage {
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Starts a built program and waits for its first JSON line. */
export async function startChild(program: string, args: readonly string[]): Promise<Child> {
  const child = spawn(process.execPath, [...productionFlags(), program, ...args], {
    cwd: project,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const hello = await firstLine(child);
  const pid = child.pid ?? 0;
  return {
    process: child,
    pid,
    hello,
    usage: () => usageOf(pid),
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.once('exit', (code) => reject(new Error(`the child ended with ${code}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const line = text.split('\n').find((candidate) => candidate.startsWith('{'));
      if (line?.endsWith('}')) resolve(JSON.parse(line) as Record<string, unknown>);
    });
  });
}

const ticksPerSecond = 100;

/** CPU time and high-water mark of a process as the kernel counts them (Linux). */
export function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const peakKb = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0);
  return { cpuMs: (ticks * 1_000) / ticksPerSecond, peakMb: peakKb / 1_024 };
}

/** Compiles the bench's own programs, so that what is measured is built code, as in production. */
export async function buildPrograms(): Promise<{ worker: string; sandbox: string; raw: string }> {
  const { build } = await import('esbuild');
  const out = join(project, 'node_modules/.cache/pipewright-bench');
  await build({
    absWorkingDir: project,
    entryPoints: {
      worker: 'tests/support/worker-main.ts',
      sandbox: 'sandbox/main.ts',
      raw: 'tests/bench/raw.ts',
    },
    outdir: out,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  });
  return { worker: join(out, 'worker.mjs'), sandbox: join(out, 'sandbox.mjs'), raw: join(out, 'raw.mjs') };
}
