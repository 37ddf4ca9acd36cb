import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { shortHash } from '../../kit/hash.js';
import type { Reader } from '../../kit/index.js';
import { batchSize, isFailed, type PortalClient } from '../client.js';
import type { Source } from '../reading/source.js';
import { parseWalkPlace, Walk } from '../reading/walk.js';
import type { Entity } from './entities.js';
import { itemList } from './item-list.js';
import { plainSource, sameNames } from './plain.js';
import { rowsOfOwners } from './product-rows.js';
import { dealProducts } from './products.js';

/** Rows are listed by their deal only, so all deals are gone over, 2,500 at a time. */
export function dealProductsReader(client: PortalClient, entity: Entity): Reader {
  const walk = new Walk(client, itemList(entity, ['id']));
  const source = dealProductsSource(client, entity);
  return {
    readPage: async (cursor, _bookmark, signal) => {
      const place = isJsonObject(cursor) ? parseWalkPlace(cursor.walk) : null;
      const { rows, next } = await walk.page({}, place, signal);
      const ids = rows.map((row) => String(row.id));
      const records = ids.length === 0 ? [] : await rowsOfDeals(client, entity, ids, signal);
      return { records, deleted: [], next: next === null ? null : { walk: { ...next } }, bookmark: null };
    },
    find: (field, values, signal) => source.find?.(field, values, signal) ?? Promise.resolve([]),
  };
}

export function dealProductsSource(client: PortalClient, entity: Entity): Source {
  return {
    ...plainSource(dealProducts),
    find: async (field, values, signal) => {
      const asked = [...new Set(values)];
      if (field === 'ownerId') return rowsOfDeals(client, entity, asked, signal);
      return field === 'id' ? rowsById(client, entity, asked, signal) : [];
    },
  };
}

async function rowsOfDeals(client: PortalClient, entity: Entity, ids: readonly string[], signal: AbortSignal) {
  const rows = await rowsOfOwners(client, entity.rowsOwner ?? '', ids, signal);
  return [...rows.values()].flat().map(dealProductOf);
}

async function rowsById(client: PortalClient, entity: Entity, ids: readonly string[], signal: AbortSignal) {
  const found: JsonObject[] = [];
  for (let start = 0; start < ids.length; start += batchSize) {
    const commands = ids
      .slice(start, start + batchSize)
      .map((id) => ({ method: 'crm.item.productrow.get', params: { id } }));
    for (const answer of await client.batch(commands, { signal })) {
      // A row that is gone is an error of its command.
      if (isFailed(answer) && answer.failure.kind !== 'rejected') throw answer.failure;
      const row = isFailed(answer) || !isJsonObject(answer.result) ? null : answer.result.productRow;
      // Rows of leads and smart processes are no rows of deals.
      if (isJsonObject(row) && row.ownerType === entity.rowsOwner) found.push(dealProductOf(row));
    }
  }
  return found;
}

/** A row as the stream's record; one without a product of the catalogue has only its name. */
export function dealProductOf(row: JsonObject): JsonObject {
  const record = sameNames(row);
  if (record.productId === '0') record.productId = null;
  const { ownerId, productId, productName, quantity, price, sort } = record;
  const product = productId ?? productName ?? '';
  const fingerprint = shortHash([ownerId, product, quantity, price, sort].map((part) => String(part ?? '')).join('\n'));
  return { ...record, fingerprint };
}
