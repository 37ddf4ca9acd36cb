import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { objects } from '../kit/caller.js';
import type { Json, JsonObject } from '../kit/json.js';
import { type CreatioSandbox, startCreatio } from './sandbox.js';
import { CreatioCaller } from './testing.js';

let creatio: CreatioSandbox;
let caller: CreatioCaller;

beforeEach(async () => {
  creatio = await startCreatio({ seed: 6, records: 40 });
  caller = await CreatioCaller.signedIn(creatio);
});

afterEach(() => creatio.stop());

const column = (columnPath: string, more: JsonObject = {}): JsonObject => ({
  expression: { expressionType: 0, columnPath },
  ...more,
});
const parameter = (value: Json, dataValueType = 1): JsonObject => ({
  expressionType: 2,
  parameter: { dataValueType, value },
});
const where = (columnPath: string, comparisonType: number, value: Json): JsonObject => ({
  filterType: 1,
  comparisonType,
  isEnabled: true,
  leftExpression: { expressionType: 0, columnPath },
  rightExpression: parameter(value),
});
const all = (...filters: JsonObject[]): JsonObject => group(0, filters);
const group = (logicalOperation: number, filters: JsonObject[]): JsonObject => ({
  filterType: 6,
  isEnabled: true,
  logicalOperation,
  items: Object.fromEntries(filters.map((filter, index) => [`F${index}`, filter])),
});

async function select(rootSchemaName: string, columns: JsonObject, more: JsonObject = {}): Promise<JsonObject[]> {
  const { body } = await caller.service('SelectQuery', {
    rootSchemaName,
    operationType: 0,
    columns: { items: columns },
    ...more,
  });
  expect(body.success).toBe(true);
  return objects(body.rows);
}

async function insert(rootSchemaName: string, values: JsonObject): Promise<JsonObject> {
  const items = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, parameter(value)]));
  return (await caller.service('InsertQuery', { rootSchemaName, operationType: 1, columnValues: { items } })).body;
}

