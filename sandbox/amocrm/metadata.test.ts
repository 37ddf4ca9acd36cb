import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { objects } from '../kit/caller.js';
import { isObject, type JsonObject } from '../kit/json.js';
import { type CalmAccount, calmAccount, embeddedIn, problemsOf, valuesOf } from './calm-account.js';

let account: CalmAccount;

beforeEach(async () => {
  account = await calmAccount({ records: 10 });
});

afterEach(() => account.crm.stop());

describe('what amoCRM tells of itself', () => {
  test('lists custom fields with type, code, choices and required statuses', async () => {
    const { body } = await account.get('contacts/custom_fields?limit=250');
    const fields = embeddedIn({ body } as never);
    expect(body._total_items).toBe(fields.length);
    const phone = fields.find(({ code }) => code === 'PHONE');
    expect(phone).toMatchObject({
      name: 'Телефон',
      type: 'multitext',
      account_id: account.crm.store.accountId,
      is_api_only: false,
      group_id: null,
      required_statuses: [],
      is_deletable: false,
      is_predefined: true,
      entity_type: 'contacts',
      remind: null,
    });
    expect(objects(phone?.enums).map(({ value }) => value)).toEqual(['WORK', 'WORKDD', 'MOB', 'FAX', 'HOME', 'OTHER']);
    const leads = await account.list('leads/custom_fields?limit=250');
    expect(leads.find(({ name }) => name === 'Тип договора')?.required_statuses).toHaveLength(1);
    expect(await account.list('leads/custom_fields?filter[type][0]=date')).toHaveLength(1);
  });

  test('pages custom fields like other lists, at most 50 at a time where the account is an old one', async () => {
    await account.post(
      'leads/custom_fields',
      Array.from({ length: 60 }, (_, n) => ({ name: `F${n}`, type: 'text' })),
    );
    expect(await account.list('leads/custom_fields')).toHaveLength(50);
    expect(await account.list('leads/custom_fields?limit=250')).toHaveLength(70);
    await account.caller.control('settings', { max_fields_page: 50 });
    const { body } = await account.get('leads/custom_fields?limit=250');
    expect(body).toMatchObject({ _total_items: 70, _page: 1, _page_count: 2, _links: { next: expect.anything() } });
    expect(await account.list('leads/custom_fields?limit=250&page=2')).toHaveLength(20);
  });

  test('makes, changes and deletes custom fields', async () => {
    const made = await account.post('leads/custom_fields', [
      { name: 'Pipewright', type: 'text', code: 'PW_KEY', request_id: 'a' },
      {
        name: 'multi select',
        type: 'multiselect',
        sort: 510,
        enums: [
          { value: 'Значение 1', sort: 1 },
          { value: 'Значение 2', sort: 2 },
        ],
      },
    ]);
    const [text, many] = embeddedIn(made);
    expect(made.body._total_items).toBe(2);
    expect(text).toMatchObject({
      id: expect.any(Number),
      code: 'PW_KEY',
      enums: null,
      is_deletable: true,
      request_id: 'a',
    });
    expect(objects(many?.enums)).toMatchObject([
      { value: 'Значение 1', sort: 1 },
      { value: 'Значение 2', sort: 2 },
    ]);
    const [first] = objects(many?.enums);
    const id = await account.make('leads', {
      custom_fields_values: [{ field_id: Number(many?.id), values: [{ value: 'Значение 1' }] }],
    });
    const changed = await account.patch(`leads/custom_fields/${Number(many?.id)}`, {
      name: 'renamed',
      enums: [{ id: Number(first?.id), value: 'Другое' }, { value: 'Новое' }],
    });
    expect(objects(changed.body.enums).map(({ value }) => value)).toEqual(['Другое', 'Новое']);
    expect(valuesOf((await account.get(`leads/${id}`)).body, 'renamed')).toEqual(['Другое']);
    expect((await account.remove(`leads/custom_fields/${Number(many?.id)}`)).status).toBe(204);
    expect((await account.get(`leads/${id}`)).body.custom_fields_values).toBeNull();
    expect((await account.get(`leads/custom_fields/${Number(many?.id)}`)).status).toBe(404);
  });

  test('refuses fields of a type that the entity cannot have, without a name, with a code that is taken', async () => {
    const refused = await account.post('leads/custom_fields', [
      { name: 'x', type: 'multitext' },
      { name: 'x', type: 'price' },
      { type: 'text' },
      { name: 'x', type: 'select' },
      { name: 'x', type: 'text', code: 'EXTERNAL_ID' },
      { name: 'x', type: 'text', is_cool: true },
    ]);
    expect(problemsOf(refused)).toEqual([
      ['0', 'NotSupportedChoice', 'type'],
      ['1', 'NotSupportedChoice', 'type'],
      ['2', 'FieldMissing', 'name'],
      ['3', 'FieldMissing', 'enums'],
      ['4', 'NotSupportedChoice', 'code'],
      ['5', 'FieldNotExpected', 'is_cool'],
    ]);
    await account.caller.control('settings', { field_codes: 'refused' });
    const coded = await account.post('contacts/custom_fields', [{ name: 'x', type: 'multitext', code: 'PW' }]);
    expect(problemsOf(coded)).toEqual([['0', 'FieldNotExpected', 'code']]);
    await account.caller.control('settings', { field_codes: 'accepted' });
    const phone = account.crm.store.fields.byCode('contacts', 'PHONE')?.id;
    expect((await account.remove(`contacts/custom_fields/${phone}`)).status).toBe(400);
  });

  test('groups fields into tabs', async () => {
    expect((await account.list('leads/custom_fields/groups')).map(({ id }) => id)).toEqual(['default']);
    const [made] = embeddedIn(await account.post('leads/custom_fields/groups', [{ name: 'Tab', sort: 2 }]));
    expect(String(made?.id)).toMatch(/^leads_\d+$/);
    expect((await account.remove(`leads/custom_fields/groups/${String(made?.id)}`)).status).toBe(204);
    expect((await account.remove('leads/custom_fields/groups/default')).status).toBe(400);
  });

  test('tells pipelines with all their statuses in one answer', async () => {
    const { body } = await account.get('leads/pipelines');
    const pipelines = embeddedIn({ body } as never);
    expect(body._total_items).toBe(4);
    for (const pipeline of pipelines) {
      const statuses = isObject(pipeline._embedded) ? objects(pipeline._embedded.statuses) : [];
      expect(statuses[0]).toMatchObject({ type: 1, is_editable: false, pipeline_id: pipeline.id });
      expect(statuses.slice(-2).map(({ id }) => id)).toEqual([142, 143]);
    }
    const [made] = embeddedIn(
      await account.post('leads/pipelines', [
        {
          name: 'Новая',
          is_main: false,
          is_unsorted_on: true,
          sort: 70,
          _embedded: {
            statuses: [
              { id: 142, name: 'Моё' },
              { name: 'Первый', sort: 20, color: '#fffeb2' },
            ],
          },
        },
      ]),
    );
    const statuses = await account.list(`leads/pipelines/${Number(made?.id)}/statuses`);
    expect(statuses.map(({ name }) => name)).toEqual(['Неразобранное', 'Первый', 'Моё', 'Закрыто и не реализовано']);
    const path = `leads/pipelines/${Number(made?.id)}`;
    expect((await account.remove(`${path}/statuses/142`)).status).toBe(400);
    expect((await account.remove(`${path}/statuses/${Number(statuses[1]?.id)}`)).status).toBe(204);
    expect((await account.remove(path)).status).toBe(204);
    expect((await account.remove(`leads/pipelines/${Number(pipelines[0]?.id)}`)).status).toBe(400);
  });

  test('tells users with rights, the account with what was asked for, and loss reasons', async () => {
    const { body } = await account.get('users?with=role,group');
    const users = embeddedIn({ body } as never);
    expect([body._total_items, users.length]).toEqual([8, 8]);
    expect(users[0]).toMatchObject({
      rights: { is_admin: true, is_active: true },
      _embedded: { roles: [], groups: [{ id: 0 }] },
    });
    expect(users.filter(({ rights }) => isObject(rights) && rights.is_active === false)).toHaveLength(1);
    const plain = (await account.get('account')).body;
    expect(plain).not.toHaveProperty('drive_url');
    const full = (
      await account.get(
        'account?with=drive_url,task_types,users_groups,datetime_settings,is_api_filter_enabled,amojo_id,version',
      )
    ).body;
    expect(full).toMatchObject({ subdomain: 'example', drive_url: account.crm.url, is_api_filter_enabled: true });
    const parts: JsonObject = isObject(full._embedded) ? full._embedded : {};
    expect(parts.datetime_settings).toMatchObject({ timezone: 'Europe/Moscow', timezone_offset: '+03:00' });
    expect(objects(parts.task_types).map(({ code }) => code)).toEqual(['FOLLOW_UP', 'MEETING', null]);
    expect(await account.list('leads/loss_reasons')).toHaveLength(4);
    expect((await account.get('users/1')).status).toBe(404);
    expect((await account.get('sources')).status).toBe(204);
    expect((await account.get('nothing')).status).toBe(404);
  });
});
