import { hashOf } from '../../kit/effect-log.js';
import { type Json, type JsonObject, own } from '../../kit/json.js';
import { actorOf, type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { ApiError, legacyError } from '../errors.js';
import { intOf, isYes, phpEntries, phpObject, textOf } from '../php.js';
import { PAGE } from '../query.js';
import {
  defaultSettings,
  type EnumValue,
  type UserField,
  userFieldConfigRow,
  userFieldRow,
  userFieldTypes,
} from '../user-fields.js';
import { oldFields } from './old-items.js';

const OWNERS: Readonly<Record<string, string>> = {
  'crm.lead': 'CRM_LEAD',
  'crm.deal': 'CRM_DEAL',
  'crm.contact': 'CRM_CONTACT',
  'crm.company': 'CRM_COMPANY',
};

const LONGEST_NAME = 50;

/** Custom fields: `crm.*.userfield.*` in upper names, `userfieldconfig.*` in camel names with a scope of its own. */
export function addUserFieldMethods(table: MethodTable): void {
  for (const [name, entityId] of Object.entries(OWNERS)) {
    reading(table, 'crm', `${name}.userfield.list`, (call) => list(call, entityId));
    reading(table, 'crm', `${name}.userfield.get`, (call) => ({
      result: userFieldRow(fieldOf(call, entityId), false),
    }));
    writing(table, 'crm', `${name}.userfield.add`, (call) => add(call, entityId));
    writing(table, 'crm', `${name}.userfield.update`, (call) => update(call, entityId));
    writing(table, 'crm', `${name}.userfield.delete`, (call) => remove(call, fieldOf(call, entityId)));
  }
  reading(table, 'crm', 'crm.userfield.types', () => ({
    result: Object.entries(userFieldTypes).map(([ID, title]) => ({ ID, title })),
  }));
  const scope = 'userfieldconfig';
  reading(table, scope, 'userfieldconfig.getTypes', () => ({
    result: {
      types: Object.fromEntries(
        Object.entries(userFieldTypes).map(([userTypeId, text]) => [userTypeId, { userTypeId, description: text }]),
      ),
    },
  }));
  reading(table, scope, 'userfieldconfig.list', listConfigs);
  reading(table, scope, 'userfieldconfig.get', (call) => ({
    result: { field: userFieldConfigRow(configOf(call), true) },
  }));
  writing(table, scope, 'userfieldconfig.add', addConfig);
  writing(table, scope, 'userfieldconfig.update', (call) => {
    const field = configOf(call);
    change(call, field, upperKeys(phpObject(param(call, 'field')) ?? {}));
    return { result: { field: userFieldConfigRow(field, true) } };
  });
  writing(table, scope, 'userfieldconfig.delete', (call) => {
    remove(call, configOf(call));
    return { result: null };
  });
}

function list(call: Call, entityId: string) {
  for (const name of ['order', 'filter']) {
    const value = param(call, name, name.toUpperCase());
    if (value !== undefined && phpObject(value) === undefined) throw legacyError(`Parameter '${name}' must be array.`);
  }
  const filter = phpObject(param(call, 'filter', 'FILTER')) ?? {};
  const rows = call.portal.store.userFields
    .filter((field) => field.entityId === entityId)
    .map((field) => userFieldRow(field, true))
    .filter((row) => Object.entries(filter).every(([key, value]) => key === 'LANG' || fits(row[key], value)));
  note(call, { effect: 'read', stream: 'userfields', status: 200 });
  // All custom fields come at once, however many there are.
  return { result: rows, total: rows.length };
}

function fits(held: Json | undefined, value: Json): boolean {
  const wanted = phpEntries(value)?.map(([, part]) => textOf(part)) ?? [textOf(value)];
  return held === undefined || wanted.includes(textOf(held));
}

function fieldOf(call: Call, entityId: string): UserField {
  const id = intOf(param(call, 'id', 'ID'));
  if (id <= 0) throw legacyError('ID is not defined or invalid.');
  const found = call.portal.store.userFields.find((field) => field.id === id && field.entityId === entityId);
  if (found === undefined) throw new ApiError(400, 'ERROR_NOT_FOUND', `The entity with ID '${id}' is not found.`);
  return found;
}

function add(call: Call, entityId: string) {
  const fields = oldFields(call);
  const name = textOf(own(fields, 'FIELD_NAME'));
  if (name === '') throw legacyError("The 'FIELD_NAME' field is not found.");
  return { result: make(call, entityId, name.startsWith('UF_CRM_') ? name : `UF_CRM_${name}`, fields).id };
}

function make(call: Call, entityId: string, fieldName: string, fields: JsonObject): UserField {
  const { store, asker } = { store: call.portal.store, asker: call.asker };
  if (!asker.user.isAdmin) throw new ApiError(403, '', 'Access denied.');
  const type = textOf(own(fields, 'USER_TYPE_ID'));
  if (type === '') throw legacyError("The 'USER_TYPE_ID' field is not found.");
  if (fieldName.length > LONGEST_NAME) throw core('Field name is too long (more than 50 characters).');
  if (!/^[A-Z0-9_]+$/.test(fieldName)) {
    throw core('Field name contains invalid characters. Allowed characters are: A-Z, 0-9 and _.');
  }
  if (!Object.hasOwn(userFieldTypes, type)) throw core('Incorrect custom type specified.');
  if (store.userFields.some((field) => field.entityId === entityId && field.fieldName === fieldName)) {
    throw core(`Field ${fieldName} for object ${entityId} already exists.`);
  }
  const field = store.addUserField(
    {
      entityId,
      fieldName,
      type,
      multiple: isYes(own(fields, 'MULTIPLE')),
      mandatory: isYes(own(fields, 'MANDATORY')),
      sort: intOf(own(fields, 'SORT')) || 100,
      showFilter: textOf(own(fields, 'SHOW_FILTER')) || 'N',
      xmlId: textOf(own(fields, 'XML_ID')) || null,
      settings: { ...defaultSettings(type), ...phpObject(own(fields, 'SETTINGS')) },
      labels: labelsOf(fields, fieldName),
      list: type === 'enumeration' ? enumOf(call, own(fields, 'LIST'), []) : [],
    },
    actorOf(call),
  );
  note(call, { effect: 'create', stream: 'userfields', id: String(field.id), externalId: fieldName, status: 200 });
  return field;
}

function update(call: Call, entityId: string) {
  const field = fieldOf(call, entityId);
  change(call, field, oldFields(call));
  return { result: true };
}

function change(call: Call, field: UserField, fields: JsonObject): void {
  if (!call.asker.user.isAdmin) throw new ApiError(403, '', 'Access denied.');
  if (fields.MANDATORY !== undefined) field.mandatory = isYes(fields.MANDATORY);
  if (fields.SORT !== undefined) field.sort = intOf(fields.SORT);
  if (fields.SHOW_FILTER !== undefined) field.showFilter = textOf(fields.SHOW_FILTER);
  if (fields.XML_ID !== undefined) field.xmlId = textOf(fields.XML_ID);
  field.settings = { ...field.settings, ...phpObject(own(fields, 'SETTINGS')) };
  if (fields.EDIT_FORM_LABEL !== undefined) field.labels = { ...field.labels, ...labelsOf(fields, field.fieldName) };
  if (fields.LIST !== undefined) field.list = enumOf(call, fields.LIST, field.list);
  call.portal.store.refreshUserField(field, actorOf(call));
  note(call, {
    effect: 'update',
    stream: 'userfields',
    id: String(field.id),
    externalId: field.fieldName,
    status: 200,
  });
}

function remove(call: Call, field: UserField) {
  if (!call.asker.user.isAdmin) throw new ApiError(403, '', 'Access denied.');
  call.portal.store.removeUserField(field, actorOf(call));
  note(call, {
    effect: 'delete',
    stream: 'userfields',
    id: String(field.id),
    externalId: field.fieldName,
    status: 200,
  });
  return { result: true };
}

/** Captions by language; one text counts for every language. */
function labelsOf(fields: JsonObject, fieldName: string): Record<string, string> {
  const label = own(fields, 'EDIT_FORM_LABEL') ?? own(fields, 'LABEL') ?? fieldName;
  const byLanguage = phpObject(label);
  if (byLanguage === undefined) return { ru: textOf(label), en: textOf(label) };
  return Object.fromEntries(Object.entries(byLanguage).map(([language, text]) => [language, textOf(text)]));
}

/** Values with a known ID are changed (deleted with DEL=Y), others are added; the rest stays. */
function enumOf(call: Call, sent: Json | undefined, held: readonly EnumValue[]): EnumValue[] {
  let values = held.map((value) => ({ ...value }));
  for (const [index, [, part]] of (phpEntries(sent) ?? []).entries()) {
    const given = phpObject(part) ?? {};
    const id = intOf(own(given, 'ID') ?? own(given, 'id'));
    const text = (name: string, camel: string) => textOf(own(given, name) ?? own(given, camel));
    const known = values.find((value) => value.id === id);
    if (known !== undefined && isYes(own(given, 'DEL'))) values = values.filter((value) => value !== known);
    else if (known !== undefined) {
      if (text('VALUE', 'value') !== '') known.value = text('VALUE', 'value');
      if (text('SORT', 'sort') !== '') known.sort = intOf(text('SORT', 'sort'));
    } else {
      const value = text('VALUE', 'value');
      const xmlId = text('XML_ID', 'xmlId') || hashOf(`${value}/${index}/${held.length}`).toString(16);
      if (values.some((one) => one.xmlId === xmlId)) throw core(`List item with value XML_ID=${xmlId} already exists.`);
      const sort = intOf(text('SORT', 'sort')) || (index + 1) * 10;
      const def = isYes(own(given, 'DEF') ?? own(given, 'def'));
      values.push({ id: call.portal.store.nextEnumId(), value, sort, def, xmlId });
    }
  }
  return values.sort((one, other) => one.sort - other.sort);
}

function listConfigs(call: Call) {
  checkModule(call);
  const filter = phpObject(param(call, 'filter')) ?? {};
  const rows = call.portal.store.userFields
    .map((field) => userFieldConfigRow(field, false))
    .filter((row) => Object.entries(filter).every(([key, value]) => fits(row[key], value)));
  const start = Math.max(0, intOf(param(call, 'start')));
  const next = start + PAGE < rows.length ? { next: start + PAGE } : {};
  return { result: { fields: rows.slice(start, start + PAGE) }, total: rows.length, ...next };
}

function configOf(call: Call): UserField {
  checkModule(call);
  const found = call.portal.store.userFields.find(({ id }) => id === intOf(param(call, 'id')));
  if (found === undefined) throw legacyError('You do not have permission to view user field settings');
  return found;
}

function addConfig(call: Call) {
  checkModule(call);
  const given = phpObject(param(call, 'field')) ?? {};
  const fields = upperKeys(given);
  const entityId = textOf(own(given, 'entityId'));
  const name = textOf(own(fields, 'FIELD_NAME'));
  if (name === '') throw legacyError("The 'FIELD_NAME' field is not found.");
  if (call.portal.store.customOwner(entityId) === undefined || !name.startsWith('UF_')) {
    throw legacyError('You cannot create custom fields');
  }
  return { result: { field: userFieldConfigRow(make(call, entityId, name, fields), true) } };
}

function checkModule(call: Call): void {
  if (textOf(param(call, 'moduleId')) !== 'crm') throw legacyError('No settings for UserFieldAccess');
  if (!call.asker.scopes.has('crm')) throw legacyError('The current method required more scopes. (crm)');
}

function upperKeys(given: JsonObject): JsonObject {
  const entries = Object.entries(given).map(([key, value]) => {
    const upper = key === 'enum' ? 'LIST' : key.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
    return [upper, value] as const;
  });
  return Object.fromEntries(entries);
}

const core = (description: string): ApiError => new ApiError(400, 'ERROR_CORE', description);
