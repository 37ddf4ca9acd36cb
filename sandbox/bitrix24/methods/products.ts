import { type Json, type JsonObject, own } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { addRecord, changeRecord, logged, removeRecord } from '../changes.js';
import { ApiError, legacyError } from '../errors.js';
import type { Field } from '../fields.js';
import { readFields } from '../item-fields.js';
import { counted, readList, selectOld } from '../lists.js';
import { phpEntries, phpObject, textOf } from '../php.js';
import { PRODUCT_CATALOG } from '../store.js';
import { printUniversal } from '../values.js';
import { describeOld, oldFields, oldRecord, oldRow } from './old-items.js';

/** Products twice: `catalog.product.*` and `catalog.price.*`, and the old `crm.product.*` with its price inside. */
export function addProductMethods(table: MethodTable): void {
  reading(table, 'catalog', 'catalog.catalog.list', () => ({
    result: {
      catalogs: [
        {
          iblockId: PRODUCT_CATALOG,
          iblockTypeId: 'CRM_PRODUCT_CATALOG',
          id: PRODUCT_CATALOG,
          lid: 's1',
          name: 'Товарный каталог CRM',
          productIblockId: null,
          skuPropertyId: null,
          subscription: 'N',
          vatId: 1,
        },
      ],
    },
    total: 1,
  }));
  reading(table, 'catalog', 'catalog.product.getFieldsByFilter', (call) => ({ result: { product: describe(call) } }));
  reading(table, 'catalog', 'catalog.product.list', list);
  reading(table, 'catalog', 'catalog.product.get', (call) => {
    const row = rowOf(call);
    note(call, { effect: 'lookup', stream: 'products', id: call.portal.store.products.table.idOf(row), status: 200 });
    return { result: { product: shown(call, row) } };
  });
  writing(table, 'catalog', 'catalog.product.add', add);
  writing(table, 'catalog', 'catalog.product.update', update);
  writing(table, 'catalog', 'catalog.product.delete', (call) => {
    removeRecord(call, call.portal.store.products, rowOf(call));
    return { result: true };
  });
  reading(table, 'catalog', 'catalog.price.list', listPrices);
  writing(table, 'catalog', 'catalog.price.add', setPrice);
  writing(table, 'catalog', 'catalog.price.update', setPrice);
  addOldMethods(table);
}

/** The fields that the list shows; the camel names `modifiedBy` and `timestampX` differ from the stored ones. */
const CAMEL: Readonly<Record<string, string>> = {
  updatedBy: 'modifiedBy',
  updatedTime: 'timestampX',
  createdTime: 'dateCreate',
};
const STORED = Object.fromEntries(Object.entries(CAMEL).map(([stored, camel]) => [camel, stored]));

function fieldsOf(call: Call): Field[] {
  return call.portal.store.products.fields.filter(({ family }) => family !== 'old');
}

function shown(call: Call, row: number, names?: ReadonlySet<string>): JsonObject {
  const record = call.portal.store.products.table.record(row);
  const product: JsonObject = {};
  for (const field of fieldsOf(call)) {
    const name = CAMEL[field.name] ?? field.name;
    if (names !== undefined && !names.has(name) && !names.has('*')) continue;
    product[name] = printUniversal(field, own(record, field.name), call.portal.around);
  }
  return product;
}

function describe(call: Call): JsonObject {
  const entries = fieldsOf(call).map(({ name, type, title, isReadOnly, isRequired, isImmutable }) => {
    const row = { isImmutable, isReadOnly, isRequired, name: title, type };
    return [CAMEL[name] ?? name, row] as const;
  });
  return Object.fromEntries(entries);
}

function list(call: Call) {
  const select = phpEntries(param(call, 'select'))?.map(([, name]) => textOf(name)) ?? [];
  const filter = phpObject(param(call, 'filter')) ?? {};
  if (!select.includes('id') || !select.includes('iblockId')) {
    throw new ApiError(400, 0, 'Required select fields: id, iblockId');
  }
  if (!Object.keys(filter).some((key) => key.replace(/^[=@]/, '') === 'iblockId')) {
    throw new ApiError(400, 0, 'Required filter fields: iblockId');
  }
  const alias = (name: string) => STORED[name] ?? name;
  const { products } = call.portal.store;
  const page = readList(call, products, { family: 'universal', isPublic: true, alias });
  const names = new Set(select);
  return { result: { products: page.rows.map((row) => shown(call, row, names)) }, ...counted(call, page) };
}

