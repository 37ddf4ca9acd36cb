import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { type CreatioSandbox, startCreatio } from './sandbox.js';
import { CreatioCaller, innerMessage } from './testing.js';

let creatio: CreatioSandbox;
let caller: CreatioCaller;

beforeAll(async () => {
  creatio = await startCreatio({ seed: 4, records: 120 });
  caller = await CreatioCaller.signedIn(creatio);
});

afterEach(() => caller.control('settings', defaults));

afterAll(() => creatio.stop());

const defaults = {
  max_entity_row_count: 20_000,
  next_link: false,
  unordered_rows: 'heap',
  empty_values: 'sentinels',
  unknown_set: 'routing',
  case: 'insensitive',
  database: 'postgres',
  not_found_body: false,
};
const ids = (records: JsonObject[]) => records.map(({ Id }) => String(Id));
const filtered = (entity: string, filter: string) => caller.list(`${entity}?$filter=${encodeURIComponent(filter)}`);

describe('reading lists', () => {
  test('answers with the context, the count when asked, and the version header', async () => {
    const answer = await caller.odata('Opportunity?$select=Id,Title&$top=2&$count=true&$orderby=Title');
    expect(answer.headers.get('odata-version')).toBe('4.0');
    expect(answer.body).toEqual({
      '@odata.context': `${creatio.url}/0/odata/$metadata#Opportunity(Id,Title)`,
      '@odata.count': 120,
      value: [
        { Id: expect.any(String), Title: 'Delivery 1' },
        { Id: expect.any(String), Title: expect.any(String) },
      ],
    });
    expect((await caller.odata('Opportunity/$count')).text).toBe('120');
    expect((await caller.odata('Opportunity?$count=true&$top=0')).body).toMatchObject({
      '@odata.count': 120,
      value: [],
    });
    expect((await caller.odata("Opportunity/$count?$filter=startswith(Title,'Delivery')")).text).toMatch(/^[1-9]\d?$/);
  });

  test('shows what is not there as empty ids, year 1, empty texts, 0 and false', async () => {
    const made = await caller.write('POST', 'Contact', { Name: 'Nobody' });
    expect(made.body).toMatchObject({
      AccountId: '00000000-0000-0000-0000-000000000000',
      BirthDate: '0001-01-01T00:00:00Z',
      Email: '',
      UsrScore: 0,
      DoNotUseCall: false,
      'ContactPhoto@odata.mediaReadLink': `Contact(${String(made.body.Id)})/ContactPhoto`,
    });
    await caller.control('settings', { empty_values: 'null' });
    expect((await caller.odata(`Contact(${String(made.body.Id)})`)).body).toMatchObject({
      AccountId: null,
      Email: null,
    });
  });

  test('writes decimals as texts only for who asks for IEEE754Compatible', async () => {
    const path = 'Opportunity?$filter=Amount gt 0&$top=1&$select=Amount';
    const [plain] = await caller.list(path);
    const exact = await caller.odata(path, { accept: 'application/json;IEEE754Compatible=true' });
    expect(typeof plain?.Amount).toBe('number');
    expect(exact.text).toMatch(/"Amount":"\d+\.\d\d"/);
  });

  test('cuts an answer at the row limit, with a next link only where that is switched on', async () => {
    await caller.control('settings', { max_entity_row_count: 50 });
    const cut = await caller.odata('Opportunity?$select=Id');
    expect([ids(cut.body.value as JsonObject[]).length, cut.body['@odata.nextLink']]).toEqual([50, undefined]);
    expect(await caller.list('Opportunity?$select=Id&$top=70')).toHaveLength(50);
    await caller.control('settings', { next_link: true });
    const met: string[] = [];
    let next = '/0/odata/Opportunity?$select=Id';
    while (next !== '') {
      const { body } = await caller.get(next);
      met.push(...ids(body.value as JsonObject[]));
      next = String(body['@odata.nextLink'] ?? '').replace(creatio.url, '');
    }
    expect(new Set(met).size).toBe(120);
  });

  test('loses a record to a walk without order when another one changes meanwhile', async () => {
    const all = ids(await caller.list('Account?$select=Id'));
    const first = ids(await caller.list('Account?$select=Id&$top=10&$skip=0'));
    await caller.control('touch', { stream: 'Account', ids: [first[0] ?? ''] });
    const second = ids(await caller.list('Account?$select=Id&$top=50&$skip=10'));
    expect(all.filter((id) => !first.includes(id) && !second.includes(id))).toHaveLength(1);
    await caller.control('settings', { unordered_rows: 'shuffled' });
    const shuffled = [await caller.list('Account?$select=Id'), await caller.list('Account?$select=Id')].map(ids);
    expect(shuffled[0]).not.toEqual(shuffled[1]);
  });

  test('walks by ModifiedOn and Id without loss or repetition, over equal moments', async () => {
    const met: string[] = [];
    let filter = '';
    for (;;) {
      const page = await caller.list(
        `Opportunity?$select=Id,ModifiedOn&$top=7&$orderby=ModifiedOn asc,Id asc${filter}`,
      );
      met.push(...ids(page));
      const last = page.at(-1);
      if (last === undefined) break;
      const [moment, id] = [String(last.ModifiedOn), String(last.Id)];
      filter = `&$filter=ModifiedOn gt ${moment} or (ModifiedOn eq ${moment} and Id gt ${id})`;
    }
    expect(met).toHaveLength(120);
    expect(new Set(met).size).toBe(120);
  });

  test('walks by Id in the order of its database', async () => {
    for (const database of ['postgres', 'mssql']) {
      await caller.control('settings', { database });
      const met: string[] = [];
      for (let last = '00000000-0000-0000-0000-000000000000'; last !== ''; ) {
        const page = ids(await caller.list(`Lead?$select=Id&$top=9&$orderby=Id&$filter=Id gt ${last}`));
        met.push(...page);
        last = page.at(-1) ?? '';
      }
      expect(new Set(met).size).toBe(40);
      expect(met).toHaveLength(40);
      expect(met.toSorted().join() === met.join()).toBe(database === 'postgres');
    }
  });

  test('gives moments in UTC with up to seven digits', async () => {
    const moments = (await caller.list('Opportunity?$select=ModifiedOn')).map(({ ModifiedOn }) => String(ModifiedOn));
    expect(moments.every((moment) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/.test(moment))).toBe(true);
    expect(moments.some((moment) => /\.\d{7}Z$/.test(moment))).toBe(true);
  });
});

