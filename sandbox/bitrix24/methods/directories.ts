import type { Json, JsonObject } from '../../kit/json.js';
import { adminOnly, type Call, type MethodTable, note, param, reading, writing } from '../call.js';
import { type Category, currencies, type SmartProcess, type Status } from '../directories.js';
import { ApiError, invalidArgument, legacyError, notFound } from '../errors.js';
import { intOf, phpEntries, phpObject, textOf } from '../php.js';
import { PAGE } from '../query.js';
import { wayTypes } from '../ways.js';
import { oldFields } from './old-items.js';
import { entityOf } from './universal-items.js';

/** What maps onto each other: stages and other directories, pipelines, currencies, smart processes. */
export function addDirectoryMethods(table: MethodTable): void {
  reading(table, 'crm', 'crm.status.list', listStatuses);
  reading(table, 'crm', 'crm.status.get', (call) => ({ result: statusRow(statusOf(call)) }));
  reading(table, 'crm', 'crm.status.fields', () => ({ result: STATUS_FIELDS }));
  reading(table, 'crm', 'crm.status.entity.types', statusTypes);
  reading(table, 'crm', 'crm.status.entity.items', (call) => ({
    result: call.portal.store
      .directory(textOf(param(call, 'entityId', 'ENTITY_ID')))
      .map(({ name, sort, statusId }) => ({ NAME: name, SORT: sort, STATUS_ID: statusId })),
  }));
  writing(table, 'crm', 'crm.status.add', addStatus);
  writing(table, 'crm', 'crm.status.update', updateStatus);
  writing(table, 'crm', 'crm.status.delete', (call) => {
    const { statuses } = call.portal.store;
    statuses.splice(statuses.indexOf(statusOf(call)), 1);
    return { result: true };
  });
  reading(table, 'crm', 'crm.category.list', (call) => {
    const categories = call.portal.store.categoriesOf(withCategories(call));
    return { result: { categories: categories.map(categoryRow) }, total: categories.length };
  });
  reading(table, 'crm', 'crm.category.get', (call) => ({ result: { category: categoryRow(categoryOf(call)) } }));
  writing(table, 'crm', 'crm.category.add', addCategory);
  reading(table, 'crm', 'crm.dealcategory.list', (call) => ({
    result: call.portal.store
      .categoriesOf(2)
      .filter(({ id }) => id > 0)
      .map(({ id, name, sort }) => ({ ID: String(id), NAME: name, SORT: String(sort), IS_LOCKED: 'N' })),
  }));
  reading(table, 'crm', 'crm.currency.list', (call) => ({ result: currencyRows(call), total: 0 }));
  reading(table, 'crm', 'crm.currency.get', (call) => {
    const row = currencyRows(call).find(({ CURRENCY }) => CURRENCY === textOf(param(call, 'id', 'ID')));
    if (row === undefined) throw legacyError('Not found');
    return { result: row };
  });
  reading(table, 'crm', 'crm.type.list', listTypes);
  reading(table, 'crm', 'crm.type.get', (call) => {
    const found = call.portal.store.processes.find(({ id }) => id === intOf(param(call, 'id')));
    if (found === undefined) throw notFound('Element not found');
    return { result: { type: typeRow(call, found) } };
  });
  reading(table, 'crm', 'crm.type.getByEntityTypeId', (call) => {
    const wanted = intOf(param(call, 'entityTypeId'));
    const found = call.portal.store.processes.find(({ entityTypeId }) => entityTypeId === wanted);
    if (found === undefined) throw notFound('Smart process not found');
    return { result: { type: typeRow(call, found) } };
  });
  writing(table, 'crm', 'crm.type.add', addType);
  reading(table, 'crm', 'crm.enum.ownertype', (call) => ({
    result: call.portal.store.items.map(({ names }) => ({
      ID: names.typeId,
      NAME: names.code,
      SYMBOL_CODE: names.code,
      SYMBOL_CODE_SHORT: names.prefix,
    })),
  }));
  reading(table, 'crm', 'crm.multifield.fields', () => ({ result: MULTIFIELD_FIELDS }));
}

