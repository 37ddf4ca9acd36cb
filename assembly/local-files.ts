import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Failure } from '../core/failures.js';

/**
 * Turns a configured path into an absolute one inside the allowed folders; symbolic links are followed before the
 * check, so none leads outside. A relative path starts at the first folder. Throws `egress/address_refused`.
 */
export function allowedPaths(folders: readonly string[]): (path: string) => string {
  const roots = folders.map((folder) => realpath(resolve(folder)));
  return (path) => {
    const absolute = realpath(resolve(roots[0] ?? '/', path));
    if (path.includes('\0') || !roots.some((root) => absolute === root || absolute.startsWith(root + sep)))
      throw refused();
    return absolute;
  };
}

/** The real path of a file that may not exist yet: that of the nearest folder which does. */
function realpath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realpath(parent), basename(path));
  }
}

function refused(): Failure {
  return new Failure('egress/address_refused', {
    message: 'The path of this connection lies outside the folders that files may be in.',
    hint: 'Move the file into an allowed folder; an operator names these in PIPEWRIGHT_FILE_FOLDERS.',
  });
}
