import { type Json, type JsonObject, own } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, readRight, writing } from '../call.js';
import { addRecord, changeRecord, logged, removeRecord } from '../changes.js';
import type { Entity } from '../entity.js';
import { ApiError, legacyError } from '../errors.js';
import { type Field, storedName } from '../fields.js';
import { checkRequired, completeItem, readFields } from '../item-fields.js';
import { counted, readList, selectOld } from '../lists.js';
import { intOf, phpObject, textOf } from '../php.js';
import type { PortalStore } from '../store.js';
import { describeField, printOld } from '../values.js';
import { oldWays, wayTypes } from '../ways.js';

type Find = (store: PortalStore) => Entity;

const ITEMS: readonly (readonly [string, Find])[] = [
  ['crm.lead', (store) => store.leads],
  ['crm.deal', (store) => store.deals],
  ['crm.contact', (store) => store.contacts],
  ['crm.company', (store) => store.companies],
];

/** `crm.{lead,deal,contact,company}.*`: upper names, everything a text, bare results. */
export function addOldItemMethods(table: MethodTable): void {
  for (const [name, find] of ITEMS) {
    reading(table, 'crm', `${name}.fields`, (call) => ({ result: describeOld(find(call.portal.store)) }));
    reading(table, 'crm', `${name}.list`, (call) => list(call, find(call.portal.store)));
    reading(table, 'crm', `${name}.get`, (call) => ({ result: get(call, find(call.portal.store)) }));
    writing(table, 'crm', `${name}.add`, (call) => ({ result: add(call, find(call.portal.store)) }));
    writing(table, 'crm', `${name}.update`, (call) => ({ result: update(call, find(call.portal.store)) }));
    writing(table, 'crm', `${name}.delete`, (call) => ({ result: remove(call, find(call.portal.store)) }));
  }
}

/** A row of the old methods with these fields. */
export function oldRow(call: Call, record: JsonObject, fields: readonly Field[]): JsonObject {
  const row: JsonObject = {};
  for (const field of fields) {
    if (field.type === 'crm_multifield') {
      const ways = oldWays(record, field.upper);
      if (ways !== undefined) row[field.upper] = ways;
    } else row[field.upper] = printOld(field, own(record, storedName(field)), call.portal.around);
  }
  return row;
}

/** `crm.*.fields`: upper names; a custom field's title is its code, its captions stand beside. */
export function describeOld(entity: Entity): JsonObject {
  const rows: JsonObject = {};
  for (const field of entity.fields) {
    if (field.family === 'universal') continue;
    const captions = { listLabel: field.title, formLabel: field.title, filterLabel: field.title };
    const title = field.custom === undefined ? field.title : field.upper;
    rows[field.upper] = { ...describeField(field, field.type, title), ...(field.custom === undefined ? {} : captions) };
  }
  return rows;
}

/** The row of the record a call names by `id`; throws the old "ID is not defined", "Not found" and "Access denied". */
export function oldRecord(call: Call, entity: Entity, missing: ApiError = legacyError('Not found')): number {
  const id = intOf(param(call, 'id', 'ID'));
  if (id <= 0) throw legacyError('ID is not defined or invalid.');
  const row = entity.table.rowOf(String(id));
  if (row < 0) throw missing;
  const mayRead = readRight(call, entity);
  if (mayRead !== undefined && !mayRead(entity.table.record(row))) throw legacyError('Access denied.');
  return row;
}

/** The object under `fields`; throws the old error when it is none. */
export function oldFields(call: Call, name = 'fields'): JsonObject {
  const fields = phpObject(param(call, name, name.toUpperCase()));
  if (fields === undefined) throw legacyError(`Parameter '${name}' must be array.`);
  return fields;
}

function list(call: Call, entity: Entity) {
  const page = readList(call, entity, { family: 'old' });
  const fields = selectOld(call, entity);
  const result: Json = page.rows.map((row) => {
    const record = entity.table.record(row);
    const shown = oldRow(call, record, fields);
    // The lists print a missing link as "0" where get prints null.
    if (shown.COMPANY_ID === null && entity.kind === 'lead') shown.COMPANY_ID = '0';
    return shown;
  });
  return { result, ...counted(call, page) };
}

function get(call: Call, entity: Entity): JsonObject {
  const row = oldRecord(call, entity);
  note(call, { effect: 'lookup', stream: entity.names.stream, id: entity.table.idOf(row), status: 200 });
  const shown = entity.fields.filter(
    (field) => field.family !== 'universal' && (!field.isHidden || wayTypes.some((type) => type === field.upper)),
  );
  return oldRow(call, entity.table.record(row), shown);
}

function add(call: Call, entity: Entity): Json {
  const fields = oldFields(call);
  checkParams(call);
  return logged(call, 'create', entity.names.stream, fields, undefined, () => {
    const isImport = textOf(own(phpObject(param(call, 'params')) ?? {}, 'IMPORT')) === 'Y' && call.asker.user.isAdmin;
    const given = readFields(call, entity, fields, { family: 'old', mode: isImport ? 'import' : 'add' });
    checkRequired(entity, given, 'old');
    const record = completeItem(call.portal, entity, given, undefined, 'old', call.asker.user.id);
    return Number(addRecord(call, entity, record));
  });
}

function update(call: Call, entity: Entity): Json {
  const id = param(call, 'id', 'ID');
  const given = phpObject(param(call, 'fields', 'FIELDS'));
  return logged(call, 'update', entity.names.stream, given, id, () => {
    const missing = entity.kind === 'contact' ? legacyError('Contact is not found') : legacyError('Not found');
    const row = oldRecord(call, entity, missing);
    const fields = oldFields(call);
    checkParams(call);
    const before = entity.table.record(row);
    const changes = readFields(call, entity, fields, { family: 'old', mode: 'update' }, before);
    changeRecord(call, entity, row, completeItem(call.portal, entity, changes, before, 'old', call.asker.user.id));
    return true;
  });
}

function remove(call: Call, entity: Entity): Json {
  const id = param(call, 'id', 'ID');
  return logged(call, 'delete', entity.names.stream, undefined, id, () => {
    const missing =
      entity.kind === 'contact' ? new ApiError(400, 'ERROR_CORE', 'Element not found') : legacyError('Not found');
    removeRecord(call, entity, oldRecord(call, entity, missing));
    return true;
  });
}

function checkParams(call: Call): void {
  const params = param(call, 'params', 'PARAMS');
  if (params !== undefined && phpObject(params) === undefined) throw legacyError("Parameter 'params' must be array.");
}
