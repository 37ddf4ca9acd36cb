import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { isMultiField, type MultiField } from './values.js';

interface Wanted {
  readonly value: string;
  /** Null where the flow does not say: an entry that is there keeps its own, a new one is `WORK`. */
  readonly valueType: string | null;
}

/** The multi-fields among the fields to be written. */
export function multiFieldsIn(fields: JsonObject): readonly [MultiField, JsonValue][] {
  return Object.entries(fields).filter((entry): entry is [MultiField, JsonValue] => isMultiField(entry[0]));
}

/** Entries of a new record. */
export function createdEntries(fields: JsonObject): JsonObject[] {
  return multiFieldsIn(fields).flatMap(([type, value]) =>
    wantedOf(value).map((wanted) => ({ typeId: type, valueType: wanted.valueType ?? 'WORK', value: wanted.value })),
  );
}

/**
 * What changes the entries of a record into the wanted ones: entries with a value that is wanted stay (and take its
 * kind), others are rewritten, added or emptied. Empty when nothing differs. An entry without an id would be added
 * once more at every write, so the present ones must be known.
 */
export function changedEntries(fields: JsonObject, present: readonly JsonObject[]): JsonObject {
  const changes: JsonObject = {};
  let added = 0;
  for (const [type, value] of multiFieldsIn(fields)) {
    const free = present.filter((entry) => entry.typeId === type);
    const open: Wanted[] = [];
    for (const wanted of wantedOf(value)) {
      const index = free.findIndex((entry) => isSame(type, String(entry.value ?? ''), wanted.value));
      const entry = index < 0 ? undefined : free.splice(index, 1)[0];
      if (entry === undefined) open.push(wanted);
      else if (differs(entry, wanted)) changes[String(entry.id)] = entryOf(type, wanted, entry);
    }
    for (const wanted of open) {
      const entry = free.shift();
      if (entry === undefined) changes[`n${added++}`] = entryOf(type, wanted, null);
      else changes[String(entry.id)] = entryOf(type, wanted, entry);
    }
    for (const entry of free) changes[String(entry.id)] = { typeId: type, value: '' };
  }
  return changes;
}

function differs(entry: JsonObject, wanted: Wanted): boolean {
  return entry.value !== wanted.value || (wanted.valueType !== null && entry.valueType !== wanted.valueType);
}

function entryOf(type: MultiField, wanted: Wanted, entry: JsonObject | null): JsonObject {
  const valueType = wanted.valueType ?? (typeof entry?.valueType === 'string' ? entry.valueType : 'WORK');
  return { typeId: type, valueType, value: wanted.value };
}

/** Phones are the same whatever stands between their digits, addresses whatever their letter case. */
function isSame(type: MultiField, one: string, other: string): boolean {
  if (one === other) return true;
  if (type === 'EMAIL') return one.toLowerCase() === other.toLowerCase();
  return type === 'PHONE' && digitsOf(one) !== '' && digitsOf(one) === digitsOf(other);
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}

/** A text, a list of texts, or entries as records hold them; empty values are no entries. */
function wantedOf(value: JsonValue): Wanted[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((member): Wanted[] => {
    if (typeof member === 'string' || typeof member === 'number')
      return member === '' ? [] : [{ value: String(member), valueType: null }];
    if (!isJsonObject(member)) return [];
    const text = member.VALUE ?? member.value;
    const kind = member.VALUE_TYPE ?? member.valueType;
    if (text === null || text === undefined || text === '') return [];
    return [{ value: String(text), valueType: typeof kind === 'string' && kind !== '' ? kind : null }];
  });
}
