import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { silentLog } from './log.js';
import { type Postgres, startPostgres } from './postgres.js';
import { queryOnce, withUser } from './postgres-connection.js';
import { isProcessAlive } from './process-identity.js';
import { findProjectFolder } from './project-folder.js';

let base: string;
let started: Postgres[];

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'pw-'));
  chmodSync(base, 0o711);
  started = [];
});

afterEach(async () => {
  for (const postgres of started) {
    await postgres.stop();
    expect(isProcessAlive(postgres.pid)).toBe(false);
    // After a kill -9 a last child may still be writing its file.
    rmSync(postgres.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
    rmSync(`${postgres.folder}.owner`, { force: true });
  }
  rmSync(base, { recursive: true, force: true });
});

async function start(dataFolder = base): Promise<Postgres> {
  const postgres = await startPostgres({ dataFolder, log: silentLog });
  started.push(postgres);
  return postgres;
}

describe('the embedded PostgreSQL', () => {
  test('keeps its rows over a stop and a start', async () => {
    const first = await start();
    await queryOnce(first.ownerUrl, 'create table kept as select 42 as answer');
    await first.stop();
    const second = await start();
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(await queryOnce(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(readdirSync(second.folder).sort()).toEqual(['18', 'password', 'socket']);
  });

  test('listens on a socket closed to other users, where a role without rights logs in by name', async () => {
    const postgres = await start();
    expect(statSync(postgres.connection.host).mode & 0o777).toBe(0o700);
    expect(await queryOnce(postgres.ownerUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '' }]);
    expect(await queryOnce(postgres.ownerUrl, 'show fsync')).toEqual([{ fsync: 'on' }]);
    await queryOnce(postgres.ownerUrl, 'create role nobody_much login');
    const url = withUser(postgres.ownerUrl, 'nobody_much');
    expect(await queryOnce(url, 'select current_user as who')).toEqual([{ who: 'nobody_much' }]);
    await expect(queryOnce(url, 'create table mine (id int)')).rejects.toMatchObject({ code: '42501' });
  });

  test('listens on a loopback port with a password where the socket path is too long', async () => {
    const long = join(base, 'x'.repeat(100));
    mkdirSync(long, { mode: 0o711 });
    const postgres = await start(long);
    expect(postgres.connection.host).toBe('127.0.0.1');
    expect(await queryOnce(postgres.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    const guess = { ...postgres.connection, password: 'wrong' };
    await expect(queryOnce(guess, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('comes back with every row after its process was killed', async () => {
    const postgres = await start();
    await queryOnce(postgres.ownerUrl, 'create table written (id int)');
    await queryOnce(postgres.ownerUrl, 'insert into written select generate_series(1, 1000)');
    const killed = postgres.pid;
    process.kill(killed, 'SIGKILL');
    await until(async () => postgres.pid !== killed);
    expect(await queryOnce(postgres.ownerUrl, 'select count(*)::int as n from written')).toEqual([{ n: 1000 }]);
  });

  test('outlives a killed parent, is taken over by the next one, and started again when it dies there', async () => {
    const pid = await startInKilledParent(base);
    const next = await start();
    expect({ pid: next.pid, isAdopted: next.isAdopted }).toEqual({ pid, isAdopted: true });
    process.kill(pid, 'SIGKILL');
    await until(async () => next.pid !== pid);
    expect(await queryOnce(next.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('begins empty when the data folder was removed', async () => {
    const dataFolder = join(base, 'data');
    mkdirSync(dataFolder, { mode: 0o700 });
    const first = await start(dataFolder);
    await queryOnce(first.ownerUrl, 'create table old (id int)');
    await first.stop();
    rmSync(dataFolder, { recursive: true });
    mkdirSync(dataFolder, { mode: 0o700 });
    const second = await start(dataFolder);
    expect(await queryOnce(second.ownerUrl, "select 1 from pg_tables where tablename = 'old'")).toEqual([]);
  });
});

/** The pid of a PostgreSQL whose parent was killed right after starting it. */
async function startInKilledParent(dataFolder: string): Promise<number> {
  const script = `
    import { startPostgres } from './runtime/postgres.ts';
    const log = { info() {}, warn() {}, error() {} };
    const postgres = await startPostgres({ dataFolder: ${JSON.stringify(dataFolder)}, log });
    console.log(postgres.pid);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: findProjectFolder(),
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  const [line] = await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return Number(String(line));
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error('It did not happen within 20 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
