import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { asObject, asObjects, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

beforeAll(async () => {
  portal = await startBitrix24({ records: 80, settings: { bucket_size: 0 } });
  caller = new PortalCaller(portal);
});

afterAll(() => portal.stop());

const content = Buffer.from('photo').toString('base64');
const newDeal = async (fields: JsonObject = {}) => Number(await caller.result('crm.deal.add', { fields }));

describe('activities', () => {
  const call = (ENTITY_ID: number): JsonObject => ({
    SUBJECT: 'Rozmowa',
    TYPE_ID: 2,
    RESPONSIBLE_ID: 3,
    START_TIME: '2025-01-01T10:00:00+03:00',
    COMMUNICATIONS: [{ VALUE: '+48501', ENTITY_ID, ENTITY_TYPE_ID: 3 }],
    FILES: [{ fileData: ['nagranie.mp3', content] }],
  });

  test('hang on their owner and on whom the call was with', async () => {
    const deal = await newDeal();
    const fields = { ...call(8), OWNER_ID: deal, OWNER_TYPE_ID: 2, ORIGIN_ID: 'a-1' };
    const id = await caller.result('crm.activity.add', { fields });
    const row = asObject(await caller.result('crm.activity.get', { id }));
    expect(row).toMatchObject({
      OWNER_ID: String(deal),
      TYPE_ID: '2',
      COMPLETED: 'N',
      START_TIME: '2025-01-01T10:00:00+03:00',
    });
    expect(asObjects(row.FILES)).toHaveLength(1);
    const select = ['ID', 'COMMUNICATIONS', 'BINDINGS', 'FILES'];
    const [listed] = asObjects(await caller.result('crm.activity.list', { filter: { ORIGIN_ID: 'a-1' }, select }));
    expect(listed).toMatchObject({
      BINDINGS: [
        { OWNER_ID: String(deal), OWNER_TYPE_ID: '2' },
        { OWNER_ID: '8', OWNER_TYPE_ID: '3' },
      ],
      COMMUNICATIONS: [{ VALUE: '+48501', ENTITY_ID: '8', ENTITY_TYPE_ID: '3' }],
    });
    portal.kit.clock.advance(2000);
    await caller.result('crm.activity.update', { id, fields: { COMPLETED: 'Y' } });
    const after = asObject(await caller.result('crm.activity.get', { id }));
    expect([after.STATUS, after.COMPLETED]).toEqual(['2', 'Y']);
    expect(String(after.LAST_UPDATED) > String(row.LAST_UPDATED)).toBe(true);
    expect(await caller.result('crm.activity.delete', { id })).toBe(true);
  });

  test.each([
    [{ SUBJECT: '' }, 'The field SUBJECT is not defined or empty.'],
    [{ TYPE_ID: 99 }, 'The field TYPE_ID is not defined or invalid.'],
    [{ RESPONSIBLE_ID: 0 }, 'The field RESPONSIBLE_ID is not defined or invalid.'],
    [{ COMMUNICATIONS: [] }, 'The field COMMUNICATIONS is not defined or invalid.'],
    [{ COMMUNICATIONS: [{ VALUE: '1', ENTITY_ID: 999_999, ENTITY_TYPE_ID: 3 }] }, 'Could not build binding.'],
  ])('are refused with %j', async (wrong: JsonObject, sentence) => {
    const { status, body } = await caller.call('crm.activity.add', { fields: { ...call(8), ...wrong } });
    expect([status, body.error]).toEqual([400, '']);
    expect(body.error_description).toContain(sentence);
  });

  test('to be done need an owner and a readable deadline', async () => {
    const params = {
      ownerTypeId: 2,
      ownerId: await newDeal(),
      deadline: '2026-01-01T10:00:00+03:00',
      title: 'Zadzwonić',
    };
    expect(asObject(await caller.result('crm.activity.todo.add', params)).id).toEqual(expect.any(Number));
    expect((await caller.call('crm.activity.todo.add', { ...params, ownerId: 99_999 })).body.error).toBe('NOT_FOUND');
    expect((await caller.call('crm.activity.todo.add', { ...params, deadline: 'soon' })).body.error).toBe(
      'WRONG_DATETIME_FORMAT',
    );
  });

  test('are read by the moment of their change, which has a name of its own', async () => {
    const { body } = await caller.call('crm.activity.list', {
      filter: { '>=LAST_UPDATED': '2025-01-01T00:00:00+03:00' },
    });
    const since = Date.parse('2025-01-01T00:00:00+03:00');
    const { table } = portal.store.activities;
    const fresh = [...table.rows()].filter((row) => Date.parse(String(table.record(row).updatedTime)) >= since);
    expect(body.total).toBe(fresh.length);
  });
});

describe('comments of the timeline', () => {
  test('carry files and belong to one item', async () => {
    const deal = await newDeal();
    const fields = { ENTITY_ID: deal, ENTITY_TYPE: 'deal', COMMENT: 'Замітка', FILES: [['фото.gif', content]] };
    const id = await caller.result('crm.timeline.comment.add', { fields });
    const row = asObject(await caller.result('crm.timeline.comment.get', { id }));
    expect(row).toMatchObject({ ID: String(id), ENTITY_TYPE: 'deal', COMMENT: 'Замітка', AUTHOR_ID: '1' });
    const [file] = asObjects(Object.values(asObject(row.FILES)));
    expect(file).toMatchObject({ name: 'фото.gif', size: 5 });
    const filter = { ENTITY_ID: deal, ENTITY_TYPE: 'deal' };
    expect(asObjects(await caller.result('crm.timeline.comment.list', { filter }))).toHaveLength(1);
    expect((await caller.call('crm.timeline.comment.list', {})).body.error_description).toBe('Access denied.');
    expect(await caller.result('crm.timeline.comment.update', { id, fields: { COMMENT: 'B' } })).toBe(id);
    expect((await caller.call('crm.timeline.comment.delete', { id })).result).toBeNull();
    expect((await caller.call('crm.timeline.comment.delete', { id })).body.error).toBe('NOT_FOUND');
    const orphan = await caller.call('crm.timeline.comment.add', { fields: { ...fields, ENTITY_ID: 99_999 } });
    expect(orphan.body.error).toBe('OWNER_NOT_FOUND');
  });
});

describe('lines of products', () => {
  test('replace the whole set and set the amount of a deal that is not set by hand', async () => {
    const ownerId = await newDeal();
    const productRows: JsonObject[] = [
      { productId: 1201, price: 99_999.99, quantity: 1 },
      { productName: 'Praca', price: 15_900, quantity: 2 },
    ];
    const set = (rows: JsonObject[]) =>
      caller.result('crm.item.productrow.set', { ownerId, ownerType: 'D', productRows: rows });
    const rows = asObjects(asObject(await set(productRows)).productRows);
    expect(rows[0]).toMatchObject({
      ownerId,
      ownerType: 'D',
      productId: 1201,
      price: 99_999.99,
      taxRate: null,
      discountTypeId: 2,
    });
    const amount = async () => asObject(await caller.result('crm.deal.get', { id: ownerId })).OPPORTUNITY;
    expect(await amount()).toBe('131799.99');
    await set(productRows.slice(1));
    const filter = { '=ownerType': 'D', '=ownerId': ownerId };
    expect((await caller.call('crm.item.productrow.list', { filter })).body.total).toBe(1);
    expect(await amount()).toBe('31800.00');
    await caller.result('crm.deal.update', { id: ownerId, fields: { IS_MANUAL_OPPORTUNITY: 'Y', OPPORTUNITY: 7 } });
    await set(productRows);
    expect(await amount()).toBe('7.00');
    expect((await caller.call('crm.item.productrow.list', {})).body.error).toBe('INVALID_ARG_VALUE');
    const orphan = await caller.call('crm.item.productrow.set', { ownerId: 99_999, ownerType: 'D', productRows });
    expect(orphan.body.error).toBe('OWNER_NOT_FOUND');
  });

  test('count tax and discount as in the published example', async () => {
    const fields = {
      ownerId: await newDeal(),
      ownerType: 'D',
      productName: 'iphone 14',
      price: 80_000,
      quantity: 2,
      discountTypeId: 2,
      discountRate: 20,
      taxRate: 20,
      taxIncluded: 'Y',
    };
    const { productRow } = asObject(await caller.result('crm.item.productrow.add', { fields }));
    expect(productRow).toMatchObject({
      priceAccount: 80_000,
      priceExclusive: 66_666.67,
      priceNetto: 83_333.34,
      discountSum: 16_666.67,
    });
    const id = Number(asObject(productRow).id);
    await caller.result('crm.item.productrow.update', { id, fields: { quantity: 3 } });
    expect(asObject(asObject(await caller.result('crm.item.productrow.get', { id })).productRow).quantity).toBe(3);
    expect((await caller.call('crm.item.productrow.update', { id, fields: { moon: 1 } })).body.error).toBe(
      'INVALID_ARG_VALUE',
    );
    expect((await caller.call('crm.item.productrow.delete', { id })).result).toBeNull();
  });

  test('keep the price that an update does not name, whether its tax is in it or comes on top', async () => {
    const ownerId = await newDeal();
    for (const taxIncluded of ['Y', 'N']) {
      const fields = { ownerId, ownerType: 'D', productName: 'Saw', price: 100, taxRate: 20, taxIncluded };
      const { productRow: added } = asObject(await caller.result('crm.item.productrow.add', { fields }));
      const { id = null, price = null, priceExclusive = null } = asObject(added);
      await caller.result('crm.item.productrow.update', { id, fields: { quantity: 3 } });
      const { productRow: changed } = asObject(await caller.result('crm.item.productrow.get', { id }));
      expect(changed).toMatchObject({ price, priceExclusive, quantity: 3 });
    }
  });

  test('are seeded, each of another product of its deal', async () => {
    const crm = await startBitrix24({ records: 300 });
    const answer = await fetch(`${crm.control}/state?stream=product_rows`);
    const { streams } = (await answer.json()) as { streams: { product_rows: JsonObject[] } };
    await crm.stop();
    const pairs = streams.product_rows.map(({ owner, productId }) => `${String(owner)} ${String(productId)}`);
    expect(pairs.length).toBeGreaterThan(60);
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  test('are set and read by the old methods too, where numbers are numbers', async () => {
    const id = await newDeal();
    await caller.result('crm.deal.productrows.set', {
      id,
      rows: [{ PRODUCT_ID: 1201, PRICE: '100.50', QUANTITY: '2' }],
    });
    const [row] = asObjects(await caller.result('crm.deal.productrows.get', { id }));
    expect(row).toMatchObject({ OWNER_ID: String(id), PRICE: 100.5, QUANTITY: 2, PRICE_ACCOUNT: '100.50' });
    const bad = await caller.call('crm.deal.productrows.set', {
      id,
      rows: [{ DISCOUNT_TYPE_ID: 2, DISCOUNT_RATE: 100 }],
    });
    expect(bad.body.error).toBe('ERROR_CORE');
  });
});

describe('products', () => {
  test('of the catalogue are listed only when id and catalogue are asked for', async () => {
    const params = { select: ['id', 'iblockId', 'name', 'property258'], filter: { iblockId: 23 } };
    const { body } = await caller.call('catalog.product.list', params);
    expect(body.total).toBe(portal.store.products.table.count);
    expect(Object.keys(asObject(asObjects(asObject(body.result).products)[0]))).toEqual([
      'id',
      'iblockId',
      'name',
      'property258',
    ]);
    expect((await caller.call('catalog.product.list', { select: ['id', 'iblockId'] })).status).toBe(400);
    const fields = { iblockId: 23, name: 'Żarówka', xmlId: 'p-1', property258: { value: 'Osram' } };
    const { element } = asObject(await caller.result('catalog.product.add', { fields }));
    expect(element).toMatchObject({ name: 'Żarówka', property258: { value: 'Osram', valueId: expect.any(String) } });
    const productId = Number(asObject(element).id);
    await caller.result('catalog.price.add', { fields: { productId, price: 12.5, currency: 'PLN' } });
    const old = asObject(await caller.result('crm.product.get', { id: productId }));
    expect(old).toMatchObject({ NAME: 'Żarówka', PRICE: '12.50', CURRENCY_ID: 'PLN', XML_ID: 'p-1' });
  });
});

describe('tasks', () => {
  test('filter by upper names and answer in camel names with numbers as texts', async () => {
    const fields = { TITLE: 'Договір', RESPONSIBLE_ID: 2, UF_CRM_TASK: ['D_7'], DEADLINE: '2026-02-01T10:00:00+03:00' };
    const task = asObject(asObject(await caller.result('tasks.task.add', { fields })).task);
    expect(task).toMatchObject({ title: 'Договір', status: '2', responsibleId: '2', createdBy: '1' });
    expect(task).not.toHaveProperty('ufCrmTask');
    const { body } = await caller.call('tasks.task.list', {
      filter: { UF_CRM_TASK: 'D_7', REAL_STATUS: [2, 3] },
      select: ['ID', 'UF_CRM_TASK'],
    });
    const [found] = asObjects(asObject(body.result).tasks).filter(({ id }) => id === task.id);
    expect(found).toMatchObject({ ufCrmTask: ['D_7'] });
    await caller.result('tasks.task.update', { taskId: Number(task.id), fields: { STATUS: 5 } });
    const select = ['ID', 'STATUS'];
    expect(
      asObject(asObject(await caller.result('tasks.task.get', { taskId: Number(task.id), select })).task).status,
    ).toBe('5');
    expect((await caller.call('tasks.task.add', { fields: { RESPONSIBLE_ID: 2 } })).body).toEqual({
      error: 'ERROR_CORE',
      error_description: 'Task title is not specified<br>',
    });
    expect((await caller.call('tasks.task.list', { order: { MOON: 'asc' } })).body.error).toBe('0');
    expect(await caller.result('tasks.task.delete', { taskId: Number(task.id) })).toEqual({ task: true });
  });
});

describe('the rest', () => {
  test('finds duplicates by the digits of a phone and by e-mail', async () => {
    const fields = { NAME: 'Dup', PHONE: [{ VALUE: '+7 (916) 000-11-22' }], EMAIL: [{ VALUE: 'Dup@Example.com' }] };
    const id = Number(await caller.result('crm.contact.add', { fields }));
    const find = (type: string, values: string[]) =>
      caller.result('crm.duplicate.findbycomm', { type, values, entity_type: 'CONTACT' });
    expect(await find('PHONE', ['89160001122'])).toEqual({ CONTACT: [id] });
    expect(await find('EMAIL', ['dup@example.com'])).toEqual({ CONTACT: [id] });
    await caller.result('crm.contact.delete', { id });
    expect(await find('PHONE', ['89160001122'])).toEqual([]);
  });

  test('keeps tax numbers in requisites', async () => {
    const fields = { ENTITY_TYPE_ID: 4, ENTITY_ID: 9, PRESET_ID: 1, NAME: 'Org', RQ_INN: '7736050003', XML_ID: 'r-1' };
    const id = await caller.result('crm.requisite.add', { fields });
    const [row] = asObjects(
      await caller.result('crm.requisite.list', { filter: { RQ_INN: '7736050003' }, select: ['RQ_INN'] }),
    );
    expect(row).toEqual({ ID: String(id), RQ_INN: '7736050003' });
    expect((await caller.call('crm.requisite.add', { fields: { ...fields, ENTITY_ID: 0 } })).status).toBe(400);
  });

  test('stores files on the disk and refuses to find what is not there', async () => {
    const params = { id: 13, data: { NAME: 'звіт.txt' }, fileContent: ['звіт.txt', content] };
    const file = asObject(await caller.result('disk.storage.uploadfile', params));
    expect(file).toMatchObject({ ID: expect.any(Number), NAME: 'звіт.txt', SIZE: '5' });
    const got = asObject(await caller.result('disk.file.get', { id: Number(file.ID) }));
    const answer = await fetch(String(got.DOWNLOAD_URL), { headers: { 'user-agent': 'Mozilla/5.0' } });
    expect(await answer.text()).toBe('photo');
    expect((await caller.call('disk.file.get', { id: 1 })).body.error).toBe('ERROR_NOT_FOUND');
  });
});
