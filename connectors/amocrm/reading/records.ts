import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { type CustomField, captionNames, isCoded, nameOf, shapeOf } from '../custom-fields.js';
import type { LinkSpec, StreamSpec, Wire } from '../streams/spec.js';
import { dayIn, isoOf } from '../zone.js';

const notMembers: ReadonlySet<string> = new Set(['_links', '_embedded', 'custom_fields_values', 'request_id']);

/** Turns what the vendor sends into records: texts for ids and amounts, ISO moments, custom fields by their names. */
export class RecordForm {
  readonly #wires: ReadonlyMap<string, Wire>;
  readonly #captions: ReadonlyMap<string, string>;

  /** `fields`: what the account has, so that an empty field is null; `zone`: where its dates are meant. */
  constructor(
    readonly stream: StreamSpec,
    readonly fields: readonly CustomField[],
    readonly zone: string,
  ) {
    this.#wires = new Map(stream.fields.map((field) => [field.name, field.wire]));
    this.#captions = captionNames(fields);
  }

  recordOf(raw: JsonObject): JsonObject {
    const record: JsonObject = {};
    for (const [name, value] of Object.entries(raw)) {
      if (!notMembers.has(name)) record[name] = memberOf(this.#wires.get(name) ?? wireOf(name), value);
    }
    const embedded = isJsonObject(raw._embedded) ? raw._embedded : {};
    if (this.stream.fields.some((field) => field.name === 'tags')) record.tags = namesIn(embedded.tags);
    for (const link of this.stream.links) addLink(record, link, embedded);
    if (this.stream.hasCustomFields) this.#addCustomFields(record, raw.custom_fields_values);
    this.stream.complete?.(raw, record);
    return record;
  }

  #addCustomFields(record: JsonObject, list: JsonValue | undefined): void {
    for (const field of this.fields) record[nameOf(field)] = null;
    for (const name of this.#captions.values()) record[name] ??= null;
    if (!Array.isArray(list)) return;
    for (const each of list) {
      if (!isJsonObject(each)) continue;
      const field = { id: keyText(each.field_id) ?? '', code: keyText(each.field_code) };
      const values = Array.isArray(each.values) ? each.values.filter(isJsonObject) : [];
      const value = this.#valueOf(keyText(each.field_type) ?? 'text', values);
      record[nameOf(field)] = value;
      const caption = this.#captions.get(field.id);
      if (caption !== undefined) record[caption] = value;
    }
  }

  #valueOf(type: string, values: readonly JsonObject[]): JsonValue {
    const { isMany } = shapeOf(type);
    if (isMany === true)
      return values.map((each) => (isCoded(type) ? codedOf(each) : this.#oneOf(type, each.value ?? null)));
    return this.#oneOf(type, values[0]?.value ?? null);
  }

  #oneOf(type: string, value: JsonValue): JsonValue {
    if (value === null) return null;
    switch (shapeOf(type).type) {
      case 'boolean':
        return typeof value === 'boolean' ? value : value === 1 || value === '1' || value === 'true';
      case 'date':
        return isSeconds(value) ? dayIn(this.zone, Number(value)) : value;
      case 'datetime':
        return isSeconds(value) ? isoOf(Number(value)) : value;
      default:
        return typeof value === 'number' ? String(value) : value;
    }
  }
}

function memberOf(wire: Wire, value: JsonValue): JsonValue {
  if (typeof value !== 'number') return wire === 'moment' && isSeconds(value) ? isoOf(Number(value)) : value;
  if (wire === 'plain') return value;
  // Zero stands for "nobody" and "never".
  if (wire === 'moment') return value === 0 ? null : isoOf(value);
  return String(value);
}

/** Members that no list names follow the vendor's own habits. */
function wireOf(name: string): Wire {
  if (name === 'id' || name.endsWith('_id') || name === 'created_by' || name === 'updated_by') return 'id';
  return name.endsWith('_at') || name.endsWith('_date') ? 'moment' : 'plain';
}

function addLink(record: JsonObject, link: LinkSpec, embedded: JsonObject): void {
  const list = embedded[link.to];
  const rows = Array.isArray(list) ? list.filter(isJsonObject) : [];
  if (link.kind === 'elements') {
    record[link.field] = rows.map(elementOf);
    return;
  }
  const ids = rows.map((row) => keyText(row.id)).filter((text) => text !== null);
  if (link.kind === 'one') {
    record[link.field] = ids[0] ?? null;
    return;
  }
  record[link.field] = ids;
  const main = rows.find((row) => row.is_main === true);
  if (link.mainField !== undefined) record[link.mainField] = main === undefined ? null : keyText(main.id);
}

function elementOf(row: JsonObject): JsonObject {
  const about = isJsonObject(row.metadata) ? row.metadata : {};
  return {
    id: keyText(row.id),
    catalog_id: keyText(about.catalog_id) ?? keyText(row.catalog_id),
    quantity: keyText(about.quantity) ?? keyText(row.quantity),
    price_id: keyText(about.price_id),
  };
}

function codedOf(each: JsonObject): JsonObject {
  return {
    value: typeof each.value === 'number' ? String(each.value) : (each.value ?? null),
    enum_code: each.enum_code ?? null,
  };
}

function namesIn(list: JsonValue | undefined): JsonValue[] {
  const rows = Array.isArray(list) ? list.filter(isJsonObject) : [];
  return rows.map((row) => keyText(row.name)).filter((text) => text !== null);
}

function isSeconds(value: JsonValue): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d{1,11}$/.test(value));
}
