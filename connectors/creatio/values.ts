import type { JsonObject, JsonValue } from '../../core/json.js';
import type { SourceRecord } from '../../core/record.js';
import { isWellFormed } from '../kit/well-formed.js';
import type { Column, ColumnKind } from './schema/columns.js';

const emptyGuid = '00000000-0000-0000-0000-000000000000';
/** How an empty date is shown: the first moment of year 1. */
const emptyMoment = /^0001-01-01T00:00:00/;
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** The columns of an object by name; names that are not there are judged by their values. */
export type Columns = ReadonlyMap<string, Column>;

/** A record as pipelines see it: empty values are null, decimals are text, date-only columns are dates. */
export function decodeRow(row: JsonObject, columns: Columns): SourceRecord {
  const record: JsonObject = {};
  for (const name in row) {
    if (name.includes('@odata.')) continue;
    const value = row[name];
    if (value !== undefined && (value === null || typeof value !== 'object'))
      record[name] = decodeValue(value, columns.get(name)?.kind);
  }
  return record;
}

export function decodeValue(value: JsonValue, kind: ColumnKind | undefined): JsonValue {
  if (typeof value === 'number') return isDecimal(kind, value) ? plainDecimal(String(value)) : value;
  if (typeof value !== 'string') return value;
  if (value === '' || value === emptyGuid) return null;
  switch (kind) {
    case 'date':
      return value.startsWith('0001-01-01') ? null : value.slice(0, 10);
    case 'time':
      return emptyMoment.test(value) ? null : (/T(\d\d:\d\d:\d\d)/.exec(value)?.[1] ?? value);
    case 'decimal':
    case 'money':
      return plainDecimal(value);
    case 'text':
    case 'phone':
    case 'email':
      return value;
    default:
      return emptyMoment.test(value) ? null : value;
  }
}

function isDecimal(kind: ColumnKind | undefined, value: number): boolean {
  return kind === 'decimal' || kind === 'money' || (kind === undefined && !Number.isInteger(value));
}

/** `1234.5600` and `1.2345600E+3` as `1234.56`; other text as it is. */
export function plainDecimal(text: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i.exec(text.trim()) ?? [];
  if (whole === '') return text;
  const digits = whole + fraction;
  const point = whole.length + Number(power);
  const padded = point <= 0 ? `${'0'.repeat(1 - point)}${digits}` : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at).replace(/0+$/, '');
  const isZero = /^0+$/.test(before) && after === '';
  return `${sign === '-' && !isZero ? '-' : ''}${before}${after === '' ? '' : `.${after}`}`;
}

/** A value as it is sent, or why it cannot be. */
export type Encoded = { readonly value: JsonValue } | { readonly problem: string };

/** `column` undefined: nothing is known of the name, and the value goes as it is. */
export function encodeValue(value: JsonValue, column: Column | undefined): Encoded {
  const kind = column?.kind;
  if (typeof value === 'string' && !isWellFormed(value)) return { problem: 'holds half of a character' };
  if (typeof value === 'object' && value !== null) {
    return kind === undefined ? { value } : { problem: 'takes one value, not a list or an object' };
  }
  if (value === null || value === '') return { value: emptyOf(kind, value) };
  switch (kind) {
    case 'id':
    case 'lookup':
    case 'text':
    case 'phone':
    case 'email':
      return { value: String(value) };
    case 'integer':
    case 'decimal':
    case 'money':
      return encodeNumber(value, kind);
    case 'boolean':
      return encodeBoolean(value);
    case 'date':
      return encodeDate(String(value));
    case 'datetime':
      return encodeMoment(String(value));
    case 'time':
      return encodeTime(String(value));
    default:
      return { value };
  }
}

/** What clears a column: the instance's types know no null, its empty values do the same everywhere. */
function emptyOf(kind: ColumnKind | undefined, value: JsonValue): JsonValue {
  switch (kind) {
    case 'id':
    case 'lookup':
      return emptyGuid;
    case 'text':
    case 'phone':
    case 'email':
      return '';
    case 'integer':
      return 0;
    case 'decimal':
    case 'money':
      return '0';
    case 'boolean':
      return false;
    case undefined:
      return value;
    default:
      return null;
  }
}

/** Decimals go as text, which `IEEE754Compatible=true` in the content type asks for: no digit is rounded on the way. */
function encodeNumber(value: JsonValue, kind: 'integer' | 'decimal' | 'money'): Encoded {
  const text = plainDecimal(String(value));
  if (typeof value === 'boolean' || !/^-?\d+(\.\d+)?$/.test(text)) return { problem: 'takes a number' };
  if (kind !== 'integer') return { value: text };
  return Number.isSafeInteger(Number(text)) ? { value: Number(text) } : { problem: 'takes a whole number' };
}

function encodeBoolean(value: JsonValue): Encoded {
  if (typeof value === 'boolean') return { value };
  if (value === 1 || value === '1' || value === 'true') return { value: true };
  if (value === 0 || value === '0' || value === 'false') return { value: false };
  return { problem: 'takes true or false' };
}

function encodeDate(text: string): Encoded {
  const date = /^(\d{4}-\d\d-\d\d)(?:$|T)/.exec(text)?.[1];
  return date === undefined || Number.isNaN(Date.parse(date))
    ? { problem: 'takes a date like `2026-03-01`' }
    : { value: `${date}T00:00:00Z` };
}

/** Instants go as UTC; digits below the millisecond are kept. A time without a zone would be guessed, so it is refused. */
function encodeMoment(text: string): Encoded {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return encodeDate(text);
  const parts = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.(\d+))?)?(?:Z|[+-]\d\d:?\d\d)$/i.exec(text);
  const ms = Date.parse(text);
  if (parts === null || Number.isNaN(ms))
    return { problem: 'takes an instant with its zone like `2026-03-01T10:00:00Z`' };
  const iso = new Date(ms).toISOString();
  const below = (parts[1] ?? '').slice(3, 7);
  return { value: below === '' ? iso.replace(/\.000Z$/, 'Z') : `${iso.slice(0, -1)}${below}Z` };
}

function encodeTime(text: string): Encoded {
  const time = /^(\d\d:\d\d)(:\d\d)?$/.exec(text);
  return time === null
    ? { problem: 'takes a time like `10:30`' }
    : { value: `0001-01-01T${time[1]}${time[2] ?? ':00'}Z` };
}
