import { isObject, type Json, type JsonObject } from '../kit/json.js';
import { fieldsOf } from './custom-values.js';
import type { Field, StoredValue } from './fields.js';
import { companyOf } from './links.js';
import type { AmoChange, AmoStore } from './store.js';
import { elementTypes, isEntity, singular } from './streams.js';
import type { AmoSettings } from './switches.js';
import { offsetAt } from './zones.js';

/** One thing that webhooks tell: where it stands in the body and which setting asks for it. */
export interface HookPart {
  readonly setting: string;
  /** `leads`, `contacts`, `task`, ... */
  readonly group: string;
  readonly action: string;
  readonly content: JsonObject;
}

const NOTE_NUMBERS: Readonly<Record<string, number>> = {
  common: 4,
  attachment: 5,
  call_in: 10,
  call_out: 11,
  sms_in: 102,
  sms_out: 103,
};
const BARE: ReadonlySet<string> = new Set(['date', 'date_time', 'birthday']);

/** What a change is told as; one change may be several parts (an update and a new status). */
export function hookParts(store: AmoStore, settings: AmoSettings, change: AmoChange): HookPart[] {
  const { stream, kind, before, after } = change;
  if (stream === 'notes') return kind === 'add' ? noteParts(store, settings, after) : [];
  if (stream === 'tasks') return taskParts(store, settings, change);
  if (stream === 'elements') {
    const action = kind === 'restore' ? 'add' : kind;
    const content = {
      id: change.id,
      catalog_id: Number(after.catalog_id),
      name: after.name ?? '',
      custom_fields: customFields(store, `catalogs/${Number(after.catalog_id)}`, after),
      created_at: after.created_at ?? null,
      updated_at: after.updated_at ?? null,
    };
    return [{ setting: `${action}_catalog_${Number(after.catalog_id)}`, group: 'catalogs', action, content }];
  }
  if (!isEntity(stream)) return [];
  const entity = singular[stream];
  const group = stream === 'companies' ? settings.webhook_companies : stream;
  const content = kind === 'delete' ? deleted(stream, after) : entityContent(store, stream, after);
  const part = (action: string, more: JsonObject = {}): HookPart => ({
    setting: `${action}_${entity}`,
    group,
    action,
    content: { ...content, ...more },
  });
  if (kind !== 'update') return [part(kind)];
  const parts = [part('update')];
  if (stream === 'leads' && (before?.status_id !== after.status_id || before?.pipeline_id !== after.pipeline_id)) {
    parts.push(
      part('status', { old_status_id: before?.status_id ?? null, old_pipeline_id: before?.pipeline_id ?? null }),
    );
  }
  if (before?.responsible_user_id !== after.responsible_user_id) {
    parts.push(part('responsible', { old_responsible_user_id: before?.responsible_user_id ?? null }));
  }
  return parts;
}

function deleted(stream: string, record: JsonObject): JsonObject {
  if (stream === 'leads')
    return { id: record.id ?? null, status_id: record.status_id ?? null, pipeline_id: record.pipeline_id ?? null };
  return {
    id: record.id ?? null,
    ...(stream === 'customers' ? {} : { type: stream === 'companies' ? 'company' : 'contact' }),
  };
}

/** A record in the layout of the second version of the API. */
function entityContent(
  store: AmoStore,
  stream: 'leads' | 'contacts' | 'companies' | 'customers',
  record: JsonObject,
): JsonObject {
  const content: JsonObject = {
    id: record.id ?? null,
    name: record.name ?? '',
    ...(stream === 'leads' ? { status_id: record.status_id ?? null, price: record.price ?? 0 } : {}),
    responsible_user_id: record.responsible_user_id ?? null,
    ...(stream === 'contacts'
      ? { company_name: companyName(store, record), linked_company_id: companyOf(record) }
      : {}),
    date_create: record.created_at ?? null,
    last_modified: record.updated_at ?? null,
    created_user_id: record.created_by ?? null,
    modified_user_id: record.updated_by ?? null,
    ...(stream === 'leads' ? { pipeline_id: record.pipeline_id ?? null } : {}),
    account_id: store.accountId,
  };
  const tags = Array.isArray(record.tags) ? record.tags : [];
  if (tags.length > 0) content.tags = tags.map((id) => ({ id, name: store.tags[stream].nameOf(Number(id)) ?? '' }));
  const fields = customFields(store, stream, record);
  if (fields.length > 0) content.custom_fields = fields;
  content.created_at = record.created_at ?? null;
  content.updated_at = record.updated_at ?? null;
  if (stream === 'contacts' || stream === 'companies') content.type = singular[stream];
  return content;
}

