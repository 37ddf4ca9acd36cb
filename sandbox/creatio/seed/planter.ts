import type { Json, JsonObject } from '../../kit/json.js';
import type { Random } from '../../kit/random.js';
import type { CreatioUser } from '../auth/users.js';
import { momentText } from '../moment.js';
import { type CreatioStore, SUPERVISOR_CONTACT } from '../store.js';

const FIRST_DAY = Date.UTC(2024, 0, 1);
const LAST_DAY = Date.UTC(2025, 8, 30);
const DAY_MS = 86_400_000;
const INSTALLED_AT = Date.UTC(2023, 4, 10, 8);
/** One moment for everything an import brought, to the last digit. */
const IMPORTED = momentText(Date.UTC(2025, 2, 14, 9, 30, 0, 283), 8673);

/** Puts seeded records into the store with owners, moments and lookup values. */
export class Planter {
  readonly store: CreatioStore;
  readonly #random: Random;
  readonly #owners: readonly string[];
  readonly #byName = new Map<string, string>();
  readonly #ids = new Map<string, readonly string[]>();

  constructor(store: CreatioStore, users: readonly CreatioUser[], random: Random) {
    this.store = store;
    this.#random = random;
    // The first users own more than the later ones, as in life.
    this.#owners = users.slice(3).flatMap(({ contactId }, index) => Array<string>(4 - index).fill(contactId));
  }

  /** Adds a record with its own history; returns its id. */
  plant(entity: string, fields: JsonObject): string {
    const random = this.#random;
    const { rows } = this.store.table(entity);
    const createdAt = random.int(FIRST_DAY, LAST_DAY);
    // One record in fifty came with an import, so equal moments stand over page edges.
    const isImported = random.chance(0.02);
    const modifiedAt = isImported ? Date.parse(IMPORTED) : random.int(createdAt, LAST_DAY);
    const modified = isImported ? IMPORTED : momentText(modifiedAt, random.int(0, 9999));
    const by = random.pick(this.#owners);
    const id = rows.idOf(rows.nextRow);
    const record: JsonObject = {
      Id: id,
      CreatedOn: momentText(Math.min(createdAt, modifiedAt), random.int(0, 9999)),
      CreatedById: by,
      ModifiedOn: modified,
      ModifiedById: by,
    };
    for (const name in fields) {
      const value: Json = fields[name] ?? null;
      if (value !== null && value !== false) record[name] = value;
    }
    this.store.plant(entity, record, { at: modifiedAt, text: modified }, false);
    return id;
  }

  /** Adds a record that came with the installation. */
  plantSystem(entity: string, fields: JsonObject): void {
    const { rows } = this.store.table(entity);
    const text = momentText(INSTALLED_AT);
    const record: JsonObject = {
      Id: rows.idOf(rows.nextRow),
      CreatedOn: text,
      CreatedById: SUPERVISOR_CONTACT,
      ModifiedOn: text,
      ModifiedById: SUPERVISOR_CONTACT,
      ...fields,
    };
    this.store.plant(entity, record, { at: INSTALLED_AT, text }, 'Id' in fields);
  }

  owner(): string {
    return this.#random.pick(this.#owners);
  }

  /** A moment so many days after the first one, at a full quarter of an hour. */
  moment(days: number): string {
    return momentText(FIRST_DAY + days * DAY_MS + this.#random.int(32, 72) * 900_000);
  }

  /** The id of a list's value by its name; null when the list has no such value. */
  value(list: string, name: string): string | null {
    const key = `${list}/${name}`;
    let id = this.#byName.get(key);
    if (id === undefined) {
      id = String(this.store.records(list).find((record) => record.Name === name)?.Id ?? '');
      this.#byName.set(key, id);
    }
    return id === '' ? null : id;
  }

  /** Any value of a list. */
  pick(list: string): string {
    let ids = this.#ids.get(list);
    if (ids === undefined) {
      ids = this.store.records(list).map(({ Id }) => String(Id));
      this.#ids.set(list, ids);
    }
    return this.#random.pick(ids);
  }

  /** Any record of an object seeded before; null when there is none. */
  any(entity: string, random: Random): string | null {
    const { rows } = this.store.table(entity);
    return rows.nextRow === 0 ? null : rows.idOf(random.int(0, rows.nextRow - 1));
  }

  /** The id that the `n`-th record of an object has or will have, where the present one is number `present`. */
  idAt(entity: string, n: number, present: number): string {
    const { rows } = this.store.table(entity);
    return rows.idOf(rows.nextRow + n - present);
  }
}
