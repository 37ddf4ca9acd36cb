import { keyText } from '../../../core/record.js';
import { type Account, askedRowsIn, hasNext } from '../account.js';
import { isoOf } from '../zone.js';

/** The vendor's longest page of events. */
const eventsAtOnce = 100;

export interface Deletion {
  /** Of the event, not of the record. */
  readonly id: string;
  readonly key: string;
  readonly at: string;
}

/** A page of the account's log, newest first: what was deleted at or after a second. The API itself deletes nothing. */
export async function deletionsOn(
  account: Account,
  type: string,
  from: number,
  page: number,
  signal: AbortSignal,
): Promise<{ readonly events: readonly Deletion[]; readonly hasNext: boolean }> {
  const query = { 'filter[type]': type, 'filter[created_at][from]': Math.max(0, from), page, limit: eventsAtOnce };
  const body = await account.client.get('/events', query, signal);
  const rows = askedRowsIn(body, 'events');
  const events: Deletion[] = [];
  for (const row of rows) {
    const [id, key] = [keyText(row.id), keyText(row.entity_id)];
    const at = Number(row.created_at);
    if (id === null || key === null || row.type !== type || !(at >= from)) continue;
    events.push({ id, key, at: isoOf(at) });
  }
  const isPast = rows.some((row) => Number(row.created_at) < from);
  return { events, hasNext: hasNext(body) && !isPast };
}
