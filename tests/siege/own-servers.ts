import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../runtime/postgres.js';
import { startTemporal } from '../../runtime/temporal.js';
import type { TestServers } from '../support/engine.js';
import { until } from './copy.js';

/** Servers that a promise may kill: the product's own supervision starts them again. */
export interface OwnServers extends TestServers {
  /** Both resolve when the server runs again. */
  killPostgres(): Promise<void>;
  killTemporal(): Promise<void>;
  /** Where the Temporal server keeps its file: for those who look for what must not stand there. */
  readonly temporalFolder: string;
  stop(): Promise<void>;
}

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

export async function startOwnServers(): Promise<OwnServers> {
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-siege-'));
  // Open to pass through: as root, PostgreSQL runs as another user.
  await chmod(folder, 0o711);
  const dataFolder = join(folder, 'data');
  await mkdir(dataFolder, { mode: 0o711 });
  const [postgres, temporal] = await Promise.all([
    startPostgres({ dataFolder, log: quiet, maxConnections: 200 }),
    startTemporal({ dataFolder, namespace: 'default', log: quiet }),
  ]);
  return {
    ownerUrl: postgres.ownerUrl,
    temporal: { address: temporal.address, namespace: temporal.namespace },
    temporalFolder: join(dataFolder, 'temporal'),
    killPostgres: () => kill(postgres, 'PostgreSQL'),
    killTemporal: () => kill(temporal, 'Temporal'),
    stop: async () => {
      await temporal.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function kill(server: { readonly pid: number }, name: string): Promise<void> {
  const { pid } = server;
  process.kill(pid, 'SIGKILL');
  await until(`${name} to run again`, () => server.pid !== pid);
}
