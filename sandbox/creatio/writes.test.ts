import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Json, JsonObject } from '../kit/json.js';
import { type CreatioSandbox, startCreatio } from './sandbox.js';
import { CreatioCaller, innerMessage } from './testing.js';

let creatio: CreatioSandbox;
let caller: CreatioCaller;

beforeEach(async () => {
  creatio = await startCreatio({ seed: 2 });
  caller = await CreatioCaller.signedIn(creatio);
});

afterEach(() => creatio.stop());

const post = (entity: string, body: Json) => caller.write('POST', entity, body);
const idOf = async (entity: string, body: Json) => String((await post(entity, body)).body.Id);
const one = async (entity: string, id: string) => (await caller.odata(`${entity}(${id})`)).body;
const MISSING = '11111111-2222-4333-8444-555555555555';

describe('creating', () => {
  test('answers 201 with the place and the whole record, signed by the user', async () => {
    const made = await post('Contact', { Name: 'Wiśniewska Łucja', UsrExternalId: 'k1', Email: 'l@x.example' });
    const id = String(made.body.Id);
    expect(made.status).toBe(201);
    expect(made.headers.get('location')).toBe(`${creatio.url}/0/odata/Contact(${id})`);
    expect(made.body).toMatchObject({
      '@odata.context': `${creatio.url}/0/odata/$metadata#Contact/$entity`,
      Name: 'Wiśniewska Łucja',
      CreatedById: creatio.credentials.user_contact_id,
      ModifiedById: creatio.credentials.user_contact_id,
      CreatedOn: made.body.ModifiedOn,
    });
    expect(creatio.log.list()).toEqual([
      expect.objectContaining({ effect: 'create', stream: 'Contact', id, external_id: 'k1', status: 201 }),
    ]);
  });

  test('takes an id of the client once', async () => {
    const body = { Id: MISSING.toUpperCase(), Name: 'Burbank' };
    expect((await post('City', body)).body.Id).toBe(MISSING);
    const again = await post('City', body);
    expect(again.status).toBe(500);
    expect(innerMessage(again.body)).toContain('23505: duplicate key value');
    expect(creatio.log.list().map(({ status }) => status)).toEqual([201, 422]);
  });

  test.each<readonly [string, JsonObject, number, string]>([
    [
      'a text for a lookup',
      { Name: 'x', CountryId: 'Canada' },
      400,
      "item : Cannot convert the literal 'Canada' to the expected type 'Edm.Guid'.\r\n",
    ],
    [
      'a number for a text',
      { Name: 5 },
      400,
      "item : Cannot convert the literal '5' to the expected type 'Edm.String'.\r\n",
    ],
    [
      'a moment without zone',
      { Name: 'x', BirthDate: '1990-12-12T00:00:00' },
      400,
      "item : Cannot convert the literal '1990-12-12T00:00:00' to the expected type 'Edm.DateTimeOffset'.\r\n",
    ],
    [
      'an unknown field',
      { Name: 'x', Nope: 1 },
      400,
      "item : The property 'Nope' does not exist on type 'Terrasoft.Configuration.OData.Contact'. Make sure to only use property names that are defined by the type.\r\n",
    ],
    ['no name', { Surname: 'x' }, 400, 'item : The Name field is required.\r\n'],
    [
      'a lookup that does not exist',
      { Name: 'x', AccountId: MISSING },
      500,
      '23503: insert or update on table "Contact" violates foreign key constraint "FKContactAccountId"',
    ],
    [
      'a text that is too long',
      { Name: 'x'.repeat(251) },
      500,
      '22001: value too long for type character varying(250)',
    ],
  ])('refuses %s', async (_what, body, status, message) => {
    const answer = await post('Contact', body);
    expect([answer.status, innerMessage(answer.body)]).toEqual([status, message]);
    expect(creatio.log.list().map((entry) => entry.status)).toEqual([422]);
    expect(await caller.list("Contact?$filter=Name eq 'x'")).toEqual([]);
  });

  test('drops a lookup named without Id in silence, and takes an empty text for a required one', async () => {
    const account = await idOf('Account', { Name: 'ACME' });
    const made = await post('Contact', { Name: '', Account: account });
    expect([made.status, made.body.AccountId]).toEqual([201, '00000000-0000-0000-0000-000000000000']);
  });

  test('rounds what it stores: money to two places, moments to milliseconds, dates to the day', async () => {
    const made = await post('Opportunity', {
      Title: 'x',
      Amount: 12.345,
      Budget: '99999999999999.99',
      UsrMargin: '0.123456789',
      DueDate: '2026-05-18T17:50:39.2838673+02:00',
    });
    expect(made.body).toMatchObject({ Amount: 12.35, UsrMargin: 0.12345679, DueDate: '2026-05-18T15:50:39.284Z' });
    expect(made.text).toContain('"Budget":99999999999999.99');
    const born = await post('Contact', { Name: 'x', BirthDate: '1990-12-12T22:30:00+02:00' });
    expect(born.body).toMatchObject({ BirthDate: '1990-12-12T00:00:00Z', Age: expect.any(Number) });
  });

  test('holds decimals to the content type when told to', async () => {
    await caller.control('settings', { ieee754_strict: true });
    const exact = { 'content-type': 'application/json; IEEE754Compatible=true' };
    expect((await post('Opportunity', { Title: 'x', Amount: '5' })).status).toBe(400);
    expect((await caller.write('POST', 'Opportunity', { Title: 'x', Amount: '5' }, exact)).status).toBe(201);
    expect((await caller.write('POST', 'Opportunity', { Title: 'x', Amount: 5 }, exact)).status).toBe(400);
  });

  test('may fail after the row was written', async () => {
    await caller.control('settings', { error_after_write: 1 });
    const answer = await post('City', { Name: 'Burbank' });
    expect(answer.status).toBe(500);
    expect(answer.body).toMatchObject({ Message: 'An error has occurred.', ExceptionType: expect.any(String) });
    expect(await caller.list("City?$filter=Name eq 'Burbank'")).toHaveLength(1);
    expect(creatio.log.list().map(({ effect, status }) => [effect, status])).toEqual([
      ['create', 201],
      ['lookup', 200],
    ]);
  });

  test('fills in what the platform computes', async () => {
    const [need] = await caller.list('LeadType?$top=1');
    const lead = await post('Lead', { Contact: 'Іван', Account: 'Зоря', LeadTypeId: need?.Id ?? '', LeadName: 'mine' });
    expect(lead.body.LeadName).toBe(`${String(need?.Name)} / Іван, Зоря`);
    expect((await post('Contact', { Name: 'Bond James Herbert' })).body).toMatchObject({
      Surname: 'Bond',
      GivenName: 'James',
      MiddleName: 'Herbert',
    });
    const deal = await idOf('Opportunity', { Title: 'x' });
    const line = await post('OpportunityProductInterest', { OpportunityId: deal, Quantity: 3, Price: 0.1 });
    expect(line.body.Amount).toBe(0.3);
    expect((await post('Order', {})).body.Number).toBe('ORD-1');
  });
});

