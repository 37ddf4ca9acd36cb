import { Failure } from '../core/failures.js';
import { readState } from '../runtime/data-folder.js';
import { ownerRole } from '../runtime/postgres-cluster.js';
import { connectionUrl, queryOnce, withRole, withUser } from '../runtime/postgres-connection.js';
import type { Settings } from '../runtime/settings.js';
import { checkTemporal, type TemporalTarget } from '../runtime/temporal-connection.js';
import { readSandboxNotes } from './up/sandboxes.js';

/** What a process that starts no servers of its own works with. */
export interface Attached {
  readonly database: { readonly ownerUrl: string; readonly appUrl: string; readonly systemUrl: string };
  readonly temporal: TemporalTarget;
  readonly sandboxes: readonly string[];
}

/**
 * For `server` and `worker` processes: what DATABASE_URL and TEMPORAL_ADDRESS name, and for what they leave out the
 * servers of the installation that runs in the data folder.
 */
export async function attach(settings: Settings): Promise<Attached> {
  const state = readState(settings.dataFolder);
  const temporal = temporalOf(settings, state?.temporal?.address);
  await checkTemporal(temporal);
  return {
    database: await databaseOf(settings, state?.postgres),
    temporal,
    sandboxes: readSandboxNotes(settings.dataFolder).map((note) => `127.0.0.1:${note.port}`),
  };
}

function temporalOf({ temporal }: Settings, running: string | undefined): TemporalTarget {
  const { namespace, apiKey, tls } = temporal;
  const address = temporal.address ?? running;
  if (address === undefined) throw missing('TEMPORAL_ADDRESS');
  return temporal.address === undefined
    ? { address, namespace }
    : { address, namespace, ...(apiKey !== undefined && { apiKey }), ...(tls !== undefined && { tls }) };
}

async function databaseOf(
  settings: Settings,
  running: { readonly host: string; readonly port: number } | undefined,
): Promise<Attached['database']> {
  if (settings.database !== undefined) {
    const { url, ownerUrl } = settings.database;
    return {
      ownerUrl,
      appUrl: withRole(url, 'pipewright_app'),
      systemUrl: withRole(url, 'pipewright_system'),
    };
  }
  // The embedded server lets our user in by the mode of its socket's folder.
  if (running === undefined || !running.host.startsWith('/')) throw missing('DATABASE_URL');
  const ownerUrl = connectionUrl({ ...running, user: ownerRole, database: 'pipewright' });
  await queryOnce(withUser(ownerUrl, 'pipewright_app'), 'select 1');
  return {
    ownerUrl,
    appUrl: withUser(ownerUrl, 'pipewright_app'),
    systemUrl: withUser(ownerUrl, 'pipewright_system'),
  };
}

function missing(name: string): Failure {
  return new Failure('settings/missing_part', {
    message: `\`${name}\` is not set, and no installation runs in the data folder.`,
    hint: `Set it, or start everything at once with \`npm start\`.`,
  });
}
