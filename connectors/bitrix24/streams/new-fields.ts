import { Failure, isFailure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import type { FieldDeclaration, FieldType, NewField } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import type { Entity } from './entities.js';
import { declaredFields, known, schemaOf } from './schema.js';

const types: Readonly<Record<FieldType, string>> = {
  text: 'string',
  integer: 'integer',
  decimal: 'double',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  money: 'money',
  phone: 'string',
  email: 'string',
  list: 'string',
  object: 'string',
  any: 'string',
};

/** Creates custom fields; one that is there already, by name or caption, is given as it is. */
export async function createFields(
  client: PortalClient,
  entity: Entity,
  fields: readonly NewField[],
  signal: AbortSignal,
): Promise<readonly FieldDeclaration[]> {
  const find = async (): Promise<(FieldDeclaration | undefined)[]> => {
    known.forget(client.context.connectionId);
    const present = declaredFields(entity, await schemaOf(client, entity, signal));
    return fields.map(
      (field) =>
        present.find(({ name }) => name === codeOf(entity, field.name)) ??
        present.find(({ name, title }) => name.startsWith('UF_') && title === field.title),
    );
  };
  const before = await find();
  for (const [index, field] of fields.entries())
    if (before[index] === undefined) await create(client, entity, field, signal);
  const after = before.includes(undefined) ? await find() : before;
  return fields.map((field, index) => after[index] ?? missing(field));
}

async function create(client: PortalClient, entity: Entity, field: NewField, signal: AbortSignal): Promise<void> {
  const name = codeOf(entity, field.name);
  try {
    if (entity.code === null) await client.call('userfieldconfig.add', processField(entity, name, field), { signal });
    else
      await client.call(
        `crm.${entity.code.toLowerCase()}.userfield.add`,
        { fields: oldField(name, field) },
        { signal },
      );
  } catch (error) {
    if (!isFailure(error) || error.kind !== 'rejected') throw error;
    throw new Failure('write/record_refused', {
      message: `Field \`${name}\` of \`${entity.stream}\` was not created: ${error.message}`,
      hint: 'Only an administrator of the portal may create fields; names take A-Z, 0-9 and _, 50 signs at most.',
      where: { stream: entity.stream, field: name },
    });
  }
}

function oldField(name: string, field: NewField): JsonObject {
  return {
    FIELD_NAME: name,
    USER_TYPE_ID: typeOf(field),
    LABEL: field.title,
    XML_ID: name,
    EDIT_FORM_LABEL: field.title,
    LIST_COLUMN_LABEL: field.title,
    LIST_FILTER_LABEL: field.title,
    MULTIPLE: isMultiple(field) ? 'Y' : 'N',
    ...(field.values !== undefined && {
      LIST: field.values.map((value, index) => ({ VALUE: value, SORT: (index + 1) * 10 })),
    }),
  };
}

function processField(entity: Entity, name: string, field: NewField): JsonObject {
  return {
    moduleId: 'crm',
    field: {
      entityId: `CRM_${entity.typeId}`,
      fieldName: name,
      userTypeId: typeOf(field),
      editFormLabel: { en: field.title, ru: field.title },
      multiple: isMultiple(field) ? 'Y' : 'N',
      ...(field.values !== undefined && {
        enum: field.values.map((value, index) => ({ value, sort: (index + 1) * 10 })),
      }),
    },
  };
}

function typeOf(field: NewField): string {
  return field.values !== undefined && field.values.length > 0 ? 'enumeration' : types[field.type];
}

function isMultiple(field: NewField): boolean {
  return field.isMultiple === true || field.type === 'list';
}

/** `UF_CRM_NIP` as it is; any other name gets what the portal puts before it. */
function codeOf(entity: Entity, name: string): string {
  const prefix = entity.code === null ? `UF_CRM_${entity.typeId}_` : 'UF_CRM_';
  if (name.startsWith('UF_CRM_')) return name;
  return `${prefix}${name.replace(/^(UF_|custom\.)/, '')}`
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, '_')
    .slice(0, 50);
}

function missing(field: NewField): never {
  throw new Failure('write/record_refused', {
    message: `Field \`${field.name}\` was created, and yet the portal does not list it.`,
    hint: 'Look at the custom fields in the portal, then try again.',
  });
}
