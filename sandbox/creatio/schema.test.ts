import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { objects } from '../kit/caller.js';
import { isObject, type JsonObject } from '../kit/json.js';
import { type CreatioSandbox, startCreatio } from './sandbox.js';
import { CreatioCaller } from './testing.js';

let creatio: CreatioSandbox;
let caller: CreatioCaller;

beforeEach(async () => {
  creatio = await startCreatio({ seed: 2 });
  caller = await CreatioCaller.signedIn(creatio);
});

afterEach(() => creatio.stop());

async function schemaOf(query: JsonObject): Promise<JsonObject> {
  const { body } = await caller.service('RuntimeEntitySchemaRequest', query);
  return isObject(body.schema) ? body.schema : {};
}

async function columnsOf(entity: string): Promise<JsonObject[]> {
  const { columns } = await schemaOf({ Name: entity });
  return isObject(columns) && isObject(columns.items) ? objects(Object.values(columns.items)) : [];
}

describe('metadata', () => {
  test('lists every object in the service document', async () => {
    const { body } = await caller.odata('');
    const sets = objects(body.value);
    expect(body['@odata.context']).toBe(`${creatio.url}/0/odata/$metadata`);
    expect(sets).toContainEqual({ name: 'Contact', kind: 'EntitySet', url: 'Contact' });
    for (const { name } of sets) expect((await caller.odata(`${String(name)}?$top=1`)).status).toBe(200);
  });

  test('describes types, keys and lookups in EDMX, but no captions, lengths or defaults', async () => {
    const { text, headers } = await caller.odata('$metadata');
    expect(headers.get('content-type')).toContain('application/xml');
    expect(text).toContain('<edmx:Edmx Version="4.0"');
    expect(text).toContain('<EntityType Name="Lead"><Key><PropertyRef Name="Id"/></Key>');
    expect(text).toContain('<Property Name="BusinesPhone" Type="Edm.String" Nullable="false"/>');
    expect(text).toContain('<Property Name="BirthDate" Type="Edm.DateTimeOffset"/>');
    expect(text).toMatch(
      /<NavigationProperty Name="Account" Type="Terrasoft.Configuration.OData.Account" Partner="ContactCollectionByAccount">/,
    );
    expect(text).toContain(
      '<NavigationProperty Name="ContactCollectionByAccount" Type="Collection(Terrasoft.Configuration.OData.Contact)" Partner="Account"/>',
    );
    expect(text).toContain('<EntitySet Name="Contact" EntityType="Terrasoft.Configuration.OData.Contact">');
    expect(/MaxLength=|DefaultValue=|Caption=|Annotation/.test(text)).toBe(false);
    expect(text.match(/<EntityType /g)?.length).toBe(text.match(/<EntitySet /g)?.length);
  });

  test('gives captions, types, required columns and lookup targets over DataService', async () => {
    const schema = await schemaOf({ Name: 'Contact' });
    expect(schema).toMatchObject({
      name: 'Contact',
      caption: { 'en-US': 'Contact' },
      primaryDisplayColumnName: 'Name',
    });
    const columns = await columnsOf('Contact');
    expect(columns).toContainEqual({
      uId: expect.any(String),
      name: 'Account',
      caption: { 'en-US': 'Account', 'ru-RU': 'Контрагент' },
      description: {},
      dataValueType: 10,
      isRequired: false,
      isInherited: false,
      isIndexed: true,
      referenceSchemaName: 'Account',
    });
    expect(columns.find(({ name }) => name === 'Name')).toMatchObject({ isRequired: true, dataValueType: 1 });
    expect(columns.find(({ name }) => name === 'MobilePhone')?.dataValueType).toBe(42);
    expect(columns.find(({ name }) => name === 'ModifiedOn')).toMatchObject({ isInherited: true, dataValueType: 7 });
    expect((await schemaOf({ uId: schema.uId ?? '' })).name).toBe('Contact');
    expect((await caller.service('RuntimeEntitySchemaRequest', { Name: 'Nope' })).body.success).toBe(false);
    await caller.control('settings', { schema_items: 'Items' });
    expect((await schemaOf({ Name: 'Contact' })).columns).toHaveProperty('Items');
  });

  test('lists objects in SysSchema, users in SysAdminUnit and stages with their marks', async () => {
    const schemas = await caller.list("SysSchema?$filter=ManagerName eq 'EntitySchemaManager' and Name eq 'Lead'");
    expect(schemas).toEqual([
      expect.objectContaining({ Name: 'Lead', Caption: 'Lead', UId: (await schemaOf({ Name: 'Lead' })).uId }),
    ]);
    const users = await caller.list('SysAdminUnit?$filter=Active eq true&$expand=Contact($select=Name)');
    expect(users.map(({ Name }) => Name)).toEqual(expect.arrayContaining(['Supervisor', 'integration', 'o.kovalenko']));
    const stages = await caller.list('OpportunityStage?$select=Name,Number,End,Successful&$orderby=Number');
    expect(stages.at(5)).toEqual({ Name: 'Closed won', Number: 6, End: true, Successful: true });
  });

  test('takes its time when told so', async () => {
    await caller.control('settings', { metadata_ms: 60_000 });
    const pending = caller.odata('$metadata');
    await expect(Promise.race([pending, caller.odata('Contact/$count')])).resolves.toMatchObject({ text: '7' });
    creatio.kit.clock.advance(60_000);
    expect((await pending).status).toBe(200);
  });
});

