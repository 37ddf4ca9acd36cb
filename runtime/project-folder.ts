import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder with package.json, whether this runs from the sources or from the build in `dist`. */
export function findProjectFolder(from: string = import.meta.dirname): string {
  let current = from;
  while (!existsSync(join(current, 'package.json'))) {
    const parent = dirname(current);
    if (parent === current) throw new Error(`No package.json above \`${from}\`.`);
    current = parent;
  }
  return current;
}
