// Installs the locked dependencies when they are missing or older than the lock file. Node built-ins only: it runs first.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const project = join(import.meta.dirname, '..');

/** npm's exit code, 0 when nothing had to be done. */
export function ensureInstalled() {
  const installed = modifiedAt('node_modules/.package-lock.json');
  const reason = installed === 0 ? 'not installed yet' : 'older than package-lock.json';
  if (installed >= modifiedAt('package-lock.json')) return 0;
  console.error(`The dependencies are ${reason}: running \`npm ci\` (about half a minute).`);
  // With the development part, also where NODE_ENV says production: the build needs it.
  const args = ['ci', '--include=dev'];
  const npm = process.env.npm_execpath;
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...args], { cwd: project, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: project, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' });
  if (result.error) console.error(`npm cannot be started: ${result.error.message}`);
  return result.status ?? 1;
}

function modifiedAt(path) {
  return statSync(join(project, path), { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = ensureInstalled();
