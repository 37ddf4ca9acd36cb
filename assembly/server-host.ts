import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { openConnection, tryConnection } from '../activities/connections.js';
import { createLimits } from '../api/access/limits.js';
import type { RequestRules } from '../api/access/request-limits.js';
import type { ApiContext } from '../api/context.js';
import { createApp } from '../api/http/app.js';
import { createKnownDevices } from '../api/identity/known-devices.js';
import { buildIdentity } from '../api/identity/library.js';
import { createLetters } from '../api/services/letters.js';
import { Failure } from '../core/failures.js';
import { findProjectFolder } from '../runtime/project-folder.js';
import { eraseNextAccount } from '../store/account-removal.js';
import { readStore } from '../store/readings.js';
import { noteEndedVisits } from '../store/support-links.js';
import { addStoreGauges } from '../telemetry/gauges.js';
import { type CorrespondenceOptions, startCorrespondence } from './correspondence.js';
import type { Installation } from './installation.js';
import { createMailer } from './mailer.js';
import { ensureMaintenance } from './maintenance.js';
import { OutboxReader } from './outbox-reader.js';
import { QueueReader } from './queue-reader.js';
import { readinessOf } from './readiness.js';
import { connectClient } from './temporal.js';
import { offerSandboxes } from './up/sandbox-connections.js';
import { productVersion } from './version.js';

/** The HTTP side of an installation: API, webhook intake and the reader of the outbox. */
export interface ServerHost {
  /** Where it listens, such as `http://127.0.0.1:7400`. */
  readonly address: string;
  /** What its routes work with; tests look through it. */
  readonly context: ApiContext;
  /** The same promise for every caller. Ends the streams of events, lets requests end, then the outbox. */
  stop(): Promise<void>;
}

export interface ServerHostOptions {
  /** Tests reach their own Temporal client and leave the Schedules alone. */
  readonly client?: Client;
  readonly hasMaintenance?: boolean;
  /** Other limits than the documented ones: tests ask much and fast. */
  readonly requestRules?: RequestRules;
  readonly correspondence?: CorrespondenceOptions;
}

const closeGraceMs = 3_000;
const portsTried = 50;

export async function startServerHost(
  installation: Installation,
  options: ServerHostOptions = {},
): Promise<ServerHost> {
  const { telemetry, engine } = installation;
  const { store } = engine.dependencies;
  const client = options.client ?? (await connectClient(installation.temporal, installation.converter));
  const stopping = new AbortController();
  const server = createServer({ requestTimeout: 60_000, headersTimeout: 15_000, keepAliveTimeout: 10_000 });
  const port = await listen(server, installation.settings);
  const context: ApiContext = {
    ...contextOf(installation, client, port, stopping.signal),
    ...(options.requestRules && { requestRules: options.requestRules }),
  };
  server.on('request', createApp(context));
  addStoreGauges(telemetry.registry, () => readStore(store));
  const outbox = new OutboxReader(
    store,
    client,
    (error) => telemetry.emit({ kind: 'outbox_failed', error }),
    installation.queue,
  );
  outbox.start();
  const mailer = createMailer({
    store,
    keys: engine.dependencies.vault.keys,
    smtpUrl: installation.settings.smtpUrl,
    from: installation.settings.mailFrom,
    dataFolder: installation.settings.dataFolder,
    onError: (error) => telemetry.emit({ kind: 'outbox_failed', error }),
  });
  mailer.start();
  const keys = engine.dependencies.vault.keys;
  const visits = new QueueReader(
    async () => (await noteEndedVisits(store, keys)) > 0,
    (error) => telemetry.emit({ kind: 'outbox_failed', error }),
    15_000,
  );
  visits.start();
  const eraser = new QueueReader(
    () => eraseNextAccount(store),
    (error) => telemetry.emit({ kind: 'outbox_failed', error }),
    5_000,
  );
  eraser.start();
  const correspondence = await startCorrespondence(installation, context, options.correspondence);
  if (options.hasMaintenance !== false) keepSchedules(installation, client, stopping.signal);
  const address = originOf(installation.settings.host, port);
  telemetry.emit({ kind: 'server_started', address });
  let stopped: Promise<void> | undefined;
  return {
    address,
    context,
    stop: () => {
      stopped ??= stop();
      return stopped;
    },
  };

  async function stop(): Promise<void> {
    stopping.abort();
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    const hurry = setTimeout(() => server.closeAllConnections(), closeGraceMs);
    await closed;
    clearTimeout(hurry);
    await outbox.stop();
    await mailer.stop();
    await correspondence.stop();
    await visits.stop();
    await eraser.stop();
    if (options.client === undefined) await client.connection.close();
  }
}

