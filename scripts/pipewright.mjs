#!/usr/bin/env node
// The `pipewright` command: from the build when that is fresh, else from the sources (about half a second slower).
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isBuilt, outFolder, project } from './sources.mjs';

const hasSources = existsSync(join(project, 'cli.ts'));
const fromBuild = !hasSources || isBuilt();
const program = fromBuild ? join(outFolder, 'cli.js') : join(project, 'cli.ts');
process.argv[1] = program;
if (fromBuild) {
  // Reading the maps takes a tenth of a short command's time; only `--debug` and running servers show stacks.
  if (!process.argv.includes('check')) process.setSourceMapsEnabled(true);
  await import('../dist/cli.js');
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('../cli.ts');
}
