import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../core/failures.js';
import type { PostgresPackage } from './postgres-package.js';
import type { PostgresPlace } from './postgres-place.js';
import type { SystemUser } from './system-user.js';

/** The superuser of an embedded cluster. */
export const ownerRole = 'pipewright';

/** The owner's password for connections over TCP; readable by the server's user alone. */
export function passwordFile(place: PostgresPlace): string {
  return join(place.folder, 'password');
}

/** The cluster's folder, made once: under a temporary name first, so that a killed initdb leaves nothing half-made. */
export async function ensureCluster(
  found: PostgresPackage,
  place: PostgresPlace,
  user: SystemUser | undefined,
): Promise<string> {
  const major = found.version.split('.')[0] ?? found.version;
  const cluster = join(place.folder, major);
  const names = await readdir(place.folder);
  if (names.includes(major)) return cluster;
  const older = names.find((name) => /^\d+$/.test(name));
  if (older !== undefined) {
    throw new Failure('store/outdated_schema', {
      message: `The database in \`${place.folder}\` was made by PostgreSQL ${older}, this release brings ${major}.`,
      hint: 'Make a backup with the former release and restore it with this one.',
    });
  }
  for (const name of names.filter((text) => text.endsWith('.part'))) {
    await rm(join(place.folder, name), { recursive: true, force: true });
  }
  const unfinished = join(place.folder, `${major}.${process.pid}.part`);
  const password = randomBytes(24).toString('base64url');
  await rm(passwordFile(place), { force: true });
  await writeFile(passwordFile(place), password, { mode: 0o600, flag: 'wx' });
  if (user !== undefined) await chown(passwordFile(place), user.uid, user.gid);
  // The built-in locale sorts and folds the same on every system and through every upgrade of the system's libraries.
  await runInitdb(found, user, place.folder, [
    `--pgdata=${unfinished}`,
    `--username=${ownerRole}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    `--pwfile=${passwordFile(place)}`,
  ]);
  await rename(unfinished, cluster);
  return cluster;
}

async function runInitdb(
  found: PostgresPackage,
  user: SystemUser | undefined,
  folder: string,
  args: readonly string[],
): Promise<void> {
  const child = spawn(join(found.folder, 'bin', 'initdb'), args, {
    ...user,
    cwd: folder,
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw notStarted(`initdb ended with ${code}: ${said.trim()}`);
}

/** Nothing of ours: the server needs no secrets, and PG* variables would change its behaviour. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
}

export function notStarted(reason: string): Failure {
  return new Failure('store/unavailable', {
    message: `The embedded PostgreSQL does not start: ${reason.slice(0, 800)}`,
    hint: 'Read `postgres.log` in the data folder, or set `DATABASE_URL` to a PostgreSQL 15 or newer.',
  });
}
