import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError } from './answers.js';
import { readAttributes } from './attributes.js';
import { fieldsOf, mergedFields, readCustomFields } from './custom-values.js';
import { closingOf, missingRequired, placeOfLead } from './lead-status.js';
import type { AmoStore } from './store.js';
import type { EntityName } from './streams.js';

/** A record as it would be after the write, or what is wrong with it. */
export interface ReadItem {
  readonly after: JsonObject;
  readonly errors: readonly FieldError[];
}

const OTHERS: ReadonlySet<string> = new Set([
  'id',
  'request_id',
  'custom_fields_values',
  'tags_to_add',
  'tags_to_delete',
  '_embedded',
]);

/** Reads one lead, contact, company or customer of a write. `before` is undefined for a new one. */
export function readEntity(
  store: AmoStore,
  name: EntityName,
  before: JsonObject | undefined,
  item: JsonObject,
  by: number,
): ReadItem {
  const attributes = readAttributes(store, name, item, OTHERS);
  const { given } = attributes;
  const custom = readCustomFields(store.fields, name, own(item, 'custom_fields_values'), store.settings.zone);
  const wrong = [...attributes.errors, ...custom.errors];
  const embedded = own(item, '_embedded');
  if (embedded !== undefined && embedded !== null && !isObject(embedded)) wrong.push(errors.type('_embedded', 'array'));
  const parts = isObject(embedded) ? embedded : {};
  const tags = tagsAfter(store, name, before, item, parts, wrong);
  const fields = mergedFields(before === undefined ? {} : fieldsOf(before), custom.given);
  let after: JsonObject = { ...(before ?? fresh(store, name, by)), ...given };
  if (name === 'leads') after = leadAfter(store, before, given, after, wrong);
  if (name === 'contacts') named(after, given);
  if (name === 'leads') wrong.push(...missingRequired(store, after, fields));
  if (before === undefined) after = { ...after, ...linksOf(store, name, parts, wrong) };
  if (Object.hasOwn(given, 'responsible_user_id') && name !== 'customers') after.group_id = groupOf(store, given);
  return { after: { ...after, tags, cf: fields as unknown as JsonObject }, errors: wrong };
}

function fresh(store: AmoStore, name: EntityName, by: number): JsonObject {
  const now = store.now();
  const moments = { created_by: by, updated_by: by, created_at: now, updated_at: now };
  const common: JsonObject = { name: '', responsible_user_id: by === 0 ? store.owner.id : by, group_id: 0 };
  const rest: JsonObject = { closest_task_at: null, is_deleted: false };
  if (name === 'leads') {
    return {
      ...common,
      price: 0,
      status_id: 0,
      pipeline_id: 0,
      loss_reason_id: null,
      source_id: null,
      ...moments,
      closed_at: null,
      ...rest,
      score: null,
      labor_cost: null,
    };
  }
  if (name === 'contacts') return { ...common, first_name: '', last_name: '', ...moments, ...rest, is_unsorted: false };
  if (name === 'customers')
    return { ...common, next_price: 0, next_date: null, status_id: 0, periodicity: 0, ...moments, ...rest };
  return { ...common, ...moments, ...rest };
}

function leadAfter(
  store: AmoStore,
  before: JsonObject | undefined,
  given: JsonObject,
  after: JsonObject,
  wrong: FieldError[],
): JsonObject {
  const place = placeOfLead(store, before, given);
  if ('path' in place) {
    wrong.push(place as FieldError);
    return after;
  }
  const placed: JsonObject = { ...after, ...place };
  const closing = closingOf(store, placed, given);
  if ('path' in closing) {
    wrong.push(closing as FieldError);
    return after;
  }
  // A lead without a name is called by its number once it has one.
  return { ...placed, ...closing };
}

/** First and last name make the name where it was not given; a name alone leaves them empty. */
function named(after: JsonObject, given: JsonObject): void {
  const hasParts = Object.hasOwn(given, 'first_name') || Object.hasOwn(given, 'last_name');
  if (hasParts && !Object.hasOwn(given, 'name')) {
    after.name = [after.first_name, after.last_name]
      .filter((part) => typeof part === 'string' && part !== '')
      .join(' ');
  }
}

function groupOf(store: AmoStore, given: JsonObject): number {
  return store.users.find(({ id }) => id === given.responsible_user_id)?.groupId ?? 0;
}

/** `_embedded.tags` replaces all, null empties; `tags_to_add` and `tags_to_delete` change some. */
function tagsAfter(
  store: AmoStore,
  name: EntityName,
  before: JsonObject | undefined,
  item: JsonObject,
  parts: JsonObject,
  wrong: FieldError[],
): Json {
  const held = before === undefined ? undefined : own(before, 'tags');
  let tags = new Set<number>(Array.isArray(held) ? held.map(Number) : []);
  const replacing = own(parts, 'tags');
  if (replacing !== undefined) tags = new Set(readTags(store, name, replacing, '_embedded.tags', wrong));
  for (const id of readTags(store, name, own(item, 'tags_to_add') ?? null, 'tags_to_add', wrong)) tags.add(id);
  for (const id of readTags(store, name, own(item, 'tags_to_delete') ?? null, 'tags_to_delete', wrong)) tags.delete(id);
  return [...tags];
}

function readTags(store: AmoStore, name: EntityName, sent: Json, path: string, wrong: FieldError[]): number[] {
  if (sent === null) return [];
  if (!Array.isArray(sent)) {
    wrong.push(errors.type(path, 'array'));
    return [];
  }
  return sent.flatMap((tag, index) => {
    const [id, text] = isObject(tag) ? [own(tag, 'id'), own(tag, 'name')] : [];
    if (typeof text === 'string' && text !== '') return [store.tags[name].ensure(text)];
    if (typeof id === 'number' && store.tags[name].nameOf(id) !== undefined) return [id];
    wrong.push(id === undefined ? errors.missing(`${path}.${index}.name`) : errors.choice(`${path}.${index}.id`));
    return [];
  });
}

/** Links that a new record brings along; an update ignores them. */
function linksOf(store: AmoStore, name: EntityName, parts: JsonObject, wrong: FieldError[]): JsonObject {
  const links: JsonObject = {};
  const contacts = own(parts, 'contacts');
  if ((name === 'leads' || name === 'customers') && Array.isArray(contacts)) {
    const ids = idsOf(store, 'contacts', contacts, wrong);
    const main = contacts.findIndex((contact) => isObject(contact) && contact.is_main === true);
    links.contacts = ids.map((id, index) => ({ id, is_main: index === Math.max(0, main) }));
  }
  const companies = own(parts, 'companies');
  if (name !== 'companies' && Array.isArray(companies)) {
    const [company] = idsOf(store, 'companies', companies, wrong);
    if (companies.length > 1) wrong.push(errors.tooMany('_embedded.companies', 1));
    if (company !== undefined) links.company = company;
  }
  return links;
}

function idsOf(store: AmoStore, type: 'contacts' | 'companies', sent: readonly Json[], wrong: FieldError[]): number[] {
  return sent.flatMap((part, index) => {
    const id = isObject(part) ? own(part, 'id') : undefined;
    if (typeof id === 'number' && store.tables[type].has(id)) return [id];
    wrong.push(
      id === undefined
        ? errors.missing(`_embedded.${type}.${index}.id`)
        : errors.choice(`_embedded.${type}.${index}.id`),
    );
    return [];
  });
}
