import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../core/failures.js';
import { masterKey } from './settings-values.js';

/** The key in the data folder, 32 bytes, made at the first call. MASTER_KEY goes before it (`settings.masterKey`). */
export function loadMasterKey(dataFolder: string): Buffer {
  const path = join(dataFolder, 'master.key');
  if (statSync(path, { throwIfNoEntry: false }) === undefined) makeKey(path);
  const stats = statSync(path);
  const isForeign = process.getuid !== undefined && stats.uid !== process.getuid();
  if (process.platform !== 'win32' && ((stats.mode & 0o077) !== 0 || isForeign)) {
    throw new Failure('settings/key_readable', {
      message: `Master key file \`${path}\` can be read by other users (mode ${(stats.mode & 0o777).toString(8)}).`,
      hint: `Find out who may have read it, then run \`chmod 600 ${path}\`, or change the key with \`MASTER_KEY\` and \`MASTER_KEY_PREVIOUS\`.`,
    });
  }
  const key = masterKey(readFileSync(path, 'utf8').trim());
  if (key !== undefined) return key;
  throw new Failure('settings/invalid_value', {
    message: `Master key file \`${path}\` does not hold 32 bytes in base64.`,
    hint: 'Put the right key back; a new key cannot read the secrets stored with the old one.',
  });
}

/** Written whole under another name, then linked: never half a key, and never over an existing one. */
function makeKey(path: string): void {
  const unfinished = `${path}.${process.pid}.part`;
  writeFileSync(unfinished, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
