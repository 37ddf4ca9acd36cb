import { type JsonObject, stableStringify } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import { shortHash } from '../../kit/hash.js';

/**
 * What tells one task or note from another where no field can keep an id of ours: its parent, its kind, its text and
 * its time. Takes records as they are read and fields as they are to be written.
 */
export function fingerprintOf(record: JsonObject, kind: 'tasks' | 'notes'): string {
  const text = (name: string): string => keyText(record[name]) ?? '';
  const parts =
    kind === 'tasks'
      ? [text('entity_type'), text('task_type_id') || '1', text('text'), secondOf(text('complete_till'))]
      : [text('note_type') || 'common', contentOf(record), ''];
  return shortHash([text('entity_id'), ...parts].join('\n'));
}

function contentOf(record: JsonObject): string {
  const { params, text } = record;
  if (text !== undefined && text !== null) return String(text);
  return params === undefined || params === null ? '' : stableStringify(params);
}

function secondOf(moment: string): string {
  const ms = Date.parse(moment);
  return Number.isNaN(ms) ? moment : String(Math.floor(ms / 1_000));
}
