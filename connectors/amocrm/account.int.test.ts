import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { changeOf, noSignal, readPass, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { OpenConnection, Outcome } from '../kit/index.js';
import { startAccount, type TestAccount } from './testing-sandbox.js';

let account: TestAccount;
let crm: OpenConnection;

beforeAll(async () => {
  account = await startAccount({ records: 20 });
  crm = account.open();
  for (const stream of ['leads', 'contacts', 'companies', 'products'])
    await crm.createFields?.(
      stream,
      [{ name: 'custom.PIPEWRIGHT_ID', type: 'text', title: 'Pipewright ID' }],
      noSignal,
    );
});

afterAll(async () => {
  await crm?.close();
  await account?.stop();
});

const keyOf = (outcome: Outcome | undefined): string => {
  if (outcome?.state === 'written') return outcome.targetKey;
  throw new Error(`not written: ${outcome?.failure.message}`);
};

let nextId = 1;

async function make(stream: string, fields: JsonObject): Promise<string> {
  nextId += 1;
  const { outcomes } = await crm
    .writer(writeRequest(stream, 'insert'))
    .write([changeOf(nextId, 'create', fields)], sendNow);
  return keyOf(outcomes[0]);
}

async function change(stream: string, key: string, fields: JsonObject): Promise<Outcome | undefined> {
  const { outcomes } = await crm
    .writer(writeRequest(stream, 'update'))
    .write([changeOf(0, 'update', fields, key)], sendNow);
  return outcomes[0];
}

async function read(stream: string, key: string): Promise<JsonObject> {
  const [record] = await crm.reader(readRequest(stream)).find('id', [key], noSignal);
  return { ...record };
}

describe('relations', () => {
  test('of a lead are made with it, changed, and taken away', async () => {
    const company = await make('companies', { name: 'Company' });
    const other = await make('companies', { name: 'Other' });
    const [one, two, three] = [
      await make('contacts', { name: 'One' }),
      await make('contacts', { name: 'Two' }),
      await make('contacts', { name: 'Three' }),
    ];
    const lead = await make('leads', {
      name: 'Deal',
      company_id: company,
      contact_ids: [one, two],
      main_contact_id: two,
      tags: ['red', 'blue'],
    });
    const links = (record: JsonObject) => ({
      company: record.company_id,
      contacts: [...(record.contact_ids as string[])].sort(),
      main: record.main_contact_id,
      tags: [...(record.tags as string[])].sort(),
    });
    expect(links(await read('leads', lead))).toEqual({
      company,
      contacts: [one, two].sort(),
      main: two,
      tags: ['blue', 'red'],
    });
    const wanted = { company_id: other, contact_ids: [two, three], main_contact_id: three, tags: ['green'] };
    for (let time = 1; time <= 2; time++) {
      expect(await change('leads', lead, wanted)).toMatchObject({ state: 'written' });
      expect(links(await read('leads', lead))).toEqual({
        company: other,
        contacts: [two, three].sort(),
        main: three,
        tags: ['green'],
      });
    }
    await change('leads', lead, { company_id: null, contact_ids: [], tags: [] });
    expect(links(await read('leads', lead))).toEqual({ company: null, contacts: [], main: null, tags: [] });
  });

  test('of a contact to its company are made after it, fifty a request', async () => {
    const company = await make('companies', { name: 'Employer' });
    const before = await account.requests();
    const changes = Array.from({ length: 50 }, (_, index) =>
      changeOf(1_000 + index, 'create', { name: `Employee ${index}`, company_id: company }),
    );
    const { outcomes } = await crm.writer(writeRequest('contacts', 'insert')).write(changes, sendNow);
    expect((await account.requests()) - before).toBeLessThanOrEqual(3);
    const found = await crm.reader(readRequest('contacts')).find('id', outcomes.map(keyOf), noSignal);
    expect(found.map((record) => record.company_id)).toEqual(Array.from({ length: 50 }, () => company));
  });

  test('to a record that is not there are refused before anything is made', async () => {
    const count = (await account.rows('/contacts', 'contacts')).length;
    const writer = crm.writer(writeRequest('contacts', 'insert'));
    const { outcomes } = await writer.write(
      [
        changeOf(2_000, 'create', { name: 'Nobody', company_id: '987654321' }),
        changeOf(2_001, 'create', { name: 'Good' }),
      ],
      sendNow,
    );
    expect(outcomes.map(({ state }) => state)).toEqual(['refused', 'written']);
    expect((await account.rows('/contacts', 'contacts')).length).toBe(count + 1);
  });

  test('of a lead to products carry quantities and are replaced as a whole', async () => {
    const product = await make('products', { name: 'Chair', 'custom.PRICE': '100.50', 'custom.SKU': 'CH-1' });
    const other = await make('products', { name: 'Table' });
    const [record] = await crm.reader(readRequest('products')).find('id', [product], noSignal);
    const catalog = String(record?.catalog_id);
    expect(record).toMatchObject({ name: 'Chair', 'custom.PRICE': '100.50', 'custom.SKU': 'CH-1' });
    const lines = (id: string, quantity: string) => ({ id, catalog_id: catalog, quantity });
    const lead = await make('leads', { name: 'Sale', catalog_elements: [lines(product, '2')] });
    expect((await read('leads', lead)).catalog_elements).toMatchObject([lines(product, '2')]);
    await change('leads', lead, { catalog_elements: [lines(product, '3.5'), lines(other, '1')] });
    const held = (await read('leads', lead)).catalog_elements as JsonObject[];
    expect(held.map(({ id, quantity }) => [id, quantity]).sort()).toEqual(
      [
        [product, '3.5'],
        [other, '1'],
      ].sort(),
    );
    await change('leads', lead, { catalog_elements: [] });
    expect((await read('leads', lead)).catalog_elements).toEqual([]);
  });
});

describe('values', () => {
  test('of several telephones and addresses are replaced, not added to', async () => {
    const contact = await make('contacts', {
      name: 'Phones',
      'custom.PHONE': [
        { value: '+7 912 1', enum_code: 'WORK' },
        { value: '+7 912 2', enum_code: 'MOB' },
      ],
      'custom.EMAIL': 'a@example.com',
    });
    await change('contacts', contact, { 'custom.PHONE': [{ value: '+7 912 2', enum_code: 'MOB' }] });
    const record = await read('contacts', contact);
    expect(record['custom.PHONE']).toEqual([{ value: '+7 912 2', enum_code: 'MOB' }]);
    expect(record['custom.EMAIL']).toMatchObject([{ value: 'a@example.com' }]);
    // What was read can be written as it is.
    expect(await change('contacts', contact, { 'custom.PHONE': record['custom.PHONE'] ?? null })).toMatchObject({
      state: 'written',
    });
    expect((await read('contacts', contact))['custom.PHONE']).toEqual(record['custom.PHONE']);
    await change('contacts', contact, { 'custom.PHONE': null });
    expect((await read('contacts', contact))['custom.PHONE']).toBeNull();
  });

  test('of lists are taken by caption, and a field is made for them', async () => {
    const fields = [
      { name: 'custom.SIZE', type: 'text', title: 'Size', values: ['small', 'large'] },
      { name: 'custom.COLOURS', type: 'text', title: 'Colours', values: ['red', 'blue'], isMultiple: true },
      { name: 'custom.BORN', type: 'date', title: 'Born' },
    ] as const;
    await crm.createFields?.('leads', fields, noSignal);
    const again = await crm.createFields?.('leads', fields, noSignal);
    expect(again?.map(({ name }) => name)).toEqual(['custom.SIZE', 'custom.COLOURS', 'custom.BORN']);
    expect(await crm.values?.('leads', 'custom.SIZE', noSignal)).toEqual([
      { value: 'small', title: 'small' },
      { value: 'large', title: 'large' },
    ]);
    const lead = await make('leads', {
      name: 'Lists',
      'custom.SIZE': 'large',
      'custom.Colours': ['red', 'blue'],
      'custom.BORN': '1899-12-31',
    });
    expect(await read('leads', lead)).toMatchObject({
      'custom.SIZE': 'large',
      'custom.COLOURS': ['red', 'blue'],
      'custom.BORN': '1899-12-31',
    });
    expect(await change('leads', lead, { 'custom.SIZE': 'huge' })).toMatchObject({ state: 'refused' });
  });

  test('carry the moment of creation and a sum to the minor unit', async () => {
    const lead = await make('leads', { name: 'Sum', price: '1234.56', created_at: '2020-02-29T12:00:00+03:00' });
    expect(await read('leads', lead)).toMatchObject({ price: '1234.56', created_at: '2020-02-29T09:00:00Z' });
  });
});

describe('lists', () => {
  test('of users, stages and the like are read with captions, for tables of values', async () => {
    const all = async (stream: string) => (await readPass(() => crm, readRequest(stream))).records;
    const [users, stages] = [await all('users'), await all('statuses')];
    expect(users[0]).toMatchObject({ id: expect.stringMatching(/^\d+$/), email: expect.stringContaining('@') });
    expect(stages.filter(({ id }) => id === '142').length).toBeGreaterThan(0);
    expect(stages[0]).toMatchObject({ pipeline_id: expect.any(String), title: expect.stringContaining(' / ') });
    for (const stream of [
      'pipelines',
      'loss_reasons',
      'catalogs',
      'task_types',
      'sources',
      'lead_tags',
      'contact_tags',
      'company_tags',
    ])
      expect(Array.isArray(await all(stream))).toBe(true);
    expect((await crm.values?.('leads', 'responsible_user_id', noSignal))?.length).toBe(users.length);
    expect((await crm.values?.('leads', 'status_id', noSignal))?.length).toBe(stages.length);
  });

  test('of every stream hold fields that their declaration names', async () => {
    for (const stream of await crm.streams(noSignal)) {
      if (stream.name === 'files') continue;
      const { records } = await readPass(() => crm, readRequest(stream.name, { key: stream.key ?? [] }));
      const known = new Set(stream.fields.map(({ name }) => name));
      const strangers = new Set(
        records
          .flatMap((record) => Object.keys(record))
          .filter((name) => name.startsWith('custom.') && !known.has(name)),
      );
      expect({ stream: stream.name, strangers: [...strangers] }).toEqual({ stream: stream.name, strangers: [] });
      for (const record of records.slice(0, 50))
        for (const field of stream.fields) {
          const value = record[field.name];
          if (value === undefined || value === null) continue;
          const is = { stream: stream.name, field: field.name, value };
          if (field.type === 'datetime')
            expect(is).toMatchObject({ value: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) });
          else if (['text', 'money', 'decimal', 'email'].includes(field.type))
            expect(is).toMatchObject({ value: expect.any(String) });
          else if (field.type === 'list') expect(is).toMatchObject({ value: expect.any(Array) });
        }
    }
  });
});

