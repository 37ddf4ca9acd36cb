import type { Cursor } from '../../core/cursor.js';
import { Failure, isFailure } from '../../core/failures.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.js';
import type { SourceRecord } from '../../core/record.js';
import type { Page, Reader, ReadRequest } from '../kit/contract.js';
import type { Table } from './catalog.js';
import { isAboutRows, type ListRow, type PostgresClient, type Runner, type Statement } from './client.js';
import { quoteName, quoteNames, quoteTable, typedParameters } from './names.js';
import { pageSize } from './streams/declaration.js';
import { type Column, readerOf, type ValueReader } from './values.js';

const maxRowsWithoutKey = 5_000;

/** Where a pass stands: behind these values of the sorted columns. */
interface Place {
  readonly after: readonly string[];
}

/** What a flow asked for, against the table as it is now. */
interface Plan {
  readonly table: Table;
  /** Cursor columns first, then the key and whatever makes it unique: rows are read in this order. */
  readonly sorted: readonly Column[];
  readonly cursorCount: number;
  readonly readers: readonly ValueReader[];
}

/** Turns rows of a table into records. */
export function recordsOf(
  columns: readonly Column[],
  readers: readonly ValueReader[],
  rows: readonly ListRow[],
): JsonObject[] {
  return rows.map((row) => {
    const record: JsonObject = {};
    for (let index = 0; index < columns.length; index++) {
      const text = row[index] ?? null;
      record[(columns[index] as Column).name] = text === null ? null : (readers[index] as ValueReader)(text);
    }
    return record;
  });
}

/**
 * Reads a table along its key, or along cursor columns with the key as tie-breaker. Pages begin behind the last row of
 * the one before, so rows inserted or deleted meanwhile move nothing.
 */
export class PostgresReader implements Reader {
  #plan: Promise<Plan> | null = null;

  constructor(
    readonly client: PostgresClient,
    readonly table: (signal: AbortSignal) => Promise<Table>,
    readonly request: ReadRequest,
  ) {}

  async readPage(cursor: Cursor | null, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    const plan = await this.#planned(signal);
    if (isNullPhase(cursor)) return this.#nullPage(plan, cursor.bookmark ?? null, signal);
    const isFirst = cursor === null;
    const place = parsePlace(cursor, plan.sorted.length);
    const begin = isFirst && this.#isIncremental ? parsePlace(bookmark, plan.sorted.length) : null;
    if (begin !== null) await this.#refuseFuture(plan, begin, signal);
    const rows = await this.#page(plan, this.#pageStatement(plan, place, begin), signal);
    const records = this.#records(plan, rows);
    const last = rows.at(-1);
    const lastPlace = last === undefined ? place : placeOf(plan, last);
    if (rows.length === pageSize) return { records, deleted: [], next: placeJson(lastPlace), bookmark: null };
    const end = this.#isIncremental ? placeJson(lastPlace ?? parsePlace(bookmark, plan.sorted.length)) : null;
    const next = this.#hasNullPhase(plan, bookmark) ? { v: 1, nulls: true, bookmark: end } : null;
    return { records, deleted: [], next, bookmark: next === null ? end : null };
  }

