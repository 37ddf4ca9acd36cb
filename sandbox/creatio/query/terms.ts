import type { Json, JsonObject } from '../../kit/json.js';
import type { ColumnSpec } from '../schema/columns.js';
import type { EntitySpec } from '../schema/model.js';
import type { CreatioStore } from '../store.js';
import { edmTypes } from '../values.js';
import { ColumnPathProblem, QueryProblem, unknownProperty } from './problems.js';

/** A value in a filter or an order: where it comes from and which OData type it has. */
export interface Term {
  /** `null` for the literal null, which fits every type. */
  readonly edm: string | null;
  readonly value: (record: JsonObject) => Json;
  /** Set for a plain column of the object itself. */
  readonly column?: ColumnSpec;
  /** `Account/Id`, `UsrExternalId`: the property of the record itself that holds the value. */
  readonly ownProperty?: string;
  /** The value itself, for a literal. */
  readonly literal?: Json;
}

/** Reads paths such as `Name`, `Account/Id`, `Account/Owner/Name` and follows lookups to their records. */
export class Paths {
  /** A flat lookup column met on the way: OData accepts it, the data layer fails later. */
  failure: ColumnPathProblem | undefined;
  readonly #store: CreatioStore;
  readonly #now: number;
  readonly #hidden: (entity: string) => ReadonlySet<string>;
  readonly #met = new Map<string, JsonObject | null>();

  constructor(store: CreatioStore, hidden: (entity: string) => ReadonlySet<string>) {
    this.#store = store;
    this.#now = store.clock.now();
    this.#hidden = hidden;
  }

  term(entity: EntitySpec, path: string): Term {
    const steps = path.split('/');
    const lookups: ColumnSpec[] = [];
    let place = entity;
    for (const step of steps.slice(0, -1)) {
      const lookup = this.column(place, step, 'navigation');
      const target = lookup.target === undefined ? undefined : this.#store.model.entity(lookup.target);
      if (target === undefined) throw unknownProperty(step, place.name);
      lookups.push(lookup);
      place = target;
    }
    const last = steps.at(-1) ?? '';
    const column = this.column(place, last, 'either');
    if (column.kind === 'lookup' && last === column.property)
      this.failure ??= new ColumnPathProblem(path.replaceAll('/', '.'), entity.name);
    if (column.kind === 'stream')
      throw new QueryProblem(`The property '${last}' cannot be used in the $filter query option.`);
    return this.#reading(lookups, column);
  }

  /** A column by its name in a body or in a path; OData sees columns and objects only after its rebuild. */
  column(entity: EntitySpec, name: string, how: 'navigation' | 'property' | 'either'): ColumnSpec {
    const byProperty = how === 'navigation' ? undefined : entity.properties.get(name);
    const byName = how === 'property' ? undefined : entity.columns.get(name);
    const column = byProperty ?? (byName?.kind === 'lookup' ? byName : undefined);
    if (column === undefined || column.inODataFrom > this.#now) throw unknownProperty(name, entity.name);
    if (this.#hidden(entity.name).has(column.property)) throw new HiddenColumn(entity.name);
    return column;
  }

  /** Whether a column is shown to this user at this moment. */
  shows(entity: EntitySpec, column: ColumnSpec): boolean {
    return column.inODataFrom <= this.#now && !this.#hidden(entity.name).has(column.property);
  }

  /** The record a lookup refers to. */
  target(column: ColumnSpec, record: JsonObject): JsonObject | null {
    const id = record[column.property];
    if (typeof id !== 'string' || column.target === undefined) return null;
    const key = `${column.target}/${id}`;
    let found = this.#met.get(key);
    if (found === undefined) {
      found = this.#store.find(column.target, id) ?? null;
      this.#met.set(key, found);
    }
    return found;
  }

  #reading(lookups: readonly ColumnSpec[], column: ColumnSpec): Term {
    const edm = edmTypes[column.kind];
    const empty = emptyOf(column);
    const [first, second] = lookups;
    if (first === undefined) {
      const { property } = column;
      return { edm, column, ownProperty: property, value: (record) => record[property] ?? empty };
    }
    // `Account/Id` stands in the record itself: no need to fetch the account.
    if (second === undefined && column.name === 'Id') {
      const { property } = first;
      return { edm, ownProperty: property, value: (record) => record[property] ?? null };
    }
    return {
      edm,
      value: (record) => {
        let place: JsonObject | null = record;
        for (const lookup of lookups) {
          if (place === null) return null;
          place = this.target(lookup, place);
        }
        return place === null ? null : (place[column.property] ?? empty);
      },
    };
  }
}

/** The user may not see a column that the question names. */
export class HiddenColumn extends Error {
  override readonly name = 'HiddenColumn';
  readonly entity: string;

  constructor(entity: string) {
    super(`Current user does not have permissions for the "${entity}" object`);
    this.entity = entity;
  }
}

/** Texts, numbers and booleans are never null in the database; lookups and dates may be. */
function emptyOf({ kind }: ColumnSpec): Json {
  if (kind === 'text') return '';
  if (kind === 'int') return 0;
  if (kind === 'decimal') return '0';
  return kind === 'boolean' ? false : null;
}
