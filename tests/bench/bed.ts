import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { type OpenedConnection, openConnection } from '../../activities/connections.js';
import { openVersion } from '../../activities/runs/opening.js';
import { findMissingFields } from '../../api/services/new-fields.js';
import { buildEngine, type Engine } from '../../assembly/engine.js';
import { OutboxReader } from '../../assembly/outbox-reader.js';
import { dataConverter, failureConverterPath, payloadCodec } from '../../assembly/payload-codec.js';
import { connectClient } from '../../assembly/temporal.js';
import type { StreamDeclaration } from '../../connectors/kit/index.js';
import type { JsonObject } from '../../core/json.js';
import { checkDefinition } from '../../definitions/check/index.js';
import type { Plan } from '../../definitions/plan/plan.js';
import { silentLog } from '../../runtime/log.js';
import { type Postgres, startPostgres } from '../../runtime/postgres.js';
import { withRole } from '../../runtime/postgres-connection.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { startTemporal, type Temporal } from '../../runtime/temporal.js';
import { addAccount } from '../../store/accounts.js';
import { addConnection } from '../../store/connections.js';
import { migrate } from '../../store/migrate.js';
import { getRun, type RunOptions, type RunRow } from '../../store/runs.js';
import type { RunKind } from '../../store/tables.js';
import { MasterKeys } from '../../store/vault-keys.js';
import { publishVersion } from '../../store/versions.js';
import { shippedServices } from '../support/shipped-services.js';
import { buildPrograms, type Child, startChild, type Usage } from './services.js';

/** The time is the run's own, so looking seldom costs no precision, and no more of the processor than need be. */
const lookEveryMs = 200;

export interface RunFigures {
  readonly ms: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** A vendor's sandbox as a process of its own. */
export interface Vendor {
  readonly child: Child;
  readonly url: string;
  readonly control: string;
  readonly credentials: Readonly<Record<string, unknown>>;
}

interface BedOptions {
  readonly folder: string;
  readonly records: number;
  readonly masterKey: Buffer;
  readonly accountId: string;
}

/** The bench's world: durable PostgreSQL, a Temporal server, a worker of built code, all as processes of their own. */
export class BenchBed {
  readonly #closers: (() => Promise<void>)[] = [];
  #number = 0;

  private constructor(
    readonly options: BedOptions,
    readonly programs: { worker: string; sandbox: string; raw: string },
    readonly postgres: Postgres,
    readonly temporal: Temporal,
    readonly engine: Engine,
    readonly client: Client,
    readonly workerSettings: JsonObject,
    readonly queue: string,
  ) {}

