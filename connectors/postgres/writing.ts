import { Failure, isFailure } from '../../core/failures.js';
import { keyText } from '../../core/record.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteRequest, WriteResult, Writer } from '../kit/contract.js';
import type { Table } from './catalog.js';
import { isAboutRows, type PostgresClient, type Runner, type Statement } from './client.js';
import { quoteName, quoteNames, quoteTable } from './names.js';
import { columnOf, findByTuples, recordsOf } from './reading.js';
import { hasMadeKey, isUnique, ownIdOf } from './streams/declaration.js';
import { type Column, readerOf, writeValue } from './values.js';

/** What a statement does with its rows. */
type Action = 'insert' | 'upsert' | 'update' | 'delete';

/** A change as a row of texts, in the order of its group's columns (target key first for updates and deletions). */
interface Row {
  readonly index: number;
  readonly change: Change;
  readonly values: readonly (string | null)[];
}

/** Changes that one statement can carry: the same action on the same columns. */
interface Group {
  readonly action: Action;
  /** Columns by which an upsert knows a row that is there already. */
  readonly on: readonly string[];
  readonly columns: readonly Column[];
  readonly rows: Row[];
}

/**
 * Writes one table. A batch is one prepared statement over `unnest`, so it happens whole or not at all; when the
 * database refuses it for a row's sake, it is halved inside one transaction until each bad row stands alone.
 */
