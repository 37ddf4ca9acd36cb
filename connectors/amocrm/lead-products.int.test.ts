import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../../core/json.js';
import { changeOf, noSignal, readPass, readRequest, sendNow, writeRequest } from '../kit/conformance/requests.js';
import type { Change, OpenConnection, Outcome } from '../kit/index.js';
import { startAccount, type TestAccount } from './testing-sandbox.js';

let account: TestAccount;
let connection: OpenConnection;
let lead = '';
let products: string[] = [];

beforeAll(async () => {
  account = await startAccount({ records: 600 });
  connection = account.open();
  const rows = await account.rows('/catalogs/4521/elements', 'elements');
  products = rows.map(({ id }) => String(id));
});
afterAll(() => account.stop());

const write = async (changes: readonly Change[]): Promise<readonly Outcome[]> =>
  (await connection.writer(writeRequest('lead_products', 'upsert')).write(changes, sendNow)).outcomes;
/** A change as the engine makes it: a record that is not linked yet is an upsert of its natural key. */
const put = (id: number, fields: JsonObject, targetKey = JSON.stringify([fields.lead_id, fields.element_id])) =>
  changeOf(id, 'upsert', fields, targetKey);
const makeLead = async (): Promise<string> => {
  const body = (await account.call('POST', '/leads', [{ name: 'With products' }])) as {
    _embedded: { leads: { id: number }[] };
  };
  return String(body._embedded.leads[0]?.id);
};
const rowsOf = async (id: string) => {
  const rows = await connection.reader(readRequest('lead_products')).find?.('lead_id', [id], noSignal);
  return (rows ?? []).map((row) => [row.element_id, row.quantity]);
};

describe('products of leads', () => {
  test('are read with 250 leads a request, one row for each product', async () => {
    const before = await account.requests();
    const { records, pages } = await readPass(() => connection, readRequest('lead_products'));
    // The catalogs were asked for once; pages after the first begin one lead earlier.
    expect((await account.requests()) - before).toBeLessThanOrEqual(5);
    expect(pages.length).toBeLessThanOrEqual(4);
    const leads = await account.rows('/leads?with=catalog_elements', 'leads');
    const held = leads.flatMap(({ id, _embedded: embedded }) =>
      ((embedded as JsonObject).catalog_elements as { id: number }[]).map((each) => `${String(id)} ${each.id}`),
    );
    expect(held.length).toBeGreaterThan(100);
    expect(records.map((row) => `${String(row.lead_id)} ${String(row.element_id)}`).sort()).toEqual(held.sort());
    expect(records[0]).toEqual({
      lead_id: expect.stringMatching(/^\d+$/),
      element_id: expect.stringMatching(/^\d+$/),
      catalog_id: '4521',
      quantity: expect.stringMatching(/^\d+$/),
      price_id: null,
    });
    const others = await readPass(() => connection, readRequest('lead_products', { where: { catalog_id: '1' } }));
    expect(others.records).toEqual([]);
  });

  test('are put on, counted anew and taken off; repeats do no harm', async () => {
    lead = await makeLead();
    const [first = '', second = ''] = products;
    const rows = [
      put(1, { lead_id: lead, element_id: first, quantity: '2.5' }),
      put(2, { lead_id: lead, element_id: second, catalog_id: '4521', price_id: '77' }),
    ];
    for (let times = 0; times < 2; times++) {
      const outcomes = await write(rows);
      expect(outcomes.map((each) => each.state === 'written' && each.targetKey)).toEqual([
        JSON.stringify([lead, first]),
        JSON.stringify([lead, second]),
      ]);
      expect(await rowsOf(lead)).toEqual(
        expect.arrayContaining([
          [first, '2.5'],
          [second, '1'],
        ]),
      );
    }
    await write([changeOf(1, 'update', { lead_id: lead, element_id: first, quantity: '4' }, `["${lead}","${first}"]`)]);
    const gone = changeOf(2, 'delete', {}, `["${lead}","${second}"]`);
    for (let times = 0; times < 2; times++) expect((await write([gone]))[0]?.state).toBe('written');
    expect(await rowsOf(lead)).toEqual([[first, '4']]);
    const found = await connection
      .writer(writeRequest('lead_products', 'upsert'))
      .readByKey?.([`["${lead}","${first}"]`, `["${lead}","${second}"]`], noSignal);
    expect(found?.map(({ targetKey, fields }) => [targetKey, fields.quantity])).toEqual([
      [`["${lead}","${first}"]`, '4'],
    ]);
  });

  test('change to another product, but never swallow one that is there', async () => {
    const mine = await makeLead();
    const [first = '', second = '', third = ''] = products;
    await write([
      put(3, { lead_id: mine, element_id: first, quantity: '1' }),
      put(4, { lead_id: mine, element_id: second, quantity: '9' }),
    ]);
    const key = JSON.stringify([mine, first]);
    const [refused] = await write([changeOf(3, 'update', { lead_id: mine, element_id: second, quantity: '1' }, key)]);
    expect(refused?.state === 'refused' && refused.failure.message).toContain(`has product \`${second}\` already`);
    const [moved] = await write([changeOf(3, 'update', { lead_id: mine, element_id: third, quantity: '1' }, key)]);
    expect(moved).toEqual({ state: 'written', targetKey: JSON.stringify([mine, third]), created: false });
    expect(new Map((await rowsOf(mine)) as [string, string][])).toEqual(
      new Map([
        [second, '9'],
        [third, '1'],
      ]),
    );
  });

  test('that cannot be are refused by themselves; the others of the same request are written', async () => {
    const mine = await makeLead();
    const [first = ''] = products;
    const outcomes = await write([
      put(5, { lead_id: mine, element_id: '999999999' }),
      put(6, { lead_id: mine, element_id: first }),
      put(7, { lead_id: '999999999', element_id: first }),
      put(8, { lead_id: mine, element_id: null }),
      put(9, { lead_id: mine, element_id: first, quantity: 'some' }),
    ]);
    expect(outcomes.map(({ state }) => state)).toEqual(['refused', 'written', 'refused', 'refused', 'refused']);
    const [dead] = outcomes;
    expect(dead?.state === 'refused' && dead.failure.message).toContain('product `999999999` on lead');
    expect(await rowsOf(mine)).toEqual([[first, '1']]);
  });

  test('50 products are one request', async () => {
    const leads = await account.rows('/leads', 'leads');
    const changes = leads
      .slice(0, 50)
      .map(({ id }, index) => put(100 + index, { lead_id: String(id), element_id: products[0] ?? '', quantity: '1' }));
    // Which catalogue holds the products is asked once for a connection.
    await write(changes.slice(0, 1));
    const before = await account.requests();
    await write(changes);
    expect((await account.requests()) - before).toBe(1);
  });
});
