import { Failure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { isJsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { FoundRecord } from '../../kit/index.js';
import { Finder, isSameText } from '../reading/finder.js';
import type { RecordList } from '../reading/list.js';

/**
 * Finds records by natural fields: asked for by the first of them, compared by all. Letter case and the spelling of
 * telephone numbers tell records apart only where one of them fits exactly.
 */
export async function findMatches(
  list: RecordList,
  fields: readonly string[],
  values: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<readonly FoundRecord[]> {
  const column = columnOf(list, fields);
  const asked = fields[column] as string;
  const records = await new Finder(list).find(
    asked,
    values.map((row) => row[column] ?? ''),
    signal,
  );
  return values.flatMap((row) => {
    const hits = records.filter((record) =>
      fields.every((field, index) => isSameText(field, record[field], row[index] ?? '')),
    );
    const exact = hits.filter((record) => fields.every((field, index) => holds(record[field], row[index] ?? '')));
    return (exact.length > 0 ? exact : hits).map((record) => foundOf(record, JSON.stringify(row)));
  });
}

export async function readByIds(
  list: RecordList,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly FoundRecord[]> {
  const records = await new Finder(list).find('id', ids, signal);
  return records.map((record) => foundOf(record, keyText(record.id) ?? ''));
}

function foundOf(record: JsonObject, askedFor: string): FoundRecord {
  return { targetKey: keyText(record.id) ?? '', askedFor, fields: record };
}

/** A custom field tells more than a name. */
function columnOf(list: RecordList, fields: readonly string[]): number {
  const custom = fields.findIndex((field) => field.startsWith('custom.'));
  if (custom !== -1) return custom;
  const column = fields.findIndex((field) => list.stream.finds[field] !== undefined);
  if (column !== -1) return column;
  throw new Failure('definition/invalid', {
    message: `Stream \`${list.stream.name}\` cannot be searched by \`${fields.join('`, `')}\`.`,
    hint: 'Match on `name` or on a custom field.',
  });
}

function holds(held: JsonValue | undefined, asked: string): boolean {
  if (Array.isArray(held)) return held.some((each) => holds(isJsonObject(each) ? each.value : each, asked));
  return keyText(held) === asked;
}
