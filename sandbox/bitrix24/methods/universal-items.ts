import { type Json, type JsonObject, own } from '../../kit/json.js';
import { adminOnly, type Call, type MethodTable, note, param, reading, readRight, saysYes, writing } from '../call.js';
import { addRecord, changeRecord, logged, removeRecord } from '../changes.js';
import type { Entity } from '../entity.js';
import { ApiError, notFound } from '../errors.js';
import { type Field, storedName } from '../fields.js';
import { checkRequired, completeItem, type FieldRules, readFields } from '../item-fields.js';
import { counted, readList } from '../lists.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { describeField, printUniversal, universalType } from '../values.js';

const MOST_IMPORTED = 20;

/** `crm.item.*` for every kind of item by its number. */
export function addUniversalItemMethods(table: MethodTable): void {
  reading(table, 'crm', 'crm.item.fields', (call) => ({ result: { fields: describe(call, entityOf(call)) } }));
  reading(table, 'crm', 'crm.item.list', (call) => list(call, entityOf(call)));
  reading(table, 'crm', 'crm.item.get', (call) => get(call, entityOf(call)));
  writing(table, 'crm', 'crm.item.add', (call) => add(call, entityOf(call), 'add'));
  writing(table, 'crm', 'crm.item.import', (call) => add(call, entityOf(call), 'import'));
  writing(table, 'crm', 'crm.item.update', (call) => update(call, entityOf(call)));
  writing(table, 'crm', 'crm.item.delete', (call) => remove(call, entityOf(call)));
  writing(table, 'crm', 'crm.item.batchImport', (call) => batchImport(call, entityOf(call)));
}

/** The kind of item a call names; guests of the extranet are turned away first. */
export function entityOf(call: Call, ...names: readonly string[]): Entity {
  if (call.asker.user.isExtranet) {
    throw new ApiError(403, 'allowed_only_intranet_user', 'Action is allowed for intranet users only');
  }
  const entity = call.portal.store.item(intOf(param(call, ...(names.length === 0 ? ['entityTypeId'] : names))));
  if (entity === undefined) throw notFound('Smart process not found');
  return entity;
}

/** An item as the universal methods print it. */
function universalItem(call: Call, entity: Entity, record: JsonObject, fields?: readonly Field[]): JsonObject {
  const item: JsonObject = {};
  const original = saysYes(call, 'useOriginalUfNames');
  const shown = fields ?? entity.fields.filter(({ family }) => family !== 'old');
  for (const field of shown) {
    const name = original && field.custom !== undefined ? field.upper : field.name;
    item[name] = printUniversal(field, own(record, storedName(field)), call.portal.around);
  }
  if (fields === undefined) {
    for (const name of entity.disabled) item[name] = null;
    item.entityTypeId = entity.names.typeId;
  }
  return item;
}

function list(call: Call, entity: Entity) {
  const page = readList(call, entity, { family: 'universal', originalNames: saysYes(call, 'useOriginalUfNames') });
  const fields = select(call, entity);
  const items = page.rows.map((row) => universalItem(call, entity, entity.table.record(row), fields));
  return { result: { items }, ...counted(call, page) };
}

/** Communications cannot be asked for by name: only `*` brings them. */
function select(call: Call, entity: Entity): readonly Field[] | undefined {
  const names = phpEntries(param(call, 'select'))?.map(([, name]) => textOf(name)) ?? [];
  if (names.includes('*')) return undefined;
  const known = entity.fields.filter(({ family }) => family !== 'old');
  if (names.length === 0) return known.filter(({ name }) => name !== 'fm');
  const wanted = new Set(names);
  return known.filter(
    (field) => field.name === 'id' || (field.name !== 'fm' && (wanted.has(field.name) || wanted.has(field.upper))),
  );
}

function get(call: Call, entity: Entity) {
  const row = rowOf(call, entity, 'You do not have permission to view this item');
  note(call, { effect: 'lookup', stream: entity.names.stream, id: entity.table.idOf(row), status: 200 });
  return { result: { item: universalItem(call, entity, entity.table.record(row)) } };
}