function listStatuses(call: Call) {
  const filter = phpObject(param(call, 'filter', 'FILTER')) ?? {};
  const order = phpObject(param(call, 'order', 'ORDER')) ?? {};
  const fits = (status: Status) =>
    Object.entries(filter).every(([key, value]) => {
      const name = key.replace(/^[=@]/, '');
      const held = statusRow(status)[name];
      const wanted = phpEntries(value)?.map(([, part]) => textOf(part)) ?? [textOf(value)];
      return held === undefined || wanted.includes(textOf(held));
    });
  const rows = call.portal.store.statuses.filter(fits);
  const down = textOf(order.SORT ?? order.ID ?? null).toUpperCase() === 'DESC';
  if (order.SORT !== undefined) rows.sort((one, other) => (down ? other.sort - one.sort : one.sort - other.sort));
  else rows.sort((one, other) => (down ? other.id - one.id : one.id - other.id));
  note(call, { effect: 'read', stream: 'statuses', status: 200 });
  // The directories come whole: this list does not page.
  return { result: rows.map(statusRow), total: rows.length };
}

function statusRow(status: Status): JsonObject {
  const words = { P: 'process', S: 'success', F: 'failure' };
  const { semantics } = status;
  return {
    ID: String(status.id),
    ENTITY_ID: status.entityId,
    STATUS_ID: status.statusId,
    NAME: status.name,
    NAME_INIT: status.isSystem ? status.name : '',
    SORT: String(status.sort),
    SYSTEM: status.isSystem ? 'Y' : 'N',
    CATEGORY_ID: status.categoryId === null ? null : String(status.categoryId),
    COLOR: status.color,
    // Stages in progress have no letter here.
    SEMANTICS: semantics === 'P' ? null : semantics,
    ...(semantics === null ? {} : { EXTRA: { SEMANTICS: words[semantics], COLOR: status.color } }),
  };
}

function statusOf(call: Call): Status {
  const id = intOf(param(call, 'id', 'ID'));
  const found = call.portal.store.statuses.find((status) => status.id === id);
  if (found === undefined) throw legacyError('Status is not found.');
  return found;
}

function statusTypes(call: Call) {
  const { store } = call.portal;
  return {
    result: store.directories.map(({ id, name }): JsonObject => {
      const stages = store.directory(id);
      const start = stages.find(({ semantics }) => semantics !== null);
      if (start === undefined) return { ID: id, NAME: name };
      const of = (letter: string) => stages.find(({ semantics }) => semantics === letter)?.statusId ?? '';
      return {
        ID: id,
        NAME: name,
        SEMANTIC_INFO: {
          START_FIELD: start.statusId,
          FINAL_SUCCESS_FIELD: of('S'),
          FINAL_UNSUCCESS_FIELD: of('F'),
          FINAL_SORT: 0,
        },
        ENTITY_TYPE_ID: typeOfDirectory(id),
        ...(start.categoryId === null ? {} : { CATEGORY_ID: String(start.categoryId) }),
      };
    }),
  };
}

function typeOfDirectory(id: string): number {
  if (id.startsWith('DEAL')) return 2;
  if (id === 'STATUS') return 1;
  if (id === 'QUOTE_STATUS') return 7;
  return id.startsWith('SMART_INVOICE') ? 31 : intOf(id.replace('DYNAMIC_', ''));
}

