import { ChangeJournal } from './change-journal.js';
import { bytes, Column, wholeAndReal, words } from './column.js';
import type { IdSpace } from './id-space.js';
import { isObject, type JsonObject, valuesAt } from './json.js';
import { MultiMap } from './multi-map.js';
import { type Place, TextStore } from './text-store.js';

/** One page of a walk. `next` is where the walk goes on (pass it back), null at the end. */
export interface RowPage {
  readonly rows: readonly number[];
  readonly next: number | null;
}

/** Where a walk by change stands: from this moment on, beyond this change number (0 for the first page). */
export interface ChangeWalk {
  readonly since: number;
  readonly after: number;
}

/** A further condition on the rows of a page. */
export type Accepts = (row: number) => boolean;

const acceptsAll: Accepts = () => true;

/** What is kept of a deleted record. */
export interface Tombstone {
  readonly row: number;
  readonly id: string;
  readonly externalId: string | null;
  readonly deletedAt: number;
}

/** A record on its way into the table: its JSON in pieces, and what the indexes need of it. */
export interface StoredForm {
  /** The record's values, for the indexes; fields without a value may be absent. */
  readonly record: JsonObject;
  readonly json: readonly (string | Buffer)[];
  readonly externalId: string | null;
  readonly at: number;
  /** Hash of the request that wrote it; tells a repeat of the same write without parsing. */
  readonly hash: number;
}

/**
 * One stream of a sandbox: records as JSON bytes, found by id, own id and any field, walked by id or by change.
 * A record costs its JSON plus about 100 bytes, so a million fit beside the product on one machine.
 */
export class RecordTable {
  readonly name: string;
  readonly #ids: IdSpace;
  readonly #texts = new TextStore();
  readonly #places = new Column(wholeAndReal);
  readonly #sizes = new Column(words);
  readonly #alive = new Column(bytes);
  readonly #changes = new Column(wholeAndReal);
  readonly #hashes = new Column(wholeAndReal);
  readonly #journal = new ChangeJournal();
  readonly #ownIds = new MultiMap();
  readonly #indexes = new Map<string, MultiMap>();
  readonly #visibleFrom = new Map<number, number>();
  readonly #tombstones: Tombstone[] = [];
  #count = 0;

  constructor(name: string, ids: IdSpace) {
    this.name = name;
    this.#ids = ids;
  }

  /** How many records live. */
  get count(): number {
    return this.#count;
  }

  /** The row that the next insert will take, and so its id. */
  get nextRow(): number {
    return this.#places.length;
  }

  get tombstones(): readonly Tombstone[] {
    return this.#tombstones;
  }

  /** Bytes held outside the heap for the texts. */
  get heldBytes(): number {
    return this.#texts.heldBytes;
  }

  newId(wanted?: string): string {
    return this.#ids.assign(this.nextRow, wanted);
  }

  idOf(row: number): string {
    return this.#ids.idOf(row);
  }

  /** The living row of an id, or -1. */
  rowOf(id: string): number {
    const row = this.#ids.rowOf(id);
    return row >= 0 && this.isAlive(row) ? row : -1;
  }

  isAlive(row: number): boolean {
    return this.#alive.at(row) === 1;
  }

