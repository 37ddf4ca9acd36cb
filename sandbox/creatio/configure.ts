import { isObject, textAt } from '../kit/json.js';
import { ControlProblem } from '../kit/settings.js';
import { namedGuid } from './guid.js';
import { typeWords } from './schema/columns.js';
import { SUPERVISOR_CONTACT } from './store.js';
import type { QueryWorld } from './world.js';

/**
 * What an administrator does in the designer: `{entity, column, type, caption, target}` adds a column, `{entity,
 * caption}` a list of values. DataService sees it at once, OData after its rebuild.
 */
export function configure(world: QueryWorld, body: unknown): object {
  if (!isObject(body)) throw new ControlProblem('The schema takes {entity, column, type, caption, target}.');
  const name = textAt(body, 'entity') ?? '';
  const caption = textAt(body, 'caption') ?? name;
  const inODataFrom = world.clock.now() + world.settings.odata_rebuild_ms;
  const column = textAt(body, 'column');
  const entity = world.model.entity(name);
  if (column === undefined) {
    if (entity !== undefined) throw new ControlProblem(`Object \`${name}\` exists already.`);
    demandName(name);
    const made = world.model.addLookup(name, caption, inODataFrom);
    const fields = { UId: made.uId, Name: name, Caption: caption, ManagerName: 'EntitySchemaManager' };
    const schema = world.model.entity('SysSchema');
    if (schema !== undefined)
      world.store.insert(schema, { Id: namedGuid(`schema/${name}`), ...fields }, SUPERVISOR_CONTACT);
    return { entity: name, in_odata_from: new Date(inODataFrom).toISOString() };
  }
  if (entity === undefined) throw new ControlProblem(`Object \`${name}\` is not known.`);
  demandName(column);
  if (entity.columns.has(column)) throw new ControlProblem(`Column \`${column}\` exists already.`);
  const type = textAt(body, 'type') ?? 'text';
  if (!typeWords.includes(type))
    throw new ControlProblem(`Type \`${type}\` is not known. Known types: ${typeWords.join(', ')}.`);
  const target = textAt(body, 'target');
  if (type === 'lookup' && (target === undefined || world.model.entity(target) === undefined))
    throw new ControlProblem('`target` must name an object.');
  const made = world.model.addColumn(entity, { name: column, type, caption, target, inODataFrom });
  return { entity: name, property: made.property, in_odata_from: new Date(inODataFrom).toISOString() };
}

/** Custom names carry the prefix of whoever makes them. */
function demandName(name: string): void {
  if (!/^[A-Z][a-z]+[A-Z0-9]\w*$/.test(name))
    throw new ControlProblem(`Name \`${name}\` must begin with a prefix such as Usr.`);
}
