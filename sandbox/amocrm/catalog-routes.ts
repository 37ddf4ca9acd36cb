import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject } from '../kit/json.js';
import { errors, hal, invalid, notFound } from './answers.js';
import { requestIdOf } from './attributes.js';
import { answerBatch, answerSingle, bodyOf, itemsOf, type Writing } from './batches.js';
import { type Call, selfLink } from './call.js';
import { answerFieldRoutes } from './field-routes.js';
import { answerList, answerOne, answerShortList } from './lists.js';
import { readElement } from './other-items.js';
import { shown } from './render.js';

const SETTINGS = ['name', 'sort', 'can_add_elements', 'can_show_in_cards', 'can_link_multiple', 'can_be_deleted'];
const TYPES: readonly Json[] = ['regular', 'invoices', 'products', 'suppliers'];

/** `/catalogs`: lists of things (products above all), their fields and their elements. */
export function answerCatalogs(call: Call): Answer {
  const [, first, second, third, fourth] = call.segments;
  const { method } = call.request;
  if (first === undefined) {
    if (method === 'GET') return answerShortList(call, 'catalogs', 'catalogs', [...call.store.catalogs.values()]);
    return method === 'POST' || method === 'PATCH' ? write(call) : notFound();
  }
  const id = Number(first);
  const catalog = call.store.catalogs.get(id);
  if (catalog === undefined) return notFound();
  if (second === undefined) {
    if (method === 'GET') return hal(linked(call, catalog));
    const item = method === 'PATCH' ? bodyOf(call) : null;
    return isObject(item) ? hal(change(call, catalog, item)) : notFound();
  }
  if (second === 'custom_fields') return answerFieldRoutes(call, `catalogs/${id}`, call.segments.slice(3));
  return second === 'elements' && fourth === undefined ? answerElements(call, id, third) : notFound();
}

function answerElements(call: Call, catalogId: number, elementId: string | undefined): Answer {
  const { store, request } = call;
  const { elements } = store.tables;
  const path = `catalogs/${catalogId}/elements`;
  const writing: Writing = {
    stream: 'elements',
    path,
    key: 'elements',
    read: (before, item) => readElement(store, catalogId, before, item, call.by),
    owns: (element) => element.catalog_id === catalogId,
    answer: (_id, element) => shown(call, 'elements', element),
  };
  const isOfCatalog = (row: number) => elements.number(row, 'catalog_id') === catalogId;
  if (elementId === undefined) {
    if (request.method === 'GET') {
      return answerList(call, {
        stream: 'elements',
        path,
        key: 'elements',
        owner: `catalogs/${catalogId}`,
        accepts: isOfCatalog,
      });
    }
    return request.method === 'POST' || request.method === 'PATCH' ? answerBatch(call, writing) : notFound();
  }
  const row = elements.rowOf(Number(elementId));
  if (request.method === 'PATCH') return answerSingle(call, writing, Number(elementId));
  return request.method === 'GET' ? answerOne(call, 'elements', row >= 0 && isOfCatalog(row) ? row : -1) : notFound();
}

function write(call: Call): Answer {
  const isCreate = call.request.method === 'POST';
  const items = itemsOf(call);
  const refused = items.flatMap((item, index) => {
    const isWrong =
      !isObject(item) || (isCreate ? typeof item.name !== 'string' : !call.store.catalogs.has(Number(item.id)));
    return isWrong
      ? [{ request_id: requestIdOf(item, index), errors: [errors.missing(isCreate ? 'name' : 'id')] }]
      : [];
  });
  if (refused.length > 0) return invalid(refused);
  const catalogs = items.filter(isObject).map((item, index) => {
    const held = call.store.catalogs.get(Number(item.id));
    const shownCatalog = held === undefined ? create(call, item) : change(call, held, item);
    return { ...shownCatalog, request_id: requestIdOf(item, index) };
  });
  return hal({ _links: selfLink(call, 'catalogs'), _embedded: { catalogs } });
}

function create(call: Call, item: JsonObject): JsonObject {
  const { store, by } = call;
  const now = store.now();
  const id = Math.max(4000, ...store.catalogs.keys()) + 2;
  const catalog: JsonObject = {
    id,
    name: '',
    created_by: by,
    updated_by: by,
    created_at: now,
    updated_at: now,
    sort: 10,
    type: TYPES.find((type) => type === item.type) ?? 'regular',
    can_add_elements: true,
    can_show_in_cards: false,
    can_link_multiple: true,
    can_be_deleted: true,
    sdk_widget_code: null,
    account_id: store.accountId,
  };
  for (const key of SETTINGS) if (item[key] !== undefined) catalog[key] = item[key];
  store.catalogs.set(id, catalog);
  call.request.effect({ effect: 'create', stream: 'catalogs', id: String(id), status: 201 });
  return linked(call, catalog);
}

function change(call: Call, catalog: JsonObject, item: JsonObject): JsonObject {
  for (const key of SETTINGS) if (item[key] !== undefined) catalog[key] = item[key];
  catalog.updated_at = call.store.now();
  call.request.effect({ effect: 'update', stream: 'catalogs', id: String(catalog.id), status: 200 });
  return linked(call, catalog);
}

function linked(call: Call, catalog: JsonObject): JsonObject {
  return { ...catalog, _links: selfLink(call, `catalogs/${Number(catalog.id)}`) };
}
