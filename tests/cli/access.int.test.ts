import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../../cli/program.js';
import type { CliTools } from '../../cli/tools.js';
import { queryOnce } from '../../runtime/postgres-connection.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

describe('keys and the audit log on the command line', () => {
  let engine: TestEngine;
  let api: TestApi;

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
  });
  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
  });

  const pipewright = async (...args: string[]): Promise<{ code: number; text: string }> => {
    const texts: string[] = [];
    const sink = { write: (text: string) => texts.push(text) };
    const tools = {
      version: 'test',
      stdout: sink,
      stderr: sink,
      stdin: process.stdin,
      server: () => ({ address: api.address, key: api.key }),
    } as unknown as CliTools;
    const code = await runCli(args, tools);
    return { code, text: texts.join('') };
  };

  test('a key is made, edited and revoked', async () => {
    const made = await pipewright(
      'keys',
      'create',
      '--name',
      'cli',
      '--scope',
      'run',
      '--address',
      '127.0.0.0/8',
      '--json',
    );
    expect(made.code).toBe(0);
    const { id, key } = JSON.parse(made.text) as { id: string; key: string };
    const edited = await pipewright(
      'keys',
      'edit',
      id,
      '--scope',
      'read',
      '--address',
      'any',
      '--expires',
      'never',
      '--json',
    );
    expect(JSON.parse(edited.text)).toMatchObject({
      name: 'cli',
      scopes: ['read'],
      allowedAddresses: [],
      expiresAt: null,
    });
    expect((await api.call('GET', '/runs', undefined, { key })).status).toBe(200);
    expect((await pipewright('keys', 'revoke', id)).code).toBe(0);
    expect((await api.call('GET', '/runs', undefined, { key })).status).toBe(401);
    expect((await pipewright('keys')).text).toContain('everywhere');
    expect((await pipewright('keys', 'create', '--name', 'x', '--scope', 'all')).code).toBe(2);
  });

  test('the log shows who did what; verifying finds one changed row and ends with 1', async () => {
    await api.call('POST', '/keys', { name: 'logged', scopes: ['read'] });
    const listed = await pipewright('audit', '--action', 'key.created');
    expect(listed.code).toBe(0);
    expect(listed.text).toContain('logged read');
    const whole = await pipewright('audit', 'verify');
    expect(whole).toMatchObject({ code: 0, text: expect.stringContaining('as they were written') });
    await queryOnce(
      engine.database.ownerUrl,
      `set session_replication_role = replica; update audit set object = 'other' where seq = 1`,
    );
    const broken = await pipewright('audit', 'verify');
    expect(broken.code).toBe(1);
    expect(broken.text).toContain('The first broken line is 1');
  });
});
