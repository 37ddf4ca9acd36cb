import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Caller, objects } from '../kit/caller.js';
import type { Json, JsonObject } from '../kit/json.js';
import { type RestCrmSandbox, startRestCrm } from './sandbox.js';

let crm: RestCrmSandbox;
let caller: Caller;

beforeEach(async () => {
  crm = await startRestCrm();
  caller = new Caller(crm);
});

afterEach(() => crm.stop());

async function batch(mode: string, items: Json[], more: JsonObject = {}, stream = 'contacts'): Promise<JsonObject[]> {
  const { body } = await caller.post(`/${stream}/batch`, { mode, items, ...more });
  return objects(body.results);
}

const statuses = (results: JsonObject[]) => results.map(({ status }) => status);
const codes = (results: JsonObject[]) => results.map(({ error }) => (error as JsonObject | undefined)?.code);

describe('writing to rest-crm', () => {
  test('creates, then updates, then leaves alone what an upsert by own id carries', async () => {
    const items: Json[] = [
      { external_id: 'k1', name: 'Łucja', phones: [{ type: 'work', value: '+48 501' }] },
      { external_id: 'k2', name: 'Ірина' },
    ];
    const made = await batch('upsert', items);
    expect(made).toEqual([
      { status: 'created', id: expect.any(String), external_id: 'k1' },
      { status: 'created', id: expect.any(String), external_id: 'k2' },
    ]);
    expect(statuses(await batch('upsert', items))).toEqual(['unchanged', 'unchanged']);
    expect(statuses(await batch('upsert', [{ external_id: 'k2', name: 'Іра' }]))).toEqual(['updated']);
    expect(statuses(await batch('upsert', [{ name: 'Іра', external_id: 'k2' }]))).toEqual(['unchanged']);
    expect(crm.store.records('contacts').map(({ name }) => name)).toEqual(['Łucja', 'Іра']);
    expect(crm.log.list().map(({ effect, external_id: key, status }) => [effect, key, status])).toEqual([
      ['create', 'k1', 201],
      ['create', 'k2', 201],
      ['update', 'k1', 304],
      ['update', 'k2', 304],
      ['update', 'k2', 200],
      ['update', 'k2', 304],
    ]);
  });

  test('sees a write again as a change when someone else changed the record in between', async () => {
    await batch('upsert', [{ external_id: 'k', name: 'Ours' }]);
    await caller.control('touch', { stream: 'contacts', count: 1, fields: { name: 'Theirs' } });
    expect(statuses(await batch('upsert', [{ external_id: 'k', name: 'Ours' }]))).toEqual(['updated']);
  });

  test('finds records by match fields and refuses several hits', async () => {
    await batch('create', [
      { name: 'A', email: 'a@x.example' },
      { name: 'B', email: 'b@x.example' },
      { name: 'B2', email: 'b@x.example' },
    ]);
    const results = await batch(
      'upsert',
      [
        { name: 'A2', email: 'A@x.example' },
        { name: 'C', email: 'c@x.example' },
        { name: 'B3', email: 'b@x.example' },
        { name: 'no e-mail' },
      ],
      { match: ['email'] },
    );
    expect(statuses(results)).toEqual(['updated', 'created', 'rejected', 'created']);
    expect(codes(results)[2]).toBe('ambiguous_match');
  });

  test('refuses single records with a code and a message and takes the others', async () => {
    const results = await batch('create', [
      { name: 'good', email: 'good@x.example', birthday: '2000-02-29', custom: { score: '1.5' } },
      { email: 'x@x.example' },
      { name: '  ' },
      { name: 'x', email: 'not an address' },
      { name: 'x', shoe_size: '43' },
      { name: 'x', custom: { shoe_size: '43' } },
      { name: 'x'.repeat(256) },
      { name: 'x', company_id: '999' },
      { name: 'x', birthday: '2001-02-29' },
      { name: 'x', phones: ['123'] },
      { name: 'x', phones: [{ type: 'fax', value: '1' }] },
      { name: 5 },
      { name: 'x', created_at: '2020-01-01T00:00:00Z' },
      'text',
      JSON.parse('{"name":"x","__proto__":{"admin":true}}') as Json,
    ]);
    expect(codes(results)).toEqual([
      undefined,
      'required',
      'required',
      'invalid_email',
      'unknown_field',
      'unknown_field',
      'too_long',
      'unknown_relation',
      'invalid_value',
      'invalid_type',
      'invalid_value',
      'invalid_type',
      'read_only_field',
      'invalid_type',
      'unknown_field',
    ]);
    expect(crm.store.count('contacts')).toBe(1);
    expect(crm.log.list().filter(({ status }) => status === 422)).toHaveLength(14);
  });

  test('keeps money exact and refuses numbers for it', async () => {
    const results = await batch(
      'create',
      [
        { name: 'x', amount: '99999999999999.99', currency: 'PLN', stage: 'won' },
        { name: 'x', amount: 12.5 },
        { name: 'x', amount: '1e5' },
        { name: 'x', currency: 'zł' },
        { name: 'x', stage: 'maybe' },
      ],
      {},
      'deals',
    );
    expect(codes(results)).toEqual([undefined, 'invalid_type', 'invalid_value', 'invalid_value', 'invalid_value']);
    expect(crm.store.records('deals')[0]).toMatchObject({ amount: '99999999999999.99', contact_id: null, custom: {} });
  });

  test('refuses a body that is not JSON as a whole and writes nothing', async () => {
    const broken = await caller.call('POST', '/contacts/batch', '{"mode":"create","items":[{"name":"a"},{"name":b}]}');
    expect(broken.status).toBe(400);
    expect(broken.body.code).toBe('malformed_json');
    expect(broken.headers.get('content-type')).toContain('application/problem+json');
    expect((await caller.call('POST', '/contacts', '{')).status).toBe(400);
    expect((await caller.post('/contacts/batch', { mode: 'merge', items: [] })).body.code).toBe('invalid_mode');
    const many = Array.from({ length: 251 }, () => ({ name: 'x' }));
    expect((await caller.post('/contacts/batch', { mode: 'create', items: many })).body.code).toBe('batch_too_large');
    expect(crm.store.count('contacts')).toBe(0);
  });

  test('creates, changes and deletes single records', async () => {
    const made = await caller.post('/companies', { name: 'ACME', custom: { nip: '1', segment: 'A' } });
    expect(made.status).toBe(201);
    const path = `/companies/${String(made.body.id)}`;
    const changed = await caller.call(
      'PATCH',
      path,
      JSON.stringify({ parent_id: made.body.id, custom: { segment: null } }),
    );
    expect(changed.body).toMatchObject({ name: 'ACME', parent_id: made.body.id, custom: { nip: '1', segment: null } });
    expect((await caller.call('PATCH', path, JSON.stringify({ name: null }))).status).toBe(422);
    expect((await caller.call('PATCH', '/companies/1', '{"name":"x"}')).status).toBe(404);
    expect((await caller.call('DELETE', path)).status).toBe(204);
    expect((await caller.call('DELETE', path)).status).toBe(404);
    await caller.control('settings', { deletes: false });
    expect((await caller.call('DELETE', path)).body.code).toBe('deletes_disabled');
  });

  test('updates and deletes in batches by id or own id', async () => {
    const [first] = await batch('create', [
      { name: 'A', external_id: 'a' },
      { name: 'B', external_id: 'b' },
    ]);
    const updated = await batch('update', [
      { id: first?.id ?? '', name: 'A2' },
      { external_id: 'b', name: 'B2' },
      { id: '1', name: 'x' },
      { name: 'x' },
    ]);
    expect(statuses(updated)).toEqual(['updated', 'updated', 'rejected', 'rejected']);
    expect(codes(updated).slice(2)).toEqual(['not_found', 'missing_key']);
    expect(statuses(await batch('delete', [{ id: first?.id ?? '' }, { id: first?.id ?? '' }]))).toEqual([
      'deleted',
      'rejected',
    ]);
    expect(crm.store.records('contacts').map(({ name }) => name)).toEqual(['B2']);
  });

  test('holds own ids unique, or not, as its switch says', async () => {
    await batch('create', [{ name: 'A', external_id: 'a' }]);
    const second = await caller.post('/contacts', { name: 'A', external_id: 'a' });
    expect([second.status, second.body.code]).toEqual([409, 'duplicate_external_id']);
    await caller.control('settings', { own_id_unique: false });
    expect((await caller.post('/contacts', { name: 'A', external_id: 'a' })).status).toBe(201);
    expect(await caller.all('/contacts?external_id=a')).toHaveLength(2);
    expect(codes(await batch('upsert', [{ name: 'A', external_id: 'a' }]))).toEqual(['ambiguous_match']);
  });

  test('answers a repeated request by its idempotency key without doing it again', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await caller.post('/contacts', { name: 'A' }, key);
    const again = await caller.post('/contacts', { name: 'A' }, key);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect((await caller.post('/contacts', { name: 'B' }, key)).body.code).toBe('idempotency_key_reused');
    await caller.control('settings', { idempotency_header: false });
    expect((await caller.post('/contacts', { name: 'A' }, key)).status).toBe(201);
    expect(crm.store.count('contacts')).toBe(2);
  });

  test('has no batches when they are switched off', async () => {
    await caller.control('settings', { batch: false });
    expect((await caller.post('/contacts/batch', { mode: 'create', items: [] })).status).toBe(404);
  });
});