describe('SelectQuery', () => {
  test('shows lookups with their captions, joins paths and describes its columns', async () => {
    const query = {
      rootSchemaName: 'Opportunity',
      columns: { items: { Title: column('Title'), Stage: column('Stage'), AccountName: column('Account.Name') } },
      filters: all({ filterType: 2, comparisonType: 2, isNull: false, leftExpression: { columnPath: 'Account' } }),
    };
    const { body } = await caller.service('SelectQuery', query);
    expect(body).toMatchObject({ success: true, nextPrcElReady: false, notFoundColumns: [] });
    expect(body.rowConfig).toEqual({
      Title: { dataValueType: 1 },
      Stage: { dataValueType: 10, isLookup: true, referenceSchemaName: 'OpportunityStage' },
      AccountName: { dataValueType: 1 },
      Id: { dataValueType: 0 },
    });
    const [row] = objects(body.rows);
    expect(row).toEqual({
      Id: expect.any(String),
      Title: expect.any(String),
      AccountName: expect.any(String),
      Stage: { value: expect.any(String), displayValue: expect.any(String), primaryImageValue: '' },
    });
  });

  test('takes the keys of the documents in PascalCase as well', async () => {
    const { body } = await caller.service('SelectQuery', {
      RootSchemaName: 'OpportunityStage',
      OperationType: 0,
      Columns: {
        Items: { Name: { Expression: { ExpressionType: 0, ColumnPath: 'Name' }, OrderDirection: 2, OrderPosition: 0 } },
      },
      Filters: {
        FilterType: 6,
        LogicalOperation: 0,
        Items: {
          F: {
            FilterType: 1,
            ComparisonType: 9,
            IsEnabled: true,
            LeftExpression: { ExpressionType: 0, ColumnPath: 'Name' },
            RightExpression: { ExpressionType: 2, Parameter: { DataValueType: 1, Value: 'closed' } },
          },
        },
      },
    });
    expect(objects(body.rows).map(({ Name }) => Name)).toEqual(['Closed won', 'Closed rejected', 'Closed lost']);
  });

  test('filters by trees: and, or, in, null, exists, disabled parts', async () => {
    const names = { Name: column('Name', { orderDirection: 1, orderPosition: 0 }) };
    const stages = async (filters: JsonObject) =>
      (await select('OpportunityStage', names, { filters })).map(({ Name }) => Name);
    expect(await stages(all(where('Number', 8, 6), where('Successful', 3, true)))).toEqual(['Closed won']);
    expect(await stages(group(1, [where('Name', 3, 'Proposal'), where('Name', 11, 'presen')]))).toEqual([
      'Presentation',
      'Proposal',
    ]);
    const either = {
      filterType: 4,
      comparisonType: 3,
      isEnabled: true,
      leftExpression: { columnPath: 'Name' },
      rightExpressions: [parameter('Proposal'), parameter('Closed won')],
    };
    expect(await stages(all(either))).toEqual(['Closed won', 'Proposal']);
    expect(await stages(all(either, { ...where('Name', 3, 'x'), isEnabled: false }))).toHaveLength(2);
    const reachable = all({
      filterType: 5,
      comparisonType: 15,
      isEnabled: true,
      leftExpression: { columnPath: '[ContactCommunication:Contact:Id].Id' },
      subFilters: all(where('Number', 11, '@sandbox')),
    });
    const contacts = await select(
      'Contact',
      { Number: column('[ContactCommunication:Contact:Id].Number') },
      { filters: reachable },
    );
    expect(contacts.length).toBeGreaterThan(0);
    expect(contacts.length).toBeLessThan(creatio.store.table('Contact').rows.count);
  });

  test('pages and sorts, and counts and sums', async () => {
    const order = { Title: column('Title', { orderDirection: 1, orderPosition: 0 }) };
    const page = (rowsOffset: number) => select('Opportunity', order, { isPageable: true, rowCount: 15, rowsOffset });
    const titles = [...(await page(0)), ...(await page(15)), ...(await page(30))].map(({ Title }) => String(Title));
    expect(titles).toHaveLength(40);
    expect(titles.map((title) => title.toLowerCase())).toEqual(titles.map((title) => title.toLowerCase()).sort());
    const sum = (aggregationType: number, columnPath: string): JsonObject => ({
      expression: {
        expressionType: 1,
        functionType: 2,
        aggregationType,
        functionArgument: { expressionType: 0, columnPath },
      },
    });
    expect(await select('Opportunity', { Count: sum(1, 'Id') })).toEqual([{ Count: 40 }]);
    const byStage = await select('Opportunity', {
      Stage: column('Stage'),
      Count: sum(1, 'Id'),
      Amount: sum(2, 'Amount'),
    });
    expect(byStage.reduce((total, { Count }) => total + Number(Count), 0)).toBe(40);
  });

  test("speaks the user's time zone without saying so", async () => {
    const [deal] = await caller.list('Opportunity?$filter=DueDate ne null&$top=1');
    const filters = all(where('Id', 3, deal?.Id ?? ''));
    const [row] = await select('Opportunity', { DueDate: column('DueDate') }, { filters });
    expect(Date.parse(`${String(row?.DueDate)}Z`) - Date.parse(String(deal?.DueDate))).toBe(120 * 60_000);
    expect(row?.DueDate).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/);
    const { id } = await insert('Opportunity', { Title: 'x', DueDate: '"2026-01-01T01:00:00.000"' });
    expect((await caller.odata(`Opportunity(${String(id)})`)).body.DueDate).toBe('2025-12-31T23:00:00Z');
  });

  test('drops unknown columns and lists them, but fails on unknown filters', async () => {
    const query = { rootSchemaName: 'Contact', columns: { items: { Name: column('Name'), Foo: column('Foo') } } };
    const dropped = await caller.service('SelectQuery', query);
    expect(dropped.body).toMatchObject({ success: true, notFoundColumns: ['Foo'] });
    const filtered = await caller.service('SelectQuery', { ...query, filters: all(where('Foo', 3, 'x')) });
    expect(filtered.status).toBe(200);
    expect(filtered.body).toMatchObject({
      success: false,
      errorInfo: { errorCode: 'ItemNotFoundException', message: 'Column by path Foo not found in schema Contact.' },
    });
    await caller.control('settings', {
      data_service_errors: 'responseStatus',
      data_service_unknown_columns: 'refused',
      data_service_error_status: 500,
    });
    const refused = await caller.service('SelectQuery', query);
    expect(refused.status).toBe(500);
    expect(refused.body).toEqual({
      responseStatus: {
        ErrorCode: 'ItemNotFoundException',
        Message: 'Column by path Foo not found in schema Contact.',
        Errors: [],
      },
      rowsAffected: -1,
      success: false,
    });
    await caller.control('settings', { data_service_errors: 'bare' });
    expect((await caller.service('SelectQuery', query)).body).toEqual({ success: false });
  });
});

