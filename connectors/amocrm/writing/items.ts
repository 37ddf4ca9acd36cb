import { Failure } from '../../../core/failures.js';
import type { JsonObject, JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Change } from '../../kit/index.js';
import { type CustomField, findField, ownIdField } from '../custom-fields.js';
import type { StreamSpec } from '../streams/spec.js';
import { type WantedLinks, wantedLinks } from './links.js';
import { customValues, wireValue } from './values.js';

/** A change as it is to be sent. */
export interface Item {
  readonly change: Change;
  /** Null for a record that is to be created. */
  readonly targetKey: string | null;
  /** Without `request_id`, which the request gives. */
  readonly body: JsonObject;
  readonly links: WantedLinks | null;
  /** True where a former try made the record from the same fields: only its relations are left to be made. */
  readonly isMade: boolean;
}

/** What is known of the account where items are made. */
export interface ItemPlace {
  readonly stream: StreamSpec;
  readonly fields: readonly CustomField[];
  readonly zone: string;
}

/** Throws `FieldProblem` for what this record cannot be, and a `Failure` for what no record of the flow can be. */
export function itemOf(place: ItemPlace, change: Change, targetKey: string | null): Item {
  const { stream } = place;
  const isNew = targetKey === null;
  const body: JsonObject = isNew ? {} : { id: Number(targetKey) };
  const custom: JsonValue[] = [];
  for (const [name, value] of Object.entries(change.fields)) {
    if (name.startsWith('custom.')) addCustom(place, custom, name, value, isNew);
    else if (!isLink(stream, name)) addStandard(stream, body, name, value, isNew);
  }
  if (isNew && stream.write?.ownId === 'field') {
    const field = findField(place.fields, ownIdField) ?? noOwnId(stream);
    custom.push({ field_id: Number(field.id), values: [{ value: change.recordKey }] });
  }
  if (custom.length > 0) body.custom_fields_values = custom;
  const links = wantedLinks(stream, change.fields);
  if (isNew && links !== null) embed(stream, body, links);
  stream.compose?.(body);
  return { change, targetKey, body, links: links !== null && isNew ? laterLinks(stream, links) : links, isMade: false };
}

/** A new record that is there already, and lacks nothing but its relations. */
export function madeItem(place: ItemPlace, change: Change, key: string): Item {
  return { ...itemOf(place, change, null), targetKey: key, body: { id: Number(key) }, isMade: true };
}

/** Of a new record: what it could not bring along. */
function laterLinks(stream: StreamSpec, links: WantedLinks): WantedLinks | null {
  const embedded = new Set(stream.links.flatMap((link) => (link.isEmbeddedAtCreation === true ? [link.field] : [])));
  const later = [...links].filter(([field, { rows }]) => !embedded.has(field) && rows.length > 0);
  return later.length === 0 ? null : new Map(later);
}

function addStandard(stream: StreamSpec, body: JsonObject, name: string, value: JsonValue, isNew: boolean): void {
  const field = stream.fields.find((each) => each.name === name);
  if (field === undefined || field.isWritable !== true) throw unknownField(stream, name);
  if (name === 'tags') {
    const tags = namesOf(value);
    // A list of tags replaces what is there; nothing at all takes them away.
    body._embedded = {
      ...(body._embedded as JsonObject | undefined),
      tags: tags.length > 0 ? tags : isNew ? [] : null,
    };
    return;
  }
  const wired = wireValue(field, value);
  if (wired !== null || !isNew) body[name] = wired;
}

function namesOf(value: JsonValue): JsonValue[] {
  const list = Array.isArray(value) ? value : value === null ? [] : [value];
  return list.map((each) => keyText(each)).flatMap((name) => (name === null ? [] : [{ name }]));
}

function addCustom(place: ItemPlace, custom: JsonValue[], name: string, value: JsonValue, isNew: boolean): void {
  const field = findField(place.fields, name);
  if (field === null) throw fieldGone(place.stream, name);
  const values = customValues(name, field, value, place.zone);
  if (values !== null || !isNew) custom.push({ field_id: Number(field.id), values });
}

/** Links that a new record may bring along. */
function embed(stream: StreamSpec, body: JsonObject, links: WantedLinks): void {
  for (const link of stream.links) {
    if (link.isEmbeddedAtCreation !== true) continue;
    const wanted = links.get(link.field);
    if (wanted === undefined || wanted.rows.length === 0) continue;
    const rows = wanted.rows.map(({ id, isMain }) => ({ id: Number(id), ...(isMain && { is_main: true }) }));
    body._embedded = { ...(body._embedded as JsonObject | undefined), [link.to]: rows };
  }
}

function isLink(stream: StreamSpec, name: string): boolean {
  return stream.links.some((link) => link.field === name || link.mainField === name);
}

function unknownField(stream: StreamSpec, name: string): Failure {
  const known = stream.fields.filter((field) => field.isWritable === true).map((field) => field.name);
  return new Failure('definition/invalid', {
    message: `Stream \`${stream.name}\` has no field \`${name}\` that can be written.`,
    hint: `Fields that can be written: ${known.join(', ')}${stream.hasCustomFields ? ', custom.<code>' : ''}.`,
    details: { wasSent: false },
  });
}

function fieldGone(stream: StreamSpec, name: string): Failure {
  return new Failure('read/drift', {
    message: `The account has no field \`${name}\` in \`${stream.name}\`, or several with that caption.`,
    hint: 'Name the field by its code or id, or let it be created with `create_fields`.',
    where: { stream: stream.name, field: name },
    details: { wasSent: false },
  });
}

function noOwnId(stream: StreamSpec): never {
  throw new Failure('definition/fields_missing', {
    message: `The account has no field \`${ownIdField}\` in \`${stream.name}\`, by which records are recognised.`,
    hint: 'Publish with `--create-fields` (API: `createFields: true`), or add a text field with this code.',
    details: { wasSent: false },
  });
}
