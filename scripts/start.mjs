// `npm start`: installs and builds when that is due, then becomes the product itself. There is no process in between,
// so signals, exit code and terminal are the product's own.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { isBuilt, outFolder } from './sources.mjs';

const code = ensureInstalled() || build();
if (code !== 0) process.exit(code);
if (process.env.npm_lifecycle_event !== undefined) stopWithNpm();
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], join(outFolder, 'cli.js'), 'up', ...process.argv.slice(2)];
await import('../dist/cli.js');

/** In a process of its own: the bundlers would stay in the memory of this one. */
function build() {
  if (isBuilt()) return 0;
  const result = spawnSync(process.execPath, [join(import.meta.dirname, 'build.mjs')], { stdio: ['ignore', 2, 2] });
  return result.status ?? 1;
}

/** npm passes SIGTERM on to its shell alone, which dies and leaves us behind: that is noticed by having a new parent. */
function stopWithNpm() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  timer.unref();
}
