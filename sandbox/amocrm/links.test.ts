import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { isObject, type JsonObject } from '../kit/json.js';
import { type CalmAccount, calmAccount, embeddedIn, problemsOf } from './calm-account.js';

let account: CalmAccount;
let [lead, person, company] = [0, 0, 0];

beforeEach(async () => {
  account = await calmAccount({ records: { elements: 3 } });
  lead = await account.make('leads', { name: 'L' });
  person = await account.make('contacts', { name: 'P' });
  company = await account.make('companies', { name: 'C' });
});

afterEach(() => account.crm.stop());

const linksOf = async (path: string): Promise<JsonObject[]> => account.list(`${path}/links`);

describe('links of amoCRM', () => {
  test('are made and taken away, seen from both ends, without moving updated_at', async () => {
    const before = (await account.get(`leads/${lead}`)).body.updated_at;
    account.crm.kit.clock.advance(3000);
    const made = await account.post(`leads/${lead}/link`, [
      { to_entity_id: person, to_entity_type: 'contacts', metadata: { is_main: true } },
      { to_entity_id: company, to_entity_type: 'companies' },
    ]);
    expect(made.body).toMatchObject({ _total_items: 2 });
    expect(embeddedIn(made)[0]).toMatchObject({
      entity_id: lead,
      entity_type: 'leads',
      to_entity_id: person,
      to_entity_type: 'contacts',
    });
    expect(await linksOf(`leads/${lead}`)).toMatchObject([
      { to_entity_id: person, to_entity_type: 'contacts', metadata: { main_contact: true } },
      { to_entity_id: company, to_entity_type: 'companies' },
    ]);
    expect(await linksOf(`companies/${company}`)).toMatchObject([{ to_entity_id: lead, to_entity_type: 'leads' }]);
    expect((await account.get(`contacts/${person}?with=leads`)).body._embedded).toMatchObject({
      leads: [{ id: lead }],
    });
    expect((await account.get(`leads/${lead}`)).body.updated_at).toBe(before);
    const gone = await account.post(`leads/${lead}/unlink`, [{ to_entity_id: company, to_entity_type: 'companies' }]);
    expect([gone.status, gone.text]).toEqual([204, '']);
    expect(await linksOf(`leads/${lead}`)).toHaveLength(1);
  });

  test('may be made from the other end, and many at once', async () => {
    const another = await account.make('leads', { name: 'M' });
    await account.post(`contacts/${person}/link`, [{ to_entity_id: another, to_entity_type: 'leads' }]);
    expect((await account.get(`leads/${another}?with=contacts`)).body._embedded).toMatchObject({
      contacts: [{ id: person }],
    });
    await account.post('leads/link', [
      { entity_id: lead, to_entity_id: company, to_entity_type: 'companies' },
      { entity_id: another, to_entity_id: company, to_entity_type: 'companies' },
    ]);
    const all = await account.list(
      `leads/links?filter[entity_id][]=${lead}&filter[entity_id][]=${another}&filter[to_entity_type]=companies`,
    );
    expect(all.map(({ entity_id: id }) => id)).toEqual([lead, another]);
  });

  test('move updated_at when the switch says so', async () => {
    await account.caller.control('settings', { links_bump: true });
    const before = Number((await account.get(`contacts/${person}`)).body.updated_at);
    account.crm.kit.clock.advance(3000);
    await account.post(`contacts/${person}/link`, [{ to_entity_id: company, to_entity_type: 'companies' }]);
    expect(Number((await account.get(`contacts/${person}`)).body.updated_at)).toBeGreaterThan(before);
    await account.caller.control('settings', { links_bump: false });
  });

  test('put products on a lead with their quantity', async () => {
    const [product] = await account.list('catalogs/4521/elements');
    const id = Number(product?.id);
    const link = { to_entity_id: id, to_entity_type: 'catalog_elements' };
    expect(problemsOf(await account.post(`leads/${lead}/link`, [link]))).toEqual([
      ['0', 'FieldMissing', 'metadata.catalog_id'],
    ]);
    await account.post(`leads/${lead}/link`, [{ ...link, metadata: { catalog_id: 4521, quantity: 7 } }]);
    const { body } = await account.get(`leads/${lead}?with=catalog_elements`);
    expect(isObject(body._embedded) ? body._embedded.catalog_elements : []).toMatchObject([
      { id, metadata: { catalog_id: 4521, quantity: 7 } },
    ]);
    expect(await account.list(`leads/${lead}/links?filter[to_catalog_id]=4521`)).toMatchObject([
      { metadata: { quantity: 7 } },
    ]);
  });

  test('refuse what is not there or does not belong together', async () => {
    const refused = await account.post(`leads/${lead}/link`, [
      { to_entity_id: 1, to_entity_type: 'contacts' },
      { to_entity_id: lead, to_entity_type: 'leads' },
      { to_entity_type: 'contacts' },
    ]);
    expect(problemsOf(refused).map(([, , path]) => path)).toEqual(['to_entity_id', 'to_entity_type', 'to_entity_id']);
    expect((await account.post('leads/1/link', [{ to_entity_id: person, to_entity_type: 'contacts' }])).status).toBe(
      404,
    );
  });
});
