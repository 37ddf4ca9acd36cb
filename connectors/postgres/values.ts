import type { CustomTypesConfig } from 'pg';
import type { JsonValue } from '../../core/json.js';
import type { FieldType } from '../kit/contract.js';
import { parseExactJson } from '../kit/exact-json.js';
import { isWellFormed } from '../kit/well-formed.js';

/** The driver hands every value over as the server's text; this file alone gives it a type. */
export const rawTypes: CustomTypesConfig = { getTypeParser: () => (value: unknown) => value };

export interface Column {
  readonly name: string;
  /** Type without length and precision, as it is written in SQL: `numeric`, `"my_enum"`, `text[]`. */
  readonly type: string;
  /** Base type name of the catalogue (of the element, for arrays), e.g. `int4`; for a domain what it stands for. */
  readonly base: string;
  readonly isArray: boolean;
  /** Digits behind the point of a numeric column; null where not limited. */
  readonly scale: number | null;
  readonly isNullable: boolean;
  readonly hasDefault: boolean;
  /** The database alone makes its value. */
  readonly isGenerated: boolean;
  readonly labels: readonly string[] | null;
}

const fieldTypes: Readonly<Record<string, FieldType>> = {
  int2: 'integer',
  int4: 'integer',
  // int8 and numeric hold more digits than a number of JSON keeps (D9).
  int8: 'text',
  numeric: 'decimal',
  money: 'text',
  float4: 'any',
  float8: 'any',
  bool: 'boolean',
  date: 'date',
  timestamptz: 'datetime',
  timestamp: 'text',
  json: 'any',
  jsonb: 'any',
};

export function fieldTypeOf(column: Column): FieldType {
  return column.isArray ? 'list' : (fieldTypes[column.base] ?? 'text');
}

/** The type of a list's elements, or of a column that is no list. */
export function elementTypeOf(column: Column): FieldType {
  return fieldTypes[column.base] ?? 'text';
}

export type ValueReader = (text: string) => JsonValue;

const asText: ValueReader = (text) => text;
const readers: Readonly<Record<string, ValueReader>> = {
  int2: Number,
  int4: Number,
  oid: Number,
  // NaN and the infinities are no JSON numbers.
  float4: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
  float8: (text) => (Number.isFinite(Number(text)) ? Number(text) : text),
  bool: (text) => text === 't' || text === 'true',
  json: parseExactJson,
  jsonb: parseExactJson,
  timestamptz: (text) => isoMoment(text),
  timestamp: (text) => (/^\d{4}-/.test(text) ? text.replace(' ', 'T') : text),
};

/** How the server's text of this column becomes JSON. */
export function readerOf(column: Column): ValueReader {
  const read = readers[column.base] ?? asText;
  return column.isArray ? (text) => parseArray(text, read) : read;
}

/** `2025-01-01 10:00:00.123456+00` as ISO 8601; `infinity` and years before Christ stay as they are. */
function isoMoment(text: string): string {
  if (!/^\d{4}-/.test(text) || text.endsWith('BC')) return text;
  return text.replace(' ', 'T').replace(/\+00$/, 'Z');
}

/** `{a,"b,\"c\"",NULL,{d}}` as lists in lists. */
function parseArray(text: string, read: ValueReader): JsonValue {
  let at = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
  const list = (): JsonValue[] => {
    const values: JsonValue[] = [];
    at += 1;
    while (at < text.length) {
      if (text[at] === '}') {
        at += 1;
        return values;
      }
      if (text[at] === ',') at += 1;
      else if (text[at] === '{') values.push(list());
      else values.push(element());
    }
    return values;
  };
  const element = (): JsonValue => {
    if (text[at] !== '"') {
      const start = at;
      while (at < text.length && text[at] !== ',' && text[at] !== '}') at += 1;
      const raw = text.slice(start, at);
      return raw === 'NULL' ? null : read(raw);
    }
    let raw = '';
    for (at += 1; text[at] !== '"' && at < text.length; at += 1) {
      if (text[at] === '\\') at += 1;
      raw += text[at];
    }
    at += 1;
    return read(raw);
  };
  return list();
}

/** A value that a column would not keep as it is; the message says why, without the value. */
export class UnfitValue extends Error {
  override readonly name = 'UnfitValue';
}

/**
 * A value as the text that PostgreSQL reads it from. Throws UnfitValue where the column would silently keep something
 * else: the database rounds numbers and cuts zones and times off without a word.
 */
export function writeValue(column: Column, value: JsonValue | undefined): string | null {
  if (value === null || value === undefined) return null;
  if (column.isArray) return writeList(column, value);
  if (column.base === 'json' || column.base === 'jsonb') return JSON.stringify(value);
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const problem = problemWith(column, text);
  if (problem !== null) throw new UnfitValue(problem);
  return text;
}

/**
 * Texts as one array literal. The driver's own way costs more than all the rest of a batch; what stands in quotes
 * needs escaping only where it holds a quote or a backslash.
 */
export function textArray(values: readonly (string | null)[]): string {
  let literal = '{';
  for (let index = 0; index < values.length; index++) {
    const text = values[index] ?? null;
    if (index > 0) literal += ',';
    if (text === null) literal += 'NULL';
    else if (text.includes('"') || text.includes('\\')) literal += `"${text.replace(/["\\]/g, '\\$&')}"`;
    else literal += `"${text}"`;
  }
  return `${literal}}`;
}

function writeList(column: Column, value: JsonValue): string {
  const element = { ...column, isArray: false };
  const parts = (Array.isArray(value) ? value : [value]).map((member) => {
    if (Array.isArray(member)) return writeList(column, member);
    const text = writeValue(element, member);
    return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${parts.join(',')}}`;
}

function problemWith(column: Column, text: string): string | null {
  if (text.includes('\u0000')) return 'cannot hold a zero byte';
  if (!isWellFormed(text)) return 'cannot hold half of a character (a lone surrogate)';
  switch (column.base) {
    case 'numeric':
      return column.scale !== null && placesOf(text) > column.scale
        ? `keeps ${column.scale} digits behind the point, and the value has ${placesOf(text)}`
        : null;
    case 'float8':
      return significantDigits(text) > 15 ? 'keeps 15 digits, and the value has more' : null;
    case 'float4':
      return significantDigits(text) > 6 ? 'keeps 6 digits, and the value has more' : null;
    case 'date':
      return /^\d{4}-\d\d-\d\d[T ].*[1-9]/.test(text) ? 'keeps a day, and the value has a time' : null;
    case 'timestamp':
      return /\d[T ].*[+-]\d\d(:?\d\d)?$/.test(text) && !/[+-]00(:?00)?$/.test(text)
        ? 'keeps no zone, and the value has one that is not UTC'
        : tooFine(text);
    case 'timestamptz':
      return tooFine(text);
    default:
      return null;
  }
}

function tooFine(text: string): string | null {
  return /:\d\d\.\d{6}\d*[1-9]/.test(text) ? 'keeps microseconds, and the value is finer' : null;
}

/** Digits behind the point that are not closing zeros; an exponent counts too. */
function placesOf(text: string): number {
  const match = /^[+-]?\d*(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null || !/[.eE]/.test(text)) return 0;
  const fraction = withoutClosingZeros(match[1] ?? '');
  return Math.max(0, fraction.length - Number(match[2] ?? 0));
}

/** By hand: a pattern for this takes quadratic time on a long run of zeros. */
function withoutClosingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end -= 1;
  return digits.slice(0, end);
}

function significantDigits(text: string): number {
  return withoutClosingZeros((text.split(/[eE]/)[0] ?? '').replace(/\D/g, '').replace(/^0+/, '')).length;
}
