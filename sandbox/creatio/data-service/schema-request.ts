import { isObject, type JsonObject } from '../../kit/json.js';
import type { EntitySpec } from '../schema/model.js';
import type { QueryWorld } from '../world.js';
import { textOf } from './keys.js';
import { ServiceProblem } from './problems.js';

/** RuntimeEntitySchemaRequest: captions, types, required columns and lookup targets of one object. */
export function describeEntity(world: QueryWorld, query: unknown): object {
  const given: JsonObject = isObject(query) ? query : {};
  const [name, uId] = [textOf(given, 'name'), textOf(given, 'uId')];
  const entity = [...world.model.entities.values()].find((one) => one.name === name || one.uId === uId);
  if (entity === undefined) throw new ServiceProblem('ItemNotFoundException', `Schema ${name ?? uId ?? ''} not found.`);
  return { success: true, schema: schemaOf(entity, world.settings.schema_items) };
}

/** EntitySchemaManagerRequest: every object by name and caption. */
export function listEntities(world: QueryWorld): object {
  const collection = [...world.model.entities.values()].map(({ uId, name, caption }) => ({ uId, name, caption }));
  return { success: true, collection };
}

function schemaOf(entity: EntitySpec, itemsKey: 'items' | 'Items'): object {
  const columns = [...entity.columns.values()];
  const primary = columns.find(({ name }) => name === 'Id');
  return {
    uId: entity.uId,
    name: entity.name,
    caption: { 'en-US': entity.caption },
    description: {},
    primaryColumnUId: primary?.uId ?? '',
    primaryDisplayColumnName: entity.display,
    isVirtual: false,
    isDBView: false,
    isTrackChangesInDB: false,
    administratedByRecords: false,
    administratedByColumns: false,
    administratedByOperations: false,
    columns: {
      [itemsKey]: Object.fromEntries(
        columns.map((column) => [
          column.uId,
          {
            uId: column.uId,
            name: column.name,
            caption: column.caption,
            description: {},
            dataValueType: column.dataValueType,
            isRequired: column.isRequired,
            isInherited: column.isInherited,
            isIndexed: column.kind === 'lookup',
            ...(column.target === undefined ? {} : { referenceSchemaName: column.target }),
          },
        ]),
      ),
    },
  };
}
