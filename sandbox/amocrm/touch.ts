import type { Json, JsonObject } from '../kit/json.js';
import { makePerson } from '../kit/people.js';
import type { Random } from '../kit/random.js';
import { ControlProblem } from '../kit/settings.js';
import type { TouchOrder } from '../kit/vendor-app.js';
import { fieldsOf } from './custom-values.js';
import { readEntity } from './entity-items.js';
import { enumTypes } from './field-types.js';
import type { StoredValue } from './fields.js';
import { contactsOf } from './links.js';
import { readElement, readNote, readTask } from './other-items.js';
import type { AmoStore } from './store.js';
import { entityNames, isEntity, isStream, type StreamName, singular } from './streams.js';

/** Changes, adds or deletes records as a person in the web interface would: unchecked, and not in the log. */
export function touch(store: AmoStore, stream: StreamName, order: TouchOrder, random: Random): string[] {
  const by = random.pick(store.users.slice(0, 7)).id;
  if (order.op === 'create') {
    return Array.from({ length: order.count }, (_, index) =>
      String(addOne(store, stream, order.fields, index + 1, by, random)),
    );
  }
  const rows = order.ids.length > 0 ? rowsOf(store, stream, order.ids) : randomRows(store, stream, order.count, random);
  return rows.map((row, index) => {
    const table = store.tables[stream];
    const id = String(table.idOf(row));
    if (order.op === 'delete') store.remove(stream, row, by);
    else
      store.change(
        stream,
        row,
        withFields(store, stream, table.record(row), fieldsFor(table.record(row), order.fields, index + 1)),
        { by },
      );
    return id;
  });
}

/** What a person does who merges duplicates: the first record stays and gets the links of the others. */
export function mergeRecords(store: AmoStore, stream: string, ids: readonly number[]): void {
  const [kept, ...gone] = ids;
  if (stream !== 'contacts' || kept === undefined || gone.length === 0)
    throw new ControlProblem('Only contacts can be merged, two or more.');
  const by = store.owner.id;
  for (const row of rowsOf(store, 'contacts', gone.map(String))) {
    const id = store.tables.contacts.idOf(row);
    for (const leadId of [...store.links.holders('leads', 'contacts', id)]) {
      const { leads } = store.tables;
      const leadRow = leads.rowOf(leadId);
      if (leadRow < 0) continue;
      const lead = leads.record(leadRow);
      const swapped = contactsOf(lead).map((contact) => (contact.id === id ? { ...contact, id: kept } : contact));
      const contacts = swapped.filter(
        (contact, index) => swapped.findIndex((other) => other.id === contact.id) === index,
      );
      store.change('leads', leadRow, { ...lead, contacts }, { by });
    }
    store.remove('contacts', row, by);
  }
  const [row = -1] = rowsOf(store, 'contacts', [String(kept)]);
  store.change('contacts', row, store.tables.contacts.record(row), { by });
  store.events.add({
    type: 'entity_merged',
    entityType: singular.contacts,
    entityId: kept,
    createdBy: by,
    createdAt: store.now(),
    before: gone.map((id) => ({ entity: { id } })),
  });
}

/** Takes deleted records back out of the bin. */
export function restoreRecords(store: AmoStore, stream: string, ids: readonly number[]): void {
  if (!isStream(stream)) throw new ControlProblem(`Stream \`${stream}\` is not known.`);
  const table = store.tables[stream];
  for (const id of ids) {
    const row = table.anyRowOf(id);
    if (row < 0 || row >= table.records.nextRow || !table.isDeleted(row))
      throw new ControlProblem(`No deleted record of ${stream} has id \`${id}\`.`);
    store.restore(stream, row, store.owner.id);
  }
}

function rowsOf(store: AmoStore, stream: StreamName, ids: readonly string[]): number[] {
  return ids.map((id) => {
    const row = store.tables[stream].rowOf(Number(id));
    if (row < 0) throw new ControlProblem(`No record of ${stream} has id \`${id}\`.`);
    return row;
  });
}

