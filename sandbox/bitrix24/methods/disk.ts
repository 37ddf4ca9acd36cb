import { type Json, type JsonObject, own } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { ApiError } from '../errors.js';
import type { StoredFile } from '../files.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { PAGE } from '../query.js';

const STORAGE = '13';
const ROOT = '21';

/** The disk: one common storage with one folder, files up and down. */
export function addDiskMethods(table: MethodTable): void {
  reading(table, 'disk', 'disk.storage.getlist', () => ({
    result: [
      {
        ID: STORAGE,
        NAME: 'Общий диск',
        CODE: null,
        MODULE_ID: 'disk',
        ENTITY_TYPE: 'common',
        ENTITY_ID: 'shared_files_s1',
        ROOT_OBJECT_ID: ROOT,
      },
    ],
    total: 1,
  }));
  const children = (call: Call) => {
    const start = Math.max(0, intOf(param(call, 'start')));
    const files = [...call.portal.store.files.all()];
    const rows = files.slice(start, start + PAGE).map((file) => fileRow(call, file));
    return { result: rows, total: files.length, ...(start + PAGE < files.length ? { next: start + PAGE } : {}) };
  };
  reading(table, 'disk', 'disk.storage.getchildren', children);
  reading(table, 'disk', 'disk.folder.getchildren', children);
  reading(table, 'disk', 'disk.file.get', (call) => {
    if (param(call, 'id') === undefined)
      throw new ApiError(400, 'ERROR_ARGUMENT', 'Invalid value of parameter {Parameter #0}');
    const file = call.portal.store.files.get(intOf(param(call, 'id')));
    if (file === undefined) throw missing(call);
    note(call, { effect: 'lookup', stream: 'files', id: String(file.id), status: 200 });
    return { result: fileRow(call, file) };
  });
  // Files go up in a request of their own.
  const upload = (known: string) => (call: Call) => {
    if (textOf(param(call, 'id')) !== known) throw missing(call);
    const name = textOf(own(phpObject(param(call, 'data')) ?? {}, 'NAME'));
    if (name === '') {
      throw new ApiError(400, 'DISK_BASE_SERVICE_22001', 'Error: required parameter NAME (DISK_BASE_SERVICE_22001)');
    }
    const bytes = contentOf(param(call, 'fileContent'));
    if (bytes === undefined) throw new ApiError(400, 'ERROR_COULD_NOT_SAVE_FILE', 'Could not save file');
    const file = call.portal.store.files.add(name, bytes, call.portal.store.now(), call.asker.user.id);
    note(call, { effect: 'create', stream: 'files', id: String(file.id), externalId: name, status: 200 });
    return { result: { ...fileRow(call, file), ID: file.id, FILE_ID: file.id } };
  };
  writing(table, 'disk', 'disk.storage.uploadfile', upload(STORAGE), { notInBatch: true });
  writing(table, 'disk', 'disk.folder.uploadfile', upload(ROOT), { notInBatch: true });
}

function contentOf(sent: Json | undefined): Buffer | undefined {
  const parts = phpEntries(sent)?.map(([, part]) => textOf(part));
  const content = parts === undefined ? textOf(sent) : (parts[1] ?? '');
  return content === '' ? undefined : Buffer.from(content, 'base64');
}

function missing(call: Call): ApiError {
  return new ApiError(400, 'ERROR_NOT_FOUND', `Could not find entity with id \`${textOf(param(call, 'id'))}\``);
}

function fileRow(call: Call, file: StoredFile): JsonObject {
  const at = call.portal.around.time.text(file.createdAt);
  return {
    ID: String(file.id),
    NAME: file.name,
    CODE: null,
    STORAGE_ID: STORAGE,
    TYPE: 'file',
    PARENT_ID: ROOT,
    DELETED_TYPE: '0',
    GLOBAL_CONTENT_VERSION: '1',
    FILE_ID: String(file.id),
    SIZE: String(file.bytes.length),
    CREATE_TIME: at,
    UPDATE_TIME: at,
    DELETE_TIME: null,
    CREATED_BY: String(file.createdBy),
    UPDATED_BY: String(file.createdBy),
    DELETED_BY: '0',
    DOWNLOAD_URL: call.portal.around.fileLink(file.id),
    DETAIL_URL: `${call.portal.baseUrl()}/docs/file/${encodeURIComponent(file.name)}`,
  };
}
