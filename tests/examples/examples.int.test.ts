import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { JsonObject } from '../../core/json.js';
import { checkDefinition } from '../../definitions/check/index.js';
import { runDefinitionTests } from '../../definitions/tests/index.js';
import { findProjectFolder } from '../../runtime/project-folder.js';
import { type RestCrmOptions, type RestCrmSandbox, startRestCrm } from '../../sandbox/rest-crm/sandbox.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { reconcile } from '../support/reconciliation.js';

const folder = join(findProjectFolder(), 'definitions/examples');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

describe('the examples', () => {
  let engine: TestEngine;
  const sandboxes: RestCrmSandbox[] = [];
  const ran = new Set<string>();

  beforeAll(async () => {
    engine = await startTestEngine({ hasWorker: false });
    // Test databases listen on a socket, which no address can name.
    const server = new URL(engine.database.ownerUrl);
    const address = server.searchParams.get('host') ?? server.hostname;
    const port = Number(server.searchParams.get('port') ?? (server.port || 5_432));
    Object.assign(engine.engine.dependencies, { resolveHost: async () => ({ address, port }) });
    await engine.startWorker();
  });

  afterEach(async () => {
    await Promise.all(sandboxes.splice(0).map((sandbox) => sandbox.stop()));
  });

  afterAll(async () => {
    await engine?.stop();
  });

  async function crm(options: RestCrmOptions): Promise<RestCrmSandbox> {
    const sandbox = await startRestCrm(options);
    sandboxes.push(sandbox);
    return sandbox;
  }

  let number = 0;
  function bind(sandbox: RestCrmSandbox): Promise<string> {
    number += 1;
    const settings = { service: 'rest-crm', base_url: sandbox.url };
    return engine.connect(`crm ${number}`, 'http', settings, { token: sandbox.credentials.token as string });
  }

  function bindFile(streams: JsonObject): Promise<string> {
    number += 1;
    return engine.connect(`file ${number}`, 'file', { root: engine.folder, streams }, null);
  }

  /** Publishes an example; the answer runs it once and tells its state. */
  async function publish(file: string, bindings: Record<string, string>) {
    ran.add(file);
    const pipeline = await engine.publish(textOf(file), bindings);
    return async () => engine.until(await engine.open(pipeline));
  }

  const countsOf = async (runId: string) =>
    engine.rows<Record<string, number>>(
      'select flow, read, filtered, written, unchanged, deleted, dead_letters from v_reconciliation where run_id = $1 order by flow',
      [runId],
    );
  const records = (sandbox: RestCrmSandbox, stream: 'companies' | 'contacts' | 'deals') =>
    [...sandbox.store.records(stream)] as JsonObject[];

  test.each(files)('%s is correct, and its own tests pass', (file) => {
    const { connectors } = engine.engine.dependencies;
    const { plan, tests, problems } = checkDefinition(textOf(file), { file, connectors });
    expect(problems).toEqual([]);
    if (plan === null) throw new Error('no plan');
    const failed = runDefinitionTests(plan, tests).filter(({ isPassed }) => !isPassed);
    expect(failed).toEqual([]);
  });

  test('crm-migration moves all three streams, and a second run writes nothing', async () => {
    const [old, fresh] = await Promise.all([
      crm({ seed: 3, records: { companies: 60, contacts: 150, deals: 90 } }),
      crm({ seed: 4 }),
    ]);
    const run = await publish('crm-migration.yaml', { old: await bind(old), new: await bind(fresh) });
    const first = await run();
    expect(first).toMatchObject({ state: 'done', failure: null });
    expect((await countsOf(first.id)).map(({ read, written }) => [read, written])).toEqual([
      [60, 60],
      [150, 150],
      [90, 90],
    ]);
    const created = fresh.log.list().filter(({ effect, status }) => effect === 'create' && status < 300);
    expect(created.length).toBe(300);
    expect(['companies', 'contacts', 'deals'].map((name) => records(fresh, name as 'deals').length)).toEqual([
      60, 150, 90,
    ]);
    const stages = new Set(records(fresh, 'deals').map(({ stage }) => stage));
    expect(stages.has('negotiation')).toBe(false);
    const since = fresh.log.lastSeq;
    expect((await run()).state).toBe('done');
    const later = fresh.log.list(since).filter(({ effect }) => effect !== 'read' && effect !== 'lookup');
    expect(later).toEqual([]);
  });

  test('companies-by-registry completes the companies before it writes them', async () => {
    const [source, target] = await Promise.all([crm({ seed: 5, records: { companies: 40 } }), crm({ seed: 6 })]);
    const run = await publish('companies-by-registry.yaml', {
      crm: await bind(source),
      registry: await bind(source),
      copy: await bind(target),
    });
    const done = await run();
    expect(done).toMatchObject({ state: 'done', failure: null });
    const withTaxId = records(source, 'companies').filter(({ tax_id }) => tax_id != null && tax_id !== '');
    const [counts] = await countsOf(done.id);
    expect(counts).toMatchObject({ read: 40, filtered: 40 - withTaxId.length, written: withTaxId.length });
    expect(await reconcile(engine, done.id, { flow: 'companies', stream: 'companies', sandbox: target })).toEqual([]);
    const asked = source.kit.requests.list(0).filter(({ path }) => path.startsWith('/registry/'));
    expect(new Set(asked.map(({ path }) => path)).size).toBe(new Set(withTaxId.map(({ tax_id }) => tax_id)).size);
  });

  test('contacts-by-webhook keeps two CRMs in step, deletions too', async () => {
    const [source, target] = await Promise.all([crm({ seed: 7, records: 80 }), crm({ seed: 8 })]);
    const run = await publish('contacts-by-webhook.yaml', { crm: await bind(source), copy: await bind(target) });
    expect(await run()).toMatchObject({ state: 'done', failure: null });
    expect(records(target, 'contacts')).toHaveLength(80);
    const ids = records(source, 'contacts').map(({ id }) => String(id));
    const touch = (order: object) =>
      fetch(`${source.control}/touch`, { method: 'POST', body: JSON.stringify({ stream: 'contacts', ...order }) });
    await touch({ ids: ids.slice(0, 3), fields: { position: 'Head of {n}' } });
    await touch({ op: 'delete', ids: ids.slice(10, 12) });
    const since = target.log.lastSeq;
    const second = await run();
    expect(second).toMatchObject({ state: 'done', failure: null });
    expect((await countsOf(second.id))[0]).toMatchObject({ written: 3, deleted: 2 });
    const place = { flow: 'contacts', stream: 'contacts', sandbox: target, since };
    expect(await reconcile(engine, second.id, place)).toEqual([]);
    const namesOf = (sandbox: RestCrmSandbox) =>
      records(sandbox, 'contacts')
        .map(({ name, position }) => `${name}/${position}`)
        .sort();
    expect(namesOf(target)).toEqual(namesOf(source));
  });

  test('contacts-to-jsonl appends what changed, one line for each change', async () => {
    const source = await crm({ seed: 9, records: 70 });
    const out = await bindFile({ contacts: { path: 'contacts.jsonl', format: 'jsonl' } });
    const run = await publish('contacts-to-jsonl.yaml', { crm: await bind(source), out });
    const first = await run();
    expect(first).toMatchObject({ state: 'done_with_dead_letters', failure: null });
    const letters = await engine.rows<{ source_key: string; code: string; message: string }>(
      'select source_key, code, message from v_dead_letters where run_id = $1',
      [first.id],
    );
    // The seeded people live in several countries; a number that is none in Poland is put aside, never guessed.
    expect(new Set(letters.map(({ code }) => code))).toEqual(new Set(['map/expression_failed']));
    for (const { message } of letters) expect(message).toContain('`phone`');
    const aside = new Set(letters.map(({ source_key }) => source_key));
    const withEmail = records(source, 'contacts').filter(({ email }) => email != null && email !== '');
    const wanted = withEmail.filter(({ id }) => !aside.has(String(id)));
    const lines = () =>
      readFileSync(join(engine.folder, 'contacts.jsonl'), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as JsonObject);
    expect((await countsOf(first.id))[0]).toMatchObject({
      read: 70,
      filtered: 70 - withEmail.length,
      written: wanted.length,
      dead_letters: letters.length,
    });
    expect(
      lines()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(wanted.map(({ id }) => id).sort());
    const [changed] = wanted;
    await fetch(`${source.control}/touch`, {
      method: 'POST',
      body: JSON.stringify({ stream: 'contacts', ids: [changed?.id], fields: { name: 'Changed' } }),
    });
    expect((await run()).state).toBe('done');
    expect(lines()).toHaveLength(wanted.length + 1);
    expect(lines().at(-1)).toMatchObject({ id: changed?.id, name: 'Changed' });
  });

  test('contacts-to-postgres fills the table, and a second run changes the changed rows alone', async () => {
    const source = await crm({ seed: 10, records: { companies: 12, contacts: 90 } });
    const owner = new pg.Client(engine.database.owner);
    await owner.connect();
    try {
      await owner.query(
        'create schema warehouse; create table warehouse.contacts (id text primary key, name text not null, email text, company text, changed_at timestamptz)',
      );
      const url = new URL(engine.database.ownerUrl);
      const warehouse = await engine.connect(
        'warehouse',
        'postgres',
        {
          host: 'db.test',
          database: engine.database.name,
          user: url.searchParams.get('user') ?? decodeURIComponent(url.username),
          ssl: 'disable',
          schemas: ['warehouse'],
        },
        { password: decodeURIComponent(url.password) || 'none' },
      );
      const run = await publish('contacts-to-postgres.yaml', { crm: await bind(source), warehouse });
      const first = await run();
      expect(first).toMatchObject({ state: 'done', failure: null });
      expect((await countsOf(first.id))[0]).toMatchObject({ read: 90, written: 90, dead_letters: 0 });
      const rows = async () =>
        (await owner.query('select id, name, company, xmin::text as version from warehouse.contacts order by id')).rows;
      const before = await rows();
      const companies = new Map(records(source, 'companies').map(({ id, name }) => [id, name]));
      const expected = records(source, 'contacts')
        .map(({ id, name, company_id }) => [id, name, companies.get(company_id as string) ?? null])
        .sort();
      expect(before.map(({ id, name, company }) => [id, name, company])).toEqual(expected);
      await fetch(`${source.control}/touch`, {
        method: 'POST',
        body: JSON.stringify({ stream: 'contacts', count: 4, fields: { name: 'Renamed {n}' } }),
      });
      expect((await run()).state).toBe('done');
      const after = await rows();
      const changed = after.filter(({ version }, index) => version !== before[index]?.version);
      expect(changed.map(({ name }) => name).sort()).toEqual(['Renamed 1', 'Renamed 2', 'Renamed 3', 'Renamed 4']);
    } finally {
      await owner.end();
    }
  });

  test('airports leaves out the closed ones and puts aside those without a town', async () => {
    const target = await crm({ seed: 11 });
    const columns = 'id,ident,type,name,municipality,home_link,iso_country,iso_region';
    const lines = Array.from({ length: 300 }, (_, index) => {
      const type = index % 10 === 0 ? 'closed' : 'small_airport';
      const town = index % 15 === 1 ? '' : `"Town, ${index}"`;
      return `${index},PW${index},${type},Airport ${index},${town},,UA,UA-${index % 27}`;
    });
    writeFileSync(join(engine.folder, 'airports.csv'), `${[columns, ...lines].join('\n')}\n`);
    const world = await bindFile({ airports: { path: 'airports.csv', format: 'csv' } });
    const run = await publish('airports.yaml', { world, copy: await bind(target) });
    const done = await run();
    expect(done).toMatchObject({ state: 'done_with_dead_letters', failure: null });
    const aside = lines.filter((_, index) => index % 10 !== 0 && index % 15 === 1).length;
    expect((await countsOf(done.id))[0]).toMatchObject({
      read: 300,
      filtered: 30,
      written: 270 - aside,
      dead_letters: aside,
    });
    expect(await reconcile(engine, done.id, { flow: 'airports', stream: 'companies', sandbox: target })).toEqual([]);
    expect(records(target, 'companies').find(({ tax_id }) => tax_id === 'PW2')).toMatchObject({
      name: 'Airport 2',
      address: { city: 'Town, 2', country: 'UA' },
    });
  });

  test('are all run by a test', () => {
    // In random order this test may come before the others: then the files are compared with their names alone.
    const tests = join(findProjectFolder(), 'tests');
    const source = readFileSync(join(tests, 'examples/examples.int.test.ts'), 'utf8');
    // Those that move between CRMs have tests of their own, with a sandbox of each.
    const ownTests = readdirSync(join(tests, 'crm')).filter((name) => name.endsWith('.int.test.ts'));
    const moved = ownTests.map((name) => readFileSync(join(tests, 'crm', name), 'utf8')).join('\n');
    const isRun = (file: string) =>
      source.includes(`publish('${file}'`) || moved.includes(`exampleText('${file.replace(/\.yaml$/, '')}')`);
    for (const file of files) expect([file, isRun(file)]).toEqual([file, true]);
    for (const file of ran) expect(files).toContain(file);
  });
});
