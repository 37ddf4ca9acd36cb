import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the command line finds the installation's own key. */
export function keyFilePath(dataFolder: string): string {
  return join(dataFolder, 'api-key');
}

export function readKeyFile(dataFolder: string): string | undefined {
  try {
    return readFileSync(keyFilePath(dataFolder), 'utf8').trim();
  } catch {
    return undefined;
  }
}
