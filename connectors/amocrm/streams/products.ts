import { id, mainWrite, moment, plain, type StreamSpec } from './spec.js';

const writable = { isWritable: true } as const;

/** Elements of the account's catalog of products. The list can be asked neither for changes nor for an order. */
export const products: StreamSpec = {
  name: 'products',
  title: 'Products',
  path: '/catalogs',
  embedded: 'elements',
  key: ['id'],
  fields: [
    id('id', 'ID'),
    plain('name', 'Name', 'text', { ...writable, isRequired: true }),
    id('catalog_id', 'Catalog'),
    id('currency_id', 'Currency'),
    id('created_by', 'Created by', writable),
    id('updated_by', 'Changed by', writable),
    moment('created_at', 'Created at', writable),
    moment('updated_at', 'Changed at'),
    plain('is_deleted', 'Is deleted', 'boolean'),
    id('account_id', 'Account'),
  ],
  hasCustomFields: true,
  links: [],
  changes: null,
  filters: {},
  finds: { id: 'filter[id][]', name: 'query' },
  write: { ...mainWrite, matchFields: ['name', ...mainWrite.matchFields.slice(1)] },
};

/** Elements of all catalogs; a new one says which catalog it belongs to. */
export const catalogElements: StreamSpec = {
  ...products,
  name: 'catalog_elements',
  title: 'Elements of catalogs',
  fields: products.fields.map((field) =>
    field.name === 'catalog_id' ? { ...field, isWritable: true, isRequired: true } : field,
  ),
  write: null,
};
