import type { ListMethod } from '../reading/list.js';
import type { Entity } from './entities.js';

/** The universal list of one type of records; `select` names fields other than all. */
export function itemList(entity: Entity, select: readonly string[] = ['*']): ListMethod {
  return {
    method: 'crm.item.list',
    base: { entityTypeId: entity.typeId, useOriginalUfNames: 'Y', select: [...select] },
    rowsAt: 'items',
    id: 'id',
    filterId: 'id',
    filterParam: 'filter',
    order: { order: { id: 'ASC' } },
  };
}