/** `count` different living rows in order of id, or all when there are fewer. */
function randomRows(store: AmoStore, stream: StreamName, count: number, random: Random): number[] {
  const rows = [...store.tables[stream].rows()];
  if (count >= rows.length) return rows;
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.pick(rows));
  return [...chosen].sort((one, other) => one - other);
}

/** The given fields with `{n}` and `{id}` filled in; without any, the name (or text) gets a new ending. */
function fieldsFor(record: JsonObject, fields: JsonObject, n: number): JsonObject {
  if (Object.keys(fields).length > 0) return filled(fields, n, String(record.id));
  const key = typeof record.name === 'string' ? 'name' : 'text';
  const text = String(record[key] ?? '');
  const turn = Number(/ ~(\d+)$/.exec(text)?.[1] ?? 0) + 1;
  return { [key]: `${text.replace(/ ~\d+$/, '')} ~${turn}` };
}

function filled(fields: JsonObject, n: number, id: string): JsonObject {
  const fill = (value: Json): Json =>
    typeof value === 'string' ? value.replaceAll('{n}', String(n)).replaceAll('{id}', id) : value;
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, fill(value)]));
}

/** Plain keys are set as they are; any other names a custom field by code, caption or id and gives its value. */
function withFields(store: AmoStore, stream: StreamName, record: JsonObject, fields: JsonObject): JsonObject {
  const owner = stream === 'elements' ? `catalogs/${Number(record.catalog_id)}` : stream;
  const after: JsonObject = { ...record };
  const custom: Record<string, readonly StoredValue[]> = { ...fieldsOf(record) };
  for (const [key, value] of Object.entries(fields)) {
    const field = store.fields.called(owner, key) ?? store.fields.get(owner, Number(key));
    if (Object.hasOwn(record, key) || field === undefined) after[key] = value;
    else if (value === null) delete custom[field.id];
    else if (enumTypes.has(field.type)) {
      const choice = field.enums?.find((known) => known.value === value);
      if (choice !== undefined) custom[field.id] = [{ enum_id: choice.id }];
    } else {
      const kind = field.type === 'multitext' ? field.enums?.[0]?.id : undefined;
      custom[field.id] = [{ value, ...(kind === undefined ? {} : { enum_id: kind }) }];
    }
  }
  if (Object.keys(custom).length > 0) after.cf = custom as unknown as JsonObject;
  return after;
}

function addOne(
  store: AmoStore,
  stream: StreamName,
  fields: JsonObject,
  n: number,
  by: number,
  random: Random,
): number {
  const { nextId } = store.tables[stream];
  const person = makePerson(random, nextId);
  const name = stream === 'contacts' ? `${person.firstName} ${person.lastName}` : `${stream} ${nextId}`;
  const fresh = freshRecord(store, stream, name, fields, by);
  return store.add(stream, withFields(store, stream, fresh, filled(fields, n, String(nextId))), by);
}

function freshRecord(store: AmoStore, stream: StreamName, name: string, fields: JsonObject, by: number): JsonObject {
  if (isEntity(stream)) return readEntity(store, stream, undefined, { name }, by).after;
  const [catalogId = 0] = store.catalogs.keys();
  if (stream === 'elements') return readElement(store, catalogId, undefined, { name }, by).after;
  const entity = entityNames.find((known) => known === fields.entity_type) ?? 'leads';
  const id = Number(fields.entity_id ?? 0);
  if (stream === 'notes')
    return readNote(store, entity, id, undefined, { note_type: 'common', params: { text: name } }, by).after;
  const owner: JsonObject = id === 0 ? {} : { owner: `${entity}:${id}` };
  return { ...readTask(store, undefined, { text: name, complete_till: store.now() + 86_400 }, by).after, ...owner };
}
