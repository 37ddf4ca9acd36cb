import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectFolder } from '../../runtime/project-folder.js';

/** The memory limits of `npm start`, for processes that are measured as it runs them. */
export function productionFlags(): readonly string[] {
  const { scripts } = JSON.parse(readFileSync(join(findProjectFolder(), 'package.json'), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const flags = (scripts.start ?? '').split(' ').filter((word) => word.startsWith('--'));
  if (flags.length === 0) throw new Error('`npm start` sets no limits of memory any more');
  return flags;
}