  /** False while a late object hides from lists and searches. */
  isVisible(row: number, now: number): boolean {
    if (!this.isAlive(row)) return false;
    if (this.#visibleFrom.size === 0) return true;
    const from = this.#visibleFrom.get(row);
    if (from === undefined) return true;
    if (from > now) return false;
    this.#visibleFrom.delete(row);
    return true;
  }

  hashOf(row: number): number {
    return this.#hashes.at(row);
  }

  insert(form: StoredForm, visibleFrom?: number): number {
    const row = this.nextRow;
    const place = this.#texts.put(...form.json);
    this.#places.push(place);
    this.#sizes.push(this.#texts.sizeOfLast);
    this.#alive.push(1);
    this.#hashes.push(form.hash);
    this.#changes.push(this.#journal.append(row, form.at));
    this.#count += 1;
    if (form.externalId !== null) this.#ownIds.add(form.externalId, row);
    this.#index(form.record, row);
    if (visibleFrom !== undefined) this.#visibleFrom.set(row, visibleFrom);
    return row;
  }

  /** Replaces a living record; `before` is what it was, which the caller has parsed anyway. */
  replace(row: number, before: JsonObject, form: StoredForm): void {
    this.#unindex(before, row);
    this.#texts.drop(this.#places.at(row), this.#sizes.at(row));
    const place: Place = this.#texts.put(...form.json);
    this.#places.set(row, place);
    this.#sizes.set(row, this.#texts.sizeOfLast);
    this.#hashes.set(row, form.hash);
    this.#changes.set(row, this.#journal.append(row, form.at));
    if (form.externalId !== null) this.#ownIds.add(form.externalId, row);
    this.#index(form.record, row);
    this.#tidy();
  }

  remove(row: number, before: JsonObject, at: number): void {
    this.#unindex(before, row);
    this.#texts.drop(this.#places.at(row), this.#sizes.at(row));
    this.#alive.set(row, 0);
    this.#count -= 1;
    const externalId = typeof before.external_id === 'string' ? before.external_id : null;
    this.#tombstones.push({ row, id: this.idOf(row), externalId, deletedAt: at });
    this.#tidy();
  }

  /** Sets what a repeat of a write is compared with, without a change of the record. */
  rememberHash(row: number, hash: number): void {
    this.#hashes.set(row, hash);
  }

  text(row: number): string {
    return this.#texts.text(this.#places.at(row), this.#sizes.at(row));
  }

  record(row: number): JsonObject {
    const parsed: unknown = JSON.parse(this.text(row));
    if (!isObject(parsed)) throw new TypeError(`Row ${row} of ${this.name} does not hold an object.`);
    return parsed;
  }

  /** Living rows with this own id, in order of creation. */
  withOwnId(externalId: string): readonly number[] {
    return this.#ownIds.get(externalId);
  }

  /** The first living row with this own id, or -1. */
  firstWithOwnId(externalId: string): number {
    return this.#ownIds.first(externalId);
  }

  /** Living rows that hold `value` at a dotted path, letter case aside; the index is made at the first question. */
  withValue(path: string, value: string): readonly number[] {
    let index = this.#indexes.get(path);
    if (index === undefined) {
      index = new MultiMap();
      this.#indexes.set(path, index);
      for (let row = 0; row < this.nextRow; row += 1) if (this.isAlive(row)) addTo(index, path, this.record(row), row);
    }
    return index.get(value.toLowerCase());
  }

  /** Makes the indexes of several paths at once, which costs one reading of the records instead of one each. */
  prepare(paths: readonly string[]): void {
    const missing = paths.filter((path) => !this.#indexes.has(path));
    if (missing.length === 0) return;
    for (const path of missing) this.#indexes.set(path, new MultiMap());
    for (const row of this.rows()) {
      const record = this.record(row);
      for (const path of missing) {
        const index = this.#indexes.get(path);
        if (index !== undefined) addTo(index, path, record, row);
      }
    }
  }

  /** Rows in order of id, beginning after row `after` (-1 for the first page). */
  pageById(after: number, limit: number, now: number, accepts: Accepts = acceptsAll): RowPage {
    const rows: number[] = [];
    for (let row = after + 1; row < this.nextRow; row += 1) {
      if (!this.isVisible(row, now) || !accepts(row)) continue;
      if (rows.length === limit) return { rows, next: rows[limit - 1] ?? null };
      rows.push(row);
    }
    return { rows, next: null };
  }

  /** Rows in order of their last change. A record that changes during the walk moves to its end and is met again. */
  pageByChange(walk: ChangeWalk, limit: number, now: number, accepts: Accepts = acceptsAll): RowPage {
    const { since, after } = walk;
    const rows: number[] = [];
    let last = after;
    const start = Math.max(this.#journal.since(since), this.#journal.after(after));
    for (let position = start; position < this.#journal.length; position += 1) {
      const row = this.#journal.rowAt(position);
      const number = this.#journal.numberAt(position);
      if (this.#changes.at(row) !== number || !this.isVisible(row, now) || !accepts(row)) continue;
      if (rows.length === limit) return { rows, next: last };
      rows.push(row);
      last = number;
    }
    return { rows, next: null };
  }

  /** The JSON of these rows, joined by commas between `head` and `tail`, in one buffer. */
  joined(rows: readonly number[], head: string, tail: string): Buffer {
    let size = Buffer.byteLength(head) + Buffer.byteLength(tail) + Math.max(0, rows.length - 1);
    for (const row of rows) size += this.#sizes.at(row);
    const page = Buffer.allocUnsafe(size);
    let at = page.write(head, 0);
    for (const row of rows) {
      if (row !== rows[0]) at += page.write(',', at);
      at = this.#texts.copy(this.#places.at(row), this.#sizes.at(row), page, at);
    }
    page.write(tail, at);
    return page;
  }

  /** After seeding: puts the first changes in order of moment, then id, as if they had happened so. */
  orderChangesByMoment(): void {
    this.#journal.sort((row, number) => this.#changes.set(row, number));
  }

  /** All living records as JSON in pieces of 500. */
  *pieces(): Generator<Buffer> {
    let rows: number[] = [];
    for (const row of this.rows()) {
      rows.push(row);
      if (rows.length < 500) continue;
      yield this.joined(rows, '', '');
      rows = [];
    }
    if (rows.length > 0) yield this.joined(rows, '', '');
  }

  /** Living rows in order of id. */
  *rows(): Generator<number> {
    for (let row = 0; row < this.nextRow; row += 1) if (this.isAlive(row)) yield row;
  }

  #index(record: JsonObject, row: number): void {
    for (const [path, index] of this.#indexes) addTo(index, path, record, row);
  }

  #unindex(before: JsonObject, row: number): void {
    if (typeof before.external_id === 'string') this.#ownIds.remove(before.external_id, row);
    for (const [path, index] of this.#indexes) {
      for (const value of valuesAt(before, path.split('.'))) index.remove(value.toLowerCase(), row);
    }
  }

  /** Stale journal entries and dead bytes are cleared once they outweigh what lives. */
  #tidy(): void {
    if (this.#journal.length > 2 * this.#count + 10_000) {
      this.#journal.compact((row, number) => this.isAlive(row) && this.#changes.at(row) === number);
    }
    if (this.#texts.heldBytes > 3 * this.#texts.liveBytes + (64 << 20)) this.#rewriteTexts();
  }

  #rewriteTexts(): void {
    for (const row of this.rows()) {
      const text = this.text(row);
      this.#texts.drop(this.#places.at(row), this.#sizes.at(row));
      this.#places.set(row, this.#texts.put(text));
    }
  }
}

function addTo(index: MultiMap, path: string, record: JsonObject, row: number): void {
  for (const value of valuesAt(record, path.split('.'))) index.add(value.toLowerCase(), row);
}
