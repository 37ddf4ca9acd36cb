import { type Json, type JsonObject, own } from '../kit/json.js';
import { type Call, selfLink } from './call.js';
import { fieldsOf, shownFields } from './custom-values.js';
import { companyOf, contactsOf, elementsOf } from './links.js';
import type { EntityName, StreamName } from './streams.js';
import { isEntity } from './streams.js';

type Showing = Pick<Call, 'base' | 'store' | 'settings' | 'with'>;

const SHOWN: Readonly<Record<EntityName, readonly string[]>> = {
  leads: [
    'id',
    'name',
    'price',
    'responsible_user_id',
    'group_id',
    'status_id',
    'pipeline_id',
    'loss_reason_id',
    'created_by',
    'updated_by',
    'created_at',
    'updated_at',
    'closed_at',
    'closest_task_at',
    'is_deleted',
    'custom_fields_values',
    'score',
    'account_id',
    'labor_cost',
  ],
  contacts: [
    'id',
    'name',
    'first_name',
    'last_name',
    'responsible_user_id',
    'group_id',
    'created_by',
    'updated_by',
    'created_at',
    'updated_at',
    'closest_task_at',
    'is_deleted',
    'is_unsorted',
    'custom_fields_values',
    'account_id',
  ],
  companies: [
    'id',
    'name',
    'responsible_user_id',
    'group_id',
    'created_by',
    'updated_by',
    'created_at',
    'updated_at',
    'closest_task_at',
    'is_deleted',
    'custom_fields_values',
    'account_id',
  ],
  customers: [
    'id',
    'name',
    'next_price',
    'next_date',
    'responsible_user_id',
    'status_id',
    'periodicity',
    'created_by',
    'updated_by',
    'created_at',
    'updated_at',
    'closest_task_at',
    'is_deleted',
    'custom_fields_values',
    'ltv',
    'purchases_count',
    'average_check',
    'account_id',
  ],
};

/** A kept record as the API shows it. */
export function shown(call: Showing, stream: StreamName, record: JsonObject): JsonObject {
  if (isEntity(stream)) return shownEntity(call, stream, record);
  if (stream === 'tasks') return shownTask(call, record);
  if (stream === 'notes') return shownNote(call, record);
  return shownElement(call, record);
}

function shownEntity(call: Showing, name: EntityName, record: JsonObject): JsonObject {
  const { store, settings } = call;
  const view: JsonObject = {};
  for (const key of SHOWN[name]) {
    if (key === 'custom_fields_values') view[key] = shownFields(store.fields, name, fieldsOf(record), settings);
    else if (key === 'account_id') view[key] = store.accountId;
    else view[key] = own(record, key) ?? EMPTY[key] ?? null;
  }
  if (name === 'leads' && call.with.has('source_id')) view.source_id = own(record, 'source_id') ?? null;
  if (name === 'leads' && call.with.has('is_price_modified_by_robot')) view.is_price_modified_by_robot = false;
  view._links = selfLink(call, `${name}/${Number(record.id)}`);
  view._embedded = embedded(call, name, record);
  return view;
}

const EMPTY: Readonly<Record<string, Json>> = {
  is_deleted: false,
  is_unsorted: false,
  group_id: 0,
  first_name: '',
  last_name: '',
  ltv: 0,
  purchases_count: 0,
  average_check: 0,
};

function embedded(call: Showing, name: EntityName, record: JsonObject): JsonObject {
  const { store } = call;
  const id = Number(record.id);
  const linked = (type: EntityName, ids: readonly number[]) =>
    ids
      .filter((other) => store.tables[type].has(other))
      .map((other) => ({ id: other, _links: selfLink(call, `${type}/${other}`) }));
  const parts: JsonObject = { tags: shownTags(call, name, record) };
  const company = companyOf(record);
  if (name !== 'companies') parts.companies = linked('companies', company === null ? [] : [company]);
  if (call.with.has('contacts')) {
    if (name === 'companies') parts.contacts = linked('contacts', store.links.holders('contacts', 'companies', id));
    else if (name !== 'contacts') {
      parts.contacts = contactsOf(record)
        .filter((contact) => store.tables.contacts.has(contact.id))
        .map((contact) => ({ ...contact, _links: selfLink(call, `contacts/${contact.id}`) }));
    }
  }
  for (const holder of ['leads', 'customers'] as const) {
    if ((name === 'contacts' || name === 'companies') && call.with.has(holder)) {
      parts[holder] = linked(holder, store.links.holders(holder, name, id));
    }
  }
  if (call.with.has('catalog_elements')) {
    parts.catalog_elements = elementsOf(record).map((element) => ({
      id: element.id,
      metadata: element.metadata,
      quantity: element.metadata.quantity ?? 1,
      catalog_id: element.metadata.catalog_id ?? null,
      price_id: element.metadata.price_id ?? null,
    }));
  }
  if (name === 'contacts' && call.with.has('social_profiles')) parts.social_profiles = [];
  if (name === 'leads' && call.with.has('loss_reason')) {
    const reason = store.pipelines.lossReasons.find((known) => known.id === record.loss_reason_id);
    parts.loss_reason =
      reason === undefined ? [] : [{ ...reason, _links: selfLink(call, `leads/loss_reasons/${Number(reason.id)}`) }];
  }
  if (name === 'leads' && call.with.has('source')) parts.source = null;
  return parts;
}

function shownTags({ store }: Showing, name: EntityName, record: JsonObject): Json {
  const held = own(record, 'tags');
  if (!Array.isArray(held)) return [];
  return held.map((id) => ({ id, name: store.tags[name].nameOf(Number(id)) ?? '', color: null }));
}

function shownTask(call: Showing, record: JsonObject): JsonObject {
  const { owner: _owner, result, ...task } = record;
  // The vendor's empty object is an empty list.
  return {
    ...task,
    result: result ?? [],
    account_id: call.store.accountId,
    _links: selfLink(call, `tasks/${Number(record.id)}`),
  };
}

function shownNote(call: Showing, record: JsonObject): JsonObject {
  const { owner: _owner, of: _of, entity_type: entity, is_pinned: isPinned, ...note } = record;
  const path = `${String(entity)}/${Number(record.entity_id)}/notes/${Number(record.id)}`;
  return {
    ...note,
    ...(call.with.has('is_pinned') ? { is_pinned: isPinned === true } : {}),
    account_id: call.store.accountId,
    _links: selfLink(call, path),
  };
}

function shownElement(call: Showing, record: JsonObject): JsonObject {
  const catalogId = Number(record.catalog_id);
  const { cf: _fields, catalog_id: _catalog, ...element } = record;
  return {
    ...element,
    custom_fields_values: shownFields(call.store.fields, `catalogs/${catalogId}`, fieldsOf(record), call.settings),
    catalog_id: catalogId,
    account_id: call.store.accountId,
    _links: selfLink(call, `catalogs/${catalogId}/elements/${Number(record.id)}`),
  };
}
