import type { Json, JsonObject } from '../kit/json.js';
import { makePerson } from '../kit/people.js';
import { Random } from '../kit/random.js';
import { ControlProblem } from '../kit/settings.js';
import type { TouchOrder } from '../kit/vendor-app.js';
import type { Entity } from './entity.js';
import { storedName } from './fields.js';
import type { Actor, PortalStore } from './store.js';

const PERSON: Actor = { userId: 1, isPerson: true };

/** Changes, adds or deletes records as a person at the portal would: unchecked, not in the log, but heard by events. */
export function touch(store: PortalStore, order: TouchOrder, random: Random): string[] {
  const entity = store.entities.find(({ names }) => names.stream === order.stream);
  if (entity === undefined) throw new ControlProblem(`Stream \`${order.stream}\` is not known.`);
  if (order.op === 'create') return addSome(store, entity, order);
  const rows = order.ids.length > 0 ? rowsOf(entity, order.ids) : someRows(entity, order.count, random);
  return rows.map((row, index) => {
    const id = entity.table.idOf(row);
    if (order.op === 'delete') store.remove(entity, row, PERSON);
    else store.update(entity, row, changesOf(entity, row, order.fields, index + 1), PERSON);
    return id;
  });
}

function rowsOf(entity: Entity, ids: readonly string[]): number[] {
  return ids.map((id) => {
    const row = entity.table.rowOf(id);
    if (row < 0) throw new ControlProblem(`No record of ${entity.names.stream} has id \`${id}\`.`);
    return row;
  });
}

/** `count` different living rows in order of id, or all when there are fewer. */
function someRows({ table }: Entity, count: number, random: Random): number[] {
  const rows = [...table.rows()];
  if (count >= rows.length) return rows;
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.pick(rows));
  return [...chosen].sort((one, other) => one - other);
}

/** The given fields under any of their names, `{n}` and `{id}` filled in; without any, the name gets a new ending. */
function changesOf(entity: Entity, row: number, fields: JsonObject, n: number): JsonObject {
  if (Object.keys(fields).length > 0) return named(entity, fields, n, entity.table.idOf(row));
  const name = captionName(entity);
  const text = String(entity.table.record(row)[name] ?? '');
  const turn = Number(/ ~(\d+)$/.exec(text)?.[1] ?? 0) + 1;
  return { [name]: `${text.replace(/ ~\d+$/, '')} ~${turn}` };
}

function addSome(store: PortalStore, entity: Entity, order: TouchOrder): string[] {
  return Array.from({ length: order.count }, (_, index) => {
    const number = entity.table.nextRow + 1;
    const person = makePerson(new Random(number), number);
    const base: JsonObject =
      entity.kind === 'contact'
        ? { name: person.firstName, lastName: person.lastName }
        : { [captionName(entity)]: `${entity.names.stream} ${number}` };
    const stage = entity.camel('stageId') === undefined ? {} : firstStage(store, entity);
    const record = { assignedById: 1, opened: 'Y', ...stage, ...base, ...named(entity, order.fields, index + 1, '') };
    return store.create(entity, record, PERSON);
  });
}

function firstStage(store: PortalStore, entity: Entity): JsonObject {
  const category = store.categoriesOf(entity.names.typeId).find(({ isDefault }) => isDefault)?.id ?? 0;
  const stageId = store.directory(store.stageDirectory(entity, category))[0]?.statusId ?? 'NEW';
  return {
    ...(entity.camel('categoryId') === undefined ? {} : { categoryId: category }),
    stageId,
    stageSemanticId: 'P',
  };
}

function named(entity: Entity, fields: JsonObject, n: number, id: string): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => {
      const field = entity.camel(key) ?? entity.upper(key);
      return [field === undefined ? key : storedName(field), filled(value, n, id)];
    }),
  );
}

function filled(value: Json, n: number, id: string): Json {
  return typeof value === 'string' ? value.replaceAll('{n}', String(n)).replaceAll('{id}', id) : value;
}

function captionName(entity: Entity): string {
  if (entity.names.stream === 'activities') return 'subject';
  if (entity.names.stream === 'comments') return 'comment';
  return entity.camel('title') === undefined ? 'name' : 'title';
}
