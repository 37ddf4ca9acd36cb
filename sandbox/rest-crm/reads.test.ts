import { afterEach, describe, expect, test } from '@jest/globals';
import { Caller, objects } from '../kit/caller.js';
import { type RestCrmOptions, type RestCrmSandbox, startRestCrm } from './sandbox.js';

const running: RestCrmSandbox[] = [];

async function start(options: RestCrmOptions): Promise<{ crm: RestCrmSandbox; caller: Caller }> {
  const crm = await startRestCrm(options);
  running.push(crm);
  return { crm, caller: new Caller(crm) };
}

afterEach(async () => {
  for (const crm of running.splice(0)) await crm.stop();
});

describe('reading rest-crm', () => {
  test('gives the same records for the same seed, about 670 bytes each, with relations that hold', async () => {
    const { crm, caller } = await start({ seed: 3, records: 400 });
    const { crm: twin } = await start({ seed: 3, records: 400 });
    expect(crm.store.records('contacts')).toEqual(twin.store.records('contacts'));
    const contacts = await caller.all('/contacts?limit=250');
    expect(contacts).toHaveLength(400);
    expect(JSON.stringify(contacts).length / 400).toBeGreaterThan(550);
    expect(JSON.stringify(contacts).length / 400).toBeLessThan(750);
    const companies = await caller.all('/companies');
    const companyIds = new Set(companies.map(({ id }) => id));
    const named = contacts.map(({ company_id: id }) => id).filter((id) => id !== null);
    expect(named.length).toBeGreaterThan(200);
    expect(named.every((id) => companyIds.has(id ?? null))).toBe(true);
    expect(companies.some(({ id, parent_id: parent }) => Number(parent) > Number(id))).toBe(true);
    const contactIds = new Set(contacts.map(({ id }) => id));
    const deals = await caller.all('/deals');
    expect(deals.every(({ contact_id: id }) => id === null || contactIds.has(id ?? null))).toBe(true);
    expect(deals.every(({ amount }) => /^\d+\.\d\d$/.test(String(amount)))).toBe(true);
  });

  test('pages to the end in exactly the pages that are needed', async () => {
    const { crm, caller } = await start({ records: 100 });
    await caller.all('/contacts?limit=50');
    expect(crm.kit.requests.list().map(({ status }) => status)).toEqual([200, 200]);
  });

  test('gives short pages now and then when told to, and still everything once', async () => {
    const { crm, caller } = await start({ records: 300, settings: { short_pages: 0.5 } });
    const ids = (await caller.all('/contacts?limit=50')).map(({ id }) => id);
    expect(new Set(ids).size).toBe(300);
    expect(ids).toHaveLength(300);
    expect(crm.kit.requests.lastSeq).toBeGreaterThan(6);
  });

  test('shows every change exactly where the walk by change can still meet it', async () => {
    const { crm, caller } = await start({ records: 120 });
    const first = await caller.get('/contacts?limit=100&updated_since=2020-01-01T00:00:00Z');
    const [touched] = objects(first.body.items);
    const stream = crm.store.streams.contacts;
    crm.store.touch(stream, stream.table.rowOf(String(touched?.id)), { position: 'moved' });
    const rest = await caller.all(`/contacts?cursor=${String(first.body.next_cursor)}&limit=100`);
    const ids = [...objects(first.body.items), ...rest].map(({ id }) => id);
    expect(new Set(ids).size).toBe(120);
    expect(rest.at(-1)).toMatchObject({ id: touched?.id, position: 'moved' });
  });

  test('finds only what changed since a moment, that moment included', async () => {
    const { crm, caller } = await start({ records: 200 });
    const since = crm.kit.clock.iso();
    await caller.control('touch', { stream: 'contacts', count: 7, fields: { position: 'n{n}' } });
    const changed = await caller.all(`/contacts?updated_since=${since}`);
    expect(changed.map(({ position }) => position)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7']);
    const [last] = changed.slice(-1);
    const again = await caller.all(`/contacts?updated_since=${String(last?.updated_at)}`);
    expect(again.map(({ id }) => id)).toContain(last?.id);
    expect(crm.log.list().filter(({ effect }) => effect === 'update')).toEqual([]);
  });

  test('writes moments in its own zone and with its own clock when told to', async () => {
    const { crm, caller } = await start({ settings: { zone: '+03:00', clock_skew_ms: -60_000 } });
    const { body } = await caller.post('/contacts', { name: 'A' });
    expect(body.updated_at).toMatch(/\+03:00$/);
    const lagMs = crm.kit.clock.now() - Date.parse(String(body.updated_at));
    expect(lagMs).toBeGreaterThanOrEqual(60_000);
    const since = encodeURIComponent(String(body.updated_at));
    expect(await caller.all(`/contacts?updated_since=${since}`)).toHaveLength(1);
    expect(await caller.all(`/contacts?updated_since=${String(body.updated_at)}`)).toHaveLength(1);
  });

  test('searches by ids, own ids and fields, main and further e-mails alike', async () => {
    const { caller } = await start({});
    await caller.post('/contacts/batch', {
      mode: 'upsert',
      items: [
        { external_id: 'a', name: 'A', email: 'A@x.example', custom: { source: 'fair' } },
        { external_id: 'b', name: 'B', emails: [{ type: 'work', value: 'a@x.example' }] },
        { external_id: 'c', name: 'C', address: { city: 'Łódź' } },
      ],
    });
    const names = async (query: string) => (await caller.all(`/contacts?${query}`)).map(({ name }) => name);
    expect(await names('external_id=b')).toEqual(['B']);
    expect(await names('external_id_in=c,a,none')).toEqual(['A', 'C']);
    expect(await names('email=a%40x.example')).toEqual(['A', 'B']);
    expect(await names('email=a%40x.example&custom.source=fair')).toEqual(['A']);
    expect(await names(`address.city=${encodeURIComponent('Łódź')}`)).toEqual(['C']);
    await caller.control('settings', { case: 'sensitive' });
    expect(await names('email=a%40x.example')).toEqual(['B']);
  });

  test('refuses or silently drops filters, as its switches say', async () => {
    const { caller } = await start({ records: 5 });
    expect((await caller.get('/contacts?shoe_size=43')).body.code).toBe('unknown_filter');
    await caller.control('settings', { own_id_search: false });
    expect((await caller.get('/contacts?external_id=x')).status).toBe(400);
    await caller.control('settings', { own_id_search: 'ignored', unknown_filters: 'ignored' });
    expect(await caller.all('/contacts?external_id=x&shoe_size=43')).toHaveLength(5);
  });

  test('lists deletions since a moment, page by page', async () => {
    const { crm, caller } = await start({ records: 10 });
    await caller.control('touch', { stream: 'contacts', op: 'delete', count: 3 });
    crm.kit.clock.advance(1000);
    const since = crm.kit.clock.iso();
    expect(await caller.all('/contacts?deleted_since=2020-01-01T00:00:00Z&limit=2')).toHaveLength(3);
    const [first] = await caller.all('/contacts');
    await caller.call('DELETE', `/contacts/${String(first?.id)}`);
    const deleted = await caller.all(`/contacts?deleted_since=${since}`);
    expect(deleted).toEqual([expect.objectContaining({ id: first?.id, deleted: true })]);
    expect((await caller.get(`/contacts/${String(first?.id)}`)).status).toBe(404);
  });

  test('answers odd questions with 400, 401, 404 or 405 and a code', async () => {
    const { caller } = await start({ records: 3 });
    expect((await caller.get('/contacts?limit=251')).body.code).toBe('invalid_limit');
    expect((await caller.get('/contacts?cursor=xyz')).body.code).toBe('invalid_cursor');
    expect((await caller.get('/contacts?updated_since=yesterday')).body.code).toBe('invalid_time');
    expect((await caller.get('/contacts', { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await caller.get('/nothing')).status).toBe(404);
    expect((await caller.call('PUT', '/contacts')).status).toBe(405);
  });

  test('says who is asking, what fields there are and what the register knows', async () => {
    const { crm, caller } = await start({ records: 300, seed: 9 });
    const me = await caller.call('GET', '/me', undefined, {
      authorization: '',
      'x-api-key': crm.credentials.token ?? '',
    });
    expect(me.body.scopes).toEqual(['read', 'write', 'webhooks']);
    const made = await caller.post('/schema/contacts/fields', { code: 'loyalty', type: 'decimal', caption: 'Loyalty' });
    expect(made.status).toBe(201);
    const { body } = await caller.get('/schema/contacts');
    expect(objects(body.fields)).toContainEqual(
      expect.objectContaining({ name: 'custom.loyalty', type: 'decimal', custom: true }),
    );
    expect(objects(body.fields)).toContainEqual(
      expect.objectContaining({ name: 'company_id', reference: 'companies' }),
    );
    const answers = await Promise.all(
      crm.store.records('companies').map(({ tax_id: code }) => caller.get(`/registry/${String(code)}`)),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(20);
    expect((await caller.get('/registry/0000000000')).body.code).toBe('unknown_code');
    expect(await caller.all('/users')).toHaveLength(8);
  });
});
