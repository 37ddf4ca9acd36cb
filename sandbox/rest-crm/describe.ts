import { type Answer, jsonAnswer } from '../kit/exchange.js';
import { isObject, textAt } from '../kit/json.js';
import { problem } from './answers.js';
import type { Field, FieldType } from './schema.js';
import type { CrmStream } from './store.js';

const CUSTOM_TYPES: readonly FieldType[] = ['text', 'decimal', 'date', 'datetime'];

/** `GET /schema/{stream}`: standard fields, then custom ones as `custom.<code>`. */
export function describeStream({ name, fields, customFields }: CrmStream): object {
  const standard = [...fields.values()].filter((field) => field.name !== 'custom');
  const custom = [...customFields.values()].map((field) => ({ ...field, name: `custom.${field.name}`, custom: true }));
  return { stream: name, key: 'id', own_id: 'external_id', changed_at: 'updated_at', fields: [...standard, ...custom] };
}

/** `POST /schema/{stream}/fields` `{code, type, caption, max_length}`: makes a custom field. */
export function addField(stream: CrmStream, body: unknown): Answer {
  if (!isObject(body)) return problem(400, 'invalid_body', 'The body must be an object.');
  const code = textAt(body, 'code') ?? '';
  const type = CUSTOM_TYPES.find((known) => known === (textAt(body, 'type') ?? 'text'));
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(code))
    return problem(422, 'invalid_code', 'The code must be lower-case letters, digits and _.');
  if (type === undefined) return problem(422, 'invalid_type', `The type must be one of ${CUSTOM_TYPES.join(', ')}.`);
  if (stream.customFields.has(code)) return problem(409, 'duplicate_field', `Field custom.${code} exists already.`);
  const field: Field = { name: code, type, caption: textAt(body, 'caption') ?? code, max_length: 2000 };
  stream.customFields.set(code, field);
  return jsonAnswer(201, { ...field, name: `custom.${code}`, custom: true });
}
