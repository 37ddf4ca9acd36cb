import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createActivities, type Dependencies } from '../activities/index.js';
import { taskQueue } from '../workflows/ids.js';

/** How to reach a Temporal server; `tls` true or certificates for Cloud and clusters. */
export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
  readonly apiKey?: string | undefined;
  readonly tls?:
    | {
        readonly serverRootCACertificate?: Buffer;
        readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
      }
    | boolean
    | undefined;
}

const connectTimeoutMs = 5_000;

export async function connectClient(at: TemporalAddress, converter: DataConverter): Promise<Client> {
  const connection = await Connection.connect({
    address: at.address,
    connectTimeout: connectTimeoutMs,
    ...(at.tls !== undefined && { tls: at.tls }),
    ...(at.apiKey !== undefined && { apiKey: at.apiKey }),
  });
  return new Client({ connection, namespace: at.namespace, dataConverter: converter });
}

export interface WorkerOptions {
  readonly temporal: TemporalAddress;
  readonly converter: DataConverter;
  readonly dependencies: Dependencies;
  /** The prebuilt workflow bundle. */
  readonly bundlePath: string;
  readonly queue?: string;
  readonly maxActivities?: number;
}

/** A worker with the settings that recovery depends on (reliability.md D15). */
export async function createWorker(options: WorkerOptions): Promise<{ worker: Worker; connection: NativeConnection }> {
  const { temporal } = options;
  const connection = await NativeConnection.connect({
    address: temporal.address,
    ...(temporal.tls !== undefined && { tls: temporal.tls }),
    ...(temporal.apiKey !== undefined && { apiKey: temporal.apiKey }),
  });
  const worker = await Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: options.queue ?? taskQueue,
    workflowBundle: { codePath: options.bundlePath },
    activities: createActivities(options.dependencies),
    dataConverter: options.converter,
    stickyQueueScheduleToStartTimeout: '1 second',
    maxHeartbeatThrottleInterval: '500 milliseconds',
    defaultHeartbeatThrottleInterval: '500 milliseconds',
    shutdownGraceTime: '15 seconds',
    shutdownForceTime: '20 seconds',
    maxConcurrentActivityTaskExecutions: options.maxActivities ?? 40,
    maxCachedWorkflows: 200,
  });
  return { worker, connection };
}

/** The SDK's own log lines reach people only as warnings. Call once, before the first worker. */
export function quietRuntime(): void {
  Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
}
