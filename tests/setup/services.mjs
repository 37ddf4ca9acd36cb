// The servers that tests share, started when the first test asks for one and stopped at the end of the run.
// Tests run in other processes and in sandboxes of jest, so they ask over HTTP (tests/support/services.ts).
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';

const quiet = { info: () => {}, warn: () => {}, error: (message) => console.error(message) };
const projectFolder = join(import.meta.dirname, '..', '..');

/** Starts the answering side alone; each service starts at its first request. */
export async function openTestServices() {
  const runId = randomBytes(4).toString('hex');
  const folder = await mkdtemp(join(tmpdir(), 'pipewright-tests-'));
  // Open to pass through: as root, PostgreSQL runs as another user.
  await chmod(folder, 0o711);
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
};

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
