import type { Json, JsonObject } from '../../kit/json.js';
import type { CreatioUser } from '../auth/users.js';
import { comparer } from '../query/filter.js';
import type { EntitySpec } from '../schema/model.js';
import { edmTypes } from '../values.js';
import type { QueryWorld } from '../world.js';
import { notPermitted } from '../writing/problems.js';
import { type Aggregate, aggregated } from './aggregates.js';
import { pathOf, readFilters } from './filters.js';
import { at, itemsOf, numberOf, objectAt } from './keys.js';
import { type Reached, ServicePaths, storedValue } from './paths.js';
import { ServiceProblem } from './problems.js';
import { type FoundRow, fittingRows } from './rows.js';
import { shownValue } from './values.js';

/** A column of a SelectQuery. */
export interface SelectedColumn {
  readonly alias: string;
  readonly reached: Reached;
  readonly aggregate: Aggregate | undefined;
  /** 0 = none, 1 = ascending, 2 = descending. */
  readonly direction: number;
  readonly position: number;
  readonly isVisible: boolean;
}

/** SelectQuery: rows, what their columns are, and which asked columns were silently left out. */
export function select(world: QueryWorld, user: CreatioUser, entity: EntitySpec, query: JsonObject): object {
  if (!world.rights.may(user, entity.name, 'read')) throw notPermitted(entity.name);
  const paths = new ServicePaths(world.store);
  const { columns, notFound } = readColumns(world, user, entity, query, paths);
  const filter = readFilters(objectAt(query, 'filters'), entity, paths, world);
  const found = fittingRows(world, user, entity, filter);
  const shown = columns.filter(({ isVisible }) => isVisible);
  const zone = world.settings.user_zone_minutes;
  const isTotal = columns.some(({ aggregate }) => aggregate !== undefined);
  const rows = isTotal
    ? aggregated(found, columns, (column, record) => shownValue(column.reached, record, paths, zone))
    : page(world, query, ordered(found, columns, world)).map(({ record }) =>
        Object.fromEntries(
          shown.map(({ alias, reached }): [string, Json] => [alias, shownValue(reached, record, paths, zone)]),
        ),
      );
  return {
    rowConfig: Object.fromEntries(shown.map(({ alias, reached }) => [alias, configOf(reached)])),
    rows,
    notFoundColumns: notFound,
    rowsAffected: rows.length,
    nextPrcElReady: false,
    success: true,
  };
}

function readColumns(world: QueryWorld, user: CreatioUser, entity: EntitySpec, query: JsonObject, paths: ServicePaths) {
  const hidden = world.rights.hiddenColumns(user, entity.name);
  const columns: SelectedColumn[] = [];
  const notFound: string[] = [];
  const asked = itemsOf(objectAt(query, 'columns'));
  if (at(query, 'allColumns') === true) {
    for (const column of entity.columns.values())
      if (column.kind !== 'stream' && !hidden.has(column.property))
        columns.push(plain(column.name, paths.reach(entity, column.name)));
  }
  for (const [alias, item] of asked) {
    try {
      const column = readColumn(alias, item, entity, paths);
      if (!hidden.has(column.reached.column.property)) columns.push(column);
    } catch (error) {
      if (!(error instanceof ServiceProblem) || world.settings.data_service_unknown_columns === 'refused') throw error;
      notFound.push(alias);
    }
  }
  // The platform always reads the key along.
  if (!columns.some(({ alias, aggregate }) => alias === 'Id' || aggregate !== undefined))
    columns.push(plain('Id', paths.reach(entity, 'Id')));
  return { columns, notFound };
}

function plain(alias: string, reached: Reached): SelectedColumn {
  return { alias, reached, aggregate: undefined, direction: 0, position: -1, isVisible: true };
}

function readColumn(alias: string, item: JsonObject, entity: EntitySpec, paths: ServicePaths): SelectedColumn {
  const expression = objectAt(item, 'expression') ?? {};
  const isFunction = numberOf(expression, 'expressionType') === 1;
  const argument = objectAt(expression, 'functionArgument');
  const path = (isFunction ? pathOf(argument) : pathOf(expression)) ?? alias;
  return {
    alias,
    reached: paths.reach(entity, path),
    aggregate: isFunction ? { type: numberOf(expression, 'aggregationType') ?? 1 } : undefined,
    direction: numberOf(item, 'orderDirection') ?? 0,
    position: numberOf(item, 'orderPosition') ?? -1,
    isVisible: at(item, 'isVisible') !== false,
  };
}

function ordered(found: FoundRow[], columns: readonly SelectedColumn[], world: QueryWorld): FoundRow[] {
  const orders = columns
    .filter(({ direction, position }) => direction > 0 && position >= 0)
    .sort((one, other) => one.position - other.position);
  if (orders.length === 0) return found;
  const compares = orders.map(({ reached }) => comparer(edmTypes[reached.column.kind], world.settings));
  return found.sort((one, other) => {
    for (const [index, { reached, direction }] of orders.entries()) {
      const [left, right] = [storedValue(reached, one.record), storedValue(reached, other.record)];
      if (left === right) continue;
      const order = left === null ? 1 : right === null ? -1 : (compares[index]?.(left, right) ?? 0);
      if (order !== 0) return direction === 2 ? -order : order;
    }
    return one.row - other.row;
  });
}

/** `isPageable` with `rowCount` and `rowsOffset`; never more than the platform gives at once. */
function page(world: QueryWorld, query: JsonObject, found: readonly FoundRow[]): readonly FoundRow[] {
  const most = world.settings.max_entity_row_count;
  const count = numberOf(query, 'rowCount') ?? -1;
  const limit = count < 0 ? most : Math.min(count, most);
  const offset = at(query, 'isPageable') === true ? Math.max(0, numberOf(query, 'rowsOffset') ?? 0) : 0;
  return found.slice(offset, offset + limit);
}

function configOf({ column }: Reached): object {
  const { dataValueType, kind, target } = column;
  return kind === 'lookup' ? { dataValueType, isLookup: true, referenceSchemaName: target } : { dataValueType };
}
