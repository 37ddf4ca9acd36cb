import { hashOf } from '../kit/effect-log.js';
import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError, hal, type ItemErrors, invalid, noContent } from './answers.js';
import { itemsOf } from './batches.js';
import { listOf } from './brackets.js';
import { type Call, selfLink } from './call.js';
import { companyOf, contactsOf, elementsOf, type Link, withLink, withoutLink } from './links.js';
import { type EntityName, isEntity } from './streams.js';

/** One end and the other, as a client named them. */
interface Asked extends Link {
  readonly from: EntityName;
  readonly fromId: number;
}

/** `POST /{entity}/{id}/link` and `/unlink`. */
export function answerLink(call: Call, from: EntityName, fromId: number, action: 'link' | 'unlink'): Answer {
  return carryOut(call, action, `${from}/${fromId}/links`, itemsOf(call), () => ({ from, fromId }));
}

/** `POST /{entity}/link` and `/unlink`: each link names its record. */
export function answerMassLink(call: Call, from: EntityName, action: 'link' | 'unlink'): Answer {
  return carryOut(call, action, `${from}/links`, itemsOf(call), (item) => {
    const id = own(item, 'entity_id');
    if (typeof id !== 'number') return errors.missing('entity_id');
    return call.store.tables[from].has(id) ? { from, fromId: id } : errors.choice('entity_id');
  });
}

/** `GET /{entity}/{id}/links`, or of the records named by `filter[entity_id]`. */
export function answerLinks(call: Call, from: EntityName, fromId: number | undefined): Answer {
  const given = own(call.query, 'filter');
  const filter = isObject(given) ? given : {};
  const ids = fromId === undefined ? listOf(own(filter, 'entity_id')).map(Number) : [fromId];
  const types = listOf(own(filter, 'to_entity_type'));
  const wanted = listOf(own(filter, 'to_entity_id')).map(Number);
  const catalogs = listOf(own(filter, 'to_catalog_id')).map(Number);
  const links = ids.flatMap((id) =>
    linksOf(call, from, id)
      .filter(({ toType }) => types.length === 0 || types.includes(toType))
      .filter(({ toId }) => wanted.length === 0 || wanted.includes(toId))
      .filter(({ metadata }) => catalogs.length === 0 || catalogs.includes(Number(metadata?.catalog_id)))
      .map((link) => shownLink({ ...link, from, fromId: id })),
  );
  call.request.effect({ effect: 'read', stream: 'links', status: 200 });
  const path = fromId === undefined ? `${from}/links` : `${from}/${fromId}/links`;
  return hal({ _total_items: links.length, _links: selfLink(call, path), _embedded: { links } });
}

/** What a record is linked to, by its own links and by those of others. */
function linksOf({ store }: Call, from: EntityName, id: number): Link[] {
  const row = store.tables[from].rowOf(id);
  if (row < 0) return [];
  const record = store.tables[from].record(row);
  const company = companyOf(record);
  const holders = (name: EntityName): Link[] =>
    from === 'contacts' || from === 'companies'
      ? store.links
          .holders(name, from, id)
          .filter((holder) => store.tables[name].has(holder))
          .map((holder) => ({ toType: name, toId: holder, metadata: null }))
      : [];
  return [
    ...contactsOf(record).map(
      (contact): Link => ({ toType: 'contacts', toId: contact.id, metadata: { main_contact: contact.is_main } }),
    ),
    ...(company === null ? [] : [{ toType: 'companies' as const, toId: company, metadata: null }]),
    // A contact's list does not name its leads; `with=leads` does.
    ...(from === 'companies' ? [...holders('contacts'), ...holders('leads')] : []),
    ...holders('customers'),
    ...elementsOf(record).map(({ id: toId, metadata }): Link => ({ toType: 'catalog_elements', toId, metadata })),
  ];
}

