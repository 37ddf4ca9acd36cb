import type { FieldDeclaration, FieldType } from '../../kit/index.js';

/** How a column's values travel. A lookup `Account` is the field `AccountId`. */
export type ColumnKind =
  | 'id'
  | 'lookup'
  | 'text'
  | 'phone'
  | 'email'
  | 'integer'
  | 'decimal'
  | 'money'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time';

/** A column as the field of a record. */
export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
  readonly title?: string;
  readonly isRequired?: boolean;
  readonly isReadOnly?: boolean;
  /** How a filter names it, where that is not plain. */
  readonly path?: string;
  /** The object whose records a lookup names. */
  readonly refersTo?: string;
}

/** The columns of one object. */
export interface ObjectSchema {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  /** The column whose text stands for a record; `Name` where nobody said. */
  readonly caption: string;
  /** Whether all columns are known: then an unknown name is an error. */
  readonly isComplete: boolean;
}

const types: Readonly<Record<ColumnKind, FieldType>> = {
  id: 'text',
  lookup: 'text',
  text: 'text',
  phone: 'phone',
  email: 'email',
  integer: 'integer',
  decimal: 'decimal',
  money: 'money',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'text',
};

/** https://github.com/Advance-Technologies-Foundation/clio, `CreatioDataValueType.cs`; absent: files and pictures. */
const kindsByCode: Readonly<Record<number, ColumnKind>> = {
  0: 'id',
  1: 'text',
  4: 'integer',
  5: 'decimal',
  6: 'money',
  7: 'datetime',
  8: 'date',
  9: 'time',
  10: 'lookup',
  11: 'lookup',
  12: 'boolean',
  16: 'lookup',
  18: 'text',
  24: 'text',
  27: 'text',
  28: 'text',
  29: 'text',
  30: 'text',
  31: 'decimal',
  32: 'decimal',
  33: 'decimal',
  34: 'decimal',
  40: 'decimal',
  42: 'phone',
  43: 'text',
  44: 'text',
  45: 'email',
  47: 'decimal',
  48: 'money',
  49: 'money',
  50: 'money',
};

/** The kind of a `dataValueType`; null for what is no value (files, pictures). */
export function kindOfCode(code: number): ColumnKind | null {
  return kindsByCode[code] ?? null;
}

export function fieldOf(column: Column): FieldDeclaration {
  return {
    name: column.name,
    type: types[column.kind],
    ...(column.title !== undefined && { title: column.title }),
    ...(column.isRequired === true && { isRequired: true }),
    ...(column.isReadOnly === true && { isReadOnly: true }),
  };
}

/** Columns that every object has; those that the instance alone writes are read-only. */
export const systemColumns: readonly Column[] = [
  { name: 'Id', kind: 'id' },
  { name: 'CreatedOn', kind: 'datetime' },
  { name: 'CreatedById', kind: 'lookup', refersTo: 'Contact' },
  { name: 'ModifiedOn', kind: 'datetime', isReadOnly: true },
  { name: 'ModifiedById', kind: 'lookup', refersTo: 'Contact', isReadOnly: true },
];

/** Computed by the instance, whatever is sent (https://academy.creatio.com, and answers of live instances). */
export const readOnlyNames: ReadonlySet<string> = new Set([
  'ModifiedOn',
  'ModifiedById',
  'ProcessListeners',
  'LeadName',
  'Age',
  'PrimaryAmount',
  'PrimaryPaymentAmount',
]);

/**
 * Columns from a short list, one kind to a line: `text: Name! Notes`, `lookup: AccountId>Account`. `!` is required; a
 * lookup refers to the object of its own name unless another is given.
 */
export function columnsOf(text: string): readonly Column[] {
  const columns = text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const colon = line.indexOf(':');
      const kind = line.slice(0, colon).trim() as ColumnKind;
      return line
        .slice(colon + 1)
        .trim()
        .split(/\s+/)
        .map((word) => columnOf(kind, word));
    });
  return [...systemColumns, ...columns];
}

function columnOf(kind: ColumnKind, word: string): Column {
  const [, name = '', isRequired, refersTo] = /^(\w+)(!?)(?:>(\w+))?$/.exec(word) ?? [];
  return {
    name,
    kind,
    ...(isRequired === '!' && { isRequired: true }),
    ...(readOnlyNames.has(name) && { isReadOnly: true }),
    ...(kind === 'lookup' && { refersTo: refersTo ?? name.replace(/Id$/, '') }),
  };
}
