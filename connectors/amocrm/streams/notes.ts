import { isJsonObject, type JsonObject } from '../../../core/json.js';
import { fingerprintOf } from './fingerprint.js';
import { byFingerprint, id, origin, plain, type StreamSpec } from './spec.js';

const writable = { isWritable: true } as const;

/** Notes hang below each kind of parent; each kind is a stream of its own, so that a quiet poll costs one request. */
function notesOf(name: string, title: string, parents: string): StreamSpec {
  return {
    name,
    title,
    path: `/${parents}/notes`,
    embedded: 'notes',
    key: ['id'],
    fields: [
      id('id', 'ID'),
      id('entity_id', 'Parent', { ...writable, isRequired: true }),
      plain('note_type', 'Type', 'text', writable),
      plain('text', 'Text', 'text', writable),
      plain('params', 'Content', 'object', writable),
      ...origin,
      id('account_id', 'Account'),
      plain('fingerprint', 'Fingerprint'),
    ],
    hasCustomFields: false,
    links: [],
    changes: { isOrdered: false, mayIgnoreFilters: false, deletions: null },
    filters: { note_type: 'filter[note_type][]', entity_id: 'filter[entity_id][]' },
    finds: { id: 'filter[id][]', entity_id: 'filter[entity_id][]' },
    write: byFingerprint,
    complete,
    compose,
  };
}

function complete(_raw: JsonObject, record: JsonObject): void {
  const { params } = record;
  record.params = isJsonObject(params) ? params : {};
  record.text = typeof record.params.text === 'string' ? record.params.text : null;
  record.fingerprint = fingerprintOf(record, 'notes');
}

/** A text is short for `params` with that text; a note without a type is a plain one. */
function compose(body: JsonObject): void {
  const { text } = body;
  if (text !== undefined) {
    body.params = { ...(isJsonObject(body.params) && body.params), text };
    delete body.text;
  }
  if (body.params !== undefined || body.id === undefined) body.note_type ??= 'common';
}

export const leadNotes = notesOf('lead_notes', 'Notes of leads', 'leads');
export const contactNotes = notesOf('contact_notes', 'Notes of contacts', 'contacts');
export const companyNotes = notesOf('company_notes', 'Notes of companies', 'companies');
