import { spawn } from 'node:child_process';
import * as path from 'node:path';
import * as readline from 'node:readline';
import { describe, expect, test } from '@jest/globals';
import { parseSandboxCommand } from './command-line.js';
import { startSandbox } from './index.js';

describe('the sandbox command', () => {
  test('understands its flags', () => {
    const args = [
      'rest-crm',
      '--port',
      '0',
      '--seed',
      '7',
      '--records',
      '50',
      '--latency',
      '60',
      '--rate',
      '7/1',
      '--tls',
    ];
    expect(parseSandboxCommand([...args, '--set', 'max_page=100', '--set', 'batch=false', '--watch-stdin'])).toEqual({
      vendor: 'rest-crm',
      watchStdin: true,
      options: {
        port: 0,
        seed: 7,
        records: 50,
        latencyMs: 60,
        rate: { requests: 7, perSeconds: 1 },
        tls: true,
        settings: { max_page: 100, batch: false },
      },
    });
  });

  test.each([
    [[], 'Sandbox `` is not known.'],
    [['moon'], 'Sandbox `moon` is not known.'],
    [['rest-crm', '--port', 'x'], 'Flag `--port` needs a whole number.'],
    [['rest-crm', '--rate', '7'], 'Flag `--rate` needs requests and seconds, such as `7/1`.'],
    [['rest-crm', '--loud'], 'Flag `--loud` is not known.'],
  ])('says what is wrong with %j', (args, sentence) => {
    expect(parseSandboxCommand(args)).toBe(sentence);
  });

  test('refuses vendors and settings it does not know', async () => {
    await expect(startSandbox('moon')).rejects.toThrow('Known sandboxes:');
    await expect(startSandbox('rest-crm', { settings: { gravity: 1 } })).rejects.toThrow(
      'Setting `gravity` is not known.',
    );
  });

  test('prints one line, serves, and ends with its parent', async () => {
    const root = path.join(import.meta.dirname, '..');
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', 'sandbox/main.ts', 'rest-crm', '--records', '5', '--watch-stdin'],
      { cwd: root, stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const ended = new Promise<number | null>((resolve) => {
      child.once('exit', resolve);
    });
    try {
      const lines = readline.createInterface({ input: child.stdout });
      const line = await new Promise<string>((resolve) => {
        lines.once('line', resolve);
      });
      const printed = JSON.parse(line) as {
        vendor: string;
        url: string;
        control: string;
        credentials: { token: string };
      };
      expect(Object.keys(printed)).toEqual(['vendor', 'url', 'credentials', 'control']);
      const counts: unknown = await (await fetch(`${printed.control}/counts`)).json();
      expect(counts).toMatchObject({ streams: { contacts: 5 } });
      const headers = { authorization: `Bearer ${printed.credentials.token}` };
      expect((await fetch(`${printed.url}/contacts`, { headers })).status).toBe(200);
      child.stdin.end();
      expect(await ended).toBe(0);
    } finally {
      child.kill('SIGKILL');
    }
  });
});
