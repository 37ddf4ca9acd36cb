import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openDataFolder, readState } from './data-folder.js';
import { loadMasterKey } from './master-key.js';
import { identifyProcess } from './process-identity.js';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'pipewright-folder-')), 'data');
});

afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

describe('the data folder', () => {
  test('is made for its owner alone', async () => {
    const opened = await openDataFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    opened.release();
  });

  test('refuses a second holder and names the address of the first', async () => {
    const first = await openDataFolder(folder);
    first.publish({ address: 'http://127.0.0.1:7400' });
    await expect(openDataFolder(folder)).rejects.toMatchObject({
      code: 'settings/data_folder_in_use',
      details: { pid: process.pid, address: 'http://127.0.0.1:7400' },
    });
    first.release();
  });

  test('lets a second start wait for the address of one that is still starting', async () => {
    const first = await openDataFolder(folder);
    const second = openDataFolder(folder).catch((error: unknown) => error);
    first.publish({ postgres: { pid: 1, host: '/socket', port: 5432 } });
    first.publish({ address: 'http://127.0.0.1:7401' });
    expect(await second).toMatchObject({ details: { address: 'http://127.0.0.1:7401' } });
    first.release();
  });

  test('does not wait for ever for an address', async () => {
    const first = await openDataFolder(folder);
    await expect(openDataFolder(folder, 1)).rejects.toMatchObject({ details: { address: null } });
    first.release();
  });

  test('goes to the next one after its release and keeps no trace of the first', async () => {
    (await openDataFolder(folder)).release();
    const second = await openDataFolder(folder);
    expect(readState(folder)).toBeDefined();
    second.release();
    expect(readState(folder)).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is taken over from a dead process, whose state nobody believes', async () => {
    const dead = await deadProcess();
    await openDataFolder(folder).then((opened) => opened.release());
    writeFileSync(join(folder, 'lock'), JSON.stringify(dead));
    writeFileSync(join(folder, 'state.json'), JSON.stringify({ ...dead, address: 'http://127.0.0.1:1' }));
    expect(readState(folder)).toBeUndefined();
    const next = await openDataFolder(folder);
    expect(readState(folder)).toMatchObject({ pid: process.pid });
    next.release();
  });

  test('is taken over when the number of a dead process was given to another', async () => {
    await openDataFolder(folder).then((opened) => opened.release());
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: process.pid, started: 'long ago' }));
    const next = await openDataFolder(folder);
    next.release();
  });

  test('goes to exactly one of many who find the same stale lock', async () => {
    await openDataFolder(folder).then((opened) => opened.release());
    writeFileSync(join(folder, 'lock'), JSON.stringify(await deadProcess()));
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => openDataFolder(folder, 1)));
    const winners = tries.filter((each) => each.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    winners[0]?.value.release();
  });
});

describe('the master key', () => {
  beforeEach(async () => {
    (await openDataFolder(folder)).release();
  });

  test('is made once, of 32 bytes, for the owner alone', () => {
    const key = loadMasterKey(folder);
    expect(key).toHaveLength(32);
    expect(loadMasterKey(folder).equals(key)).toBe(true);
    expect(statSync(join(folder, 'master.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['master.key']);
  });

  test('is refused when others can read its file', () => {
    loadMasterKey(folder);
    chmodSync(join(folder, 'master.key'), 0o640);
    expect(() => loadMasterKey(folder)).toThrow(/can be read by other users \(mode 640\)/);
  });

  test('is refused when its file holds something else', () => {
    writeFileSync(join(folder, 'master.key'), 'not a key', { mode: 0o600 });
    expect(() => loadMasterKey(folder)).toThrow(/does not hold 32 bytes/);
  });
});

async function deadProcess(): Promise<{ pid: number; started: string }> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const identity = identifyProcess(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  if (identity === undefined) throw new Error('The process was not seen.');
  return identity;
}
