import { Failure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import type { Entity } from './entities.js';
import type { PortalField, Schema } from './schema.js';
import { isMultiField } from './values.js';

/** The fields of a record in the vendor's spelling, without those that are written by other means. */
export function writtenFields(entity: Entity, fields: JsonObject, schema: Schema | null): JsonObject {
  const written: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) {
    if (name === 'ID' || name === 'PRODUCT_ROWS' || (entity.hasCommunications && isMultiField(name))) continue;
    if (sums.has(name)) refuseLostDigits(name, value, 2);
    else if (schema?.get(name)?.type === 'double') refuseLostDigits(name, value, null);
    written[entity.names.toVendor(name)] = writtenValue(value, schema?.get(name) ?? null);
  }
  // The pipeline of a stage of another one must be named beside it.
  const pipeline = /^(?:C|D?T\w+_)(\d+):/.exec(String(fields.STAGE_ID ?? ''))?.[1];
  if (pipeline !== undefined && fields.CATEGORY_ID === undefined) written.categoryId = pipeline;
  // The portal puts the sum of the rows in place of one that was not entered by hand.
  const hasOwnSum =
    fields.OPPORTUNITY !== undefined && fields.OPPORTUNITY !== null && fields.PRODUCT_ROWS !== undefined;
  if (hasOwnSum && fields.IS_MANUAL_OPPORTUNITY === undefined) written.isManualOpportunity = 'Y';
  const main = fields.CONTACT_ID;
  if (Array.isArray(fields.CONTACT_IDS)) {
    written.contactIds = mainFirst(fields.CONTACT_IDS, main);
    delete written.contactId;
  }
  if (Array.isArray(fields.COMPANY_IDS)) {
    written.companyIds = mainFirst(fields.COMPANY_IDS, fields.COMPANY_ID);
    delete written.companyId;
  }
  return written;
}

/** A query cannot carry an empty list, and a new record has no links to be taken away. */
export function withoutEmptyLists(fields: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !Array.isArray(value) || value.length > 0));
}

/** The first of the linked records is the main one; one that is named and not listed is added. */
function mainFirst(ids: readonly JsonValue[], main: JsonValue | undefined): JsonValue[] {
  const list = ids.filter((id) => id !== null && id !== '').map(String);
  if (main === undefined || main === null || main === '') return list;
  return [String(main), ...list.filter((id) => id !== String(main))];
}

function writtenValue(value: JsonValue, field: PortalField | null): JsonValue {
  if (field?.isMultiple === true) {
    const list = Array.isArray(value) ? value : value === null || value === '' ? [] : [value];
    return list.map((member) => oneValue(member, field));
  }
  return Array.isArray(value) ? value.map((member) => oneValue(member, field)) : oneValue(value, field);
}

/** Choices may be named by their caption; yes and no are Y and N. */
function oneValue(value: JsonValue, field: PortalField | null): JsonValue {
  if (typeof value === 'boolean') return value ? 'Y' : 'N';
  if (field === null || field.type !== 'enumeration' || typeof value !== 'string') return value;
  if (field.items.some((item) => item.value === value)) return value;
  return field.items.find((item) => item.title === value)?.value ?? value;
}

const sums: ReadonlySet<string> = new Set(['OPPORTUNITY', 'REVENUE', 'TAX_VALUE']);
/** The portal computes with doubles: more digits than this are rounded without a word. */
const mostDigits = 15;

/** A number that the portal would round is refused by name. `decimals`: places behind the point that are kept. */
function refuseLostDigits(name: string, value: JsonValue, decimals: number | null): void {
  const match = /^-?0*(\d*)(?:\.(\d*?)0*)?$/.exec(String(value ?? ''));
  if (match === null) return;
  const [, whole = '', fraction = ''] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, '').length;
  if (digits <= mostDigits && (decimals === null || fraction.length <= decimals)) return;
  throw new Failure('write/record_refused', {
    message: `Field \`${name}\` cannot hold \`${String(value)}\`: Bitrix24 would round it.`,
    hint: `Round it in the mapping: ${mostDigits} digits at most${decimals === null ? '' : `, ${decimals} of them behind the point`}.`,
    where: { field: name },
  });
}
