import type { JsonObject } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import type { CreatioClient } from '../client.js';
import { contentRefField } from '../declaration.js';
import type { KnownStream } from '../object.js';
import { entityPath } from '../odata.js';
import { Objects } from '../schema/objects.js';
import { decodeRow } from '../values.js';
import { withDetails } from './details.js';
import { expandedFields } from './expansion.js';

/** Rows of an answer as the records of a stream, with their lists of details. */
export async function recordsOf(
  client: CreatioClient,
  known: KnownStream,
  rows: readonly JsonObject[],
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const records = rows.map((row) => recordOf(known, row));
  const { owner } = known.stream;
  if (owner === undefined || records.length === 0) return withDetails(client, known, records, signal);
  const names = new Map((await new Objects(client).list(signal)).map(({ uId, name }) => [uId, name]));
  return records.map((record) => ({
    ...record,
    [owner.field]: names.get(String(record[owner.schema]).toLowerCase()) ?? null,
  }));
}

/** One row without its lists. */
export function recordOf({ stream, columns }: KnownStream, row: JsonObject): SourceRecord {
  const record: JsonObject = { ...decodeRow(row, columns), ...expandedFields(stream, row) };
  for (const [alias, name] of Object.entries(stream.aliases ?? {})) record[alias] = record[name] ?? null;
  if (stream.content !== undefined)
    record[contentRefField] = `${entityPath(stream.set, String(record.Id))}/${stream.content}`;
  return record;
}
