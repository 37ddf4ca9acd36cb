import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { LinkSpec, StreamSpec } from '../streams/spec.js';
import { FieldProblem } from './values.js';

export interface LinkRow {
  readonly id: string;
  readonly isMain: boolean;
  readonly catalogId: string | null;
  readonly quantity: string | null;
  /** The custom field of the element that its price is taken from. */
  readonly priceId: string | null;
}

/** What one relation shall be. */
export interface Wanted {
  readonly rows: readonly LinkRow[];
  /** False where only the main one is named: the others stay. */
  readonly isWhole: boolean;
}

/** Relations to be written, by their field. */
export type WantedLinks = ReadonlyMap<string, Wanted>;

/** Null where the record says nothing about relations. */
export function wantedLinks(stream: StreamSpec, fields: JsonObject): WantedLinks | null {
  const wanted = new Map<string, Wanted>();
  for (const link of stream.links) {
    const value = fields[link.field];
    const main = link.mainField === undefined ? undefined : fields[link.mainField];
    if (value === undefined && (main === undefined || main === null)) continue;
    wanted.set(link.field, wantedOf(link, value, main));
  }
  return wanted.size === 0 ? null : wanted;
}

function wantedOf(link: LinkSpec, value: JsonValue | undefined, main: JsonValue | undefined): Wanted {
  const list = value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value];
  if (link.kind === 'elements') return { rows: list.map((each) => elementRow(link, each)), isWhole: true };
  const mainId = main === undefined || main === null ? null : idIn(link.mainField ?? link.field, main);
  const ids = new Set(list.map((each) => idIn(link.field, each)));
  if (mainId !== null) ids.add(mainId);
  const rows = [...ids].map((id) => ({ id, isMain: id === mainId, catalogId: null, quantity: null, priceId: null }));
  if (link.kind === 'one' && rows.length > 1) throw new FieldProblem(link.field, 'takes one id');
  return { rows, isWhole: value !== undefined };
}

function elementRow(link: LinkSpec, value: JsonValue): LinkRow {
  if (!isJsonObject(value)) throw new FieldProblem(link.field, 'takes objects with `id`, `catalog_id` and `quantity`');
  return {
    id: idIn(link.field, value.id ?? null),
    isMain: false,
    catalogId: idIn(link.field, value.catalog_id ?? null),
    quantity: keyText(value.quantity) ?? '1',
    priceId: keyText(value.price_id),
  };
}

function idIn(field: string, value: JsonValue): string {
  const text = keyText(isJsonObject(value) ? value.id : value) ?? '';
  if (/^\d{1,15}$/.test(text)) return text;
  throw new FieldProblem(field, 'takes ids of amoCRM, which are whole numbers');
}

/** One link to be made or taken away. */
export interface LinkStep {
  readonly entityId: string;
  readonly toType: string;
  readonly row: LinkRow;
}

/** What must be done so that a record has the links it shall have. `present`: the record as it is now. */
export function stepsOf(
  stream: StreamSpec,
  entityId: string,
  wanted: WantedLinks,
  present: JsonObject | null,
): { readonly link: LinkStep[]; readonly unlink: LinkStep[] } {
  const steps = { link: [] as LinkStep[], unlink: [] as LinkStep[] };
  for (const link of stream.links) {
    const goal = wanted.get(link.field);
    if (goal === undefined) continue;
    const now = presentRows(link, present);
    const step = (row: LinkRow): LinkStep => ({ entityId, toType: link.to, row });
    for (const row of goal.rows) if (!now.some((each) => isSameLink(each, row))) steps.link.push(step(row));
    if (!goal.isWhole) continue;
    for (const row of now) if (!goal.rows.some((each) => isSameEnd(each, row))) steps.unlink.push(step(row));
  }
  return steps;
}

function presentRows(link: LinkSpec, present: JsonObject | null): LinkRow[] {
  const value = present?.[link.field] ?? null;
  const list = Array.isArray(value) ? value : value === null ? [] : [value];
  const main = link.mainField === undefined ? null : (present?.[link.mainField] ?? null);
  return list.map((each) =>
    isJsonObject(each)
      ? {
          id: keyText(each.id) ?? '',
          isMain: false,
          catalogId: keyText(each.catalog_id),
          quantity: keyText(each.quantity),
          priceId: keyText(each.price_id),
        }
      : { id: keyText(each) ?? '', isMain: each === main, catalogId: null, quantity: null, priceId: null },
  );
}

function isSameEnd(one: LinkRow, other: LinkRow): boolean {
  return one.id === other.id && one.catalogId === other.catalogId;
}

/** The main one stays the main one until another is named. */
function isSameLink(now: LinkRow, wanted: LinkRow): boolean {
  const isSameQuantity = wanted.quantity === null || Number(now.quantity) === Number(wanted.quantity);
  const isSamePrice = wanted.priceId === null || now.priceId === wanted.priceId;
  return isSameEnd(now, wanted) && isSameQuantity && isSamePrice && (now.isMain || !wanted.isMain);
}

/** A step as the vendor takes it, many in one request. */
export function linkBody(stream: StreamSpec, { entityId, toType, row }: LinkStep): JsonObject {
  const metadata = {
    ...(row.isMain && { is_main: true }),
    ...(row.catalogId !== null && { catalog_id: Number(row.catalogId) }),
    ...(row.quantity !== null && { quantity: Number(row.quantity) }),
    ...(row.priceId !== null && { price_id: Number(row.priceId) }),
  };
  return {
    entity_id: Number(entityId),
    entity_type: stream.embedded,
    to_entity_id: Number(row.id),
    to_entity_type: toType,
    ...(Object.keys(metadata).length > 0 && { metadata }),
  };
}
