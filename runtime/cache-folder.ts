import { constants } from 'node:fs';
import { access, mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { findProjectFolder } from './project-folder.js';

/**
 * Where programs fetched once are kept, outside `node_modules` so that a new install does not fetch them again:
 * PIPEWRIGHT_CACHE_DIR, the user's cache folder, or (when there is no usable home) a folder of the project.
 */
export async function openCacheFolder(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const candidates = [env.PIPEWRIGHT_CACHE_DIR, ...userCaches(env), join(findProjectFolder(), '.pipewright', 'cache')];
  for (const folder of candidates) {
    if (folder !== undefined && isAbsolute(folder) && (await isUsable(folder))) return folder;
  }
  return candidates.at(-1) ?? '';
}

function userCaches(env: NodeJS.ProcessEnv): string[] {
  const base = env.XDG_CACHE_HOME ? [env.XDG_CACHE_HOME] : [];
  try {
    // The system's user table knows a home even where HOME is not set.
    const home = env.HOME ? env.HOME : homedir();
    return [...base, join(home, '.cache')].map((folder) => join(folder, 'pipewright'));
  } catch {
    return base.map((folder) => join(folder, 'pipewright'));
  }
}

async function isUsable(folder: string): Promise<boolean> {
  return await mkdir(folder, { recursive: true })
    .then(() => access(folder, constants.W_OK | constants.X_OK))
    .then(
      () => true,
      () => false,
    );
}
