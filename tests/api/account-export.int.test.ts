import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { runCli } from '../../cli/program.js';
import type { CliTools } from '../../cli/tools.js';
import { type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';

const companies = `# A comment that stays
pipeline: companies
title: Companies
connections: { crm: { connector: http }, copy: { connector: http } }
trigger: { every: 1m }
flows:
  companies:
    from: { stream: crm.companies, read: incremental }
    map: { name: name }
    to: { stream: copy.companies, write: upsert }
`;
/** Its id comes first, and it refers to the other one. */
const contacts = `pipeline: a-contacts
title: Contacts
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map:
      name: name
      company_id: { ref: companies/companies, by: company_id, missing: "null" }
    to: { stream: copy.contacts, write: upsert }
`;

describe('an account that is exported and imported', () => {
  let engine: TestEngine;
  let api: TestApi;
  let crm: RestCrmSandbox;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pipewright-export-'));
    [engine, crm] = await Promise.all([startTestEngine({ hasWorker: false }), startRestCrm({ seed: 1 })]);
    api = await startTestApi(engine);
  });

  beforeEach(async () => {
    await clear();
    for (const name of ['crm', 'copy']) {
      const settings = { service: 'rest-crm', base_url: crm.url };
      await expectStatus(201, 'POST', '/connections', {
        name,
        connector: 'http',
        settings,
        secret: { token: crm.credentials.token as string },
      });
    }
    for (const definition of [companies, contacts]) {
      await expectStatus(201, 'POST', '/pipelines', { definition, connections: { crm: 'crm', copy: 'copy' } });
    }
    await expectStatus(200, 'PUT', '/pipelines/companies/draft', { definition: `${companies}# next\n` });
    await expectStatus(201, 'PUT', '/pipelines/only-a-draft/draft', { definition: 'title: "Half: done"\n' });
    await expectStatus(200, 'POST', '/pipelines/a-contacts/pause');
  });

  afterAll(async () => {
    await api?.stop();
    await engine?.stop();
    await crm?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const expectStatus = async (status: number, method: string, path: string, body?: unknown) => {
    const answer = await api.call(method, path, body);
    expect({ path, status: answer.status, text: status === answer.status ? '' : answer.text }).toEqual({
      path,
      status,
      text: '',
    });
    return answer.body;
  };

  const clear = async (): Promise<void> => {
    for (const { id } of (await api.call('GET', '/pipelines?limit=100')).body.items) {
      await expectStatus(204, 'DELETE', `/pipelines/${id}`);
    }
    for (const { name } of (await api.call('GET', '/connections')).body.items) {
      await expectStatus(204, 'DELETE', `/connections/${name}`);
    }
  };

  const exported = async () => {
    const { exportedAt: _, ...document } = await expectStatus(200, 'GET', '/account/export');
    return document;
  };

  const send = (document: unknown, more: object = {}) =>
    expectStatus(200, 'POST', '/account/import', { document, ...more });

  const actionsOf = (report: { connections: { action: string }[]; pipelines: { action: string }[] }) =>
    [...report.connections, ...report.pipelines].map(({ action }) => action);

  test('comes back equal after everything was deleted, and a second import changes nothing', async () => {
    const before = await exported();
    expect(before.pipelines.map(({ id }: { id: string }) => id)).toEqual(['a-contacts', 'companies', 'only-a-draft']);
    expect(JSON.stringify(before)).not.toContain(crm.credentials.token as string);
    await clear();
    const done = await send(before, { apply: true, activate: true });
    expect(actionsOf(done)).toEqual(['add', 'add', 'add', 'add', 'add']);
    expect(await exported()).toEqual(before);
    const again = await send(before, { apply: true });
    expect(actionsOf(again)).toEqual(['keep', 'keep', 'keep', 'keep', 'keep']);
    const connection = await expectStatus(200, 'GET', '/connections/crm');
    expect(connection).toMatchObject({
      state: 'broken',
      hasSecret: false,
      failure: { code: 'connection/missing_secret' },
    });
    expect(connection.failure.hint).toContain('pipewright connect secret crm');
  });

  test('changes nothing and calls nobody until it is told to, and new pipelines then stand still', async () => {
    const before = await exported();
    await clear();
    const calls = crm.kit.requests.lastSeq;
    const asked = await send(before);
    expect(asked.isApplied).toBe(false);
    expect(actionsOf(asked)).toEqual(['add', 'add', 'add', 'add', 'add']);
    expect(await exported()).toMatchObject({ connections: [], pipelines: [] });
    await send(before, { apply: true });
    expect(crm.kit.requests.lastSeq).toBe(calls);
    const { pipelines } = await exported();
    expect(pipelines.map(({ state }: { state: string }) => state)).toEqual(['paused', 'paused', 'paused']);
  });

  test('leaves what differs as it is and names it, with all that depends on it, unless it is to be replaced', async () => {
    const before = await exported();
    const changed = structuredClone(before);
    changed.connections[1].settings.base_url = 'http://127.0.0.1:9';
    changed.pipelines[1].definition = companies.replace('title: Companies', 'title: Firms');
    const asked = await send(changed, { apply: true });
    expect(actionsOf(asked)).toEqual(['keep', 'conflict', 'keep', 'conflict', 'keep']);
    expect(asked.connections[1].message).toContain('differ');
    expect(await exported()).toEqual(before);
    const done = await send(changed, { apply: true, replace: true });
    expect(actionsOf(done)).toEqual(['keep', 'replace', 'keep', 'replace', 'keep']);
    expect(await exported()).toEqual(changed);
    // The secret was given for another host: it does not go to the new one.
    expect(await expectStatus(200, 'GET', '/connections/crm')).toMatchObject({ state: 'broken', hasSecret: false });
    expect(await expectStatus(200, 'GET', '/connections/copy')).toMatchObject({ state: 'active', hasSecret: true });
  });

  test('never binds a pipeline to another connection of the same name', async () => {
    const before = await exported();
    const { pipelines } = before;
    const foreign = structuredClone(before);
    foreign.connections[0].settings.base_url = 'http://127.0.0.1:9';
    foreign.pipelines = [
      { ...pipelines[1], id: 'firms', definition: companies.replace('pipeline: companies', 'pipeline: firms') },
    ];
    const report = await send(foreign, { apply: true });
    expect(report.pipelines).toEqual([
      { id: 'firms', action: 'conflict', message: expect.stringContaining('Connection `copy`'), problems: [] },
    ]);
    expect(await exported()).toEqual(before);
  });

  test('refuses what cannot be used and says why, and a document of another shape as a whole', async () => {
    const report = await send(
      {
        version: 1,
        connections: [
          { name: 'x', connector: 'nobody', settings: {}, needsSecret: false },
          { name: 'y', connector: 'http', settings: { nothing: 1 }, needsSecret: true },
        ],
        pipelines: [
          { id: 'wrong', state: 'active', definition: 'pipeline: wrong\n', draft: null, connections: {} },
          { id: 'renamed', state: 'active', definition: companies, draft: null, connections: {} },
        ],
      },
      { apply: true },
    );
    expect(actionsOf(report)).toEqual(['refuse', 'refuse', 'refuse', 'refuse']);
    expect(report.pipelines[0].problems.length).toBeGreaterThan(0);
    expect(report.pipelines[1].message).toContain('`companies`');
    const twice = { name: 'x', connector: 'file', settings: {}, needsSecret: false };
    for (const document of [
      {},
      { version: 2, connections: [], pipelines: [] },
      { version: 1, connections: [twice, twice], pipelines: [] },
    ]) {
      expect((await api.call('POST', '/account/import', { document })).status).toBe(400);
    }
  });

  test('goes through the command line as one readable file', async () => {
    const file = join(folder, 'account.yaml');
    const run = async (...args: string[]) => {
      const texts = { out: '', err: '' };
      const tools = {
        version: '0',
        stdout: { write: (text: string) => (texts.out += text) },
        stderr: { write: (text: string) => (texts.err += text) },
        stdin: new PassThrough() as never,
        server: () => ({ address: api.address, key: api.key }),
      } as unknown as CliTools;
      return { code: await runCli(args, tools), ...texts };
    };
    const before = await exported();
    expect(await run('export', '--to', file)).toMatchObject({ code: 0, err: expect.stringContaining('no secret') });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).toContain('      # A comment that stays\n      pipeline: companies\n');
    expect(await run('export', '--to', file)).toMatchObject({ code: 1, err: expect.stringContaining('already') });
    await clear();
    expect(await run('import', file)).toMatchObject({ code: 0, out: expect.stringContaining('Do it with --yes') });
    expect((await exported()).pipelines).toEqual([]);
    expect(await run('import', file, '--yes', '--activate')).toMatchObject({ code: 0 });
    expect(await exported()).toEqual(before);
    writeFileSync(file, readFileSync(file, 'utf8').replace('title: Companies', 'title: Firms'));
    expect(await run('import', file, '--yes')).toMatchObject({
      code: 1,
      out: expect.stringMatching(/conflict +pipeline companies: /),
    });
    writeFileSync(file, 'a: *b');
    expect(await run('import', file)).toMatchObject({ code: 2 });
  });
});
