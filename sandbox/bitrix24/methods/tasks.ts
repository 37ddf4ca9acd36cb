import { type Json, type JsonObject, own } from '../../kit/json.js';
import { type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { addRecord, changeRecord, logged, removeRecord } from '../changes.js';
import { users } from '../directories.js';
import { ApiError } from '../errors.js';
import { readFields } from '../item-fields.js';
import { counted, readList } from '../lists.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { printOld } from '../values.js';

/** `tasks.task.*` of the second version: filters in upper names, answers in camel names with numbers as texts. */
export function addTaskMethods(table: MethodTable): void {
  const scope = 'task';
  reading(table, scope, 'tasks.task.list', list);
  reading(table, scope, 'tasks.task.get', (call) => {
    const row = rowOf(call);
    note(call, { effect: 'lookup', stream: 'tasks', id: call.portal.store.tasks.table.idOf(row), status: 200 });
    return { result: { task: shown(call, row, selected(call)) } };
  });
  reading(table, scope, 'tasks.task.getFields', (call) => ({
    result: {
      fields: Object.fromEntries(
        call.portal.store.tasks.fields.map(({ upper, title, type }) => [
          upper,
          { title, type, primary: upper === 'ID' },
        ]),
      ),
    },
  }));
  writing(table, scope, 'tasks.task.add', add);
  writing(table, scope, 'tasks.task.update', update);
  writing(table, scope, 'tasks.task.complete', (call) => {
    const { store } = call.portal;
    const closedDate = call.portal.around.time.readMoment(call.portal.around.time.text(store.now())) ?? null;
    changeRecord(call, store.tasks, rowOf(call), {
      status: 5,
      realStatus: 5,
      closedDate,
      closedBy: call.asker.user.id,
    });
    return { result: { task: shown(call, rowOf(call)) } };
  });
  writing(table, scope, 'tasks.task.delete', (call) => {
    logged(call, 'delete', 'tasks', undefined, param(call, 'taskId'), () => {
      const row = call.portal.store.tasks.table.rowOf(String(taskId(call)));
      if (row < 0) throw new ApiError(400, '1048582', 'No access to delete the task');
      removeRecord(call, call.portal.store.tasks, row);
    });
    return { result: { task: true } };
  });
}

function list(call: Call) {
  const { tasks } = call.portal.store;
  for (const key of Object.keys(phpObject(param(call, 'order', 'ORDER')) ?? {})) {
    if (tasks.upper(key.toUpperCase()) === undefined)
      throw new ApiError(400, '0', 'Invalid sorting key (internal error)');
  }
  const page = readList(call, tasks, { family: 'old', alias: (name) => upper(name) });
  const names = selected(call);
  return { result: { tasks: page.rows.map((row) => shown(call, row, names)) }, ...counted(call, page) };
}

const upper = (name: string): string =>
  /[a-z]/.test(name) ? name.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase() : name;

function selected(call: Call): ReadonlySet<string> | undefined {
  const select = phpEntries(param(call, 'select', 'SELECT'))?.map(([, name]) => upper(textOf(name)));
  return select === undefined || select.length === 0 || select.includes('*') ? undefined : new Set(select);
}

/** Without a selection everything but the links to the CRM and the files is shown. */
function shown(call: Call, row: number, names?: ReadonlySet<string>): JsonObject {
  const { tasks } = call.portal.store;
  const record = tasks.table.record(row);
  const task: JsonObject = {};
  for (const field of tasks.fields) {
    const isAsked =
      names === undefined ? !field.upper.startsWith('UF_') : names.has(field.upper) || field.name === 'id';
    if (!isAsked || field.isHidden) continue;
    const value = own(record, field.name);
    if (field.isMultiple) task[field.name] = (Array.isArray(value) ? value : []).map((part) => textOf(part));
    else
      task[field.name] =
        field.type === 'datetime' && value === undefined ? null : printOld(field, value, call.portal.around);
    if (field.name === 'updatedBy') {
      task.changedBy = task.updatedBy ?? null;
      delete task.updatedBy;
    }
  }
  for (const [name, key] of [
    ['creator', 'createdBy'],
    ['responsible', 'responsibleId'],
  ] as const) {
    const user = users.find(({ id }) => id === own(record, key));
    if (user !== undefined && (names === undefined || names.has(upper(key)))) {
      const link = `/company/personal/user/${user.id}/`;
      task[name] = {
        id: String(user.id),
        name: `${user.name} ${user.lastName}`,
        link,
        icon: '',
        workPosition: user.position,
      };
    }
  }
  return { ...task, group: [] };
}

function taskId(call: Call): number {
  const sent = param(call, 'taskId', 'TASKID', 'id');
  if (sent === undefined) {
    throw new ApiError(
      400,
      '100',
      'CTaskItem All parameters in the constructor must have real class type (internal error)',
    );
  }
  const id = intOf(sent);
  if (id <= 0) throw new ApiError(400, '0', 'wrong task id (internal error)');
  return id;
}

function rowOf(call: Call): number {
  const id = taskId(call);
  const row = call.portal.store.tasks.table.rowOf(String(id));
  if (row < 0) throw new ApiError(400, '1048583', 'Task not found or access denied');
  return row;
}

function readTask(call: Call, mode: 'add' | 'update'): JsonObject {
  const fields = phpObject(param(call, 'fields', 'FIELDS'));
  if (fields === undefined || Object.keys(fields).length === 0) {
    throw new ApiError(400, '100', 'Could not find value for parameter {fields} (internal error)');
  }
  const named = Object.fromEntries(Object.entries(fields).map(([name, value]): [string, Json] => [upper(name), value]));
  const record = readFields(call, call.portal.store.tasks, named, { family: 'old', mode });
  const responsible = own(record, 'responsibleId');
  if (responsible !== undefined && !users.some(({ id }) => id === responsible)) {
    throw core('The user specified in the "Responsible" field was not found');
  }
  const status = own(record, 'status');
  if (status !== undefined && ![2, 3, 4, 5, 6].includes(intOf(status))) throw core('Invalid status');
  if (status !== undefined) record.realStatus = status;
  return record;
}

function add(call: Call) {
  const fields = phpObject(param(call, 'fields', 'FIELDS'));
  return logged(call, 'create', 'tasks', fields, undefined, () => {
    const record = readTask(call, 'add');
    if (textOf(own(record, 'title') ?? null) === '') throw core('Task title is not specified');
    if (own(record, 'responsibleId') === undefined) throw core('Responsible person is not specified');
    const id = addRecord(call, call.portal.store.tasks, { ...newTask(call), ...record });
    return { result: { task: shown(call, call.portal.store.tasks.table.rowOf(id)) } };
  });
}

/** What a new task has without being told. */
export function newTask(call: Pick<Call, 'portal'>): JsonObject {
  const random = call.portal.kit.random;
  return {
    description: '',
    priority: 1,
    status: 2,
    realStatus: 2,
    multitask: 'N',
    allowChangeDeadline: 'N',
    taskControl: 'N',
    timeEstimate: 0,
    groupId: 0,
    favorite: 'N',
    guid: `{${random.hex(8)}-${random.hex(4)}-${random.hex(4)}-${random.hex(4)}-${random.hex(12)}}`,
  };
}

function update(call: Call) {
  const fields = phpObject(param(call, 'fields', 'FIELDS'));
  return logged(call, 'update', 'tasks', fields, param(call, 'taskId'), () => {
    const row = rowOf(call);
    const record = readTask(call, 'update');
    if (own(record, 'parentId') === taskId(call)) throw core('Cannot bind the node to itself');
    changeRecord(call, call.portal.store.tasks, row, record);
    return { result: { task: shown(call, row) } };
  });
}

const core = (sentence: string): ApiError => new ApiError(400, 'ERROR_CORE', `${sentence}<br>`);
