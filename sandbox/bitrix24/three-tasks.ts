import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { type Call, note, readRight } from './call.js';
import { addRecord, changeRecord, removeRecord } from './changes.js';
import { users } from './directories.js';
import type { Field } from './fields.js';
import { newTask } from './methods/tasks.js';
import { intOf, textOf } from './php.js';
import { invalidRequest, ThreeProblem } from './three-problem.js';
import { printUniversal } from './values.js';

export type ThreeMethod = (call: Call) => Json;

/** Tasks in the third version: `{item}`, `{items}`, `{result: true}`. */
export const threeMethods: ReadonlyMap<string, ThreeMethod> = new Map<string, ThreeMethod>([
  ['tasks.task.get', get],
  ['tasks.task.list', list],
  ['tasks.task.add', add],
  ['tasks.task.update', update],
  ['tasks.task.delete', remove],
  ['tasks.task.field.list', fieldList],
]);

/** The OpenAPI description, as far as names go. */
export function documentThree(): JsonObject {
  return {
    openapi: '3.0.0',
    info: { title: 'Bitrix24 REST V3 API', version: '1.0.0' },
    tags: [{ name: 'tasks', description: 'tasks module methods' }],
    paths: Object.fromEntries([...threeMethods.keys()].map((name) => [`/${name}`, { post: { tags: ['tasks'] } }])),
    components: { schemas: { TaskDto: { type: 'object' } } },
  };
}

const STATUSES: Readonly<Record<number, string>> = {
  2: 'pending',
  3: 'in_progress',
  4: 'supposedly_completed',
  5: 'completed',
  6: 'deferred',
};
const PRIORITIES: Readonly<Record<number, string>> = { 0: 'low', 1: 'average', 2: 'high' };

/** Names here by the stored ones. */
const NAMES: Readonly<Record<string, string>> = {
  id: 'id',
  title: 'title',
  description: 'description',
  deadline: 'deadline',
  createdBy: 'creatorId',
  responsibleId: 'responsibleId',
  createdDate: 'created',
  changedDate: 'changed',
  closedDate: 'closed',
  parentId: 'parentId',
  status: 'status',
  priority: 'priority',
  xmlId: 'xmlId',
  guid: 'guid',
  groupId: 'groupId',
  ufCrmTask: 'crmItemIds',
};
const STORED: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(NAMES).map(([stored, name]) => [name, stored]),
);
const EDITABLE = new Set([
  'title',
  'description',
  'deadline',
  'responsibleId',
  'parentId',
  'priority',
  'xmlId',
  'groupId',
  'crmItemIds',
]);

function shown(call: Call, row: number, select: Json | undefined): JsonObject {
  const { tasks } = call.portal.store;
  const record = tasks.table.record(row);
  const whole: JsonObject = {};
  for (const [stored, name] of Object.entries(NAMES)) whole[name] = printed(call, tasks.camel(stored), record);
  const names = Array.isArray(select) ? select.map((name) => textOf(name)) : [];
  if (names.length === 0) return whole;
  const item: JsonObject = { id: whole.id ?? null };
  for (const name of names) {
    const [head = '', tail] = name.split('.');
    if (tail === undefined) {
      const value = own(whole, head);
      // An unknown field of the task itself is left out in silence; one of a related object is refused.
      if (value !== undefined) item[head] = value;
    } else related(item, record, head, tail);
  }
  return item;
}

function printed(call: Call, field: Field | undefined, record: JsonObject): Json {
  if (field === undefined) return null;
  const value = own(record, field.name);
  if (field.name === 'status') return STATUSES[intOf(value)] ?? 'pending';
  if (field.name === 'priority') return PRIORITIES[intOf(value)] ?? 'average';
  return printUniversal(field, value, call.portal.around);
}

