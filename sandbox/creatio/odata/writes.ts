import { hashOf } from '../../kit/effect-log.js';
import type { Answer } from '../../kit/exchange.js';
import type { JsonObject } from '../../kit/json.js';
import { parseShape } from '../query/options.js';
import type { EntitySpec } from '../schema/model.js';
import type { WriteContext } from '../writing/writer.js';
import { readBody } from './bodies.js';
import type { ODataCall } from './call.js';
import { aspNetError, notFound, ODATA_HEADERS, odataError } from './errors.js';
import { pathsFor, visibleRecord } from './reads.js';
import { Renderer } from './render.js';

/** `POST /Contact`: 201 with the whole record. */
export function create(call: ODataCall, entity: EntitySpec): Answer {
  const { world } = call;
  const context = contextOf(call);
  const given = refusedNoted('create', call, entity, null, context, () => bodyOf(call, entity, true));
  const record = world.writer.create(entity, given, context);
  if (world.random.chance(world.settings.error_after_write)) {
    return aspNetError('Object reference not set to an instance of an object.', 'System.NullReferenceException');
  }
  return created(call, entity, record);
}

/** `PATCH /Contact(guid)`: 204. */
export function change(call: ODataCall, entity: EntitySpec, id: string): Answer {
  const { world } = call;
  const { rows } = world.store.table(entity.name);
  const context = contextOf(call);
  const given = refusedNoted('update', call, entity, id, context, () => bodyOf(call, entity, false));
  if (visibleRecord(call, entity, id) === undefined) {
    if (world.settings.patch_missing === 'created' && rows.rowOf(id) < 0) {
      world.writer.create(entity, { ...given, Id: id }, context);
      return noContent();
    }
    world.writer.missed('update', entity, id, context);
    return world.settings.patch_missing === 'not_found' ? notFound(world.settings) : noContent();
  }
  world.writer.update(entity, rows.rowOf(id), given, context);
  return noContent();
}

/** `DELETE /Contact(guid)`: 204. */
export function remove(call: ODataCall, entity: EntitySpec, id: string): Answer {
  const { world } = call;
  const { rows } = world.store.table(entity.name);
  const context = contextOf(call);
  if (visibleRecord(call, entity, id) === undefined) {
    world.writer.missed('delete', entity, id, context);
    return world.settings.delete_missing === 'not_found' ? notFound(world.settings) : noContent();
  }
  world.writer.remove(entity, rows.rowOf(id), context);
  world.files.drop(entity.name, id);
  return noContent();
}

/** `PUT /Contact(guid)/ContactPhoto` with the bytes themselves. */
export function putStream(call: ODataCall, entity: EntitySpec, id: string, column: string): Answer {
  const { world } = call;
  const { rows } = world.store.table(entity.name);
  const row = rows.rowOf(id);
  if (row < 0) return notFound(world.settings);
  if (call.body.length > world.settings.max_file_size) return tooLarge(world.settings.max_file_size);
  world.files.put(entity.name, id, column, call.body, call.contentType || 'application/octet-stream');
  world.writer.update(entity, row, {}, contextOf(call));
  return noContent();
}

function tooLarge(most: number): Answer {
  const message = `Maximum file size of ${most} bytes is exceeded.`;
  return odataError(400, message, { message, type: '', stacktrace: '' });
}

function created(call: ODataCall, entity: EntitySpec, record: JsonObject): Answer {
  const paths = pathsFor(call);
  const renderer = new Renderer(call, paths);
  const shape = parseShape(entity, null, null, paths, call.world.model);
  const head = `${renderer.contextOf(entity.name, true, null)},`;
  const location = `${call.root}/${entity.name}(${String(record.Id)})`;
  return { status: 201, headers: { ...ODATA_HEADERS, location }, body: renderer.record(shape, record, head) };
}

function bodyOf(call: ODataCall, entity: EntitySpec, isCreate: boolean): JsonObject {
  const { settings, clock } = call.world;
  return readBody(call.body, { entity, settings, isCreate, contentType: call.contentType, now: clock.now() });
}

/** A body that cannot be read is a refused write, and the log says so. */
function refusedNoted(
  effect: 'create' | 'update',
  call: ODataCall,
  entity: EntitySpec,
  id: string | null,
  context: WriteContext,
  read: () => JsonObject,
): JsonObject {
  try {
    return read();
  } catch (error) {
    call.effect({ effect, stream: entity.name, id, hash: context.hash, status: 422 });
    throw error;
  }
}

function contextOf({ user, effect, hiddenUntil, body }: ODataCall): WriteContext {
  return { user, effect, hiddenUntil, hash: hashOf(body) };
}

function noContent(): Answer {
  return { status: 204, headers: { 'odata-version': '4.0' } };
}
