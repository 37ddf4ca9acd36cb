// The servers that tests share, started when the first test asks for one and stopped at the end of the run.
// Tests run in other processes and in sandboxes of jest, so they ask over HTTP (tests/support/services.ts).
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { ensureCabinet } from '../../scripts/cabinet.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureTimeSkippingServer } from './time-skipping-server.mjs';

const loud = { info: (message) => console.log(message), warn: console.warn, error: console.error };
const quiet = { info: () => {}, warn: () => {}, error: (message) => console.error(message) };
const projectFolder = join(import.meta.dirname, '..', '..');

/** Fetches what may take minutes (the Temporal server, the Java test server), so that no test waits for it. */
export async function prepareTestServices() {
  const { findTemporalBinary } = await load('runtime/temporal-binary.ts');
  await findTemporalBinary({ log: loud });
  const { openCacheFolder } = await load('runtime/cache-folder.ts');
  await ensureTimeSkippingServer(await openCacheFolder(), loud);
}

/** What the tests of pages need besides: a browser, which is installed where that is possible, and the built pages. */
export async function prepareBrowserTests() {
  await ensureChromium(loud);
  await ensureCabinet();
}

/** Starts the answering side alone; each service starts at its first request. */
export async function openTestServices() {
  await removeLeftovers();
  const runId = randomBytes(4).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-tests-'));
  // Open to pass through: as root, PostgreSQL runs as another user.
  await chmod(folder, 0o711);
  await writeFile(join(folder, 'run.json'), JSON.stringify(await identity(process.pid)));
  const stops = [];
  const started = new Map();
  const context = { runId, folder, onStop: (stop) => stops.unshift(stop) };

  const server = createServer((request, response) => {
    const name = (request.url ?? '').slice(1);
    const start = services[name];
    if (start === undefined) return answer(response, 404, { message: `There is no test service \`${name}\`.` });
    if (!started.has(name)) started.set(name, start(context));
    started.get(name).then(
      (value) => answer(response, 200, { ...value, runId }),
      (error) => answer(response, 500, { message: String(error?.message ?? error) }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  server.unref();

  return {
    address: `http://127.0.0.1:${server.address().port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await Promise.allSettled(started.values());
      for (const stop of stops) await stop().catch((error) => console.error(error));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const services = {
  async postgres({ runId, folder, onStop }) {
    const given = process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL;
    const { queryOnce } = await load('runtime/postgres-connection.ts');
    if (given) {
      onStop(() => dropDatabases(queryOnce, given, runId));
      return { ownerUrl: given };
    }
    const { startPostgres } = await load('runtime/postgres.ts');
    const dataFolder = join(folder, 'postgres-data');
    await mkdir(dataFolder, { mode: 0o711 });
    const postgres = await startPostgres({ dataFolder, log: quiet, isDurable: false, maxConnections: 300 });
    onStop(() => postgres.stop());
    return { ownerUrl: postgres.ownerUrl };
  },

  async temporal({ folder, onStop }) {
    const { startTemporal } = await load('runtime/temporal.ts');
    const dataFolder = join(folder, 'temporal-data');
    await mkdir(dataFolder, { mode: 0o700 });
    const temporal = await startTemporal({ dataFolder, namespace: 'default', log: quiet });
    onStop(() => temporal.stop());
    return { address: temporal.address, namespace: temporal.namespace };
  },

  async 'time-skipping'() {
    const { openCacheFolder } = await load('runtime/cache-folder.ts');
    return { program: await ensureTimeSkippingServer(await openCacheFolder(), loud) };
  },

  /** Bundling is the largest part of a workflow test, so all tests of a run share one bundle. */
  async 'workflow-bundle'({ folder }) {
    const { bundleWorkflowCode } = await import('@temporalio/worker');
    const logger = new Proxy({}, { get: () => () => {} });
    const { code } = await bundleWorkflowCode({
      workflowsPath: join(projectFolder, 'workflows', 'index.ts'),
      failureConverterPath: join(projectFolder, 'workflows', 'failure-converter.cjs'),
      logger,
    });
    const path = join(folder, 'workflow-bundle.js');
    await writeFile(path, code);
    return { path };
  },

  async chromium() {
    return { program: await ensureChromium(loud) };
  },

  /** The built pages, made anew where their sources have changed. */
  async cabinet() {
    return { folder: await ensureCabinet() };
  },
};

/** A run that was killed leaves its folder, with its servers: they are ended by the pids recorded in it. */
async function removeLeftovers() {
  for (const name of await readdir(tmpdir())) {
    const folder = join(tmpdir(), name);
    if (!name.startsWith('pipewright-tests-')) continue;
    // Another run may be removing its own at this moment.
    if ((await stat(folder).catch(() => undefined))?.uid !== process.getuid()) continue;
    const run = await readJson(join(folder, 'run.json'));
    if (run === undefined || (await identity(run.pid))?.started === run.started) continue;
    const { findLivePostmaster } = await load('runtime/postmaster.ts');
    const postgres = join(folder, 'postgres-data', 'postgres');
    for (const cluster of await readdir(postgres).catch(() => [])) {
      const note = await findLivePostmaster(join(postgres, cluster), join(postgres, 'socket')).catch(() => undefined);
      if (note !== undefined) process.kill(note.pid, 'SIGQUIT');
    }
    const temporal = await readJson(join(folder, 'temporal-data', 'temporal', 'server.json'));
    if (temporal !== undefined && (await identity(temporal.pid))?.started === temporal.started) {
      process.kill(temporal.pid, 'SIGKILL');
    }
    await rm(folder, { recursive: true, force: true });
  }
}

async function identity(pid) {
  const { identifyProcess } = await load('runtime/process-identity.ts');
  return identifyProcess(pid);
}

async function readJson(path) {
  return await readFile(path, 'utf8').then(JSON.parse, () => undefined);
}

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
  response.end(JSON.stringify(body));
}

function load(path) {
  return tsImport(join(projectFolder, path), import.meta.url);
}

async function dropDatabases(queryOnce, ownerUrl, runId) {
  const rows = await queryOnce(ownerUrl, 'select datname from pg_database where datname like $1', [
    `pw\\_%\\_${runId}%`,
  ]);
  for (const { datname } of rows) await queryOnce(ownerUrl, `drop database if exists "${datname}" with (force)`);
}
