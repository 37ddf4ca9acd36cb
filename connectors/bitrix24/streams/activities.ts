import type { JsonObject } from '../../../core/json.js';
import { fieldsOf } from './fields.js';
import { type PlainStream, sameNames } from './plain.js';
import type { PlainWriting } from './plain-writing.js';

/** Calls, meetings, letters and to-dos in the timeline of CRM records. */
export const activities: PlainStream = {
  name: 'activities',
  title: 'Activities',
  fields: fieldsOf(`
    !ID text ID
    *OWNER_TYPE_ID text Type of the record it belongs to
    *OWNER_ID text Record it belongs to
    *TYPE_ID text Kind, 1 meeting 2 call 3 task 4 e-mail 6 other
    PROVIDER_ID text Provider
    PROVIDER_TYPE_ID text Kind of the provider
    *SUBJECT text Subject
    DESCRIPTION text Description
    DESCRIPTION_TYPE text Kind of description
    START_TIME datetime Begins at
    END_TIME datetime Ends at
    !DEADLINE datetime Deadline
    COMPLETED flag Done
    STATUS text Status
    *RESPONSIBLE_ID text Responsible
    PRIORITY text Priority
    DIRECTION text 1 incoming 2 outgoing
    LOCATION text Place
    COMMUNICATIONS list With whom
    FILES list Files
    ORIGINATOR_ID text Foreign system
    ORIGIN_ID text Id in the foreign system
    !AUTHOR_ID text Author
    !CREATED datetime Created at
    !LAST_UPDATED datetime Changed at`).map((field) =>
    field.type === 'list' ? { ...field, of: 'object' as const } : field,
  ),
  isOpen: true,
  key: 'ID',
  list: {
    method: 'crm.activity.list',
    base: { select: ['*', 'COMMUNICATIONS', 'FILES'] },
    rowsAt: null,
    id: 'ID',
    filterId: 'ID',
    filterParam: 'filter',
    order: { order: { ID: 'ASC' } },
  },
  changedField: 'LAST_UPDATED',
  filters: [
    'COMPLETED',
    'ID',
    'ORIGINATOR_ID',
    'OWNER_ID',
    'OWNER_TYPE_ID',
    'PROVIDER_ID',
    'RESPONSIBLE_ID',
    'TYPE_ID',
  ],
  findBy: ['ID', 'ORIGIN_ID', 'OWNER_ID', 'RESPONSIBLE_ID', 'SUBJECT'],
  filterName: (field) => field,
  rowName: (field) => field,
  recordOf: sameNames,
};

export const activityWriting: PlainWriting = {
  add: (fields) => ({ method: 'crm.activity.add', params: { fields } }),
  update: (id, fields) => ({ method: 'crm.activity.update', params: { id, fields } }),
  remove: (id) => ({ method: 'crm.activity.delete', params: { id } }),
  keyOf: (result) => (typeof result === 'number' || typeof result === 'string' ? String(result) : null),
  ownId: { field: 'ORIGIN_ID', originatorField: 'ORIGINATOR_ID' },
  written: (fields: JsonObject) => fields,
};