function related(item: JsonObject, record: JsonObject, head: string, tail: string): void {
  const key = { responsible: 'responsibleId', creator: 'createdBy' }[head];
  const user = users.find(({ id }) => key !== undefined && id === own(record, key));
  const known: JsonObject =
    user === undefined ? {} : { id: user.id, name: user.name, lastName: user.lastName, email: user.email };
  const value = own(known, tail);
  if (value === undefined) {
    throw new ThreeProblem(400, 'UNKNOWNDTOPROPERTY', `Unknown field \`${tail}\` for entity \`UserDto\``);
  }
  const held = own(item, head);
  item[head] = { ...(isObject(held) ? held : {}), [tail]: value };
}

function idOf(call: Call): number {
  const id = own(call.params, 'id');
  if (id === undefined || id === null) throw invalidRequest('id', 'Required field `id` is not specified');
  if (typeof id !== 'number') throw invalidRequest('id', 'Field `id` requires data type `int` for this request');
  return id;
}

function get(call: Call): Json {
  const id = idOf(call);
  const { tasks } = call.portal.store;
  const row = tasks.table.rowOf(String(id));
  if (row < 0) throw new ThreeProblem(400, 'ENTITYNOTFOUND', `Record with ID = \`${id}\` not found`);
  const mayRead = readRight(call, tasks);
  if (mayRead !== undefined && !mayRead(tasks.table.record(row))) {
    throw new ThreeProblem(403, 'ACCESSDENIED', 'Access denied');
  }
  note(call, { effect: 'lookup', stream: 'tasks', id: String(id), status: 200 });
  return { item: shown(call, row, own(call.params, 'select')) };
}

/** Pages are given by `pagination {page, limit, offset}`; the filter knows the id alone. */
function list(call: Call): Json {
  const { tasks } = call.portal.store;
  const pagination = own(call.params, 'pagination') ?? {};
  const page = isObject(pagination) ? pagination : {};
  const limit = own(page, 'limit') ?? 50;
  if (typeof limit !== 'number' || limit < 1) {
    const sent = JSON.stringify(page);
    throw new ThreeProblem(400, 'INVALIDPAGINATION', `Unable to recognize the pagination parameter \`${sent}\``);
  }
  const offset =
    own(page, 'offset') === undefined
      ? (Math.max(1, intOf(own(page, 'page')) || 1) - 1) * limit
      : intOf(own(page, 'offset'));
  const fits = readFilter(own(call.params, 'filter'));
  const mayRead = readRight(call, tasks);
  const rows = [...tasks.table.rows()].filter(
    (row) => fits(Number(tasks.table.idOf(row))) && (mayRead === undefined || mayRead(tasks.table.record(row))),
  );
  const order = own(call.params, 'order');
  if (isObject(order) && textOf(own(order, 'id')).toUpperCase() === 'DESC') rows.reverse();
  note(call, { effect: 'read', stream: 'tasks', status: 200 });
  const shownRows = rows.slice(offset, offset + Math.min(limit, 1000));
  return { items: shownRows.map((row) => shown(call, row, own(call.params, 'select'))) };
}

function readFilter(filter: Json | undefined): (id: number) => boolean {
  const tests = (Array.isArray(filter) ? filter : []).map((condition) => {
    if (!Array.isArray(condition)) throw new ThreeProblem(400, 'INVALIDFILTER', 'Unable to recognize the filter');
    const [name, operator, given] = condition.length === 2 ? [condition[0], '=', condition[1]] : condition;
    if (own(STORED, textOf(name)) === undefined) {
      throw new ThreeProblem(400, 'UNKNOWNDTOPROPERTY', `Unknown field \`${textOf(name)}\` for entity \`TaskDto\``);
    }
    if (name !== 'id') {
      throw new ThreeProblem(
        400,
        'VALIDATION_DTOVALIDATION',
        `In DTO \`TaskDto\`, the \`${textOf(name)}\` field requires the \`Filterable\` attribute for such a request`,
      );
    }
    return idTest(textOf(operator), given ?? null);
  });
  return (id) => tests.every((test) => test(id));
}

