import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { objects } from '../kit/caller.js';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import { type CalmAccount, calmAccount, problemsOf } from './calm-account.js';

let account: CalmAccount;

beforeEach(async () => {
  account = await calmAccount();
});

afterEach(() => account.crm.stop());

const phone = (value: string): Json => [{ field_code: 'PHONE', values: [{ value, enum_code: 'WORK' }] }];
const lead = (name: string, number: string): JsonObject => ({
  name,
  _embedded: {
    contacts: [{ first_name: 'Иван', custom_fields_values: phone(number), request_id: 'contact' }],
    companies: [{ name: 'ООО «Рога»' }],
  },
});

async function send(items: JsonObject[]): Promise<JsonObject[]> {
  const { text } = await account.post('leads/complex', items);
  return objects(JSON.parse(text));
}

describe('leads with their contact and company in one request', () => {
  test('answer a bare list with the ids of all three', async () => {
    const [made] = await send([{ ...lead('A', '+79120000001'), request_id: 'mine' }]);
    expect(made).toEqual({
      id: expect.any(Number),
      contact_id: expect.any(Number),
      company_id: expect.any(Number),
      request_id: ['mine', 'contact'],
      merged: false,
    });
    const shown = (await account.get(`leads/${Number(made?.id)}?with=contacts`)).body;
    expect(isObject(shown._embedded) ? shown._embedded : {}).toMatchObject({
      contacts: [{ id: made?.contact_id, is_main: true }],
      companies: [{ id: made?.company_id }],
    });
    const [alone] = await send([{ name: 'Only a lead' }]);
    expect([alone?.contact_id, alone?.company_id]).toEqual([null, null]);
  });

  test('make a second contact with the same phone, unless duplicate control merges them', async () => {
    const [first] = await send([lead('B', '+79120000002')]);
    const [second] = await send([lead('C', '8 (912) 000-00-02')]);
    expect(second?.contact_id).not.toBe(first?.contact_id);
    await account.caller.control('settings', { duplicate_control: true });
    const [third] = await send([lead('D', '89120000002')]);
    expect([third?.merged, third?.contact_id]).toEqual([true, first?.contact_id]);
    await account.caller.control('settings', { duplicate_control: false });
  });

  test('come in an envelope where the switch says so', async () => {
    await account.caller.control('settings', { complex_envelope: true });
    const { body } = await account.post('leads/complex', [{ name: 'E' }]);
    expect(isObject(body._embedded) ? body._embedded.leads : []).toHaveLength(1);
    await account.caller.control('settings', { complex_envelope: false });
  });

  test('are at most 50, with one contact and forty fields each, all or none', async () => {
    const before = account.crm.store.tables.leads.count;
    expect(
      (
        await account.post(
          'leads/complex',
          Array.from({ length: 51 }, () => ({ name: 'x' })),
        )
      ).status,
    ).toBe(400);
    const two = { name: 'x', _embedded: { contacts: [{ name: 'a' }, { name: 'b' }] } };
    const many = {
      name: 'x',
      custom_fields_values: Array.from({ length: 41 }, () => ({ field_code: 'EXTERNAL_ID', values: [{ value: 'x' }] })),
    };
    const wrong = { name: 'x', _embedded: { contacts: [{ name: 5 }] } };
    expect(problemsOf(await account.post('leads/complex', [{ name: 'good' }, two, many, wrong]))).toEqual([
      ['1', 'TooMany', '_embedded.contacts'],
      ['2', 'TooMany', 'custom_fields_values'],
      ['3', 'InvalidType', '_embedded.contacts.0.name'],
    ]);
    expect(account.crm.store.tables.leads.count).toBe(before);
  });
});
