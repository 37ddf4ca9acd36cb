import { type Json, type JsonObject, own } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { addRecord, changeRecord, logged, removeRecord } from '../changes.js';
import { ApiError, legacyError, notFound } from '../errors.js';
import { readFields } from '../item-fields.js';
import { counted, readList, selectOld } from '../lists.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { describeOld, oldFields, oldRow } from './old-items.js';

const TYPES = [1, 2, 3, 4, 5, 6];

/** `crm.activity.*`: calls, meetings, letters and to-dos, and what they hang on. */
export function addActivityMethods(table: MethodTable): void {
  reading(table, 'crm', 'crm.activity.fields', (call) => ({ result: describeOld(call.portal.store.activities) }));
  reading(table, 'crm', 'crm.activity.list', list);
  reading(table, 'crm', 'crm.activity.get', (call) => ({ result: get(call) }));
  writing(table, 'crm', 'crm.activity.add', add);
  writing(table, 'crm', 'crm.activity.update', update);
  writing(table, 'crm', 'crm.activity.delete', (call) => {
    removeRecord(call, call.portal.store.activities, rowOf(call));
    return { result: true };
  });
  writing(table, 'crm', 'crm.activity.todo.add', addTodo);
  reading(table, 'crm', 'crm.activity.binding.list', (call) => {
    const { activities } = call.portal.store;
    const row = activities.table.rowOf(textOf(param(call, 'activityId') ?? null));
    if (row < 0) throw notFound('Not found.');
    const bindings = phpEntries(own(activities.table.record(row), 'bindings')) ?? [];
    return {
      result: bindings.map(([, part]) => {
        const { OWNER_TYPE_ID = 0, OWNER_ID = 0 } = phpObject(part) ?? {};
        return { entityTypeId: intOf(OWNER_TYPE_ID), entityId: intOf(OWNER_ID) };
      }),
    };
  });
}

function list(call: Call) {
  const { activities } = call.portal.store;
  const page = readList(call, activities, { family: 'old' });
  const fields = selectOld(call, activities);
  const asked = phpEntries(param(call, 'select', 'SELECT'))?.map(([, name]) => textOf(name)) ?? [];
  const result: Json = page.rows.map((row) => {
    const record = activities.table.record(row);
    const shown = oldRow(call, record, fields);
    // These three come only when they are asked for by name.
    if (asked.includes('COMMUNICATIONS')) shown.COMMUNICATIONS = own(record, 'communications') ?? [];
    if (asked.includes('BINDINGS')) shown.BINDINGS = own(record, 'bindings') ?? [];
    if (asked.includes('FILES')) shown.FILES = filesOf(call, record);
    return shown;
  });
  return { result, ...counted(call, page) };
}

function get(call: Call): JsonObject {
  const { activities } = call.portal.store;
  const row = rowOf(call);
  note(call, { effect: 'lookup', stream: 'activities', id: activities.table.idOf(row), status: 200 });
  const record = activities.table.record(row);
  const files = filesOf(call, record);
  const shown = oldRow(
    call,
    record,
    activities.fields.filter(({ isHidden }) => !isHidden),
  );
  return files.length === 0 ? shown : { ...shown, FILES: files };
}

function filesOf(call: Call, record: JsonObject): JsonObject[] {
  const ids = own(record, 'files');
  return (Array.isArray(ids) ? ids : []).map((id) => ({ id: intOf(id), url: call.portal.around.fileLink(intOf(id)) }));
}

function rowOf(call: Call): number {
  const id = intOf(param(call, 'id', 'ID'));
  if (id <= 0) throw legacyError('ID is not defined or invalid.');
  const row = call.portal.store.activities.table.rowOf(String(id));
  if (row < 0) throw legacyError('Activity is not found.');
  return row;
}

function add(call: Call) {
  const fields = oldFields(call);
  const { store } = call.portal;
  return logged(call, 'create', 'activities', fields, undefined, () => {
    const record = readFields(call, store.activities, fields, { family: 'old', mode: 'add' });
    if (textOf(own(record, 'subject') ?? null) === '') throw legacyError('The field SUBJECT is not defined or empty.');
    if (!TYPES.includes(intOf(own(record, 'typeId'))))
      throw legacyError('The field TYPE_ID is not defined or invalid.');
    if (intOf(own(record, 'assignedById')) <= 0) {
      throw legacyError('The field RESPONSIBLE_ID is not defined or invalid.');
    }
    if (own(record, 'typeId') === 6 && textOf(own(record, 'providerId') ?? null) === '') {
      throw legacyError('The custom activity without provider is not supported in current context.');
    }
    const ways = phpEntries(own(fields, 'COMMUNICATIONS'));
    if (ways === undefined || ways.length === 0) {
      throw legacyError('The field COMMUNICATIONS is not defined or invalid.');
    }
    if (own(record, 'typeId') === 2 && ways.length > 1) {
      throw legacyError('The only one communication is allowed for activity of specified type.');
    }
    const owner = ownerOf(call, own(fields, 'OWNER_TYPE_ID'), own(fields, 'OWNER_ID'), ways[0]?.[1]);
    return {
      result: Number(
        addRecord(call, store.activities, { ...defaults(call), ...record, ...owner, ...extras(call, fields) }),
      ),
    };
  });
}

