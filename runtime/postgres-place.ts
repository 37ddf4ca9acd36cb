import { createHash, randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, realpath, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../core/failures.js';
import { isOpenTo, type SystemUser } from './system-user.js';

/** Where programs copied for another user and the clusters that root may not keep in its own folders stand. */
export const sharedFolder = '/var/lib/pipewright';

/** Where one installation's database files stand. */
export interface PostgresPlace {
  /** Owned by the user PostgreSQL runs as, mode 0700; holds the cluster and the socket folder. */
  readonly folder: string;
  readonly socketFolder: string;
}

/**
 * The data folder itself, unless PostgreSQL runs as a user who cannot enter it: then a folder below /var/lib/pipewright
 * with a pointer to it in the data folder. A pointer once written is followed for ever, also after a move.
 */
export async function choosePlace(dataFolder: string, user: SystemUser | undefined): Promise<PostgresPlace> {
  const pointer = join(dataFolder, 'postgres.json');
  const pointed = await readPointer(pointer);
  if (pointed !== undefined) await checkPointed(pointed, dataFolder);
  const folder = pointed ?? (await newFolder(dataFolder, pointer, user));
  const place = { folder, socketFolder: join(folder, 'socket') };
  for (const path of [place.folder, place.socketFolder]) {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (user !== undefined) await chown(path, user.uid, user.gid);
  }
  return place;
}

async function newFolder(dataFolder: string, pointer: string, user: SystemUser | undefined): Promise<string> {
  if (user === undefined || isOpenTo(user, dataFolder)) return join(dataFolder, 'postgres');
  const hash = createHash('sha256')
    .update(await realpath(dataFolder))
    .digest('hex')
    .slice(0, 16);
  await mkdir(sharedFolder, { recursive: true, mode: 0o755 });
  // A folder without a pointer to it belongs to an installation whose data folder was removed: not to this one.
  const isTaken = (await readdir(join(sharedFolder, hash)).catch(() => [])).length > 0;
  const folder = join(sharedFolder, isTaken ? `${hash}-${randomBytes(4).toString('hex')}` : hash);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(ownerNote(folder), `${dataFolder}\n`, { mode: 0o600 });
  await writeFile(pointer, `${JSON.stringify({ folder }, null, 2)}\n`, { mode: 0o600 });
  return folder;
}

async function readPointer(pointer: string): Promise<string | undefined> {
  const text = await readFile(pointer, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const { folder } = JSON.parse(text) as { folder?: unknown };
  return typeof folder === 'string' ? folder : undefined;
}

/** A lost place must not become an empty database, and a copied data folder must not share its original's database. */
async function checkPointed(folder: string, dataFolder: string): Promise<void> {
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new Failure('settings/missing_part', {
      message: `The database of data folder \`${dataFolder}\` stands in \`${folder}\`, which is not there.`,
      hint: 'Bring that folder back (in a container both folders must be on a volume), or restore a backup into an empty data folder.',
    });
  }
  const owner = (await readFile(ownerNote(folder), 'utf8').catch(() => '')).trim();
  if (owner === dataFolder) return;
  const original = owner === '' ? undefined : await readPointer(join(owner, 'postgres.json'));
  if (original === folder) {
    throw new Failure('settings/data_folder_in_use', {
      message: `The database \`${folder}\` belongs to data folder \`${owner}\`, of which \`${dataFolder}\` is a copy.`,
      hint: 'Use `pipewright backup` and `pipewright restore` to copy an installation, or remove the original first.',
    });
  }
  await writeFile(ownerNote(folder), `${dataFolder}\n`, { mode: 0o600 });
}

/** Beside the folder, not in it: the folder belongs to the other user. */
function ownerNote(folder: string): string {
  return `${folder}.owner`;
}
