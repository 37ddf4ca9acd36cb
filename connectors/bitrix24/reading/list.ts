import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { badAnswer } from '../answers.js';
import type { Command } from '../client.js';
import { type Param, type Params, Reference } from '../query.js';

/** Rows in one page of any list; the vendor lets nobody choose. */
export const pageRows = 50;

/** How one of the vendor's list methods is asked. */
export interface ListMethod {
  readonly method: string;
  /** Parameters that are always sent. */
  readonly base: Params;
  /** Where the result holds the rows: a name, or null where it is the list itself. */
  readonly rowsAt: string | null;
  /** The id's name in rows, filters and orders; in filters it may be spelled otherwise. */
  readonly id: string;
  readonly filterId: string;
  readonly filterParam: 'filter' | 'FILTER';
  /** The order by id. */
  readonly order: Params;
}

/** A list's filter in the vendor's own spelling, e.g. `{ '>=updatedTime': '...' }`. */
export type ListFilter = { readonly [name: string]: Param };

/** The page of rows after an id; `counts` also has the whole list counted, which costs the portal time. */
export function pageCommand(list: ListMethod, filter: ListFilter, after: Param, counts = false): Command {
  const edge = after === null ? {} : { [`>${list.filterId}`]: after };
  return {
    method: list.method,
    params: {
      ...list.base,
      [list.filterParam]: { ...filter, ...edge },
      ...list.order,
      start: counts ? 0 : -1,
    },
  };
}

/** Commands of one batch, each of which begins after the last row of the one before it. */
export function chainCommands(list: ListMethod, filter: ListFilter, after: string, count: number): Command[] {
  const at = list.rowsAt === null ? '' : `[${list.rowsAt}]`;
  return Array.from({ length: count }, (_, index) =>
    pageCommand(
      list,
      filter,
      index === 0 ? after : new Reference(`$result[c${index - 1}]${at}[${pageRows - 1}][${list.id}]`),
    ),
  );
}

/** The rows of a list's result. An empty list may come as an empty map and the other way round. */
export function rowsOf(list: ListMethod, result: JsonValue): JsonObject[] {
  const isEmpty = Array.isArray(result) && result.length === 0;
  const rows = list.rowsAt === null || isEmpty ? result : isJsonObject(result) ? result[list.rowsAt] : null;
  if (Array.isArray(rows) && rows.every(isJsonObject)) return rows;
  if (isJsonObject(rows) && Object.values(rows).every(isJsonObject)) return Object.values(rows) as JsonObject[];
  throw badAnswer(list.method, 'no list of records');
}

export function idOf(list: ListMethod, row: JsonObject): string {
  const id = row[list.id];
  if (typeof id === 'number' || (typeof id === 'string' && id !== '')) return String(id);
  throw badAnswer(list.method, 'a record without an id');
}

/** Ids are whole numbers, written as text. */
export function isAfter(id: string, edge: string): boolean {
  return BigInt(/^\d+$/.test(id) ? id : 0) > BigInt(/^\d+$/.test(edge) ? edge : 0);
}
