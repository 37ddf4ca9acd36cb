import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../cli/program.js';
import type { CliTools } from '../cli/tools.js';
import { openDataFolder } from '../runtime/data-folder.js';
import { silentLog } from '../runtime/log.js';
import { loadMasterKey } from '../runtime/master-key.js';
import { startPostgres } from '../runtime/postgres.js';
import { queryOnce } from '../runtime/postgres-connection.js';
import { readSettings } from '../runtime/settings.js';
import { migrate } from '../store/migrate.js';
import { backUp, withPostgres } from './backup.js';
import { keyFilePath } from './key-path.js';
import { restore } from './restore.js';

/** The embedded database of two data folders: one is backed up, the other is where it moves to. */
describe('an installation that moves to another data folder', () => {
  let base: string;
  let from: string;
  let file: string;

  beforeAll(async () => {
    // Other users pass through: as root, PostgreSQL runs as one of them.
    base = mkdtempSync(join(tmpdir(), 'pw-'));
    chmodSync(base, 0o711);
    from = folder('from');
    loadMasterKey(from);
    await withPostgres(from, async (ownerUrl) => {
      await migrate(ownerUrl);
      await queryOnce(ownerUrl, `insert into account (id, name) values (gen_random_uuid(), 'First')`);
    });
    const { code, out, err } = await pipewright(from, 'backup', '--to', base, '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    file = JSON.parse(out).file;
  }, 120_000);

  afterAll(() => {
    for (const name of readdirSync(base)) removePlace(join(base, name));
    rmSync(base, { recursive: true, force: true });
  });

  const folder = (name: string): string => {
    const path = join(base, name);
    mkdirSync(path, { mode: 0o700 });
    return path;
  };

  const settingsOf = (dataFolder: string) => readSettings({ PIPEWRIGHT_DATA_DIR: dataFolder });

  const pipewright = async (dataFolder: string, ...args: string[]) => {
    const texts = { out: '', err: '' };
    const tools = {
      version: '0',
      stdout: { write: (text: string) => (texts.out += text) },
      stderr: { write: (text: string) => (texts.err += text) },
      stdin: { isTTY: false },
      backUp: (options: Parameters<CliTools['backUp']>[0]) => backUp(settingsOf(dataFolder), options),
      restore: (options: Parameters<CliTools['restore']>[0]) => restore(settingsOf(dataFolder), options),
    } as unknown as CliTools;
    return { code: await runCli(args, tools), ...texts };
  };

  test('says where the master key lies that a restore needs, which is not in the file', async () => {
    const said = await pipewright(from, 'backup', '--to', join(base, 'second.backup'));
    expect(said.code).toBe(0);
    expect(said.out).toMatch(/The master key is not in it: a restore needs key [0-9a-f]{16}/);
    expect(said.out).toContain(join(from, 'master.key'));
    expect(readdirSync(from).filter((name) => name === 'lock')).toEqual([]);
  }, 60_000);

  test('is backed up through the socket of the running database', async () => {
    const held = await openDataFolder(from);
    const postgres = await startPostgres({ dataFolder: from, log: silentLog });
    try {
      const { host, port } = postgres.connection;
      held.publish({ postgres: { pid: postgres.pid, host, port } });
      const report = await backUp(settingsOf(from), { to: join(base, 'running.backup') });
      expect(report.tables).toBeGreaterThan(20);
    } finally {
      await postgres.stop();
      held.release();
    }
  }, 60_000);

  test('asks for its own key, makes none in its place, and arrives whole with it', async () => {
    const to = folder('to');
    expect(await pipewright(to, 'restore', file)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/master key `[0-9a-f]{16}`, no key is here/),
    });
    expect(existsSync(join(to, 'master.key'))).toBe(false);
    copyFileSync(join(from, 'master.key'), join(to, 'master.key'));
    const strange = `pw_${'a'.repeat(8)}_${'b'.repeat(43)}\n`;
    writeFileSync(keyFilePath(to), strange, { mode: 0o600 });
    expect(await pipewright(to, 'restore', file)).toMatchObject({ code: 0 });
    // A key that the restored database does not know opens nothing; the next start makes one.
    expect(existsSync(keyFilePath(to))).toBe(false);
    const again = await pipewright(to, 'restore', file);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('--replace') });
    expect(await pipewright(to, 'restore', file, '--replace')).toMatchObject({ code: 1 });
    expect(await pipewright(to, 'restore', file, '--replace', '--yes')).toMatchObject({ code: 0 });
    await withPostgres(to, async (ownerUrl) => {
      expect(await queryOnce(ownerUrl, 'select name from account')).toEqual([{ name: 'First' }]);
      const [note] = await queryOnce(ownerUrl, `select value from installation where name = 'restored'`);
      expect(note?.value).toMatchObject({ takenAt: expect.stringMatching(/^\d{4}-/) });
    });
  }, 120_000);

  test('is not restored while one runs in the data folder', async () => {
    const busy = folder('busy');
    const held = await openDataFolder(busy);
    held.publish({ address: 'http://127.0.0.1:7400' });
    expect(await pipewright(busy, 'restore', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('http://127.0.0.1:7400'),
    });
    held.release();
  });
});

/** As root the cluster stands outside of the data folder. */
function removePlace(dataFolder: string): void {
  const pointer = join(dataFolder, 'postgres.json');
  if (!existsSync(pointer)) return;
  const { folder } = JSON.parse(readFileSync(pointer, 'utf8')) as { folder: string };
  rmSync(folder, { recursive: true, force: true });
  rmSync(`${folder}.owner`, { force: true });
}
