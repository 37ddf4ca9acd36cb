// Runs the tests of the API and keeps what it answered as the examples of the OpenAPI document: api/examples/answers.json.
// `node scripts/record-examples.mjs [FILE...]` runs some test files only; routes without a new answer keep the old one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { project } from './sources.mjs';

const target = join(project, 'api', 'examples', 'answers.json');
const folder = await mkdtemp(join(tmpdir(), 'pipewright-examples-'));
const patterns = process.argv.length > 2 ? process.argv.slice(2) : ['tests/api/'];

try {
  const jest = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
  const child = spawn(process.execPath, ['--experimental-vm-modules', jest, '--runInBand', ...patterns], {
    cwd: project,
    stdio: 'inherit',
    env: { ...process.env, PIPEWRIGHT_EXAMPLES: folder },
  });
  await once(child, 'close');
  const examples = JSON.parse(await readFile(target, 'utf8').catch(() => '{}'));
  for (const name of await readdir(folder)) {
    const [route, status] = name.replace('.json', '').split('-');
    examples[route] = { ...examples[route], [status]: JSON.parse(await readFile(join(folder, name), 'utf8')) };
  }
  const sorted = Object.fromEntries(Object.entries(examples).sort(([a], [b]) => a.localeCompare(b)));
  await writeFile(target, `${JSON.stringify(sorted, null, 2)}\n`);
  console.log(`${target} holds answers of ${Object.keys(sorted).length} routes.`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
