import { readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A user of the operating system by numbers, as `spawn` and `chown` take it. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

/**
 * PostgreSQL refuses to run as root. Then it runs as `nobody`, who exists everywhere, so no user has to be created;
 * an ordinary user runs it as himself (undefined).
 */
export function userForPostgres(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return readNobody() ?? { uid: 65_534, gid: 65_534 };
}

/** Whether this user may enter the folder and every folder above it. */
export function isOpenTo(user: SystemUser, folder: string): boolean {
  let current = realpathSync(folder);
  for (;;) {
    if (!mayEnter(user, statSync(current))) return false;
    const parent = dirname(current);
    if (parent === current) return true;
    current = parent;
  }
}

function mayEnter(user: SystemUser, stats: Stats): boolean {
  if (stats.uid === user.uid) return (stats.mode & 0o100) !== 0;
  if (stats.gid === user.gid) return (stats.mode & 0o010) !== 0;
  return (stats.mode & 0o001) !== 0;
}

function readNobody(): SystemUser | undefined {
  try {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((text) => text.startsWith('nobody:'));
    const [, , uid, gid] = line?.split(':') ?? [];
    const user = { uid: Number(uid), gid: Number(gid) };
    return user.uid > 0 && user.gid > 0 ? user : undefined;
  } catch {
    return undefined;
  }
}
