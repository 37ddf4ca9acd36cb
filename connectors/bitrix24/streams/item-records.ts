import type { JsonObject, JsonValue } from '../../../core/json.js';
import type { SourceRecord } from '../../../core/record.js';
import type { Entity } from './entities.js';
import { upperOf } from './names.js';
import { isHidden, type Schema } from './schema.js';
import { dateOf, isMultiField, multiFieldsOf, textual } from './values.js';

/** A row of `crm.item.list` as a record: names of the old methods, numbers as text, dates as dates. */
export function recordOf(entity: Entity, row: JsonObject, schema: Schema | null): SourceRecord {
  const record: JsonObject = {};
  for (const [key, value] of Object.entries(row)) {
    const name = recordName(entity, key);
    if (key === 'fm' || isHidden(name) || (entity.hasCommunications && isMultiField(name))) continue;
    record[name] = held(entity, name, textual(value), schema);
  }
  if (entity.hasCommunications) {
    if (Array.isArray(row.fm)) Object.assign(record, multiFieldsOf(row.fm));
    // A record without any has no `fm`; one that has some and does not show them must not look as if it had none.
    else if (record.HAS_PHONE !== 'Y' && record.HAS_EMAIL !== 'Y') Object.assign(record, multiFieldsOf([]));
  }
  return record;
}

/** Whether a row holds values whose kind only the portal's own field list tells. */
export function needsSchema(row: JsonObject): boolean {
  return Object.entries(row).some(([name, value]) => /^(UF_|uf[A-Z])/.test(name) && /\dT\d/.test(String(value)));
}

function recordName(entity: Entity, key: string): string {
  if (/^ufCrm/.test(key)) return upperOf(key).replace(/^UF_CRM_?/, 'UF_CRM_');
  return entity.names.toRecord(key);
}

function held(entity: Entity, name: string, value: JsonValue, schema: Schema | null): JsonValue {
  if (entity.dateFields.includes(name) || schema?.get(name)?.type === 'date') return dateOf(value);
  // No relation is 0 in some answers and null in others.
  if (value === '0' && (isRelation(name) || schema?.get(name)?.type.startsWith('crm_') === true))
    return name === 'CATEGORY_ID' ? value : null;
  // Links that were taken away may leave a 0 behind.
  if (Array.isArray(value) && /^(COMPANY|CONTACT)_IDS$/.test(name))
    return value.filter((id) => id !== '0' && id !== null);
  return value;
}

function isRelation(name: string): boolean {
  return /^(COMPANY|CONTACT|LEAD|QUOTE|MYCOMPANY)_ID$|^PARENT_ID_\d+$/.test(name);
}
