import { bytes, Column, wholeAndReal } from '../kit/column.js';
import { countedIds } from '../kit/id-space.js';
import type { JsonObject } from '../kit/json.js';
import { RecordTable } from '../kit/record-table.js';
import { OrderIndex } from './order-index.js';

/** What a list can be sorted by. */
export type OrderKey = 'id' | 'created_at' | 'updated_at';

/** One page of a list. */
export interface ListPage {
  readonly rows: readonly number[];
  readonly hasNext: boolean;
}

/** Which page of which rows. */
export interface PageOrder {
  readonly key: OrderKey;
  readonly isDescending: boolean;
  readonly offset: number;
  readonly limit: number;
  readonly accepts: (row: number) => boolean;
  /** Only these rows, where an index knows them already. */
  readonly among?: ReadonlySet<number>;
}

/** One kind of record. A deleted record stays in its row, marked: people at the vendor can restore it. */
export class AmoTable {
  readonly name: string;
  readonly records: RecordTable;
  readonly firstId: number;
  readonly #deleted = new Column(bytes);
  readonly #columns: ReadonlyMap<string, Column>;
  readonly #created: OrderIndex;
  readonly #updated: OrderIndex;
  readonly #listeners: ((row: number, before: JsonObject | undefined, after: JsonObject) => void)[] = [];
  #deletedCount = 0;

  /** `numbers` are the keys kept in columns, so that filters on them need not read the records. */
  constructor(name: string, firstId: number, numbers: readonly string[]) {
    this.name = name;
    this.firstId = firstId;
    this.records = new RecordTable(name, countedIds(firstId));
    const keys = new Set([...numbers, 'created_at', 'updated_at']);
    this.#columns = new Map([...keys].map((key) => [key, new Column(wholeAndReal)]));
    this.#created = new OrderIndex((row) => this.number(row, 'created_at'));
    this.#updated = new OrderIndex((row) => this.number(row, 'updated_at'));
  }

  /** How many records live. */
  get count(): number {
    return this.records.nextRow - this.#deletedCount;
  }

  get nextId(): number {
    return this.firstId + this.records.nextRow;
  }

  /** The living row of an id, or -1. */
  rowOf(id: number): number {
    const row = this.anyRowOf(id);
    return row >= 0 && !this.isDeleted(row) ? row : -1;
  }

  /** The row of an id, deleted or not, or -1. */
  anyRowOf(id: number): number {
    return Number.isInteger(id) ? this.records.rowOf(String(id)) : -1;
  }

  has(id: number): boolean {
    return this.rowOf(id) >= 0;
  }

  idOf(row: number): number {
    return this.firstId + row;
  }

  isDeleted(row: number): boolean {
    return this.#deleted.at(row) === 1;
  }

  hasColumn(key: string): boolean {
    return this.#columns.has(key);
  }

  /** A number of the record; NaN where it is null. */
  number(row: number, key: string): number {
    return this.#columns.get(key)?.at(row) ?? Number.NaN;
  }

  record(row: number): JsonObject {
    return this.records.record(row);
  }

  /** Hears of every record that is added or replaced. */
  listen(listener: (row: number, before: JsonObject | undefined, after: JsonObject) => void): void {
    this.#listeners.push(listener);
  }

  /** Adds a record; its id must be `nextId`. `visibleFrom` (sandbox ms) hides it from lists until then. */
  insert(record: JsonObject, visibleFrom?: number): number {
    this.records.newId();
    const row = this.records.insert(
      { record, json: [JSON.stringify(record)], externalId: null, at: 0, hash: 0 },
      visibleFrom,
    );
    this.#deleted.push(0);
    for (const [key, column] of this.#columns) column.push(asNumber(record[key]));
    this.#noted(row, undefined, record);
    return row;
  }

  replace(row: number, before: JsonObject, after: JsonObject): void {
    this.records.replace(row, before, {
      record: after,
      json: [JSON.stringify(after)],
      externalId: null,
      at: 0,
      hash: 0,
    });
    const isMoved = before.created_at !== after.created_at || before.updated_at !== after.updated_at;
    for (const [key, column] of this.#columns) column.set(row, asNumber(after[key]));
    this.#noted(row, before, after, isMoved);
  }

  setDeleted(row: number, isDeleted: boolean): void {
    if (this.isDeleted(row) === isDeleted) return;
    this.#deleted.set(row, isDeleted ? 1 : 0);
    this.#deletedCount += isDeleted ? 1 : -1;
  }

  /** Rows in the wished order that are accepted, `offset` of them skipped. */
  page({ key, isDescending, offset, limit, accepts, among }: PageOrder): ListPage {
    const rows: number[] = [];
    let skipped = 0;
    for (const row of among === undefined ? this.#ordered(key, isDescending) : this.#sorted(among, key, isDescending)) {
      if (!accepts(row)) continue;
      if (skipped < offset) {
        skipped += 1;
        continue;
      }
      if (rows.length === limit) return { rows, hasNext: true };
      rows.push(row);
    }
    return { rows, hasNext: false };
  }

  /** Living rows in order of id. */
  *rows(): Generator<number> {
    for (let row = 0; row < this.records.nextRow; row += 1) if (!this.isDeleted(row)) yield row;
  }

  /** The newest moment of change in the table, in seconds. */
  get lastChange(): number {
    const row = this.#updated.rows().at(-1);
    return row === undefined ? 0 : this.number(row, 'updated_at');
  }

  #sorted(rows: ReadonlySet<number>, key: OrderKey, isDescending: boolean): number[] {
    const keyOf = (row: number) => (key === 'id' ? row : this.number(row, key));
    const sorted = [...rows].sort((one, other) => keyOf(one) - keyOf(other) || one - other);
    return isDescending ? sorted.reverse() : sorted;
  }

  *#ordered(key: OrderKey, isDescending: boolean): Generator<number> {
    const rows = key === 'id' ? undefined : (key === 'created_at' ? this.#created : this.#updated).rows();
    const length = this.records.nextRow;
    for (let step = 0; step < length; step += 1) {
      const place = isDescending ? length - 1 - step : step;
      yield rows === undefined ? place : (rows[place] ?? place);
    }
  }

  #noted(row: number, before: JsonObject | undefined, after: JsonObject, isMoved = true): void {
    if (isMoved) {
      this.#created.touch(row);
      this.#updated.touch(row);
    }
    for (const listener of this.#listeners) listener(row, before, after);
  }
}

function asNumber(value: unknown): number {
  return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : Number.NaN;
}
