import { Type } from 'typebox';
import { Failure } from '../../core/failures.js';

/** Query parameters of every list. */
export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 200, default: 50, description: 'At most so many items; 50 when absent.' }),
  ),
  cursor: Type.Optional(
    Type.String({ minLength: 1, maxLength: 500, description: 'Where to go on: `next` of the page before.' }),
  ),
};

export interface PageQuery {
  readonly limit?: number;
  readonly cursor?: string;
}

export interface PageOf<Item> {
  readonly items: readonly Item[];
  /** Null at the end. */
  readonly next: string | null;
}

/** One more than asked is read, to know whether there is a next page. */
export function pageOf<Item>(rows: readonly Item[], limit: number, place: (last: Item) => string): PageOf<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? encodeCursor(place(last)) : null };
}

export function limitOf(query: PageQuery): number {
  return query.limit ?? 50;
}

function encodeCursor(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/** The place after which the page begins; null at the beginning. Throws `api/bad_request` when it does not fit `form`. */
export function afterOf(query: PageQuery, form: RegExp): string | null {
  if (query.cursor === undefined) return null;
  const place = Buffer.from(query.cursor, 'base64url').toString();
  if (form.test(place)) return place;
  throw new Failure('api/bad_request', {
    message: 'The cursor of the request is not one of this list.',
    hint: 'Pass `next` of the page before as it came, or leave it out to begin again.',
  });
}

export const uuidForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
