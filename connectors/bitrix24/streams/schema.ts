import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { AccountCache } from '../../kit/account-cache.js';
import type { FieldDeclaration, FieldType } from '../../kit/index.js';
import { badAnswer } from '../answers.js';
import type { PortalClient } from '../client.js';
import type { Entity } from './entities.js';

/** What is known of portals, for five minutes. */
export const known = new AccountCache(300_000);

/** A field of a portal's type of records. */
export interface PortalField {
  /** As records name it. */
  readonly name: string;
  readonly type: string;
  readonly title: string;
  readonly isMultiple: boolean;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  /** The list of statuses that its values come from. */
  readonly statusType: string | null;
  /** Choices of a list field: id and caption. */
  readonly items: readonly { readonly value: string; readonly title: string }[];
}

export type Schema = ReadonlyMap<string, PortalField>;

/** Fields of one type of records, custom ones among them, as the portal describes them. */
export function schemaOf(client: PortalClient, entity: Entity, signal: AbortSignal): Promise<Schema> {
  return known.get(client.context.connectionId, `fields ${entity.typeId}`, async () => {
    const params = { entityTypeId: entity.typeId, useOriginalUfNames: 'Y' };
    const { result } = await client.call('crm.item.fields', params, { signal });
    return parseSchema(entity, result);
  });
}

export function parseSchema(entity: Entity, result: JsonValue): Schema {
  const fields = isJsonObject(result) ? result.fields : null;
  if (!isJsonObject(fields)) throw badAnswer('crm.item.fields', 'no fields');
  const schema = new Map<string, PortalField>();
  for (const [key, value] of Object.entries(fields)) {
    if (!isJsonObject(value)) continue;
    const field = fieldOf(nameOf(entity, key, value), value);
    schema.set(field.name, field);
  }
  return schema;
}

/** Custom fields go by the name that the portal tells, all others by the rule for records. */
function nameOf(entity: Entity, key: string, value: JsonObject): string {
  const upper = typeof value.upperName === 'string' ? value.upperName : '';
  return upper.startsWith('UF_') ? upper : entity.names.toRecord(key);
}

function fieldOf(name: string, value: JsonObject): PortalField {
  const label = [value.title, value.formLabel, value.listLabel, value.filterLabel].find(
    (text) => typeof text === 'string' && text !== '' && text !== name,
  );
  return {
    name,
    type: String(value.type ?? 'string'),
    title: typeof label === 'string' ? label : name,
    isMultiple: value.isMultiple === true,
    isRequired: value.isRequired === true,
    isReadOnly: value.isReadOnly === true,
    statusType: typeof value.statusType === 'string' ? value.statusType : null,
    items: itemsOf(value.items),
  };
}

function itemsOf(items: JsonValue | undefined): PortalField['items'] {
  const list = Array.isArray(items) ? items : isJsonObject(items) ? Object.values(items) : [];
  return list
    .filter(isJsonObject)
    .map((item) => ({ value: String(item.ID ?? item.id ?? ''), title: String(item.VALUE ?? item.value ?? '') }));
}

const types: Readonly<Record<string, FieldType>> = {
  integer: 'integer',
  double: 'decimal',
  date: 'date',
  datetime: 'datetime',
  file: 'object',
};

/** The declaration of a stream of this portal: what every portal has, corrected and completed by what it says. */
export function declaredFields(entity: Entity, schema: Schema): FieldDeclaration[] {
  const standard = new Map(entity.fields.map((field) => [field.name, field]));
  const fields: FieldDeclaration[] = [];
  for (const field of schema.values()) {
    const usual = standard.get(field.name);
    standard.delete(field.name);
    if (usual !== undefined) fields.push({ ...usual, title: field.title, ...marksOf(field) });
    else if (!isHidden(field.name)) fields.push(describe(field));
  }
  // Communications and product rows are no fields to the portal.
  const own = [...standard.values()].filter((field) => field.of === 'object' || field.name === 'ID');
  return [...fields, ...own];
}

function describe(field: PortalField): FieldDeclaration {
  const type = types[field.type] ?? 'text';
  const values = field.type === 'boolean' ? yesNo : field.items;
  return {
    name: field.name,
    ...(field.isMultiple ? ({ type: 'list', of: type } as const) : { type }),
    title: field.title,
    ...(values.length > 0 && { values }),
    ...marksOf(field),
  };
}

function marksOf(field: PortalField): Pick<FieldDeclaration, 'isRequired' | 'isReadOnly'> {
  return { ...(field.isRequired && { isRequired: true }), ...(field.isReadOnly && { isReadOnly: true }) };
}

const yesNo = [
  { value: 'Y', title: 'Yes' },
  { value: 'N', title: 'No' },
];

/** Fields that the portal lists and never fills, and those that stand in records in another form. */
const hidden: ReadonlySet<string> = new Set([
  'ADDRESS',
  'BEGINDATE_SHORT',
  'CLOSEDATE_SHORT',
  'CONTACTS',
  'DATE_CREATE_SHORT',
  'DATE_MODIFY_SHORT',
  'EMAIL_HOME',
  'EMAIL_MAILING',
  'EMAIL_WORK',
  'ENTITY_TYPE_ID',
  'EVENT_DATE_SHORT',
  'FM',
  'HAS_PRODUCTS',
  'IS_LOSE',
  'IS_WON',
  'IS_WORK',
  'LOGIN',
  'LOST_AMOUNT',
  'PHONE_HOME',
  'PHONE_MAILING',
  'PHONE_MOBILE',
  'PHONE_WORK',
  'PRODUCTS',
  'PRODUCT_ID',
  'RECEIVED_AMOUNT',
  'SEARCH_CONTENT',
  'SHORT_NAME',
]);

export function isHidden(name: string): boolean {
  return hidden.has(name);
}
