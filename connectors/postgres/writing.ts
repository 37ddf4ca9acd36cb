import { Failure, isFailure } from '../../core/failures.js';
import type { Change, FoundRecord, Outcome, SendOptions, WriteRequest, WriteResult, Writer } from '../kit/contract.js';
import type { Table } from './catalog.js';
import { isAboutRows, type PostgresClient, type Runner, type Statement } from './client.js';
import { quoteName, quoteNames, quoteTable } from './names.js';
import { findByTuples, recordsOf } from './reading.js';
import { type Group, keyOf, keyParts, noMatch, type Row, RowMaker } from './rows.js';
import { ownIdOf } from './streams/declaration.js';
import { type Column, readerOf, textArray } from './values.js';

/**
 * Writes one table. A batch is one prepared statement over `unnest`, so it happens whole or not at all; when the
 * database refuses it for a row's sake, it is halved inside one transaction until each bad row stands alone.
 */
export class PostgresWriter implements Writer {
  #rows: RowMaker | null = null;

  constructor(
    readonly client: PostgresClient,
    readonly tableOf: (signal: AbortSignal) => Promise<Table>,
    readonly request: WriteRequest,
    readonly ownIdColumn: string | null,
  ) {}

  async write(changes: readonly Change[], options: SendOptions): Promise<WriteResult> {
    const table = await this.tableOf(options.signal);
    const outcomes: Outcome[] = new Array<Outcome>(changes.length);
    if (this.#rows?.table !== table) this.#rows = new RowMaker(table, this.request.mode, this.ownIdColumn);
    const groups = this.#rows.groups(changes, outcomes);
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
    const values = columns.map((_, at) => textArray(rows.map((row) => row.values[at] ?? null)));
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
select ${typed.join(', ')} from ${source}${conflict}
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

function names(columns: readonly Column[]): string {
  return quoteNames(columns.map((column) => column.name));
}

/** An identity that the database always makes takes given values only when told so. */
function overriding(table: Table, columns: readonly Column[]): string {
  const isGiven = columns.some((column) => column.isGenerated && (table.key ?? []).includes(column.name));
  return isGiven ? ' overriding system value' : '';
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
