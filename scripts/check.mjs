// What can be judged without running the program: types, lint, generated files and (alone, not in `npm test`, which
// runs it anyway) the test of who may import whom.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { project } from './sources.mjs';

const checks = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.'] },
  { name: 'types of the cabinet', args: ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'cabinet'] },
  { name: 'lint', args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'] },
  { name: 'lock file', args: ['scripts/complete-lockfile.mjs', '--check'] },
  { name: 'generated files', args: ['scripts/generate.mjs', '--check'], needs: 'scripts/generate.mjs' },
];

const architecture = {
  name: 'who imports whom',
  args: ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', 'tests/architecture.test.ts'],
  needs: 'tests/architecture.test.ts',
};

/** Runs all checks, one after the other, and returns how many passed and failed. Prints only what failed. */
export async function runChecks(list = checks) {
  const counts = { passed: 0, failed: 0 };
  for (const { name, args, needs } of list) {
    if (needs !== undefined && !existsSync(join(project, needs))) continue;
    const { code, output } = await run(args);
    if (code === 0) counts.passed += 1;
    else counts.failed += 1;
    console.log(code === 0 ? `PASS check: ${name}` : `FAIL check: ${name}\n${output}`);
  }
  return counts;
}

async function run(args) {
  const child = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { failed } = await runChecks([...checks, architecture]);
  process.exitCode = failed === 0 ? 0 : 1;
}
