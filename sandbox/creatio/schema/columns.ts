import { namedGuid } from '../guid.js';

/** What a column holds. `lookup` refers to a row of another object, `stream` to bytes. */
export type Kind = 'guid' | 'text' | 'int' | 'decimal' | 'boolean' | 'datetime' | 'date' | 'time' | 'lookup' | 'stream';

/** One column of an object. */
export interface ColumnSpec {
  /** The name in DataService and in filter paths: `Account`. */
  readonly name: string;
  /** The name in OData bodies and `$select`: `AccountId` for a lookup, else the name. */
  readonly property: string;
  readonly kind: Kind;
  /** The platform's own number of the type. */
  readonly dataValueType: number;
  /** Longest text in characters; 0 = no limit. */
  readonly maxLength: number;
  readonly caption: Readonly<Record<string, string>>;
  readonly isRequired: boolean;
  readonly isInherited: boolean;
  /** The server fills it; what a client sends is dropped. */
  readonly isComputed: boolean;
  /** The object a lookup refers to. */
  readonly target: string | undefined;
  readonly uId: string;
  /** From when (sandbox ms) OData knows the column; DataService knows it at once. */
  readonly inODataFrom: number;
}

interface TypeSpec {
  readonly kind: Kind;
  readonly code: number;
  readonly maxLength?: number;
}

/** Type words of the definitions; the codes are the platform's. */
const TYPES: Readonly<Record<string, TypeSpec>> = {
  guid: { kind: 'guid', code: 0 },
  text: { kind: 'text', code: 1, maxLength: 250 },
  text50: { kind: 'text', code: 27, maxLength: 50 },
  text250: { kind: 'text', code: 28, maxLength: 250 },
  text500: { kind: 'text', code: 30, maxLength: 500 },
  long: { kind: 'text', code: 29 },
  rich: { kind: 'text', code: 43 },
  phone: { kind: 'text', code: 42, maxLength: 250 },
  web: { kind: 'text', code: 44, maxLength: 250 },
  email: { kind: 'text', code: 45, maxLength: 250 },
  int: { kind: 'int', code: 4 },
  float: { kind: 'decimal', code: 5 },
  float8: { kind: 'decimal', code: 40 },
  money: { kind: 'decimal', code: 6 },
  datetime: { kind: 'datetime', code: 7 },
  date: { kind: 'date', code: 8 },
  time: { kind: 'time', code: 9 },
  lookup: { kind: 'lookup', code: 10 },
  boolean: { kind: 'boolean', code: 12 },
  image: { kind: 'stream', code: 14 },
  binary: { kind: 'stream', code: 13 },
  photo: { kind: 'lookup', code: 16 },
  file: { kind: 'stream', code: 25 },
};

/** The type words that a custom column may have. */
export const typeWords: readonly string[] = Object.keys(TYPES);

/** How a column is asked for. */
export interface ColumnOrder {
  readonly entity: string;
  readonly name: string;
  readonly type: string;
  readonly caption: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly isRequired?: boolean;
  readonly isInherited?: boolean;
  readonly isComputed?: boolean;
  readonly inODataFrom?: number;
}

export function makeColumn(order: ColumnOrder): ColumnSpec {
  const type = TYPES[order.type];
  if (type === undefined) throw new RangeError(`Type \`${order.type}\` is not known.`);
  const isLookup = type.kind === 'lookup';
  return {
    name: order.name,
    property: isLookup ? `${order.name}Id` : order.name,
    kind: type.kind,
    dataValueType: type.code,
    maxLength: type.maxLength ?? 0,
    caption: order.caption,
    isRequired: order.isRequired ?? false,
    isInherited: order.isInherited ?? false,
    isComputed: order.isComputed ?? false,
    target: isLookup ? order.target : undefined,
    uId: namedGuid(`column/${order.entity}/${order.name}`),
    inODataFrom: order.inODataFrom ?? 0,
  };
}

/**
 * Reads one line of a definition: `Name text! Full name | ФИО`, `Account >Account Account`. `!` = required,
 * `=` = computed, `>` = lookup.
 */
export function parseColumn(entity: string, line: string): ColumnSpec {
  const [name = '', word = '', ...rest] = line.trim().split(/\s+/);
  const [english = name, russian] = rest.join(' ').split(' | ');
  const bare = word.replace(/[!=]$/, '');
  const isLookup = bare.startsWith('>');
  return makeColumn({
    entity,
    name,
    type: isLookup ? (bare === '>SysImage' ? 'photo' : 'lookup') : bare,
    target: isLookup ? bare.slice(1) : undefined,
    caption: { 'en-US': english || name, ...(russian === undefined ? {} : { 'ru-RU': russian }) },
    isRequired: word.endsWith('!'),
    isComputed: word.endsWith('='),
  });
}

/** The columns that every object inherits. */
export function systemColumns(entity: string): ColumnSpec[] {
  const inherited = (name: string, type: string, english: string, russian: string, target?: string) =>
    makeColumn({
      entity,
      name,
      type,
      target,
      caption: { 'en-US': english, 'ru-RU': russian },
      isInherited: true,
      isRequired: name === 'Id',
    });
  return [
    inherited('Id', 'guid', 'Id', 'Id'),
    inherited('CreatedOn', 'datetime', 'Created on', 'Дата создания'),
    inherited('CreatedBy', 'lookup', 'Created by', 'Создал', 'Contact'),
    inherited('ModifiedOn', 'datetime', 'Modified on', 'Дата изменения'),
    inherited('ModifiedBy', 'lookup', 'Modified by', 'Изменил', 'Contact'),
    inherited('ProcessListeners', 'int', 'Active processes', 'Активные процессы'),
  ];
}
