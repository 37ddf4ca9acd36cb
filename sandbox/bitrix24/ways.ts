import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { ApiError } from './errors.js';
import { phpEntries, textOf } from './php.js';

/** A phone, an e-mail, a site or a messenger of a record, as it is stored. */
export interface Way {
  readonly id: number;
  readonly typeId: string;
  readonly valueType: string;
  readonly value: string;
}

export const wayTypes = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'] as const;

/** What sets a record's ways: gives each new one its number. */
export interface WayNumbers {
  nextWayId(): number;
}

/** The stored ways of a record. */
export function waysOf(record: JsonObject): Way[] {
  const held = own(record, 'fm');
  return Array.isArray(held) ? held.flatMap((part) => (isObject(part) ? [wayOf(part)] : [])) : [];
}

/** Ways as they are stored in a record. */
export const storedWays = (ways: readonly Way[]): Json => (ways.length === 0 ? null : ways.map((way) => ({ ...way })));

/** `PHONE: [{ID, VALUE_TYPE, VALUE, TYPE_ID}]` of the old methods; undefined when the record has none of the type. */
export function oldWays(record: JsonObject, type: string): Json | undefined {
  const ways = waysOf(record).filter(({ typeId }) => typeId === type);
  if (ways.length === 0) return undefined;
  return ways.map(({ id, valueType, value, typeId }) => ({
    ID: String(id),
    VALUE_TYPE: valueType,
    VALUE: value,
    TYPE_ID: typeId,
  }));
}

/**
 * Changes by the old methods: ID and VALUE change a way; ID with DELETE, with an empty VALUE or alone deletes it; an
 * element without ID is added, whether it is there already or not.
 */
export function changedByOld(held: readonly Way[], type: string, sent: Json, numbers: WayNumbers): Way[] {
  let ways = [...held];
  for (const [, element] of phpEntries(sent) ?? []) {
    const given = isObject(element) ? element : { VALUE: element };
    const id = textOf(own(given, 'ID'));
    const value = textOf(own(given, 'VALUE')).trim();
    const valueType = textOf(own(given, 'VALUE_TYPE'));
    if (type === 'EMAIL' && value !== '' && !isAddress(value)) {
      throw new ApiError(400, 'ERROR_CORE', 'The field "Work e-mail" contains an invalid address.<br>');
    }
    if (id === '') {
      if (value !== '') ways.push({ id: numbers.nextWayId(), typeId: type, valueType: valueType || 'WORK', value });
    } else if (textOf(own(given, 'DELETE')) === 'Y' || value === '') {
      ways = ways.filter((way) => String(way.id) !== id);
    } else {
      ways = ways.map((way) =>
        String(way.id) === id ? { ...way, value, valueType: valueType || way.valueType } : way,
      );
    }
  }
  return ways;
}

/**
 * Changes by the universal methods: a list adds; in an object the key decides: a number of a way changes it (deletes it
 * when the value is empty), any other key adds. An element without `typeId` is passed over in silence, a text instead
 * of a list too.
 */
export function changedByUniversal(held: readonly Way[], sent: Json, numbers: WayNumbers): Way[] {
  let ways = [...held];
  for (const [key, element] of phpEntries(sent) ?? []) {
    if (!isObject(element)) continue;
    const typeId = textOf(own(element, 'typeId'));
    if (typeId === '') continue;
    const value = textOf(own(element, 'value')).trim();
    const valueType = textOf(own(element, 'valueType'));
    const known = Array.isArray(sent) ? undefined : ways.find((way) => String(way.id) === key);
    if (known === undefined) {
      if (value !== '') ways.push({ id: numbers.nextWayId(), typeId, valueType: valueType || 'WORK', value });
    } else if (value === '') ways = ways.filter((way) => way !== known);
    else ways = ways.map((way) => (way === known ? { ...way, value, valueType: valueType || way.valueType } : way));
  }
  return ways;
}

/** The digits by which duplicates of phones are found, or the small letters of an e-mail. */
export function comparable(type: string, value: string): string {
  if (type !== 'PHONE') return value.trim().toLowerCase();
  const digits = value.replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits.replace(/^00/, '');
}

function wayOf(part: JsonObject): Way {
  return {
    id: Number(part.id),
    typeId: textOf(part.typeId),
    valueType: textOf(part.valueType),
    value: textOf(part.value),
  };
}

function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}
