import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { MultiMap } from '../kit/multi-map.js';
import type { EntityName } from './streams.js';
import type { AmoTable } from './table.js';

/** A link as seen from one end. */
export interface Link {
  readonly toType: EntityName | 'catalog_elements';
  readonly toId: number;
  readonly metadata: JsonObject | null;
}

/** What is linked to whom, read backwards: records hold their own links, this finds the holders. */
export class LinkIndex {
  readonly #holders = new MultiMap();

  /** Follows the records of one entity. */
  follow(name: EntityName, table: AmoTable): void {
    table.listen((row, before, after) => {
      const id = table.idOf(row);
      const [old, fresh] = [before === undefined ? [] : keysOf(name, before), keysOf(name, after)];
      for (const key of old) if (!fresh.includes(key)) this.#holders.remove(key, id);
      for (const key of fresh) if (!old.includes(key)) this.#holders.add(key, id);
    });
  }

  /** Ids of the records of `name` that hold a link to the given one. */
  holders(name: EntityName, toType: EntityName, toId: number): readonly number[] {
    return this.#holders.get(`${name}>${toType}:${toId}`);
  }
}

/** Contacts that a lead or customer holds, the main one first. */
export function contactsOf(record: JsonObject): { readonly id: number; readonly is_main: boolean }[] {
  const held = own(record, 'contacts');
  if (!Array.isArray(held)) return [];
  return held.flatMap((part) => (isObject(part) ? [{ id: Number(part.id), is_main: part.is_main === true }] : []));
}

export function companyOf(record: JsonObject): number | null {
  const held = own(record, 'company');
  return typeof held === 'number' ? held : null;
}

/** Products that a record holds. */
export function elementsOf(record: JsonObject): { readonly id: number; readonly metadata: JsonObject }[] {
  const held = own(record, 'elements');
  if (!Array.isArray(held)) return [];
  return held.flatMap((part) =>
    isObject(part) && isObject(part.metadata) ? [{ id: Number(part.id), metadata: part.metadata }] : [],
  );
}

/** The record with one more link, or undefined where such records hold none of that kind. */
export function withLink(name: EntityName, record: JsonObject, link: Link): JsonObject | undefined {
  if (link.toType === 'catalog_elements') {
    const others = elementsOf(record).filter(({ id }) => id !== link.toId);
    return { ...record, elements: [...others, { id: link.toId, metadata: link.metadata ?? {} }] };
  }
  if (link.toType === 'companies' && name !== 'companies') return { ...record, company: link.toId };
  if (link.toType !== 'contacts' || (name !== 'leads' && name !== 'customers')) return undefined;
  const others = contactsOf(record).filter(({ id }) => id !== link.toId);
  const isMain = link.metadata?.is_main === true || others.every((other) => !other.is_main);
  const kept = isMain ? others.map(({ id }) => ({ id, is_main: false })) : others;
  const contacts: Json = isMain
    ? [{ id: link.toId, is_main: true }, ...kept]
    : [...kept, { id: link.toId, is_main: false }];
  return { ...record, contacts };
}

/** The record without a link, or undefined where such records hold none of that kind. */
export function withoutLink(
  name: EntityName,
  record: JsonObject,
  toType: Link['toType'],
  toId: number,
): JsonObject | undefined {
  if (toType === 'catalog_elements') {
    return { ...record, elements: elementsOf(record).filter(({ id }) => id !== toId) };
  }
  if (toType === 'companies' && name !== 'companies') {
    return companyOf(record) === toId ? { ...record, company: null } : record;
  }
  if (toType !== 'contacts' || (name !== 'leads' && name !== 'customers')) return undefined;
  const left = contactsOf(record).filter(({ id }) => id !== toId);
  const hasMain = left.some(({ is_main: isMain }) => isMain);
  return {
    ...record,
    contacts: left.map((contact, index) => (hasMain || index > 0 ? contact : { ...contact, is_main: true })),
  };
}

function keysOf(name: EntityName, record: JsonObject): string[] {
  const company = companyOf(record);
  return [
    ...contactsOf(record).map(({ id }) => `${name}>contacts:${id}`),
    ...(company === null ? [] : [`${name}>companies:${company}`]),
  ];
}
