import { columnsOf } from '../schema/columns.js';
import type { StandardStream } from './stream.js';

export const orders: StandardStream = {
  name: 'orders',
  set: 'Order',
  title: 'Orders',
  columns: columnsOf(`
    text: Number Notes Comment
    datetime: Date
    lookup: StatusId>OrderStatus PaymentStatusId>OrderPaymentStatus AccountId ContactId OpportunityId OwnerId>Contact CurrencyId
    decimal: CurrencyRate
    money: Amount PaymentAmount PrimaryAmount PrimaryPaymentAmount
  `),
  details: [{ field: 'products', set: 'OrderProduct', parent: 'OrderId', identity: ['ProductId', 'Name'], item: null }],
};

export const orderProducts: StandardStream = {
  name: 'order_products',
  set: 'OrderProduct',
  title: 'Product lines of orders',
  columns: columnsOf(`
    text: Name
    lookup: OrderId! ProductId UnitId TaxId
    decimal: Quantity DiscountPercent
    money: Price TaxAmount Amount TotalAmount
  `),
};
