// Which files make up the program, and whether the build in dist/ was made from them as they are now.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const project = join(import.meta.dirname, '..');
export const outFolder = join(project, 'dist');
export const stampPath = join(outFolder, 'build.json');

const foldersLeftOut = new Set(['node_modules', 'dist', 'docs', 'tests', 'coverage']);

/** Changes with any source's name, size or time. About 10 ms. */
export function signatureOfSources() {
  const hash = createHash('sha256');
  for (const path of [...listSources(project, ''), 'package.json', 'scripts/build.mjs']) {
    const { mtimeMs, size } = statSync(join(project, path));
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Whether dist/ holds the build of the present sources. */
export function isBuilt() {
  try {
    return JSON.parse(readFileSync(stampPath, 'utf8')).signature === signatureOfSources();
  } catch {
    return false;
  }
}

function listSources(folder, prefix) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || foldersLeftOut.has(entry.name)) return [];
    if (entry.isDirectory()) return listSources(join(folder, entry.name), `${prefix}${entry.name}/`);
    if (['api/examples/', 'languages/sentences/'].includes(prefix) || prefix.startsWith('cabinet/'))
      return [prefix + entry.name];
    return /\.(ts|cjs)$/.test(entry.name) && !entry.name.endsWith('.test.ts') ? [prefix + entry.name] : [];
  });
}
