import type { Json, JsonObject } from '../kit/json.js';
import { actorOf, type Call, hidesUntil, note, ownKey } from './call.js';
import type { Entity } from './entity.js';
import { ApiError } from './errors.js';
import { intOf } from './php.js';
import { hashOfChanges } from './store.js';

/** Adds a record and writes it into the log; gives its id. */
export function addRecord(call: Call, entity: Entity, values: JsonObject): string {
  const id = call.portal.store.create(entity, values, actorOf(call), hidesUntil(call));
  note(call, {
    effect: 'create',
    stream: entity.names.stream,
    id,
    externalId: ownKey(values),
    hash: hashOfChanges(values),
    status: 200,
  });
  return id;
}

/** Changes a record and writes it into the log: 304 when nothing differed. */
export function changeRecord(call: Call, entity: Entity, row: number, changes: JsonObject): boolean {
  const id = entity.table.idOf(row);
  const isChanged = call.portal.store.update(entity, row, changes, actorOf(call));
  note(call, {
    effect: 'update',
    stream: entity.names.stream,
    id,
    externalId: ownKey(entity.table.record(row)),
    hash: hashOfChanges(changes),
    status: isChanged ? 200 : 304,
  });
  return isChanged;
}

export function removeRecord(call: Call, entity: Entity, row: number): void {
  const id = entity.table.idOf(row);
  const externalId = ownKey(entity.table.record(row));
  call.portal.store.remove(entity, row, actorOf(call));
  note(call, { effect: 'delete', stream: entity.names.stream, id, externalId, status: 200 });
}

/** Runs a write and writes its refusal into the log before passing it on. */
export function logged<Result>(
  call: Call,
  effect: 'create' | 'update' | 'delete',
  stream: string,
  given: JsonObject | undefined,
  id: Json | undefined,
  run: () => Result,
): Result {
  try {
    return run();
  } catch (error) {
    if (error instanceof ApiError) {
      const key =
        given === undefined ? '' : String(given.ORIGIN_ID ?? given.originId ?? given.XML_ID ?? given.xmlId ?? '');
      note(call, {
        effect,
        stream,
        id: id === undefined ? null : String(intOf(id)),
        externalId: key === '' ? null : key,
        hash: given === undefined ? undefined : hashOfChanges(given),
        status: /not found/i.test(error.message) ? 404 : error.status === 400 ? 422 : error.status,
      });
    }
    throw error;
  }
}
