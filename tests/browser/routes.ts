import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder } from '../../runtime/project-folder.js';

const folder = join(findProjectFolder(), 'cabinet', 'src', 'routes');

/** Every address that the cabinet knows, as the route tables write it: `/runs/$id`. */
export function listRoutes(): readonly string[] {
  const found = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path ?? ''),
  );
  return [...new Set(found)].sort();
}
