import type { JsonObject, JsonValue } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import { readAll } from '../batch.js';
import type { CreatioClient } from '../client.js';
import { isDetailField } from '../declaration.js';
import { type KnownStream, knownStream } from '../object.js';
import { filtersByValue, queryOf } from '../odata.js';
import { streamOfObject } from '../streams/index.js';
import type { DetailList } from '../streams/stream.js';
import { decodeRow } from '../values.js';

/** A row of a list with its own id. */
export interface DetailRow {
  readonly id: string;
  readonly fields: SourceRecord;
}

/** The rows of one list by the ids of their records, in the order in which they were made. One request, as a rule. */
export async function readDetails(
  client: CreatioClient,
  detail: DetailList,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly DetailRow[]>> {
  const { columns } = await knownStream(client, streamOfObject(detail.set), signal);
  const what = `The list \`${detail.field}\``;
  const urls = filtersByValue(detail.parent, ids, columns).map(
    (filter) => `${detail.set}?${queryOf({ $filter: filter, $orderby: 'CreatedOn asc,Id asc' })}`,
  );
  const groups = new Map<string, DetailRow[]>();
  for (const row of (await readAll(client, urls, { signal, what })).flat()) {
    const fields = decodeRow(row, columns);
    const parent = keyText(fields[detail.parent]);
    const id = keyText(fields.Id);
    if (parent === null || id === null) continue;
    const group = groups.get(parent);
    if (group === undefined) groups.set(parent, [{ id, fields }]);
    else group.push({ id, fields });
  }
  return groups;
}

/** Records with their lists of details; a list without rows is empty. */
export async function withDetails(
  client: CreatioClient,
  { stream }: KnownStream,
  records: readonly SourceRecord[],
  signal: AbortSignal,
): Promise<readonly SourceRecord[]> {
  const details = stream.details ?? [];
  if (details.length === 0 || records.length === 0 || !client.settings.details) return records;
  const ids = records.flatMap((record) => keyText(record.Id) ?? []);
  const lists = await Promise.all(details.map((detail) => readDetails(client, detail, ids, signal)));
  return records.map((record) => {
    const more: JsonObject = {};
    for (const [index, detail] of details.entries()) {
      const rows = lists[index]?.get(keyText(record.Id) ?? '') ?? [];
      more[detail.field] = rows.map(({ fields }) => itemOf(fields, detail));
    }
    return { ...record, ...more };
  });
}

/** What a row is in its record's list: one value, or its own fields without the book-keeping. */
export function itemOf(fields: SourceRecord, detail: DetailList): JsonValue {
  if (detail.item !== null) return fields[detail.item] ?? null;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isDetailField(name, detail)));
}
