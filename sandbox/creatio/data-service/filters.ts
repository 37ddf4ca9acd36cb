import type { Json, JsonObject } from '../../kit/json.js';
import { comparer } from '../query/filter.js';
import type { EntitySpec } from '../schema/model.js';
import { edmTypes } from '../values.js';
import type { QueryWorld } from '../world.js';
import { at, itemsOf, numberOf, objectAt, textOf } from './keys.js';
import { type Reached, type ServicePaths, storedValue } from './paths.js';
import { ServiceProblem } from './problems.js';
import { parameterValue } from './values.js';

/** A condition on records, and the values of an own property that rows must have, where it says so. */
export interface ServiceFilter {
  readonly holds: (record: JsonObject) => boolean;
  readonly property?: string;
  readonly values?: readonly string[];
}

const ALL: ServiceFilter = { holds: () => true };

const [COMPARE, IS_NULL, IN, EXISTS, GROUP] = [1, 2, 4, 5, 6];

/** Reads the tree under `filters`; disabled filters do not count. */
export function readFilters(
  filters: JsonObject | undefined,
  entity: EntitySpec,
  paths: ServicePaths,
  world: QueryWorld,
): ServiceFilter {
  return filters === undefined ? ALL : new FilterTree(paths, world).read(filters, entity);
}

class FilterTree {
  readonly #paths: ServicePaths;
  readonly #world: QueryWorld;

  constructor(paths: ServicePaths, world: QueryWorld) {
    this.#paths = paths;
    this.#world = world;
  }

  read(filter: JsonObject, entity: EntitySpec): ServiceFilter {
    if (at(filter, 'isEnabled') === false) return ALL;
    switch (numberOf(filter, 'filterType') ?? GROUP) {
      case GROUP:
        return this.#group(filter, entity);
      case COMPARE:
        return this.#comparison(filter, entity);
      case IS_NULL:
        return this.#isNull(filter, entity);
      case IN:
        return this.#isIn(filter, entity);
      case EXISTS:
        return this.#exists(filter, entity);
      default:
        throw new ServiceProblem(
          'NotSupportedException',
          `Filter type ${String(at(filter, 'filterType'))} is not supported.`,
        );
    }
  }

