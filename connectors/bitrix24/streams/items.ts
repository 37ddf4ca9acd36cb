import type { JsonObject } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import type { PortalClient } from '../client.js';
import type { Source } from '../reading/source.js';
import { findByCommunication } from './communications.js';
import type { Entity } from './entities.js';
import { itemList } from './item-list.js';
import { needsSchema, recordOf } from './item-records.js';
import { productRowOf, rowsOfOwners } from './product-rows.js';
import { schemaOf } from './schema.js';

/** Reads leads, deals, contacts, companies and smart processes. */
export function itemSource(client: PortalClient, entity: Entity): Source {
  const { names } = entity;
  return {
    list: itemList(entity),
    keyField: 'ID',
    changed: { row: names.toVendor(entity.changedField), filter: names.toVendor(entity.changedField) },
    filterName: (field) => names.toVendor(field),
    records: (rows, signal) => itemRecords(client, entity, rows, signal),
    find: (field, values, signal) =>
      field === 'PHONE' || field === 'EMAIL' ? findByCommunication(client, entity, field, values, signal) : null,
  };
}

/** Rows as records; the portal is asked for what they do not say themselves: kinds of custom fields, product rows. */
async function itemRecords(
  client: PortalClient,
  entity: Entity,
  rows: readonly JsonObject[],
  signal: AbortSignal,
): Promise<SourceRecord[]> {
  const schema = rows.some(needsSchema) ? await schemaOf(client, entity, signal) : null;
  const records = rows.map((row) => ({ ...recordOf(entity, row, schema) }));
  if (entity.rowsOwner === null || records.length === 0 || !client.portal.readsProductRows) return records;
  const ids = records.map((record) => String(record.ID));
  const products = await rowsOfOwners(client, entity.rowsOwner, ids, signal);
  for (const record of records) record.PRODUCT_ROWS = (products.get(String(record.ID)) ?? []).map(productRowOf);
  return records;
}