describe('tasks and notes', () => {
  const due = '2026-12-01T09:00:00Z';

  test('are written and read, with their results', async () => {
    const lead = await make('leads', { name: 'With tasks' });
    const task = await make('tasks', {
      text: 'Call',
      complete_till: due,
      entity_type: 'leads',
      entity_id: lead,
      task_type_id: '1',
    });
    await change('tasks', task, { is_completed: true, result: 'Done' });
    expect(await read('tasks', task)).toMatchObject({
      text: 'Call',
      complete_till: due,
      is_completed: true,
      result: 'Done',
      entity_id: lead,
    });
    const note = await make('lead_notes', { entity_id: lead, text: 'Wrote a letter' });
    await change('lead_notes', note, { text: 'Wrote two letters' });
    expect(await read('lead_notes', note)).toMatchObject({
      note_type: 'common',
      text: 'Wrote two letters',
      entity_id: lead,
    });
  });

  test.each([
    ['tasks', (lead: string) => ({ text: 'Meet', complete_till: due, entity_type: 'leads', entity_id: lead })],
    ['lead_notes', (lead: string) => ({ text: 'Met', entity_id: lead })],
  ])('of stream %s that were made without an answer are recognised, each once', async (stream, fieldsOf) => {
    const lead = await make('leads', { name: 'In doubt' });
    const changes = [1, 2].map((id) => changeOf(3_000 + id, 'create', fieldsOf(lead)));
    const keys = changes.map(({ recordKey }) => recordKey);
    const first = await crm.writer(writeRequest(stream, 'insert')).write(changes, sendNow);
    // Another process looks for them before it knows what they are, then writes the same once more.
    const writer = crm.writer(writeRequest(stream, 'insert'));
    expect(await writer.findByOwnId?.(keys, noSignal)).toEqual([]);
    const second = await writer.write(changes, sendNow);
    expect(second.outcomes.map(keyOf).sort()).toEqual(first.outcomes.map(keyOf).sort());
    expect(second.outcomes.map((outcome) => outcome.state === 'written' && outcome.created)).toEqual([false, false]);
    expect(await writer.findByOwnId?.(['f'.repeat(32)], noSignal)).toEqual([]);
  });

  test('changes of tasks are read by pages, and none is lost', async () => {
    const request = readRequest('tasks', { mode: 'incremental', key: ['id'], cursorFields: ['updated_at'] });
    const first = await readPass(() => crm, request);
    expect(first.records.length).toBeGreaterThan(0);
    expect((await readPass(() => crm, request, first.bookmark)).records).toEqual([]);
    await account.control('clock', { advance: 5_000 });
    const [some] = first.records;
    await account.control('touch', { stream: 'tasks', ids: [String(some?.id)], fields: { text: 'changed' } });
    const second = await readPass(() => crm, request, first.bookmark);
    expect(second.records.map(({ id }) => id)).toEqual([some?.id]);
  });
});