function carryOut(
  call: Call,
  action: 'link' | 'unlink',
  path: string,
  items: readonly Json[],
  fromOf: (item: JsonObject) => Pick<Asked, 'from' | 'fromId'> | FieldError,
): Answer {
  call.request.records = items.length;
  const asked: Asked[] = [];
  const refused: ItemErrors[] = [];
  items.forEach((item, index) => {
    const read = isObject(item) ? readLink(call, item, fromOf(item)) : [errors.type('', 'array')];
    if (Array.isArray(read)) refused.push({ request_id: String(index), errors: read });
    else asked.push(read);
  });
  const isRefused = refused.length > 0;
  for (const item of isRefused ? items : []) {
    call.request.effect({ effect: 'update', stream: 'links', hash: hashOf(JSON.stringify(item)), status: 400 });
  }
  if (isRefused) return invalid(refused);
  for (const link of asked) applyLink(call, link, action);
  if (action === 'unlink') return noContent;
  return hal({ _total_items: asked.length, _links: selfLink(call, path), _embedded: { links: asked.map(shownLink) } });
}

function readLink(
  call: Call,
  item: JsonObject,
  from: Pick<Asked, 'from' | 'fromId'> | FieldError,
): Asked | FieldError[] {
  if ('path' in from) return [from];
  const [type, id, given] = [own(item, 'to_entity_type'), own(item, 'to_entity_id'), own(item, 'metadata')];
  if (typeof type !== 'string') return [errors.missing('to_entity_type')];
  if (typeof id !== 'number') return [errors.missing('to_entity_id')];
  const metadata = isObject(given) ? given : null;
  if (type === 'catalog_elements') {
    const { elements } = call.store.tables;
    const row = elements.rowOf(id);
    if (row < 0) return [errors.choice('to_entity_id')];
    const catalogId = metadata === null ? undefined : own(metadata, 'catalog_id');
    if (catalogId === undefined) return [errors.missing('metadata.catalog_id')];
    if (catalogId !== elements.number(row, 'catalog_id')) return [errors.choice('metadata.catalog_id')];
    return { ...from, toType: type, toId: id, metadata: { quantity: 1, ...metadata } };
  }
  if (!isEntity(type) || type === from.from) return [errors.choice('to_entity_type')];
  if (!call.store.tables[type].has(id)) return [errors.choice('to_entity_id')];
  return { ...from, toType: type, toId: id, metadata };
}

/** Carries a link out at the end that holds it, which may be the other one. */
function applyLink(call: Call, asked: Asked, action: 'link' | 'unlink'): void {
  const { store, request } = call;
  const { from, fromId, toType, toId, metadata } = asked;
  const changed = changedBy(call, asked, from, fromId, toType, toId, action);
  const turned =
    changed || toType === 'catalog_elements'
      ? undefined
      : changedBy(call, { ...asked, toType: from, toId: fromId, metadata }, toType, toId, from, fromId, action);
  const status = changed || turned === true ? 200 : 304;
  const row = store.tables[from].rowOf(fromId);
  request.effect({
    effect: 'update',
    stream: 'links',
    id: `${from}:${fromId}-${toType}:${toId}`,
    externalId: store.externalIdOf(from, store.tables[from].record(row)),
    hash: hashOf(JSON.stringify(metadata)),
    status,
  });
}

function changedBy(
  call: Call,
  link: Link,
  holder: EntityName,
  holderId: number,
  toType: Link['toType'],
  toId: number,
  action: 'link' | 'unlink',
): boolean {
  const { store, settings, by } = call;
  const row = store.tables[holder].rowOf(holderId);
  const before = store.tables[holder].record(row);
  const after =
    action === 'link' ? withLink(holder, before, { ...link, toType, toId }) : withoutLink(holder, before, toType, toId);
  if (after === undefined) return false;
  if (JSON.stringify(after) === JSON.stringify(before)) return true;
  store.change(holder, row, after, { by, bumps: settings.links_bump });
  store.linked(action, holder, holderId, toType, toId, by);
  return true;
}

function shownLink({ from, fromId, toType, toId, metadata }: Asked): JsonObject {
  return { entity_id: fromId, entity_type: from, to_entity_id: toId, to_entity_type: toType, metadata };
}
