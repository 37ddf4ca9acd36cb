import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { fingerprintOf } from './fingerprint.js';
import { byFingerprint, id, moment, origin, plain, type StreamSpec } from './spec.js';

const writable = { isWritable: true } as const;

export const tasks: StreamSpec = {
  name: 'tasks',
  title: 'Tasks',
  path: '/tasks',
  embedded: 'tasks',
  key: ['id'],
  fields: [
    id('id', 'ID'),
    plain('text', 'Text', 'text', writable),
    moment('complete_till', 'Due at', writable),
    id('task_type_id', 'Type', writable),
    plain('entity_type', 'Kind of parent', 'text', writable),
    id('entity_id', 'Parent', writable),
    plain('is_completed', 'Is completed', 'boolean', writable),
    plain('result', 'Result', 'text', writable),
    plain('duration', 'Duration in seconds', 'integer', writable),
    ...origin,
    id('account_id', 'Account'),
    plain('fingerprint', 'Fingerprint'),
  ],
  hasCustomFields: false,
  links: [],
  // The list can be filtered by the moment of change, but not ordered by it.
  changes: { isOrdered: false, mayIgnoreFilters: false, deletions: null },
  filters: {
    responsible_user_id: 'filter[responsible_user_id][]',
    is_completed: 'filter[is_completed]',
    task_type_id: 'filter[task_type][]',
    entity_type: 'filter[entity_type]',
  },
  finds: { id: 'filter[id][]' },
  write: byFingerprint,
  complete: (_raw, record) => {
    // An empty object comes as an empty list.
    record.result = isJsonObject(record.result) ? keyText(record.result.text) : null;
    record.fingerprint = fingerprintOf(record, 'tasks');
  },
  compose: (body: JsonObject) => {
    if (body.result !== undefined) body.result = { text: body.result ?? '' };
  },
};
