import type { Json, JsonObject } from '../kit/json.js';
import { makePerson } from '../kit/people.js';
import type { Random } from '../kit/random.js';
import { ControlProblem } from '../kit/settings.js';
import type { TouchOrder } from '../kit/vendor-app.js';
import { type CreatioStore, type EntityTable, SUPERVISOR_CONTACT } from './store.js';

/** Changes, adds or deletes records as a person at the vendor would: no checks, nothing in the effect log. */
export function touch(store: CreatioStore, order: TouchOrder, random: Random): string[] {
  if (store.model.entity(order.stream) === undefined)
    throw new ControlProblem(`Object \`${order.stream}\` is not known.`);
  const table = store.table(order.stream);
  if (order.op === 'create') return addSome(store, table, order, random);
  const rows = order.ids.length > 0 ? rowsOf(table, order.ids) : randomRows(table, order.count, random);
  return rows.map((row, index) => {
    const id = table.rows.idOf(row);
    if (order.op === 'delete') store.remove(table.spec, row);
    else store.update(table.spec, row, fieldsFor(table, row, order.fields, index + 1), SUPERVISOR_CONTACT);
    return id;
  });
}

function rowsOf({ rows, spec }: EntityTable, ids: readonly string[]): number[] {
  return ids.map((id) => {
    const row = rows.rowOf(id);
    if (row < 0) throw new ControlProblem(`No record of ${spec.name} has id \`${id}\`.`);
    return row;
  });
}

/** `count` different living rows in order of row, or all when there are fewer. */
function randomRows({ rows }: EntityTable, count: number, random: Random): number[] {
  const living = [...rows.rows()];
  if (count >= living.length) return living;
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.pick(living));
  return [...chosen].sort((one, other) => one - other);
}

/** The given fields with `{n}` and `{id}` filled in; without any, the name gets a new ending. */
function fieldsFor({ rows, spec }: EntityTable, row: number, fields: JsonObject, n: number): JsonObject {
  if (Object.keys(fields).length > 0) return filledAll(fields, n, rows.idOf(row));
  const held = String(rows.record(row)[spec.display] ?? '');
  const turn = Number(/ ~(\d+)$/.exec(held)?.[1] ?? 0) + 1;
  return { [spec.display]: `${held.replace(/ ~\d+$/, '')} ~${turn}` };
}

function addSome(store: CreatioStore, { spec, rows }: EntityTable, order: TouchOrder, random: Random): string[] {
  return Array.from({ length: order.count }, (_, index) => {
    const number = rows.nextRow + 1;
    const person = makePerson(random, number);
    const name = spec.name === 'Contact' ? `${person.lastName} ${person.firstName}` : `${spec.name} ${number}`;
    const base: JsonObject = spec.display === 'Id' ? {} : { [spec.display]: name };
    const record = store.insert(spec, { ...base, ...filledAll(order.fields, index + 1, '') }, SUPERVISOR_CONTACT);
    return String(record.Id);
  });
}

function filledAll(fields: JsonObject, n: number, id: string): JsonObject {
  const filled = (value: Json) =>
    typeof value === 'string' ? value.replaceAll('{n}', String(n)).replaceAll('{id}', id) : value;
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, filled(value)]));
}