function idTest(operator: string, given: Json): (id: number) => boolean {
  const values = (Array.isArray(given) ? given : [given]).map(Number);
  const [first = 0, last = 0] = values;
  switch (operator) {
    case '=':
    case 'in':
      return (id) => values.includes(id);
    case '!=':
      return (id) => !values.includes(id);
    case '>':
      return (id) => id > first;
    case '>=':
      return (id) => id >= first;
    case '<':
      return (id) => id < first;
    case '<=':
      return (id) => id <= first;
    case 'between':
      return (id) => id >= first && id <= last;
    default:
      throw new ThreeProblem(400, 'UNKNOWNFILTEROPERATOR', `Unknown filter operator \`${operator}\``);
  }
}

function readTask(call: Call, isAdd: boolean): JsonObject {
  const fields = own(call.params, 'fields');
  if (!isObject(fields)) throw invalidRequest('fields', 'Required field `fields` is not specified');
  const record: JsonObject = {};
  for (const [name, value] of Object.entries(fields)) {
    const stored = own(STORED, name);
    if (stored === undefined)
      throw new ThreeProblem(400, 'UNKNOWNDTOPROPERTY', `Unknown field \`${name}\` for entity \`TaskDto\``);
    if (!EDITABLE.has(name) && !(isAdd && name === 'creatorId')) {
      const sentence = `In DTO \`TaskDto\`, the field \`${name}\` requires the presence of the \`Editable\` attribute for such a request`;
      throw invalidRequest(name, sentence);
    }
    record[textOf(stored)] = readField(call, name, value);
  }
  return record;
}

function readField(call: Call, name: string, value: Json): Json {
  if (name === 'deadline') {
    const moment = value === null ? null : call.portal.around.time.readMoment(textOf(value));
    if (moment === undefined)
      throw invalidRequest(name, 'Field `deadline` requires data type `DateTime` for this request');
    return moment;
  }
  if (name === 'priority') return Number(Object.entries(PRIORITIES).find(([, word]) => word === value)?.[0] ?? 1);
  if (/Id$/.test(name) && name !== 'xmlId' && value !== null) {
    if (typeof value !== 'number')
      throw invalidRequest(name, `Field \`${name}\` requires data type \`int\` for this request`);
    if (name === 'responsibleId' && !users.some(({ id }) => id === value)) {
      throw invalidRequest(name, 'User specified in the "Executor" field not found');
    }
  }
  return value;
}

function add(call: Call): Json {
  const record = readTask(call, true);
  if (textOf(own(record, 'title') ?? null) === '')
    throw invalidRequest('title', 'Required field `title` is not specified');
  for (const [stored, name] of [
    ['createdBy', 'creatorId'],
    ['responsibleId', 'responsibleId'],
  ] as const) {
    if (own(record, stored) === undefined) throw invalidRequest(name, `Required field \`${name}\` is not specified`);
  }
  const { tasks } = call.portal.store;
  const id = addRecord(call, tasks, { ...newTask(call), ...record });
  return { item: shown(call, tasks.table.rowOf(id), own(call.params, 'select')) };
}

function update(call: Call): Json {
  const row = writableRow(call);
  changeRecord(call, call.portal.store.tasks, row, readTask(call, false));
  return { result: true };
}

function remove(call: Call): Json {
  removeRecord(call, call.portal.store.tasks, writableRow(call));
  return { result: true };
}

/** An unknown task and a closed one are told apart by nobody: both are "Access denied". */
function writableRow(call: Call): number {
  const row = call.portal.store.tasks.table.rowOf(String(idOf(call)));
  if (row < 0) throw new ThreeProblem(403, 'ACCESSDENIED', 'Access denied');
  return row;
}

function fieldList(call: Call): Json {
  const { tasks } = call.portal.store;
  return {
    items: Object.entries(NAMES).map(([stored, name]) => ({
      name,
      type: tasks.camel(stored)?.type ?? 'string',
      title: tasks.camel(stored)?.title ?? name,
      filterable: name === 'id',
      sortable: name === 'id',
      editable: EDITABLE.has(name),
    })),
  };
}