describe('writing over DataService', () => {
  test('inserts, updates and deletes, and the log counts by the own id', async () => {
    const made = await insert('Contact', { Name: 'John Best', UsrExternalId: 'k1', Account: '' });
    expect(made).toEqual({ id: expect.any(String), rowsAffected: 1, nextPrcElReady: false, success: true });
    const filters = all(where('UsrExternalId', 3, 'k1'));
    const columnValues = { items: { JobTitle: parameter('Developer') } };
    const changed = await caller.service('UpdateQuery', {
      rootSchemaName: 'Contact',
      operationType: 2,
      columnValues,
      filters,
    });
    expect(changed.body).toEqual({ rowsAffected: 1, nextPrcElReady: false, success: true });
    expect((await caller.odata(`Contact(${String(made.id)})`)).body.JobTitle).toBe('Developer');
    const deleted = await caller.service('DeleteQuery', { rootSchemaName: 'Contact', operationType: 3, filters });
    expect(deleted.body).toMatchObject({ rowsAffected: 1, success: true });
    const written = creatio.log.list().filter(({ effect }) => effect !== 'lookup');
    expect(written.map((entry) => [entry.effect, entry.external_id, entry.status])).toEqual([
      ['create', 'k1', 201],
      ['update', 'k1', 200],
      ['delete', 'k1', 200],
    ]);
    expect(creatio.store.table('Contact').rows.rowOf(String(made.id))).toBe(-1);
  });

  test('changes rows together or not at all, and never more than the row limit', async () => {
    const columnValues = { items: { Account: parameter('11111111-2222-4333-8444-555555555555', 10) } };
    const filters = all(where('Name', 4, 'x'));
    const query = { rootSchemaName: 'Contact', columnValues, filters };
    const refused = await caller.service('UpdateQuery', query);
    expect(refused.body).toMatchObject({ success: false, errorInfo: { errorCode: 'PostgresException' } });
    await caller.control('settings', { max_entity_row_count: 3 });
    expect((await caller.service('UpdateQuery', query)).body).toMatchObject({ success: false });
    expect((await caller.service('DeleteQuery', { rootSchemaName: 'Contact' })).body.success).toBe(false);
  });

  test('carries a batch out in order, until an item fails or to its end', async () => {
    const item = (type: string, name: Json): JsonObject => ({
      __type: `Terrasoft.Nui.ServiceModel.DataContract.${type}`,
      rootSchemaName: 'City',
      columnValues: { items: { Name: parameter(name) } },
    });
    const items = [item('InsertQuery', 'A'), item('InsertQuery', true), item('InsertQuery', 'B')];
    const stopped = await caller.service('BatchQuery', { items, continueIfError: false });
    expect(objects(stopped.body.queryResults).map(({ success }) => success)).toEqual([true, false]);
    const whole = await caller.service('BatchQuery', { items, continueIfError: true });
    expect(objects(whole.body.queryResults).map(({ success }) => success)).toEqual([true, false, true]);
    expect(await caller.list("City?$filter=Name eq 'A' or Name eq 'B'")).toHaveLength(3);
  });

  test('is served at the root by the other runtime, and asks for a session', async () => {
    await caller.control('settings', { runtime: 'core' });
    const query = { rootSchemaName: 'City', columns: { items: { Name: column('Name') } } };
    const path = '/dataservice/json/reply/SelectQuery';
    expect((await caller.call('POST', path, query)).body.success).toBe(true);
    expect((await new CreatioCaller(creatio).call('POST', path, query)).status).toBe(302);
  });
});
