import { chmodSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { create } from '../api/services/keys.js';
import type { AccountId, Store } from '../store/database.js';
import { keyFilePath } from './key-path.js';

/** Makes the first account's key at the first start and writes it into the data folder, readable by its owner alone. */
export async function ensureKeyFile(store: Store, accountId: AccountId, dataFolder: string): Promise<string> {
  const path = keyFilePath(dataFolder);
  if (existsSync(path)) {
    chmodSync(path, 0o600);
    return readFileSync(path, 'utf8').trim();
  }
  const { key } = await create({ store }, accountId, { name: 'data folder', scopes: ['admin'] });
  const unfinished = `${path}.${process.pid}.part`;
  writeFileSync(unfinished, `${key}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(unfinished, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
  return readFileSync(path, 'utf8').trim();
}
