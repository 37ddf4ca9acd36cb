import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { SliceSettings } from '../../activities/dependencies.js';
import { openVersion } from '../../activities/runs/opening.js';
import type { TransferEvent } from '../../activities/transfer/flow-environment.js';
import { buildEngine, type Engine } from '../../assembly/engine.js';
import { OutboxReader } from '../../assembly/outbox-reader.js';
import { dataConverter, payloadCodec } from '../../assembly/payload-codec.js';
import { connectClient, createWorker, quietRuntime } from '../../assembly/temporal.js';
import type { JsonObject } from '../../core/json.js';
import { checkDefinition } from '../../definitions/check/index.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { addAccount } from '../../store/accounts.js';
import { addConnection } from '../../store/connections.js';
import { migrate } from '../../store/migrate.js';
import { getRun, type RunOptions, type RunRow } from '../../store/runs.js';
import type { RunKind } from '../../store/tables.js';
import { MasterKeys } from '../../store/vault-keys.js';
import { publishVersion } from '../../store/versions.js';
import type { CrashPlan } from './crash-points.js';
import { createTestDatabase, type TestDatabase } from './database.js';
import { requestService } from './services.js';
import { shippedServices } from './shipped-services.js';
import { startWorkerProcess, type WorkerProcess, type WorkerProcessSettings } from './worker-process.js';

/** The whole engine on a database and a task queue of its own: what most tests of behaviour need. */
export interface TestEngine {
  readonly engine: Engine;
  readonly database: TestDatabase;
  readonly accountId: string;
  readonly client: Client;
  readonly queue: string;
  readonly folder: string;
  readonly masterKey: Buffer;
  readonly events: TransferEvent[];
  connect(name: string, connector: string, settings: JsonObject, secret: JsonObject | null): Promise<string>;
  /** Checks and publishes a definition; throws with all problems when it has any. */
  publish(
    definition: string,
    bindings: Readonly<Record<string, string>>,
  ): Promise<{ uid: string; version: number; plan: Plan }>;
  open(pipeline: { uid: string; version: number; plan: Plan }, kind?: RunKind, options?: RunOptions): Promise<string>;
  /** Follows a run until it ends or reaches one of `states`. */
  until(runId: string, states?: readonly string[], withinMs?: number): Promise<RunRow>;
  rows<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
  startWorker(): Promise<() => Promise<void>>;
  /** A worker in a process of its own, to be killed or frozen; ended with the engine at the latest. */
  spawnWorker(
    crash?: CrashPlan,
    nodeFlags?: readonly string[],
    keys?: Partial<Pick<WorkerProcessSettings, 'masterKey' | 'masterKeyPrevious'>>,
  ): Promise<WorkerProcess>;
  /** A server in a process of its own, to be killed. */
  spawnServer(environment?: Readonly<Record<string, string>>): Promise<WorkerProcess & { readonly address: string }>;
  /** The same promise for every caller. */
  stop(): Promise<void>;
}

/** Servers in place of the shared ones: for tests that kill them. */
export interface TestServers {
  readonly ownerUrl: string;
  readonly temporal: { readonly address: string; readonly namespace: string };
}

export interface TestEngineOptions {
  readonly slices?: SliceSettings;
  readonly hasWorker?: boolean;
  readonly servers?: TestServers;
  /** An installation that was restored: its database, with the account and under the key of the one before. */
  readonly restored?: { readonly database: TestDatabase; readonly accountId: string; readonly masterKey: Buffer };
}

let isQuiet = false;

/** `npm run siege -- scale-out` runs the tests of the API so: three workers and two servers behind one address. */
export const isScaledOut = process.env.PIPEWRIGHT_TEST_SCALE_OUT === '1';

