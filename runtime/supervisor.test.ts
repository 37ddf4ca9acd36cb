import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from '@jest/globals';
import { silentLog } from './log.js';
import { isProcessAlive } from './process-identity.js';
import { adoptProcess, type RunningProcess, type Supervised, supervise } from './supervisor.js';

const children: ChildProcess[] = [];
const supervised: Supervised[] = [];

afterEach(async () => {
  for (const each of supervised.splice(0)) await each.stop();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

function idle(script = 'process.stdin.resume()'): RunningProcess {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  children.push(child);
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return { pid: child.pid ?? 0, gone };
}

async function watch(start: () => Promise<RunningProcess>): Promise<Supervised> {
  const stopSignals = [{ signal: 'SIGTERM', waitMs: 5_000 }] as const;
  const started = await supervise({ name: 'A child', log: silentLog, start, stopSignals });
  supervised.push(started);
  return started;
}

describe('a supervised process', () => {
  test('is started again when it dies, as often as it dies', async () => {
    const child = await watch(async () => idle());
    for (let round = 0; round < 2; round += 1) {
      const killed = child.pid;
      process.kill(killed, 'SIGKILL');
      await until(() => child.pid !== killed);
      expect(isProcessAlive(child.pid)).toBe(true);
    }
  });

  test('is started again after starts that failed', async () => {
    let starts = 0;
    const child = await watch(async () => {
      starts += 1;
      if (starts === 2 || starts === 3) throw new Error('not yet');
      return idle();
    });
    const killed = child.pid;
    process.kill(killed, 'SIGKILL');
    await until(() => child.pid !== killed);
    expect(starts).toBe(4);
  });

  test('stays ended after stop', async () => {
    let starts = 0;
    const child = await watch(async () => {
      starts += 1;
      return idle();
    });
    await child.stop();
    expect(isProcessAlive(child.pid)).toBe(false);
    expect(starts).toBe(1);
  });

  test('is ended also when it is stopped in the middle of its next start', async () => {
    let release: (() => void) | undefined;
    const begun = new Promise<void>((resolve) => {
      release = resolve;
    });
    let starts = 0;
    const made: RunningProcess[] = [];
    const child = await watch(async () => {
      starts += 1;
      if (starts > 1) release?.();
      const running = idle();
      made.push(running);
      return running;
    });
    process.kill(child.pid, 'SIGKILL');
    await begun;
    await child.stop();
    expect(made.map(({ pid }) => isProcessAlive(pid))).toEqual([false, false]);
  });

  test('is noticed to be gone although it is nobody`s child here', async () => {
    const { pid } = idle();
    const adopted = adoptProcess(pid);
    process.kill(pid, 'SIGKILL');
    await adopted.gone;
    expect(isProcessAlive(pid)).toBe(false);
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error('It did not happen within 10 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
