import type { SandboxClock } from '../kit/clock.js';
import type { Json, JsonObject } from '../kit/json.js';
import type { Random } from '../kit/random.js';
import { RecordTable } from '../kit/record-table.js';
import { guidIds, namedGuid, sqlServerOrder } from './guid.js';
import { type Moment, PlatformClock } from './moment.js';
import type { EntitySpec, SchemaModel } from './schema/model.js';
import type { CreatioSettings } from './switches.js';

/** The person that the platform itself is. */
export const SUPERVISOR_CONTACT = '410006e1-ca4e-4502-a9ec-e54d922d2c00';

/** What happened to a record. */
export interface Saved {
  readonly entity: EntitySpec;
  readonly operation: 'insert' | 'update' | 'delete';
  readonly id: string;
  readonly record: JsonObject;
}

const NO_HASH = 0;

/** The rows of one object, and how many changes they have seen. */
export class EntityTable {
  readonly spec: EntitySpec;
  readonly rows: RecordTable;
  /** Grows with every change: results kept for paging are good for one version. */
  version = 0;
  /** Until when (sandbox ms) some row may be hidden. */
  hiddenUntil = 0;
  readonly #sorted: { order: 'postgres' | 'mssql'; rows: number[]; upTo: number } = {
    order: 'postgres',
    rows: [],
    upTo: 0,
  };

  constructor(spec: EntitySpec, random: Random) {
    this.spec = spec;
    this.rows = new RecordTable(spec.name, guidIds(random.fork(`ids/${spec.name}`)));
  }

  /** Rows (dead ones too) in order of Id as the database sorts GUIDs; kept, and extended by what is new. */
  byId(order: 'postgres' | 'mssql'): readonly number[] {
    const kept = this.#sorted;
    if (kept.order !== order) Object.assign(kept, { order, rows: [], upTo: 0 });
    const fresh: number[] = [];
    for (let row = kept.upTo; row < this.rows.nextRow; row += 1) fresh.push(row);
    if (fresh.length === 0) return kept.rows;
    const key = (row: number) => guidKey(this.rows.idOf(row), order);
    const keyed = fresh.map((row) => [key(row), row] as const).sort(([one], [other]) => (one < other ? -1 : 1));
    kept.rows = kept.rows.length === 0 ? keyed.map(([, row]) => row) : merged(kept.rows, keyed, key);
    kept.upTo = this.rows.nextRow;
    return kept.rows;
  }
}

export function guidKey(id: string, order: 'postgres' | 'mssql'): string {
  return order === 'mssql' ? sqlServerOrder(id) : id;
}

/** All records of the installation. Knows columns, moments and rows; nothing of HTTP, types or rights. */
export class CreatioStore {
  readonly model: SchemaModel;
  /** Hears every change after it happened. */
  onSaved: ((saved: Saved) => void) | undefined;
  readonly clock: SandboxClock;
  readonly #random: Random;
  readonly #tables = new Map<string, EntityTable>();
  readonly #moments: PlatformClock;
  #undo: (() => void)[] | undefined;
  #unheard: Saved[] = [];

  constructor(model: SchemaModel, clock: SandboxClock, random: Random, settings: CreatioSettings) {
    this.model = model;
    this.clock = clock;
    this.#random = random;
    this.#moments = new PlatformClock(clock, settings);
    for (const value of model.lookupValues) this.#plantLookup(value.entity, value.name, value.id, value.attributes);
  }

