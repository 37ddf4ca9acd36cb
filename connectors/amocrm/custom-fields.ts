import { isJsonObject, type JsonObject } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import type { FieldDeclaration, FieldType } from '../kit/index.js';

/** A field that the account has added, or that came with it (`PHONE`, `POSITION`). */
export interface CustomField {
  readonly id: string;
  readonly code: string | null;
  readonly title: string;
  readonly type: string;
  readonly choices: readonly Choice[];
  readonly isRequired: boolean;
}

export interface Choice {
  readonly id: string;
  readonly text: string;
}

export const ownIdCode = 'PIPEWRIGHT_ID';
export const ownIdField = `custom.${ownIdCode}`;

/** What values of a type are: one or several, and how they are declared. All other types are one text. */
interface Shape {
  readonly type: FieldType;
  readonly isMany?: boolean;
}

const shapes: Readonly<Record<string, Shape>> = {
  numeric: { type: 'decimal' },
  monetary: { type: 'decimal' },
  price: { type: 'decimal' },
  checkbox: { type: 'boolean' },
  date: { type: 'date' },
  birthday: { type: 'date' },
  date_time: { type: 'datetime' },
  multiselect: { type: 'text', isMany: true },
  multitext: { type: 'object', isMany: true },
  smart_address: { type: 'object', isMany: true },
  items: { type: 'object', isMany: true },
  chained_list: { type: 'object', isMany: true },
  category: { type: 'text', isMany: true },
  legal_entity: { type: 'object' },
  file: { type: 'object' },
  linked_entity: { type: 'object' },
  payer: { type: 'object' },
  supplier: { type: 'object' },
  org_legal_name: { type: 'object' },
};

/** Types whose values are picked from a list; the vendor takes the id of a choice. */
const picked: ReadonlySet<string> = new Set(['select', 'multiselect', 'radiobutton', 'category']);
/** Types whose values carry a code beside the text. */
const coded: ReadonlySet<string> = new Set(['multitext', 'smart_address']);

export function shapeOf(type: string): Shape {
  return (Object.hasOwn(shapes, type) ? shapes[type] : undefined) ?? { type: 'text' };
}

export const isPicked = (type: string): boolean => picked.has(type);
export const isCoded = (type: string): boolean => coded.has(type);

export function customFieldOf(row: JsonObject): CustomField {
  const enums = Array.isArray(row.enums) ? row.enums.filter(isJsonObject) : [];
  const nested = Array.isArray(row.nested) ? row.nested.filter(isJsonObject) : [];
  return {
    id: keyText(row.id) ?? '',
    code: keyText(row.code),
    title: keyText(row.name) ?? '',
    type: keyText(row.type) ?? 'text',
    choices: [...enums, ...nested].map((each) => ({ id: keyText(each.id) ?? '', text: keyText(each.value) ?? '' })),
    isRequired: row.is_required === true,
  };
}

/** The name of a field in a record: by its code, which is the same in every account, else by its id. */
export function nameOf(field: Pick<CustomField, 'id' | 'code'>): string {
  return `custom.${field.code ?? field.id}`;
}

/**
 * By id, the name after its caption of each field that has no code: its id is another one in every account. Only where
 * the caption is its alone.
 */
export function captionNames(fields: readonly CustomField[]): ReadonlyMap<string, string> {
  const titled = fields.filter(({ id, code, title }) => code === null && findField(fields, title)?.id === id);
  return new Map(titled.map(({ id, title }) => [id, `custom.${title}`]));
}

/** The field that a name means: code, id, or caption where only one field has it; null where there is none. */
export function findField(fields: readonly CustomField[], name: string): CustomField | null {
  const text = name.replace(/^custom\./, '');
  const exact = fields.find((field) => field.code === text) ?? fields.find((field) => field.id === text);
  if (exact !== undefined) return exact;
  const titled = fields.filter((field) => field.title === text);
  if (titled.length === 1) return titled[0] ?? null;
  const caseless = fields.filter((field) => field.code?.toLowerCase() === text.toLowerCase());
  return caseless.length === 1 ? (caseless[0] ?? null) : null;
}

export function declarationOf(field: CustomField): FieldDeclaration {
  const { type, isMany } = shapeOf(field.type);
  return {
    name: nameOf(field),
    title: field.title,
    ...(isMany === true ? { type: 'list', of: type } : { type }),
    ...(isCoded(field.type) && {
      fields: [
        { name: 'value', type: field.code === 'PHONE' ? 'phone' : field.code === 'EMAIL' ? 'email' : 'text' },
        { name: 'enum_code', type: 'text' },
      ],
    }),
    ...(field.isRequired && { isRequired: true }),
    ...(field.type === 'tracking_data' && { isReadOnly: true }),
    ...(isPicked(field.type) && { values: field.choices.map(({ text }) => ({ value: text, title: text })) }),
  };
}
