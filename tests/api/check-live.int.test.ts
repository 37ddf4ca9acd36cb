import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RestCrmSandbox } from '../../sandbox/rest-crm/sandbox.js';
import type { TestApi } from '../support/api.js';
import type { TestEngine } from '../support/engine.js';
import { startTwoCrms, type TwoCrms } from '../support/two-crms.js';

const definition = (pairs: string) => `
pipeline: with-owners
title: Contacts with their owners
connections: { crm: { connector: http }, copy: { connector: http } }
flows:
  contacts:
    from: { stream: crm.contacts, read: full }
    map: { name: name, owner: { from: company_id, values: owners } }
    to: { stream: copy.contacts, write: upsert }
values:
  owners: { from: crm.companies, to: copy.users, match: NAME${pairs} }
`;

describe('a check against the connected accounts', () => {
  let crms: TwoCrms;
  let engine: TestEngine;
  let api: TestApi;
  let source: RestCrmSandbox;
  let target: RestCrmSandbox;

  beforeAll(async () => {
    crms = await startTwoCrms(10, { engine: { hasWorker: false } });
    ({ engine, api, source, target } = crms);
  });

  afterAll(() => crms?.stop());

  const userNames = async (): Promise<string[]> => {
    const headers = { authorization: `Bearer ${target.credentials.token}` };
    const answer = await fetch(`${target.url}/users?limit=250`, { headers });
    return ((await answer.json()) as { items: { name: string }[] }).items.map((user) => user.name);
  };
  const check = async (text: string): Promise<{ isValid: boolean; notes: string[] }> =>
    (await api.call('POST', '/check', { definition: text, connections: {} })).body;

  test('names the keys of a table that have no counterpart, and none once they are paired', async () => {
    const companies = source.store.records('companies') as { id: string; name: string }[];
    const found = await check(definition(''));
    expect(found).toMatchObject({ isValid: true });
    const note = found.notes.find((text) => text.startsWith('Table `owners`'));
    expect(companies.length).toBeGreaterThan(0);
    for (const company of companies) expect(note).toContain(`\`${company.id}\``);

    const [somebody] = await userNames();
    const pairs = companies.map((company) => `${JSON.stringify(company.name)}: ${JSON.stringify(somebody)}`).join(', ');
    expect((await check(definition(`, pairs: { ${pairs} }`))).notes).toEqual([]);
  });

  test('a draft with another comment differs from its version in no flow, though only the version was planned live', async () => {
    const text = definition('').replace('with-owners', 'compared').trimStart();
    expect((await api.call('POST', '/pipelines', { definition: text })).status).toBe(201);
    await api.call('PUT', '/pipelines/compared/draft', { definition: `# Owners come by their names.\n${text}` });
    const { body } = await api.call('GET', '/pipelines/compared/diff?from=1&to=draft');
    expect(body.flows).toEqual([]);
    expect(body.text).toContain('+# Owners come by their names.');
  });

  test('says which connection cannot be asked', async () => {
    await engine.rows(
      `update connection set settings = jsonb_set(settings, '{base_url}', '"http://127.0.0.1:1"') where name = 'copy'`,
    );
    const { notes } = await check(definition(''));
    expect(notes.join('\n')).toContain('Connection `copy`');
    await engine.rows(
      `update connection set settings = jsonb_set(settings, '{base_url}', to_jsonb($1::text)) where name = 'copy'`,
      [target.url],
    );
  });
});
