import { spawn } from 'node:child_process';

export interface ProgramOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The program is killed after this time. Default 10 s. */
  readonly limitMs?: number;
  /** Each line it says, as it says it. */
  readonly onLine?: (line: string) => void;
}

export interface ProgramResult {
  /** Null when it was killed. */
  readonly code: number | null;
  /** What it wrote, both streams together; the last 20,000 characters. */
  readonly output: string;
}

/** Runs a program to its end. Rejects only when it cannot be started at all. */
export async function runProgram(
  file: string,
  args: readonly string[],
  options: ProgramOptions = {},
): Promise<ProgramResult> {
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Not the `timeout` of spawn: that timer outlives a program which cannot be started, and keeps this process alive.
  const timer = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? 10_000);
  let output = '';
  let rest = '';
  const hear = (text: string): void => {
    output = (output + text).slice(-20_000);
    if (options.onLine === undefined) return;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) options.onLine(line);
  };
  child.stdout.setEncoding('utf8').on('data', hear);
  child.stderr.setEncoding('utf8').on('data', hear);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  return { code, output };
}