describe('a new column', () => {
  const order = { entity: 'Contact', column: 'UsrNip', type: 'text50', caption: 'NIP' };

  test('is known to DataService at once and to OData after its rebuild', async () => {
    await caller.control('schema', order);
    expect(await columnsOf('Contact')).toContainEqual(
      expect.objectContaining({ name: 'UsrNip', caption: { 'en-US': 'NIP' } }),
    );
    const early = await caller.write('POST', 'Contact', { Name: 'x', UsrNip: '1' });
    expect([early.status, JSON.stringify(early.body)]).toEqual([
      400,
      expect.stringContaining('The request is invalid.'),
    ]);
    expect((await caller.odata('Contact?$select=UsrNip')).status).toBe(400);
    expect((await caller.odata('$metadata')).text).not.toContain('UsrNip');
    creatio.kit.clock.advance(90_000);
    const made = await caller.write('POST', 'Contact', { Name: 'x', UsrNip: '1' });
    expect([made.status, made.body.UsrNip]).toEqual([201, '1']);
    expect((await caller.odata('$metadata')).text).toContain('UsrNip');
    expect(await caller.list("Contact?$filter=UsrNip eq '1'")).toHaveLength(1);
  });

  test('may be a lookup of a new list, which the router does not know at first', async () => {
    await caller.control('schema', { entity: 'UsrRegion', caption: 'Region' });
    await caller.control('schema', {
      entity: 'Account',
      column: 'UsrRegion',
      type: 'lookup',
      target: 'UsrRegion',
      caption: 'Region',
    });
    const early = await caller.odata('UsrRegion');
    expect([early.status, String(early.body.MessageDetail)]).toEqual([404, expect.stringContaining("'UsrRegion'")]);
    creatio.kit.clock.advance(90_000);
    const region = await caller.write('POST', 'UsrRegion', { Name: 'Śląsk' });
    const account = await caller.write('POST', 'Account', { Name: 'x', UsrRegionId: region.body.Id ?? '' });
    expect(account.body.UsrRegionId).toBe(region.body.Id);
    expect(await caller.list("SysSchema?$filter=Name eq 'UsrRegion'")).toHaveLength(1);
  });

  test('needs a prefix, a known type and a new name', async () => {
    const refused = async (more: JsonObject) => (await caller.control('schema', { ...order, ...more })) as JsonObject;
    expect((await refused({ column: 'nip' })).error).toContain('prefix');
    expect((await refused({ type: 'colour' })).error).toContain('Known types');
    expect((await refused({ column: 'UsrScore' })).error).toContain('exists already');
    expect((await refused({ type: 'lookup' })).error).toContain('target');
  });
});
