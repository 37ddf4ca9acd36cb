import { type Json, type JsonObject, own } from '../../kit/json.js';
import { actorOf, type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { addRecord, changeRecord, removeRecord } from '../changes.js';
import type { Entity } from '../entity.js';
import { ApiError, invalidArgument, legacyError, notFound } from '../errors.js';
import { counted, readList } from '../lists.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import type { PortalStore } from '../store.js';
import { describeField, printUniversal } from '../values.js';

const MEASURES: Readonly<Record<number, string>> = { 796: 'шт', 6: 'м', 166: 'кг', 112: 'л' };

/** Lines of deals and other items: `crm.item.productrow.*`, and the old `crm.deal.productrows.*`. */
export function addProductRowMethods(table: MethodTable): void {
  const name = 'crm.item.productrow';
  reading(table, 'crm', `${name}.fields`, (call) => ({
    result: {
      fields: Object.fromEntries(
        call.portal.store.productRows.fields.map((field) => [
          field.name,
          describeField(field, field.type, field.title),
        ]),
      ),
    },
  }));
  reading(table, 'crm', `${name}.list`, list);
  reading(table, 'crm', `${name}.get`, (call) => ({ result: { productRow: shown(call, rowOf(call)) } }));
  writing(table, 'crm', `${name}.set`, set);
  writing(table, 'crm', `${name}.add`, add);
  writing(table, 'crm', `${name}.update`, update);
  writing(table, 'crm', `${name}.delete`, remove);
  for (const [old, find] of [
    ['crm.deal', (store: PortalStore) => store.deals],
    ['crm.lead', (store: PortalStore) => store.leads],
  ] as const) {
    reading(table, 'crm', `${old}.productrows.get`, (call) => oldGet(call, find(call.portal.store)));
    writing(table, 'crm', `${old}.productrows.set`, (call) => oldSet(call, find(call.portal.store)));
  }
}

function list(call: Call) {
  const filter = phpObject(param(call, 'filter')) ?? {};
  const names = Object.keys(filter).map((key) => key.replace(/^[=@]/, ''));
  // The owner must be named; without it the portal refuses to list lines.
  if (!names.includes('ownerType') || !names.includes('ownerId')) {
    throw invalidArgument('Invalid filter: fields ownerType and ownerId are required');
  }
  const page = readList(call, call.portal.store.productRows, { family: 'universal', isPublic: true });
  return { result: { productRows: page.rows.map((row) => shown(call, row)) }, ...counted(call, page) };
}

function shown(call: Call, row: number): JsonObject {
  const { table, fields } = call.portal.store.productRows;
  const record = table.record(row);
  return Object.fromEntries(
    fields.map((field) => [field.name, printUniversal(field, own(record, field.name), call.portal.around)]),
  );
}

function rowOf(call: Call): number {
  const row = call.portal.store.productRows.table.rowOf(textOf(param(call, 'id') ?? null));
  if (row < 0) throw notFound('Item not found');
  return row;
}

function set(call: Call) {
  const { key, entity, ownerRow } = ownerOf(call, param(call, 'ownerType'), param(call, 'ownerId'));
  const sent = phpEntries(param(call, 'productRows')) ?? [];
  replaceRows(
    call,
    key,
    sent.map(([, part]) => lineOf(call, phpObject(part) ?? {}, key)),
  );
  recount(call, entity, ownerRow, key);
  return { result: { productRows: rowsOf(call.portal.store, key).map((row) => shown(call, row)) } };
}

function add(call: Call) {
  const fields = phpObject(param(call, 'fields'));
  if (fields === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {fields}');
  const { key, entity, ownerRow } = ownerOf(call, own(fields, 'ownerType'), own(fields, 'ownerId'));
  const { productRows } = call.portal.store;
  const id = addRecord(call, productRows, lineOf(call, fields, key));
  recount(call, entity, ownerRow, key);
  return { result: { productRow: shown(call, productRows.table.rowOf(id)) } };
}

function update(call: Call) {
  const row = rowOf(call);
  const { productRows } = call.portal.store;
  const fields = phpObject(param(call, 'fields')) ?? {};
  for (const name of Object.keys(fields)) {
    const field = productRows.camel(name);
    if (field === undefined || field.isReadOnly) throw invalidArgument(`Field '${name}' is not available for update`);
  }
  const before = productRows.table.record(row);
  const key = textOf(own(before, 'owner'));
  // The stored price has its tax in it; one that is not sent anew stays what it is.
  const price = own(before, 'taxIncluded') === 'Y' ? own(before, 'price') : own(before, 'priceExclusive');
  changeRecord(call, productRows, row, lineOf(call, { ...before, price: price ?? 0, ...fields }, key));
  recountKey(call, key);
  return { result: { productRow: shown(call, row) } };
}

function remove(call: Call) {
  const row = rowOf(call);
  const { productRows } = call.portal.store;
  const key = textOf(own(productRows.table.record(row), 'owner'));
  removeRecord(call, productRows, row);
  recountKey(call, key);
  return { result: null };
}

interface Owner {
  readonly key: string;
  readonly entity: Entity;
  readonly ownerRow: number;
}

function ownerOf(call: Call, type: Json | undefined, id: Json | undefined): Owner {
  if (type === undefined || id === undefined)
    throw new ApiError(400, '100', 'Could not find value for parameter {ownerId}');
  const entity = call.portal.store.items.find(({ names }) => names.prefix.toLowerCase() === textOf(type).toLowerCase());
  if (entity === undefined || entity.kind === 'contact' || entity.kind === 'company') {
    throw new ApiError(400, 'ENTITY_TYPE_NOT_SUPPORTED', 'Working with this type of objects is not supported');
  }
  const ownerRow = entity.table.rowOf(String(intOf(id)));
  if (ownerRow < 0) throw new ApiError(400, 'OWNER_NOT_FOUND', 'Owner was not found');
  return { key: `${entity.names.prefix}_${intOf(id)}`, entity, ownerRow };
}

/** The living lines of an owner in the order of their sorting. */
function rowsOf({ productRows }: PortalStore, key: string): number[] {
  const sortOf = (row: number) => Number(productRows.table.record(row).sort ?? 0);
  return [...productRows.table.withValue('owner', key)].sort(
    (one, other) => sortOf(one) - sortOf(other) || one - other,
  );
}

function replaceRows(call: Call, key: string, lines: readonly JsonObject[]): void {
  const { store } = call.portal;
  for (const row of rowsOf(store, key)) {
    const id = store.productRows.table.idOf(row);
    store.remove(store.productRows, row, actorOf(call));
    note(call, { effect: 'delete', stream: 'product_rows', id, status: 200 });
  }
  for (const line of lines) addRecord(call, store.productRows, line);
}

/** A line with its prices worked out: the discount comes off the price without tax. */
function lineOf(call: Call, sent: JsonObject, key: string): JsonObject {
  const number = (name: string, otherwise = 0) =>
    own(sent, name) === undefined || own(sent, name) === null ? otherwise : Number(own(sent, name));
  const [ownerType = '', ownerId = ''] = key.split('_');
  const price = number('price');
  const rate = number('taxRate');
  const includesTax = textOf(own(sent, 'taxIncluded')) === 'Y';
  const exclusive = includesTax ? cents(price / (1 + rate / 100)) : price;
  const withTax = includesTax ? price : cents(price * (1 + rate / 100));
  const type = number('discountTypeId', 2);
  const discountRate = number('discountRate');
  const discountSum =
    type === 1
      ? number('discountSum')
      : discountRate >= 100
        ? number('discountSum')
        : cents((exclusive * discountRate) / (100 - discountRate));
  const product = call.portal.store.products.table.rowOf(textOf(own(sent, 'productId') ?? null));
  const name = textOf(own(sent, 'productName'));
  const known = product < 0 ? '' : textOf(call.portal.store.products.table.record(product).name);
  const measureCode = number('measureCode', 796);
  return {
    ownerId: Number(ownerId),
    ownerType,
    owner: key,
    productId: number('productId'),
    productName: name === '' ? known : name,
    price: withTax,
    priceAccount: withTax,
    priceExclusive: exclusive,
    priceNetto: cents(exclusive + discountSum),
    priceBrutto: cents((exclusive + discountSum) * (1 + rate / 100)),
    quantity: number('quantity', 1),
    discountTypeId: type,
    discountRate,
    discountSum,
    taxRate: own(sent, 'taxRate') ?? null,
    taxIncluded: includesTax ? 'Y' : 'N',
    customized: 'Y',
    measureCode,
    measureName: MEASURES[measureCode] ?? 'шт',
    sort: number('sort', 10),
    xmlId: textOf(own(sent, 'xmlId')),
    type: 1,
  };
}

const cents = (amount: number): number => Math.round(amount * 100) / 100;

/** The owner's amount follows its lines, unless it is set by hand. */
function recount(call: Call, entity: Entity, ownerRow: number, key: string): void {
  const { store, settings } = call.portal;
  const owner = entity.table.record(ownerRow);
  if (!settings.rows_set_amount || own(owner, 'isManualOpportunity') === 'Y') return;
  const sum = rowsOf(store, key).reduce((total, row) => {
    const { price = 0, quantity = 0 } = store.productRows.table.record(row);
    return total + Number(price) * Number(quantity);
  }, 0);
  store.update(entity, ownerRow, { opportunity: cents(sum) }, actorOf(call));
}

function recountKey(call: Call, key: string): void {
  const [type = '', id = ''] = key.split('_');
  const { entity, ownerRow } = ownerOf(call, type, id);
  recount(call, entity, ownerRow, key);
}

function oldGet(call: Call, entity: Entity) {
  const { key } = oldOwner(call, entity);
  const { productRows } = call.portal.store;
  const rows = rowsOf(call.portal.store, key).map((row) => {
    const record = productRows.table.record(row);
    // Here numbers are numbers, but for the id, the owner and the account price.
    const line = Object.fromEntries(productRows.fields.map(({ name, upper }) => [upper, own(record, name) ?? null]));
    const texts = { ID: textOf(line.ID), OWNER_ID: textOf(line.OWNER_ID) };
    return { ...line, ...texts, PRICE_ACCOUNT: Number(line.PRICE_ACCOUNT).toFixed(2) };
  });
  return { result: rows };
}

function oldSet(call: Call, entity: Entity) {
  const { key, ownerRow } = oldOwner(call, entity);
  const sent = phpEntries(param(call, 'rows', 'ROWS')) ?? [];
  const lines = sent.map(([, part]) => {
    const line = phpObject(part) ?? {};
    checkDiscount(line);
    const { fields } = call.portal.store.productRows;
    const given = fields.flatMap(({ name, upper }) => {
      const value = own(line, upper);
      return value === undefined ? [] : [[name, value] as const];
    });
    return lineOf(call, Object.fromEntries(given), key);
  });
  replaceRows(call, key, lines);
  recount(call, entity, ownerRow, key);
  return { result: true };
}

function oldOwner(call: Call, entity: Entity): { key: string; ownerRow: number } {
  const id = intOf(param(call, 'id', 'ID'));
  if (id <= 0) throw legacyError('The parameter id is invalid or not defined.');
  const ownerRow = entity.table.rowOf(String(id));
  if (ownerRow < 0) throw legacyError('Not found.');
  return { key: `${entity.names.prefix}_${id}`, ownerRow };
}

function checkDiscount(line: JsonObject): void {
  const type = intOf(own(line, 'DISCOUNT_TYPE_ID'));
  const refuse = (sentence: string) => {
    throw new ApiError(400, 'ERROR_CORE', `${sentence}<br>`);
  };
  if (type === 2 && own(line, 'DISCOUNT_RATE') === undefined) {
    refuse('Discount Rate (DISCOUNT_RATE) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined');
  }
  if (type === 2 && Number(line.DISCOUNT_RATE) === 100 && own(line, 'DISCOUNT_SUM') === undefined) {
    refuse(
      'Discount Sum (DISCOUNT_SUM) is required if Percentage Discount Type (DISCOUNT_TYPE_ID) is defined and Discount Rate (DISCOUNT_RATE) is 100%',
    );
  }
  if (type === 1 && own(line, 'DISCOUNT_SUM') === undefined) {
    refuse('Discount Sum (DISCOUNT_SUM) is required if Monetary Discount Type (DISCOUNT_TYPE_ID) is defined');
  }
}
