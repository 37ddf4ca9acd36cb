import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isObject, type JsonObject } from '../kit/json.js';
import { type CalmAccount, calmAccount, embeddedIn, problemsOf, valuesOf } from './calm-account.js';

let account: CalmAccount;

beforeEach(async () => {
  account = await calmAccount();
});

afterEach(() => account.crm.stop());

const lead = async (id: number) => (await account.get(`leads/${id}`)).body;
const contact = async (id: number) => (await account.get(`contacts/${id}`)).body;
const fieldId = (owner: string, name: string) => account.crm.store.fields.called(owner, name)?.id ?? 0;

describe('writing to amoCRM', () => {
  test('answers new leads with id, request_id and link, in order', async () => {
    const { status, body } = await account.post('leads', [
      { name: 'Сделка для примера 1', price: 20_000, request_id: 'mine' },
      { name: 'Umowa', price: 10_000 },
    ]);
    const [first, second] = embeddedIn({ body } as never);
    expect(status).toBe(200);
    expect(first).toEqual({
      id: expect.any(Number),
      request_id: 'mine',
      _links: { self: { href: `${account.crm.url}/api/v4/leads/${Number(first?.id)}` } },
    });
    expect(second?.request_id).toBe('1');
    const shown = await lead(Number(first?.id));
    const main = account.crm.store.pipelines.main;
    expect(shown).toMatchObject({
      price: 20_000,
      pipeline_id: main.id,
      status_id: account.crm.store.pipelines.firstStatus(main).id,
      custom_fields_values: null,
      closed_at: null,
      account_id: account.crm.store.accountId,
    });
  });

  test('answers changes with updated_at, in seconds, and names a lead without a name by its number', async () => {
    const id = await account.make('leads', { price: 5 });
    expect((await lead(id)).name).toBe(`Сделка #${id}`);
    account.crm.kit.clock.advance(5000);
    const [changed] = embeddedIn(await account.patch('leads', [{ id, price: 7 }]));
    const shown = await lead(id);
    expect(changed).toMatchObject({ id, request_id: '0', updated_at: shown.updated_at });
    expect(Number(shown.updated_at)).toBeGreaterThan(Number(shown.created_at));
    expect(Number.isInteger(shown.updated_at)).toBe(true);
    const single = await account.patch(`leads/${id}`, { name: 'One' });
    expect(single.body).toEqual({ id, updated_at: expect.any(Number), _links: expect.anything() });
  });

  test('leaves a record alone that already is as it should be', async () => {
    const id = await account.make('leads', { name: 'Same', price: 5 });
    const before = await lead(id);
    account.crm.kit.clock.advance(5000);
    await account.patch('leads', [{ id, name: 'Same', price: 5 }]);
    expect((await lead(id)).updated_at).toBe(before.updated_at);
    expect(
      account.crm.log
        .list()
        .filter(({ effect }) => effect === 'update')
        .at(-1)?.status,
    ).toBe(304);
  });

  test('saves all records of a request or none', async () => {
    const before = account.crm.store.tables.leads.count;
    const field = fieldId('leads', 'Источник заявки');
    const refused = await account.post('leads', [
      { name: 'good' },
      { name: 'bad', custom_fields_values: [{ field_id: field, values: [{ value: 'Нет такого' }] }], request_id: 'b' },
    ]);
    expect(refused.status).toBe(400);
    expect(refused.headers.get('content-type')).toBe('application/problem+json');
    expect(refused.body).toEqual({
      'validation-errors': [
        {
          request_id: 'b',
          errors: [
            {
              code: 'NotSupportedChoice',
              path: 'custom_fields_values.0.values.0.value',
              detail: 'The value you selected is not a valid choice.',
            },
          ],
        },
      ],
      title: 'Bad Request',
      type: 'https://httpstatus.es/400',
      status: 400,
      detail: 'Request validation failed',
    });
    expect(account.crm.store.tables.leads.count).toBe(before);
    expect(
      account.crm.log
        .list()
        .slice(-2)
        .map(({ effect, status }) => [effect, status]),
    ).toEqual([
      ['create', 400],
      ['create', 400],
    ]);
  });

  test('names every mistake by code and dotted path', async () => {
    const phone = fieldId('contacts', 'PHONE');
    const segment = fieldId('contacts', 'Сегмент');
    const [option] = account.crm.store.fields.get('contacts', segment)?.enums ?? [];
    const { body } = await account.post('contacts', [
      { custom_fields_values: [{ field_id: 1, values: [{ value: 'x' }] }] },
      { custom_fields_values: [{ field_code: 'NO_SUCH', values: [] }] },
      { custom_fields_values: [{ field_id: segment, values: [{ enum_id: option?.id ?? 0, enum_code: 'A' }] }] },
      { custom_fields_values: [{ field_id: phone, field_name: 'Телефон', values: [{ value: '1' }] }] },
      { custom_fields_values: [{ field_id: phone, values: [{ value: '1', enum_code: 'SATELLITE' }] }] },
      { custom_fields_values: [{ field_id: phone }] },
      { name: 5 },
      { responsible_user_id: 1 },
      { account_id: 1, closest_task_at: 2 },
      { name: 'x'.repeat(256) },
    ]);
    expect(problemsOf({ body } as never)).toEqual([
      ['0', 'NotSupportedChoice', 'custom_fields_values.0.field_id'],
      ['1', 'NotSupportedChoice', 'custom_fields_values.0.field_code'],
      ['2', 'FieldNotExpected', 'custom_fields_values.0.values.0.enum_code'],
      ['3', 'FieldNotExpected', 'custom_fields_values.0.field_name'],
      ['4', 'NotSupportedChoice', 'custom_fields_values.0.values.0.enum_code'],
      ['5', 'FieldMissing', 'custom_fields_values.0.values'],
      ['6', 'InvalidType', 'name'],
      ['7', 'NotSupportedChoice', 'responsible_user_id'],
      ['8', 'FieldNotExpected', 'account_id'],
      ['8', 'FieldNotExpected', 'closest_task_at'],
      ['9', 'TooLong', 'name'],
    ]);
  });

  test('refuses a record that was read and is sent back as it is', async () => {
    const id = await account.make('leads', { name: 'Echo' });
    const echoed = await account.patch('leads', [await lead(id)]);
    expect(echoed.status).toBe(400);
    expect(problemsOf(echoed).map(([, code]) => code)).toContain('FieldNotExpected');
  });

  test('replaces the values of a field that is sent and keeps the others', async () => {
    const id = await account.make('contacts', {
      name: 'Ірина',
      custom_fields_values: [
        { field_code: 'PHONE', values: [{ value: '+380501112233', enum_code: 'MOB' }, { value: '44' }] },
        { field_code: 'EMAIL', values: [{ value: 'a@example.com' }] },
        { field_code: 'POSITION', values: [{ value: 'директор' }] },
      ],
    });
    await account.patch('contacts', [
      { id, custom_fields_values: [{ field_code: 'PHONE', values: [{ value: '55' }] }] },
    ]);
    expect(valuesOf(await contact(id), 'PHONE')).toEqual(['55']);
    expect(valuesOf(await contact(id), 'EMAIL')).toEqual(['a@example.com']);
    await account.patch('contacts', [{ id, custom_fields_values: [{ field_code: 'EMAIL', values: null }] }]);
    expect(valuesOf(await contact(id), 'EMAIL')).toEqual([]);
    await account.patch('contacts', [{ id, custom_fields_values: null }]);
    expect((await contact(id)).custom_fields_values).toBeNull();
  });

  test('keeps a day as the midnight of the account, whatever its zone', async () => {
    const shipping = { field_id: fieldId('leads', 'Дата отгрузки') };
    const kept = async (zone: string, value: string) => {
      account.crm.settings.zone = zone;
      const id = await account.make('leads', { custom_fields_values: [{ ...shipping, values: [{ value }] }] });
      account.crm.settings.zone = 'Europe/Moscow';
      return valuesOf(await lead(id), 'Дата отгрузки')[0];
    };
    const seconds = (text: string) => Date.parse(text) / 1000;
    expect(await kept('Europe/Moscow', '2024-07-01T23:30:00+02:00')).toBe(seconds('2024-07-02T00:00:00+03:00'));
    expect(await kept('Europe/Warsaw', '2024-07-01T23:30:00+02:00')).toBe(seconds('2024-07-01T00:00:00+02:00'));
    expect(await kept('Europe/Warsaw', '2024-03-31')).toBe(seconds('2024-03-31T00:00:00+01:00'));
    expect(await kept('Europe/Warsaw', '2024-03-31T12:00:00+02:00')).toBe(seconds('2024-03-31T00:00:00+01:00'));
    expect(await kept('Europe/Warsaw', '2024-10-27T23:00:00+01:00')).toBe(seconds('2024-10-27T00:00:00+02:00'));
  });

  test('reads values in the way of their type', async () => {
    const value = (name: string, ...values: JsonObject[]) => ({ field_id: fieldId('leads', name), values });
    const [choice] = account.crm.store.fields.called('leads', 'Интересы')?.enums ?? [];
    const id = await account.make('leads', {
      custom_fields_values: [
        value('Предоплата', { value: 12.5 }),
        value('Дата отгрузки', { value: '2020-05-08T15:30:00+03:00' }),
        value('Время созвона', { value: '2020-05-08T15:30:00+03:00' }),
        value('Срочно', { value: true }),
        value('Интересы', { enum_id: choice?.id ?? 0 }, { value: 'Serwis' }),
        value('utm_source', { value: 'google' }),
      ],
    });
    const shown = await lead(id);
    expect(valuesOf(shown, 'Предоплата')).toEqual(['12.5']);
    expect(valuesOf(shown, 'Дата отгрузки')).toEqual([Date.parse('2020-05-08T00:00:00+03:00') / 1000]);
    expect(valuesOf(shown, 'Время созвона')).toEqual([Date.parse('2020-05-08T15:30:00+03:00') / 1000]);
    expect(valuesOf(shown, 'Срочно')).toEqual([true]);
    expect(valuesOf(shown, 'Интересы')).toEqual(['Доставка', 'Serwis']);
    expect(shown.custom_fields_values).toContainEqual({
      field_id: fieldId('leads', 'Интересы'),
      field_name: 'Интересы',
      field_code: null,
      field_type: 'multiselect',
      values: [
        { value: 'Доставка', enum_id: choice?.id, enum_code: null },
        { value: 'Serwis', enum_id: expect.any(Number), enum_code: null },
      ],
    });
    const wrong = await account.post('leads', [
      { custom_fields_values: [value('Предоплата', { value: 'many' }), value('Срочно', { value: 'yes' })] },
      { custom_fields_values: [value('Дата отгрузки', { value: 'tomorrow' }), value('Комментарий', { value: {} })] },
    ]);
    expect(problemsOf(wrong).map(([, code]) => code)).toEqual([
      'InvalidType',
      'InvalidType',
      'InvalidType',
      'InvalidType',
    ]);
  });

  test('keeps addresses in parts and requisites as objects', async () => {
    const home = await account.make('contacts', {
      custom_fields_values: [
        {
          field_id: fieldId('contacts', 'Адрес'),
          values: [
            { value: 'ul. Długa 1', enum_code: 'address_line_1' },
            { value: 'PL', enum_code: 'country' },
          ],
        },
      ],
    });
    expect(valuesOf(await contact(home), 'Адрес')).toEqual(['ul. Długa 1', 'PL']);
    const legal = { name: 'ООО «Ромашка»', entity_type: 1, vat_id: '7700000000' };
    const [made] = embeddedIn(
      await account.post('companies', [
        {
          name: 'Ромашка',
          custom_fields_values: [{ field_id: fieldId('companies', 'Реквизиты'), values: [{ value: legal }] }],
        },
      ]),
    );
    expect(valuesOf((await account.get(`companies/${Number(made?.id)}`)).body, 'Реквизиты')).toEqual([legal]);
  });

  test('tells won and lost by the same numbers in every pipeline and closes the lead', async () => {
    const [first, second] = account.crm.store.pipelines.pipelines;
    const id = await account.make('leads', { pipeline_id: second?.id ?? 0, status_id: 142 });
    const won = await lead(id);
    expect([won.pipeline_id, won.status_id, typeof won.closed_at]).toEqual([second?.id, 142, 'number']);
    const open = first?.statuses.find(({ isEditable }) => isEditable);
    await account.patch('leads', [{ id, status_id: open?.id ?? 0 }]);
    expect(await lead(id)).toMatchObject({ pipeline_id: first?.id, status_id: open?.id, closed_at: null });
    await account.patch('leads', [{ id, status_id: 143, loss_reason_id: 9_203_001 }]);
    expect(await lead(id)).toMatchObject({ pipeline_id: first?.id, status_id: 143, loss_reason_id: 9_203_001 });
    const wrong = await account.post('leads', [
      { status_id: 142, loss_reason_id: 9_203_001 },
      { pipeline_id: second?.id ?? 0, status_id: open?.id ?? 0 },
      { pipeline_id: 1 },
    ]);
    expect(problemsOf(wrong).map(([, , path]) => path)).toEqual(['loss_reason_id', 'status_id', 'pipeline_id']);
  });

  test('keeps leads out of the status of incoming ones, and asks for required fields, as its switches say', async () => {
    const main = account.crm.store.pipelines.main;
    const incoming = main.statuses.find(({ type }) => type === 1);
    const contract = account.crm.store.fields.called('leads', 'Тип договора');
    const needed = Number(contract?.requiredStatuses[0]?.status_id);
    expect(problemsOf(await account.post('leads', [{ status_id: incoming?.id ?? 0 }]))).toEqual([
      ['0', 'NotSupportedChoice', 'status_id'],
    ]);
    expect((await account.post('leads', [{ status_id: needed }])).status).toBe(200);
    await account.caller.control('settings', { required_statuses: 'enforced', unsorted_writes: 'accepted' });
    expect(problemsOf(await account.post('leads', [{ status_id: needed }]))).toEqual([
      ['0', 'FieldMissing', `custom_fields_values.${contract?.id}`],
    ]);
    expect((await account.post('leads', [{ status_id: incoming?.id ?? 0 }])).status).toBe(200);
    await account.caller.control('settings', { required_statuses: 'shown', unsorted_writes: 'refused' });
  });

  test('makes tags by their text, adds, takes away and replaces them', async () => {
    const id = await account.make('leads', { _embedded: { tags: [{ name: 'one' }, { name: 'two' }] } });
    const tags = async () => {
      const embedded = (await lead(id))._embedded;
      return isObject(embedded) && Array.isArray(embedded.tags)
        ? embedded.tags.map((tag) => (isObject(tag) ? tag.name : ''))
        : [];
    };
    expect(await tags()).toEqual(['one', 'two']);
    await account.patch('leads', [{ id, tags_to_add: [{ name: 'three' }], tags_to_delete: [{ name: 'ONE' }] }]);
    expect(await tags()).toEqual(['two', 'three']);
    await account.patch('leads', [{ id, _embedded: { tags: null } }]);
    expect(await tags()).toEqual([]);
    expect(await account.list('leads/tags?filter[name]=three')).toHaveLength(1);
  });

  test('takes links of a new lead and ignores those of a change', async () => {
    const person = await account.make('contacts', { name: 'A' });
    const other = await account.make('contacts', { name: 'B' });
    const company = await account.make('companies', { name: 'C' });
    const id = await account.make('leads', {
      _embedded: { contacts: [{ id: person }, { id: other, is_main: true }], companies: [{ id: company }] },
    });
    const links = async () => (await account.get(`leads/${id}?with=contacts`)).body._embedded;
    expect(await links()).toMatchObject({
      contacts: [
        { id: person, is_main: false },
        { id: other, is_main: true },
      ],
      companies: [{ id: company }],
    });
    await account.patch('leads', [{ id, _embedded: { contacts: [] } }]);
    expect(await links()).toMatchObject({ contacts: [{ id: person }, { id: other }] });
    const wrong = await account.post('leads', [{ _embedded: { contacts: [{ id: 1 }] } }]);
    expect(problemsOf(wrong)).toEqual([['0', 'NotSupportedChoice', '_embedded.contacts.0.id']]);
  });

  test('makes the name of a contact of its parts, but not the parts of the name', async () => {
    const whole = await account.make('contacts', { name: 'Łucja Żak' });
    expect(await contact(whole)).toMatchObject({ name: 'Łucja Żak', first_name: '', last_name: '' });
    const parts = await account.make('contacts', { first_name: 'Łucja', last_name: 'Żak' });
    expect((await contact(parts)).name).toBe('Łucja Żak');
  });

  test('refuses bodies that are no list, empty or too long, and unknown ids', async () => {
    const statuses = [
      await account.post('leads', { name: 'x' }),
      await account.post('leads', []),
      await account.post(
        'leads',
        Array.from({ length: 251 }, () => ({ name: 'x' })),
      ),
      await account.caller.call('POST', '/api/v4/leads', '[{'),
      await account.patch('leads', [{ id: 1, name: 'x' }]),
      await account.patch('leads', [{ name: 'x' }]),
    ].map(({ status }) => status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 400]);
    expect((await account.patch('leads/1', { name: 'x' })).status).toBe(404);
    expect((await account.remove('leads/1')).status).toBe(404);
    expect((await account.remove('leads', [{ id: 1 }])).status).toBe(404);
  });

  test('shows the own id of every write in the log', async () => {
    const after = account.crm.log.lastSeq;
    const field = fieldId('companies', 'EXTERNAL_ID');
    const id = await account.make('companies', {
      custom_fields_values: [{ field_id: field, values: [{ value: 'c-1' }] }],
    });
    await account.patch('companies', [{ id, name: 'New' }]);
    expect(account.crm.log.list(after)).toMatchObject([
      { effect: 'create', stream: 'companies', id: String(id), external_id: 'c-1', status: 201 },
      { effect: 'update', stream: 'companies', id: String(id), external_id: 'c-1', status: 200 },
    ]);
  });

  test('acts in the name of another user when it is asked to, and keeps moments that are set by hand', async () => {
    const [, , user] = account.crm.store.users;
    const { body } = await account.caller.post('/api/v4/leads', [{ name: 'As another' }], {
      'x-context-user-id': String(user?.id),
    });
    const [made] = embeddedIn({ body } as never);
    expect((await lead(Number(made?.id))).created_by).toBe(user?.id);
    const old = await account.make('leads', { created_at: 1_500_000_000, updated_at: 1_500_000_100, created_by: 0 });
    expect(await lead(old)).toMatchObject({ created_at: 1_500_000_000, updated_at: 1_500_000_100, created_by: 0 });
  });
});
