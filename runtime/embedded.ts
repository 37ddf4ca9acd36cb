import { errorText, Failure } from '../core/failures.js';
import type { DataFolderState } from './data-folder.js';
import type { RuntimeLog } from './log.js';
import { type Postgres, startPostgres } from './postgres.js';
import { queryOnce, withRole, withUser } from './postgres-connection.js';
import type { Settings } from './settings.js';
import { startTemporal, type Temporal } from './temporal.js';
import { checkTemporal, type TemporalTarget } from './temporal-connection.js';

/** The database and the Temporal server that an installation works with: own children, or what the settings name. */
export interface Embedded {
  readonly database: {
    /** With the right to migrate. */
    readonly ownerUrl: string;
    readonly isEmbedded: boolean;
    /**
     * An address whose sessions work in `role`, which the migrations have made. Embedded: the role logs in itself and
     * owns nothing; else sessions of DATABASE_URL begin with `SET ROLE`.
     */
    urlFor(role: string): Promise<string>;
  };
  readonly temporal: TemporalTarget & { readonly isEmbedded: boolean };
  /** For `DataFolder.publish`; the pids change when a server was started again. */
  readonly state: DataFolderState;
  /** Called when an embedded server keeps dying and is given up; `name` is for people. */
  onExit(listener: (name: string) => void): void;
  /** Temporal first, the database last. Call it when workers and HTTP have stopped. */
  stop(): Promise<void>;
}

/** Starts what the settings leave to us, both at once, and checks what they name. The data folder must be locked. */
export async function startEmbedded(settings: Settings, log: RuntimeLog): Promise<Embedded> {
  const [database, temporal] = await Promise.allSettled([openDatabase(settings, log), openTemporal(settings, log)]);
  if (database.status === 'fulfilled' && temporal.status === 'fulfilled') {
    return combine(settings, database.value, temporal.value);
  }
  for (const part of [temporal, database]) {
    if (part.status === 'fulfilled') await part.value?.stop();
  }
  throw database.status === 'rejected' ? database.reason : (temporal as PromiseRejectedResult).reason;
}

async function openDatabase(settings: Settings, log: RuntimeLog): Promise<Postgres | undefined> {
  if (settings.database === undefined) return await startPostgres({ dataFolder: settings.dataFolder, log });
  await checkDatabase(settings.database.ownerUrl, 'DATABASE_OWNER_URL');
  await checkDatabase(settings.database.url, 'DATABASE_URL');
  return undefined;
}

async function checkDatabase(url: string, name: string): Promise<void> {
  const version = await queryOnce(url, "select current_setting('server_version_num')::int as number").then(
    ([row]) => Number(row?.number),
    (error: unknown) => {
      throw new Failure('store/unavailable', {
        message: `The database of \`${name}\` does not answer: ${errorText(error)}.`,
        hint: `Check \`${name}\`, or leave it out to use the embedded PostgreSQL.`,
        cause: error,
      });
    },
  );
  if (version >= 150_000) return;
  throw new Failure('store/unavailable', {
    message: `The database of \`${name}\` is PostgreSQL ${Math.floor(version / 10_000)}, at least 15 is needed.`,
    hint: 'Upgrade it, or leave the setting out to use the embedded PostgreSQL.',
  });
}

async function openTemporal({ temporal, dataFolder }: Settings, log: RuntimeLog): Promise<Temporal | undefined> {
  const { address, namespace, apiKey, tls } = temporal;
  if (address === undefined) return await startTemporal({ dataFolder, namespace, log });
  await checkTemporal({ address, namespace, apiKey, tls });
  return undefined;
}

function combine(settings: Settings, postgres: Postgres | undefined, temporal: Temporal | undefined): Embedded {
  const { namespace, apiKey, tls } = settings.temporal;
  const ownerUrl = postgres?.ownerUrl ?? settings.database?.ownerUrl ?? '';
  return {
    database: {
      ownerUrl,
      isEmbedded: postgres !== undefined,
      urlFor: async (role) =>
        postgres === undefined ? withRole(settings.database?.url ?? ownerUrl, role) : await openRole(postgres, role),
    },
    temporal:
      temporal === undefined
        ? { address: settings.temporal.address ?? '', namespace, apiKey, tls, isEmbedded: false }
        : { address: temporal.address, namespace, isEmbedded: true },
    get state() {
      return {
        ...(postgres && {
          postgres: { pid: postgres.pid, host: postgres.connection.host, port: postgres.connection.port },
        }),
        ...(temporal && { temporal: { pid: temporal.pid, address: temporal.address } }),
      };
    },
    onExit: (listener) => {
      postgres?.onExit(() => listener('PostgreSQL'));
      temporal?.onExit(() => listener('Temporal'));
    },
    stop: async () => {
      await temporal?.stop();
      await postgres?.stop();
    },
  };
}

/** Over the socket, whose folder is closed to others, the name is enough; over TCP the role gets the owner's password. */
async function openRole({ connection, ownerUrl }: Postgres, role: string): Promise<string> {
  const { password } = connection;
  const name = `"${role.replaceAll('"', '""')}"`;
  const secret = password === undefined ? '' : ` password '${password.replaceAll("'", "''")}'`;
  await queryOnce(ownerUrl, `alter role ${name} login${secret}`);
  return withUser(ownerUrl, role);
}
