import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { isSameProcess, signalProcess } from '../../runtime/process-identity.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { until } from '../support/until.js';

const command = join(findProjectFolder(), 'scripts', 'pipewright.mjs');

/** One real installation for the whole file: the servers, the sandboxes and the example are what takes the time. */
describe('the installation that `pipewright up` starts', () => {
  // Other users pass through: as root, PostgreSQL runs as one of them.
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-up-'));
  // The servers are the embedded ones, whatever the other tests were told to use.
  const {
    DATABASE_URL: _database,
    DATABASE_OWNER_URL: _owner,
    TEMPORAL_ADDRESS: _temporal,
    ...inherited
  } = process.env;
  const env = { ...inherited, PIPEWRIGHT_DATA_DIR: join(folder, 'data'), PORT: '0', NODE_OPTIONS: '' };
  let up: { child: ChildProcess; output: () => string } | undefined;
  const running = () => up as NonNullable<typeof up>;

  const startUp = async (): Promise<NonNullable<typeof up>> => {
    const child = spawn(process.execPath, [command, 'up'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += String(chunk);
      });
    }
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`up ended with ${child.exitCode}: ${text}`);
      return text.includes('Try next');
    }, 150_000);
    return { child, output: () => text };
  };

  const pipewright = async (args: readonly string[], input = '') => {
    const child = spawn(process.execPath, [command, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      texts.stdout += String(chunk);
    });
    child.stderr.on('data', (chunk) => {
      texts.stderr += String(chunk);
    });
    child.stdin.end(input);
    const [code] = await once(child, 'close');
    return { code, ...texts };
  };

  const noteOf = (path: string) => JSON.parse(readFileSync(join(folder, 'data', path), 'utf8'));

  // Tests come in any order, and some of them end it.
  beforeEach(async () => {
    if (up === undefined || up.child.exitCode !== null || up.child.signalCode !== null) up = await startUp();
  }, 180_000);

  afterAll(async () => {
    if (up !== undefined && up.child.exitCode === null && up.child.signalCode === null) {
      up.child.kill('SIGTERM');
      await once(up.child, 'exit');
    }
    const place = (() => {
      try {
        return noteOf('postgres.json').folder as string | undefined;
      } catch {
        return undefined;
      }
    })();
    if (place?.startsWith('/var/lib/pipewright/')) {
      rmSync(place, { recursive: true, force: true });
      rmSync(`${place}.owner`, { force: true });
    }
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  test('runs the examples and says how they ended', () => {
    expect(running().output()).toMatch(/46,479 read = 1,502 filtered \+ 44,977 moved on/);
    expect(running().output()).toMatch(/of bitrix24-to-amocrm \(.+\) is done after/);
    expect(running().output()).toMatch(/deals: 300 read = .*300 (written|unchanged)/);
    expect(statSync(join(folder, 'data', 'api-key')).mode & 0o777).toBe(0o600);
  });

  test('a second start tells the address of the first and ends well', async () => {
    const second = await pipewright(['up']);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain(noteOf('state.json').address);
  });

  test('the command line finds the server and its key by itself', async () => {
    const status = await pipewright(['status', '--json']);
    expect(JSON.parse(status.stdout.split('\n')[0] ?? '')).toMatchObject({ id: 'airports', publishedVersion: 1 });
    const rows = await pipewright(['view', 'v_runs', '--where', 'pipeline=airports']);
    expect(JSON.parse(rows.stdout.split('\n')[0] ?? '')).toMatchObject({
      read: 46_479,
      state: 'done_with_dead_letters',
    });
    const letters = await pipewright(['dead-letters', 'list', '--pipeline', 'airports', '--json']);
    expect(JSON.parse(letters.stdout.split('\n')[0] ?? '')).toMatchObject({ code: 'map/requirement_failed' });
  });

  test('`check` names every problem with its place and ends with 2', async () => {
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, 'pipeline: wrong\ntitle: Wrong\nconnections: { a: { connector: nobody } }\nflows: {}\n');
    const checked = await pipewright(['check', file]);
    expect(checked.code).toBe(2);
    expect(checked.stdout).toMatch(
      new RegExp(`^${file}:3:\\d+: error definition/unknown_connector .+\n  3 \\| .+\n    \\| +\\^+\n`, 'm'),
    );
  });

  test('a migration of a file runs to its end with the exit code of its result', async () => {
    const missing = await pipewright(['run', 'definitions/examples/crm-migration.yaml']);
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('--connection slot=name') });
    const example = join(findProjectFolder(), 'definitions', 'examples', 'crm-migration.yaml');
    const slots = ['--connection', 'old=crm', '--connection', 'new=copy'];
    const preview = await pipewright(['preview', example, ...slots, '--json']);
    const shown = JSON.parse(preview.stdout.trim().split('\n').at(-1) ?? '{}');
    expect(shown).toMatchObject({ state: 'ready', changes: expect.any(Array) });
    const run = await pipewright(['run', example, ...slots, '--json']);
    expect([0, 3]).toContain(run.code);
    expect(JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}')).toMatchObject({ event: 'end' });
  });

  test('a secret comes from standard input, and errors are a message and a hint', async () => {
    const settings = ['--set', 'service=rest-crm', '--set', `base_url=${noteOf('sandboxes/crm.json').url}`];
    const added = await pipewright(
      ['connect', 'add', 'http', '--name', 'again', ...settings],
      JSON.stringify({ token: noteOf('sandboxes/crm.json').credentials.token }),
    );
    expect(added).toMatchObject({ code: 0, stderr: '' });
    expect((await pipewright(['connect', 'check', 'again'])).code).toBe(0);
    const unknown = await pipewright(['connect', 'check', 'nobody']);
    expect(unknown.code).not.toBe(0);
    expect(unknown.stderr).toContain('There is no connection `nobody`.');
    expect(unknown.stderr).not.toContain('at ');
  });

  test('a killed process is survived: the next start goes on with the same servers and sandboxes', async () => {
    const before = { postgres: noteOf('state.json').postgres.pid, sandbox: noteOf('sandboxes/copy.json').pid };
    expect((await pipewright(['run', 'airports', '--detach'])).code).toBe(0);
    running().child.kill('SIGKILL');
    await once(running().child, 'exit');
    up = await startUp();
    expect(noteOf('state.json').postgres.pid).toBe(before.postgres);
    expect(noteOf('sandboxes/copy.json').pid).toBe(before.sandbox);
    expect(running().output()).toMatch(/ 0 written \+ 40,546 unchanged/);
  }, 180_000);

  test('killed servers come back and the work goes on', async () => {
    await pipewright(['reset', 'airports']);
    const started = await pipewright(['run', 'airports', '--detach', '--json']);
    signalProcess(noteOf('temporal/server.json').pid, 'SIGKILL');
    signalProcess(noteOf('state.json').postgres.pid, 'SIGKILL');
    const { id } = JSON.parse(started.stdout);
    const end = await pipewright(['status', id, '--follow']);
    expect(end).toMatchObject({ code: 3, stdout: expect.stringContaining('0 written + 40,546 unchanged') });
  }, 120_000);

  test('SIGTERM stops everything, children included, and ends with 0', async () => {
    const notes = [noteOf('temporal/server.json'), noteOf('sandboxes/crm.json'), noteOf('sandboxes/copy.json')];
    const began = performance.now();
    running().child.kill('SIGTERM');
    const [code] = await once(running().child, 'exit');
    expect(code).toBe(0);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(notes.map((note) => isSameProcess(note))).toEqual([false, false, false]);
  }, 60_000);
});
