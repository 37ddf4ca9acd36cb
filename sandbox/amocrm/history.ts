import { type Json, type JsonObject, own, sameJson } from '../kit/json.js';
import { fieldsOf } from './custom-values.js';
import type { Field, StoredValue } from './fields.js';
import type { AmoChange, AmoStore } from './store.js';
import { type EntityName, isEntity, singular } from './streams.js';

const ENDINGS = { add: 'added', delete: 'deleted', restore: 'restored' } as const;

/** Writes into the account's history what a change came to: one line per thing that changed. */
export function writeHistory(store: AmoStore, change: AmoChange): void {
  const { stream } = change;
  if (isEntity(stream)) writeEntity(store, stream, change);
  else if (stream === 'tasks') writeTask(store, change);
  else if (stream === 'notes') writeNote(store, change);
  else if (change.kind !== 'update')
    line(store, change, `catalog_${Number(change.after.catalog_id)}`, `catalog_element_${ENDINGS[change.kind]}`);
}

function writeEntity(store: AmoStore, name: EntityName, change: AmoChange): void {
  const entity = singular[name];
  if (change.kind !== 'update') {
    line(store, change, entity, `${entity}_${ENDINGS[change.kind]}`);
    return;
  }
  const before = change.before ?? {};
  const { after } = change;
  const differs = (key: string) => !sameJson(before[key], after[key]);
  const tell = (type: string, value: (record: JsonObject) => JsonObject) =>
    line(store, change, entity, type, [value(before)], [value(after)]);
  if (name === 'leads' && (differs('status_id') || differs('pipeline_id'))) {
    tell('lead_status_changed', (lead) => ({
      lead_status: { id: lead.status_id ?? null, pipeline_id: lead.pipeline_id ?? null },
    }));
  }
  if (differs('responsible_user_id')) {
    tell('entity_responsible_changed', (record) => ({ responsible_user: { id: record.responsible_user_id ?? null } }));
  }
  if (differs('name')) tell('name_field_changed', (record) => ({ name_field_value: { name: record.name ?? '' } }));
  if (name === 'leads' && differs('price'))
    tell('sale_field_changed', (lead) => ({ sale_field_value: { sale: lead.price ?? 0 } }));
  if (differs('tags')) writeTags(store, name, change);
  const [old, fresh] = [fieldsOf(before), fieldsOf(after)];
  for (const field of store.fields.list(name)) {
    if (JSON.stringify(old[field.id]) === JSON.stringify(fresh[field.id])) continue;
    const told = (values: readonly StoredValue[] | undefined) => (values ?? []).map((value) => toldValue(field, value));
    line(store, change, entity, `custom_field_${field.id}_value_changed`, told(old[field.id]), told(fresh[field.id]));
  }
}

function writeTags(store: AmoStore, name: EntityName, change: AmoChange): void {
  const [old, fresh] = [tagsOf(change.before), tagsOf(change.after)];
  const told = (id: number) => ({ tag: { name: store.tags[name].nameOf(id) ?? '' } });
  const [added, gone] = [fresh.filter((id) => !old.includes(id)), old.filter((id) => !fresh.includes(id))];
  if (added.length > 0) line(store, change, singular[name], 'entity_tag_added', [], added.map(told));
  if (gone.length > 0) line(store, change, singular[name], 'entity_tag_deleted', gone.map(told), []);
}

function writeTask(store: AmoStore, change: AmoChange): void {
  const before = change.before ?? {};
  const { after, kind } = change;
  const value = [{ task: { id: change.id } }];
  if (kind === 'add' || kind === 'delete') ownerLine(store, change, `task_${ENDINGS[kind]}`, value);
  if (kind !== 'update') return;
  if (before.is_completed === false && after.is_completed === true) ownerLine(store, change, 'task_completed', value);
  if (before.text !== after.text) ownerLine(store, change, 'task_text_changed', value);
  if (before.complete_till !== after.complete_till) ownerLine(store, change, 'task_deadline_changed', value);
}

const NOTE_EVENTS: Readonly<Record<string, string>> = {
  common: 'common_note_added',
  attachment: 'attachment_note_added',
  call_in: 'incoming_call',
  call_out: 'outgoing_call',
  sms_in: 'incoming_sms',
  sms_out: 'outgoing_sms',
};

function writeNote(store: AmoStore, change: AmoChange): void {
  const type = NOTE_EVENTS[String(change.after.note_type)] ?? 'service_note_added';
  if (change.kind === 'add') ownerLine(store, change, type, [{ note: { id: change.id } }]);
}

/** A line in the history of the record that a task or a note belongs to. */
function ownerLine(store: AmoStore, change: AmoChange, type: string, after: readonly JsonObject[]): void {
  const { entity_type: entity, entity_id: id } = change.after;
  const isOwned = typeof entity === 'string' && isEntity(entity);
  store.events.add({
    type,
    entityType: isOwned ? singular[entity] : 'task',
    entityId: isOwned ? Number(id) : change.id,
    createdBy: change.by,
    createdAt: change.at,
    after,
  });
}

function line(
  store: AmoStore,
  { id, by, at }: AmoChange,
  entityType: string,
  type: string,
  before: readonly JsonObject[] = [],
  after: readonly JsonObject[] = [],
): void {
  store.events.add({ type, entityType, entityId: id, createdBy: by, createdAt: at, before, after });
}

function toldValue(field: Field, { value, enum_id: enumId }: StoredValue): JsonObject {
  const text: Json = value ?? field.enums?.find(({ id }) => id === enumId)?.value ?? null;
  return {
    custom_field_value: {
      field_id: field.id,
      field_type: 0,
      enum_id: enumId ?? null,
      text: typeof text === 'object' ? JSON.stringify(text) : String(text),
    },
  };
}

function tagsOf(record: JsonObject | undefined): number[] {
  const tags = record === undefined ? undefined : own(record, 'tags');
  return Array.isArray(tags) ? tags.map(Number) : [];
}