export class PostgresWriter implements Writer {
  constructor(
    readonly client: PostgresClient,
    readonly tableOf: (signal: AbortSignal) => Promise<Table>,
    readonly request: WriteRequest,
    readonly ownIdColumn: string | null,
  ) {}

  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    const table = await this.tableOf(options.signal);
    const outcomes: Outcome[] = new Array<Outcome>(changes.length);
    const groups = this.#groups(table, changes, outcomes);
    const isOneStatement = groups.length === 1;
    try {
      if (isOneStatement) await this.#send(this.client, table, groups[0] as Group, outcomes, options);
      else if (groups.length > 1) await this.#sendAll(table, groups, outcomes, options);
    } catch (error) {
      if (!isFailure(error) || !isAboutRows(error)) throw error;
      await this.#sendAll(table, groups, outcomes, options);
    }
    return { outcomes };
  }

  async findByOwnId(recordKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const table = await this.tableOf(signal);
    const ownId = ownIdOf(table, this.ownIdColumn);
    if (ownId === null || recordKeys.length === 0) return [];
    return this.#found(
      table,
      [ownId],
      recordKeys.map((key) => [key]),
      recordKeys,
      signal,
    );
  }

  async findByMatch(
    fields: readonly string[],
    values: readonly (readonly string[])[],
    signal: AbortSignal,
  ): Promise<readonly FoundRecord[]> {
    if (values.length === 0) return [];
    const table = await this.tableOf(signal);
    return this.#found(
      table,
      fields,
      values,
      values.map((row) => JSON.stringify(row)),
      signal,
    );
  }

  async readByKey(targetKeys: readonly string[], signal: AbortSignal): Promise<readonly FoundRecord[]> {
    const table = await this.tableOf(signal);
    const { key } = table;
    if (key === null || targetKeys.length === 0) return [];
    const tuples = targetKeys.map((text) => keyParts(text, key.length));
    return this.#found(table, key, tuples, targetKeys, signal);
  }

  async #found(
    table: Table,
    fields: readonly string[],
    tuples: readonly (readonly string[])[],
    asked: readonly string[],
    signal: AbortSignal,
  ): Promise<FoundRecord[]> {
    const rows = await findByTuples(this.client, table, fields, tuples, signal);
    const records = recordsOf(
      table.columns,
      table.columns.map(readerOf),
      rows.map((row) => row.slice(1)),
    );
    return rows.map((row, index) => {
      const key = (table.key ?? []).map(
        (name) => row[1 + table.columns.findIndex((column) => column.name === name)] ?? '',
      );
      return {
        targetKey: keyOf(key),
        askedFor: asked[Number(row[0]) - 1] ?? '',
        fields: records[index] ?? {},
      };
    });
  }

  /** Sorts changes into statements, in the order of their first appearance; refuses what the table would distort. */
  #groups(table: Table, changes: readonly Change[], outcomes: Outcome[]): Group[] {
    const groups = new Map<string, Group>();
    /** How often a natural key was met: one statement must not touch a row twice. */
    const rounds = new Map<string, number>();
    changes.forEach((change, index) => {
      try {
        const { action, on, columns, values } = this.#rowOf(table, change);
        const identity = action === 'insert' ? null : `${action} ${identityOf(on, columns, values)}`;
        const round = identity === null ? 0 : (rounds.get(identity) ?? 0);
        if (identity !== null) rounds.set(identity, round + 1);
        const name = JSON.stringify([round, action, on, columns.map((column) => column.name)]);
        const group = groups.get(name) ?? { action, on, columns, rows: [] };
        groups.set(name, group);
        group.rows.push({ index, change, values });
      } catch (error) {
        if (!isFailure(error) || (error.kind !== 'rejected' && error.kind !== 'conflict')) throw error;
        outcomes[index] = { state: 'refused', failure: error };
      }
    });
    return [...groups.values()];
  }

  #rowOf(table: Table, change: Change): Omit<Group, 'rows'> & Pick<Row, 'values'> {
    const conflict = this.#conflictColumns(table, change);
    const action = this.#actionOf(table, change, conflict);
    const key = table.key ?? [];
    const columns: Column[] = [];
    const values: (string | null)[] = [];
    if (action === 'update' || action === 'delete') {
      if (change.targetKey === null) throw noMatch(table);
      for (const [place, part] of keyParts(change.targetKey, key.length).entries()) {
        columns.push(columnOf(table, key[place] as string));
        values.push(part);
      }
    }
    const on = action === 'upsert' ? (conflict ?? []) : key;
    if (action === 'delete') return { action, on, columns, values };
    for (const [name, value] of Object.entries(change.fields)) {
      const column = columnOf(table, name);
      const written = writeValue(column, value);
      if ('refused' in written) throw refused(table, written.refused, name);
      // A key that stays as it is needs no writing, and an identity would refuse it.
      const place = action === 'update' ? key.indexOf(name) : -1;
      if (place !== -1 && values[place] === written.text) continue;
      columns.push(column);
      values.push(written.text);
    }
    const ownId = ownIdOf(table, this.ownIdColumn);
    if (ownId !== null && action !== 'update' && change.fields[ownId] === undefined) {
      columns.push(columnOf(table, ownId));
      values.push(change.recordKey);
    }
    return { action, on, columns, values };
  }

  #actionOf(table: Table, change: Change, conflict: readonly string[] | null): Action {
    if (change.operation === 'delete') return 'delete';
    if (this.request.mode === 'update') return 'update';
    if (change.operation !== 'update') return conflict === null ? 'insert' : 'upsert';
    // An update of a linked row by its own key is an upsert too: the same statement as for new rows.
    const isByOwnKey = conflict !== null && keyOfFields(table, change) === change.targetKey;
    return isByOwnKey && this.request.mode === 'upsert' ? 'upsert' : 'update';
  }

  /** What tells that a row is there already: its own key where it is mapped, else the own id where it is unique. */
  #conflictColumns(table: Table, change: Change): readonly string[] | null {
    const key = table.key ?? [];
    if (key.length > 0 && key.every((name) => keyText(change.fields[name]) !== null)) {
      // An insert into a table with a key of the caller's is repeated with the same values, which changes nothing.
      return this.request.mode === 'insert' && hasMadeKey(table) ? null : key;
    }
    const ownId = ownIdOf(table, this.ownIdColumn);
    return ownId !== null && isUnique(table, ownId) ? [ownId] : null;
  }

  /** All groups in one transaction; a group that is refused is halved. */
  async #sendAll(table: Table, groups: readonly Group[], outcomes: Outcome[], options: SendOptions): Promise<void> {
    await this.client.transaction(options, async (session) => {
      for (const group of groups) await this.#sendHalving(session, table, group, outcomes, options);
    });
  }

  async #sendHalving(
    session: Runner,
    table: Table,
    group: Group,
    outcomes: Outcome[],
    options: SendOptions,
  ): Promise<void> {
    const { signal } = options;
    await session.lists({ text: 'savepoint half', values: [] }, { signal });
    try {
      await this.#send(session, table, group, outcomes, options);
      await session.lists({ text: 'release savepoint half', values: [] }, { signal });
    } catch (error) {
      if (!isFailure(error) || !isAboutRows(error)) throw error;
      await session.lists({ text: 'rollback to savepoint half', values: [] }, { signal });
      const [only] = group.rows;
      if (group.rows.length === 1 && only !== undefined) {
        outcomes[only.index] = { state: 'refused', failure: error };
        return;
      }
      const middle = Math.ceil(group.rows.length / 2);
      await this.#sendHalving(session, table, { ...group, rows: group.rows.slice(0, middle) }, outcomes, options);
      await this.#sendHalving(session, table, { ...group, rows: group.rows.slice(middle) }, outcomes, options);
    }
  }

  async #send(
    session: Runner,
    table: Table,
    group: Group,
    outcomes: Outcome[],
    { signal, beforeSend }: SendOptions,
  ): Promise<void> {
    const statement = this.#statement(table, group);
    const rows = await session.lists(statement, { signal, beforeSend });
    const keyCount = table.key?.length ?? 0;
    if (group.action === 'insert' || group.action === 'upsert') {
      // Rows come back in the order they were sent; when some are left out, nobody says which, so the batch is halved.
      if (rows.length !== group.rows.length)
        throw this.request.mode === 'insert' && group.action === 'upsert' ? isThere(table) : leftOut(table);
      rows.forEach((answer, place) => {
        const { index } = group.rows[place] as Row;
        outcomes[index] = {
          state: 'written',
          targetKey: keyCount === 0 ? '' : keyOf(answer.slice(0, keyCount).map((part) => part ?? '')),
          created: answer[keyCount] === 't',
        };
      });
      return;
    }
    const touched = new Map(rows.map((answer) => [Number(answer[keyCount]), answer]));
    group.rows.forEach(({ index, change }, place) => {
      const answer = touched.get(place + 1);
      if (answer !== undefined) {
        const targetKey = keyOf(answer.slice(0, keyCount).map((part) => part ?? ''));
        outcomes[index] = { state: 'written', targetKey, created: false };
      } else if (group.action === 'delete') {
        // Gone already, which is what was asked for.
        outcomes[index] = { state: 'written', targetKey: change.targetKey ?? '', created: false };
      } else outcomes[index] = { state: 'refused', failure: noMatch(table) };
    });
  }

  #statement(table: Table, group: Group): Statement {
    const { columns, rows, action } = group;
    const key = table.key ?? [];
    const values = columns.map((_, at) => rows.map((row) => row.values[at] ?? null));
    const lists = columns.map((_, at) => `$${at + 1}::text[]`).join(', ');
    const aliases = columns.map((_, at) => `c${at}`).join(', ');
    const source = `unnest(${lists}) with ordinality r(${aliases}, place)`;
    const typed = columns.map((column, at) => `r.c${at}::${column.type}`);
    const place = quoteTable(table);
    if (action === 'insert' || action === 'upsert') {
      const returned = key.length === 0 ? '' : `${quoteNames(key, 't.')}, `;
      const conflict = action === 'upsert' ? this.#conflictText(group) : '';
      return {
        text: `insert into ${place} as t (${names(columns)})${overriding(table, columns)}
select ${typed.join(', ')} from ${source} order by r.place${conflict}
returning ${returned}${table.isPartitioned ? 'true' : '(t.xmax = 0)'}`,
        values,
      };
    }
    const matches = key.map((name, at) => `t.${quoteName(name)} = ${typed[at]}`).join(' and ');
    if (action === 'delete') {
      return {
        text: `delete from ${place} t using ${source} where ${matches} returning ${quoteNames(key, 't.')}, r.place`,
        values,
      };
    }
    const changed = columns
      .slice(key.length)
      .map((column, at) => `${quoteName(column.name)} = ${typed[at + key.length]}`);
    if (changed.length === 0)
      changed.push(...key.slice(0, 1).map((name) => `${quoteName(name)} = t.${quoteName(name)}`));
    return {
      text: `update ${place} t set ${changed.join(', ')} from ${source} where ${matches} returning ${quoteNames(key, 't.')}, r.place`,
      values,
    };
  }

  /**
   * What happens to a row that is there already. An insert alone takes it for its own only when it holds the same
   * values: then an earlier attempt wrote it whose answer was lost.
   */
  #conflictText({ on, columns }: Group): string {
    const others = columns.filter((column) => !on.includes(column.name));
    // Something must be set for the row to be returned; the key itself changes nothing.
    const set = others.length > 0 ? others.map((column) => column.name) : on.slice(0, 1);
    const changes = set.map((name) => `${quoteName(name)} = excluded.${quoteName(name)}`).join(', ');
    const text = ` on conflict (${quoteNames(on)}) do update set ${changes}`;
    if (this.request.mode !== 'insert' || others.length === 0) return text;
    const same = others.map((column) => {
      const name = quoteName(column.name);
      const cast = column.base === 'json' || column.base === 'jsonb' ? '::jsonb' : '';
      return `t.${name}${cast} is not distinct from excluded.${name}${cast}`;
    });
    return `${text} where ${same.join(' and ')}`;
  }
}

