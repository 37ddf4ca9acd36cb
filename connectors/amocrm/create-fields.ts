import { Failure } from '../../core/failures.js';
import type { JsonObject } from '../../core/json.js';
import type { FieldDeclaration, FieldType, NewField } from '../kit/index.js';
import { type Account, rowsIn } from './account.js';
import { isRefusal } from './client.js';
import { type CustomField, customFieldOf, declarationOf, findField, ownIdCode } from './custom-fields.js';
import { fieldsPath, RecordList } from './reading/list.js';
import type { StreamSpec } from './streams/spec.js';

const types: Readonly<Partial<Record<FieldType, string>>> = {
  integer: 'numeric',
  decimal: 'numeric',
  money: 'numeric',
  boolean: 'checkbox',
  date: 'date',
  datetime: 'date_time',
  object: 'textarea',
  any: 'textarea',
};

/** Makes fields that a person agreed to; one that is there already, by code or caption, is taken as it is. */
export async function createFields(
  account: Account,
  stream: StreamSpec,
  fields: readonly NewField[],
  signal: AbortSignal,
): Promise<readonly FieldDeclaration[]> {
  const [path] = stream.hasCustomFields ? await new RecordList(account, stream).paths(signal) : [];
  if (path === undefined) throw noFields(stream);
  account.forget();
  const known = await account.customFields(fieldsPath(path), signal);
  const made: FieldDeclaration[] = [];
  for (const field of fields) {
    const held = findField(known, field.name) ?? (await createField(account, fieldsPath(path), stream, field, signal));
    made.push({ ...declarationOf(held), name: field.name });
  }
  account.forget();
  return made;
}

/** Some accounts refuse a code at creation; then the caption is the name that records are written by. */
async function createField(
  account: Account,
  path: string,
  stream: StreamSpec,
  field: NewField,
  signal: AbortSignal,
): Promise<CustomField> {
  const code = field.name.replace(/^custom\./, '');
  const body = bodyOf(stream, field);
  const isOwnId = code === ownIdCode;
  const isCode = /^[A-Za-z_][A-Za-z0-9_]*$/.test(code);
  const attempts: JsonObject[] = isCode
    ? [
        { ...body, name: isOwnId ? field.title : titleOf(field, code), code },
        { ...body, name: code },
      ]
    : [{ ...body, name: code }];
  let refusal: unknown = null;
  for (const attempt of attempts) {
    const answer = await account.client.send({
      method: 'POST',
      path: `${path}/custom_fields`,
      body: [attempt],
      signal,
    });
    if (answer.status < 300) {
      const [row] = rowsIn(account.client.bodyOf(answer), 'custom_fields');
      if (row !== undefined) return customFieldOf({ ...attempt, ...row });
    }
    refusal = account.client.failureOf(answer);
    if (!isRefusal(refusal)) throw refusal;
  }
  throw refused(stream, field, refusal);
}

function bodyOf(stream: StreamSpec, field: NewField): JsonObject {
  const isOwnId = field.name === `custom.${ownIdCode}`;
  const choices = field.values ?? [];
  const type =
    choices.length > 0 ? (field.isMultiple === true ? 'multiselect' : 'select') : (types[field.type] ?? 'text');
  return {
    type: isOwnId ? 'text' : type,
    ...(choices.length > 0 && { enums: choices.map((value, sort) => ({ value, sort })) }),
    // People would only break what tells our records apart.
    ...(isOwnId && stream.changes !== null && { is_api_only: true }),
  };
}

function titleOf(field: NewField, code: string): string {
  return field.title === '' ? code : field.title;
}

function noFields(stream: StreamSpec): Failure {
  return new Failure('definition/fields_missing', {
    message: `Stream \`${stream.name}\` has no fields of the account's own.`,
    hint: 'Map the text to a standard field.',
  });
}

function refused(stream: StreamSpec, field: NewField, refusal: unknown): Failure {
  const words = isRefusal(refusal) ? refusal.message : 'amoCRM said nothing.';
  return new Failure('write/record_refused', {
    message: `\`${stream.name}\` did not take the new field \`${field.name}\`: ${words}`,
    hint: 'Add the field in the account by hand, with this code.',
  });
}