  #group(filter: JsonObject, entity: EntitySpec): ServiceFilter {
    const parts = itemsOf(filter).map(([, item]) => this.read(item, entity));
    const isOr = numberOf(filter, 'logicalOperation') === 1;
    const isNot = at(filter, 'isNot') === true;
    if (parts.length === 0) return ALL;
    const holds = (record: JsonObject) =>
      (isOr ? parts.some((part) => part.holds(record)) : parts.every((part) => part.holds(record))) !== isNot;
    if (isNot || (isOr && parts.length > 1)) return { holds };
    const narrow = parts.find(({ values }) => values !== undefined);
    return { holds, property: narrow?.property, values: narrow?.values };
  }

  #comparison(filter: JsonObject, entity: EntitySpec): ServiceFilter {
    const reached = this.#left(filter, entity);
    const type = numberOf(filter, 'comparisonType') ?? 3;
    const given = this.#parameters(filter, reached)[0] ?? null;
    if (given === null) return { holds: (record) => (storedValue(reached, record) === null) === (type === 3) };
    const compare = comparer(edmTypes[reached.column.kind], this.#world.settings);
    const holds = (record: JsonObject) => {
      const value = storedValue(reached, record) ?? emptyOf(reached);
      return value !== null && decided(type, value, given, compare);
    };
    if (type !== 3 || typeof given !== 'string') return { holds };
    return { holds, ...this.#narrowed(filter, entity, [given]) };
  }

  #isNull(filter: JsonObject, entity: EntitySpec): ServiceFilter {
    const reached = this.#left(filter, entity);
    const wantsNull = at(filter, 'isNull') !== false && numberOf(filter, 'comparisonType') !== 2;
    return { holds: (record) => (storedValue(reached, record) === null) === wantsNull };
  }

  #isIn(filter: JsonObject, entity: EntitySpec): ServiceFilter {
    const reached = this.#left(filter, entity);
    const isEqual = (numberOf(filter, 'comparisonType') ?? 3) === 3;
    const given = this.#parameters(filter, reached);
    const compare = comparer(edmTypes[reached.column.kind], this.#world.settings);
    const holds = (record: JsonObject) => {
      const value = storedValue(reached, record) ?? emptyOf(reached);
      if (value === null) return false;
      return given.some((other) => other !== null && compare(value, other) === 0) === isEqual;
    };
    const texts = given.filter((value): value is string => typeof value === 'string');
    if (!isEqual || texts.length !== given.length) return { holds };
    return { holds, ...this.#narrowed(filter, entity, texts) };
  }

  /** Rows of another object that refer to this one: `[ContactCommunication:Contact:Id].Id` with filters of its own. */
  #exists(filter: JsonObject, entity: EntitySpec): ServiceFilter {
    const path = pathOf(objectAt(filter, 'leftExpression')) ?? '';
    const [name = '', foreign = '', own = 'Id'] = path.replace(/^\[|\].*$/g, '').split(':');
    const { model, store } = this.#world;
    const other = model.entity(name);
    const column = other?.columns.get(foreign);
    const mine = entity.columns.get(own);
    if (other === undefined || column === undefined || mine === undefined)
      throw new ServiceProblem('ItemNotFoundException', `Column by path ${path} not found in schema ${entity.name}.`);
    const inner = readFilters(objectAt(filter, 'subFilters'), other, this.#paths, this.#world);
    const wanted = numberOf(filter, 'comparisonType') !== 16;
    const { rows } = store.table(name);
    return {
      holds: (record) => {
        const value = record[mine.property];
        const found = typeof value === 'string' ? rows.withValue(column.property, value) : [];
        return found.some((row) => inner.holds(rows.record(row))) === wanted;
      },
    };
  }

  #left(filter: JsonObject, entity: EntitySpec): Reached {
    const path = pathOf(objectAt(filter, 'leftExpression'));
    if (path === undefined)
      throw new ServiceProblem('ArgumentNullException', 'Value cannot be null. Parameter name: leftExpression');
    return this.#paths.reach(entity, path);
  }

  /** One expression on the right or several, in stored form. */
  #parameters(filter: JsonObject, { column }: Reached): Json[] {
    const many = at(filter, 'rightExpressions');
    const one = objectAt(filter, 'rightExpression');
    const expressions = Array.isArray(many) ? many : one === undefined ? [] : [one];
    return expressions.map((expression) => {
      const parameter =
        typeof expression === 'object' && expression !== null && !Array.isArray(expression)
          ? objectAt(expression, 'parameter')
          : undefined;
      const value = parameter === undefined ? null : (at(parameter, 'value') ?? null);
      return parameterValue(column, value, this.#world.settings.user_zone_minutes);
    });
  }

  #narrowed(
    filter: JsonObject,
    entity: EntitySpec,
    values: readonly string[],
  ): { property?: string; values?: readonly string[] } {
    const path = pathOf(objectAt(filter, 'leftExpression')) ?? '';
    const bare = path.replace(/\.Id$/, '');
    const column = bare.includes('.') || bare.startsWith('[') ? undefined : entity.columns.get(bare);
    if (column === undefined || (path !== bare && column.kind !== 'lookup')) return {};
    return { property: column.property, values };
  }
}

export function pathOf(expression: JsonObject | undefined): string | undefined {
  return expression === undefined ? undefined : textOf(expression, 'columnPath');
}

function emptyOf({ column }: Reached): Json {
  if (column.kind === 'text') return '';
  if (column.kind === 'int' || column.kind === 'decimal') return 0;
  return column.kind === 'boolean' ? false : null;
}

/** Comparison types by number: 3 =, 4 ≠, 5 <, 6 ≤, 7 >, 8 ≥, 9 starts, 10 not, 11 contains, 12 not, 13 ends, 14 not. */
function decided(type: number, value: Json, given: Json, compare: (one: Json, other: Json) => number): boolean {
  const [text, part] = [String(value).toLowerCase(), String(given).toLowerCase()];
  switch (type) {
    case 3:
      return compare(value, given) === 0;
    case 4:
      return compare(value, given) !== 0;
    case 5:
      return compare(value, given) < 0;
    case 6:
      return compare(value, given) <= 0;
    case 7:
      return compare(value, given) > 0;
    case 8:
      return compare(value, given) >= 0;
    case 9:
    case 10:
      return text.startsWith(part) === (type === 9);
    case 11:
    case 12:
      return text.includes(part) === (type === 11);
    case 13:
    case 14:
      return text.endsWith(part) === (type === 13);
    default:
      throw new ServiceProblem('NotSupportedException', `Comparison type ${type} is not supported.`);
  }
}
