import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../kit/json.js';
import { asObject, asObjects, PortalCaller } from './client.js';
import { type BitrixSandbox, startBitrix24 } from './sandbox.js';

let portal: BitrixSandbox;
let caller: PortalCaller;

beforeAll(async () => {
  portal = await startBitrix24({ records: 5, settings: { bucket_size: 0 } });
  caller = new PortalCaller(portal);
});

afterAll(() => portal.stop());

const fieldsOf = async (method: string) => asObject(await caller.result(method));
const itemFields = async (params: JsonObject) =>
  asObject(asObject(await caller.result('crm.item.fields', params)).fields);

describe('descriptions of fields', () => {
  test('of the old family hide the caption of a custom field beside its code', async () => {
    const fields = await fieldsOf('crm.deal.fields');
    expect(fields.ID).toEqual({
      type: 'integer',
      isRequired: false,
      isReadOnly: true,
      isImmutable: false,
      isMultiple: false,
      isDynamic: false,
      title: 'ID',
    });
    expect(fields.CATEGORY_ID).toMatchObject({ type: 'crm_category', isImmutable: true });
    expect(fields.CONTACT_ID).toMatchObject({ isDeprecated: true });
    expect(fields.SOURCE_ID).toMatchObject({ type: 'crm_status', statusType: 'SOURCE' });
    expect(fields.COMPANY_ID).toMatchObject({ settings: { parentEntityTypeId: 4 } });
    expect(fields.UF_CRM_1721244482250).toMatchObject({
      isDynamic: true,
      title: 'UF_CRM_1721244482250',
      formLabel: 'Contract number',
    });
    expect(asObjects(asObject(fields.UF_CRM_1724077760).items).map(({ VALUE }) => VALUE)).toEqual([
      'Сайт',
      'Targi',
      'Партнёр',
      'Târg',
    ]);
    expect((await fieldsOf('crm.contact.fields')).PHONE).toMatchObject({ type: 'crm_multifield', isMultiple: true });
    expect((await fieldsOf('crm.lead.fields')).STATUS_ID).toMatchObject({ statusType: 'STATUS' });
    expect((await fieldsOf('crm.company.fields')).TITLE).toMatchObject({ isRequired: true });
  });

  test('of the universal family show captions, upper names and the directory of the stages', async () => {
    const deal = await itemFields({ entityTypeId: 2 });
    expect(deal.stageId).toMatchObject({ upperName: 'STAGE_ID', statusType: 'DEAL_STAGE' });
    expect(deal.ufCrm_1721244482250).toMatchObject({
      title: 'Contract number',
      upperName: 'UF_CRM_1721244482250',
      isDynamic: true,
    });
    expect(deal.opened).toMatchObject({ type: 'boolean' });
    const process = await itemFields({ entityTypeId: 177 });
    expect(process.stageId).toMatchObject({ statusType: 'DYNAMIC_177_STAGE_15' });
    expect(process).toHaveProperty('ufCrm2_1639669411830');
    expect(await itemFields({ entityTypeId: 177, useOriginalUfNames: 'Y' })).toHaveProperty('UF_CRM_2_CARRIER');
  });

  test('list the directories with stages that know success from failure', async () => {
    const stages = asObjects(
      await caller.result('crm.status.list', { filter: { ENTITY_ID: 'DEAL_STAGE_9' }, order: { SORT: 'ASC' } }),
    );
    expect(stages.map(({ STATUS_ID }) => STATUS_ID).slice(0, 2)).toEqual(['C9:NEW', 'C9:PREPARATION']);
    expect(stages.at(-2)).toMatchObject({ STATUS_ID: 'C9:WON', SEMANTICS: 'S', CATEGORY_ID: '9', SYSTEM: 'Y' });
    expect(stages[0]).toMatchObject({ SEMANTICS: null, EXTRA: { SEMANTICS: 'process' } });
    const types = asObjects(await caller.result('crm.status.entity.types')).map(({ ID }) => ID);
    for (const id of [
      'STATUS',
      'SOURCE',
      'DEAL_STAGE',
      'DEAL_STAGE_9',
      'SMART_INVOICE_STAGE_5',
      'DYNAMIC_1036_STAGE_25',
    ]) {
      expect(types).toContain(id);
    }
    const added = await caller.result('crm.status.add', {
      fields: { ENTITY_ID: 'DEAL_STAGE_9', STATUS_ID: 'DEMO', NAME: 'Демо', SORT: 25 },
    });
    expect(await caller.result('crm.status.get', { id: added })).toMatchObject({ STATUS_ID: 'C9:DEMO', NAME: 'Демо' });
    expect((await caller.call('crm.status.add', { fields: { ENTITY_ID: 'SOURCE' } })).body).toEqual({
      error: '',
      error_description: 'The field STATUS_ID is required.',
    });
  });

  test('list pipelines, currencies, types and people', async () => {
    const categories = asObjects(asObject(await caller.result('crm.category.list', { entityTypeId: 2 })).categories);
    // Another test adds one of its own.
    const seeded = categories.filter(({ name }) => name !== 'B2B');
    expect(seeded.map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [1, 'N'],
      [9, 'N'],
      [0, 'Y'],
    ]);
    expect((await caller.call('crm.category.list', { entityTypeId: 3 })).body.error).toBe('ENTITY_TYPE_NOT_SUPPORTED');
    expect((await caller.call('crm.currency.list')).body.total).toBe(0);
    const types = asObjects(asObject(await caller.result('crm.type.list')).types);
    expect(types.filter(({ title }) => title !== 'Аренда').map(({ entityTypeId }) => entityTypeId)).toEqual([
      177, 1036,
    ]);
    const people = await caller.call('user.get', { FILTER: { ACTIVE: true } });
    expect(people.body.total).toBe(10);
    expect(asObjects(people.result)[0]).toMatchObject({
      ID: '1',
      ACTIVE: true,
      UF_DEPARTMENT: [1],
      USER_TYPE: 'employee',
    });
    expect(asObject(await caller.result('user.current')).TIMESTAMP_X).toMatch(/^\d\d\.\d\d\.\d{4} \d\d:\d\d:\d\d$/);
  });

  test('make pipelines and smart processes that can be used at once', async () => {
    const made = asObject(
      asObject(await caller.result('crm.category.add', { entityTypeId: 2, fields: { name: 'B2B' } })).category,
    );
    const deal = { title: 'x', categoryId: Number(made.id) };
    const item = asObject(asObject(await caller.result('crm.item.add', { entityTypeId: 2, fields: deal })).item);
    expect(item.stageId).toBe(`C${String(made.id)}:NEW`);
    const type = asObject(asObject(await caller.result('crm.type.add', { fields: { title: 'Аренда' } })).type);
    const entityTypeId = Number(type.entityTypeId);
    expect((await caller.call('crm.item.add', { entityTypeId, fields: { title: 'y' } })).status).toBe(200);
  });
});

