import type { Cursor } from '../../core/cursor.js';
import { type SourceRecord, sourceKeyOf } from '../../core/record.js';
import type { OpenConnection, StreamDeclaration } from './contract.js';

/** Every record of a small stream (users, stages) with its key; records without one are left out. */
export async function readAll(
  connection: OpenConnection,
  stream: StreamDeclaration,
  signal: AbortSignal,
): Promise<(readonly [key: string, record: SourceRecord])[]> {
  const key = stream.key ?? ['id'];
  const reader = connection.reader({
    stream: stream.name,
    mode: 'full',
    key,
    cursorFields: null,
    start: null,
    lagMs: 0,
    where: {},
    period: null,
  });
  const all: (readonly [string, SourceRecord])[] = [];
  let cursor: Cursor | null = null;
  do {
    const page = await reader.readPage(cursor, null, signal);
    for (const record of page.records) {
      const id = sourceKeyOf(record, key);
      if (id !== null) all.push([id, record]);
    }
    cursor = page.next;
  } while (cursor !== null);
  await reader.close?.();
  return all;
}
