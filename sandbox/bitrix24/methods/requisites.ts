import { own } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { addRecord, changeRecord, logged, removeRecord } from '../changes.js';
import { legacyError } from '../errors.js';
import { readFields } from '../item-fields.js';
import { counted, readList, selectOld } from '../lists.js';
import { intOf, textOf } from '../php.js';
import { describeOld, oldFields, oldRow } from './old-items.js';

/** `crm.requisite.*`: tax numbers and legal names of companies and contacts. */
export function addRequisiteMethods(table: MethodTable): void {
  reading(table, 'crm', 'crm.requisite.fields', (call) => ({ result: describeOld(call.portal.store.requisites) }));
  reading(table, 'crm', 'crm.requisite.list', (call) => {
    const { requisites } = call.portal.store;
    const page = readList(call, requisites, { family: 'old', isPublic: true });
    const fields = selectOld(call, requisites);
    const result = page.rows.map((row) => oldRow(call, requisites.table.record(row), fields));
    return { result, ...counted(call, page) };
  });
  reading(table, 'crm', 'crm.requisite.get', (call) => {
    const { requisites } = call.portal.store;
    const row = rowOf(call);
    note(call, { effect: 'lookup', stream: 'requisites', id: requisites.table.idOf(row), status: 200 });
    return { result: oldRow(call, requisites.table.record(row), requisites.fields) };
  });
  reading(table, 'crm', 'crm.requisite.preset.list', () => ({
    result: [
      { ID: '1', ENTITY_TYPE_ID: '8', COUNTRY_ID: '1', NAME: 'Организация', ACTIVE: 'Y', SORT: '500' },
      { ID: '3', ENTITY_TYPE_ID: '8', COUNTRY_ID: '1', NAME: 'ИП', ACTIVE: 'Y', SORT: '510' },
      { ID: '5', ENTITY_TYPE_ID: '8', COUNTRY_ID: '1', NAME: 'Физ. лицо', ACTIVE: 'Y', SORT: '520' },
    ],
    total: 3,
  }));
  writing(table, 'crm', 'crm.requisite.add', add);
  writing(table, 'crm', 'crm.requisite.update', (call) => {
    const fields = oldFields(call);
    const { requisites } = call.portal.store;
    const row = rowOf(call);
    changeRecord(call, requisites, row, readFields(call, requisites, fields, { family: 'old', mode: 'update' }));
    return { result: true };
  });
  writing(table, 'crm', 'crm.requisite.delete', (call) => {
    removeRecord(call, call.portal.store.requisites, rowOf(call));
    return { result: true };
  });
}

function add(call: Call) {
  const fields = oldFields(call);
  const { store } = call.portal;
  return logged(call, 'create', 'requisites', fields, undefined, () => {
    for (const name of ['ENTITY_TYPE_ID', 'ENTITY_ID', 'PRESET_ID']) {
      if (intOf(own(fields, name)) <= 0) throw legacyError(`${name} is not defined or invalid.`);
    }
    const owner = store.item(intOf(own(fields, 'ENTITY_TYPE_ID')));
    if (owner === undefined || owner.table.rowOf(textOf(own(fields, 'ENTITY_ID'))) < 0) {
      throw legacyError('Entity not found.');
    }
    const record = readFields(call, store.requisites, fields, { family: 'old', mode: 'add' });
    return {
      result: Number(addRecord(call, store.requisites, { active: 'Y', addressOnly: 'N', sort: 500, ...record })),
    };
  });
}

function rowOf(call: Call): number {
  const id = intOf(param(call, 'id', 'ID'));
  if (id <= 0) throw legacyError('ID is not defined or invalid.');
  const row = call.portal.store.requisites.table.rowOf(String(id));
  if (row < 0) throw legacyError(`The Requisite with ID '${id}' is not found`);
  return row;
}