describe('changing and deleting', () => {
  test('answers 204, keeps the other fields and moves ModifiedOn', async () => {
    const made = await post('Account', { Name: 'ACME', Code: 'a', Zip: '1' });
    const id = String(made.body.Id);
    const changed = await caller.write('PATCH', `Account(${id})`, { Code: 'b', Zip: null });
    expect([changed.status, changed.text]).toEqual([204, '']);
    const now = await one('Account', id);
    expect(now).toMatchObject({ Name: 'ACME', Code: 'b', Zip: '', CreatedOn: made.body.CreatedOn });
    expect(String(now.ModifiedOn) > String(made.body.ModifiedOn)).toBe(true);
    const deleted = await caller.write('DELETE', `Account(${id})`);
    expect([deleted.status, (await caller.odata(`Account(${id})`)).status]).toEqual([204, 404]);
  });

  test('clears a lookup with null and with the empty id', async () => {
    const account = await idOf('Account', { Name: 'ACME' });
    const contact = await idOf('Contact', { Name: 'x', AccountId: account });
    await caller.write('PATCH', `Contact(${contact})`, { AccountId: '00000000-0000-0000-0000-000000000000' });
    expect((await caller.list('Contact?$filter=Account/Id ne null')).length).toBe(0);
    await caller.write('PATCH', `Contact(${contact})`, { AccountId: account });
    await caller.write('PATCH', `Contact(${contact})`, { AccountId: null });
    expect((await one('Contact', contact)).AccountId).toBe('00000000-0000-0000-0000-000000000000');
  });

  test('ignores unknown fields of a change, as the live product does, or refuses them', async () => {
    const id = await idOf('City', { Name: 'Burbank' });
    expect((await caller.write('PATCH', `City(${id})`, { Nope: '#000000' })).status).toBe(204);
    await caller.control('settings', { unknown_patch_fields: 'refused' });
    expect((await caller.write('PATCH', `City(${id})`, { Nope: '#000000' })).status).toBe(400);
  });

  test('answers a change of a missing record as the switches say', async () => {
    const patch = () => caller.write('PATCH', `City(${MISSING})`, { Name: 'Burbank' });
    const status = async () => [(await patch()).status, (await caller.odata(`City(${MISSING})`)).status];
    expect(await status()).toEqual([204, 404]);
    await caller.control('settings', { patch_missing: 'not_found' });
    expect(await status()).toEqual([404, 404]);
    await caller.control('settings', { patch_missing: 'created' });
    expect(await status()).toEqual([204, 200]);
    expect((await caller.write('DELETE', `Contact(${MISSING})`)).status).toBe(404);
    await caller.control('settings', { delete_missing: 'ignored' });
    expect((await caller.write('DELETE', `Contact(${MISSING})`)).status).toBe(204);
    const statuses = creatio.log.list().filter(({ effect }) => effect !== 'lookup');
    expect(statuses.map((entry) => [entry.effect, entry.status])).toEqual([
      ['update', 404],
      ['update', 404],
      ['create', 201],
      ['delete', 404],
      ['delete', 404],
    ]);
  });

  test('takes the rows of details along and stops at other references', async () => {
    const account = await idOf('Account', { Name: 'ACME', Phone: '+48 22 1' });
    const contact = await idOf('Contact', { Name: 'x', AccountId: account });
    const refused = await caller.write('DELETE', `Account(${account})`);
    expect(innerMessage(refused.body)).toBe(
      '23503: update or delete on table "Account" violates foreign key constraint "FKContactAccountId" on table "Contact"',
    );
    expect(await caller.list('AccountCommunication')).toHaveLength(1);
    await caller.control('settings', { database: 'mssql' });
    expect(innerMessage((await caller.write('DELETE', `Account(${account})`)).body)).toContain('REFERENCE constraint');
    await caller.control('settings', { delete_referenced: 'cleared' });
    expect((await caller.write('DELETE', `Account(${account})`)).status).toBe(204);
    expect(await caller.list('AccountCommunication')).toEqual([]);
    expect((await one('Contact', contact)).AccountId).toBe('00000000-0000-0000-0000-000000000000');
  });

  test('refuses methods that do not fit the address', async () => {
    const id = await idOf('City', { Name: 'Burbank' });
    for (const [method, path] of [
      ['PUT', `City(${id})`],
      ['POST', `City(${id})`],
      ['DELETE', 'City'],
    ] as const) {
      const answer = await caller.write(method, path, {});
      expect([answer.status, answer.body.Message]).toEqual([405, expect.stringContaining(`'${method}'`)]);
    }
  });
});

