import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { objects } from '../kit/caller.js';
import { isObject } from '../kit/json.js';
import { type CalmAccount, calmAccount, embeddedIn, problemsOf, valuesOf } from './calm-account.js';

let account: CalmAccount;
let [lead, person] = [0, 0];

beforeEach(async () => {
  account = await calmAccount({ records: { elements: 4 } });
  lead = await account.make('leads', { name: 'L' });
  person = await account.make('contacts', {
    name: 'P',
    custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '+7 (999) 888-77-66' }] }],
  });
});

afterEach(() => account.crm.stop());

describe('tasks of amoCRM', () => {
  test('belong to a record, whose closest open task they tell', async () => {
    const made = await account.post('tasks', [
      { text: 'Later', complete_till: 1_900_000_000, entity_id: lead, entity_type: 'leads', task_type_id: 2 },
      { text: 'Sooner', complete_till: 1_800_000_000, entity_id: lead, entity_type: 'leads', request_id: 'soon' },
    ]);
    const [, sooner] = embeddedIn(made);
    expect(sooner).toMatchObject({ request_id: 'soon', updated_at: expect.any(Number) });
    expect((await account.get(`leads/${lead}`)).body.closest_task_at).toBe(1_800_000_000);
    const path = `tasks/${Number(sooner?.id)}`;
    expect((await account.get(path)).body).toMatchObject({
      result: [],
      is_completed: false,
      entity_type: 'leads',
      duration: 0,
    });
    await account.patch(path, { is_completed: true, result: { text: 'Готово' } });
    expect((await account.get(path)).body).toMatchObject({ result: { text: 'Готово' }, is_completed: true });
    expect((await account.get(`leads/${lead}`)).body.closest_task_at).toBe(1_900_000_000);
  });

  test('are filtered by state and record, the latter only with its kind', async () => {
    await account.post('tasks', [
      { text: 'Done', complete_till: 1, entity_id: lead, entity_type: 'leads', task_type_id: 2, is_completed: true },
      { text: 'Open', complete_till: 1, entity_id: lead, entity_type: 'leads' },
    ]);
    expect(await account.list('tasks?filter[is_completed]=1')).toHaveLength(1);
    expect(await account.list(`tasks?filter[entity_type]=leads&filter[entity_id][]=${lead}`)).toHaveLength(2);
    expect(await account.list('tasks?filter[entity_id][]=5')).toHaveLength(2);
    expect((await account.get('tasks?filter[entity_type]=leads&filter[entity_id][]=5')).status).toBe(204);
    expect(await account.list('tasks?filter[task_type][]=2')).toHaveLength(1);
  });

  test('need a text, a moment and a record that is there', async () => {
    const refused = await account.post('tasks', [
      { text: 'x' },
      { complete_till: 1 },
      { text: 'x', complete_till: 1, entity_id: 5, entity_type: 'leads' },
    ]);
    expect(problemsOf(refused).map(([, , path]) => path)).toEqual(['complete_till', 'text', 'entity_id']);
  });
});

describe('notes of amoCRM', () => {
  test('are written to one record or to many and listed both ways', async () => {
    const [first] = embeddedIn(
      await account.post(`leads/${lead}/notes`, [{ note_type: 'common', params: { text: 'Текст' } }]),
    );
    expect(first).toMatchObject({ entity_id: lead, request_id: '0' });
    const [call] = embeddedIn(
      await account.post('contacts/notes', [
        {
          entity_id: person,
          note_type: 'call_in',
          params: { uniq: 'u-1', duration: 60, source: 'x', link: 'https://x.example', phone: '7' },
        },
      ]),
    );
    expect(await account.list(`leads/${lead}/notes`)).toMatchObject([
      { id: first?.id, note_type: 'common', params: { text: 'Текст' } },
    ]);
    expect(await account.list('leads/notes?filter[note_type][]=call_in')).toEqual([]);
    expect(await account.list(`contacts/notes?filter[entity_id][]=${person}&filter[note_type]=call_in`)).toHaveLength(
      1,
    );
    await account.patch(`leads/notes/${Number(first?.id)}`, { note_type: 'common', params: { text: 'Другой' } });
    expect((await account.get(`leads/${lead}/notes/${Number(first?.id)}`)).body.params).toEqual({ text: 'Другой' });
    expect((await account.post(`leads/notes/${Number(first?.id)}/pin`, {})).status).toBe(204);
    expect((await account.get(`contacts/${person}/notes/${Number(call?.id)}`)).body.note_type).toBe('call_in');
    expect(account.crm.log.list().find(({ external_id: key }) => key === 'u-1')?.stream).toBe('notes');
  });

  test('move updated_at of their record only when the switch says so', async () => {
    const moments: number[] = [];
    for (const bumps of [false, true]) {
      await account.caller.control('settings', { notes_bump: bumps });
      account.crm.kit.clock.advance(3000);
      await account.post(`leads/${lead}/notes`, [{ note_type: 'common', params: { text: 'x' } }]);
      const { body } = await account.get(`leads/${lead}`);
      moments.push(Number(body.updated_at) - Number(body.created_at));
    }
    expect(moments[0]).toBe(0);
    expect(moments[1]).toBeGreaterThan(0);
  });

  test('need a kind that is known, its parts and a record', async () => {
    const refused = await account.post('leads/notes', [
      { note_type: 'common', params: { text: 'x' } },
      { entity_id: lead, note_type: 'poem', params: {} },
      { entity_id: lead, note_type: 'sms_in', params: { text: 'x' } },
    ]);
    expect(problemsOf(refused)).toEqual([
      ['0', 'FieldMissing', 'entity_id'],
      ['1', 'NotSupportedChoice', 'note_type'],
      ['2', 'FieldMissing', 'params.phone'],
    ]);
  });

  test('are made of calls, at whoever has a phone with the same last eight digits', async () => {
    const call = {
      direction: 'inbound',
      uniq: 'c-1',
      duration: 5,
      source: 'pbx',
      phone: '89998887766',
      call_status: 4,
      call_result: 'ok',
    };
    const { body } = await account.post('calls', [call, { ...call, phone: '123456789012' }]);
    expect(objects(isObject(body._embedded) ? body._embedded.calls : [])).toMatchObject([
      { entity_id: person, entity_type: 'contact', request_id: '0' },
    ]);
    expect(objects(body.errors)).toMatchObject([{ request_id: '1', status: 263 }]);
    expect((await account.post('calls', [{ ...call, phone: '123456789012' }])).status).toBe(400);
  });
});