  async find(field: string, values: readonly string[], signal: AbortSignal): Promise<readonly SourceRecord[]> {
    if (values.length === 0) return [];
    const plan = await this.#planned(signal);
    const { key } = this.request;
    if (key.length > 1 && field === key[0]) {
      const tuples = values.map((value) => tupleOf(value, key.length));
      if (tuples.every((tuple) => tuple !== null)) {
        const rows = await findByTuples(this.client, plan.table, key, tuples, signal);
        return this.#records(
          plan,
          rows.map((row) => row.slice(1)),
        );
      }
    }
    const column = columnOf(plan.table, field);
    const list = quoteNames(plan.table.columns.map((each) => each.name));
    const from = `select ${list} from ${quoteTable(plan.table)} where `;
    const rows = await orAsText(
      () =>
        this.client.lists(
          { text: `${from}${quoteName(field)} = any($1::text[]::${column.type}[])`, values: [values] },
          { signal },
        ),
      () =>
        this.client.lists({ text: `${from}${quoteName(field)}::text = any($1::text[])`, values: [values] }, { signal }),
    );
    return this.#records(plan, rows);
  }

  async hasChanges(bookmark: Cursor | null, signal: AbortSignal): Promise<boolean> {
    const plan = await this.#planned(signal);
    const place = parsePlace(bookmark, plan.sorted.length);
    if (!this.#isIncremental || place === null) return true;
    const conditions = [`(${names(plan.sorted)}) > (${typedParameters(plan.sorted, 1)})`];
    const values: unknown[] = [...place.after];
    this.#addFilters(plan, conditions, values);
    const text = `select exists (select from ${quoteTable(plan.table)} where ${conditions.join(' and ')})`;
    return (await this.client.lists({ text, values }, { signal }))[0]?.[0] === 't';
  }

  get #isIncremental(): boolean {
    return this.request.mode === 'incremental';
  }

  #planned(signal: AbortSignal): Promise<Plan> {
    this.#plan ??= this.#makePlan(signal).catch((error: unknown) => {
      this.#plan = null;
      throw error;
    });
    return this.#plan;
  }

  async #makePlan(signal: AbortSignal): Promise<Plan> {
    const table = await this.table(signal);
    const key = this.request.key.length > 0 ? this.request.key : (table.key ?? []);
    const cursorFields = this.#isIncremental ? (this.request.cursorFields ?? []) : [];
    if (this.#isIncremental && cursorFields.length === 0) throw needsCursor(table);
    if (key.length === 0) throw needsKey(table);
    // A key that a flow names may repeat; the table's own key makes the order total, so no page edge loses a row.
    const sorted = [...new Set([...cursorFields, ...key, ...(table.key ?? [])])].map((name) => columnOf(table, name));
    return { table, sorted, cursorCount: cursorFields.length, readers: table.columns.map(readerOf) };
  }

  /** What the database says about a value here is about `start`, `where` or a period, not about a row. */
  async #page(plan: Plan, statement: Statement, signal: AbortSignal): Promise<readonly ListRow[]> {
    try {
      return await this.client.lists(statement, { signal });
    } catch (error) {
      if (!isFailure(error) || !isAboutRows(error)) throw error;
      throw new Failure('definition/invalid', {
        message: `Table \`${plan.table.stream}\` cannot be read as asked: ${error.message}`,
        hint: 'Check `start` and `where` of the flow against the types of the columns.',
      });
    }
  }

  #pageStatement(plan: Plan, place: Place | null, begin: Place | null): Statement {
    const { table, sorted } = plan;
    const conditions: string[] = [];
    const values: unknown[] = [];
    if (place !== null) {
      values.push(...place.after);
      conditions.push(`(${names(sorted)}) > (${typedParameters(sorted, 1)})`);
    } else if (begin !== null) this.#addBegin(plan, begin, conditions, values);
    else if (this.request.start !== null && this.#isIncremental) {
      addBound(plan, '>=', startText(this.request.start), conditions, values);
    }
    const { period } = this.request;
    if (period !== null && plan.cursorCount > 0) {
      addBound(plan, '>=', period.from, conditions, values);
      addBound(plan, '<', period.to, conditions, values);
    }
    for (const column of sorted) if (column.isNullable) conditions.push(`${quoteName(column.name)} is not null`);
    this.#addFilters(plan, conditions, values);
    const where = conditions.length === 0 ? '' : ` where ${conditions.join(' and ')}`;
    return {
      text: `select ${selected(table)}, ${names(sorted)} from ${quoteTable(table)}${where} order by ${names(sorted)} limit ${pageSize}`,
      values,
    };
  }

  /** Behind the bookmark; with a lag everything whose cursor is at most so much older, once more. */
  #addBegin(plan: Plan, begin: Place, conditions: string[], values: unknown[]): void {
    const first = plan.sorted[0] as Column;
    const { lagMs } = this.request;
    if (lagMs > 0 && isMoment(first)) {
      values.push(begin.after[0], String(lagMs));
      conditions.push(
        `${quoteName(first.name)} >= $${values.length - 1}::${first.type} - $${values.length}::bigint * interval '1 millisecond'`,
      );
      return;
    }
    values.push(...begin.after);
    conditions.push(
      `(${names(plan.sorted)}) > (${typedParameters(plan.sorted, values.length - begin.after.length + 1)})`,
    );
  }

  #addFilters(plan: Plan, conditions: string[], values: unknown[]): void {
    for (const [name, wanted] of Object.entries(this.request.where)) {
      const column = columnOf(plan.table, name);
      if (wanted === null) conditions.push(`${quoteName(name)} is null`);
      else {
        const list = (Array.isArray(wanted) ? wanted : [wanted]).map((each) =>
          typeof each === 'object' ? JSON.stringify(each) : String(each),
        );
        values.push(list);
        conditions.push(`${quoteName(name)} = any($${values.length}::text[]::${column.type}[])`);
      }
    }
  }

  /** A bookmark that lies ahead of the server's clock would make every later change invisible. */
  async #refuseFuture(plan: Plan, begin: Place, signal: AbortSignal): Promise<void> {
    const first = plan.sorted[0] as Column;
    if (!isMoment(first)) return;
    const text = `select $1::${first.type} > now() + interval '1 day'`;
    if ((await this.client.lists({ text, values: [begin.after[0]] }, { signal }))[0]?.[0] !== 't') return;
    throw new Failure('read/cursor_in_future', {
      message: `Column \`${first.name}\` of \`${plan.table.stream}\` holds a time far in the future, so later changes would not be seen.`,
      hint: 'Correct the row at the source, then start the flow again with `reset`.',
    });
  }

  /** Rows whose key or cursor is null come last, once: in a full pass, and in the first incremental one. */
  #hasNullPhase(plan: Plan, bookmark: Cursor | null): boolean {
    if (!plan.sorted.some((column) => column.isNullable) || this.request.period !== null) return false;
    return !this.#isIncremental || bookmark === null;
  }

  async #nullPage(plan: Plan, bookmark: Cursor | null, signal: AbortSignal): Promise<Page> {
    const nullable = plan.sorted.filter((column) => column.isNullable);
    const conditions = [`(${nullable.map((column) => `${quoteName(column.name)} is null`).join(' or ')})`];
    const values: unknown[] = [];
    this.#addFilters(plan, conditions, values);
    const text = `select ${selected(plan.table)} from ${quoteTable(plan.table)} where ${conditions.join(' and ')} limit ${maxRowsWithoutKey + 1}`;
    const rows = await this.client.lists({ text, values }, { signal });
    if (rows.length > maxRowsWithoutKey) throw tooManyNulls(plan, nullable);
    return { records: this.#records(plan, rows), deleted: [], next: null, bookmark };
  }

  #records(plan: Plan, rows: readonly ListRow[]): JsonObject[] {
    return recordsOf(plan.table.columns, plan.readers, rows);
  }
}

