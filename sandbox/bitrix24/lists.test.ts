import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { asObject, asObjects, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

beforeAll(async () => {
  portal = await startBitrix24({ records: 260, settings: { bucket_size: 0 } });
  caller = new PortalCaller(portal);
});

afterAll(() => portal.stop());

const ids = async (params: JsonObject) =>
  asObjects(await caller.result('crm.deal.list', params)).map(({ ID }) => Number(ID));
const itemIds = async (params: JsonObject) =>
  asObjects(asObject(await caller.result('crm.item.list', { entityTypeId: 2, ...params })).items).map(({ id }) =>
    Number(id),
  );
const deals = () => [...portal.store.deals.table.rows()].map((row) => portal.store.deals.table.record(row));

describe('lists', () => {
  test('have pages of 50, the next offset only while there is one, and a total', async () => {
    const first = await caller.call('crm.deal.list', { select: ['ID'] });
    expect([asObjects(first.result).length, first.body.next, first.body.total]).toEqual([50, 50, 260]);
    const last = await caller.call('crm.deal.list', { select: ['ID'], start: 250 });
    expect([asObjects(last.result).length, last.body.total]).toEqual([10, 260]);
    expect(last.body).not.toHaveProperty('next');
    const beyond = await caller.call('crm.item.list', { entityTypeId: 2, start: 1000 });
    expect([asObject(beyond.result).items, beyond.body.total]).toEqual([[], 260]);
  });

  test('do not count with start -1: the walk by id reaches everything', async () => {
    const seen: number[] = [];
    for (let last = 0; ; last = seen.at(-1) ?? 0) {
      const { body } = await caller.call('crm.deal.list', { order: { ID: 'ASC' }, filter: { '>ID': last }, start: -1 });
      expect(body.total).toBe(0);
      expect(body).not.toHaveProperty('next');
      const page = asObjects(body.result).map(({ ID }) => Number(ID));
      seen.push(...page);
      if (page.length < 50) break;
    }
    expect(seen).toEqual(deals().map(({ id }) => id));
  });

  test('compare by every prefix', async () => {
    const all = deals();
    const count = async (filter: JsonObject) => (await caller.call('crm.deal.list', { filter })).body.total;
    const of = (fits: (deal: JsonObject) => boolean) => all.filter(fits).length;
    const { title, stageId } = all[7] ?? {};
    expect(await count({ TITLE: title ?? '' })).toBe(of((deal) => deal.title === title));
    expect(await count({ '=TITLE': String(title).toUpperCase() })).toBe(1);
    expect(await count({ '!STAGE_ID': stageId ?? '' })).toBe(of((deal) => deal.stageId !== stageId));
    expect(await count({ '>OPPORTUNITY': 100_000 })).toBe(of((deal) => Number(deal.opportunity) > 100_000));
    expect(await count({ '<=OPPORTUNITY': '100000' })).toBe(of((deal) => Number(deal.opportunity) <= 100_000));
    expect(await count({ '@CATEGORY_ID': [1, 9] })).toBe(of((deal) => [1, 9].includes(Number(deal.categoryId))));
    expect(await count({ CATEGORY_ID: [1, 9] })).toBe(of((deal) => [1, 9].includes(Number(deal.categoryId))));
    expect(await count({ '!@CATEGORY_ID': [1, 9] })).toBe(of((deal) => deal.categoryId === 0));
    expect(await count({ '%TITLE': 'ОСТАВ' })).toBe(of((deal) => String(deal.title).startsWith('Поставка')));
    expect(await count({ '=%TITLE': 'dost%1' })).toBe(of((deal) => /^Dost.*1$/.test(String(deal.title))));
    expect(await count({ '!%TITLE': 'a' })).toBe(of((deal) => !/a/i.test(String(deal.title))));
    expect(await count({ COMPANY_ID: '' })).toBe(of((deal) => !deal.companyId));
    expect(await count({ '!UF_CRM_URGENT': '' })).toBe(of((deal) => deal.UF_CRM_URGENT !== undefined));
    expect(await count({ UF_CRM_URGENT: 1 })).toBe(of((deal) => deal.UF_CRM_URGENT === 'Y'));
    expect(await count({ UF_CRM_URGENT: 'Y' })).toBe(0);
  });

  test('nest groups with OR in the universal family', async () => {
    const filter = {
      '0': { logic: 'OR', '0': { '=categoryId': 1 }, '1': { '>opportunity': 200_000 } },
      '@stageSemanticId': ['P'],
    };
    const { body } = await caller.call('crm.item.list', { entityTypeId: 2, filter });
    const fits = (deal: JsonObject) =>
      (deal.categoryId === 1 || Number(deal.opportunity) > 200_000) && deal.stageSemanticId === 'P';
    expect(body.total).toBe(deals().filter(fits).length);
  });

  test('by change count from the moment on, to the second, over equal moments', async () => {
    const filter = { '>=DATE_MODIFY': '2025-03-14T12:30:00+03:00' };
    const { body } = await caller.call('crm.deal.list', { filter, order: { DATE_MODIFY: 'ASC', ID: 'ASC' } });
    const moment = Date.UTC(2025, 2, 14, 9, 30);
    const since = deals().filter((deal) => Date.parse(String(deal.updatedTime)) >= moment);
    expect(body.total).toBe(since.length);
    expect(since.filter((deal) => Date.parse(String(deal.updatedTime)) === moment).length).toBeGreaterThan(1);
    const texts = asObjects(body.result).map(({ DATE_MODIFY }) => String(DATE_MODIFY));
    expect(texts).toEqual([...texts].sort());
    expect(texts[0]).toBe('2025-03-14T12:30:00+03:00');
  });

  test('sort both ways, numbers as numbers', async () => {
    const down = await itemIds({ order: { opportunity: 'DESC', id: 'DESC' }, select: ['id'] });
    const expected = deals().sort(
      (one, other) => Number(other.opportunity) - Number(one.opportunity) || Number(other.id) - Number(one.id),
    );
    expect(down).toEqual(expected.slice(0, 50).map(({ id }) => id));
  });

  test('ignore what they do not know in the old family, so that a typo returns everything; the switch changes that', async () => {
    expect((await caller.call('crm.deal.list', { filter: { ORIGIN: 'x' } })).body.total).toBe(260);
    await caller.control('settings', { old_unknown_filter: 'refused' });
    expect((await caller.call('crm.deal.list', { filter: { ORIGIN: 'x' } })).status).toBe(400);
    await caller.control('settings', { old_unknown_filter: 'ignored' });
  });

  test.each([
    [{ filter: { FIELD: 1 } }, "Invalid filter: field 'FIELD' is not allowed in filter"],
    [{ filter: { '>=updatedTime': 'yesterday' } }, "Invalid filter: field '>=updatedTime' has invalid value"],
    [{ filter: { fm: 'x' } }, "Invalid filter: field 'fm' is not allowed in filter"],
    [{ order: { moon: 'ASC' } }, "Invalid order: field 'moon' is not allowed in order"],
    [{ order: { id: 'UP' } }, "Invalid order: allowed sort directions are `ASC, DESC`. But got 'UP' for field 'id'"],
  ])('refuse %j in the universal family', async (params, sentence) => {
    const { status, body } = await caller.call('crm.item.list', { entityTypeId: 3, ...params });
    expect(status).toBe(400);
    expect([body.error, String(body.error_description).replace('>=updatedTime', 'updatedTime')]).toEqual([
      'INVALID_ARG_VALUE',
      sentence.replace('>=updatedTime', 'updatedTime'),
    ]);
  });

  test('show ways and custom fields only when asked as the family wants it', async () => {
    const [plain] = asObjects(await caller.result('crm.contact.list', { select: ['*'] }));
    expect(plain).not.toHaveProperty('PHONE');
    expect(plain).not.toHaveProperty('UF_CRM_PROFILE');
    const [full] = asObjects(await caller.result('crm.contact.list', { select: ['*', 'UF_*', 'EMAIL'] }));
    expect(full).toHaveProperty('UF_CRM_PROFILE');
    expect(asObjects(asObject(full).EMAIL)[0]).toEqual({
      ID: expect.any(String),
      VALUE_TYPE: 'WORK',
      VALUE: expect.any(String),
      TYPE_ID: 'EMAIL',
    });
    const items = async (select: string[]) =>
      asObject(asObjects(asObject(await caller.result('crm.item.list', { entityTypeId: 3, select })).items)[0]);
    expect(await items(['id', 'fm'])).not.toHaveProperty('fm');
    expect(await items(['*'])).toHaveProperty('fm');
    const [deal] = asObjects(await caller.result('crm.deal.list', { select: ['CONTACT_IDS', 'TITLE'] }));
    expect(Object.keys(asObject(deal))).toEqual(['ID', 'TITLE']);
  });

  test('find by phone only the exact text', async () => {
    const contact =
      [...portal.store.contacts.table.rows()].map((row) => portal.store.contacts.table.record(row))[3] ?? {};
    const value = String(asObjects(contact.fm)[0]?.value);
    expect((await caller.call('crm.contact.list', { filter: { PHONE: value } })).body.total).toBeGreaterThan(0);
    expect((await caller.call('crm.contact.list', { filter: { PHONE: `${value}0` } })).body.total).toBe(0);
  });

  test('show an employee without administration what is his or hers alone', async () => {
    const employee = new PortalCaller(portal, portal.credentials.employee_webhook_url);
    const mine = deals().filter(({ assignedById }) => assignedById === 3);
    const { body } = await employee.call('crm.deal.list', { select: ['ID', 'ASSIGNED_BY_ID'] });
    expect(body.total).toBe(mine.length);
    const other = deals().find(({ assignedById }) => assignedById !== 3) ?? {};
    const refused = await employee.call('crm.deal.get', { id: other.id ?? 0 });
    expect([refused.status, refused.body]).toEqual([400, { error: '', error_description: 'Access denied.' }]);
    const universal = await employee.call('crm.item.get', { entityTypeId: 2, id: other.id ?? 0 });
    expect([universal.status, universal.body.error]).toEqual([400, 'ACCESS_DENIED']);
  });

  test('see a record that changed during a walk again, and a new one at once', async () => {
    const added = Number(await caller.result('crm.deal.add', { fields: { TITLE: 'late', ORIGIN_ID: 'k-1' } }));
    expect(await ids({ filter: { ORIGIN_ID: 'k-1' } })).toEqual([added]);
    const lookup = portal.log.list().find(({ effect, external_id: key }) => effect === 'lookup' && key === 'k-1');
    expect(lookup).toMatchObject({ stream: 'deals', id: String(added), status: 200 });
    await caller.result('crm.deal.delete', { id: added });
  });
});