function companyName(store: AmoStore, record: JsonObject): Json {
  const id = companyOf(record);
  const { companies } = store.tables;
  const row = id === null ? -1 : companies.rowOf(id);
  return row < 0 ? '' : (companies.record(row).name ?? '');
}

function customFields(store: AmoStore, owner: string, record: JsonObject): JsonObject[] {
  const stored = fieldsOf(record);
  return store.fields.list(owner).flatMap((field) => {
    const values = stored[field.id];
    if (values === undefined || values.length === 0) return [];
    const code: JsonObject = field.code === null ? {} : { code: field.code };
    return [{ id: field.id, name: field.name, values: values.map((value) => oldValue(field, value)), ...code }];
  });
}

/** Moments stand bare, everything else under `value`, with `enum` for a choice and `subtype` for a part of an address. */
function oldValue(field: Field, { value, enum_id: enumId, enum_code: part }: StoredValue): Json {
  if (BARE.has(field.type)) return value ?? '';
  if (field.type === 'checkbox') return { value: value === true ? '1' : '0' };
  if (part !== undefined) return { value: value ?? '', subtype: part };
  if (enumId === undefined) return { value: isObject(value) ? { ...value } : (value ?? '') };
  return { value: value ?? field.enums?.find(({ id }) => id === enumId)?.value ?? '', enum: enumId };
}

function taskParts(store: AmoStore, settings: AmoSettings, { kind, before, after, id }: AmoChange): HookPart[] {
  const entity = after.entity_type;
  const till = typeof after.complete_till === 'number' ? after.complete_till : 0;
  const content: JsonObject = {
    id,
    element_id: after.entity_id ?? 0,
    element_type: typeof entity === 'string' && isEntity(entity) ? elementTypes[entity] : 0,
    task_type: after.task_type_id ?? 1,
    date_create: clockTime(settings.zone, Number(after.created_at)),
    text: after.text ?? '',
    status: after.is_completed === true ? 1 : 0,
    account_id: store.accountId,
    created_user_id: after.created_by ?? null,
    last_modified: clockTime(settings.zone, Number(after.updated_at)),
    responsible_user_id: after.responsible_user_id ?? null,
    complete_till: clockTime(settings.zone, till),
    complete_before: clockTime(settings.zone, till),
    action_close: after.is_completed === true ? 1 : 0,
    created_at: after.created_at ?? null,
    updated_at: after.updated_at ?? null,
  };
  if (kind === 'delete') return [{ setting: 'delete_task', group: 'task', action: 'delete', content: { id } }];
  if (kind !== 'update') return [{ setting: 'add_task', group: 'task', action: 'add', content }];
  const parts: HookPart[] = [{ setting: 'update_task', group: 'task', action: 'update', content }];
  if (before?.responsible_user_id !== after.responsible_user_id) {
    const old = { old_responsible_user_id: before?.responsible_user_id ?? null };
    parts.push({ setting: 'responsible_task', group: 'task', action: 'responsible', content: { ...content, ...old } });
  }
  return parts;
}

function noteParts(store: AmoStore, settings: AmoSettings, note: JsonObject): HookPart[] {
  const entity = String(note.entity_type);
  if (!isEntity(entity)) return [];
  const params = isObject(note.params) ? note.params : {};
  const isPlain = note.note_type === 'common';
  const content: JsonObject = {
    note: {
      id: note.id ?? null,
      note_type: NOTE_NUMBERS[String(note.note_type)] ?? 25,
      element_type: elementTypes[entity],
      element_id: note.entity_id ?? null,
      text: isPlain ? (params.text ?? '') : JSON.stringify(params),
      date_create: clockTime(settings.zone, Number(note.created_at)),
      last_modified: clockTime(settings.zone, Number(note.updated_at)),
      created_by: note.created_by ?? null,
      modified_by: note.updated_by ?? null,
      main_user_id: note.responsible_user_id ?? null,
      group_id: note.group_id ?? 0,
      account_id: store.accountId,
      attachement: '',
      created_at: clockTime(settings.zone, Number(note.created_at)),
      updated_at: clockTime(settings.zone, Number(note.updated_at)),
    },
    ...(entity === 'companies' && settings.webhook_companies === 'contacts' ? { type: 'company' } : {}),
  };
  const group = entity === 'companies' ? settings.webhook_companies : entity;
  return [{ setting: `note_${singular[entity]}`, group, action: 'note', content }];
}

/** Tasks and notes carry moments as the account's clock shows them. */
function clockTime(zone: string, seconds: number): string {
  return new Date((seconds + offsetAt(zone, seconds)) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
