// `npm test`: the checks, the tests without servers, then those with servers in two lanes; at the end one line `N passed, N failed`.
// `npm test -- store` runs the tests whose path contains `store`; SEED=n repeats the order of a run.
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import SeededSequencer from '../tests/setup/sequencer.mjs';
import { openTestServices, prepareBrowserTests, prepareTestServices } from '../tests/setup/services.mjs';
import { runChecks } from './check.mjs';
import { project } from './sources.mjs';

const groupLimitMs = 20 * 60_000;
/** Jest keeps a file's modules until its process ends, so a process gets only as many files as its heap holds. */
const filesPerProcess = 10;
/** Tests with servers wait more than they work: two processes of them fill two cores. */
const lanes = 2;
/** After the results are written, for closing what is open; a run that needs longer leaks something. */
const exitLimitMs = 30_000;

const patterns = process.argv.slice(2);
const seed = process.env.SEED ?? String(randomInt(2 ** 31));
const counts = { passed: 0, failed: 0 };
const folder = await mkdtemp(join(tmpdir(), 'pipewright-results-'));
const running = new Set();
let groups = 0;

console.log(`Seed ${seed} (SEED=${seed} npm test repeats the order).`);
if (patterns.length === 0) add(await runChecks());
await prepareTestServices().catch((error) => {
  console.log(`FAIL preparing the test services: ${error.message}`);
  counts.failed += 1;
});
const services = await openTestServices();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void abandon(signal));
try {
  const files = await withoutBrowser(await listTests());
  add(
    await runGroup(
      'side by side',
      files.filter((file) => !startsServers(file)),
      ['--maxWorkers=2'],
    ),
  );
  await runInLanes(inSeededOrder(files.filter(startsServers)));
} finally {
  await close();
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;

/** Such a test runs beside one other at most: everything in tests/, and what says so by its name. */
function startsServers(file) {
  return relative(project, file).startsWith(`tests${sep}`) || file.endsWith('.int.test.ts');
}

/** Without a browser the tests of pages are one failure with one line, instead of the same line for each of them. */
async function withoutBrowser(files) {
  const others = files.filter((file) => !relative(project, file).startsWith(join('tests', 'browser')));
  if (others.length === files.length) return files;
  try {
    await prepareBrowserTests();
    return files;
  } catch (error) {
    console.log(`FAIL ${files.length - others.length} test files of tests/browser did not run: ${error.message}`);
    counts.failed += 1;
    return others;
  }
}

/** Each lane takes the next files as soon as its process has ended. */
async function runInLanes(files) {
  let start = 0;
  const lane = async () => {
    while (start < files.length) {
      const some = files.slice(start, start + filesPerProcess);
      const name = `with servers, ${start + 1}-${start + some.length} of ${files.length}`;
      start += some.length;
      add(await runGroup(name, some, ['--runInBand']));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** The order that the sequencer would give the whole group, so that its parts are drawn by the seed too. */
function inSeededOrder(files) {
  return new SeededSequencer({ globalConfig: { seed } }).sort(files.map((path) => ({ path }))).map(({ path }) => path);
}

async function listTests() {
  const child = startJest(['--listTests', '--json', '--passWithNoTests', ...patterns], ['ignore', 'pipe', 'inherit']);
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`jest --listTests ended with ${code}.`);
  return JSON.parse(output.slice(output.indexOf('[')));
}

async function runGroup(name, files, options) {
  if (files.length === 0) return { passed: 0, failed: 0 };
  console.log(`\n${files.length} test files, ${name}:`);
  groups += 1;
  const outputFile = join(folder, `${groups}.json`);
  const sequencer = join(project, 'tests', 'setup', 'sequencer.mjs');
  const order = ['--randomize', `--seed=${seed}`, `--testSequencer=${sequencer}`];
  const args = [...options, ...order, '--json', `--outputFile=${outputFile}`, '--runTestsByPath', ...files];
  const child = startJest(args, ['ignore', 'ignore', 'inherit']);
  running.add(child);
  const isLate = await endsInTime(child, outputFile);
  const results = await readFile(outputFile, 'utf8').then(JSON.parse, () => undefined);
  running.delete(child);
  if (results === undefined) {
    console.log(`FAIL the group "${name}" ended without results.`);
    return { passed: 0, failed: 1 };
  }
  return countResults(results, isLate);
}

function countResults(results, isLate) {
  const skipped = results.testResults
    .flatMap((file) => file.assertionResults)
    .filter((result) => !['passed', 'failed'].includes(result.status));
  for (const { fullName, status } of skipped) console.log(`FAIL a test must not be ${status}: ${fullName}`);
  if (isLate) console.log('FAIL the run did not end by itself: a test left something open.');
  const brokenFiles = results.numRuntimeErrorTestSuites;
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + skipped.length + brokenFiles + (isLate ? 1 : 0),
  };
}

function startJest(args, stdio) {
  const options = [process.env.NODE_OPTIONS, '--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  return spawn(process.execPath, [join(project, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], {
    cwd: project,
    stdio,
    env: {
      ...process.env,
      NODE_OPTIONS: options.filter(Boolean).join(' '),
      PIPEWRIGHT_TEST_SERVICES: services.address,
      SEED: seed,
    },
  });
}

/** Waits for the end; true when it had to be forced. */
async function endsInTime(child, outputFile) {
  let isEnded = false;
  const closed = once(child, 'close').finally(() => {
    isEnded = true;
  });
  const until = performance.now() + groupLimitMs;
  let writtenAt;
  while (!isEnded) {
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 500).unref())]);
    writtenAt ??= (await readFile(outputFile).catch(() => undefined)) && performance.now();
    if (performance.now() < until && performance.now() < (writtenAt ?? Number.POSITIVE_INFINITY) + exitLimitMs)
      continue;
    child.kill('SIGKILL');
    await closed;
    return true;
  }
  return false;
}

async function abandon(signal) {
  for (const child of running) child.kill('SIGTERM');
  await close();
  process.exit(signal === 'SIGINT' ? 130 : 143);
}

async function close() {
  await services.close();
  await rm(folder, { recursive: true, force: true });
}

function add({ passed, failed }) {
  counts.passed += passed;
  counts.failed += failed;
}
