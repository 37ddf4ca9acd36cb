import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import type { Field } from './fields.js';
import type { FileShelf } from './files.js';
import type { PortalTime } from './moments.js';
import { intOf, isYes, textOf } from './php.js';

/** What reading and printing of values depends on. */
export interface ValueSurroundings {
  readonly time: PortalTime;
  readonly files: FileShelf;
  /** The address under which a file is read. */
  fileLink(id: number): string;
  now(): number;
}

/** Kinds of values: how a type is stored and compared. */
export type ValueKind = 'whole' | 'real' | 'flag' | 'day' | 'moment' | 'text' | 'file' | 'other';

const KINDS: Readonly<Record<string, ValueKind>> = {
  integer: 'whole',
  user: 'whole',
  employee: 'whole',
  enumeration: 'whole',
  crm_category: 'whole',
  crm_company: 'whole',
  crm_contact: 'whole',
  crm_lead: 'whole',
  crm_quote: 'whole',
  crm_entity: 'whole',
  crm_enum_ownertype: 'whole',
  crm_enum_activitytype: 'whole',
  crm_enum_activitystatus: 'whole',
  crm_enum_activitypriority: 'whole',
  crm_enum_activitynotifytype: 'whole',
  crm_enum_contenttype: 'whole',
  crm_enum_activitydirection: 'whole',
  iblock_section: 'whole',
  iblock_element: 'whole',
  double: 'real',
  char: 'flag',
  boolean: 'flag',
  date: 'day',
  datetime: 'moment',
  file: 'file',
  object: 'other',
  productproperty: 'other',
  attached_diskfile: 'other',
  diskfile: 'other',
  crm_multifield: 'other',
  crm_activity_binding: 'other',
  crm_activity_communication: 'other',
};

export const kindOf = (field: Field): ValueKind => KINDS[field.type] ?? 'text';

/** A sent value (one, not a list) as it is stored: null for nothing, undefined when it cannot be read. */
export function readValue(field: Field, sent: Json, around: ValueSurroundings): Json | undefined {
  if (sent === null || sent === '') return null;
  const kind = kindOf(field);
  if (kind === 'other') return sent;
  if (kind === 'file') return readFile(sent, around);
  if (typeof sent === 'object') return undefined;
  if (kind === 'flag') return isYes(sent) ? 'Y' : 'N';
  const text = textOf(sent).trim();
  if (kind === 'day') return around.time.readDay(text);
  if (kind === 'moment') return around.time.readMoment(text);
  if (kind === 'text') return textOf(sent);
  if (!/^[+-]?\d+(\.\d+)?$/.test(text)) return undefined;
  if (kind === 'real') return field.custom === undefined ? Math.round(Number(text) * 100) / 100 : Number(text);
  const whole = Math.trunc(Number(text));
  return field.custom?.type === 'enumeration' && !field.custom.list.some(({ id }) => id === whole) ? undefined : whole;
}

/** What the old methods make of a value that cannot be read: a number from its first digits, else nothing. */
export function looseValue(field: Field, sent: Json): Json | undefined {
  const kind = kindOf(field);
  if (field.type === 'enumeration') return null;
  if (kind === 'whole') return intOf(sent);
  if (kind === 'real') return Number.parseFloat(textOf(sent)) || 0;
  return kind === 'text' ? textOf(sent) : undefined;
}

/** A stored value as the old methods print it: all scalars are texts. */
export function printOld(field: Field, value: Json | undefined, around: ValueSurroundings): Json {
  if (field.isMultiple && kindOf(field) !== 'other') {
    const parts = Array.isArray(value) ? value : [];
    if (parts.length === 0) return field.custom === undefined ? [] : false;
    return parts.map((part) =>
      kindOf(field) === 'whole' ? part : printOld({ ...field, isMultiple: false }, part, around),
    );
  }
  const kind = kindOf(field);
  if (value === undefined || value === null) {
    return (kind === 'day' || kind === 'moment') && field.custom === undefined
      ? ''
      : field.type === 'object'
        ? []
        : null;
  }
  if (kind === 'real' && field.custom === undefined) return Number(value).toFixed(2);
  if (kind === 'day') return around.time.day(String(value));
  if (kind === 'moment') return around.time.moment(String(value));
  if (kind === 'flag' && field.custom !== undefined) return value === 'Y' ? '1' : '0';
  if (kind === 'file') {
    const link = around.fileLink(intOf(value));
    return { id: intOf(value), showUrl: link, downloadUrl: link };
  }
  return kind === 'other' ? value : String(value);
}

/** A stored value as the universal methods print it: numbers are numbers. */
export function printUniversal(field: Field, value: Json | undefined, around: ValueSurroundings): Json {
  if (field.isMultiple && kindOf(field) !== 'other') {
    const parts = Array.isArray(value) ? value : [];
    return parts.map((part) => printUniversal({ ...field, isMultiple: false }, part, around));
  }
  if (value === undefined || value === null) return field.isMultiple ? [] : null;
  const kind = kindOf(field);
  if (kind === 'day') return around.time.day(String(value));
  if (kind === 'moment') return around.time.moment(String(value));
  if (kind !== 'file') return value;
  const link = around.fileLink(intOf(value));
  return { id: intOf(value), url: link, urlMachine: link };
}

/** `["name.pdf", "<base64>"]`, the same under `fileData`, or `{id}` for a file that stays. */
function readFile(sent: Json, { files, now }: ValueSurroundings): Json | undefined {
  const pair = Array.isArray(sent) ? sent : isObject(sent) ? own(sent, 'fileData') : undefined;
  if (Array.isArray(pair)) {
    const [name, content] = pair;
    if (typeof name !== 'string' || typeof content !== 'string') return undefined;
    return files.add(name, Buffer.from(content, 'base64'), now(), 1).id;
  }
  if (!isObject(sent)) return undefined;
  if (isYes(own(sent, 'remove'))) return null;
  const id = intOf(own(sent, 'id') ?? own(sent, 'ID'));
  return files.get(id) === undefined ? undefined : id;
}

/** The type as the universal field list calls it. */
export function universalType(field: Field): string {
  if (field.type === 'char') return 'boolean';
  return field.name === 'comments' || field.name === 'sourceDescription' ? 'text' : field.type;
}

/** The common part of a field's description in both families. */
export function describeField(field: Field, type: string, title: string): JsonObject {
  return {
    type,
    isRequired: field.isRequired,
    isReadOnly: field.isReadOnly,
    isImmutable: field.isImmutable,
    isMultiple: field.isMultiple,
    isDynamic: field.custom !== undefined,
    ...(field.isDeprecated ? { isDeprecated: true } : {}),
    ...(field.statusType === undefined ? {} : { statusType: field.statusType }),
    ...(field.custom?.type === 'enumeration'
      ? { items: field.custom.list.map(({ id, value }) => ({ ID: String(id), VALUE: value })) }
      : {}),
    title,
    ...(field.settings === undefined ? {} : { settings: field.settings }),
  };
}