function selected(table: Table): string {
  return quoteNames(table.columns.map((column) => column.name));
}

function names(columns: readonly Column[]): string {
  return quoteNames(columns.map((column) => column.name));
}

/** The sorted columns are selected behind all others. */
function placeOf(plan: Plan, row: ListRow): Place {
  return { after: row.slice(plan.table.columns.length).map((text) => text ?? '') };
}

function placeJson(place: Place | null): Cursor | null {
  return place === null ? null : { v: 1, after: [...place.after] };
}

function parsePlace(value: Cursor | null, count: number): Place | null {
  if (value === null || !isJsonObject(value) || !Array.isArray(value.after) || value.after.length !== count)
    return null;
  return { after: value.after.map(String) };
}

function isNullPhase(cursor: Cursor | null): cursor is JsonObject {
  return cursor !== null && isJsonObject(cursor) && cursor.nulls === true;
}

function addBound(plan: Plan, sign: '>=' | '<', value: string, conditions: string[], values: unknown[]): void {
  const first = plan.sorted[0] as Column;
  values.push(value);
  conditions.push(`${quoteName(first.name)} ${sign} $${values.length}::${first.type}`);
}

function startText(start: JsonValue): string {
  return typeof start === 'object' ? JSON.stringify(start) : String(start);
}

