import { isObject, type JsonObject, own } from '../kit/json.js';
import { errors } from './answers.js';
import { readAttributes } from './attributes.js';
import { fieldsOf, mergedFields, readCustomFields } from './custom-values.js';
import type { ReadItem } from './entity-items.js';
import { taskTypes } from './people-at-work.js';
import type { AmoStore } from './store.js';
import { type EntityName, elementTypes, isEntity } from './streams.js';

const KEYS: ReadonlySet<string> = new Set(['id', 'request_id']);
const ELEMENT_KEYS: ReadonlySet<string> = new Set(['id', 'request_id', 'custom_fields_values']);

/** The kinds of notes and the part of `params` that each cannot do without. */
const NOTE_TYPES: Readonly<Record<string, readonly string[]>> = {
  common: ['text'],
  call_in: ['uniq', 'duration', 'source', 'phone'],
  call_out: ['uniq', 'duration', 'source', 'phone'],
  service_message: ['service', 'text'],
  extended_service_message: ['service', 'text'],
  message_cashier: ['status', 'shop', 'text'],
  invoice_paid: ['text', 'service', 'icon_url'],
  geolocation: ['text', 'address', 'longitude', 'latitude'],
  sms_in: ['text', 'phone'],
  sms_out: ['text', 'phone'],
  attachment: [],
};

/** Reads a task of a write. */
export function readTask(store: AmoStore, before: JsonObject | undefined, item: JsonObject, by: number): ReadItem {
  const { given, errors: wrong } = readAttributes(store, 'tasks', item, KEYS);
  const now = store.now();
  const after: JsonObject = {
    ...(before ?? {
      created_by: by,
      updated_by: by,
      created_at: now,
      updated_at: now,
      responsible_user_id: by === 0 ? store.owner.id : by,
      group_id: 0,
      entity_id: null,
      entity_type: null,
      duration: 0,
      is_completed: false,
      task_type_id: 1,
      text: '',
      result: [],
      complete_till: 0,
    }),
    ...given,
  };
  if (before === undefined && typeof given.text !== 'string') wrong.push(errors.missing('text'));
  if (before === undefined && given.complete_till === undefined) wrong.push(errors.missing('complete_till'));
  if (!taskTypes.some(({ id }) => id === after.task_type_id)) wrong.push(errors.choice('task_type_id'));
  const entity = after.entity_type;
  if (typeof entity === 'string' && typeof after.entity_id === 'number') {
    if (!isEntity(entity)) wrong.push(errors.choice('entity_type'));
    else if (!store.tables[entity].has(after.entity_id)) wrong.push(errors.choice('entity_id'));
    else after.owner = `${entity}:${after.entity_id}`;
  } else if (typeof given.entity_id === 'number') wrong.push(errors.missing('entity_type'));
  return { after, errors: wrong };
}

/** Reads a note of a write; `entityId` is that of the path, where it names one. */
export function readNote(
  store: AmoStore,
  entity: EntityName,
  entityId: number | undefined,
  before: JsonObject | undefined,
  item: JsonObject,
  by: number,
): ReadItem {
  const { given, errors: wrong } = readAttributes(store, 'notes', item, KEYS);
  const { is_need_to_trigger_digital_pipeline: _trigger, ...attributes } = given;
  const now = store.now();
  const after: JsonObject = {
    ...(before ?? {
      entity_id: entityId ?? null,
      created_by: by,
      updated_by: by,
      created_at: now,
      updated_at: now,
      responsible_user_id: by === 0 ? store.owner.id : by,
      group_id: 0,
      note_type: null,
      params: null,
    }),
    ...attributes,
  };
  const held = Number(after.entity_id);
  if (after.entity_id === null) wrong.push(errors.missing('entity_id'));
  else if (!store.tables[entity].has(held)) wrong.push(errors.choice('entity_id'));
  const needed = NOTE_TYPES[String(after.note_type)];
  if (after.note_type === null) wrong.push(errors.missing('note_type'));
  else if (needed === undefined) wrong.push(errors.choice('note_type'));
  const params = isObject(after.params) ? after.params : {};
  for (const name of needed ?? []) if (own(params, name) === undefined) wrong.push(errors.missing(`params.${name}`));
  return {
    after: { ...after, entity_type: entity, of: elementTypes[entity], owner: `${entity}:${held}` },
    errors: wrong,
  };
}

/** Reads an element of a catalog. */
export function readElement(
  store: AmoStore,
  catalogId: number,
  before: JsonObject | undefined,
  item: JsonObject,
  by: number,
): ReadItem {
  const { given, errors: wrong } = readAttributes(store, 'elements', item, ELEMENT_KEYS);
  const sent = own(item, 'custom_fields_values');
  const custom = readCustomFields(store.fields, `catalogs/${catalogId}`, sent, store.settings.zone);
  if (before === undefined && (given.name === undefined || given.name === '')) wrong.push(errors.missing('name'));
  const now = store.now();
  const fields = mergedFields(before === undefined ? {} : fieldsOf(before), custom.given);
  const after: JsonObject = {
    ...(before ?? {
      name: '',
      created_by: by,
      updated_by: by,
      created_at: now,
      updated_at: now,
      is_deleted: false,
      catalog_id: catalogId,
    }),
    ...given,
    cf: fields as unknown as JsonObject,
  };
  return { after, errors: [...wrong, ...custom.errors] };
}
