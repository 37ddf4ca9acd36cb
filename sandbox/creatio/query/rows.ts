import type { JsonObject } from '../../kit/json.js';
import type { Random } from '../../kit/random.js';
import { type EntityTable, guidKey } from '../store.js';
import type { CreatioSettings } from '../switches.js';
import { type Condition, comparer, type Hint } from './filter.js';
import type { Ordering } from './options.js';

/** Which rows are asked for. */
export interface RowQuery {
  readonly filter: Condition | undefined;
  readonly orderBy: readonly Ordering[];
  readonly skip: number;
  readonly limit: number;
  readonly wantsCount: boolean;
  /** Results may be kept under this key; undefined = they depend on more than filter and order. */
  readonly key: string | undefined;
  /** A further condition, such as the user's rights. */
  readonly sees?: (record: JsonObject) => boolean;
}

export interface RowAnswer {
  readonly rows: readonly number[];
  /** How many rows match in all; only when asked for. */
  readonly count: number | undefined;
  readonly hasMore: boolean;
}

interface Kept {
  readonly version: number;
  readonly rows: readonly number[];
}

const MOST_KEPT = 24;

/** Finds the rows of a question, by an index where its filter or order allows, and keeps results for the next page. */
export class RowFinder {
  readonly #settings: CreatioSettings;
  readonly #random: Random;
  readonly #kept = new Map<string, Kept>();

  constructor(settings: CreatioSettings, random: Random) {
    this.#settings = settings;
    this.#random = random;
  }

  clear(): void {
    this.#kept.clear();
  }

  find(table: EntityTable, query: RowQuery, now: number): RowAnswer {
    const { skip, limit } = query;
    const isEarly = skip === 0 && !query.wantsCount && this.#isWalk(query);
    const rows = isEarly ? this.#walk(table, query, now, limit + 1) : this.#all(table, query, now);
    return {
      rows: rows.slice(skip, skip + limit),
      count: query.wantsCount ? rows.length : undefined,
      hasMore: rows.length > skip + limit,
    };
  }