describe('custom fields', () => {
  test('of every type are made over the API and used under both names', async () => {
    const types = asObjects(await caller.result('crm.userfield.types')).map(({ ID }) => String(ID));
    expect(types).toHaveLength(16);
    for (const type of types) {
      const id = await caller.result('crm.contact.userfield.add', {
        fields: {
          FIELD_NAME: `T_${type.toUpperCase()}`,
          USER_TYPE_ID: type,
          EDIT_FORM_LABEL: { ru: `Поле ${type}`, pl: 'Pole' },
        },
      });
      const row = asObject(await caller.result('crm.contact.userfield.get', { id }));
      expect(row).toMatchObject({
        FIELD_NAME: `UF_CRM_T_${type.toUpperCase()}`,
        EDIT_FORM_LABEL: { ru: `Поле ${type}`, pl: 'Pole' },
      });
    }
    const fields = { NAME: 'A', UF_CRM_T_DATE: '2024-02-29', UF_CRM_T_BOOLEAN: 'Y', UF_CRM_T_INTEGER: '7' };
    const id = Number(await caller.result('crm.contact.add', { fields }));
    const item = asObject(asObject(await caller.result('crm.item.get', { entityTypeId: 3, id })).item);
    expect(item).toMatchObject({ ufCrmTDate: '2024-02-29T03:00:00+03:00', ufCrmTBoolean: 'Y', ufCrmTInteger: 7 });
  });

  test('with lists keep the numbers of their values when values are added and deleted', async () => {
    const LIST: JsonObject[] = [{ VALUE: 'Один' }, { VALUE: 'Два', DEF: 'Y' }];
    const id = await caller.result('crm.lead.userfield.add', {
      fields: { FIELD_NAME: 'KIND', USER_TYPE_ID: 'enumeration', LIST },
    });
    const values = async () => asObjects(asObject(await caller.result('crm.lead.userfield.get', { id })).LIST);
    const [one, two] = await values();
    await caller.result('crm.lead.userfield.update', {
      id,
      fields: { LIST: [{ ID: String(one?.ID), DEL: 'Y' }, { VALUE: 'Три' }] },
    });
    expect((await values()).map(({ VALUE }) => VALUE).sort()).toEqual(['Два', 'Три']);
    const lead = await caller.result('crm.lead.add', { fields: { UF_CRM_KIND: String(two?.ID) } });
    expect(asObject(await caller.result('crm.lead.get', { id: lead })).UF_CRM_KIND).toBe(two?.ID);
  });

  test.each([
    [{ USER_TYPE_ID: 'string' }, '', "The 'FIELD_NAME' field is not found."],
    [{ FIELD_NAME: 'X' }, '', "The 'USER_TYPE_ID' field is not found."],
    [{ FIELD_NAME: 'X', USER_TYPE_ID: 'moon' }, 'ERROR_CORE', 'Incorrect custom type specified.'],
    [
      { FIELD_NAME: 'ё', USER_TYPE_ID: 'string' },
      'ERROR_CORE',
      'Field name contains invalid characters. Allowed characters are: A-Z, 0-9 and _.',
    ],
  ])('are refused when they are given as %j', async (fields, error, error_description) => {
    expect((await caller.call('crm.deal.userfield.add', { fields })).body).toEqual({ error, error_description });
  });

  test('must be filled when they are mandatory', async () => {
    await caller.result('crm.company.userfield.add', {
      fields: { FIELD_NAME: 'MUST', USER_TYPE_ID: 'string', MANDATORY: 'Y' },
    });
    const { body } = await caller.call('crm.item.add', { entityTypeId: 4, fields: { title: 'x' } });
    expect(body.error).toBe('CRM_FIELD_ERROR_REQUIRED');
  });

  test('of smart processes are made by userfieldconfig, which needs a scope of its own', async () => {
    const field = {
      entityId: 'CRM_2',
      fieldName: 'UF_CRM_2_KIND',
      userTypeId: 'enumeration',
      multiple: 'Y',
      editFormLabel: { en: 'Kind' },
      enum: [{ value: 'a' }, { value: 'b' }],
    };
    const made = asObject(asObject(await caller.result('userfieldconfig.add', { moduleId: 'crm', field })).field);
    expect(made).toMatchObject({ fieldName: 'UF_CRM_2_KIND', multiple: 'Y', sort: '100' });
    const ids = asObjects(made.enum).map(({ id }) => Number(id));
    const fields = { title: 'x', ufCrm2Kind: ids };
    const item = asObject(asObject(await caller.result('crm.item.add', { entityTypeId: 177, fields })).item);
    expect(item.ufCrm2Kind).toEqual(ids);
    const list = asObject(
      await caller.result('userfieldconfig.list', { moduleId: 'crm', filter: { entityId: 'CRM_2' } }),
    );
    expect(asObjects(list.fields)).toHaveLength(4);
    const hook = asObject(await caller.control('webhooks', { user_id: 1, scope: 'crm' }));
    const narrow = new PortalCaller(portal, String(hook.url));
    expect((await narrow.call('userfieldconfig.list', { moduleId: 'crm' })).body.error).toBe('insufficient_scope');
    expect((await caller.call('userfieldconfig.list', { moduleId: 'moon' })).status).toBe(400);
  });
});

