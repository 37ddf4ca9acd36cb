import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from '../../cli/program.js';
import type { CliTools } from '../../cli/tools.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const records = 30;

describe('a migration from the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pipewright-cli-'));
  let engine: TestEngine;
  let api: TestApi;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    [engine, source, target] = await Promise.all([
      startTestEngine(),
      startRestCrm({ seed: 1, records: { contacts: records } }),
      startRestCrm({ seed: 2 }),
    ]);
    api = await startTestApi(engine);
    await connect('old', source);
    await connect('new', target);
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await Promise.all([source?.stop(), target?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  const connect = async (name: string, crm: RestCrmSandbox): Promise<void> => {
    const settings = { service: 'rest-crm', base_url: crm.url };
    const secret = { token: crm.credentials.token };
    expect((await api.call('POST', '/connections', { name, connector: 'http', settings, secret })).status).toBe(201);
  };

  const pipewright = async (...args: string[]): Promise<{ code: number; text: string; errors: string }> => {
    const [texts, errors]: string[][] = [[], []];
    const tools = {
      version: 'test',
      stdout: { write: (text: string) => texts?.push(text) },
      stderr: { write: (text: string) => errors?.push(text) },
      stdin: process.stdin,
      server: () => ({ address: api.address, key: api.key }),
      connectors: async () => engine.engine.dependencies.connectors,
    } as unknown as CliTools;
    const code = await runCli(args, tools);
    return { code, text: texts?.join('') ?? '', errors: errors?.join('') ?? '' };
  };

  const definitionFile = (id: string): string => {
    const path = join(folder, `${id}.yaml`);
    writeFileSync(
      path,
      `pipeline: ${id}
title: Move the contacts
connections: { old: { connector: http }, new: { connector: http } }
flows:
  contacts:
    from: { stream: old.contacts, read: full }
    map: { name: name, email: email }
    to: { stream: new.contacts, write: upsert, match_on: [email] }
`,
    );
    return path;
  };

  test('runs to its end and writes its result, which is never written over', async () => {
    const result = join(folder, 'result.jsonl');
    const done = await pipewright('migrate', definitionFile('moved-once'), '--result', result, '--records');
    expect(done).toMatchObject({ code: 0 });
    const kinds = readFileSync(result, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string });
    expect(kinds.at(0)).toMatchObject({ kind: 'migration' });
    expect(kinds).toContainEqual(expect.objectContaining({ kind: 'reconciliation', read: records }));
    expect(kinds.at(-1)).toMatchObject({ kind: 'end' });
    const again = await pipewright('migrate', definitionFile('moved-once'), '--result', result);
    expect(again.code).toBe(2);
    expect(again.errors).toContain('exists already');
  });

  test('is started alone, and its result is fetched afterwards', async () => {
    const started = await pipewright('migrate', definitionFile('moved-apart'), '--detach', '--json');
    const { id } = JSON.parse(started.text) as { id: string };
    await engine.until(id);
    const file = join(folder, 'apart.jsonl');
    expect(await pipewright('migration-result', id, '--to', file)).toMatchObject({ code: 0 });
    expect(readFileSync(file, 'utf8')).toContain('"kind":"end"');
  });

  test('a connection is renamed and keeps its other settings', async () => {
    await connect('plain', source);
    expect(await pipewright('connect', 'change', 'plain', '--name', 'renamed')).toMatchObject({ code: 0 });
    const { body } = await api.call('GET', '/connections/renamed');
    expect(body).toMatchObject({ name: 'renamed', settings: { service: 'rest-crm', base_url: source.url } });
    const changed = await pipewright('connect', 'change', 'renamed', '--set', `base_url=${source.url}/`);
    expect(changed).toMatchObject({ code: 0 });
    expect((await api.call('GET', '/connections/renamed')).body.settings).toMatchObject({
      service: 'rest-crm',
      base_url: `${source.url}/`,
    });
  });

  test('a connect link is made, listed and withdrawn', async () => {
    const nothing = await pipewright('connect', 'link', 'create');
    expect(nothing.code).toBe(2);
    const made = await pipewright(
      'connect',
      'link',
      'create',
      '--connector',
      'http',
      '--name',
      'by-link',
      '--set',
      'service=rest-crm',
      '--set',
      `base_url=${source.url}`,
      '--json',
    );
    expect(made.code).toBe(0);
    const { id, token } = JSON.parse(made.text) as { id: string; token: string };
    expect((await pipewright('connect', 'link')).text).toContain(id);
    expect((await api.call('GET', `/connect/${token}`)).status).toBe(200);
    expect(await pipewright('connect', 'link', 'withdraw', id)).toMatchObject({ code: 0 });
    expect((await api.call('GET', `/connect/${token}`)).status).toBe(409);
  });
});
