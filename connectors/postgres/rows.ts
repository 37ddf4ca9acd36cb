import { Failure, isFailure } from '../../core/failures.js';
import { keyText } from '../../core/record.js';
import type { Change, Outcome } from '../kit/contract.js';
import type { WriteMode } from '../kit/streams-contract.js';
import type { Table } from './catalog.js';
import { columnOf } from './reading.js';
import { hasMadeKey, isUnique, ownIdOf } from './streams/declaration.js';
import { type Column, UnfitValue, writeValue } from './values.js';

/** What a statement does with its rows. */
export type Action = 'insert' | 'upsert' | 'update' | 'delete';

/** A change as a row of texts, in the order of its group's columns (target key first for updates and deletions). */
export interface Row {
  readonly index: number;
  readonly change: Change;
  readonly values: readonly (string | null)[];
}

/** Changes that one statement can carry: the same action on the same columns. */
export interface Group {
  readonly action: Action;
  /** Columns by which an upsert knows a row that is there already, and updates and deletions find theirs. */
  readonly on: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: Row[];
}

/** Sorts the changes of a batch into statements, for one table and one way of writing it. */
export class RowMaker {
  readonly #columns = new Map<string, Column>();
  readonly #key: readonly string[];
  readonly #ownId: string | null;
  readonly #hasMadeKey: boolean;
  readonly #isOwnIdUnique: boolean;

  constructor(
    readonly table: Table,
    readonly mode: WriteMode,
    ownIdColumn: string | null,
  ) {
    this.#key = table.key ?? [];
    this.#ownId = ownIdOf(table, ownIdColumn);
    this.#hasMadeKey = hasMadeKey(table);
    this.#isOwnIdUnique = this.#ownId !== null && isUnique(table, this.#ownId);
    for (const column of table.columns) this.#columns.set(column.name, column);
  }

  /**
   * Groups in the order of their first appearance. What the table would silently distort is refused here; a row that
   * is met twice goes into a later group, since one statement must not touch it twice.
   */
  groups(changes: readonly Change[], outcomes: Outcome[]): Group[] {
    const groups = new Map<string, Group>();
    const rounds = new Map<string, number>();
    for (const [index, change] of changes.entries()) {
      try {
        const row = this.#rowOf(change);
        const round = this.#roundOf(row, rounds);
        let name = `${round} ${row.action}`;
        for (const part of row.on) name += `\u0000${part}`;
        name += '\u0001';
        for (const column of row.columns) name += `\u0000${column.name}`;
        let group = groups.get(name);
        if (group === undefined) {
          group = { action: row.action, on: row.on, columns: row.columns, rows: [] };
          groups.set(name, group);
        }
        group.rows.push({ index, change, values: row.values });
      } catch (error) {
        if (!isFailure(error) || error.kind !== 'rejected') throw error;
        outcomes[index] = { state: 'refused', failure: error };
      }
    }
    return [...groups.values()];
  }

  #roundOf({ action, on, columns, values }: MadeRow, rounds: Map<string, number>): number {
    if (action === 'insert') return 0;
    let identity = action as string;
    for (const name of on) identity += `\u0000${values[columns.findIndex((column) => column.name === name)]}`;
    const round = rounds.get(identity) ?? 0;
    rounds.set(identity, round + 1);
    return round;
  }

  #rowOf(change: Change): MadeRow {
    const conflict = this.#conflictColumns(change);
    const action = this.#actionOf(change, conflict);
    const columns: Column[] = [];
    const values: (string | null)[] = [];
    if (action === 'update' || action === 'delete') {
      if (change.targetKey === null) throw noMatch(this.table);
      for (const [place, part] of keyParts(change.targetKey, this.#key.length).entries()) {
        columns.push(columnOf(this.table, this.#key[place] as string));
        values.push(part);
      }
    }
    const on = action === 'upsert' ? (conflict ?? []) : this.#key;
    if (action !== 'delete') this.#addFields(change, action, columns, values);
    return { action, on, columns, values };
  }

  #addFields(change: Change, action: Action, columns: Column[], values: (string | null)[]): void {
    const { fields } = change;
    for (const name in fields) {
      const column = this.#columns.get(name) ?? columnOf(this.table, name);
      const text = this.#textOf(column, fields[name]);
      // A key that stays as it is needs no writing, and an identity would refuse it.
      const place = action === 'update' ? this.#key.indexOf(name) : -1;
      if (place !== -1 && values[place] === text) continue;
      columns.push(column);
      values.push(text);
    }
    if (this.#ownId === null || action === 'update' || fields[this.#ownId] !== undefined) return;
    columns.push(columnOf(this.table, this.#ownId));
    values.push(change.recordKey);
  }

  #textOf(column: Column, value: Change['fields'][string] | undefined): string | null {
    try {
      return writeValue(column, value);
    } catch (error) {
      if (error instanceof UnfitValue) throw refused(this.table, column.name, error.message);
      throw error;
    }
  }

  #actionOf(change: Change, conflict: readonly string[] | null): Action {
    if (change.operation === 'delete') return 'delete';
    if (this.mode === 'update') return 'update';
    if (change.operation !== 'update') return conflict === null ? 'insert' : 'upsert';
    // An update of a linked row by its own key is an upsert too: the same statement as for new rows.
    const isByOwnKey = conflict !== null && this.#keyOfFields(change) === change.targetKey;
    return isByOwnKey && this.mode === 'upsert' ? 'upsert' : 'update';
  }

  /** What tells that a row is there already: its own key where it is mapped, else the own id where it is unique. */
  #conflictColumns(change: Change): readonly string[] | null {
    if (this.#key.length > 0 && this.#key.every((name) => keyText(change.fields[name]) !== null)) {
      return this.mode === 'insert' && this.#hasMadeKey ? null : this.#key;
    }
    return this.#isOwnIdUnique && this.#ownId !== null ? [this.#ownId] : null;
  }

  #keyOfFields(change: Change): string | null {
    const parts = this.#key.map((name) => keyText(change.fields[name]));
    return parts.every((part): part is string => part !== null) ? keyOf(parts) : null;
  }
}

type MadeRow = Omit<Group, 'rows'> & Pick<Row, 'values'>;

/** A target key as text: the value, or a list in JSON for keys of several columns. */
export function keyOf(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] as string) : JSON.stringify(parts);
}

export function keyParts(text: string, count: number): string[] {
  if (count === 1) return [text];
  try {
    const parts: unknown = JSON.parse(text);
    if (Array.isArray(parts) && parts.length === count) return parts.map(String);
  } catch {
    // Falls through: no key of this table looks so.
  }
  return Array.from({ length: count }, () => text);
}

export function noMatch(table: Table): Failure {
  return new Failure('write/no_match', {
    message: `Table \`${table.stream}\` has no row with this record's key.`,
    hint: 'Use `write: upsert` to create missing rows, or correct the key.',
    where: { stream: table.stream },
  });
}

function refused(table: Table, field: string, why: string): Failure {
  return new Failure('write/record_refused', {
    message: `This record cannot be written to \`${table.stream}\` as it is: column \`${field}\` ${why}.`,
    hint: 'Change the value in the mapping or at the source, or the type of the column, then resend.',
    where: { stream: table.stream, field },
  });
}
