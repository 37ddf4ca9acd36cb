import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

export const products: StandardStream = {
  name: 'products',
  set: 'Product',
  title: 'Products',
  columns: columnsOf(`
    text: Name! Code URL Description
    lookup: CategoryId>ProductCategory TypeId>ProductType TradeMarkId UnitId CurrencyId TaxId OwnerId>Contact
    money: Price
    boolean: Active IsArchive
  `),
};
