import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { fieldsOf } from './fields.js';
import { camelOf, upperOf } from './names.js';
import { type PlainStream, sameNames } from './plain.js';
import type { PlainWriting } from './plain-writing.js';

const fields = fieldsOf(`
  !ID text ID
  *TITLE text Title
  DESCRIPTION text Description
  *RESPONSIBLE_ID text Responsible
  CREATED_BY text Set by
  !CREATED_DATE datetime Created at
  !CHANGED_DATE datetime Changed at
  !CLOSED_DATE datetime Closed at
  DEADLINE datetime Deadline
  START_DATE_PLAN datetime Planned begin
  END_DATE_PLAN datetime Planned end
  PRIORITY text Priority, 0 to 2
  STATUS text Status, 2 waiting 3 under way 4 to be accepted 5 done 6 put off
  PARENT_ID text Parent task
  GROUP_ID text Group
  ACCOMPLICES list Helpers
  AUDITORS list Observers
  TAGS any Tags
  UF_CRM_TASK list CRM records, e.g. D_12 for deal 12
  COMPANY_ID text Company, the first one of UF_CRM_TASK
  CONTACT_ID text Contact, the first one of UF_CRM_TASK
  DEAL_ID text Deal, the first one of UF_CRM_TASK
  LEAD_ID text Lead, the first one of UF_CRM_TASK
  UF_TASK_WEBDAV_FILES list Files
  XML_ID text External code`);

/** Relations of a task by what stands before the record's id in `UF_CRM_TASK`: as fields they can be references. */
const relations: readonly (readonly [field: string, prefix: string])[] = [
  ['LEAD_ID', 'L_'],
  ['DEAL_ID', 'D_'],
  ['CONTACT_ID', 'C_'],
  ['COMPANY_ID', 'CO_'],
];
const relationNames: ReadonlySet<string> = new Set(relations.map(([field]) => field));

/** Task records have the names that are written and filtered by; answers spell them otherwise. */
export const tasks: PlainStream = {
  name: 'tasks',
  title: 'Tasks',
  fields,
  isOpen: true,
  key: 'ID',
  list: {
    method: 'tasks.task.list',
    base: { select: fields.map(({ name }) => name).filter((name) => !relationNames.has(name)) },
    rowsAt: 'tasks',
    id: 'id',
    filterId: 'ID',
    filterParam: 'filter',
    order: { order: { ID: 'asc' } },
  },
  changedField: 'CHANGED_DATE',
  filters: ['CREATED_BY', 'GROUP_ID', 'ID', 'PARENT_ID', 'RESPONSIBLE_ID', 'UF_CRM_TASK'],
  findBy: ['ID', 'PARENT_ID', 'RESPONSIBLE_ID', 'TITLE', 'UF_CRM_TASK', 'XML_ID'],
  filterName: (field) => field,
  rowName: camelOf,
  recordOf: (row) => {
    const record: JsonObject = {};
    for (const [name, value] of Object.entries(sameNames(row))) record[upperOf(name)] = value;
    return { ...record, ...relationsIn(record.UF_CRM_TASK) };
  },
};

export const taskWriting: PlainWriting = {
  add: (written) => ({ method: 'tasks.task.add', params: { fields: written } }),
  update: (taskId, written) => ({ method: 'tasks.task.update', params: { taskId, fields: written } }),
  remove: (taskId) => ({ method: 'tasks.task.delete', params: { taskId } }),
  keyOf: (result) => {
    const task = isJsonObject(result) ? result.task : null;
    if (isJsonObject(task)) return typeof task.id === 'number' || typeof task.id === 'string' ? String(task.id) : null;
    return null;
  },
  ownId: { field: 'XML_ID', originatorField: null },
  written: withRelations,
};

function relationsIn(links: JsonValue | undefined): JsonObject {
  const all = Array.isArray(links) ? links.map(String) : [];
  return Object.fromEntries(
    relations.map(([field, prefix]) => [
      field,
      all.find((link) => link.startsWith(prefix))?.slice(prefix.length) ?? null,
    ]),
  );
}

/** Relations given as fields of their own go into the one list that the vendor has, behind those that stand there. */
function withRelations(given: JsonObject): JsonObject {
  const named = relations.filter(([field]) => given[field] !== undefined);
  if (named.length === 0) return given;
  const fields = Object.fromEntries(Object.entries(given).filter(([name]) => !relationNames.has(name)));
  const links = Array.isArray(given.UF_CRM_TASK) ? given.UF_CRM_TASK.map(String) : [];
  for (const [field, prefix] of named) {
    const id = keyText(given[field]);
    if (id !== null && id !== '') links.push(`${prefix}${id}`);
  }
  return { ...fields, UF_CRM_TASK: [...new Set(links)] };
}