describe('the account', () => {
  test('is checked with its rights, and says so where filters are off', async () => {
    expect((await crm.check(noSignal)).rightsMissing).toEqual([]);
    await account.control('settings', { api_filters: false });
    try {
      expect((await crm.check(noSignal)).rightsMissing.join()).toContain('filters of the API');
      const lead = await make('leads', { name: 'Found without filters' });
      expect((await read('leads', lead)).name).toBe('Found without filters');
      const change = changeOf(4_000, 'create', { name: 'Own id without filters' });
      const { outcomes } = await crm.writer(writeRequest('leads', 'insert')).write([change], sendNow);
      const found = await crm.writer(writeRequest('leads', 'insert')).findByOwnId?.([change.recordKey], noSignal);
      expect(found?.map(({ targetKey }) => targetKey)).toEqual([keyOf(outcomes[0])]);
    } finally {
      await account.control('settings', { api_filters: true });
      await crm.check(noSignal);
    }
  });

  test('gives and takes back webhooks', async () => {
    const registration = await crm.registerWebhook?.(
      'https://pipes.example.com/hooks/x',
      'signing',
      ['leads', 'contacts'],
      noSignal,
    );
    const hooks = await account.rows('/webhooks', 'webhooks');
    expect(hooks.map(({ destination }) => destination)).toEqual(['https://pipes.example.com/hooks/x?key=signing']);
    expect(JSON.stringify(registration)).not.toContain('signing');
    await crm.removeWebhook?.(registration ?? {}, noSignal);
    await crm.removeWebhook?.(registration ?? {}, noSignal);
    expect(await account.rows('/webhooks', 'webhooks')).toEqual([]);
  });
});