function addStatus(call: Call) {
  const fields = oldFields(call);
  const { store } = call.portal;
  const text = (name: string) => textOf(fields[name]);
  const missing = ['ENTITY_ID', 'STATUS_ID'].filter((name) => text(name) === '');
  if (missing.length > 0) throw legacyError(missing.map((name) => `The field ${name} is required.`).join(' '));
  const directory = store.directory(text('ENTITY_ID'));
  if (directory.length === 0) throw legacyError('Specified entity type is not supported.');
  if (text('NAME') === '') throw legacyError('The field Title is required.');
  const category = directory[0]?.categoryId ?? null;
  const prefix = /^(.*:)/.exec(directory[0]?.statusId ?? '')?.[1] ?? '';
  const statusId = text('STATUS_ID').includes(':') ? text('STATUS_ID') : prefix + text('STATUS_ID');
  if (store.status(text('ENTITY_ID'), statusId) !== undefined) {
    throw new ApiError(400, 'ERROR_CORE', 'The specified status ID already exists.');
  }
  const isStage = directory[0]?.semantics !== null;
  const letter = text('SEMANTICS');
  const added = store.addStatus({
    entityId: text('ENTITY_ID'),
    statusId,
    name: text('NAME'),
    sort: intOf(fields.SORT) || (isStage ? 45 : directory.length * 10 + 10),
    isSystem: false,
    categoryId: category,
    color: text('COLOR'),
    semantics: isStage ? (letter === 'F' ? 'F' : letter === 'S' ? 'S' : 'P') : null,
  });
  note(call, { effect: 'create', stream: 'statuses', id: String(added.id), externalId: statusId, status: 200 });
  return { result: added.id };
}

function updateStatus(call: Call) {
  const status = statusOf(call);
  const fields = oldFields(call);
  if (fields.NAME !== undefined) status.name = textOf(fields.NAME);
  if (fields.SORT !== undefined) status.sort = intOf(fields.SORT);
  if (fields.COLOR !== undefined) status.color = textOf(fields.COLOR);
  note(call, { effect: 'update', stream: 'statuses', id: String(status.id), externalId: status.statusId, status: 200 });
  return { result: true };
}

const description = (type: string, title: string, flags = ''): JsonObject => ({
  type,
  isRequired: flags.includes('R'),
  isReadOnly: flags.includes('o'),
  isImmutable: flags.includes('i'),
  isMultiple: false,
  isDynamic: false,
  title,
});

const STATUS_FIELDS: JsonObject = {
  ID: description('integer', 'ID', 'o'),
  ENTITY_ID: description('string', 'Entity ID', 'Ri'),
  STATUS_ID: description('string', 'Status', 'Ri'),
  SORT: description('integer', 'Sorting'),
  NAME: description('string', 'Name', 'R'),
  NAME_INIT: description('string', 'Default name', 'o'),
  SYSTEM: description('char', 'System', 'o'),
  CATEGORY_ID: description('integer', 'CATEGORY_ID', 'i'),
  COLOR: description('string', 'COLOR'),
  SEMANTICS: description('string', 'Semantics', 'i'),
};

const MULTIFIELD_FIELDS: JsonObject = {
  ID: description('int', 'ID', 'o'),
  TYPE_ID: description('string', `Type: ${wayTypes.join(', ')}`, 'i'),
  VALUE: description('string', 'Value'),
  VALUE_TYPE: description('string', 'Value type'),
};

function withCategories(call: Call): number {
  const { names } = entityOf(call);
  if (names.kind === 'lead' || names.kind === 'company' || names.kind === 'contact' || names.typeId === 7) {
    throw new ApiError(400, 'ENTITY_TYPE_NOT_SUPPORTED', `Entity type ${names.code} is not supported`);
  }
  return names.typeId;
}

function categoryRow({ id, name, sort, entityTypeId, isDefault }: Category): JsonObject {
  const origin: JsonObject = id === 0 ? {} : { originId: '', originatorId: '' };
  return { id, name, sort, entityTypeId, isDefault: isDefault ? 'Y' : 'N', ...origin };
}

function categoryOf(call: Call): Category {
  const typeId = withCategories(call);
  const found = call.portal.store.categoriesOf(typeId).find(({ id }) => id === intOf(param(call, 'id')));
  if (found === undefined) throw notFound('Element not found');
  return found;
}

function addCategory(call: Call) {
  const entityTypeId = withCategories(call);
  adminOnly(call, 'Access denied');
  const fields = phpObject(param(call, 'fields')) ?? {};
  const name = textOf(fields.name);
  if (name === '') throw new ApiError(400, '0', "Field 'NAME' is required");
  const { store } = call.portal;
  const category = {
    id: store.nextCategoryId(),
    entityTypeId,
    name,
    sort: intOf(fields.sort) || 500,
    isDefault: false,
  };
  store.addCategory(category);
  note(call, { effect: 'create', stream: 'categories', id: String(category.id), status: 200 });
  return { result: { category: categoryRow(category) } };
}

