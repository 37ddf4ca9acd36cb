import type { Json, JsonObject } from '../../kit/json.js';
import type { ColumnSpec } from '../schema/columns.js';
import type { EntitySpec } from '../schema/model.js';
import type { CreatioStore } from '../store.js';
import { unknownPath } from './problems.js';

/** A column reached by a path such as `Name`, `Account.Owner.Name` or `[ContactCommunication:Contact:Id].Number`. */
export interface Reached {
  readonly column: ColumnSpec;
  /** The object the column belongs to. */
  readonly entity: EntitySpec;
  /** The record that holds it, from the record the path starts at. */
  readonly holder: (record: JsonObject) => JsonObject | null;
}

/** The value of a reached column in stored form. */
export function storedValue({ column, holder }: Reached, record: JsonObject): Json {
  return holder(record)?.[column.property] ?? null;
}

/** Follows paths of DataService; throws ServiceProblem for one that leads nowhere. */
export class ServicePaths {
  readonly #store: CreatioStore;
  readonly #met = new Map<string, JsonObject | null>();

  constructor(store: CreatioStore) {
    this.#store = store;
  }

  reach(root: EntitySpec, path: string): Reached {
    let entity = root;
    let holder: (record: JsonObject) => JsonObject | null = (record) => record;
    const steps = path.match(/\[[^\]]+\](:\w+)?|[^.]+/g) ?? [];
    for (const step of steps.slice(0, -1)) {
      const before = holder;
      const next = step.startsWith('[')
        ? this.#joined(root, path, entity, step)
        : this.#lookup(root, path, entity, step);
      entity = next.entity;
      holder = (record) => {
        const place = before(record);
        return place === null ? null : next.follow(place);
      };
    }
    const column = entity.columns.get(steps.at(-1) ?? '');
    if (column === undefined) throw unknownPath(path, root.name);
    return { column, entity, holder };
  }

  /** The record with that id, read once per query. */
  record(entity: string, id: string): JsonObject | null {
    const key = `${entity}/${id}`;
    let found = this.#met.get(key);
    if (found === undefined) {
      found = this.#store.find(entity, id) ?? null;
      this.#met.set(key, found);
    }
    return found;
  }

  /** What a record is called in lookups. */
  displayOf(entity: string, id: string): string {
    const display = this.#store.model.entity(entity)?.display ?? 'Name';
    const shown = this.record(entity, id)?.[display];
    return typeof shown === 'string' ? shown : '';
  }

  #lookup(root: EntitySpec, path: string, entity: EntitySpec, step: string) {
    const column = entity.columns.get(step);
    const target = column?.target === undefined ? undefined : this.#store.model.entity(column.target);
    if (column === undefined || target === undefined) throw unknownPath(path, root.name);
    const follow = (record: JsonObject): JsonObject | null => {
      const id = record[column.property];
      return typeof id === 'string' ? this.record(target.name, id) : null;
    };
    return { entity: target, follow };
  }

  /** `[Other:Column:Own]`: the first row of `Other` whose `Column` equals our `Own`. */
  #joined(root: EntitySpec, path: string, entity: EntitySpec, step: string) {
    const [name = '', foreign = '', own = 'Id'] = step.replace(/^\[|\].*$/g, '').split(':');
    const other = this.#store.model.entity(name);
    const column = other?.columns.get(foreign);
    const mine = entity.columns.get(own);
    if (other === undefined || column === undefined || mine === undefined) throw unknownPath(path, root.name);
    const { rows } = this.#store.table(name);
    const follow = (record: JsonObject): JsonObject | null => {
      const value = record[mine.property];
      const row = typeof value === 'string' ? rows.withValue(column.property, value)[0] : undefined;
      return row === undefined ? null : rows.record(row);
    };
    return { entity: other, follow };
  }
}
