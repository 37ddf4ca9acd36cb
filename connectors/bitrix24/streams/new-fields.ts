import { Failure, isFailure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import type { FieldDeclaration, FieldType, NewField } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import type { Entity } from './entities.js';
import { smartProcesses } from './references.js';
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
  const prefix = await prefixOf(client, entity, signal);
  const find = async (): Promise<(FieldDeclaration | undefined)[]> => {
    known.forget(client.context.connectionId);
    const present = declaredFields(entity, await schemaOf(client, entity, signal));
    return fields.map(
      (field) =>
        present.find(({ name }) => name === codeOf(prefix, field.name)) ??
        present.find(({ name, title }) => name.startsWith('UF_') && title === field.title),
    );
  };
  const before = await find();
  for (const [index, field] of fields.entries())
    if (before[index] === undefined) await create(client, entity, prefix, field, signal);
  const after = before.includes(undefined) ? await find() : before;
  return fields.map((field, index) => after[index] ?? missing(field));
}

async function create(
  client: PortalClient,
  entity: Entity,
  prefix: string,
  field: NewField,
  signal: AbortSignal,
): Promise<void> {
  const name = codeOf(prefix, field.name);
  try {
    if (entity.code === null) await client.call('userfieldconfig.add', processField(prefix, name, field), { signal });
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

function processField(prefix: string, name: string, field: NewField): JsonObject {
  return {
    moduleId: 'crm',
    field: {
      entityId: prefix.slice('UF_'.length, -1),
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
function codeOf(prefix: string, name: string): string {
  if (name.startsWith(prefix)) return name;
  const code = name.replace(/^(UF_CRM_|UF_|custom\.)/, '');
  return `${prefix}${code}`
    .toUpperCase()
    .replace(/[^A-Z0-9_]/g, '_')
    .slice(0, 50);
}

/** Fields of a smart process carry its id, which is another one than that of its type. */
async function prefixOf(client: PortalClient, entity: Entity, signal: AbortSignal): Promise<string> {
  if (entity.code !== null) return 'UF_CRM_';
  const all = await smartProcesses(client, signal);
  const id = all.find((row) => row.entityTypeId === String(entity.typeId))?.id ?? entity.typeId;
  return `UF_CRM_${String(id)}_`;
}

function missing(field: NewField): never {
  throw new Failure('write/record_refused', {
    message: `Field \`${field.name}\` was created, and yet the portal does not list it.`,
    hint: 'Look at the custom fields in the portal, then try again.',
  });
}
