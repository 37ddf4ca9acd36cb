import type { Json, JsonObject } from '../../kit/json.js';
import type { CreatioUser } from '../auth/users.js';
import type { EntitySpec } from '../schema/model.js';
import type { QueryWorld } from '../world.js';
import { together } from '../writing/transaction.js';
import type { WriteContext } from '../writing/writer.js';
import { readFilters } from './filters.js';
import { at, itemsOf, objectAt } from './keys.js';
import { ServicePaths } from './paths.js';
import { ServiceProblem, unknownPath } from './problems.js';
import { fittingRows } from './rows.js';
import { parameterValue } from './values.js';

/** InsertQuery. */
export function insert(world: QueryWorld, entity: EntitySpec, query: JsonObject, context: WriteContext): object {
  const record = world.writer.create(entity, columnValues(world, entity, query), context);
  return { id: record.Id ?? null, rowsAffected: 1, nextPrcElReady: false, success: true };
}

/** UpdateQuery: every row that fits, one after the other, in one transaction. */
export function update(
  world: QueryWorld,
  user: CreatioUser,
  entity: EntitySpec,
  query: JsonObject,
  context: WriteContext,
): object {
  const values = columnValues(world, entity, query);
  const rows = affected(world, user, entity, query);
  together(world.store, context.effect, (effect) => {
    for (const row of rows) world.writer.update(entity, row, values, { ...context, effect });
  });
  return { rowsAffected: rows.length, nextPrcElReady: false, success: true };
}

/** DeleteQuery. */
export function remove(
  world: QueryWorld,
  user: CreatioUser,
  entity: EntitySpec,
  query: JsonObject,
  context: WriteContext,
): object {
  const rows = affected(world, user, entity, query);
  together(world.store, context.effect, (effect) => {
    for (const row of rows) world.writer.remove(entity, row, { ...context, effect });
  });
  return { rowsAffected: rows.length, nextPrcElReady: false, success: true };
}

function affected(world: QueryWorld, user: CreatioUser, entity: EntitySpec, query: JsonObject): number[] {
  const filters = objectAt(query, 'filters');
  if (filters === undefined || itemsOf(filters).length === 0)
    throw new ServiceProblem('ArgumentException', 'The query needs filters.');
  const filter = readFilters(filters, entity, new ServicePaths(world.store), world);
  const rows = fittingRows(world, user, entity, filter).map(({ row }) => row);
  const most = world.settings.max_entity_row_count;
  if (rows.length > most)
    throw new ServiceProblem('InvalidOperationException', `More than ${most} rows cannot be changed at once.`);
  return rows;
}

/** `columnValues` by the name of the column (a lookup also with `Id`). */
function columnValues(world: QueryWorld, entity: EntitySpec, query: JsonObject): JsonObject {
  const pairs = itemsOf(objectAt(query, 'columnValues')).map(([name, expression]): [string, Json] => {
    const column = entity.columns.get(name) ?? entity.properties.get(name);
    if (column === undefined) throw unknownPath(name, entity.name);
    const parameter = objectAt(expression, 'parameter');
    const value = parameter === undefined ? null : (at(parameter, 'value') ?? null);
    const given = lookupId(value);
    return [column.property, parameterValue(column, given, world.settings.user_zone_minutes)];
  });
  return Object.fromEntries(pairs);
}

/** A lookup may be given as its id or as `{value, displayValue}`. */
function lookupId(value: Json): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return at(value, 'value') ?? null;
}
