import { describe, expect, test } from '@jest/globals';
import { changeOf, sendNow, writeRequest } from '../../kit/conformance/requests.js';
import connector from '../connector.js';
import { rowsOfLead } from '../streams/lead-products.js';
import { fakeAccount, listed } from '../testing.js';

const put = (element: number) =>
  changeOf(element, 'upsert', { lead_id: '1', element_id: String(element) }, `["1","${element}"]`);
const catalogs = listed('catalogs', [{ id: 4, type: 'products' }]);

describe('products of leads', () => {
  test('go to the catalog of products, fifty links a request', async () => {
    const { connection, requests } = fakeAccount(({ path }) =>
      path.endsWith('/catalogs') ? catalogs : listed('links', [{ entity_id: 1 }]),
    );
    const changes = Array.from({ length: 60 }, (_, index) => put(index + 1));
    const { outcomes } = await connection.writer(writeRequest('lead_products', 'upsert')).write(changes, sendNow);
    expect(new Set(outcomes.map(({ state }) => state))).toEqual(new Set(['written']));
    const bodies = requests.flatMap(({ path, body }) => (path === '/api/v4/leads/link' ? [body] : []));
    expect(bodies.map((body) => Array.isArray(body) && body.length)).toEqual([50, 10]);
    expect(Array.isArray(bodies[0]) && bodies[0][0]).toEqual({
      entity_id: 1,
      entity_type: 'leads',
      to_entity_id: 1,
      to_entity_type: 'catalog_elements',
      metadata: { catalog_id: 4, quantity: 1 },
    });
  });

  test('whose second request got no answer: the first fifty stand, the others are told to be in doubt', async () => {
    let links = 0;
    const { connection } = fakeAccount(({ path }) => {
      if (path.endsWith('/catalogs')) return catalogs;
      links += 1;
      return links === 1 ? listed('links', [{ entity_id: 1 }]) : { status: 500, body: '<html>' };
    });
    const changes = Array.from({ length: 110 }, (_, index) => put(index + 1));
    const { outcomes } = await connection.writer(writeRequest('lead_products', 'upsert')).write(changes, sendNow);
    expect(outcomes).toHaveLength(110);
    const told = outcomes.map((each) => (each.state === 'written' ? 'written' : each.failure.details?.wasSent));
    expect(told).toEqual([...Array(50).fill('written'), ...Array(50).fill(true), ...Array(10).fill(false)]);
  });

  test('that the vendor shows twice on a lead are one row with the sum of both', () => {
    const element = (quantity: string) => ({ id: '7', catalog_id: '4', quantity, price_id: null });
    expect(rowsOfLead({ id: '1', catalog_elements: [element('2'), element('1.5')] })).toEqual([
      { lead_id: '1', element_id: '7', catalog_id: '4', quantity: '3.5', price_id: null },
    ]);
  });

  test('are a stream whose two ids are its key at the target too', () => {
    const streams = connector.declaredStreams({}) ?? [];
    expect(streams.find(({ name }) => name === 'lead_products')).toMatchObject({
      key: ['lead_id', 'element_id'],
      write: { idempotency: 'upsert', naturalKey: ['lead_id', 'element_id'], modes: ['upsert', 'update', 'delete'] },
    });
  });
});
