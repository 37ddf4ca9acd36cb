import { setTimeout as delay } from 'node:timers/promises';
import type { NativeConnection, Worker } from '@temporalio/worker';
import { taskQueue } from '../workflows/ids.js';
import type { Installation } from './installation.js';
import { createWorker } from './temporal.js';

const restartAfterMs = 500;
const longestRestartMs = 10_000;

/** A Temporal worker that is kept running: one that ends by itself (its server was gone too long) is made anew. */
export interface WorkerHost {
  /** Lets activities end (grace 15 s, force 20 s), then closes the connection. The same promise for every caller. */
  stop(): Promise<void>;
}

interface RunningWorker {
  readonly worker: Worker;
  readonly connection: NativeConnection;
  readonly ended: Promise<void>;
}

export async function startWorkerHost(installation: Installation, bundlePath: string): Promise<WorkerHost> {
  const { telemetry } = installation;
  const stopping = new AbortController();
  let current = await start();
  telemetry.emit({ kind: 'worker_started', queue: installation.queue ?? taskQueue });
  const keeping = keepRunning();
  let stopped: Promise<void> | undefined;
  return {
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };

  async function start(): Promise<RunningWorker> {
    const { worker, connection } = await createWorker({
      temporal: installation.temporal,
      converter: installation.converter,
      dependencies: installation.engine.dependencies,
      bundlePath,
      ...(installation.queue !== undefined && { queue: installation.queue }),
    });
    return { worker, connection, ended: worker.run() };
  }

  async function keepRunning(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const error = await current.ended.then(
        () => null,
        (reason: unknown) => reason,
      );
      await current.connection.close().catch(() => undefined);
      if (stopping.signal.aborted) {
        if (error !== null) telemetry.emit({ kind: 'worker_restarted', error });
        return;
      }
      telemetry.emit({ kind: 'worker_restarted', error });
      for (;;) {
        const waitMs = Math.min(restartAfterMs * 2 ** failures, longestRestartMs);
        await delay(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
        if (stopping.signal.aborted) return;
        try {
          current = await start();
          failures = 0;
          break;
        } catch (reason) {
          failures += 1;
          telemetry.emit({ kind: 'worker_restarted', error: reason });
        }
      }
    }
  }

  async function stop(): Promise<void> {
    stopping.abort();
    if (current.worker.getState() === 'RUNNING') current.worker.shutdown();
    await keeping;
  }
}
