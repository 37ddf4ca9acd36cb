import { isObject, type Json } from '../kit/json.js';
import type { Field, StreamName } from './schema.js';

/** Why one record was refused. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly field?: string;
}

/** Whether a record with this id lives: the check of a relation. */
export type Exists = (stream: StreamName, id: string) => boolean;

// All patterns run in linear time: the parts between the literals cannot match those literals.
const EMAIL = /^[^\s@<>",;]{1,64}@(?:[^\s@.<>",;]+\.)+[^\s@.<>",;]{2,}$/;
const DECIMAL = /^-?\d{1,15}(?:\.\d{1,4})?$/;
const CURRENCY = /^[A-Z]{3}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DAYS: readonly number[] = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/** The refusal of one given value, or undefined. Null clears a field that is not required. */
export function checkValue(field: Field, value: Json, exists: Exists): Refusal | undefined {
  if (field.readonly) return refusal('read_only_field', field, 'cannot be written');
  if (value === null) return field.required ? refusal('required', field, 'must not be empty') : undefined;
  if (typeof value === 'string') return checkText(field, value, exists);
  if (field.type === 'list' && Array.isArray(value)) return checkList(field, value, exists);
  if (field.type === 'object' && isObject(value)) return checkParts(field, value, exists);
  return refusal(
    'invalid_type',
    field,
    `must be ${field.type === 'list' || field.type === 'object' ? `a ${field.type}` : 'a text'}`,
  );
}

function checkText(field: Field, value: string, exists: Exists): Refusal | undefined {
  switch (field.type) {
    case 'list':
    case 'object':
      return refusal('invalid_type', field, `must be ${field.type === 'list' ? 'a list' : 'an object'}`);
    case 'decimal':
      return DECIMAL.test(value) ? undefined : refusal('invalid_value', field, 'must be a decimal number as text');
    case 'date':
      return isDate(value) ? undefined : refusal('invalid_value', field, 'must be a date as YYYY-MM-DD');
    case 'datetime':
      return DATETIME.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : refusal('invalid_value', field, 'must be an ISO time with a zone');
    default:
  }
  if (field.required && value.trim() === '') return refusal('required', field, 'must not be empty');
  if (field.max_length !== undefined && value.length > field.max_length) {
    return refusal('too_long', field, `must not be longer than ${field.max_length} characters`);
  }
  if (field.format === 'email' && value !== '' && !EMAIL.test(value)) {
    return refusal('invalid_email', field, 'must be an e-mail address');
  }
  if (field.format === 'currency' && !CURRENCY.test(value)) {
    return refusal('invalid_value', field, 'must be a currency code of three capital letters');
  }
  if (field.options !== undefined && !field.options.includes(value)) {
    return refusal('invalid_value', field, `must be one of ${field.options.join(', ')}`);
  }
  if (field.reference !== undefined && !exists(field.reference, value)) {
    return refusal('unknown_relation', field, `names a record of ${field.reference} that does not exist`);
  }
  return undefined;
}

function checkList(field: Field, parts: readonly Json[], exists: Exists): Refusal | undefined {
  if (parts.length > 50) return refusal('too_long', field, 'must not have more than 50 parts');
  for (const part of parts) {
    if (!isObject(part)) return refusal('invalid_type', field, 'must be a list of objects');
    const problem = checkParts(field, part, exists);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkParts(field: Field, value: { [key: string]: Json }, exists: Exists): Refusal | undefined {
  const parts = field.fields ?? [];
  for (const name of Object.keys(value)) {
    const part = parts.find((candidate) => candidate.name === name);
    if (part === undefined) {
      return {
        code: 'unknown_field',
        message: `Field ${field.name}.${name} is not known.`,
        field: `${field.name}.${name}`,
      };
    }
    const problem = checkValue(part, value[name] ?? null, exists);
    if (problem !== undefined) return { ...problem, field: `${field.name}.${name}` };
  }
  const missing = parts.find((part) => part.required && !Object.hasOwn(value, part.name));
  return missing === undefined ? undefined : refusal('required', field, `needs ${missing.name} in each part`);
}

function isDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (month === 2 && isLeap ? 29 : (DAYS[month] ?? 0));
}

function refusal(code: string, field: Field, rest: string): Refusal {
  return { code, message: `Field ${field.name} ${rest}.`, field: field.name };
}
