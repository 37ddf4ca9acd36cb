import { fieldsOf } from './fields.js';
import { type PlainStream, sameNames } from './plain.js';
import type { PlainWriting } from './plain-writing.js';
import { productRowList } from './product-rows.js';

/** The products that deals name, with their price. */
export const products: PlainStream = {
  name: 'products',
  title: 'Products',
  fields: fieldsOf(`
    !ID text ID
    *NAME text Name
    CODE text Code
    ACTIVE flag Active
    PRICE money Price
    CURRENCY_ID text Currency
    VAT_ID text Tax
    VAT_INCLUDED flag Tax is in the price
    MEASURE text Unit
    SECTION_ID text Section
    DESCRIPTION text Description
    SORT integer Order
    XML_ID text External code
    !DATE_CREATE datetime Created at
    !TIMESTAMP_X datetime Changed at
    CATALOG_ID text Catalogue`),
  isOpen: true,
  key: 'ID',
  list: {
    method: 'crm.product.list',
    base: { select: ['*', 'PROPERTY_*'] },
    rowsAt: null,
    id: 'ID',
    filterId: 'ID',
    filterParam: 'filter',
    order: { order: { ID: 'ASC' } },
  },
  changedField: null,
  filters: ['ACTIVE', 'CATALOG_ID', 'ID', 'SECTION_ID', 'XML_ID'],
  findBy: ['CODE', 'ID', 'NAME', 'XML_ID'],
  filterName: (field) => field,
  rowName: (field) => field,
  recordOf: sameNames,
};

/** Our own id stands in the external code. */
export const productWriting: PlainWriting = {
  add: (fields) => ({ method: 'crm.product.add', params: { fields } }),
  update: (id, fields) => ({ method: 'crm.product.update', params: { id, fields } }),
  remove: (id) => ({ method: 'crm.product.delete', params: { id } }),
  keyOf: (result) => (typeof result === 'number' || typeof result === 'string' ? String(result) : null),
  ownId: { field: 'XML_ID', originatorField: null },
  written: (fields) => fields,
};

/** Rows of deals one by one; a look-up by `ownerId` gives those of one deal. Its price is for one, with all in it. */
export const dealProducts: PlainStream = {
  name: 'deal_products',
  title: 'Product rows of deals',
  fields: fieldsOf(`
    !id text ID
    *ownerId text Deal
    productId text Product
    productName text Name
    price money Price with discounts and taxes
    quantity decimal Quantity
    discountTypeId text Kind of discount, 1 sum or 2 per cent
    discountRate decimal Discount in per cent
    discountSum money Discount
    taxRate decimal Tax in per cent
    taxIncluded flag Tax is in the price
    measureCode text Unit
    !measureName text Name of the unit
    sort integer Order
    !fingerprint text Made here of deal, product, quantity, price and order: how a row is found again`),
  isOpen: true,
  key: 'id',
  list: productRowList,
  changedField: null,
  filters: [],
  findBy: ['id', 'ownerId'],
  filterName: (field) => field,
  rowName: (field) => field,
  recordOf: sameNames,
};