function identityOf(on: readonly string[], columns: readonly Column[], values: readonly (string | null)[]): string {
  return JSON.stringify(on.map((name) => values[columns.findIndex((column) => column.name === name)]));
}

function names(columns: readonly Column[]): string {
  return quoteNames(columns.map((column) => column.name));
}

/** An identity that the database always makes takes given values only when told so. */
function overriding(table: Table, columns: readonly Column[]): string {
  const isGiven = columns.some((column) => column.isGenerated && (table.key ?? []).includes(column.name));
  return isGiven ? ' overriding system value' : '';
}

/** A target key as text: the value, or a list in JSON for keys of several columns. */
function keyOf(parts: readonly string[]): string {
  return parts.length === 1 ? (parts[0] as string) : JSON.stringify(parts);
}

function keyParts(text: string, count: number): string[] {
  if (count === 1) return [text];
  try {
    const parts: unknown = JSON.parse(text);
    if (Array.isArray(parts) && parts.length === count) return parts.map(String);
  } catch {
    // Falls through: no key of this table looks so.
  }
  return Array.from({ length: count }, () => text);
}

function keyOfFields(table: Table, change: Change): string | null {
  const parts = (table.key ?? []).map((name) => keyText(change.fields[name]));
  return parts.length > 0 && parts.every((part): part is string => part !== null) ? keyOf(parts) : null;
}

function refused(table: Table, why: string, field: string): Failure {
  return new Failure('write/record_refused', {
    message: `This record cannot be written to \`${table.stream}\` as it is: ${why}.`,
    hint: 'Change the value in the mapping or at the source, or the type of the column, then resend.',
    where: { stream: table.stream, field },
  });
}

function noMatch(table: Table): Failure {
  return new Failure('write/no_match', {
    message: `Table \`${table.stream}\` has no row with this record's key.`,
    hint: 'Use `write: upsert` to create missing rows, or correct the key.',
    where: { stream: table.stream },
  });
}

function leftOut(table: Table): Failure {
  return new Failure('write/record_refused', {
    message: `A trigger or rule of table \`${table.stream}\` left this record out without saying why.`,
    hint: 'Look at the triggers of the table, then resend.',
    where: { stream: table.stream },
  });
}

function isThere(table: Table): Failure {
  return new Failure('write/record_refused', {
    message: `Table \`${table.stream}\` has a row with this record's key and other values already.`,
    hint: 'Use `write: upsert` if existing rows shall be changed.',
    where: { stream: table.stream },
  });
}