describe('self checks', () => {
  test('tell a webhook who it is and what it may', async () => {
    expect(asObject(await caller.result('profile'))).toMatchObject({ ID: '1', ADMIN: true });
    expect(await caller.result('scope')).toContain('crm');
    expect(await caller.result('method.get', { name: 'CRM.deal.list' })).toEqual({
      isExisting: true,
      isAvailable: true,
    });
    expect(await caller.result('methods')).toContain('crm.item.list');
    expect((await caller.call('app.info')).body.error).toBe('ACCESS_DENIED');
    expect(await caller.result('feature.get', { CODE: 'rest_offline_extended' })).toEqual({ value: 'Y' });
    expect(await caller.result('server.time')).toMatch(/\+03:00$/);
  });

  test('follow the time zone and the clock of the portal', async () => {
    await caller.control('settings', { zone: '-05:00', clock_skew_ms: 3_600_000 });
    const at = String(await caller.result('server.time'));
    expect(at).toMatch(/-05:00$/);
    expect(Date.parse(at) - Date.now()).toBeGreaterThan(3_500_000);
    const id = await caller.result('crm.deal.add', { fields: { BEGINDATE: '2024-06-18' } });
    // The midnight of UTC is the evening before in America.
    expect(asObject(await caller.result('crm.deal.get', { id })).BEGINDATE).toBe('2024-06-17T19:00:00-05:00');
    await caller.control('settings', { zone: '+03:00', clock_skew_ms: 0 });
  });
});
