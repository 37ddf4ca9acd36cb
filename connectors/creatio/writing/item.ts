import { hash } from 'node:crypto';
import { Failure } from '../../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Change } from '../../kit/index.js';
import { contentField, contentRefField } from '../declaration.js';
import type { KnownStream } from '../object.js';
import type { DetailList } from '../streams/stream.js';
import { encodeValue, isGuid } from '../values.js';

/** The wanted rows of one list of a record. */
export interface WantedList {
  readonly detail: DetailList;
  readonly rows: readonly JsonObject[];
}

/** A change as it is sent: one record, and what is kept beside it. */
export interface Item {
  readonly change: Change;
  readonly operation: 'create' | 'update' | 'delete';
  readonly id: string;
  /** Encoded columns, with `Id` where the record is new. */
  readonly body: JsonObject;
  readonly lists: readonly WantedList[];
  /** Bytes of a file. */
  readonly content: Buffer | null;
}

/** Our own id of a record: the 32 digits of its record key, written as a GUID. */
export function ownId(recordKey: string): string {
  return recordKey.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5').toLowerCase();
}

/** An id that is the same whenever the same thing is made. */
export function madeId(...parts: readonly string[]): string {
  return ownId(hash('sha256', parts.join('\n'), 'hex').slice(0, 32));
}

/** A change as it is sent; throws `write/record_refused` where a value cannot be sent at all. */
export function itemOf(
  known: KnownStream,
  change: Change,
  /** Numbers of objects by name, for streams whose records name an object. */
  numbers: ReadonlyMap<string, string> = new Map(),
): Item {
  const { targetKey } = change;
  if (change.operation === 'delete' || change.operation === 'update') {
    if (targetKey === null || !isGuid(targetKey)) throw refused(known, `its id \`${targetKey}\` is no GUID`);
  }
  const isKnown = targetKey !== null && change.operation !== 'create';
  const operation = change.operation === 'delete' ? 'delete' : isKnown ? 'update' : 'create';
  if (operation === 'delete') return { change, operation, id: targetKey ?? '', body: {}, lists: [], content: null };
  const id = isKnown ? targetKey : idOfNew(known, change);
  const body: JsonObject = operation === 'create' ? { Id: id } : {};
  const lists: WantedList[] = [];
  let content: Buffer | null = null;
  for (const [name, value] of Object.entries(change.fields)) {
    const detail = known.stream.details?.find((each) => each.field === name);
    if (detail !== undefined) lists.push({ detail, rows: rowsOf(known, detail, value, change.fields) });
    else if (name === contentField && known.stream.content !== undefined) content = bytesOf(known, value);
    else if (name === known.stream.owner?.field) body[known.stream.owner.schema] = numberOf(known, value, numbers);
    else if (name !== 'Id' && !isMade(known, name)) body[name] = encoded(known, name, value);
  }
  return { change, operation, id, body, lists, content };
}

/** A mapping may bring the id along, from one instance to another; all else is named by its record key. */
function idOfNew(known: KnownStream, change: Change): string {
  const mapped = keyText(change.fields.Id);
  if (mapped === null) return ownId(change.recordKey);
  if (isGuid(mapped)) return mapped;
  throw refused(known, '`Id` takes a GUID');
}

/** Names that are made when reading: sending them means nothing. */
function isMade({ stream, columns }: KnownStream, name: string): boolean {
  if (stream.content !== undefined && name === contentRefField) return true;
  return stream.aliases?.[name] !== undefined || columns.get(name)?.path !== undefined;
}

function encoded(known: KnownStream, name: string, value: JsonValue): JsonValue {
  const { columns } = known;
  const column = columns.get(name);
  if (column === undefined && columns.get(`${name}Id`)?.kind === 'lookup') {
    // The instance would take it silently and leave the lookup empty.
    throw refused(known, `\`${name}\` is the name of a lookup in filters; its field is \`${name}Id\``);
  }
  const result = encodeValue(value, column);
  if ('value' in result) return result.value;
  throw refused(known, `\`${name}\` ${result.problem}`, name);
}

function numberOf(known: KnownStream, value: JsonValue, numbers: ReadonlyMap<string, string>): string {
  const number = numbers.get(keyText(value) ?? '');
  if (number !== undefined) return number;
  const field = known.stream.owner?.field ?? '';
  throw refused(known, `\`${field}\` takes the name of an object such as \`Opportunity\``, field);
}

function rowsOf(known: KnownStream, detail: DetailList, value: JsonValue, fields: JsonObject): readonly JsonObject[] {
  const items = value === null ? [] : Array.isArray(value) ? value : [value];
  const rows = items.flatMap((item): JsonObject[] => {
    if (detail.item === null) {
      if (isJsonObject(item)) return [item];
      throw refused(known, `\`${detail.field}\` takes a list of objects`, detail.field);
    }
    const text = keyText(item);
    return text === null ? [] : [{ [detail.item]: text }];
  });
  const { item, flag } = detail;
  if (item === null) return rows;
  const unique = [...new Map(rows.map((row) => [row[item], row])).values()];
  const main = flag === undefined ? null : keyText(fields[flag.of]);
  return flag === undefined || main === null
    ? unique
    : unique.map((row) => ({ ...row, [flag.field]: row[item] === main }));
}

function bytesOf(known: KnownStream, value: JsonValue): Buffer | null {
  if (value === null) return null;
  const text = typeof value === 'string' ? value.replace(/\s+/g, '') : '';
  const bytes = Buffer.from(text, 'base64');
  if (typeof value === 'string' && bytes.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, ''))
    return bytes;
  throw refused(known, `\`${contentField}\` takes base64`, contentField);
}

function refused({ stream }: KnownStream, why: string, field?: string): Failure {
  return new Failure('write/record_refused', {
    message: `\`${stream.name}\` cannot take this record: ${why}.`,
    hint: 'Correct the record or the mapping, then resend it.',
    where: { stream: stream.name, ...(field !== undefined && { field }) },
    details: { wasSent: false },
  });
}