export async function startTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  // The native runtime is one for each test file.
  if (!isQuiet) quietRuntime();
  isQuiet = true;
  const [database, temporal, bundle] = await Promise.all([
    options.restored?.database ?? createTestDatabase(migrate, options.servers?.ownerUrl),
    options.servers?.temporal ?? requestService('temporal'),
    requestService('workflow-bundle'),
  ]);
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-engine-'));
  const events: TransferEvent[] = [];
  const masterKey = options.restored?.masterKey ?? randomBytes(32);
  const masterKeys = new MasterKeys(masterKey);
  const engine = await buildEngine({
    appUrl: database.app.connectionString,
    systemUrl: database.system.connectionString,
    masterKeys,
    egressAllow: ['127.0.0.1:1-65535'],
    fileFolders: [folder],
    services: shippedServices(),
    events: { emit: (event) => events.push(event) },
    ...(options.slices && { slices: options.slices }),
  });
  const { store, vault } = engine.dependencies;
  const accountId = options.restored?.accountId ?? randomUUID();
  if (options.restored === undefined) {
    await store.system((tx) => addAccount(tx, { id: accountId, name: 'Test', tariff: 'unlimited' }));
  }
  const converter = dataConverter(payloadCodec(engine.dependencies.vault.keys));
  const client = await connectClient(temporal, converter);
  const queue = `test-${database.name}`;
  const errors: unknown[] = [];
  const outbox = new OutboxReader(store, client, (error) => errors.push(error), queue);
  const stopWorkers: (() => Promise<void>)[] = [];

  const startWorker = async (): Promise<() => Promise<void>> => {
    const { worker, connection } = await createWorker({
      temporal,
      converter,
      dependencies: engine.dependencies,
      bundlePath: bundle.path,
      queue,
    });
    const running = worker.run();
    const stop = async (): Promise<void> => {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      try {
        await running;
        await connection.close();
      } catch (error) {
        // On an overloaded machine an activity may outlive the forced shutdown; the native core then still counts it.
        if ((error as { name?: unknown }).name !== 'IllegalStateError') throw error;
      }
    };
    stopWorkers.push(stop);
    return stop;
  };

  const rows = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
    store.accountClient(
      accountId,
      async (connection) => (await connection.query<T & Record<string, unknown>>(sql, values)).rows,
    );

  const processSettings = {
    appUrl: database.app.connectionString,
    systemUrl: database.system.connectionString,
    masterKey: masterKey.toString('base64'),
    folder,
    temporal,
    bundlePath: bundle.path,
    queue,
    ...(options.slices && { slices: options.slices }),
  };
  const keepProcess = (child: WorkerProcess): void => {
    stopWorkers.push(async () => {
      child.signal('SIGKILL');
      await child.ended;
    });
  };

  const stopAll = async (): Promise<void> => {
    await outbox.stop();
    for (const stop of stopWorkers.reverse()) await stop();
    await client.connection.close();
    await engine.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  let stopped: Promise<void> | undefined;

  if (options.hasWorker !== false) {
    await startWorker();
    // Two more in processes of their own.
    if (isScaledOut) for (let more = 0; more < 2; more += 1) keepProcess(await startWorkerProcess(processSettings));
  }
  outbox.start();
  return {
    engine,
    database,
    accountId,
    client,
    queue,
    folder,
    masterKey,
    events,
    rows,
    startWorker,
    spawnWorker: async (crash, nodeFlags, keys = {}) => {
      const worker = await startWorkerProcess({ ...processSettings, ...keys, ...(crash && { crash }) }, nodeFlags);
      keepProcess(worker);
      return worker;
    },
    spawnServer: async (environment) => {
      const server = await startWorkerProcess(
        { ...processSettings, ...(environment && { environment }) },
        [],
        'server-main.ts',
      );
      keepProcess(server);
      const told = server.events.find((event) => event.kind === 'listening') as { address?: string } | undefined;
      return { ...server, address: told?.address ?? '' };
    },
    connect: async (name, connector, settings, secret) => {
      const declaration = engine.dependencies.connectors.get(connector);
      if (declaration === undefined) throw new Error(`no connector ${connector}`);
      const row = await store.account(accountId, (tx) =>
        addConnection(tx, vault, accountId, { name, connector, settings, secret, hosts: declaration.hosts(settings) }),
      );
      return row.id;
    },
    publish: async (definition, bindings) => {
      const { plan, problems } = checkDefinition(definition, {
        file: 'test.yaml',
        connectors: engine.dependencies.connectors,
      });
      if (plan === null)
        throw new Error(problems.map((problem) => `${problem.line}:${problem.column} ${problem.message}`).join('\n'));
      const everyMs =
        plan.trigger.kind === 'every'
          ? plan.trigger.everyMs
          : plan.trigger.kind === 'webhook'
            ? plan.trigger.reconcileMs
            : null;
      const published = await store.account(accountId, (tx) =>
        publishVersion(tx, accountId, {
          id: plan.pipeline,
          title: plan.title,
          definition,
          plan: JSON.parse(JSON.stringify(plan)) as JsonObject,
          bindings,
          publishedBy: 'test',
          flows: plan.flows,
          trigger: { ...plan.trigger, everyMs },
        }),
      );
      return { ...published, plan };
    },
    open: async (pipeline, kind = 'manual', runOptions = {}) => {
      const run = await store.account(accountId, (tx) =>
        openVersion(tx, accountId, pipeline.uid, pipeline.version, pipeline.plan, kind, 'test', runOptions),
      );
      if (run === null) throw new Error('another run is open');
      return run.id;
    },
    until: async (runId, states = ['done', 'done_with_dead_letters', 'failed', 'cancelled'], withinMs = 60_000) => {
      const endsAt = performance.now() + withinMs;
      for (;;) {
        const run = await store.account(accountId, (tx) => getRun(tx, runId)).catch(unlessAway);
        if (run !== null && states.includes(run.state)) return run;
        if (performance.now() > endsAt) {
          throw new Error(
            `run ${runId} is ${run?.state} after ${withinMs} ms: ${JSON.stringify(run?.failure)} ${errors.slice(-5).map(String).join('; ')}`,
          );
        }
        await delay(20);
      }
    },
    stop: () => {
      stopped ??= stopAll();
      return stopped;
    },
  };
}

/** A database that a test has killed comes back; who follows a run waits for it. */
function unlessAway(error: unknown): null {
  if ((error as { code?: unknown }).code === 'store/unavailable') return null;
  throw error;
}
