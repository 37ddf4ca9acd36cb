import type { Json, JsonObject } from '../../kit/json.js';
import { EMPTY_GUID } from '../guid.js';
import { momentText, parseMoment } from '../moment.js';
import type { ColumnSpec } from '../schema/columns.js';
import { parseValue, TypeProblem } from '../values.js';
import { type Reached, type ServicePaths, storedValue } from './paths.js';

/** A stored value as DataService shows it: lookups with their caption, moments in the user's zone without saying so. */
export function shownValue(reached: Reached, record: JsonObject, paths: ServicePaths, zoneMinutes: number): Json {
  const { column } = reached;
  const value = storedValue(reached, record);
  switch (column.kind) {
    case 'lookup':
      return lookupValue(column, value, paths);
    case 'guid':
      return value ?? EMPTY_GUID;
    case 'text':
      return value ?? '';
    case 'int':
      return value ?? 0;
    case 'decimal':
      return value === null ? 0 : Number(value);
    case 'boolean':
      return value ?? false;
    case 'datetime':
      return value === null ? null : localMoment(String(value), zoneMinutes);
    case 'date':
    case 'time':
      return value === null ? null : `${String(value).slice(0, 23)}`;
    default:
      return null;
  }
}

function lookupValue(column: ColumnSpec, id: Json, paths: ServicePaths): Json {
  if (typeof id !== 'string' || column.target === undefined) return '';
  return { value: id, displayValue: paths.displayOf(column.target, id), primaryImageValue: '' };
}

/** `2020-05-18T19:50:39.283`: three digits, no zone. */
function localMoment(stored: string, zoneMinutes: number): string {
  return momentText(Date.parse(`${stored.slice(0, 23)}Z`) + zoneMinutes * 60_000).slice(0, 23);
}

/** A parameter of a query in stored form. Moments may be wrapped in a second pair of quotes, as the web client does. */
export function parameterValue(column: ColumnSpec, given: Json, zoneMinutes: number): Json {
  if (given === null) return null;
  switch (column.kind) {
    case 'datetime':
    case 'date':
    case 'time':
      return momentParameter(column, given, zoneMinutes);
    case 'text':
      return parseValue(column, typeof given === 'number' ? String(given) : given);
    case 'int':
      return parseValue(column, typeof given === 'string' ? Number(given) : given);
    case 'lookup':
    case 'guid':
      return given === '' ? null : parseValue(column, given);
    default:
      return parseValue(column, given);
  }
}

function momentParameter(column: ColumnSpec, given: Json, zoneMinutes: number): Json {
  const text = String(given).replace(/^"|"$/g, '');
  const hasZone = /(Z|[+-]\d{2}:\d{2})$/i.test(text);
  const parsed = parseMoment(text, true);
  if (parsed === undefined) throw new TypeProblem(`String was not recognized as a valid DateTime: ${text}.`);
  if (hasZone || column.kind !== 'datetime') return parseValue(column, parsed);
  return momentText(Date.parse(`${parsed.slice(0, 23)}Z`) - zoneMinutes * 60_000);
}
