import type { FieldDeclaration, StreamDeclaration, WriteDeclaration, WriteMode } from '../../kit/streams-contract.js';
import type { Table } from '../catalog.js';
import { type Column, elementTypeOf, fieldTypeOf } from '../values.js';

export const pageSize = 500;
const batchSize = 1_000;

/** What one table or view is as a stream. */
export function declareTable(table: Table, ownIdColumn: string | null): StreamDeclaration {
  return {
    name: table.stream,
    title: table.stream,
    fields: table.columns.map(declareColumn),
    isOpen: false,
    key: table.key,
    read: table.canRead
      ? {
          modes: ['full', 'incremental'],
          cursor: null,
          pageSize,
          filters: table.columns.map((column) => column.name),
          showsDeletions: false,
          findBy: 'any',
        }
      : null,
    write: declareWrite(table, ownIdColumn),
  };
}

function declareColumn(column: Column): FieldDeclaration {
  return {
    name: column.name,
    type: fieldTypeOf(column),
    ...(column.isArray && { of: elementTypeOf(column) }),
    ...(!column.isNullable && !column.hasDefault && !column.isGenerated && { isRequired: true }),
    ...(column.isGenerated && { isReadOnly: true }),
    ...(column.labels !== null && { values: column.labels.map((label) => ({ value: label, title: label })) }),
  };
}

function declareWrite(table: Table, ownIdColumn: string | null): WriteDeclaration | null {
  const modes: WriteMode[] = [];
  if (table.canInsert) modes.push('insert');
  if (table.canUpdate && table.key !== null) modes.push('update');
  if (table.canInsert && table.canUpdate && table.key !== null) modes.push('upsert');
  if (table.canDelete && table.key !== null) modes.push('delete');
  if (modes.length === 0) return null;
  const ownId = ownIdOf(table, ownIdColumn);
  return {
    modes,
    idempotency: idempotencyOf(table, ownId),
    ownIdField: ownId,
    naturalKey: hasMadeKey(table) ? null : table.key,
    matchFields: 'any',
    batchSize,
    parallelBatches: 3,
    canCreateFields: false,
  };
}

/**
 * A key that the caller gives makes a repeat harmless; so does a unique own-id column. An own-id column without an
 * index can be looked up; without any of these a lost answer leaves a doubt.
 */
function idempotencyOf(table: Table, ownId: string | null): WriteDeclaration['idempotency'] {
  if (!hasMadeKey(table) && table.key !== null) return 'upsert';
  if (ownId === null) return 'unsafe';
  return isUnique(table, ownId) ? 'upsert' : 'find_then_create';
}

/** Whether the database alone makes the key: an identity, a serial or a default. */
export function hasMadeKey(table: Table): boolean {
  if (table.key === null) return true;
  return table.key.some((name) => {
    const column = table.columns.find((candidate) => candidate.name === name);
    return column === undefined || column.isGenerated || column.hasDefault;
  });
}

export function ownIdOf(table: Table, ownIdColumn: string | null): string | null {
  const column = table.columns.find((candidate) => candidate.name === ownIdColumn);
  return column !== undefined && ['text', 'varchar', 'bpchar', 'uuid'].includes(column.base) ? column.name : null;
}

export function isUnique(table: Table, column: string): boolean {
  return table.unique.some((columns) => columns.length === 1 && columns[0] === column);
}
