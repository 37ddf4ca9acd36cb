import { hashOf } from '../../kit/effect-log.js';
import { type Answer, jsonAnswer, type VendorRequest } from '../../kit/exchange.js';
import type { CreatioUser } from '../auth/users.js';
import { missingPage } from '../odata/errors.js';
import type { QueryWorld } from '../world.js';

/** `/rest/FileApiService/UploadFile` (whole or in chunks) and `/rest/FileService/Download/<object>/<id>`. */
export class FileApi {
  /** Chunks of files that have not come whole. */
  readonly #begun = new Map<string, Buffer[]>();

  answer(request: VendorRequest, steps: readonly string[], world: QueryWorld, user: CreatioUser): Answer {
    const [service, verb, entity = '', id = ''] = steps;
    if (service === 'FileApiService' && verb === 'UploadFile' && request.method === 'POST')
      return this.#upload(request, world, user);
    if (service === 'FileService' && verb === 'Download' && request.method === 'GET')
      return download(world, entity, id);
    return missingPage();
  }

  #upload(request: VendorRequest, world: QueryWorld, user: CreatioUser): Answer {
    const name = request.query.get('entitySchemaName') ?? '';
    const id = (request.query.get('fileId') ?? '').toLowerCase();
    const total = Number(request.query.get('totalFileLength') ?? request.body.length);
    const entity = world.model.entity(name);
    if (entity === undefined || id === '') return refusal('File parameters are not valid.');
    if (total > world.settings.max_file_size)
      return refusal(`Maximum file size of ${world.settings.max_file_size} bytes is exceeded.`);
    const whole = this.#collected(`${name}/${id}`, request, total);
    if (whole === undefined) return jsonAnswer(200, { success: true });
    const parent = request.query.get('parentColumnName') ?? '';
    const fields = {
      Name: request.query.get('fileName') ?? 'file',
      [`${parent}Id`]: request.query.get('parentColumnValue')?.toLowerCase() ?? null,
      Size: whole.length,
      TotalSize: whole.length,
      Uploaded: true,
    };
    const context = { user, hash: hashOf(whole), effect: request.effect.bind(request) };
    const { rows } = world.store.table(name);
    const row = rows.rowOf(id);
    if (row < 0) world.writer.create(entity, { ...fields, Id: id }, context);
    else world.writer.update(entity, row, fields, context);
    const type = request.query.get('mimeType') ?? 'application/octet-stream';
    world.files.put(name, id, request.query.get('columnName') ?? 'Data', whole, type);
    return jsonAnswer(200, { success: true });
  }

  /** The whole file once its last byte is there. */
  #collected(key: string, request: VendorRequest, total: number): Buffer | undefined {
    const range = /bytes (\d+)-(\d+)\/(\d+)/.exec(request.header('content-range') ?? '');
    const first = Number(range?.[1] ?? 0);
    const pieces = first === 0 ? [] : (this.#begun.get(key) ?? []);
    pieces.push(request.body);
    const whole = Buffer.concat(pieces);
    if (whole.length >= total) {
      this.#begun.delete(key);
      return whole;
    }
    this.#begun.set(key, pieces);
    return undefined;
  }
}

function download(world: QueryWorld, name: string, id: string): Answer {
  const entity = world.model.entity(name);
  const record = entity === undefined ? undefined : world.store.find(name, id);
  const held = record === undefined ? undefined : world.files.get(name, record, 'Data');
  if (record === undefined || held === undefined) return missingPage();
  const fileName = encodeURIComponent(String(record.Name ?? 'file'));
  return {
    status: 200,
    headers: { 'content-type': held.type, 'content-disposition': `attachment; filename*=UTF-8''${fileName}` },
    body: held.bytes,
  };
}

function refusal(message: string): Answer {
  return jsonAnswer(400, {
    success: false,
    error: message,
    errorInfo: { errorCode: 'InvalidFile', message, stackTrace: null },
  });
}