function add(call: Call, entity: Entity, mode: 'add' | 'import') {
  const fields = phpObject(param(call, 'fields'));
  const id = logged(call, 'create', entity.names.stream, fields, undefined, () => {
    if (fields === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {fields}');
    return addOne(call, entity, fields, mode);
  });
  if (mode === 'import') return { result: { item: { id: Number(id) } } };
  return { result: { item: universalItem(call, entity, entity.table.record(entity.table.rowOf(id))) } };
}

function addOne(call: Call, entity: Entity, fields: JsonObject, mode: 'add' | 'import'): string {
  checkPlan(
    call,
    entity,
    'CREATE_DYNAMIC_ITEM_RESTRICTED',
    'You cannot create a new item due to your plan restrictions',
  );
  if (mode === 'import') adminOnly(call);
  const given = readFields(call, entity, fields, rules(call, mode));
  checkRequired(entity, given, 'universal');
  const record = completeItem(call.portal, entity, given, undefined, 'universal', call.asker.user.id);
  if (own(record, 'companyId') === undefined) record.companyId = 0;
  if (entity.kind !== 'company' && own(record, 'contactId') === undefined) record.contactId = 0;
  if (entity.kind === 'company') delete record.companyId;
  return addRecord(call, entity, record);
}

function update(call: Call, entity: Entity) {
  const fields = phpObject(param(call, 'fields'));
  logged(call, 'update', entity.names.stream, fields, param(call, 'id'), () => {
    const row = rowOf(call, entity, 'Access denied');
    checkPlan(
      call,
      entity,
      'UPDATE_DYNAMIC_ITEM_RESTRICTED',
      'You cannot change the item due to your plan restrictions',
    );
    if (fields === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {fields}');
    const before = entity.table.record(row);
    const changes = readFields(call, entity, fields, rules(call, 'update'), before);
    const userId = call.asker.user.id;
    changeRecord(call, entity, row, completeItem(call.portal, entity, changes, before, 'universal', userId));
  });
  const row = rowOf(call, entity, 'Access denied');
  return { result: { item: universalItem(call, entity, entity.table.record(row)) } };
}

function remove(call: Call, entity: Entity) {
  return logged(call, 'delete', entity.names.stream, undefined, param(call, 'id'), () => {
    removeRecord(call, entity, rowOf(call, entity, 'Access denied'));
    return { result: [] };
  });
}

function batchImport(call: Call, entity: Entity) {
  const data = phpEntries(param(call, 'data'));
  if (data === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {data}');
  if (data.length > MOST_IMPORTED) {
    throw new ApiError(400, 'MAX_IMPORT_BATCH_SIZE_EXCEEDED', `You cannot import more than ${MOST_IMPORTED} items`);
  }
  const items = data.map(([, one]): Json => {
    const fields = phpObject(one) ?? {};
    try {
      const id = logged(call, 'create', entity.names.stream, fields, undefined, () =>
        addOne(call, entity, fields, 'import'),
      );
      return { item: { id: Number(id) } };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { error: error.code, error_description: error.message };
    }
  });
  return { result: { items }, seconds: 0.05 * data.length };
}

function describe(call: Call, entity: Entity): JsonObject {
  const original = saysYes(call, 'useOriginalUfNames');
  const rows: JsonObject = {};
  for (const field of entity.fields) {
    if (field.family === 'old') continue;
    const name = original && field.custom !== undefined ? field.upper : field.name;
    const shown = stageField(call, entity, field);
    rows[name] = { ...describeField(shown, universalType(field), field.title), upperName: field.upper };
  }
  return rows;
}

/** The directory of the stages depends on the pipeline; the description names that of the first one. */
function stageField(call: Call, entity: Entity, field: Field): Field {
  if (field.name !== 'stageId' && field.name !== 'previousStageId') return field;
  const { store } = call.portal;
  const first = intOf(
    param(call, 'categoryId') ?? store.categoriesOf(entity.names.typeId).find((one) => one.isDefault)?.id,
  );
  return { ...field, statusType: store.stageDirectory(entity, first) };
}

function rowOf(call: Call, entity: Entity, denial: string): number {
  const row = entity.table.rowOf(textOf(param(call, 'id') ?? null));
  if (row < 0) throw notFound('Element not found');
  const mayRead = readRight(call, entity);
  if (mayRead !== undefined && !mayRead(entity.table.record(row))) throw new ApiError(400, 'ACCESS_DENIED', denial);
  return row;
}

function rules(call: Call, mode: FieldRules['mode']): FieldRules {
  return { family: 'universal', mode, originalNames: saysYes(call, 'useOriginalUfNames') };
}

function checkPlan(call: Call, entity: Entity, code: string, sentence: string): void {
  const isProcess = entity.names.code.startsWith('DYNAMIC_');
  if (isProcess && !call.portal.settings.smart_processes_writable) throw new ApiError(400, code, sentence);
}
