import type { JsonObject } from '../../kit/json.js';
import type { CreatioUser } from '../auth/users.js';
import type { EntitySpec } from '../schema/model.js';
import type { QueryWorld } from '../world.js';
import type { ServiceFilter } from './filters.js';

/** A row that fits, with its record. */
export interface FoundRow {
  readonly row: number;
  readonly record: JsonObject;
}

/** The rows a filter lets through and the user may see. */
export function fittingRows(
  world: QueryWorld,
  user: CreatioUser,
  entity: EntitySpec,
  filter: ServiceFilter,
): FoundRow[] {
  const { rows } = world.store.table(entity.name);
  const now = world.clock.now();
  const found: FoundRow[] = [];
  for (const row of candidates(world, entity, filter)) {
    if (!rows.isVisible(row, now)) continue;
    const record = rows.record(row);
    if (world.rights.seesRow(user, entity.name, record) && filter.holds(record)) found.push({ row, record });
  }
  return found;
}

function candidates(world: QueryWorld, entity: EntitySpec, { property, values }: ServiceFilter): Iterable<number> {
  const { rows } = world.store.table(entity.name);
  if (property === undefined || values === undefined) return rows.rows();
  if (property === 'Id') return [...new Set(values.map((id) => rows.rowOf(id)))].filter((row) => row >= 0);
  return new Set(values.flatMap((value) => rows.withValue(property, value)));
}
