import { buildEngine } from '../../assembly/engine.js';
import { dataConverter, payloadCodec } from '../../assembly/payload-codec.js';
import { createWorker, quietRuntime } from '../../assembly/temporal.js';
import { MasterKeys } from '../../store/vault-keys.js';
import { withCrashPoint } from './crash-points.js';
import { shippedServices } from './shipped-services.js';
import type { WorkerProcessSettings } from './worker-process.js';

// A worker as a process of its own, so that tests can kill and freeze it. Its settings come as one JSON argument.
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
  events: { emit: (event) => process.stdout.write(`${JSON.stringify(event)}\n`) },
  ...(settings.slices && { slices: settings.slices }),
});
const { worker, connection } = await createWorker({
  temporal: settings.temporal,
  converter: dataConverter(payloadCodec(engine.dependencies.vault.keys)),
  dependencies: settings.crash ? withCrashPoint(engine.dependencies, settings.crash) : engine.dependencies,
  bundlePath: settings.bundlePath,
  queue: settings.queue,
  // A frozen worker's waiting polls take tasks that nobody then does, 5 s for each: one that is to freeze has none.
  ...(settings.crash && { maxActivities: 1 }),
});
process.once('SIGTERM', () => worker.shutdown());
// A test process that died must not leave workers behind.
process.stdin.resume().on('end', () => process.exit(1));
const running = worker.run();
process.stdout.write('{"kind":"ready"}\n');
await running;
await connection.close();
await engine.close();
process.exit(0);