  /** The order of the question is one the table can be walked in, so the walk may stop at the end of the page. */
  #isWalk({ orderBy, filter }: RowQuery): boolean {
    const [first, second, third] = orderBy;
    if (filter?.hint.kind === 'values') return false;
    if (first === undefined) return this.#settings.unordered_rows === 'heap';
    if (first.isDescending) return false;
    if (first.term.ownProperty === 'Id') return true;
    const isTied = second === undefined || (second.term.ownProperty === 'Id' && third === undefined);
    return first.term.ownProperty === 'ModifiedOn' && isTied && second?.isDescending !== true;
  }

  #all(table: EntityTable, query: RowQuery, now: number): readonly number[] {
    const key = query.key === undefined || table.hiddenUntil > now ? undefined : `${table.spec.name}\n${query.key}`;
    const held = key === undefined ? undefined : this.#kept.get(key);
    const isShuffled = this.#settings.unordered_rows === 'shuffled';
    if (held !== undefined && held.version === table.version && !isShuffled) return held.rows;
    const found = this.#isWalk(query)
      ? this.#walk(table, query, now, Number.POSITIVE_INFINITY)
      : this.#sorted(table, query, now);
    if (key !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, { version: table.version, rows: found });
      const [oldest] = this.#kept.keys();
      if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    }
    return found;
  }

  #walk(table: EntityTable, query: RowQuery, now: number, most: number): number[] {
    const [first] = query.orderBy;
    if (first === undefined) return this.#byChange(table, query, now, most, 0);
    if (first.term.ownProperty === 'Id') return this.#byId(table, query, now, most);
    return this.#byMoment(table, query, now, most);
  }

  /** In the order of the heap: a changed row moves to its end. */
  #byChange(table: EntityTable, query: RowQuery, now: number, most: number, since: number): number[] {
    const accepts = this.#acceptor(table, query);
    return [...table.rows.pageByChange({ since, after: 0 }, Math.min(most, 4_000_000), now, accepts).rows];
  }

  #byId(table: EntityTable, query: RowQuery, now: number, most: number): number[] {
    const accepts = this.#acceptor(table, query);
    const order = this.#settings.database;
    const sorted = table.byId(order);
    const least =
      query.filter?.hint.kind === 'from' && query.filter.hint.property === 'Id' ? query.filter.hint.least : '';
    const rows: number[] = [];
    let place =
      least === '' ? 0 : firstAtLeast(sorted, guidKey(least, order), (row) => guidKey(table.rows.idOf(row), order));
    for (; place < sorted.length && rows.length < most; place += 1) {
      const row = sorted[place];
      if (row !== undefined && table.rows.isVisible(row, now) && accepts(row)) rows.push(row);
    }
    return rows;
  }

  /** The journal stands in order of whole milliseconds; rows of one millisecond are put in order by text and id. */
  #byMoment(table: EntityTable, query: RowQuery, now: number, most: number): number[] {
    const since = sinceOf(query.filter?.hint);
    const accepts = this.#acceptor(table, query);
    const found: { row: number; moment: string; at: string; tie: string | number }[] = [];
    const hasTieBreak = query.orderBy.length > 1;
    let after = 0;
    for (;;) {
      const page = table.rows.pageByChange({ since, after }, Math.min(Math.max(256, most), 20_000), now, accepts);
      for (const row of page.rows) {
        const moment = String(table.rows.record(row).ModifiedOn ?? '');
        const tie = hasTieBreak ? guidKey(table.rows.idOf(row), this.#settings.database) : this.#tie(row);
        found.push({ row, moment, at: moment.slice(0, 23), tie });
      }
      // Stops only where a whole millisecond is complete.
      const isFull = found.length > most && found[most - 1]?.at !== found.at(-1)?.at;
      if (page.next === null || isFull) break;
      after = page.next;
    }
    found.sort((one, other) => {
      if (one.moment !== other.moment) return one.moment < other.moment ? -1 : 1;
      return one.tie < other.tie ? -1 : one.tie > other.tie ? 1 : 0;
    });
    return found.slice(0, most).map(({ row }) => row);
  }

  #sorted(table: EntityTable, query: RowQuery, now: number): number[] {
    const rows = this.#candidates(table, query, now);
    if (query.orderBy.length === 0)
      return this.#settings.unordered_rows === 'heap' ? rows : this.#random.shuffled(rows);
    const compares = query.orderBy.map(({ term }) => comparer(term.edm ?? 'Edm.String', this.#settings));
    const keyed = rows.map((row) => {
      const record = table.rows.record(row);
      return { row, tie: this.#tie(row), values: query.orderBy.map(({ term }) => term.value(record)) };
    });
    keyed.sort((one, other) => {
      for (const [index, compare] of compares.entries()) {
        const [left, right] = [one.values[index] ?? null, other.values[index] ?? null];
        // Null stands last, as PostgreSQL has it, and first with MS SQL Server.
        const nulls = this.#settings.database === 'postgres' ? 1 : -1;
        const order = left === right ? 0 : left === null ? nulls : right === null ? -nulls : compare(left, right);
        if (order !== 0) return query.orderBy[index]?.isDescending === true ? -order : order;
      }
      return one.tie - other.tie;
    });
    return keyed.map(({ row }) => row);
  }

  #candidates(table: EntityTable, query: RowQuery, now: number): number[] {
    const accepts = this.#acceptor(table, query);
    const hint = query.filter?.hint;
    if (hint?.kind !== 'values') {
      return this.#byChange(table, query, now, Number.POSITIVE_INFINITY, sinceOf(hint));
    }
    const { property, values } = hint;
    const hits = new Set(
      values.flatMap((value) =>
        property === 'Id' ? [table.rows.rowOf(value)] : table.rows.withValue(property, value),
      ),
    );
    return [...hits].filter((row) => row >= 0 && table.rows.isVisible(row, now) && accepts(row));
  }

  /** Rows that nothing orders: in one order always, or in another one each time. */
  #tie(row: number): number {
    return this.#settings.unordered_rows === 'heap' ? row : this.#random.next();
  }

  #acceptor(table: EntityTable, { filter, sees }: RowQuery): (row: number) => boolean {
    if (filter === undefined && sees === undefined) return () => true;
    return (row) => {
      const record = table.rows.record(row);
      return (filter === undefined || filter.holds(record) === true) && (sees === undefined || sees(record));
    };
  }
}

/** The whole millisecond from which rows can match. */
function sinceOf(hint: Hint | undefined): number {
  return hint?.kind === 'from' && hint.property === 'ModifiedOn' ? Date.parse(`${hint.least.slice(0, 23)}Z`) : 0;
}

function firstAtLeast(rows: readonly number[], least: string, key: (row: number) => string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (key(rows[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
