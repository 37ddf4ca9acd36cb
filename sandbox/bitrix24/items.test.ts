import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { asObject, asObjects, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

beforeAll(async () => {
  portal = await startBitrix24({ records: 20, settings: { bucket_size: 0 } });
  caller = new PortalCaller(portal);
});

afterAll(() => portal.stop());

const add = async (method: string, fields: JsonObject) => Number(await caller.result(method, { fields }));
const get = async (method: string, id: number) => asObject(await caller.result(method, { id }));
const item = async (entityTypeId: number, id: number) =>
  asObject(asObject(await caller.result('crm.item.get', { entityTypeId, id })).item);
const update = (entityTypeId: number, id: number, fields: JsonObject) =>
  caller.call('crm.item.update', { entityTypeId, id, fields });

describe('items', () => {
  test('are one record with two faces: texts under upper names, typed values under camel names', async () => {
    const id = await add('crm.deal.add', {
      TITLE: 'Договір №1',
      OPPORTUNITY: '19999.99',
      CURRENCY_ID: 'EUR',
      BEGINDATE: '2024-06-18',
      PROBABILITY: 50,
      UF_CRM_URGENT: 1,
      UF_CRM_BUDGET: '100.50|RUB',
      NO_SUCH_FIELD: 'dropped',
    });
    expect(await get('crm.deal.get', id)).toMatchObject({
      ID: String(id),
      OPPORTUNITY: '19999.99',
      PROBABILITY: '50',
      BEGINDATE: '2024-06-18T03:00:00+03:00',
      CLOSEDATE: '',
      COMPANY_ID: null,
      CATEGORY_ID: '0',
      STAGE_ID: 'NEW',
      STAGE_SEMANTIC_ID: 'P',
      UF_CRM_URGENT: '1',
      UF_CRM_BUDGET: '100.50|RUB',
    });
    expect(await item(2, id)).toMatchObject({
      id,
      opportunity: 19999.99,
      probability: 50,
      begindate: '2024-06-18T03:00:00+03:00',
      closedate: null,
      categoryId: 0,
      ufCrmUrgent: 'Y',
      ufCrmBudget: '100.50|RUB',
      isWork: null,
      entityTypeId: 2,
    });
    const original = await caller.result('crm.item.get', { entityTypeId: 2, id, useOriginalUfNames: 'Y' });
    expect(asObject(asObject(original).item)).toHaveProperty('UF_CRM_BUDGET', '100.50|RUB');
  });

  test('are made and deleted by the universal methods with their own results', async () => {
    const answer = await caller.call('crm.item.add', {
      entityTypeId: 2,
      fields: { title: 'REST', categoryId: 9, stageId: 'C9:WON', contactIds: [7, 8] },
    });
    const made = asObject(asObject(answer.result).item);
    expect(made).toMatchObject({
      categoryId: 9,
      stageId: 'C9:WON',
      stageSemanticId: 'S',
      closed: 'Y',
      companyId: 0,
      contactId: 7,
    });
    const removed = await caller.call('crm.item.delete', { entityTypeId: 2, id: Number(made.id) });
    expect(removed.result).toEqual([]);
    expect((await caller.call('crm.item.delete', { entityTypeId: 2, id: Number(made.id) })).body.error).toBe(
      'NOT_FOUND',
    );
  });

  test('keep their date of change when nothing differs, and no event and no effect happens', async () => {
    const id = await add('crm.lead.add', { TITLE: 'Same', OPPORTUNITY: 5 });
    const before = await item(1, id);
    portal.kit.clock.advance(5000);
    await update(1, id, { title: 'Same', opportunity: '5.00', observers: [] });
    expect((await item(1, id)).updatedTime).toBe(before.updatedTime);
    expect(portal.log.list().at(-2)).toMatchObject({ effect: 'update', stream: 'leads', status: 304 });
    await update(1, id, { title: 'Other' });
    const after = await item(1, id);
    expect(Date.parse(String(after.updatedTime)) - Date.parse(String(before.updatedTime))).toBeGreaterThanOrEqual(5000);
  });

  test('add, change and delete ways by the rules of the old methods', async () => {
    const id = await add('crm.contact.add', { NAME: 'Ion', PHONE: [{ VALUE: '+40721', VALUE_TYPE: 'WORK' }] });
    const phones = async () => asObjects((await get('crm.contact.get', id)).PHONE);
    const change = (PHONE: JsonObject[]) => caller.result('crm.contact.update', { id, fields: { PHONE } });
    await change([{ VALUE: '+40721', VALUE_TYPE: 'WORK' }]);
    expect((await phones()).map(({ VALUE }) => VALUE)).toEqual(['+40721', '+40721']);
    const [first, second] = await phones();
    await change([
      { ID: String(first?.ID), VALUE: '+40722', VALUE_TYPE: 'MOBILE' },
      { ID: String(second?.ID), DELETE: 'Y' },
    ]);
    expect(await phones()).toEqual([{ ID: first?.ID, VALUE_TYPE: 'MOBILE', VALUE: '+40722', TYPE_ID: 'PHONE' }]);
    await change([{ ID: String(first?.ID) }]);
    expect(await get('crm.contact.get', id)).not.toHaveProperty('PHONE');
    expect((await get('crm.contact.get', id)).HAS_PHONE).toBe('N');
    const bad = await caller.call('crm.contact.update', { id, fields: { EMAIL: [{ VALUE: 'not an address' }] } });
    expect([bad.status, bad.body.error]).toEqual([400, 'ERROR_CORE']);
  });

  test('add, change and delete ways by the rules of the universal methods', async () => {
    const fields = { name: 'Klaus', fm: [{ typeId: 'EMAIL', valueType: 'WORK', value: 'a@example.com' }] };
    const made = asObject(asObject(await caller.result('crm.item.add', { entityTypeId: 3, fields })).item);
    const id = Number(made.id);
    const [mail] = asObjects(made.fm);
    const key = String(mail?.id);
    const values = async () => asObjects((await item(3, id)).fm).map(({ value }) => value);
    expect(mail).toEqual({ id: Number(key), typeId: 'EMAIL', valueType: 'WORK', value: 'a@example.com' });
    await update(3, id, { fm: { [key]: { valueType: 'WORK', value: 'b@example.com' } } });
    expect(await values()).toEqual(['a@example.com']);
    await update(3, id, {
      fm: { [key]: { typeId: 'EMAIL', value: 'b@example.com' }, n0: { typeId: 'PHONE', value: '+49' } },
    });
    expect(await values()).toEqual(['b@example.com', '+49']);
    await update(3, id, { fm: [{ typeId: 'PHONE', value: '+50' }] });
    expect(await values()).toEqual(['b@example.com', '+49', '+50']);
    await update(3, id, { fm: { [key]: { typeId: 'EMAIL', value: '' } } });
    expect(await values()).toEqual(['+49', '+50']);
    expect((await update(3, id, { fm: 'text' })).status).toBe(200);
    expect((await item(3, id)).hasEmail).toBe('N');
  });

  test.each([
    [2, { opportunity: 'much' }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID'],
    [2, { begindate: 'soon' }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID'],
    [2, { currencyId: 'XXX' }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID'],
    [2, { stageId: 'C1:NEW' }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID'],
    [2, { contactIds: 5 }, '100'],
    [2, { ufCrm_1724077760: 1 }, 'CRM_FIELD_ERROR_VALUE_NOT_VALID'],
    [4, { comments: 'no title' }, 'CRM_FIELD_ERROR_REQUIRED'],
  ])('of type %d refuse %j with %s in the universal family', async (entityTypeId, fields, error) => {
    const { status, body } = await caller.call('crm.item.add', { entityTypeId, fields });
    expect([status, body.error]).toEqual([400, error]);
    expect(portal.log.list().at(-1)).toMatchObject({ effect: 'create', status: 422 });
  });

  test('take nearly everything in the old family', async () => {
    const id = await add('crm.deal.add', {
      OPPORTUNITY: '12abc',
      STAGE_ID: 'MOON',
      BEGINDATE: 'soon',
      CATEGORY_ID: 77,
    });
    expect(await get('crm.deal.get', id)).toMatchObject({
      OPPORTUNITY: '12.00',
      STAGE_ID: 'NEW',
      BEGINDATE: '',
      CATEGORY_ID: '0',
    });
    expect((await caller.call('crm.deal.add', { fields: { CURRENCY_ID: 'XXX' } })).status).toBe(400);
    await caller.result('crm.deal.update', { id, fields: { CATEGORY_ID: 9 } });
    expect((await get('crm.deal.get', id)).CATEGORY_ID).toBe('0');
    await caller.control('settings', { old_unknown_stage: 'stored' });
    expect((await get('crm.deal.get', await add('crm.deal.add', { STAGE_ID: 'MOON' }))).STAGE_ID).toBe('MOON');
    await caller.control('settings', { old_unknown_stage: 'first' });
  });

  test('keep their moments only when they are imported by an administrator', async () => {
    const fields = { NAME: 'Old', DATE_CREATE: '2020-01-01T00:00:00+03:00', CREATED_BY_ID: 4 };
    const plain = await get('crm.contact.get', await add('crm.contact.add', fields));
    expect(plain.DATE_CREATE).not.toContain('2020');
    const id = Number(await caller.result('crm.contact.add', { fields, params: { IMPORT: 'Y' } }));
    expect(await get('crm.contact.get', id)).toMatchObject({
      DATE_CREATE: '2020-01-01T00:00:00+03:00',
      CREATED_BY_ID: '4',
    });
  });

  test('are imported 20 at a time with a result each', async () => {
    const data: JsonObject[] = [
      { title: 'A', xmlId: 'b-1', createdTime: '2021-05-05T10:00:00+03:00' },
      { title: 'B', stageId: 'X' },
    ];
    const result = asObject(await caller.result('crm.item.batchImport', { entityTypeId: 177, data }));
    const [good, bad] = asObjects(result.items);
    expect(bad?.error).toBe('CRM_FIELD_ERROR_VALUE_NOT_VALID');
    const made = await item(177, Number(asObject(good?.item).id));
    expect(made).toMatchObject({ createdTime: '2021-05-05T10:00:00+03:00', xmlId: 'b-1', stageId: 'DT177_15:NEW' });
    const many = Array.from({ length: 21 }, (_, n) => ({ title: String(n) }));
    const refused = await caller.call('crm.item.batchImport', { entityTypeId: 177, data: many });
    expect([refused.status, refused.body.error]).toEqual([400, 'MAX_IMPORT_BATCH_SIZE_EXCEEDED']);
  });

  test('of smart processes follow the plan of the portal', async () => {
    await caller.control('settings', { smart_processes_writable: false });
    const { status, body } = await caller.call('crm.item.add', { entityTypeId: 1036, fields: { title: 'x' } });
    expect([status, body.error]).toEqual([400, 'CREATE_DYNAMIC_ITEM_RESTRICTED']);
    await caller.control('settings', { smart_processes_writable: true });
  });

  test('link to each other by lists, the primary one first', async () => {
    const deal = await add('crm.deal.add', { TITLE: 'links', CONTACT_ID: 7 });
    await caller.result('crm.deal.contact.add', { id: deal, fields: { CONTACT_ID: 8, IS_PRIMARY: 'Y' } });
    const links = asObjects(await caller.result('crm.deal.contact.items.get', { id: deal }));
    expect(links.map(({ CONTACT_ID, IS_PRIMARY }) => [CONTACT_ID, IS_PRIMARY])).toEqual([
      [8, 'Y'],
      [7, 'N'],
    ]);
    await caller.result('crm.deal.contact.items.set', {
      id: deal,
      items: [
        { CONTACT_ID: 8, SORT: 20 },
        { CONTACT_ID: 9, SORT: 10 },
      ],
    });
    expect((await item(2, deal)).contactIds).toEqual([9, 8]);
    expect((await get('crm.deal.get', deal)).CONTACT_ID).toBe('9');
    const contact = await add('crm.contact.add', { NAME: 'A', COMPANY_ID: 9 });
    expect(asObjects(await caller.result('crm.company.contact.items.get', { id: 9 }))).toContainEqual(
      expect.objectContaining({ CONTACT_ID: contact }),
    );
  });

  test('carry files as name and content, and give them to clients that say who they are', async () => {
    const content = Buffer.from('%PDF umowa').toString('base64');
    const id = await add('crm.deal.add', { TITLE: 'file', UF_CRM_CONTRACT: { fileData: ['umowa ł.pdf', content] } });
    const { url } = asObject((await item(2, id)).ufCrmContract);
    expect((await fetch(String(url))).status).toBe(404);
    const answer = await fetch(String(url), { headers: { 'user-agent': 'Mozilla/5.0 pipeline' } });
    expect([answer.status, await answer.text()]).toEqual([200, '%PDF umowa']);
    const old = asObject((await get('crm.deal.get', id)).UF_CRM_CONTRACT);
    expect(old).toEqual({ id: old.id, showUrl: url, downloadUrl: url });
    await update(2, id, { ufCrmContract: { id: Number(old.id) }, title: 'kept' });
    expect(asObject((await item(2, id)).ufCrmContract).id).toBe(old.id);
  });

  test('are written into the log once, with the key of the other system', async () => {
    const seq = portal.log.lastSeq;
    await add('crm.company.add', { TITLE: 'Żubr', ORIGIN_ID: 'c-77', ORIGINATOR_ID: 'pipe' });
    expect(portal.log.list(seq)).toEqual([
      expect.objectContaining({ effect: 'create', stream: 'companies', external_id: 'c-77', status: 200 }),
    ]);
  });
});
