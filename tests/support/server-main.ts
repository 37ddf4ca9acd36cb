import { buildEngine } from '../../assembly/engine.js';
import type { Installation } from '../../assembly/installation.js';
import { dataConverter, payloadCodec } from '../../assembly/payload-codec.js';
import { startServerHost } from '../../assembly/server-host.js';
import { connectClient, quietRuntime } from '../../assembly/temporal.js';
import { readSettings } from '../../runtime/settings.js';
import { MasterKeys } from '../../store/vault-keys.js';
import { createLog } from '../../telemetry/log.js';
import { createTelemetry } from '../../telemetry/telemetry.js';
import { shippedServices } from './shipped-services.js';
import type { WorkerProcessSettings } from './worker-process.js';

// The HTTP side as a process of its own, so that tests can kill it. Its settings come as one JSON argument.
const settings = JSON.parse(process.argv[2] ?? '{}') as WorkerProcessSettings;
quietRuntime();
const previous = settings.masterKeyPrevious;
const masterKeys = new MasterKeys(
  Buffer.from(settings.masterKey, 'base64'),
  previous === undefined ? [] : [Buffer.from(previous, 'base64')],
);
const engine = await buildEngine({
  appUrl: settings.appUrl,
  systemUrl: settings.systemUrl,
  masterKeys,
  egressAllow: ['127.0.0.1:1-65535'],
  fileFolders: [settings.folder],
  services: shippedServices(),
  events: { emit: () => undefined },
});
const converter = dataConverter(payloadCodec(engine.dependencies.vault.keys));
const installation: Installation = {
  settings: readSettings({ PIPEWRIGHT_DATA_DIR: settings.folder, PORT: '0', ...settings.environment }),
  telemetry: createTelemetry({ log: createLog('silent'), hasProcessMetrics: false }),
  engine,
  temporal: settings.temporal,
  converter,
  queue: settings.queue,
  close: async () => undefined,
};
const client = await connectClient(settings.temporal, converter);
const server = await startServerHost(installation, { client, hasMaintenance: false });
// A test process that died must not leave servers behind.
process.stdin.resume().on('end', () => process.exit(1));
process.stdout.write(`${JSON.stringify({ kind: 'listening', address: server.address })}\n{"kind":"ready"}\n`);
