import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { Command, PortalClient } from '../client.js';
import { Finder } from '../reading/finder.js';
import type { ListMethod } from '../reading/list.js';
import { productRows } from './fields.js';
import { textual } from './values.js';

const ownersAtOnce = 50;
/** They stand in one batch with the change of their record. */
const mostDeletions = 49;
const names = (productRows.fields ?? []).map((field) => field.name);

export const productRowList: ListMethod = {
  method: 'crm.item.productrow.list',
  base: {},
  rowsAt: 'productRows',
  id: 'id',
  filterId: 'id',
  filterParam: 'filter',
  order: { order: { id: 'asc' } },
};

/** Product rows of many records, in few requests: 50 owners in one command, 50 commands in one batch. */
export async function rowsOfOwners(
  client: PortalClient,
  ownerType: string,
  ownerIds: readonly string[],
  signal: AbortSignal,
): Promise<Map<string, JsonObject[]>> {
  const filters = [];
  for (let start = 0; start < ownerIds.length; start += ownersAtOnce)
    filters.push({ '=ownerType': ownerType, '=ownerId': ownerIds.slice(start, start + ownersAtOnce) });
  const wanted = new Set(ownerIds);
  const isMine = (row: JsonObject): boolean => wanted.has(String(row.ownerId));
  const rows = await new Finder(client, productRowList).all(filters, signal, isMine);
  const byOwner = new Map<string, JsonObject[]>(ownerIds.map((id) => [id, []]));
  for (const row of rows) byOwner.get(String(row.ownerId))?.push(row);
  for (const list of byOwner.values())
    list.sort((a, b) => Number(a.sort) - Number(b.sort) || Number(a.id) - Number(b.id));
  return byOwner;
}

/** A row as records hold it: what can be written again, so that the same rows look the same. */
export function productRowOf(row: JsonObject): JsonObject {
  const record = Object.fromEntries(names.map((name) => [name, textual(row[name] ?? null)]));
  return record.productId === '0' ? { ...record, productId: null } : record;
}

/** The command that replaces all rows of a record. */
export function setRows(ownerType: string, ownerId: Command['params'][string], rows: JsonValue): Command {
  return { method: 'crm.item.productrow.set', params: { ownerId, ownerType, productRows: writtenRows(rows) } };
}

/** A query cannot carry an empty list, so the last rows of a record are deleted one by one. */
export function replaceRows(
  ownerType: string,
  ownerId: string,
  present: readonly JsonObject[],
  rows: JsonValue,
): readonly Command[] {
  if (writtenRows(rows).length > 0) return [setRows(ownerType, ownerId, rows)];
  const rest = present.slice(0, mostDeletions);
  return rest.map((row) => ({ method: 'crm.item.productrow.delete', params: { id: String(row.id) } }));
}

function writtenRows(rows: JsonValue): JsonObject[] {
  if (!Array.isArray(rows)) return [];
  return rows.filter(isJsonObject).map((row) => {
    const written: JsonObject = {};
    for (const name of names) if (row[name] !== undefined && row[name] !== null) written[name] = row[name];
    if (written.productId === '0') delete written.productId;
    return written;
  });
}

/** Whether a record's rows are what shall be written already; what is not said may be anything. */
export function hasRows(present: readonly JsonObject[], rows: JsonValue): boolean {
  const wanted = writtenRows(rows);
  return (
    wanted.length === present.length &&
    wanted.every((row, index) =>
      Object.entries(row).every(([name, value]) => isSameValue(present[index]?.[name], value)),
    )
  );
}

/** Numbers are equal however they are written. */
export function isSameValue(present: JsonValue | undefined, wanted: JsonValue | undefined): boolean {
  const one = String(present ?? '');
  const other = String(wanted ?? '');
  return one === other || (one !== '' && other !== '' && Number(one) === Number(other));
}