describe('the history of amoCRM', () => {
  test('tells newest first, a hundred at a time, what was changed into what', async () => {
    const [first] = account.crm.store.pipelines.pipelines;
    const id = await account.make('leads', { name: 'Watched', price: 1 });
    account.crm.kit.clock.advance(2000);
    await account.patch('leads', [{ id, status_id: 142, price: 2, tags_to_add: [{ name: 'hot' }] }]);
    const events = await account.list(`events?filter[entity]=lead&filter[entity_id][]=${id}`);
    expect(events.map(({ type }) => type)).toEqual([
      'entity_tag_added',
      'sale_field_changed',
      'lead_status_changed',
      'lead_added',
    ]);
    expect(events[2]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-z]{26}$/),
      entity_type: 'lead',
      value_before: [{ lead_status: { pipeline_id: first?.id } }],
      value_after: [{ lead_status: { id: 142, pipeline_id: first?.id } }],
      _embedded: { entity: { id } },
    });
    expect((await account.get(`events/${String(events[2]?.id)}`)).body).toEqual(events[2]);
    for (let page = 0; page < 3; page += 1)
      await account.post(
        'leads',
        Array.from({ length: 60 }, () => ({ name: 'x' })),
      );
    const page = await account.get('events?limit=250');
    expect(embeddedIn(page)).toHaveLength(100);
    expect(page.body._links).toHaveProperty('next');
  });

  test('tells deletions, which only people can make, and merges', async () => {
    const ids = [await account.make('contacts', { name: 'One' }), await account.make('contacts', { name: 'Two' })];
    const id = await account.make('leads', { _embedded: { contacts: [{ id: ids[1] ?? 0 }] } });
    const since = account.crm.store.now();
    await account.caller.control('merge', { stream: 'contacts', ids });
    expect((await account.get(`contacts/${ids[1]}`)).status).toBe(204);
    expect((await account.get(`leads/${id}?with=contacts`)).body._embedded).toMatchObject({
      contacts: [{ id: ids[0] }],
    });
    const gone = await account.list(`events?filter[type]=contact_deleted,entity_merged&filter[created_at]=${since}`);
    expect(gone.map(({ type, entity_id: entity }) => [type, entity])).toEqual([
      ['entity_merged', ids[0]],
      ['contact_deleted', ids[1]],
    ]);
    await account.caller.control('restore', { stream: 'contacts', ids: [ids[1] ?? 0] });
    expect((await account.get(`contacts/${ids[1]}`)).status).toBe(200);
    const range = `filter[created_at][from]=${since}&filter[created_at][to]=${since + 100}`;
    expect((await account.list(`events?filter[type]=contact_restored&${range}`)).length).toBe(1);
    expect((await account.get(`events?filter[created_at]=${since + 1_000_000}`)).status).toBe(204);
  });

  test('names the kinds of events, one for every custom field', async () => {
    const types = (await account.list('events/types')).map(({ key }) => key);
    const field = account.crm.store.fields.byCode('leads', 'EXTERNAL_ID')?.id;
    expect(types).toEqual(
      expect.arrayContaining(['lead_deleted', 'entity_merged', `custom_field_${field}_value_changed`]),
    );
  });
});

