import { type Answer, jsonAnswer } from '../kit/exchange.js';
import { isObject, type JsonObject, own } from '../kit/json.js';
import type { Call } from './call.js';
import { type DriveFile, LARGEST_FILE, LARGEST_PART, shownFile } from './drive.js';
import { pageOf } from './lists.js';

/** The file service, which real accounts have on a host of its own: `/v1.0/...` and `/download/...`. */
export function answerDrive(call: Call): Answer {
  const { request, store } = call;
  const { drive } = store;
  const [head, first, second, third] = request.segments.slice(request.segments.indexOf(call.segments[0] ?? ''));
  if (head === 'download') return download(drive.files.get(first ?? ''));
  if (first === 'sessions' && request.method === 'POST') {
    return second === 'upload' && third !== undefined ? takePart(call, third) : open(call);
  }
  if (first !== 'files') return plain(404, 'Not Found');
  if (second === undefined) {
    if (request.method === 'GET') return list(call);
    return request.method === 'DELETE' ? removeAll(call) : plain(405, 'Method Not Allowed');
  }
  const file = drive.files.get(second);
  if (file === undefined) return plain(404, 'Not Found');
  if (request.method === 'PATCH') {
    const body = request.json();
    if (isObject(body) && typeof body.name === 'string') file.name = body.name;
    file.updatedAt = store.now();
    request.effect({ effect: 'update', stream: 'files', id: file.uuid, status: 200 });
  }
  return jsonAnswer(200, shownFile(call.base, file));
}

function open(call: Call): Answer {
  const body = call.request.json();
  const given: JsonObject = isObject(body) ? body : {};
  const [name, size] = [own(given, 'file_name'), own(given, 'file_size')];
  if (typeof name !== 'string' || typeof size !== 'number' || size > LARGEST_FILE) return jsonAnswer(400, {});
  const type = own(given, 'content_type');
  const { id, token } = call.store.drive.open(name, size, typeof type === 'string' ? type : 'application/octet-stream');
  return jsonAnswer(200, {
    max_file_size: LARGEST_FILE,
    max_part_size: LARGEST_PART,
    session_id: id,
    upload_url: `${call.base}/v1.0/sessions/upload/${token}`,
  });
}

function takePart(call: Call, token: string): Answer {
  const { request, store } = call;
  if (request.body.length > LARGEST_PART) return plain(413, 'Request Entity Too Large');
  const taken = store.drive.take(token, Buffer.from(request.body), call.by, store.now());
  if (taken === undefined) return plain(403, 'Forbidden');
  if ('next' in taken)
    return jsonAnswer(202, { session_id: taken.id, next_url: `${call.base}/v1.0/sessions/upload/${taken.next}` });
  request.effect({ effect: 'create', stream: 'files', id: taken.uuid, externalId: taken.name, status: 201 });
  return jsonAnswer(200, shownFile(call.base, taken));
}

function list(call: Call): Answer {
  const { page, limit } = pageOf(call.query, 250, 50);
  const files = [...call.store.drive.files.values()].filter(({ deletedAt }) => deletedAt === null);
  const start = (page - 1) * limit;
  const part = files.slice(start, start + limit);
  call.request.effect({ effect: 'read', stream: 'files', status: 200 });
  const next =
    start + part.length < files.length
      ? { next: { href: `${call.base}/v1.0/files?page=${page + 1}&limit=${limit}` } }
      : {};
  return jsonAnswer(200, {
    _count: part.length,
    _links: { self: { href: `${call.base}${call.target}` }, ...next },
    _embedded: { files: part.map((file) => shownFile(call.base, file)) },
  });
}

function removeAll(call: Call): Answer {
  const body = call.request.json();
  const uuids = (Array.isArray(body) ? body : []).flatMap((part: unknown) =>
    isObject(part) ? [String(part.uuid)] : [],
  );
  for (const uuid of uuids) {
    const file = call.store.drive.files.get(uuid);
    if (file !== undefined) file.deletedAt = call.store.now();
    call.request.effect({ effect: 'delete', stream: 'files', id: uuid, status: file === undefined ? 404 : 200 });
  }
  return { status: 204 };
}

function download(file: DriveFile | undefined): Answer {
  if (file === undefined || file.deletedAt !== null) return plain(404, 'Not Found');
  return { status: 200, headers: { 'content-type': file.mimeType }, body: file.bytes };
}

/** The file service's errors are plain texts. */
export function plain(status: number, text: string): Answer {
  return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: text };
}