function currencyRows(call: Call): JsonObject[] {
  return currencies.map(([code, name, format, base, amount], index) => ({
    CURRENCY: code,
    AMOUNT_CNT: '1',
    AMOUNT: amount,
    SORT: String((index + 1) * 100),
    BASE: base,
    FULL_NAME: name,
    LID: 'ru',
    FORMAT_STRING: format,
    DEC_POINT: ',',
    THOUSANDS_SEP: '&nbsp;',
    DECIMALS: '2',
    DATE_UPDATE: call.portal.around.time.day('2025-01-01'),
  }));
}

function typeRow(call: Call, { id, title, entityTypeId, createdAt }: SmartProcess): JsonObject {
  const at = call.portal.around.time.moment(createdAt);
  const flags = [
    'isCategoriesEnabled',
    'isStagesEnabled',
    'isBeginCloseDatesEnabled',
    'isClientEnabled',
    'isUseInUserfieldEnabled',
    'isLinkWithProductsEnabled',
    'isMycompanyEnabled',
    'isDocumentsEnabled',
    'isSourceEnabled',
    'isObserversEnabled',
    'isRecyclebinEnabled',
    'isAutomationEnabled',
    'isBizProcEnabled',
    'isSetOpenPermissions',
  ];
  return {
    id,
    title,
    code: '',
    createdBy: 1,
    entityTypeId,
    customSectionId: null,
    ...Object.fromEntries(flags.map((flag) => [flag, 'Y'])),
    isPaymentsEnabled: 'N',
    isCountersEnabled: 'N',
    createdTime: at,
    updatedTime: at,
    updatedBy: 1,
  };
}

function listTypes(call: Call) {
  adminOnlyCrm(call);
  const filter = phpObject(param(call, 'filter')) ?? {};
  const found = call.portal.store.processes.filter((process) =>
    Object.entries(filter).every(([key, value]) => {
      const held: Json | undefined = typeRow(call, process)[key.replace(/^[=@]/, '')];
      if (held === undefined) throw invalidArgument(`Invalid filter: field '${key}' is not allowed in filter`);
      return (phpEntries(value)?.map(([, part]) => textOf(part)) ?? [textOf(value)]).includes(textOf(held));
    }),
  );
  const start = Math.max(0, intOf(param(call, 'start')));
  const page = found.slice(start, start + PAGE).map((process) => typeRow(call, process));
  return {
    result: { types: page },
    total: found.length,
    ...(start + PAGE < found.length ? { next: start + PAGE } : {}),
  };
}

function addType(call: Call) {
  adminOnlyCrm(call);
  const fields = phpObject(param(call, 'fields'));
  if (fields === undefined) throw new ApiError(400, '100', 'Could not find value for parameter {fields}');
  const { store } = call.portal;
  const given = intOf(fields.entityTypeId);
  const last = Math.max(1036, ...store.processes.map(({ entityTypeId }) => entityTypeId));
  const entityTypeId = given === 0 ? last + 2 : given;
  if (entityTypeId < 128 || store.item(entityTypeId) !== undefined) {
    throw invalidArgument('entityTypeId is out of allowed range');
  }
  const id = Math.max(...store.processes.map((process) => process.id)) + 2;
  const made = store.addProcess({ id, entityTypeId, title: textOf(fields.title) }, [store.nextCategoryId()]);
  note(call, { effect: 'create', stream: 'types', id: String(id), status: 200 });
  return { result: { type: typeRow(call, made) } };
}

function adminOnlyCrm(call: Call): void {
  if (call.asker.user.isExtranet) {
    throw new ApiError(403, 'allowed_only_intranet_user', 'Action allowed only for intranet users');
  }
  if (!call.asker.user.isAdmin) throw new ApiError(400, 'ACCESS_DENIED', 'Access denied');
}