describe('the query dialect', () => {
  test('filters by the path of a lookup and fails late on its flat name', async () => {
    const [deal] = await filtered('Opportunity', 'Account/Id ne null');
    const account = String(deal?.AccountId);
    const found = await filtered('Opportunity', `Account/Id eq ${account}`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ AccountId }) => AccountId === account)).toBe(true);
    const flat = await caller.odata(`Opportunity?$filter=AccountId eq ${account}`);
    expect(flat.status).toBe(500);
    expect(innerMessage(flat.body)).toBe('Column by path AccountId not found in schema Opportunity.');
    const order = await caller.odata('Contact?$orderby=AccountId');
    expect(innerMessage(order.body)).toBe('Column by path AccountId not found in schema Contact.');
    expect((await caller.odata('Contact?$select=AccountId&$top=1')).status).toBe(200);
  });

  test('knows the operators, functions and literals of OData 4', async () => {
    const all = await caller.list('Opportunity');
    const titled = (part: string) => all.filter(({ Title }) => String(Title).toLowerCase().includes(part)).length;
    expect(await filtered('Opportunity', "contains(Title,'DELIVERY')")).toHaveLength(titled('delivery'));
    expect(await filtered('Opportunity', "contains(Title,'поставка') or endswith(Title,' 7')")).not.toHaveLength(0);
    expect(await filtered('Opportunity', "not startswith(Title,'Delivery')")).toHaveLength(120 - titled('delivery'));
    expect(await filtered('Opportunity', 'Amount gt 100 and Amount le 100000.50')).toHaveLength(
      all.filter(({ Amount }) => Number(Amount) > 100 && Number(Amount) <= 100_000.5).length,
    );
    expect(await filtered('Opportunity', 'year(CreatedOn) eq 2024')).toHaveLength(
      all.filter(({ CreatedOn }) => String(CreatedOn).startsWith('2024')).length,
    );
    expect(
      await filtered('OpportunityStage', "Name eq 'Closed won' and End eq true and Successful eq true"),
    ).toHaveLength(1);
    expect(await filtered('Opportunity', "Stage/Name eq 'Closed won'")).toHaveLength(
      all.filter(({ StageId }) => StageId === '60d5310c-5be6-df11-971b-001d60e938c6').length,
    );
    await caller.write('POST', 'Contact', { Name: "D'Arcy James" });
    expect(await filtered('Contact', "Name eq 'D''Arcy James'")).toHaveLength(1);
    await caller.control('settings', { case: 'sensitive' });
    expect(await filtered('Opportunity', "contains(Title,'DELIVERY')")).toHaveLength(0);
  });

  test.each([
    ["Name in ('a','b')", "Syntax error at position 5 in 'Name in ('a','b')'."],
    ["name eq 'a'", "Could not find a property named 'name' on type 'Terrasoft.Configuration.OData.Contact'."],
    [
      "CreatedOn gt '2026-01-01'",
      "A binary operator with incompatible types was detected. Found operand types 'Edm.DateTimeOffset' and 'Edm.String' for operator kind 'GreaterThan'.",
    ],
    [
      "Id eq '8c4e7c4b-0000-4000-8000-000000000000'",
      "A binary operator with incompatible types was detected. Found operand types 'Edm.Guid' and 'Edm.String' for operator kind 'Equal'.",
    ],
  ])('refuses %s with 400', async (filter, message) => {
    const answer = await caller.odata(`Contact?$filter=${encodeURIComponent(filter)}`);
    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({
      error: {
        code: '',
        message: `The query specified in the URI is not valid. ${message}`,
        innererror: { message, type: '', stacktrace: '' },
      },
    });
  });

  test('refuses literals of OData 3, unknown functions, collections in $expand and bytes in $select', async () => {
    const status = async (path: string) => (await caller.odata(path)).status;
    expect(await status("Contact?$filter=Id eq guid'8c4e7c4b-0000-4000-8000-000000000000'")).toBe(400);
    expect(await status("Contact?$filter=ModifiedOn gt datetime'2026-01-01T00:00:00'")).toBe(400);
    expect(await status("Contact?$filter=substringof('a',Name)")).toBe(400);
    expect(await status('Account?$expand=ContactCollectionByAccount')).toBe(400);
    expect(await status('Contact?$top=-1')).toBe(400);
    expect(await status('SysSchema?$select=Id,MetaData')).toBe(500);
  });

  test('expands lookups, with options of their own', async () => {
    const [deal] = await caller.list(
      'Opportunity?$filter=Contact/Id ne null and Account/Id ne null&$top=1&$select=Id&$expand=Account($select=Id,Name;$expand=Owner($select=Name)),Contact($select=Email)',
    );
    expect(deal).toEqual({
      Id: expect.any(String),
      Account: { Id: expect.any(String), Name: expect.any(String), Owner: { Name: expect.any(String) } },
      Contact: { Email: expect.any(String) },
    });
    const [without] = await caller.list('Opportunity?$filter=Contact/Id eq null&$top=1&$expand=Contact');
    expect(without?.Contact).toBeNull();
  });
});

