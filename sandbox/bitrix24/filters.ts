import { type Json, type JsonObject, own } from '../kit/json.js';
import type { Entity } from './entity.js';
import { type Field, storedName } from './fields.js';
import { isYes, phpEntries, phpObject, textOf } from './php.js';
import { kindOf, type ValueSurroundings } from './values.js';
import { waysOf } from './ways.js';

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'in' | '!in' | 'has' | '!has' | 'like' | '!like';

/** One comparison, or a group of them. */
export type Condition =
  | { readonly field: Field; readonly operator: Operator; readonly values: readonly (string | number | null)[] }
  | { readonly way: string; readonly operator: Operator; readonly values: readonly (string | number | null)[] }
  | { readonly any: boolean; readonly parts: readonly Condition[] }
  | 'nothing';

const PREFIXES: readonly (readonly [string, Operator])[] = [
  ['!=%', '!like'],
  ['!%=', '!like'],
  ['!@', '!in'],
  ['!%', '!has'],
  ['!=', '!='],
  ['>=', '>='],
  ['<=', '<='],
  ['=%', 'like'],
  ['%=', 'like'],
  ['!', '!='],
  ['>', '>'],
  ['<', '<'],
  ['@', 'in'],
  ['%', 'has'],
  ['=', '='],
];

/** How a family of methods names fields and what it does with names and values it does not know. */
export interface FilterRules {
  find(name: string): Field | undefined;
  /** Ways that may be asked for by name, such as PHONE. */
  readonly ways: readonly string[];
  readonly nestsGroups: boolean;
  /** Throws, or says what stands instead; undefined drops the condition. */
  unknown(name: string): Condition | undefined;
  /** Throws where a value cannot be compared with the field. */
  badValue(name: string): Condition | undefined;
}

/** Reads a filter; all its conditions hold at once, unless it says `logic: OR`. */
export function readFilter(filter: JsonObject, rules: FilterRules, around: ValueSurroundings): Condition {
  const parts: Condition[] = [];
  let any = false;
  for (const [key, value] of Object.entries(filter)) {
    if (/^logic$/i.test(key)) {
      any = textOf(value).toUpperCase() === 'OR';
      continue;
    }
    if (rules.nestsGroups && /^\d+$/.test(key)) {
      const group = phpObject(value);
      if (group !== undefined) parts.push(readFilter(group, rules, around));
      continue;
    }
    const part = readCondition(key, value, rules, around);
    if (part !== undefined) parts.push(part);
  }
  return { any, parts };
}

function readCondition(key: string, value: Json, rules: FilterRules, around: ValueSurroundings): Condition | undefined {
  const [prefix, operator] = PREFIXES.find(([start]) => key.startsWith(start)) ?? ['', '=' as const];
  const name = key.slice(prefix.length);
  const list = phpEntries(value)?.map(([, part]) => part);
  const actual = list === undefined ? operator : operator === '=' ? 'in' : operator === '!=' ? '!in' : operator;
  const given = list ?? [value];
  if (rules.ways.includes(name)) return { way: name, operator: actual, values: given.map((one) => textOf(one)) };
  const field = rules.find(name);
  if (field === undefined || (kindOf(field) === 'other' && field.type !== 'productproperty'))
    return rules.unknown(name);
  const values = given.map((one) => comparableValue(field, one, operator, around));
  if (values.includes(undefined)) return rules.badValue(name);
  return { field, operator: actual, values: values.filter((one) => one !== undefined) };
}

/** A sent value in the form in which stored ones are compared; undefined when it cannot be. */
function comparableValue(
  field: Field,
  sent: Json,
  operator: Operator,
  around: ValueSurroundings,
): string | number | null | undefined {
  if (sent === null || sent === '' || sent === false) return sent === false && kindOf(field) === 'flag' ? 'N' : null;
  if (typeof sent === 'object') return undefined;
  const text = textOf(sent);
  if (['has', '!has', 'like', '!like'].includes(operator)) return text.toLowerCase();
  switch (kindOf(field)) {
    case 'whole':
    case 'real':
      return /^\s*[+-]?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
    case 'flag':
      // Custom yes/no fields are compared as numbers: the letter Y is no number and finds nothing.
      if (field.custom !== undefined && (text === 'Y' || text === 'N')) return 'neither';
      return isYes(sent) ? 'Y' : 'N';
    case 'day': {
      const day = around.time.readDay(text);
      return day;
    }
    case 'moment':
      return around.time.readMoment(text);
    default:
      return text.toLowerCase();
  }
}

/** Tells whether a row fits; the record is parsed only when a condition needs it. */
export type RowTest = (row: number, record: () => JsonObject) => boolean;

