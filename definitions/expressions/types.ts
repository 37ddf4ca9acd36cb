import type { FieldDeclaration, StreamDeclaration } from '../../connectors/kit/contract.js';

/**
 * What is known of a value before it is there. Null is not tracked: any value may be null. `number` is what records
 * hold (a double), `int` what integer literals and `size` give.
 */
export type ExprType =
  | { readonly kind: 'text' | 'number' | 'int' | 'bool' | 'null' | 'dyn' }
  | { readonly kind: 'list'; readonly of: ExprType }
  | {
      readonly kind: 'object';
      readonly fields: ReadonlyMap<string, ExprType>;
      /** True: names that are not listed may be there too. */
      readonly isOpen: boolean;
      /** What messages call it, e.g. "stream `crm.deals`". */
      readonly title: string;
    };

export const dyn: ExprType = { kind: 'dyn' };
export const textType: ExprType = { kind: 'text' };
export const boolType: ExprType = { kind: 'bool' };
export const numberType: ExprType = { kind: 'number' };
export const intType: ExprType = { kind: 'int' };
export const nullType: ExprType = { kind: 'null' };

export const listOf = (of: ExprType): ExprType => ({ kind: 'list', of });

/** The type of a record of a stream; null: nothing is known. */
export function recordType(stream: Pick<StreamDeclaration, 'fields' | 'isOpen'> | null, title: string): ExprType {
  if (!stream) return { kind: 'object', fields: new Map(), isOpen: true, title };
  return objectType(stream.fields, stream.isOpen, title);
}

export function objectType(fields: readonly FieldDeclaration[], isOpen: boolean, title: string): ExprType {
  const members = new Map(fields.map((field) => [field.name, fieldType(field)]));
  return { kind: 'object', fields: members, isOpen, title };
}

function fieldType(field: FieldDeclaration): ExprType {
  if (field.type === 'list') {
    if (field.fields) return listOf(objectType(field.fields, false, `field \`${field.name}\``));
    return listOf(field.of ? fieldType({ name: field.name, type: field.of }) : dyn);
  }
  if (field.type === 'object') {
    return field.fields
      ? objectType(field.fields, false, `field \`${field.name}\``)
      : openObject(`field \`${field.name}\``);
  }
  return scalarTypes[field.type];
}

const scalarTypes: Record<Exclude<FieldDeclaration['type'], 'list' | 'object'>, ExprType> = {
  text: textType,
  integer: numberType,
  decimal: textType,
  boolean: boolType,
  date: textType,
  datetime: textType,
  money: textType,
  phone: textType,
  email: textType,
  any: dyn,
};

export const openObject = (title: string): ExprType => ({ kind: 'object', fields: new Map(), isOpen: true, title });

/** How a message names a type. */
export function typeName(type: ExprType): string {
  switch (type.kind) {
    case 'list':
      return type.of.kind === 'dyn' ? 'a list' : `a list of ${typeName(type.of).replace(/^an? /, '')}`;
    case 'object':
      return 'a map';
    case 'bool':
      return 'true or false';
    case 'int':
    case 'number':
      return 'a number';
    case 'null':
      return 'null';
    case 'text':
      return 'text';
    default:
      return 'anything';
  }
}

export function isNumeric(type: ExprType): boolean {
  return type.kind === 'int' || type.kind === 'number' || type.kind === 'dyn' || type.kind === 'null';
}

/** Whether two types may hold equal values; unknown and null fit everything. */
export function canEqual(a: ExprType, b: ExprType): boolean {
  if (a.kind === 'dyn' || b.kind === 'dyn' || a.kind === 'null' || b.kind === 'null') return true;
  const isNumber = (type: ExprType) => type.kind === 'int' || type.kind === 'number';
  return a.kind === b.kind || (isNumber(a) && isNumber(b));
}

/** The type of "one of these two". */
export function either(a: ExprType, b: ExprType): ExprType {
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (a.kind === 'list' && b.kind === 'list') return listOf(either(a.of, b.of));
  if (a.kind === b.kind) return a.kind === 'object' && a !== b ? openObject(a.title) : a;
  if (isNumeric(a) && isNumeric(b) && a.kind !== 'dyn' && b.kind !== 'dyn') return numberType;
  return dyn;
}