function isMoment(column: Column): boolean {
  return column.base === 'timestamptz' || column.base === 'timestamp' || column.base === 'date';
}

export function columnOf(table: Table, name: string): Column {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column !== undefined) return column;
  throw new Failure('read/drift', {
    message: `Table \`${table.stream}\` has no column \`${name}\`.`,
    hint: `Its columns: ${table.columns.map((each) => each.name).join(', ')}.`,
    where: { stream: table.stream, field: name },
  });
}

/** Source keys of several fields are lists in JSON. */
function tupleOf(value: string, length: number): string[] | null {
  if (!value.startsWith('[')) return null;
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) && list.length === length ? list.map(String) : null;
  } catch {
    return null;
  }
}

/** Rows whose `fields` equal one of the tuples; the first column of the answer is the tuple's place from 1. */
export async function findByTuples(
  runner: Runner,
  table: Table,
  fields: readonly string[],
  tuples: readonly (readonly string[])[],
  signal: AbortSignal,
): Promise<readonly ListRow[]> {
  const columns = fields.map((field) => columnOf(table, field));
  const asked = columns.map((_, index) => `c${index}`).join(', ');
  const lists = columns.map((_, index) => tuples.map((tuple) => tuple[index] ?? ''));
  const statement = (condition: (column: Column, index: number) => string): Statement => ({
    text: `select r.place, ${quoteNames(
      table.columns.map((column) => column.name),
      't.',
    )}
from unnest(${columns.map((_, index) => `$${index + 1}::text[]`).join(', ')}) with ordinality r(${asked}, place)
join ${quoteTable(table)} t on ${columns.map(condition).join(' and ')}`,
    values: lists,
  });
  return orAsText(
    () =>
      runner.lists(
        statement((column, index) => `t.${quoteName(column.name)} = r.c${index}::${column.type}`),
        { signal },
      ),
    () =>
      runner.lists(
        statement((column, index) => `t.${quoteName(column.name)}::text = r.c${index}`),
        { signal },
      ),
  );
}

/** A value that is none of its column's type is in no row: then texts are compared, which no index helps with. */
async function orAsText<Rows>(typed: () => Promise<Rows>, asText: () => Promise<Rows>): Promise<Rows> {
  try {
    return await typed();
  } catch (error) {
    if (isFailure(error) && isAboutRows(error)) return asText();
    throw error;
  }
}

function needsKey(table: Table): Failure {
  return new Failure('definition/invalid', {
    message: `Table \`${table.stream}\` has neither a primary key nor a unique index.`,
    hint: 'Name the columns that identify a row in `from`: `key: [id]`.',
  });
}

function needsCursor(table: Table): Failure {
  return new Failure('definition/invalid', {
    message: `An incremental read of table \`${table.stream}\` needs the column that grows with every change.`,
    hint: 'Name it in `from`: `cursor: [updated_at]`.',
  });
}

function tooManyNulls(plan: Plan, nullable: readonly Column[]): Failure {
  return new Failure('definition/invalid', {
    message: `More than ${maxRowsWithoutKey} rows of \`${plan.table.stream}\` have no value in ${nullable.map((column) => `\`${column.name}\``).join(' or ')}.`,
    hint: 'Name a `key` and a `cursor` whose columns are never null.',
  });
}
