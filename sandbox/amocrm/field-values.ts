import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError } from './answers.js';
import { addressParts, enumTypes } from './field-types.js';
import type { Field, FieldEnum, StoredValue } from './fields.js';
import { fromLocal, midnightAt } from './zones.js';

/** What a client sent for one field, read: the values to keep, or what is wrong with them. */
export interface ReadValues {
  readonly values: readonly StoredValue[];
  readonly errors: readonly FieldError[];
}

const VALUE_KEYS: ReadonlySet<string> = new Set(['value', 'enum_id', 'enum_code', 'catalog_id', 'catalog_element_id']);
const SINGLE: ReadonlySet<string> = new Set([
  'text',
  'numeric',
  'checkbox',
  'select',
  'radiobutton',
  'date',
  'date_time',
]);

/** Checks the `values` of a field and turns them into what is kept. `path` leads to the list, `zone` is the account's. */
export function readValues(field: Field, sent: Json | undefined, path: string, zone: string): ReadValues {
  if (sent === null) return { values: [], errors: [] };
  if (sent === undefined) return { values: [], errors: [errors.missing(path)] };
  if (!Array.isArray(sent)) return { values: [], errors: [errors.type(path, 'array')] };
  if (SINGLE.has(field.type) && sent.length > 1) return { values: [], errors: [errors.tooMany(path, 1)] };
  const values: StoredValue[] = [];
  const wrong: FieldError[] = [];
  sent.forEach((part, index) => {
    const place = `${path}.${index}`;
    if (!isObject(part)) {
      wrong.push(errors.type(place, 'array'));
      return;
    }
    const unknown = Object.keys(part).find((key) => !VALUE_KEYS.has(key));
    const read =
      unknown === undefined ? readValue(field, part, place, zone) : errors.notExpected(`${place}.${unknown}`);
    if ('path' in read) wrong.push(read);
    else if (read.value !== null) values.push(read);
  });
  return { values, errors: wrong };
}

function readValue(field: Field, part: JsonObject, place: string, zone: string): StoredValue | FieldError {
  const value = own(part, 'value');
  const at = `${place}.value`;
  if (enumTypes.has(field.type)) return readChoice(field, part, place);
  if (field.type === 'multitext') return readMultitext(field, part, place);
  if (field.type === 'smart_address') return readAddressPart(part, place);
  if (field.type === 'chained_list') return { value: { ...part } };
  if (Object.hasOwn(part, 'enum_id') || Object.hasOwn(part, 'enum_code')) {
    return errors.notExpected(`${place}.${Object.hasOwn(part, 'enum_id') ? 'enum_id' : 'enum_code'}`);
  }
  if (value === undefined) return errors.missing(at);
  if (value === null) return { value: null };
  switch (field.type) {
    case 'numeric':
    case 'price':
    case 'monetary':
      return readNumber(value, at);
    case 'checkbox':
      return typeof value === 'boolean' ? { value } : errors.type(at, 'bool');
    case 'date':
    case 'birthday':
    case 'date_time':
      return readMoment(value, at, field.type === 'date_time' ? null : zone);
    case 'legal_entity':
    case 'items':
    case 'linked_entity':
    case 'file':
    case 'payer':
    case 'supplier':
      return readObject(field, value, at);
    default:
      return typeof value === 'string' || typeof value === 'number'
        ? { value: String(value) }
        : errors.type(at, 'string');
  }
}

/** A value of a list, by id or by its exact text; its code only where the list has codes. */
function readChoice(field: Field, part: JsonObject, place: string): StoredValue | FieldError {
  const enums = field.enums ?? [];
  const [id, value, code] = [own(part, 'enum_id'), own(part, 'value'), own(part, 'enum_code')];
  if (code !== undefined && enums.every((choice) => choice.code === null)) {
    return errors.notExpected(`${place}.enum_code`);
  }
  if (id === undefined && code === undefined && (value === null || value === '')) return { value: null };
  let found: FieldEnum | undefined;
  if (id !== undefined) found = enums.find((choice) => choice.id === id);
  else if (value !== undefined) found = enums.find((choice) => choice.value === String(value));
  else found = enums.find((choice) => choice.code === code);
  if (found === undefined) {
    const key = id !== undefined ? 'enum_id' : value === undefined && code !== undefined ? 'enum_code' : 'value';
    return errors.choice(`${place}.${key}`);
  }
  return { enum_id: found.id };
}

