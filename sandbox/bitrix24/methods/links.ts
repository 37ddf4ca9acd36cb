import { type Json, type JsonObject, own } from '../../kit/json.js';
import { type Call, type MethodTable, param, reading, writing } from '../call.js';
import { changeRecord } from '../changes.js';
import type { Entity } from '../entity.js';
import { legacyError } from '../errors.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import type { PortalStore } from '../store.js';

interface Link {
  readonly name: string;
  readonly owner: (store: PortalStore) => Entity;
  readonly other: (store: PortalStore) => Entity;
  readonly list: string;
  readonly main: string;
  readonly idName: string;
}

const LINKS: readonly Link[] = [
  contactsOf('crm.deal', (store) => store.deals),
  contactsOf('crm.lead', (store) => store.leads),
  {
    name: 'crm.contact.company',
    owner: (store) => store.contacts,
    other: (store) => store.companies,
    list: 'companyIds',
    main: 'companyId',
    idName: 'COMPANY_ID',
  },
];

/** Who belongs to what: `crm.{deal,lead}.contact.*`, `crm.contact.company.*`, and the same from the company's side. */
export function addLinkMethods(table: MethodTable): void {
  for (const link of LINKS) {
    reading(table, 'crm', `${link.name}.items.get`, (call) => ({ result: shown(link, linkedIds(call, link)) }));
    writing(table, 'crm', `${link.name}.items.set`, (call) => {
      const items = phpEntries(param(call, 'items', 'ITEMS'));
      if (items === undefined) throw legacyError('The parameter items must be array.');
      return save(
        call,
        link,
        itemIds(
          link,
          items.map(([, part]) => part),
        ),
      );
    });
    writing(table, 'crm', `${link.name}.items.delete`, (call) => save(call, link, []));
    writing(table, 'crm', `${link.name}.add`, (call) => {
      const fields = phpObject(param(call, 'fields', 'FIELDS'));
      if (fields === undefined) throw legacyError("The parameter 'fields' must be array.");
      const id = intOf(own(fields, link.idName));
      if (id <= 0) throw legacyError("The parameter 'fields' is not valid.");
      const rest = linkedIds(call, link).filter((held) => held !== id);
      return save(call, link, textOf(own(fields, 'IS_PRIMARY')) === 'Y' ? [id, ...rest] : [...rest, id]);
    });
    writing(table, 'crm', `${link.name}.delete`, (call) => {
      const id = intOf(own(phpObject(param(call, 'fields', 'FIELDS')) ?? {}, link.idName));
      return save(
        call,
        link,
        linkedIds(call, link).filter((held) => held !== id),
      );
    });
  }
  reading(table, 'crm', 'crm.company.contact.items.get', (call) => {
    const { companies, contacts } = call.portal.store;
    const row = rowOf(call, companies);
    const rows = contacts.table.withValue('companyIds', companies.table.idOf(row));
    return {
      result: rows.map((contact, index) => ({
        CONTACT_ID: Number(contacts.table.idOf(contact)),
        SORT: (index + 1) * 10,
        IS_PRIMARY: index === 0 ? 'Y' : 'N',
      })),
    };
  });
}

function contactsOf(prefix: string, owner: Link['owner']): Link {
  const other = (store: PortalStore) => store.contacts;
  return { name: `${prefix}.contact`, owner, other, list: 'contactIds', main: 'contactId', idName: 'CONTACT_ID' };
}

function rowOf(call: Call, entity: Entity): number {
  const id = intOf(param(call, 'id', 'ID'));
  if (id <= 0) throw legacyError('The parameter ownerEntityID is invalid or not defined.');
  const row = entity.table.rowOf(String(id));
  if (row < 0) throw legacyError('Not found.');
  return row;
}

function linkedIds(call: Call, link: Link): number[] {
  const entity = link.owner(call.portal.store);
  const held = own(entity.table.record(rowOf(call, entity)), link.list);
  return Array.isArray(held) ? held.map(intOf) : [];
}

function shown(link: Link, ids: readonly number[]): JsonObject[] {
  return ids.map((id, index) => ({
    [link.idName]: id,
    SORT: (index + 1) * 10,
    ROLE_ID: 0,
    IS_PRIMARY: index === 0 ? 'Y' : 'N',
  }));
}

/** The ids in their order, the primary one first. */
function itemIds(link: Link, items: readonly Json[]): number[] {
  const rows = items.map((part) => phpObject(part) ?? {}).filter((row) => intOf(own(row, link.idName)) > 0);
  rows.sort((one, other) => intOf(own(one, 'SORT')) - intOf(own(other, 'SORT')));
  const primary = rows.find((row) => textOf(own(row, 'IS_PRIMARY')) === 'Y');
  const ordered = primary === undefined ? rows : [primary, ...rows.filter((row) => row !== primary)];
  return [...new Set(ordered.map((row) => intOf(own(row, link.idName))))];
}

function save(call: Call, link: Link, ids: readonly number[]) {
  const { store } = call.portal;
  const entity = link.owner(store);
  const row = rowOf(call, entity);
  const known = ids.filter((id) => link.other(store).table.rowOf(String(id)) >= 0);
  changeRecord(call, entity, row, { [link.list]: known, [link.main]: known[0] ?? 0 });
  return { result: true };
}
