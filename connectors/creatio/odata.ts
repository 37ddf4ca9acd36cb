import { Failure } from '../../core/failures.js';
import type { JsonObject, JsonValue } from '../../core/json.js';
import { keyText, type SourceRecord } from '../../core/record.js';
import { isWellFormed } from '../kit/well-formed.js';
import type { Column } from './schema/columns.js';
import { type Columns, encodeValue, isGuid } from './values.js';

/** Conditions of one filter. There is no `in`, and parsers of OData count nodes: 24 make 95 of the usual 100. */
export const valuesInFilter = 24;

/** A query; every value is encoded here. */
export function queryOf(options: Readonly<Record<string, string | number | null | undefined>>): string {
  return Object.entries(options)
    .flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`],
    )
    .join('&');
}

/** `Contact(…)`: GUIDs stand bare. */
export function entityPath(set: string, id: string): string {
  return `${set}(${encodeURIComponent(id)})`;
}

/**
 * How a filter names a field: a lookup by its path `Account/Id`, though records hold it as `AccountId`. The flat name
 * is an error: "Column by path AccountId not found".
 */
function filterPath(name: string, column: Column | undefined): string {
  if (column?.path !== undefined) return column.path;
  const isLookup = column === undefined ? /.Id$/.test(name) : column.kind === 'lookup';
  return isLookup ? `${name.slice(0, -2)}/Id` : name;
}

/** A value as it stands in a filter; null where no record can hold it. */
function literalOf(value: JsonValue, name: string, column: Column | undefined): string | null {
  const text = keyText(value);
  if (text === null || !isWellFormed(text)) return null;
  const kind = column?.kind ?? (/Id$/.test(name) && isGuid(text) ? 'id' : 'text');
  switch (kind) {
    case 'id':
    case 'lookup':
      return isGuid(text) ? text.toLowerCase() : null;
    case 'text':
    case 'phone':
    case 'email':
      return `'${text.replaceAll("'", "''")}'`;
    case 'time':
      return null;
    default: {
      const encoded = encodeValue(value, { name, kind });
      return 'value' in encoded && encoded.value !== null ? String(encoded.value) : null;
    }
  }
}

/** Filters that find records whose field is one of the values, each short enough; values nobody can hold are left out. */
export function filtersByValue(name: string, values: Iterable<string>, columns: Columns): string[] {
  const column = columns.get(name);
  const path = filterPath(name, column);
  const literals = [...new Set([...values].flatMap((value) => literalOf(value, name, column) ?? []))];
  return inGroups(
    literals.map((literal) => `${path} eq ${literal}`),
    valuesInFilter,
  );
}

/** Filters that find records by several fields at once: rows are values in the order of `names`. */
export function filtersByRow(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  columns: Columns,
): string[] {
  const conditions = rows.flatMap((row) => {
    const parts = names.map((name, index) => {
      const literal = literalOf(row[index] ?? '', name, columns.get(name));
      return literal === null ? null : `${filterPath(name, columns.get(name))} eq ${literal}`;
    });
    return parts.includes(null) ? [] : [names.length === 1 ? parts.join('') : `(${parts.join(' and ')})`];
  });
  return inGroups([...new Set(conditions)], Math.max(1, Math.floor(valuesInFilter / names.length)));
}

/** The `where` of a pipeline: a value is compared, a list means any of its values. */
export function filterOfWhere(where: JsonObject, columns: Columns): string[] {
  return Object.entries(where).map(([name, value]) => {
    const wanted = Array.isArray(value) ? value : [value];
    const literals = wanted.map((each) => literalOf(each, name, columns.get(name)));
    if (literals.length === 0 || literals.includes(null)) throw cannotFilter(name);
    const path = filterPath(name, columns.get(name));
    const text = literals.map((literal) => `${path} eq ${literal}`).join(' or ');
    return literals.length > 1 ? `(${text})` : text;
  });
}

/** Whether a record is what a `where` asks for: filters that are ignored on the way change nothing. */
export function fitsWhere(where: JsonObject, record: SourceRecord, columns: Columns): boolean {
  return Object.entries(where).every(([name, value]) => {
    const column = columns.get(name);
    if (column?.path !== undefined) return true;
    const held = literalOf(record[name] ?? null, name, column)?.toLowerCase() ?? null;
    const wanted = Array.isArray(value) ? value : [value];
    return wanted.some((each) => isSameLiteral(held, literalOf(each, name, column)));
  });
}

/** Databases compare texts without their letter case. */
function isSameLiteral(held: string | null, wanted: string | null): boolean {
  return wanted !== null && held === wanted.toLowerCase();
}

function inGroups(conditions: readonly string[], size: number): string[] {
  const groups: string[] = [];
  for (let start = 0; start < conditions.length; start += size)
    groups.push(conditions.slice(start, start + size).join(' or '));
  return groups;
}

function cannotFilter(name: string): Failure {
  return new Failure('definition/invalid', {
    message: `The filter \`${name}\` has a value that its column cannot hold.`,
    hint: 'Give a value, or a list of values, of the column’s type; lookups take the id of their record.',
  });
}
