import type { Answer } from '../kit/exchange.js';
import { isObject } from '../kit/json.js';
import { errors, hal, invalid, noContent, notFound } from './answers.js';
import { itemsOf } from './batches.js';
import { type Call, selfLink } from './call.js';
import { shownFile } from './drive.js';
import type { EntityName } from './streams.js';

/** `/{entity}/{id}/files`: which files of the file service belong to a record. */
export function answerEntityFiles(call: Call, entity: EntityName, id: number): Answer {
  const { request, store } = call;
  const { drive } = store;
  const owner = `${entity}:${id}`;
  const path = `${entity}/${id}/files`;
  if (request.method === 'GET') {
    request.effect({ effect: 'read', stream: 'files', status: 200 });
    const files = drive.attachedTo(owner).flatMap((uuid) => drive.files.get(uuid) ?? []);
    if (files.length === 0) return noContent;
    const shown = files.map((file, index) => ({ ...shownFile(call.base, file), id: index + 1, file_uuid: file.uuid }));
    return hal({ _links: selfLink(call, path), _embedded: { files: shown } });
  }
  if (request.method !== 'PUT' && request.method !== 'DELETE') return notFound();
  const uuids = itemsOf(call).map((item) => (isObject(item) ? String(item.file_uuid) : ''));
  const refused = uuids.flatMap((uuid, index) =>
    drive.files.has(uuid) ? [] : [{ request_id: String(index), errors: [errors.choice('file_uuid')] }],
  );
  if (refused.length > 0) return invalid(refused);
  for (const uuid of uuids) {
    if (request.method === 'PUT') drive.attach(owner, uuid);
    else drive.detach(owner, uuid);
    const effect = request.method === 'PUT' ? 'create' : 'delete';
    request.effect({ effect, stream: 'file_links', id: `${owner}-${uuid}`, status: 200 });
  }
  if (request.method === 'DELETE') return noContent;
  return hal({ _links: selfLink(call, path), _embedded: { files: uuids.map((uuid) => ({ file_uuid: uuid, id: 1 })) } });
}