function readMultitext(field: Field, part: JsonObject, place: string): StoredValue | FieldError {
  const enums = field.enums ?? [];
  const value = own(part, 'value');
  if (value === undefined) return errors.missing(`${place}.value`);
  if (value === null || value === '') return { value: null };
  if (typeof value !== 'string' && typeof value !== 'number') return errors.type(`${place}.value`, 'string');
  const [id, code] = [own(part, 'enum_id'), own(part, 'enum_code')];
  const found =
    id !== undefined && id !== null
      ? enums.find((kind) => kind.id === id)
      : code !== undefined && code !== null
        ? enums.find((kind) => kind.value === code)
        : enums[0];
  if (found === undefined) return errors.choice(`${place}.${id === undefined ? 'enum_code' : 'enum_id'}`);
  return { value: String(value), enum_id: found.id };
}

function readAddressPart(part: JsonObject, place: string): StoredValue | FieldError {
  const [value, id, code] = [own(part, 'value'), own(part, 'enum_id'), own(part, 'enum_code')];
  const index =
    typeof code === 'string' ? addressParts.indexOf(code as (typeof addressParts)[number]) : Number(id ?? 1) - 1;
  const known = addressParts[index];
  if (known === undefined) return errors.choice(`${place}.${code === undefined ? 'enum_id' : 'enum_code'}`);
  if (value === null || value === '') return { value: null };
  if (typeof value !== 'string') return errors.type(`${place}.value`, 'string');
  return { value, enum_id: index + 1, enum_code: known };
}

function readNumber(value: Json, at: string): StoredValue | FieldError {
  if (typeof value === 'number' && Number.isFinite(value)) return { value: String(value) };
  if (typeof value !== 'string') return errors.type(at, 'numeric');
  if (value === '') return { value: null };
  return /^-?\d+([.,]\d+)?$/.test(value) ? { value: value.replace(',', '.') } : errors.type(at, 'numeric');
}

/** A moment as seconds or as RFC 3339; a day is kept as its midnight in the account's zone, which is null for moments. */
function readMoment(value: Json, at: string, zone: string | null): StoredValue | FieldError {
  const seconds = secondsOf(value, zone);
  if (seconds === undefined) return errors.type(at, 'DateTime');
  if (seconds === null) return { value: null };
  return { value: zone === null ? seconds : midnightAt(zone, seconds) };
}

function secondsOf(value: Json, zone: string | null): number | null | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (value === '') return null;
  if (/^-?\d+$/.test(value)) return Number(value);
  const isDayOnly = /^\d{4}-\d{2}-\d{2}$/.test(value);
  const isMoment = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(value);
  if (isDayOnly) return fromLocal(zone ?? 'Europe/Moscow', Date.parse(`${value}T00:00:00Z`) / 1000);
  const parsed = isMoment ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : Math.floor(parsed / 1000);
}

function readObject(field: Field, value: Json, at: string): StoredValue | FieldError {
  if (!isObject(value)) return errors.type(at, 'array');
  if (field.type === 'legal_entity' && typeof own(value, 'name') !== 'string') return errors.missing(`${at}.name`);
  if (field.type === 'file' && typeof own(value, 'file_uuid') !== 'string') return errors.missing(`${at}.file_uuid`);
  return { value };
}

/** One value as the API shows it. */
export function shownValue(field: Field, stored: StoredValue, numericAs: 'text' | 'number'): JsonObject | undefined {
  if (stored.enum_id !== undefined && field.type !== 'smart_address') {
    const found = field.enums?.find(({ id }) => id === stored.enum_id);
    if (field.type === 'multitext') {
      return { value: stored.value ?? null, enum_id: stored.enum_id, enum_code: found?.value ?? null };
    }
    // A value whose choice was taken out of the list is gone from the card as well.
    return found === undefined ? undefined : { value: found.value, enum_id: found.id, enum_code: found.code };
  }
  if (field.type === 'numeric' || field.type === 'price') {
    return { value: numericAs === 'number' ? Number(stored.value) : (stored.value ?? null) };
  }
  if (field.type === 'chained_list' && isObject(stored.value)) return stored.value;
  return { ...stored, value: stored.value ?? null };
}
