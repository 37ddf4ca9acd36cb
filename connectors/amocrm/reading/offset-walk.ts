import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';

/** The vendor's longest page. */
export const pageSize = 250;
const stepsTried = 24;

/** One page of a list in the order of ids. */
export interface Rows {
  readonly rows: readonly JsonObject[];
  readonly hasNext: boolean;
}

export type AskPage = (page: number, limit: number) => Promise<Rows>;

/** How far a walk over numbered pages has come: places counted, and the last row in the order of the list. */
export interface OffsetPlace {
  readonly seen: number;
  readonly last: string | null;
}

export const firstPlace: OffsetPlace = { seen: 0, last: null };

/** An order of a list, so that a page can be told to follow what was seen. `last` is a row's place in it. */
export interface Order {
  placeOf(row: JsonObject): string;
  /** Whether the row stands at `last` or before it. */
  isKnown(row: JsonObject, last: string): boolean;
  isInOrder(one: JsonObject, next: JsonObject): boolean;
}

export const byId: Order = {
  placeOf: idOf,
  isKnown: (row, last) => compareIds(idOf(row), last) <= 0,
  isInOrder: (one, next) => compareIds(idOf(one), idOf(next)) < 0,
};

/** From the newest change backwards; rows of one second may stand in any order, so only the last one itself is known. */
export const fromNewest: Order = {
  placeOf: (row) => `${keyText(row.updated_at)}:${idOf(row)}`,
  isKnown: (row, last) => {
    const [at = '', id = ''] = last.split(':');
    return Number(row.updated_at) > Number(at) || (Number(row.updated_at) === Number(at) && idOf(row) === id);
  },
  isInOrder: (one, next) => Number(one.updated_at) >= Number(next.updated_at),
};

/**
 * The next rows of an ordered list. The vendor has no cursors, only numbered pages, and a record that goes moves all
 * others over a page's edge. So every page begins at a row that was seen already: where that one is missing, some
 * have gone, and the walk steps back until it meets known ground.
 */
export async function walkOn(
  place: OffsetPlace,
  ask: AskPage,
  order: Order,
): Promise<{ rows: JsonObject[]; next: OffsetPlace | null }> {
  const { last } = place;
  const isKnown = (row: JsonObject): boolean => last !== null && order.isKnown(row, last);
  for (let start = Math.max(0, place.seen - 1); ; start = Math.max(0, start - pageSize)) {
    const { page, limit } = pageCovering(start);
    const offset = (page - 1) * limit;
    const { rows, hasNext } = await ask(page, limit);
    const isInOrder = rows.every((row, at) => at === 0 || order.isInOrder(rows[at - 1] as JsonObject, row));
    // A list in another order cannot be checked: its pages are taken as they are.
    if (offset > 0 && last !== null && isInOrder && !rows.some(isKnown)) continue;
    const fresh = isInOrder ? rows.filter((row) => !isKnown(row)) : [...rows];
    const lastRow = rows.at(-1);
    const following = fresh.length === 0 || lastRow === undefined ? last : order.placeOf(lastRow);
    const next = { seen: offset + limit, last: isInOrder ? following : null };
    return { rows: fresh, next: hasNext ? next : null };
  }
}

/**
 * The page that holds place `start` with the least known before it: a page of size n begins at a multiple of n only,
 * so a slightly smaller size may fit better.
 */
export function pageCovering(start: number): { readonly page: number; readonly limit: number } {
  if (start === 0) return { page: 1, limit: pageSize };
  let best = { page: start + 1, limit: 1 };
  let bestGain = 0;
  const least = Math.ceil(start / pageSize);
  for (let before = least; before < least + stepsTried; before++) {
    const limit = Math.floor(start / before);
    if (limit < 1) break;
    const gain = limit - (start - before * limit);
    if (gain > bestGain) {
      best = { page: before + 1, limit };
      bestGain = gain;
    }
  }
  return best;
}

export function parseOffsetPlace(value: JsonValue | undefined): OffsetPlace {
  if (!isJsonObject(value)) return firstPlace;
  return { seen: Number(value.seen) || 0, last: keyText(value.last) };
}

export function idOf(row: JsonObject): string {
  return keyText(row.id) ?? '';
}

/** Ids are whole numbers; texts of equal length compare as such. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a === b ? 0 : a < b ? -1 : 1;
}
