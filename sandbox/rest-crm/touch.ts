import type { Json, JsonObject } from '../kit/json.js';
import { makePerson } from '../kit/people.js';
import type { Random } from '../kit/random.js';
import { ControlProblem } from '../kit/settings.js';
import type { TouchOrder } from '../kit/vendor-app.js';
import { type CrmStore, type CrmStream, sentItem } from './store.js';

/** Changes, adds or deletes records as a person at the vendor would: no checks, nothing in the effect log. */
export function touch(store: CrmStore, stream: CrmStream, order: TouchOrder, random: Random): string[] {
  if (order.op === 'create') return addSome(store, stream, order, random);
  const rows = order.ids.length > 0 ? rowsOf(stream, order.ids) : randomRows(stream, order.count, random);
  return rows.map((row, index) => {
    const id = stream.table.idOf(row);
    if (order.op === 'delete') store.remove(stream, row);
    else store.touch(stream, row, fieldsFor(stream, row, order.fields, index + 1));
    return id;
  });
}

function rowsOf({ table, name }: CrmStream, ids: readonly string[]): number[] {
  return ids.map((id) => {
    const row = table.rowOf(id);
    if (row < 0) throw new ControlProblem(`No record of ${name} has id \`${id}\`.`);
    return row;
  });
}

/** `count` different living rows in order of id, or all when there are fewer. */
function randomRows({ table }: CrmStream, count: number, random: Random): number[] {
  const rows = [...table.rows()];
  if (count >= rows.length) return rows;
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.pick(rows));
  return [...chosen].sort((one, other) => one - other);
}

/** The given fields with `{n}` and `{id}` filled in; without any, the name gets a new ending. */
function fieldsFor(stream: CrmStream, row: number, fields: JsonObject, n: number): JsonObject {
  if (Object.keys(fields).length === 0) {
    const name = String(stream.table.record(row).name ?? '').replace(/ ~\d+$/, '');
    const turn = Number(/ ~(\d+)$/.exec(String(stream.table.record(row).name ?? ''))?.[1] ?? 0) + 1;
    return { name: `${name} ~${turn}` };
  }
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, filled(value, n, stream.table.idOf(row))]),
  );
}

function filled(value: Json, n: number, id: string): Json {
  return typeof value === 'string' ? value.replaceAll('{n}', String(n)).replaceAll('{id}', id) : value;
}

function addSome(store: CrmStore, stream: CrmStream, order: TouchOrder, random: Random): string[] {
  return Array.from({ length: order.count }, (_, index) => {
    const number = stream.table.nextRow + 1;
    const person = makePerson(random, number);
    const name = stream.name === 'contacts' ? `${person.firstName} ${person.lastName}` : `${stream.name} ${number}`;
    const base: JsonObject = stream.name === 'contacts' ? { name, email: person.emails[0] ?? null } : { name };
    const given = Object.entries(order.fields).map(([key, value]) => [key, filled(value, index + 1, '')] as const);
    const item: JsonObject = { ...base, ...Object.fromEntries(given) };
    return store.create(stream, sentItem(item)).id;
  });
}