describe('reading one', () => {
  test('takes both ways to write an id, and fields and bare values behind it', async () => {
    const [contact] = await caller.list("Contact?$filter=Email ne ''&$top=1");
    const id = String(contact?.Id);
    const context = { '@odata.context': `${creatio.url}/0/odata/$metadata#Contact/$entity` };
    expect((await caller.odata(`Contact(${id})`)).body).toMatchObject({ ...context, Id: id });
    expect((await caller.odata(`Contact/${id}`)).body).toMatchObject({ ...context, Id: id });
    expect((await caller.odata(`Contact(${id})/Email`)).body.value).toBe(contact?.Email);
    expect((await caller.odata(`Contact(${id})/Email/$value`)).text).toBe(contact?.Email);
  });

  test('answers 404 for a record, and in the words of the router for an object', async () => {
    const missing = '11111111-2222-4333-8444-555555555555';
    expect(await caller.odata(`Contact(${missing})`)).toMatchObject({ status: 404, text: '' });
    await caller.control('settings', { not_found_body: true });
    expect((await caller.odata(`Contact(${missing})`)).body.error).toBeDefined();
    const unknown = await caller.odata('UsrNothing?$top=1');
    expect(unknown.status).toBe(404);
    expect(unknown.body.MessageDetail).toBe("No type was found that matches the controller named 'UsrNothing'.");
    await caller.control('settings', { unknown_set: 'masked' });
    expect((await caller.odata('UsrNothing')).status).toBe(200);
    await caller.control('settings', { unknown_set: 'iis' });
    expect((await caller.odata('UsrNothing')).text).toMatch(/^<!DOCTYPE html.*404 - File or directory not found/s);
  });
});
