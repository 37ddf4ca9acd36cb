import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { RestoreOptions, RestoreReport } from '../cli/tools.js';
import { connectorsById, createConnectors } from '../connectors/index.js';
import { openDataFolder } from '../runtime/data-folder.js';
import type { Settings } from '../runtime/settings.js';
import type { Querying } from '../store/backup/catalogue.js';
import { loadBackup } from '../store/backup/load.js';
import { pauseDoubtful, type Rebuilt, rebuildAfterRestore } from '../store/rebuild.js';
import { backupKeys, withPostgres } from './backup.js';
import { findDoubtful } from './doubtful-targets.js';
import { keyFilePath, readKeyFile } from './key-path.js';
import { shippedServices } from './services.js';

const stepTexts = { verifying: 'verifying the file', loading: 'loading', checking: 'checking and building indexes' };

/**
 * Puts a backup into the database of an installation that does not run, and has everything that Temporal keeps built
 * anew from it at the next start. The data folder is held meanwhile. Until all of it is done the database is as it was.
 */
export async function restore(settings: Settings, options: RestoreOptions): Promise<RestoreReport> {
  const folder = await openDataFolder(settings.dataFolder, 1);
  try {
    if (settings.database !== undefined) return await restoreInto(settings, settings.database.ownerUrl, options);
    return await withPostgres(settings.dataFolder, (ownerUrl) => restoreInto(settings, ownerUrl, options));
  } finally {
    folder.release();
  }
}

async function restoreInto(settings: Settings, ownerUrl: string, options: RestoreOptions): Promise<RestoreReport> {
  let rebuilt: Rebuilt | undefined;
  let paused: readonly { readonly id: string; readonly targets: readonly string[] }[] = [];
  let isKeyKnown = true;
  const connectors = connectorsById(createConnectors(await shippedServices()));
  const { header, end } = await loadBackup({
    ownerUrl,
    path: options.file,
    keys: backupKeys(settings),
    mayReplace: options.mayReplace,
    onProgress: ({ step, share }) => options.onProgress?.({ text: stepTexts[step], share }),
    afterLoad: async (client, { takenAt, product }) => {
      rebuilt = await rebuildAfterRestore(client);
      const doubtful = await findDoubtful(client, connectors);
      await pauseDoubtful(client, doubtful, takenAt);
      paused = doubtful.map(({ id, targets }) => ({ id, targets }));
      isKeyKnown = await isKeyFileKnown(client, settings.dataFolder);
      await note(client, { takenAt, product, restoredAt: new Date().toISOString() });
    },
  });
  // The next start makes a key that the restored database knows.
  if (!isKeyKnown) rmSync(keyFilePath(settings.dataFolder), { force: true });
  return {
    file: options.file,
    takenAt: header.takenAt,
    product: header.product,
    tables: end.tables,
    rows: end.rows,
    openRuns: rebuilt?.runs ?? 0,
    paused,
  };
}

async function isKeyFileKnown(client: Querying, dataFolder: string): Promise<boolean> {
  const [, publicId, secret] = /^pw_([0-9a-z]{8})_([A-Za-z0-9_-]{43})$/.exec(readKeyFile(dataFolder) ?? '') ?? [];
  if (publicId === undefined || secret === undefined) return false;
  const hash = createHash('sha256').update(secret).digest();
  const { rows } = await client.query<{ known: boolean }>(
    'select exists (select from api_key where public_id = $1 and secret_hash = $2 and revoked_at is null) as known',
    [publicId, hash],
  );
  return rows[0]?.known === true;
}

/** For people who look later: which backup this database came from. */
async function note(client: Querying, value: Readonly<Record<string, string>>): Promise<void> {
  await client.query(
    `insert into installation (name, value) values ('restored', $1) on conflict (name) do update set value = excluded.value`,
    [JSON.stringify(value)],
  );
}
