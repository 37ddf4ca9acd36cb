import { type JsonObject, own } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { addRecord, changeRecord, logged, removeRecord } from '../changes.js';
import { ApiError, legacyError, notFound } from '../errors.js';
import { counted, readList, selectOld } from '../lists.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { savedFile } from './activities.js';
import { describeOld, oldRow } from './old-items.js';

/** `crm.timeline.comment.*`: notes in the timeline of an item, with files. */
export function addCommentMethods(table: MethodTable): void {
  reading(table, 'crm', 'crm.timeline.comment.fields', (call) => ({ result: describeOld(call.portal.store.comments) }));
  reading(table, 'crm', 'crm.timeline.comment.list', list);
  reading(table, 'crm', 'crm.timeline.comment.get', (call) => {
    const id = intOf(param(call, 'id', 'ID'));
    if (id <= 0) throw legacyError('ID is not defined or invalid.');
    const { comments } = call.portal.store;
    const row = comments.table.rowOf(String(id));
    if (row < 0) throw legacyError('Not found.');
    note(call, { effect: 'lookup', stream: 'comments', id: String(id), status: 200 });
    return { result: shown(call, comments.table.record(row)) };
  });
  writing(table, 'crm', 'crm.timeline.comment.add', add);
  writing(table, 'crm', 'crm.timeline.comment.update', update);
  writing(table, 'crm', 'crm.timeline.comment.delete', (call) => {
    logged(call, 'delete', 'comments', undefined, param(call, 'id'), () => {
      removeRecord(call, call.portal.store.comments, rowOf(call));
    });
    return { result: null };
  });
}

function list(call: Call) {
  const { comments } = call.portal.store;
  const filter = phpObject(param(call, 'filter', 'FILTER')) ?? {};
  const names = Object.keys(filter).map((key) => key.replace(/^[=@]/, ''));
  // A timeline belongs to one item: without it, and with it unknown, the portal says that access is denied.
  if (!names.includes('ENTITY_ID') || !names.includes('ENTITY_TYPE')) throw legacyError('Access denied.');
  const page = readList(call, comments, { family: 'old', isPublic: true });
  const fields = new Set(selectOld(call, comments).map(({ upper }) => upper));
  const result = page.rows.map((row) => {
    const whole = shown(call, comments.table.record(row));
    return Object.fromEntries(Object.entries(whole).filter(([name]) => fields.has(name)));
  });
  return { result, ...counted(call, page) };
}

function shown(call: Call, record: JsonObject): JsonObject {
  const { comments, files } = call.portal.store;
  const row = oldRow(call, record, comments.fields);
  const ids = own(record, 'files');
  if (!Array.isArray(ids) || ids.length === 0) {
    delete row.FILES;
    return row;
  }
  const entries = ids.flatMap((id) => {
    const file = files.get(intOf(id));
    if (file === undefined) return [];
    const link = call.portal.around.fileLink(file.id);
    const date = call.portal.around.time.text(file.createdAt);
    const details = {
      name: file.name,
      size: file.bytes.length,
      authorId: file.createdBy,
      urlShow: link,
      urlDownload: link,
    };
    return [[String(file.id), { id: file.id, date, type: 'file', ...details }] as const];
  });
  return { ...row, FILES: Object.fromEntries(entries) };
}

function add(call: Call) {
  const fields = phpObject(param(call, 'fields', 'FIELDS'));
  return logged(call, 'create', 'comments', fields, undefined, () => {
    if (fields === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {fields}');
    const entityType = textOf(own(fields, 'ENTITY_TYPE')).toLowerCase();
    const entityId = intOf(own(fields, 'ENTITY_ID'));
    const { store } = call.portal;
    const owner = store.items.find(({ names }) => names.code.toLowerCase() === entityType);
    if (owner === undefined || owner.table.rowOf(String(entityId)) < 0) {
      throw new ApiError(400, 'OWNER_NOT_FOUND', 'Owner was not found.');
    }
    const comment = textOf(own(fields, 'COMMENT'));
    if (comment === '') throw new ApiError(400, 'INVALID_ARG_VALUE', 'Empty comment.');
    const files = (phpEntries(own(fields, 'FILES')) ?? []).flatMap(([, part]) => savedFile(call, part));
    const record: JsonObject = { entityId, entityType, owner: `${entityType}_${entityId}`, comment };
    // With params IMPORT-like moments a note keeps its author; plain ones are the asker's.
    const author = intOf(own(fields, 'AUTHOR_ID'));
    if (author > 0 && call.asker.user.isAdmin) record.createdBy = author;
    if (files.length > 0) record.files = files;
    return { result: Number(addRecord(call, store.comments, record)) };
  });
}

function update(call: Call) {
  const fields = phpObject(param(call, 'fields', 'FIELDS'));
  return logged(call, 'update', 'comments', fields, param(call, 'id', 'ID'), () => {
    const row = rowOf(call);
    const comment = textOf(own(fields ?? {}, 'COMMENT'));
    if (comment === '') throw new ApiError(400, 'INVALID_ARG_VALUE', 'Empty comment.');
    const sent = phpEntries(own(fields ?? {}, 'FILES'));
    const files = sent?.flatMap(([, part]) => savedFile(call, part));
    changeRecord(call, call.portal.store.comments, row, { comment, ...(files === undefined ? {} : { files }) });
    return { result: intOf(param(call, 'id', 'ID')) };
  });
}

function rowOf(call: Call): number {
  const row = call.portal.store.comments.table.rowOf(String(intOf(param(call, 'id', 'ID'))));
  if (row < 0) throw notFound('Not found.');
  return row;
}
