import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import { batchSize, type PortalClient } from '../client.js';
import { ask, Finder } from '../reading/finder.js';
import type { Entity } from './entities.js';
import { itemList } from './item-list.js';
import { recordOf } from './item-records.js';

/** Values in one search; the vendor takes 20, and gives 20 ids at most. */
const valuesAtOnce = 20;
const mostIds = 20;

/** Lists cannot be filtered by phones and e-mails: the search for duplicates finds the ids, the list the records. */
export async function findByCommunication(
  client: PortalClient,
  entity: Entity,
  type: 'PHONE' | 'EMAIL',
  values: readonly string[],
  signal: AbortSignal,
): Promise<SourceRecord[]> {
  if (!entity.hasCommunications || entity.code === null) throw cannotSearch(entity, type);
  const ids = new Set<string>();
  let open = chunks(values, valuesAtOnce);
  while (open.length > 0) {
    const asked = open.slice(0, batchSize);
    const further = open.slice(batchSize);
    const commands = asked.map((some) => ({
      method: 'crm.duplicate.findbycomm',
      params: { type, values: [...some], entity_type: entity.code },
    }));
    const results = await ask(client, commands, signal);
    results.forEach((result, index) => {
      const some = asked[index] ?? [];
      const found = idsIn(result, entity.code ?? '');
      // A full answer may be a cut one: fewer values are asked for at once.
      if (found.length >= mostIds && some.length > 1) further.push(...chunks(some, Math.ceil(some.length / 2)));
      else for (const id of found) ids.add(id);
    });
    open = further;
  }
  if (ids.size === 0) return [];
  const rows: JsonObject[] = await new Finder(client, itemList(entity)).rows('id', [...ids], {}, signal);
  return rows.map((row) => recordOf(entity, row, null));
}

/** `{ CONTACT: [1, 2] }`; nothing found is an empty list. */
function idsIn(result: JsonValue, code: string): string[] {
  const ids = isJsonObject(result) ? result[code] : null;
  if (Array.isArray(ids)) return ids.map(String);
  return isJsonObject(ids) ? Object.values(ids).map(String) : [];
}

function chunks(values: readonly string[], size: number): string[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, index) =>
    values.slice(index * size, (index + 1) * size),
  );
}

function cannotSearch(entity: Entity, type: string): Failure {
  return new Failure('definition/invalid', {
    message: `Stream \`${entity.stream}\` has no \`${type}\` to be searched by.`,
    hint: 'Search leads, contacts or companies by it.',
    details: { wasSent: false },
  });
}