  /** The table of an object; throws when there is no such object. */
  table(name: string): EntityTable {
    const found = this.#tables.get(name);
    if (found !== undefined) return found;
    const spec = this.model.entity(name);
    if (spec === undefined) throw new RangeError(`Object \`${name}\` is not known.`);
    const table = new EntityTable(spec, this.#random);
    this.#tables.set(name, table);
    return table;
  }

  /** Tables that hold anything. */
  get tables(): Iterable<EntityTable> {
    return this.#tables.values();
  }

  /** The living record of an id, or undefined. */
  find(entity: string, id: string): JsonObject | undefined {
    const { rows } = this.table(entity);
    const row = rows.rowOf(id);
    return row < 0 ? undefined : rows.record(row);
  }

  /** All records of an object, parsed: for tests in the same process. */
  records(entity: string): JsonObject[] {
    const { rows } = this.table(entity);
    return [...rows.rows()].map((row) => rows.record(row));
  }

  /** Adds a record of checked, stored values; `visibleFrom` (sandbox ms) hides it from lists until then. */
  insert(entity: EntitySpec, fields: JsonObject, by: string, hash = NO_HASH, visibleFrom?: number): JsonObject {
    const table = this.table(entity.name);
    const { at, text } = this.#moments.next();
    const id = table.rows.newId(typeof fields.Id === 'string' ? fields.Id : undefined);
    const given = compact(fields);
    const record: JsonObject = {
      ...given,
      Id: id,
      CreatedOn: given.CreatedOn ?? text,
      CreatedById: given.CreatedById ?? by,
      ModifiedOn: text,
      ModifiedById: by,
    };
    this.#add(table, record, at, hash, visibleFrom);
    this.#tell({ entity, operation: 'insert', id, record });
    return record;
  }

  /** Changes the given fields; null clears one. */
  update(entity: EntitySpec, row: number, fields: JsonObject, by: string, hash = NO_HASH): JsonObject {
    const table = this.table(entity.name);
    const before = table.rows.record(row);
    const { at, text } = this.#moments.next();
    const after = compact({ ...before, ...fields, Id: before.Id ?? '', ModifiedOn: text, ModifiedById: by });
    this.#replace(table, row, before, after, at, hash);
    this.#undo?.push(() => this.#replace(table, row, after, before, at, hash));
    this.#tell({ entity, operation: 'update', id: table.rows.idOf(row), record: after });
    return after;
  }

  remove(entity: EntitySpec, row: number): void {
    const table = this.table(entity.name);
    const before = table.rows.record(row);
    const id = table.rows.idOf(row);
    const { at } = this.#moments.next();
    table.rows.remove(row, before, at);
    table.version += 1;
    this.#undo?.push(() => this.#add(table, before, at, NO_HASH));
    this.#tell({ entity, operation: 'delete', id, record: before });
  }

  /** Adds a record as it is, with its own moments: for seeding. `chosenId` = the id is not the table's next one. */
  plant(entity: string, record: JsonObject, modified: Moment, chosenId: boolean): void {
    const table = this.table(entity);
    if (chosenId) table.rows.newId(String(record.Id));
    const json = [JSON.stringify(record)];
    table.rows.insert({ record, json, externalId: null, at: modified.at, hash: NO_HASH });
    table.version += 1;
  }

  /** Runs `change`; when it throws, everything it wrote is taken back. */
  atomically<Result>(change: () => Result): Result {
    if (this.#undo !== undefined) return change();
    const steps: (() => void)[] = [];
    this.#undo = steps;
    try {
      return change();
    } catch (error) {
      this.#undo = undefined;
      this.#unheard = [];
      for (const step of steps.reverse()) step();
      throw error;
    } finally {
      this.#undo = undefined;
      for (const saved of this.#unheard.splice(0)) this.onSaved?.(saved);
    }
  }

  /** Listeners hear of a transaction only when it is done. */
  #tell(saved: Saved): void {
    if (this.#undo === undefined) this.onSaved?.(saved);
    else this.#unheard.push(saved);
  }

  #add(table: EntityTable, record: JsonObject, at: number, hash: number, visibleFrom?: number): void {
    const id = String(record.Id ?? '');
    if (table.rows.idOf(table.rows.nextRow) !== id) table.rows.newId(id);
    const json = [JSON.stringify(record)];
    const row = table.rows.insert({ record, json, externalId: null, at, hash }, visibleFrom);
    table.version += 1;
    if (visibleFrom !== undefined) table.hiddenUntil = Math.max(table.hiddenUntil, visibleFrom);
    this.#undo?.push(() => {
      table.rows.remove(row, record, at);
      table.version += 1;
    });
  }

  #replace(table: EntityTable, row: number, before: JsonObject, after: JsonObject, at: number, hash: number): void {
    table.rows.replace(row, before, { record: after, json: [JSON.stringify(after)], externalId: null, at, hash });
    table.version += 1;
  }

  #plantLookup(
    entity: string,
    name: string,
    id: string | undefined,
    attributes: Readonly<Record<string, string>>,
  ): void {
    const table = this.table(entity);
    const extras = Object.entries(attributes).map(([key, text]): [string, Json] => [key, lookupAttribute(text)]);
    const text = `2023-05-${String(10 + (table.rows.nextRow % 18)).padStart(2, '0')}T08:00:00.0000000Z`;
    const record: JsonObject = {
      Id: id ?? namedGuid(`lookup/${this.#random.seed}/${entity}/${name}`),
      CreatedOn: text,
      CreatedById: SUPERVISOR_CONTACT,
      ModifiedOn: text,
      ModifiedById: SUPERVISOR_CONTACT,
      Name: name,
      ...Object.fromEntries(extras),
    };
    this.plant(entity, record, { at: Date.parse(text), text }, true);
  }
}

/** The record without the keys that hold nothing. */
function compact(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

function lookupAttribute(text: string): Json {
  if (text === 'true') return true;
  return /^\d+$/.test(text) ? Number(text) : text;
}

function merged(
  sorted: readonly number[],
  fresh: readonly (readonly [string, number])[],
  key: (row: number) => string,
) {
  const result: number[] = [];
  let next = 0;
  for (const row of sorted) {
    if (next < fresh.length) {
      const own = key(row);
      for (let pair = fresh[next]; pair !== undefined && pair[0] < own; pair = fresh[next]) {
        result.push(pair[1]);
        next += 1;
      }
    }
    result.push(row);
  }
  for (const [, row] of fresh.slice(next)) result.push(row);
  return result;
}
