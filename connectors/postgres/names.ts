import type { Table } from './catalog.js';
import type { Column } from './values.js';

/** A name of the catalogue as it stands in SQL. Values never come near here: they travel as parameters. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function quoteTable(table: Pick<Table, 'schema' | 'name'>): string {
  return `${quoteName(table.schema)}.${quoteName(table.name)}`;
}

export function quoteNames(names: readonly string[], prefix = ''): string {
  return names.map((name) => prefix + quoteName(name)).join(', ');
}

/** Parameters from `first` on, each read as the type of its column. */
export function typedParameters(columns: readonly Column[], first: number): string {
  return columns.map((column, index) => `$${first + index}::${column.type}`).join(', ');
}
