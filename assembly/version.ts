import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder } from '../runtime/project-folder.js';

let version: string | undefined;

/** The version in package.json. */
export function productVersion(): string {
  version ??= (JSON.parse(readFileSync(join(findProjectFolder(), 'package.json'), 'utf8')) as { version: string })
    .version;
  return version;
}
