import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError } from './answers.js';
import { readValues, shownValue } from './field-values.js';
import type { Field, FieldBook, StoredFields, StoredValue } from './fields.js';
import type { AmoSettings } from './switches.js';

const ITEM_KEYS: ReadonlySet<string> = new Set(['field_id', 'field_code', 'values']);

/** What a client sent as `custom_fields_values`, read; a field without values is to be emptied. */
export interface ReadFields {
  readonly given: ReadonlyMap<number, readonly StoredValue[]>;
  readonly errors: readonly FieldError[];
}

/** Checks `custom_fields_values` of a record of `owner`, in an account of that time zone. */
export function readCustomFields(book: FieldBook, owner: string, sent: Json | undefined, zone: string): ReadFields {
  const given = new Map<number, readonly StoredValue[]>();
  const root = 'custom_fields_values';
  if (sent === undefined) return { given, errors: [] };
  // Null empties all fields, the vendor's way of saying "none".
  if (sent === null) return { given: new Map(book.list(owner).map(({ id }) => [id, []])), errors: [] };
  if (!Array.isArray(sent)) return { given, errors: [errors.type(root, 'array')] };
  const wrong: FieldError[] = [];
  sent.forEach((part, index) => {
    const place = `${root}.${index}`;
    if (!isObject(part)) {
      wrong.push(errors.type(place, 'array'));
      return;
    }
    const field = fieldOf(book, owner, part, place);
    if ('path' in field) {
      wrong.push(field);
      return;
    }
    const unknown = Object.keys(part).find((key) => !ITEM_KEYS.has(key));
    if (unknown !== undefined) wrong.push(errors.notExpected(`${place}.${unknown}`));
    const read = readValues(field, own(part, 'values'), `${place}.values`, zone);
    wrong.push(...read.errors);
    given.set(field.id, read.values);
  });
  return { given, errors: wrong };
}

function fieldOf(book: FieldBook, owner: string, part: JsonObject, place: string): Field | FieldError {
  const [id, code] = [own(part, 'field_id'), own(part, 'field_code')];
  if (id !== undefined && id !== null) return book.get(owner, Number(id)) ?? errors.choice(`${place}.field_id`);
  if (typeof code === 'string') return book.byCode(owner, code) ?? errors.choice(`${place}.field_code`);
  return errors.missing(`${place}.field_id`);
}

/** The kept fields after a write: given ones replaced whole, the others as they were. */
export function mergedFields(before: StoredFields, given: ReadonlyMap<number, readonly StoredValue[]>): StoredFields {
  if (given.size === 0) return before;
  const after: Record<string, readonly StoredValue[]> = { ...before };
  for (const [id, values] of given) {
    if (values.length === 0) delete after[id];
    else after[id] = values;
  }
  return after;
}

/** The kept fields as the API shows them; null when there are none. */
export function shownFields(book: FieldBook, owner: string, stored: StoredFields, settings: AmoSettings): Json {
  const shown: JsonObject[] = [];
  for (const field of book.list(owner)) {
    const values = stored[field.id];
    if (values === undefined) continue;
    const parts = values.flatMap((value) => shownValue(field, value, settings.numeric_as) ?? []);
    if (parts.length === 0) continue;
    shown.push({
      field_id: field.id,
      field_name: field.name,
      field_code: field.code,
      field_type: field.type,
      values: parts,
    });
  }
  return shown.length === 0 ? null : shown;
}

/** The kept fields of a stored record. */
export function fieldsOf(record: JsonObject): StoredFields {
  const stored = own(record, 'cf');
  return isObject(stored) ? (stored as unknown as StoredFields) : {};
}

/** The texts of one field of a stored record. */
export function textsOf(record: JsonObject, field: Field | undefined): string[] {
  if (field === undefined) return [];
  const values = fieldsOf(record)[field.id] ?? [];
  return values.flatMap(({ value }) => (typeof value === 'string' || typeof value === 'number' ? [String(value)] : []));
}
