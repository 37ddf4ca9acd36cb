import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { Change } from '../../kit/index.js';
import { batchSize, type Command, type PortalClient } from '../client.js';
import { Reference } from '../query.js';
import { ask, Finder } from '../reading/finder.js';
import type { Source } from '../reading/source.js';
import { type Order, type OwnIds, operationOf, type Target } from '../writing/target.js';
import type { Entity } from './entities.js';
import { withoutEmptyLists, writtenFields } from './item-fields.js';
import { itemList } from './item-list.js';
import { recordOf } from './item-records.js';
import { itemSource } from './items.js';
import { changedEntries, createdEntries, multiFieldsIn } from './multi-fields.js';
import { hasRows, replaceRows, rowsOfOwners, setRows } from './product-rows.js';
import { type Schema, schemaOf } from './schema.js';

/** Tells our own ids from those of other systems in the same field. */
export const originator = 'pipewright';

/** What stands at the portal now of the records that are to be changed. */
interface Present {
  readonly entries: ReadonlyMap<string, readonly JsonObject[]>;
  readonly rows: ReadonlyMap<string, readonly JsonObject[]>;
}

/** Writes leads, deals, contacts, companies and smart processes. */
export function itemTarget(client: PortalClient, entity: Entity): Target {
  const wholeSource = itemSource(client, entity);
  const source: Source = { ...wholeSource, records: async (rows) => rows.map((row) => recordOf(entity, row, null)) };
  const base = { entityTypeId: entity.typeId };
  return {
    stream: entity.stream,
    source,
    wholeSource,
    prepare: async (changes, signal) => {
      const hasCustom = changes.some((change) => Object.keys(change.fields).some((name) => name.startsWith('UF_')));
      const schema = hasCustom ? await schemaOf(client, entity, signal) : null;
      const present = await readPresent(client, entity, changes, signal);
      return (change) => orderOf(entity, change, schema, present);
    },
    keyOf: (result) => {
      const item = isJsonObject(result) ? result.item : null;
      return isJsonObject(item) && (typeof item.id === 'number' || typeof item.id === 'string')
        ? String(item.id)
        : null;
    },
    undo: (id) => ({ method: 'crm.item.delete', params: { ...base, id } }),
    ownIds: ownIds(client, entity, source),
  };
}

function orderOf(entity: Entity, change: Change, schema: Schema | null, present: Present): Order {
  const operation = operationOf(change);
  const base = { entityTypeId: entity.typeId };
  const id = change.targetKey ?? '';
  if (operation === 'delete') return alone(change, { method: 'crm.item.delete', params: { ...base, id } });
  const written = writtenFields(entity, change.fields, schema);
  const fields = operation === 'create' ? withoutEmptyLists(written) : written;
  if (operation === 'create') {
    const entries = entity.hasCommunications ? createdEntries(change.fields) : [];
    if (entries.length > 0) fields.fm = entries;
    fields[entity.names.toVendor(entity.ownIdField)] = change.recordKey;
    if (entity.originatorField !== null) fields[entity.names.toVendor(entity.originatorField)] = originator;
  } else if (entity.hasCommunications) {
    const entries = changedEntries(change.fields, present.entries.get(id) ?? []);
    if (Object.keys(entries).length > 0) fields.fm = entries;
  }
  const method = operation === 'create' ? 'crm.item.add' : 'crm.item.update';
  const head: Command = {
    method,
    params: { ...base, ...(operation === 'update' && { id }), useOriginalUfNames: 'Y', fields },
  };
  const rows = change.fields.PRODUCT_ROWS;
  const owner = entity.rowsOwner;
  if (rows === undefined || owner === null) return alone(change, head);
  if (operation === 'create') {
    if (!Array.isArray(rows) || rows.length === 0) return alone(change, head);
    const tail = (index: number) => [setRows(owner, new Reference(`$result[c${index}][item][id]`), rows)];
    return { change, head, tail, tailLength: 1 };
  }
  const held = present.rows.get(id) ?? [];
  if (hasRows(held, rows)) return alone(change, head);
  const tail = replaceRows(owner, id, held, rows);
  return { change, head, tail: () => tail, tailLength: tail.length };
}

function alone(change: Change, head: Command): Order {
  return { change, head, tail: () => [], tailLength: 0 };
}

/** Phones and product rows can only be changed by one who knows them; nothing else is asked for. */
async function readPresent(
  client: PortalClient,
  entity: Entity,
  changes: readonly Change[],
  signal: AbortSignal,
): Promise<Present> {
  const updates = changes.filter((change) => operationOf(change) === 'update' && change.targetKey !== null);
  const keysOf = (isMeant: (change: Change) => boolean): string[] =>
    updates.filter(isMeant).map((change) => change.targetKey ?? '');
  const withEntries = entity.hasCommunications ? keysOf((change) => multiFieldsIn(change.fields).length > 0) : [];
  const withRows = entity.rowsOwner === null ? [] : keysOf((change) => change.fields.PRODUCT_ROWS !== undefined);
  const entries = new Map<string, readonly JsonObject[]>();
  if (withEntries.length > 0) {
    for (const row of await new Finder(client, itemList(entity)).rows('id', withEntries, {}, signal))
      entries.set(String(row.id), Array.isArray(row.fm) ? row.fm.filter(isJsonObject) : []);
  }
  const rows =
    withRows.length > 0 && entity.rowsOwner !== null
      ? await rowsOfOwners(client, entity.rowsOwner, withRows, signal)
      : new Map<string, JsonObject[]>();
  return { entries, rows };
}

function ownIds(client: PortalClient, entity: Entity, source: Source): OwnIds {
  const { names, originatorField, ownIdField, rowsOwner } = entity;
  return {
    find: async (recordKeys, signal) => {
      const mine = originatorField === null ? {} : { [`=${names.toVendor(originatorField)}`]: originator };
      const rows = await new Finder(client, source.list).rows(names.toVendor(ownIdField), recordKeys, mine, signal);
      return source.records(rows, signal);
    },
    keyOf: (record) => {
      const key: JsonValue | undefined = record[ownIdField];
      const isOurs = originatorField === null || record[originatorField] === originator;
      return isOurs && typeof key === 'string' ? key : null;
    },
    // The answer to their creation was lost, so perhaps their rows were: the same rows are set once more.
    complete: async (found, signal) => {
      if (rowsOwner === null) return;
      const commands = [...found].flatMap(([key, { fields }]) =>
        Array.isArray(fields.PRODUCT_ROWS) && fields.PRODUCT_ROWS.length > 0
          ? [setRows(rowsOwner, key, fields.PRODUCT_ROWS)]
          : [],
      );
      for (let start = 0; start < commands.length; start += batchSize)
        await ask(client, commands.slice(start, start + batchSize), signal);
    },
  };
}