function update(call: Call) {
  const fields = oldFields(call);
  const { activities } = call.portal.store;
  return logged(call, 'update', 'activities', fields, param(call, 'id', 'ID'), () => {
    const row = rowOf(call);
    const changes = readFields(
      call,
      activities,
      fields,
      { family: 'old', mode: 'update' },
      activities.table.record(row),
    );
    if (own(changes, 'subject') === null) throw legacyError('The field SUBJECT is not defined or empty.');
    if (own(changes, 'completed') !== undefined) changes.status = changes.completed === 'Y' ? 2 : 1;
    changeRecord(call, activities, row, { ...changes, ...extras(call, fields) });
    return { result: true };
  });
}

function addTodo(call: Call) {
  return logged(call, 'create', 'activities', undefined, undefined, () => {
    const [typeId, ownerId] = [param(call, 'ownerTypeId'), param(call, 'ownerId')];
    if (typeId === undefined || ownerId === undefined || param(call, 'deadline') === undefined) {
      throw new ApiError(
        400,
        '100',
        `Could not find value for parameter {${typeId === undefined ? 'ownerTypeId' : 'deadline'}}`,
      );
    }
    const deadline = call.portal.around.time.readMoment(textOf(param(call, 'deadline')));
    if (deadline === undefined) throw new ApiError(400, 'WRONG_DATETIME_FORMAT', 'Wrong datetime format.');
    const entity = call.portal.store.item(intOf(typeId));
    if (entity === undefined || entity.table.rowOf(String(intOf(ownerId))) < 0) throw notFound('Not found.');
    const responsible = intOf(param(call, 'responsibleId')) || call.asker.user.id;
    const id = addRecord(call, call.portal.store.activities, {
      ...defaults(call),
      ...ownerOf(call, typeId, ownerId, undefined),
      typeId: 6,
      providerId: 'CRM_TODO',
      providerTypeId: 'TODO',
      subject: textOf(param(call, 'title')) || 'Дело',
      description: textOf(param(call, 'description')),
      assignedById: responsible,
      startTime: deadline,
      endTime: deadline,
      deadline,
    });
    return { result: { id: Number(id) } };
  });
}

function defaults(call: Call): JsonObject {
  return {
    associatedEntityId: 0,
    completed: 'N',
    status: 1,
    priority: 1,
    notifyType: 0,
    notifyValue: 0,
    description: '',
    descriptionType: 1,
    direction: 0,
    location: '',
    assignedById: call.asker.user.id,
    resultMark: 0,
    resultStatus: 0,
    autocompleteRule: 0,
  };
}

/** What the activity hangs on: the given owner, or whom the first communication belongs to. */
function ownerOf(call: Call, type: Json | undefined, id: Json | undefined, way: Json | undefined): JsonObject {
  const first = phpObject(way) ?? {};
  const ownerTypeId = intOf(type) || intOf(own(first, 'ENTITY_TYPE_ID'));
  const ownerId = intOf(id) || intOf(own(first, 'ENTITY_ID'));
  const entity = call.portal.store.item(ownerTypeId);
  if (entity === undefined || entity.table.rowOf(String(ownerId)) < 0) {
    throw legacyError(
      'Could not build binding. Please ensure that owner info and communications are defined correctly.',
    );
  }
  const owner = { OWNER_ID: String(ownerId), OWNER_TYPE_ID: String(ownerTypeId) };
  const [wayType, wayOwner] = [intOf(own(first, 'ENTITY_TYPE_ID')), intOf(own(first, 'ENTITY_ID'))];
  const isOther = wayOwner > 0 && (wayType !== ownerTypeId || wayOwner !== ownerId);
  const more = isOther ? [{ OWNER_ID: String(wayOwner), OWNER_TYPE_ID: String(wayType) }] : [];
  return { ownerTypeId, ownerId, bindings: [owner, ...more] };
}

/** Communications and files, which are no plain values. */
function extras(call: Call, fields: JsonObject): JsonObject {
  const result: JsonObject = {};
  const ways = phpEntries(own(fields, 'COMMUNICATIONS'));
  if (ways !== undefined) {
    result.communications = ways.map(([, part], index) => {
      const { VALUE = '', ENTITY_ID = '0', ENTITY_TYPE_ID = '0', TYPE = '' } = phpObject(part) ?? {};
      return {
        ID: String(index + 1),
        TYPE: textOf(TYPE),
        VALUE: textOf(VALUE),
        ENTITY_ID: textOf(ENTITY_ID),
        ENTITY_TYPE_ID: textOf(ENTITY_TYPE_ID),
      };
    });
  }
  const files = phpEntries(own(fields, 'FILES'));
  if (files !== undefined) result.files = files.flatMap(([, part]) => savedFile(call, part));
  return result;
}

/** A file given as `{fileData: [name, base64]}` or `[name, base64]`, or one that is on the disk already. */
export function savedFile(call: Call, sent: Json): number[] {
  const { store } = call.portal;
  const given = phpObject(sent);
  const pair = given === undefined ? undefined : (phpEntries(own(given, 'fileData')) ?? phpEntries(sent));
  const [name, content] = pair?.map(([, part]) => part) ?? [];
  if (typeof name === 'string' && typeof content === 'string') {
    return [store.files.add(name, Buffer.from(content, 'base64'), store.now(), call.asker.user.id).id];
  }
  const id = intOf(textOf(sent).replace(/^n/, ''));
  return store.files.get(id) === undefined ? [] : [id];
}
