import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BackupOptions, BackupReport } from '../cli/tools.js';
import { Failure } from '../core/failures.js';
import { openDataFolder, readState } from '../runtime/data-folder.js';
import { silentLog } from '../runtime/log.js';
import { loadMasterKey } from '../runtime/master-key.js';
import { startPostgres } from '../runtime/postgres.js';
import { ownerRole } from '../runtime/postgres-cluster.js';
import { connectionUrl } from '../runtime/postgres-connection.js';
import type { Settings } from '../runtime/settings.js';
import { dumpDatabase } from '../store/backup/dump.js';
import type { BackupKey } from '../store/backup/format.js';
import { MasterKeys } from '../store/vault-keys.js';
import { productVersion } from './version.js';

/** Writes a backup of the whole installation, which may be running and at work, into one file. */
export async function backUp(settings: Settings, options: BackupOptions): Promise<BackupReport> {
  const path = pathOf(options.to);
  const [key] = backupKeys(settings);
  if (key === undefined) throw noKey(settings);
  return withOwner(settings, async (ownerUrl) => {
    const done = await dumpDatabase({
      ownerUrl,
      path,
      key,
      product: productVersion(),
      onProgress: ({ table, tablesDone, tables, bytes }) =>
        options.onProgress?.({
          text: `${tablesDone} of ${tables} tables`,
          detail: table,
          share: tablesDone / tables,
          bytes,
        }),
    });
    return {
      file: path,
      fileBytes: done.fileBytes,
      tables: done.tables,
      rows: done.rows,
      takenAt: done.header.takenAt,
      sha256: done.sha256,
      masterKeyId: key.id,
      masterKeyPlace: keyPlace(settings),
    };
  });
}

/** `--to` may name a file or a folder. */
function pathOf(to: string | undefined): string {
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const name = `pipewright-${stamp}.backup`;
  if (to === undefined) return resolve(name);
  return statSync(to, { throwIfNoEntry: false })?.isDirectory() ? join(resolve(to), name) : resolve(to);
}

/** The database as its owner: the one of the settings, of the running installation, or of the stopped one, started for this. */
export async function withOwner<T>(settings: Settings, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  if (settings.database !== undefined) return work(settings.database.ownerUrl);
  const { dataFolder } = settings;
  const running = readState(dataFolder)?.postgres;
  if (running?.host.startsWith('/') === true) {
    return work(connectionUrl({ ...running, user: ownerRole, database: 'pipewright' }));
  }
  if (!existsSync(dataFolder)) throw noInstallation(dataFolder);
  // Throws with the address of one that runs but cannot be reached by a socket.
  const folder = await openDataFolder(dataFolder, 1);
  try {
    return await withPostgres(dataFolder, work);
  } finally {
    folder.release();
  }
}

/** Starts the embedded PostgreSQL of a data folder that this process holds, and stops it again. */
export async function withPostgres<T>(dataFolder: string, work: (ownerUrl: string) => Promise<T>): Promise<T> {
  const postgres = await startPostgres({ dataFolder, log: silentLog });
  try {
    return await work(postgres.ownerUrl);
  } finally {
    await postgres.stop();
  }
}

/** The master keys that are here, the current one first; none where no key was ever made, which makes none. */
export function backupKeys(settings: Settings): BackupKey[] {
  const { masterKeyPrevious } = settings;
  const current =
    settings.masterKey ?? (existsSync(keyPath(settings)) ? loadMasterKey(settings.dataFolder) : undefined);
  const found = [current, masterKeyPrevious].filter((key) => key !== undefined);
  return found.map((key) => {
    const keys = new MasterKeys(key);
    return { id: keys.currentId, key: keys.derived('backup') };
  });
}

function keyPath({ dataFolder }: Settings): string {
  return join(dataFolder, 'master.key');
}

function keyPlace(settings: Settings): string {
  return settings.masterKey === undefined ? keyPath(settings) : 'MASTER_KEY';
}

function noKey(settings: Settings): Failure {
  return new Failure('settings/missing_part', {
    message: `There is no master key: MASTER_KEY is not set and \`${keyPath(settings)}\` is not there.`,
    hint: 'Run this where the installation runs, as the user who starts it.',
  });
}

function noInstallation(dataFolder: string): Failure {
  return new Failure('settings/missing_part', {
    message: `There is no installation in the data folder \`${dataFolder}\`.`,
    hint: 'Name its folder with PIPEWRIGHT_DATA_DIR, or its database with DATABASE_URL.',
  });
}
