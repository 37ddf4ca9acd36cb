import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { peopleTools } from '../../assembly/people.js';
import { runCli } from '../../cli/program.js';
import type { CliTools } from '../../cli/tools.js';
import { readSettings } from '../../runtime/settings.js';
import { ensureFirstAccount } from '../../store/accounts.js';
import { startTestApi, type TestApi } from '../support/api.js';
import { Browser } from '../support/browser.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { signInPerson } from '../support/people.js';

describe('people on the command line', () => {
  let engine: TestEngine;
  let api: TestApi;
  let tools: CliTools;
  let printed = '';
  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    api = await startTestApi(engine);
    const settings = readSettings({
      PIPEWRIGHT_DATA_DIR: engine.folder,
      DATABASE_URL: engine.database.ownerUrl,
      MASTER_KEY: engine.masterKey.toString('base64'),
      PUBLIC_URL: api.address,
    });
    const write = (text: string): void => {
      printed += text;
    };
    tools = {
      version: '0.0.0',
      stdout: { write },
      stderr: { write },
      people: async () => peopleTools(settings),
    } as unknown as CliTools;
  });
  afterAll(async () => {
    await api.stop();
    await engine.stop();
  });

  async function pipewright(...args: string[]): Promise<{ code: number; text: string }> {
    printed = '';
    const code = await runCli(args, tools);
    return { code, text: printed };
  }

  test('a new owner takes the first account over with a link that sets a password once', async () => {
    const first = await ensureFirstAccount(api.context.store, 'demo');
    const key = await api.makeKey(['admin'], first);
    await api.call('PUT', '/pipelines/kept/draft', { definition: 'pipeline: kept\n' }, { key });
    const { code, text } = await pipewright('--json', 'owner', 'Boss@Example.test');
    expect(code).toBe(0);
    const report = JSON.parse(text);
    expect(report).toMatchObject({ email: 'boss@example.test', account: 'demo', accountId: first, isNew: true });
    const token = new URL(report.link).searchParams.get('token');
    const browser = new Browser(api);
    const password = 'harbour-lamp-cello';
    expect((await browser.call('POST', '/password-resets/use', { token, password })).status).toBe(204);
    expect((await browser.call('POST', '/password-resets/use', { token, password })).status).toBe(422);
    await browser.call('POST', '/sign-in', { email: report.email, password });
    expect((await browser.call('GET', '/me')).body.accounts).toEqual([{ id: first, name: 'demo', role: 'owner' }]);
    expect((await browser.call('GET', '/pipelines')).body.items).toMatchObject([{ id: 'kept' }]);
    const again = JSON.parse((await pipewright('--json', 'owner', 'boss@example.test')).text);
    expect(again).toMatchObject({ isNew: false, link: null });
  });

  test('a password typed by whoever registered an address first does not outlive the owner’s link', async () => {
    const browser = new Browser(api);
    const eve = { email: 'claimed@example.test', password: 'tractor-orbit-violet' };
    await browser.call('POST', '/registrations', { ...eve, name: 'Eve', accountName: 'Trap' });
    const report = JSON.parse((await pipewright('--json', 'owner', eve.email)).text);
    expect(report.link).not.toBe(null);
    expect((await browser.call('POST', '/sign-in', eve)).body.code).toBe('person/sign_in_failed');
  });

  test('operators and support users are named, listed and removed', async () => {
    const person = await signInPerson(api);
    expect((await pipewright('staff', 'add', person.email, '--role', 'operator')).text).toContain('is operator');
    expect((await person.call('GET', '/staff')).body.items).toMatchObject([{ email: person.email, role: 'operator' }]);
    expect((await pipewright('staff', 'list')).text).toContain(person.email);
    expect((await pipewright('staff', 'remove', person.email)).code).toBe(0);
    expect((await person.call('GET', '/staff')).status).toBe(403);
    expect((await pipewright('staff', 'remove', person.email)).code).toBe(1);
    expect((await pipewright('staff', 'add', person.email, '--role', 'king')).code).toBe(2);
    expect((await pipewright('owner', 'nobody')).code).toBe(2);
  });
});
