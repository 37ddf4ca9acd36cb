// `npm start`: installs and builds when that is due, then becomes the product itself. There is no process in between,
// so signals, exit code and terminal are the product's own.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './ensure-installed.mjs';
import { isBuilt, outFolder } from './sources.mjs';

const code = ensureInstalled() || build();
if (code !== 0) process.exit(code);
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], join(outFolder, 'cli.js'), 'up', ...process.argv.slice(2)];
await import('../dist/cli.js');

/** In a process of its own: the bundlers would stay in the memory of this one. */
function build() {
  if (isBuilt()) return 0;
  const result = spawnSync(process.execPath, [join(import.meta.dirname, 'build.mjs')], { stdio: ['ignore', 2, 2] });
  return result.status ?? 1;
}