describe('further streams of amoCRM', () => {
  test('has products in a catalog with fields of their own', async () => {
    const catalogs = await account.list('catalogs');
    expect(catalogs.map(({ type }) => type)).toEqual(['products', 'invoices', 'regular']);
    const path = 'catalogs/4521/elements';
    const made = await account.post(path, [
      {
        name: 'Phone',
        custom_fields_values: [
          { field_code: 'SKU', values: [{ value: 'S-1' }] },
          { field_code: 'PRICE', values: [{ value: 1000 }] },
        ],
      },
    ]);
    const [product] = embeddedIn(made);
    expect(valuesOf(product, 'PRICE')).toEqual(['1000']);
    expect(account.crm.log.list().at(-1)).toMatchObject({ stream: 'elements', external_id: 'S-1' });
    expect(await account.list(path)).toHaveLength(5);
    await account.patch(`${path}/${Number(product?.id)}`, { name: 'Renamed' });
    expect((await account.get(`${path}/${Number(product?.id)}`)).body).toMatchObject({
      name: 'Renamed',
      catalog_id: 4521,
    });
    expect((await account.get(`catalogs/4555/elements/${Number(product?.id)}`)).status).toBe(204);
    const [list] = embeddedIn(
      await account.post('catalogs', [{ name: 'Own list', type: 'regular', request_id: '123' }]),
    );
    expect(list).toMatchObject({ type: 'regular', request_id: '123' });
    expect((await account.get(`catalogs/${Number(list?.id)}/elements`)).status).toBe(204);
  });

  test('takes incoming leads from forms, which people accept or decline', async () => {
    const form = {
      source_uid: 'src',
      source_name: 'Site',
      metadata: {
        form_id: 'f',
        form_name: 'F',
        form_page: 'https://x.example',
        ip: '1.1.1.1',
        form_sent_at: 1,
        referer: '',
      },
      _embedded: { leads: [{ name: 'From form' }], contacts: [{ name: 'Visitor' }] },
    };
    const [one, two] = embeddedIn(await account.post('leads/unsorted/forms', [form, form]));
    expect(await account.list('leads/unsorted')).toHaveLength(2);
    const parts = isObject(one?._embedded) ? one._embedded : {};
    const [waiting] = objects(parts.leads);
    const incoming = account.crm.store.pipelines.main.statuses.find(({ type }) => type === 1);
    expect((await account.get(`leads/${Number(waiting?.id)}`)).body.status_id).toBe(incoming?.id);
    expect((await account.post(`leads/unsorted/${String(one?.uid)}/accept`, {})).status).toBe(200);
    expect((await account.get(`leads/${Number(waiting?.id)}`)).body.status_id).not.toBe(incoming?.id);
    expect((await account.remove(`leads/unsorted/${String(two?.uid)}/decline`)).status).toBe(200);
    expect((await account.get('leads/unsorted')).status).toBe(204);
  });

  test('takes files in parts and ties them to records', async () => {
    const { crm, caller } = account;
    const bytes = Buffer.alloc(700_000, 'z');
    const session = await caller.post('/v1.0/sessions', {
      file_name: 'Смета.pdf',
      file_size: bytes.length,
      content_type: 'application/pdf',
    });
    expect(session.body).toMatchObject({ max_part_size: 524_288, session_id: expect.any(Number) });
    const auth = { authorization: `Bearer ${crm.credentials.token}` };
    const part = (url: unknown, body: Buffer) =>
      fetch(String(url), { method: 'POST', headers: auth, body: new Uint8Array(body) });
    const first: unknown = await (await part(session.body.upload_url, bytes.subarray(0, 524_288))).json();
    const last: unknown = await (await part(isObject(first) ? first.next_url : '', bytes.subarray(524_288))).json();
    const file = isObject(last) ? last : {};
    expect(file).toMatchObject({
      name: 'Смета.pdf',
      size: 700_000,
      metadata: { extension: 'pdf', mime_type: 'application/pdf' },
    });
    const linked = await caller.call(
      'PUT',
      `/api/v4/leads/${lead}/files`,
      JSON.stringify([{ file_uuid: file.uuid ?? '' }]),
    );
    expect(linked.status).toBe(200);
    const [held] = await account.list(`leads/${lead}/files`);
    expect(held?.file_uuid).toBe(file.uuid);
    const links = isObject(held?._links) && isObject(held._links.download) ? held._links.download : {};
    expect((await (await fetch(String(links.href))).arrayBuffer()).byteLength).toBe(700_000);
    expect((await account.remove(`leads/${lead}/files`, [{ file_uuid: file.uuid ?? '' }])).status).toBe(204);
    expect((await account.get(`leads/${lead}/files`)).status).toBe(204);
    expect((await caller.get('/v1.0/files', { authorization: 'Bearer x' })).text).toBe('Unauthorized');
  });
});