describe('communications', () => {
  const rows = (contact: string) =>
    caller.list(
      `ContactCommunication?$filter=Contact/Id eq ${contact}&$select=Id,Number,IsPrimary,CommunicationTypeId`,
    );

  test('follow the flat phones and e-mails', async () => {
    const contact = await idOf('Contact', { Name: 'x', MobilePhone: '+48 501 602', Email: 'a@x.example' });
    expect((await rows(contact)).map((row) => row.Number)).toEqual(['+48 501 602', 'a@x.example']);
    await caller.write('PATCH', `Contact(${contact})`, { MobilePhone: '+48 999', Email: '' });
    expect(await rows(contact)).toEqual([expect.objectContaining({ Number: '+48 999', IsPrimary: true })]);
  });

  test('lead the flat ones, and the owner counts as changed', async () => {
    const made = await post('Contact', { Name: 'x' });
    const contact = String(made.body.Id);
    const [email] = await caller.list("CommunicationType?$filter=Name eq 'Email'");
    const add = (address: string, isPrimary: boolean) =>
      idOf('ContactCommunication', {
        ContactId: contact,
        CommunicationTypeId: email?.Id ?? '',
        Number: address,
        IsPrimary: isPrimary,
      });
    await add('first@x.example', false);
    const second = await add('second@x.example', true);
    const changed = await one('Contact', contact);
    expect(changed.Email).toBe('second@x.example');
    expect(String(changed.ModifiedOn) > String(made.body.ModifiedOn)).toBe(true);
    await caller.write('DELETE', `ContactCommunication(${second})`);
    expect((await one('Contact', contact)).Email).toBe('first@x.example');
    await caller.control('settings', { sync_communications: false });
    await caller.write('PATCH', `Contact(${contact})`, { Email: 'third@x.example' });
    expect((await rows(contact)).map((row) => row.Number)).toEqual(['first@x.example']);
  });
});

test('a faulty network plays its tricks on OData writes too', async () => {
  const order = { rate: 1, kinds: ['late_visible'], methods: ['POST'], paths: ['/0/odata/'] };
  await caller.control('faults', order);
  const id = await idOf('City', { Name: 'Burbank' });
  expect(await caller.list("City?$filter=Name eq 'Burbank'")).toEqual([]);
  expect((await caller.odata(`City(${id})`)).status).toBe(200);
  creatio.kit.clock.advance(1500);
  expect(await caller.list("City?$filter=Name eq 'Burbank'")).toHaveLength(1);
  await caller.control('faults', { ...order, kinds: ['status_503'] });
  const refused = await post('City', { Name: 'x' });
  expect([refused.status, refused.text.startsWith('<html>')]).toEqual([503, true]);
  await caller.control('faults', { ...order, kinds: ['duplicate'] });
  await post('City', { Name: 'Twice' });
  expect(await caller.list("City?$filter=Name eq 'Twice'")).toHaveLength(2);
});