export function rowTest(entity: Entity, condition: Condition): RowTest {
  if (condition === 'nothing') return () => false;
  if ('parts' in condition) {
    const tests = condition.parts.map((part) => rowTest(entity, part));
    return condition.any
      ? (row, record) => tests.length === 0 || tests.some((test) => test(row, record))
      : (row, record) => tests.every((test) => test(row, record));
  }
  const { operator, values } = condition;
  if ('way' in condition) {
    const wanted = condition.way;
    return (_row, record) => {
      const held = waysOf(record()).filter(({ typeId }) => typeId === wanted);
      return compare(held.length === 0 ? [null] : held.map(({ value }) => value.toLowerCase()), operator, values);
    };
  }
  const name = storedName(condition.field);
  if (name === 'id') return (row) => compare([Number(entity.table.idOf(row))], operator, values);
  if (name === entity.stamps.updated) {
    const moments = values.map((value) => (value === null ? null : Date.parse(String(value))));
    return (row) => compare([entity.changedAt.at(row)], operator, moments);
  }
  const isText = kindOf(condition.field) === 'text';
  return (_row, record) => compare(heldValues(own(record(), name), isText), operator, values);
}

/** Rows that can fit at all, from an index; undefined when no condition narrows the search. */
export function candidates(entity: Entity, condition: Condition): readonly number[] | undefined {
  if (condition === 'nothing') return [];
  if (!('parts' in condition)) return fromIndex(entity, condition);
  if (condition.any) return undefined;
  for (const part of condition.parts) {
    const rows = candidates(entity, part);
    if (rows !== undefined) return rows;
  }
  return undefined;
}

/** The largest id that rows must be above, or -1: a walk by id begins there. */
export function lowestId(condition: Condition): number {
  if (condition === 'nothing' || !('parts' in condition) || condition.any) return -1;
  let lowest = -1;
  for (const part of condition.parts) {
    if (part === 'nothing' || 'parts' in part || 'way' in part || part.field.name !== 'id') continue;
    const [value] = part.values;
    if (part.operator === '>' && typeof value === 'number') lowest = Math.max(lowest, value);
    if (part.operator === '>=' && typeof value === 'number') lowest = Math.max(lowest, value - 1);
  }
  return lowest;
}

const NEVER_INDEXED = new Set(['flag', 'moment', 'day', 'real', 'other', 'file']);

function fromIndex(entity: Entity, condition: Exclude<Condition, 'nothing' | { any: boolean }>): number[] | undefined {
  const { operator, values } = condition;
  if ((operator !== '=' && operator !== 'in') || values.some((value) => value === null)) return undefined;
  if ('way' in condition) {
    return [...new Set(values.flatMap((value) => entity.table.withValue('fm.value', String(value))))].sort(byNumber);
  }
  const name = storedName(condition.field);
  if (name === 'id') {
    return [...new Set(values.map((value) => entity.table.rowOf(String(value))))]
      .filter((row) => row >= 0)
      .sort(byNumber);
  }
  // Few different values make an index useless; own keys and relations are what is looked up.
  const isKey =
    /Id$|Ids$|^title$|^name$|^code$|^owner|^UF_/.test(name) &&
    !/^((source|stage|type|currency|category|ownerType|entityType|provider|preset)(Id|TypeId)?|ownerType)$/.test(name);
  if (!isKey || NEVER_INDEXED.has(kindOf(condition.field))) return undefined;
  return [...new Set(values.flatMap((value) => entity.table.withValue(name, String(value))))].sort(byNumber);
}

const byNumber = (one: number, other: number) => one - other;

function heldValues(value: Json | undefined, isText: boolean): (string | number | null)[] {
  if (value === undefined || value === null || value === '') return [null];
  if (Array.isArray(value)) return value.length === 0 ? [null] : value.flatMap((part) => heldValues(part, isText));
  if (typeof value === 'object') return [textOf(own(value, 'value')).toLowerCase()];
  if (typeof value === 'boolean') return [value ? 'Y' : 'N'];
  return [isText ? String(value).toLowerCase() : value];
}

function compare(
  held: readonly (string | number | null)[],
  operator: Operator,
  values: readonly (string | number | null)[],
): boolean {
  switch (operator) {
    case '=':
    case 'in':
      return held.some((one) => values.some((value) => equal(one, value)));
    case '!=':
    case '!in':
      return !held.some((one) => values.some((value) => equal(one, value)));
    case 'has':
      return held.some((one) => values.some((value) => String(one ?? '').includes(String(value ?? ''))));
    case '!has':
      return !held.some((one) => values.some((value) => String(one ?? '').includes(String(value ?? ''))));
    case 'like':
      return held.some((one) => values.some((value) => like(String(one ?? ''), String(value ?? ''))));
    case '!like':
      return !held.some((one) => values.some((value) => like(String(one ?? ''), String(value ?? ''))));
    default:
      return held.some(
        (one) => one !== null && values.some((value) => value !== null && ordered(one, operator, value)),
      );
  }
}

/** Empty, zero and absent are the same nothing when a link is looked for. */
function equal(one: string | number | null, other: string | number | null): boolean {
  return one === other || (other === null && one === 0) || (one === null && other === 0);
}

function ordered(one: string | number, operator: Operator, other: string | number): boolean {
  if (typeof one !== typeof other) return false;
  if (operator === '>') return one > other;
  if (operator === '>=') return one >= other;
  return operator === '<' ? one < other : one <= other;
}

function like(text: string, pattern: string): boolean {
  const source = pattern
    .split('%')
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
  return new RegExp(`^${source}$`, 's').test(text);
}
