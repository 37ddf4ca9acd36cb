import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';

/** Kinds of communication that the old methods keep in fields of their own and the universal ones in `fm`. */
const multiFields = ['PHONE', 'EMAIL', 'WEB', 'IM', 'LINK'] as const;
export type MultiField = (typeof multiFields)[number];

export function isMultiField(name: string): name is MultiField {
  return (multiFields as readonly string[]).includes(name);
}

/**
 * Numbers become text, in lists and objects too: ids and sums are text here (and in the old methods). Links to files
 * lose the credentials that the portal writes into them; the link for machines is nothing without them.
 */
export function textual(value: JsonValue): JsonValue {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(textual);
  if (!isJsonObject(value)) return value;
  const texts: JsonObject = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === 'urlMachine') continue;
    texts[name] = isLink(name, member) ? withoutCredentials(member) : textual(member);
  }
  return texts;
}

function isLink(name: string, value: JsonValue): value is string {
  return typeof value === 'string' && /^url|url$/i.test(name);
}

function withoutCredentials(link: string): string {
  return link
    .replace(/\/rest\/\d+\/[A-Za-z0-9]+\//, '/rest/')
    .replace(/([?&])auth=[^&]*(?:&|$)/, '$1')
    .replace(/[?&]$/, '');
}

/**
 * A date that the portal gives as a moment. It writes midnight in UTC with its own offset, so `2024-06-18T03:00+03:00`
 * and `2024-06-17T19:00-05:00` are both the 18th; a midnight of its own zone is taken as it stands.
 */
export function dateOf(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(dateOf);
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT/.test(value)) return value;
  const moment = new Date(value);
  if (Number.isNaN(moment.getTime())) return value;
  const utc = moment.toISOString();
  return utc.slice(11, 19) === '00:00:00' ? utc.slice(0, 10) : value.slice(0, 10);
}

/** The list of `fm` as `PHONE`, `EMAIL` and so on, in the shape of the old methods. */
export function multiFieldsOf(fm: readonly JsonValue[]): Record<MultiField, JsonObject[]> {
  const fields: Record<MultiField, JsonObject[]> = { PHONE: [], EMAIL: [], WEB: [], IM: [], LINK: [] };
  for (const entry of fm) {
    if (!isJsonObject(entry)) continue;
    const type = String(entry.typeId ?? '');
    if (!isMultiField(type)) continue;
    fields[type].push({
      ID: String(entry.id ?? ''),
      VALUE_TYPE: String(entry.valueType ?? ''),
      VALUE: String(entry.value ?? ''),
      TYPE_ID: type,
    });
  }
  return fields;
}
