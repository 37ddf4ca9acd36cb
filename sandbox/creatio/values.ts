import type { Json } from '../kit/json.js';
import { EMPTY_GUID, isGuid } from './guid.js';
import { momentText, parseMoment, shownMoment } from './moment.js';
import type { ColumnSpec, Kind } from './schema/columns.js';

/** A value that does not fit its column. */
export class TypeProblem extends Error {
  override readonly name = 'TypeProblem';
}

/** The OData type of a kind. */
export const edmTypes: Readonly<Record<Kind, string>> = {
  guid: 'Edm.Guid',
  lookup: 'Edm.Guid',
  text: 'Edm.String',
  int: 'Edm.Int32',
  decimal: 'Edm.Decimal',
  boolean: 'Edm.Boolean',
  datetime: 'Edm.DateTimeOffset',
  date: 'Edm.DateTimeOffset',
  time: 'Edm.DateTimeOffset',
  stream: 'Edm.Stream',
};

const NO_MOMENT = '0001-01-01T00:00:00Z';

/** Digits behind the point that the database keeps. */
function scaleOf(column: ColumnSpec): number {
  return column.dataValueType === 40 ? 8 : 2;
}

/**
 * A sent value in stored form; null = nothing to store (the platform keeps no difference between null and the empty
 * value of a text, number or boolean). Decimals are stored as text so that money stays exact.
 */
export function parseValue(column: ColumnSpec, value: Json): Json {
  if (value === null) return null;
  switch (column.kind) {
    case 'guid':
    case 'lookup':
      if (typeof value !== 'string' || !isGuid(value)) throw unfit(value, column);
      return value === EMPTY_GUID ? null : value.toLowerCase();
    case 'text':
      if (typeof value !== 'string') throw unfit(value, column);
      return value === '' ? null : value;
    case 'int':
      if (typeof value !== 'number' || !Number.isInteger(value) || Math.abs(value) > 2_147_483_647)
        throw unfit(value, column);
      return value === 0 ? null : value;
    case 'decimal':
      return decimal(column, value);
    case 'boolean':
      if (typeof value !== 'boolean') throw unfit(value, column);
      return value ? true : null;
    case 'datetime':
    case 'date':
    case 'time':
      return moment(column, value);
    default:
      return null;
  }
}

/** The value as OData writes it into JSON; `isExact` = decimals as texts, `shows` = how empty values look. */
export function odataJson(column: ColumnSpec, value: Json | undefined, isExact: boolean, sentinels: boolean): string {
  if (value === undefined || value === null) return sentinels ? emptyJson(column, isExact) : 'null';
  if (column.kind === 'decimal') return isExact ? `"${String(value)}"` : String(value);
  if (column.kind === 'datetime' || column.kind === 'date' || column.kind === 'time')
    return `"${shownMoment(String(value))}"`;
  return JSON.stringify(value);
}

/** How the absence of a value looks. */
function emptyJson({ kind }: ColumnSpec, isExact: boolean): string {
  switch (kind) {
    case 'guid':
    case 'lookup':
      return `"${EMPTY_GUID}"`;
    case 'text':
      return '""';
    case 'int':
      return '0';
    case 'decimal':
      return isExact ? '"0"' : '0';
    case 'boolean':
      return 'false';
    default:
      return `"${NO_MOMENT}"`;
  }
}

function moment(column: ColumnSpec, value: Json): Json {
  const parsed = typeof value === 'string' ? parseMoment(value) : undefined;
  if (parsed === undefined) throw unfit(value, column);
  if (parsed.startsWith('0001-01-01T') && column.kind !== 'time') return null;
  if (column.kind === 'date') return `${parsed.slice(0, 10)}T00:00:00.0000000Z`;
  // The database rounds what a client sends to milliseconds.
  return momentText(Math.round(Date.parse(`${parsed.slice(0, 23)}Z`) + Number(parsed.slice(23, 27)) / 10_000));
}

function decimal(column: ColumnSpec, value: Json): Json {
  const text = typeof value === 'number' ? plainNumber(value) : value;
  if (typeof text !== 'string' || !/^[+-]?\d+(\.\d+)?$/.test(text)) throw unfit(value, column);
  const rounded = roundDecimal(text, scaleOf(column));
  if ((rounded.split('.')[0] ?? '').replace('-', '').length > 18 - scaleOf(column)) {
    throw new TypeProblem(`Arithmetic overflow error converting numeric to data type numeric: ${text}.`);
  }
  return /^-?0(\.0*)?$/.test(rounded) ? null : rounded;
}

function plainNumber(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}

/** Rounds half away from zero, exactly. */
export function roundDecimal(text: string, scale: number): string {
  const isNegative = text.startsWith('-');
  const [whole = '0', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const kept = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  const units = kept + ((fraction.charAt(scale) || '0') >= '5' ? 1n : 0n);
  const digits = String(units).padStart(scale + 1, '0');
  const shown = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return isNegative && units !== 0n ? `-${shown}` : shown;
}

function unfit(value: Json, column: ColumnSpec): TypeProblem {
  const literal = typeof value === 'string' ? value : JSON.stringify(value);
  return new TypeProblem(`Cannot convert the literal '${literal}' to the expected type '${edmTypes[column.kind]}'.`);
}
