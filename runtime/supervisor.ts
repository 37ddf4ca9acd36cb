import { errorText } from '../core/failures.js';
import type { RuntimeLog } from './log.js';
import { identifyProcess, isSameProcess, signalProcess } from './process-identity.js';

/** A process that is up and answers: our own child, or one adopted from a killed parent. */
export interface RunningProcess {
  readonly pid: number;
  /** Resolves when the process is gone; never rejects. */
  readonly gone: Promise<void>;
}

export interface SupervisedOptions {
  /** How the log calls it, for example `PostgreSQL`. */
  readonly name: string;
  readonly log: RuntimeLog;
  /** Starts (or adopts) the process and resolves when it answers. Called once now and again after every death. */
  readonly start: () => Promise<RunningProcess>;
  /** Sent in order by `stop`, each with the time the process gets before the next one. */
  readonly stopSignals: readonly StopSignal[];
}

export interface StopSignal {
  readonly signal: NodeJS.Signals;
  readonly waitMs: number;
}

export interface Supervised {
  /** Changes when the process was started again. */
  readonly pid: number;
  /** Ends the process for good; the same promise for every caller. */
  stop(): Promise<void>;
  /** Called once when the process keeps dying and is no longer started again; never after `stop`. */
  onExit(listener: () => void): void;
}

const attempts = { limit: 12, firstDelayMs: 100, longestDelayMs: 5_000, healthyAfterMs: 10_000 };

/** Keeps one process running: started again at once when it dies, then with growing pauses, until it keeps failing. */
export async function supervise(options: SupervisedOptions): Promise<Supervised> {
  let current = await options.start();
  const stopping = new AbortController();
  const listeners: (() => void)[] = [];
  const watching = watch().catch((error: unknown) => options.log.error(`${options.name}: ${errorText(error)}`));
  let stopped: Promise<void> | undefined;
  return {
    get pid() {
      return current.pid;
    },
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
    onExit: (listener) => listeners.push(listener),
  };

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const upSince = performance.now();
      await Promise.race([current.gone, aborted(stopping.signal)]);
      if (stopping.signal.aborted) return;
      options.log.warn(`${options.name} (process ${current.pid}) ended unexpectedly and is started again.`);
      const isHealthy = performance.now() - upSince > attempts.healthyAfterMs;
      const next = await startAgain(isHealthy ? 0 : 1);
      if (next === undefined) return giveUp();
      current = next;
    }
  }

  async function startAgain(failedBefore: number): Promise<RunningProcess | undefined> {
    for (let failed = failedBefore; failed < attempts.limit && !stopping.signal.aborted; failed += 1) {
      const delayMs = failed === 0 ? 0 : Math.min(attempts.firstDelayMs * 2 ** (failed - 1), attempts.longestDelayMs);
      await pause(delayMs, stopping.signal);
      if (stopping.signal.aborted) return undefined;
      try {
        const next = await options.start();
        options.log.info(`${options.name} answers again (process ${next.pid}).`);
        return next;
      } catch (error) {
        options.log.warn(`${options.name} did not start again: ${errorText(error)}`);
      }
    }
    return undefined;
  }

  function giveUp(): void {
    if (stopping.signal.aborted) return;
    options.log.error(`${options.name} keeps ending and is not started any more.`);
    for (const listener of listeners) listener();
  }

  async function stop(): Promise<void> {
    stopping.abort();
    await watching;
    await endProcess(current, options.stopSignals);
  }
}

/** Watches a process that is not our child: there is no exit event, so it is looked at five times a second. */
export function adoptProcess(pid: number): RunningProcess {
  const identity = identifyProcess(pid);
  const gone = new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (identity !== undefined && isSameProcess(identity)) return;
      clearInterval(timer);
      resolve();
    }, 200);
    timer.unref();
  });
  return { pid, gone };
}

/** Sends each signal in turn until the process is gone. */
export async function endProcess(running: RunningProcess, signals: readonly StopSignal[]): Promise<void> {
  const identity = identifyProcess(running.pid);
  for (const { signal, waitMs } of signals) {
    if (identity === undefined || !isSameProcess(identity)) return;
    signalProcess(running.pid, signal);
    const until = performance.now() + waitMs;
    while (performance.now() < until && isSameProcess(identity)) await pause(10);
  }
}

export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal?.addEventListener('abort', done, { once: true });
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
