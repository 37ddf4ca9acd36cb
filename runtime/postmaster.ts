import { readdir, readFile, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { folderOf, isProcessAlive, programOf } from './process-identity.js';

/** What a running PostgreSQL writes into `postmaster.pid` of its cluster. */
export interface PostmasterNote {
  readonly pid: number;
  readonly port: number;
  /** Empty when it listens on no socket. */
  readonly socketFolder: string;
  /** Empty when it listens on no TCP address. */
  readonly address: string;
}

/** The PostgreSQL that already runs on this cluster, left by a killed parent; undefined when none is alive. */
export async function findLivePostmaster(cluster: string, socketFolder: string): Promise<PostmasterNote | undefined> {
  const path = join(cluster, 'postmaster.pid');
  const text = await readFile(path, 'utf8').catch(() => undefined);
  const note = text === undefined ? undefined : parseNote(text);
  if (note !== undefined && (await isPostmaster(note.pid, cluster))) return note;
  // PostgreSQL itself would take any live process with this number (also an unreaped dead one) for its predecessor and
  // refuse. Its second guard, the shared memory block, still protects a cluster in use.
  await rm(path, { force: true });
  for (const name of await readdir(socketFolder)) await rm(join(socketFolder, name), { force: true });
  return undefined;
}

function parseNote(text: string): PostmasterNote | undefined {
  const [pid, , , port, socketFolder, address] = text.split('\n');
  const note = { pid: Number(pid), port: Number(port), socketFolder: socketFolder ?? '', address: address ?? '' };
  return Number.isInteger(note.pid) && note.pid > 0 ? note : undefined;
}

async function isPostmaster(pid: number, cluster: string): Promise<boolean> {
  if (!isProcessAlive(pid) || programOf(pid) !== 'postgres') return false;
  const folder = folderOf(pid);
  return folder === undefined || folder === (await realpath(cluster));
}
