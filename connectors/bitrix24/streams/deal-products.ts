import { isJsonObject, type JsonObject } from '../../../core/json.js';
import type { Reader } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import { parseWalkPlace, Walk } from '../reading/walk.js';
import type { Entity } from './entities.js';
import { itemList } from './item-list.js';
import { sameNames } from './plain.js';
import { rowsOfOwners } from './product-rows.js';

/** Rows are listed by their deal only, so all deals are gone over, 2,500 at a time. */
export function dealProductsReader(client: PortalClient, entity: Entity): Reader {
  const walk = new Walk(client, itemList(entity, ['id']));
  const rowsOf = async (ids: readonly string[], signal: AbortSignal): Promise<JsonObject[]> => {
    const rows = await rowsOfOwners(client, entity.rowsOwner ?? '', ids, signal);
    return [...rows.values()].flat().map(sameNames);
  };
  return {
    readPage: async (cursor, _bookmark, signal) => {
      const place = isJsonObject(cursor) ? parseWalkPlace(cursor.walk) : null;
      const { rows, next } = await walk.page({}, place, signal);
      const ids = rows.map((row) => String(row.id));
      const records = ids.length === 0 ? [] : await rowsOf(ids, signal);
      return { records, deleted: [], next: next === null ? null : { walk: { ...next } }, bookmark: null };
    },
    find: async (field, values, signal) => (field === 'ownerId' ? rowsOf([...new Set(values)], signal) : []),
  };
}
