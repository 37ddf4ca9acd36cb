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
import { expandedFields, expansionOf } from './expansion.js';

/** A row of a list with its own id. */
export interface DetailRow {
  readonly id: string;
  readonly fields: SourceRecord;
}

/** The rows of a list by the ids of their records, in lower case, in the order in which they were made. */
export type DetailRows = ReadonlyMap<string, readonly DetailRow[]>;

/** The rows of some lists, in the order of `details`; one request, as a rule, however many lists and records. */
export async function readDetails(
  client: CreatioClient,
  details: readonly DetailList[],
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly DetailRows[]> {
  const known = await Promise.all(details.map((detail) => knownStream(client, streamOfObject(detail.set), signal)));
  const urls = details.map((detail, index) =>
    filtersByValue(detail.parent, ids, known[index]?.columns ?? new Map()).map(
      (filter) =>
        `${detail.set}?${queryOf({ $filter: filter, $expand: expansionOf(detail), $orderby: 'CreatedOn asc,Id asc' })}`,
    ),
  );
  const what = `The lists ${details.map(({ field }) => `\`${field}\``).join(', ')}`;
  const answers = [...(await readAll(client, urls.flat(), { signal, what }))];
  return details.map((detail, index) => {
    const rows = answers.splice(0, urls[index]?.length ?? 0).flat();
    return grouped(
      detail,
      rows.map((row) => ({
        ...decodeRow(row, known[index]?.columns ?? new Map()),
        ...expandedFields(detail, row),
      })),
    );
  });
}

function grouped(detail: DetailList, rows: readonly SourceRecord[]): DetailRows {
  const groups = new Map<string, DetailRow[]>();
  for (const fields of rows) {
    const parent = keyText(fields[detail.parent])?.toLowerCase();
    const id = keyText(fields.Id);
    if (parent === undefined || id === null) continue;
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
  const lists = await readDetails(client, details, ids, signal);
  return records.map((record) => {
    const more: JsonObject = {};
    for (const [index, detail] of details.entries()) {
      const rows = lists[index]?.get((keyText(record.Id) ?? '').toLowerCase()) ?? [];
      more[detail.field] = rows.map(({ fields }) => itemOf(fields, detail)).filter((item) => item !== null);
    }
    return { ...record, ...more };
  });
}

/** What a row is in its record's list: one value, or its own fields without the book-keeping. */
function itemOf(fields: SourceRecord, detail: DetailList): JsonValue {
  if (detail.item !== null) return fields[detail.item] ?? null;
  return Object.fromEntries(Object.entries(fields).filter(([name]) => isDetailField(name, detail)));
}