function rowOf(call: Call, id: Json | undefined = param(call, 'id')): number {
  if (id === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {id}');
  const row = call.portal.store.products.table.rowOf(textOf(id));
  if (row < 0) throw new ApiError(400, 0, 'product does not exist.');
  return row;
}

function readProduct(call: Call, mode: 'add' | 'update'): JsonObject {
  const fields = phpObject(param(call, 'fields'));
  if (fields === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {fields}');
  const renamed = Object.fromEntries(Object.entries(fields).map(([name, value]) => [STORED[name] ?? name, value]));
  const record = readFields(call, call.portal.store.products, renamed, { family: 'universal', mode });
  // A property is sent as {value} or bare, and is printed with the number of the value.
  const sent = own(fields, 'property258');
  if (sent !== undefined && sent !== null) {
    const value = phpObject(sent)?.value ?? sent;
    record.property258 = { value, valueId: String(call.portal.store.nextEnumId()) };
  }
  return record;
}

function add(call: Call) {
  const fields = phpObject(param(call, 'fields'));
  return logged(call, 'create', 'products', fields, undefined, () => {
    const record = readProduct(call, 'add');
    if (own(record, 'iblockId') !== PRODUCT_CATALOG) throw new ApiError(400, 200040300000, 'Iblock not found');
    if (textOf(own(record, 'name') ?? null) === '') throw new ApiError(400, 0, 'Required fields: name');
    const id = addRecord(call, call.portal.store.products, { ...NEW_PRODUCT, ...record });
    return { result: { element: shown(call, call.portal.store.products.table.rowOf(id)) } };
  });
}

const NEW_PRODUCT: JsonObject = {
  active: 'Y',
  sort: 500,
  available: 'Y',
  bundle: 'N',
  canBuyZero: 'Y',
  quantity: 0,
  quantityReserved: 0,
  quantityTrace: 'N',
  detailTextType: 'text',
  type: 1,
  measure: 5,
};

function update(call: Call) {
  const row = rowOf(call);
  changeRecord(call, call.portal.store.products, row, readProduct(call, 'update'));
  return { result: { element: shown(call, row) } };
}

/** The base price of every product; its number is the product's. */
function listPrices(call: Call) {
  const alias = (name: string) => (name === 'productId' ? 'id' : (STORED[name] ?? name));
  const { products } = call.portal.store;
  const page = readList(call, products, { family: 'universal', isPublic: true, alias });
  return { result: { prices: page.rows.map((row) => priceRow(call, row)) }, ...counted(call, page) };
}

function priceRow(call: Call, row: number): JsonObject {
  const { id = 0, price = null, currencyId = 'RUB' } = call.portal.store.products.table.record(row);
  return { id, productId: id, catalogGroupId: 1, price, priceScale: price, currency: currencyId, extraId: null };
}

function setPrice(call: Call) {
  const fields = phpObject(param(call, 'fields')) ?? {};
  const row = rowOf(call, own(fields, 'productId') ?? param(call, 'id'));
  const changes: JsonObject = { price: Number(fields.price ?? 0) };
  if (fields.currency !== undefined) changes.currencyId = textOf(fields.currency);
  changeRecord(call, call.portal.store.products, row, changes);
  return { result: { price: priceRow(call, row) } };
}

function addOldMethods(table: MethodTable): void {
  reading(table, 'crm', 'crm.product.fields', (call) => ({ result: describeOld(call.portal.store.products) }));
  reading(table, 'crm', 'crm.product.list', (call) => {
    const { products } = call.portal.store;
    const page = readList(call, products, { family: 'old', isPublic: true });
    const fields = selectOld(call, products);
    return { result: page.rows.map((row) => oldRow(call, products.table.record(row), fields)), ...counted(call, page) };
  });
  reading(table, 'crm', 'crm.product.get', (call) => {
    const { products } = call.portal.store;
    const row = oldRecord(call, products, legacyError('Product is not found'));
    const fields = products.fields.filter(({ family }) => family !== 'universal');
    note(call, { effect: 'lookup', stream: 'products', id: products.table.idOf(row), status: 200 });
    return { result: oldRow(call, products.table.record(row), fields) };
  });
  writing(table, 'crm', 'crm.product.add', (call) => {
    const fields = oldFields(call);
    return logged(call, 'create', 'products', fields, undefined, () => {
      const { products } = call.portal.store;
      const record = readFields(call, products, fields, { family: 'old', mode: 'add' });
      if (textOf(own(record, 'name') ?? null) === '') throw legacyError('The field Name is required.');
      const id = addRecord(call, products, { ...NEW_PRODUCT, currencyId: 'RUB', ...record, iblockId: PRODUCT_CATALOG });
      return { result: Number(id) };
    });
  });
  writing(table, 'crm', 'crm.product.update', (call) => {
    const { products } = call.portal.store;
    const row = oldRecord(call, products, legacyError('Product is not found'));
    changeRecord(call, products, row, readFields(call, products, oldFields(call), { family: 'old', mode: 'update' }));
    return { result: true };
  });
  writing(table, 'crm', 'crm.product.delete', (call) => {
    const { products } = call.portal.store;
    removeRecord(call, products, oldRecord(call, products, legacyError('Product is not found')));
    return { result: true };
  });
  reading(table, 'crm', 'crm.productsection.list', () => ({ result: [], total: 0 }));
}