function contextOf(installation: Installation, client: Client, port: number, stopping: AbortSignal): ApiContext {
  const { settings, telemetry, engine } = installation;
  const { dependencies } = engine;
  const { store, vault } = dependencies;
  const origin = settings.publicUrl ?? originOf(settings.host, port);
  const keys = vault.keys;
  const letters = createLetters({ store, keys, origin });
  return {
    store,
    vault,
    identity: buildIdentity({
      store,
      secret: keys.derived('sessions').toString('base64'),
      origin,
      session: settings.session,
      letters,
    }),
    letters: letters.of,
    devices: createKnownDevices(keys.derived('sessions'), origin),
    limits: createLimits(store),
    trustedProxies: settings.trustedProxies,
    session: settings.session,
    connectors: dependencies.connectors,
    tariffs: dependencies.tariffs,
    contacts: settings.contacts,
    mailReplyAddress: settings.mailIntake?.replyAddress,
    checkOutgoing: engine.outgoing.check,
    openConnection: (accountId, nameOrId) => openConnection(dependencies, accountId, nameOrId, 'poll'),
    tryConnection: (accountId, trial) => tryConnection(dependencies, accountId, trial),
    vendorHttp: (accountId, connector, of) =>
      dependencies.http({
        accountId,
        connectionId: '',
        hosts: connector.hosts(of),
        limits: connector.limits(of),
        priority: 'poll',
      }),
    telemetry,
    publicUrl: {
      origin,
      isSet: settings.publicUrl !== undefined,
    },
    localOrigins: ['127.0.0.1', 'localhost', '[::1]'].map((host) => `http://${host}:${port}`),
    cabinetFolder: join(findProjectFolder(), 'dist', 'cabinet'),
    sandboxes: () => offerSandboxes(settings.dataFolder),
    readiness: () => readinessOf(installation, client),
    version: productVersion(),
    stopping,
  };
}

/** The wanted port, or the next free one where PORT is not set. */
async function listen(server: Server, settings: Installation['settings']): Promise<number> {
  for (let offset = 0; ; offset += 1) {
    try {
      server.listen({ host: settings.host, port: settings.port === 0 ? 0 : settings.port + offset, exclusive: true });
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const isTaken = (error as { code?: unknown }).code === 'EADDRINUSE';
      if (isTaken && settings.mayMovePort && offset < portsTried) continue;
      throw new Failure('settings/invalid_value', {
        message: `The server cannot listen on port ${settings.port + offset} of \`${settings.host}\`.`,
        hint: 'Stop what uses it, or choose another with PORT.',
        cause: error,
      });
    }
  }
}

function originOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The Schedules are made as soon as Temporal takes them; the server does not wait for that. */
function keepSchedules(installation: Installation, client: Client, stopping: AbortSignal): void {
  const attempt = (): void => {
    if (stopping.aborted) return;
    ensureMaintenance(client, installation.queue).catch((error: unknown) => {
      installation.telemetry.emit({ kind: 'outbox_failed', error });
      setTimeout(attempt, 10_000).unref();
    });
  };
  attempt();
}
