import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { isWellFormed } from '../../kit/well-formed.js';
import { type CustomField, isCoded, isPicked, shapeOf } from '../custom-fields.js';
import type { FieldSpec } from '../streams/spec.js';
import { dayAt, noonIn } from '../zone.js';

/** A value that the vendor cannot hold as it is: the record is refused, and nothing is changed in silence. */
export class FieldProblem extends Error {
  constructor(
    readonly field: string,
    readonly what: string,
  ) {
    super(`\`${field}\` ${what}`);
  }
}

/** A standard field's value as the vendor takes it. */
export function wireValue(field: FieldSpec, value: JsonValue): JsonValue {
  if (value === null) return null;
  checkText(field.name, value);
  switch (field.wire) {
    case 'id':
      return wholeNumber(field.name, value);
    case 'amount':
      return exactNumber(field.name, value);
    case 'moment':
      return secondsOf(field.name, value);
    default:
      return field.type === 'integer' ? wholeNumber(field.name, value) : value;
  }
}

/** A custom field's values as the vendor takes them; null clears the field. */
export function customValues(name: string, field: CustomField, value: JsonValue, zone: string): JsonObject[] | null {
  const { isMany } = shapeOf(field.type);
  if (value === null || value === '') return null;
  if (Array.isArray(value) && isMany !== true && value.length > 1) throw new FieldProblem(name, 'takes one value');
  const list = (Array.isArray(value) ? value : [value]).filter((each) => each !== null && each !== '');
  const values = list.map((each) => customValue(name, field, each, zone));
  return values.length === 0 ? null : values;
}

function customValue(name: string, field: CustomField, value: JsonValue, zone: string): JsonObject {
  checkText(name, value);
  if (isPicked(field.type)) return choiceOf(field, value);
  if (isCoded(field.type)) return codedValue(value);
  const { type } = shapeOf(field.type);
  switch (type) {
    case 'boolean':
      return { value: truth(name, value) };
    case 'date':
      return { value: dayOf(name, value, zone) };
    case 'datetime':
      return { value: momentText(name, value) };
    case 'object':
      return { value };
    default:
      return { value: keyText(value) ?? value };
  }
}

/** By the id of the choice where it is known; else as it is, so that the vendor says what it thinks of it. */
function choiceOf(field: CustomField, value: JsonValue): JsonObject {
  const text = keyText(isJsonObject(value) ? value.value : value) ?? '';
  const choice = field.choices.find((each) => each.text === text) ?? field.choices.find((each) => each.id === text);
  return choice === undefined ? { value: text } : { enum_id: Number(choice.id) };
}

function codedValue(value: JsonValue): JsonObject {
  if (!isJsonObject(value)) return { value: keyText(value) ?? value };
  const code = keyText(value.enum_code);
  return { value: keyText(value.value) ?? value.value ?? '', ...(code !== null && { enum_code: code }) };
}

function truth(name: string, value: JsonValue): boolean {
  const text = String(value).toLowerCase();
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw new FieldProblem(name, 'takes true or false');
}

function dayOf(name: string, value: JsonValue, zone: string): string {
  const text = String(value);
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? text : dayAt(zone, instantOf(name, text));
  const noon = noonIn(zone, day);
  if (noon === null) throw new FieldProblem(name, 'takes a day like `2025-03-01`');
  return noon;
}

function momentText(name: string, value: JsonValue): string {
  return new Date(secondsOf(name, value) * 1_000).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** The vendor keeps whole seconds; a fraction would be lost. */
function secondsOf(name: string, value: JsonValue): number {
  const ms = instantOf(name, String(value));
  if (!Number.isInteger(ms / 1_000) || /\.\d*[1-9]\d*(Z|[+-]\d\d:?\d\d)$/i.test(String(value)))
    throw new FieldProblem(name, 'has a fraction of a second, which amoCRM does not keep: round it in the mapping');
  return ms / 1_000;
}

function instantOf(name: string, text: string): number {
  const ms = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new FieldProblem(name, 'takes a moment like `2025-03-01T10:00:00Z`');
  return ms;
}

function wholeNumber(name: string, value: JsonValue): number {
  const text = keyText(value) ?? '';
  const number = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new FieldProblem(name, 'takes a whole number');
}

/** An amount travels as a number, which must say exactly the same. */
function exactNumber(name: string, value: JsonValue): number {
  const text = keyText(value) ?? '';
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw new FieldProblem(name, 'takes an amount like `1500.50`');
  const number = Number(text);
  if (digitsOf(text) !== digitsOf(String(number))) throw new FieldProblem(name, 'has more digits than amoCRM can keep');
  return number;
}

function digitsOf(text: string): string {
  const [whole = '', fraction = ''] = text.split('.');
  const tail = fraction.replace(/0+$/, '');
  return `${whole.replace(/^(-?)0+(?=\d)/, '$1')}${tail === '' ? '' : `.${tail}`}`;
}

function checkText(name: string, value: JsonValue): void {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (typeof value === 'object' ? text.includes('\\u0000') : text.includes('\u0000'))
    throw new FieldProblem(name, 'holds a zero byte, which amoCRM cannot keep');
  if (!isWellFormed(text) || (typeof value === 'object' && /\\ud[89a-f]/i.test(text)))
    throw new FieldProblem(name, 'holds half of a character, which cannot be sent');
}