  static async open(options: BedOptions): Promise<BenchBed> {
    const dataFolder = join(options.folder, 'data');
    await mkdir(dataFolder, { mode: 0o711 });
    const [programs, postgres, temporal] = await Promise.all([
      buildPrograms(),
      startPostgres({ dataFolder, log: silentLog }),
      startTemporal({ dataFolder, namespace: 'default', log: silentLog }),
    ]);
    await migrate(postgres.ownerUrl);
    const bundlePath = join(options.folder, 'bundle.js');
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(findProjectFolder(), 'workflows/index.ts'),
      failureConverterPath: failureConverterPath(),
      logger: new DefaultLogger('ERROR'),
    });
    await writeFile(bundlePath, code);
    const masterKeys = new MasterKeys(options.masterKey);
    const appUrl = withRole(postgres.ownerUrl, 'pipewright_app');
    const systemUrl = withRole(postgres.ownerUrl, 'pipewright_system');
    const engine = await buildEngine({
      appUrl,
      systemUrl,
      masterKeys,
      egressAllow: ['127.0.0.1:1-65535'],
      fileFolders: [options.folder],
      services: shippedServices(),
      events: { emit: () => undefined },
    });
    await engine.dependencies.store.system((tx) =>
      addAccount(tx, { id: options.accountId, name: 'Bench', tariff: 'unlimited' }),
    );
    const converter = dataConverter(payloadCodec(engine.dependencies.vault.keys));
    const at = { address: temporal.address, namespace: 'default' };
    const client = await connectClient(at, converter);
    const queue = 'bench';
    const outbox = new OutboxReader(engine.dependencies.store, client, (error) => console.error(error), queue);
    outbox.start();
    const bed = new BenchBed(
      options,
      programs,
      postgres,
      temporal,
      engine,
      client,
      {
        appUrl,
        systemUrl,
        masterKey: options.masterKey.toString('base64'),
        folder: options.folder,
        temporal: at,
        bundlePath,
        queue,
      },
      queue,
    );
    bed.#closers.push(
      () => postgres.stop(),
      () => temporal.stop(),
      () => engine.close(),
      async () => client.connection.close(),
      () => outbox.stop(),
    );
    return bed;
  }

  /** The bench's PostgreSQL behind a TCP port, as targets are reached; for both loops alike. */
  async openTcp(): Promise<{ port: number; connectionString: string }> {
    const { host, port: socketPort, user, database } = this.postgres.connection;
    const sockets = new Set<Socket>();
    const server = createServer((near) => {
      const far = connect(
        host.startsWith('/') ? { path: `${host}/.s.PGSQL.${socketPort}` } : { host, port: socketPort },
      );
      for (const socket of [near, far]) {
        sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.#closers.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { port, connectionString: `postgres://${user}@127.0.0.1:${port}/${database}` };
  }

  async startSandbox(args: readonly string[]): Promise<Vendor & { token: string }> {
    const vendor = await this.startVendor('rest-crm', args);
    return { ...vendor, token: String(vendor.credentials.token) };
  }

  async startVendor(name: string, args: readonly string[]): Promise<Vendor> {
    const child = await startChild(this.programs.sandbox, [name, ...args]);
    this.#closers.push(() => child.stop());
    const { url, control, credentials } = child.hello as Record<string, unknown>;
    return {
      child,
      url: String(url),
      control: String(control),
      credentials: credentials as Readonly<Record<string, unknown>>,
    };
  }

  async startWorker(slices?: JsonObject): Promise<Child> {
    const child = await startChild(this.programs.worker, [
      JSON.stringify({ ...this.workerSettings, ...(slices && { slices }) }),
    ]);
    this.#closers.push(() => child.stop());
    return child;
  }

  /** Runs the raw loop as a process of its own and returns what it measured of itself. */
  async runRaw(order: JsonObject): Promise<RunFigures & { count: number }> {
    const child = spawn(process.execPath, [this.programs.raw, JSON.stringify(order)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    const [code] = (await once(child, 'exit')) as [number];
    if (code !== 0) throw new Error(`the raw loop ended with ${code}`);
    return JSON.parse(text) as RunFigures & { count: number };
  }

  async connect(connector: string, settings: JsonObject, secret: JsonObject | null): Promise<string> {
    const { store, vault, connectors } = this.engine.dependencies;
    const declaration = connectors.get(connector);
    if (declaration === undefined) throw new Error(`no connector ${connector}`);
    this.#number += 1;
    const name = `c${this.#number}`;
    const { accountId } = this.options;
    const row = await store.account(accountId, (tx) =>
      addConnection(tx, vault, accountId, {
        name,
        connector,
        settings,
        secret,
        hosts: declaration.hosts(settings),
      }),
    );
    return row.id;
  }

  async publish(
    definition: string,
    bindings: Record<string, string>,
  ): Promise<{ uid: string; version: number; plan: Plan }> {
    const { connectors } = this.engine.dependencies;
    const { plan, problems } = checkDefinition(definition, { file: 'bench.yaml', connectors });
    if (plan === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
    return this.#store(plan, definition, bindings);
  }

  async #store(
    plan: Plan,
    definition: string,
    bindings: Record<string, string>,
  ): Promise<{ uid: string; version: number; plan: Plan }> {
    const { store } = this.engine.dependencies;
    const published = await store.account(this.options.accountId, (tx) =>
      publishVersion(tx, this.options.accountId, {
        id: plan.pipeline,
        title: plan.title,
        definition,
        plan: JSON.parse(JSON.stringify(plan)) as JsonObject,
        bindings,
        publishedBy: 'bench',
        flows: plan.flows,
        trigger: { kind: 'manual', everyMs: null },
      }),
    );
    return { ...published, plan };
  }

  /** Publishes a definition against the accounts as they are, with the fields it asks for. */
  async publishWithFields(
    definition: string,
    bindings: Record<string, string>,
  ): Promise<{ uid: string; version: number; plan: Plan }> {
    const { dependencies } = this.engine;
    const streams: Record<string, readonly StreamDeclaration[]> = {};
    const opened = new Map<string, OpenedConnection>();
    for (const [slot, id] of Object.entries(bindings)) {
      const one = await openConnection(dependencies, this.options.accountId, id, 'poll');
      opened.set(slot, one);
      streams[slot] = await one.connection.streams(AbortSignal.timeout(60_000));
    }
    const { connectors } = dependencies;
    const { plan, problems } = checkDefinition(definition, { file: 'bench.yaml', connectors, streams });
    if (plan === null) throw new Error(problems.map((problem) => problem.message).join('\n'));
    for (const { slot, stream, fields } of findMissingFields(plan, streams)) {
      await opened.get(slot)?.connection.createFields?.(stream, fields, AbortSignal.timeout(60_000));
    }
    await Promise.all([...opened.values()].map((one) => one.connection.close()));
    return this.#store(plan, definition, bindings);
  }

  /** One run from opening to its end; time by the run's own rows, usage of the worker between. */
  async run(
    pipeline: { uid: string; version: number; plan: Plan },
    worker: Child,
    kind: RunKind = 'manual',
    options: RunOptions = {},
  ): Promise<RunFigures & { run: RunRow }> {
    const { store } = this.engine.dependencies;
    const before: Usage = worker.usage();
    const opened = await store.account(this.options.accountId, (tx) =>
      openVersion(tx, this.options.accountId, pipeline.uid, pipeline.version, pipeline.plan, kind, 'bench', options),
    );
    if (opened === null) throw new Error('another run is open');
    for (;;) {
      const run = await store.account(this.options.accountId, (tx) => getRun(tx, opened.id));
      if (!['queued', 'running', 'waiting', 'paused'].includes(run.state)) {
        const after = worker.usage();
        if (run.state !== 'done') throw new Error(`the run ended ${run.state}: ${JSON.stringify(run.failure)}`);
        const [times] = await this.rows<{ ms: string }>(
          'select extract(epoch from ended_at - opened_at) * 1000 as ms from run where id = $1',
          [opened.id],
        );
        return { run, ms: Number(times?.ms), cpuMs: after.cpuMs - before.cpuMs, peakMb: after.peakMb };
      }
      await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
    }
  }

  async rows<T extends object>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.engine.dependencies.store.accountClient(
      this.options.accountId,
      async (client) => (await client.query<T & Record<string, unknown>>(sql, values)).rows,
    );
  }

  async close(): Promise<void> {
    for (const close of this.#closers.reverse()) await close().catch((error: unknown) => console.error(error));
  }
}
