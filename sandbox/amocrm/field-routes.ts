import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { badRequest, errors, type FieldError, hal, type ItemErrors, invalid, noContent, notFound } from './answers.js';
import { requestIdOf } from './attributes.js';
import { bodyOf, itemsOf } from './batches.js';
import { listOf } from './brackets.js';
import { type Call, selfLink } from './call.js';
import { answerGroups } from './field-groups.js';
import { canHold, enumTypes, type FieldType } from './field-types.js';
import type { Field, FieldEnum } from './fields.js';
import { answerShortList } from './lists.js';

const KEYS: ReadonlySet<string> = new Set([
  'id',
  'request_id',
  'name',
  'type',
  'code',
  'sort',
  'is_api_only',
  'enums',
  'group_id',
  'required_statuses',
  'remind',
  'settings',
  'is_visible',
  'is_required',
  'is_deletable',
  'chained_lists',
  'tracking_callback',
  'currency',
  'search_in',
  'nested',
  'hidden_statuses',
]);
const MORE = ['chained_lists', 'tracking_callback', 'currency', 'search_in', 'nested', 'hidden_statuses'];

/** `/{owner}/custom_fields` and all below it; `owner` is an entity or `catalogs/{id}`. */
export function answerFieldRoutes(call: Call, owner: string, rest: readonly string[]): Answer {
  const [first, second] = rest;
  const { method } = call.request;
  if (first === 'groups') return answerGroups(call, owner, second);
  if (second !== undefined) return notFound();
  if (first === undefined) {
    if (method === 'GET') return list(call, owner);
    return method === 'POST' || method === 'PATCH' ? write(call, owner) : notFound();
  }
  const field = call.store.fields.get(owner, Number(first));
  if (field === undefined) return notFound();
  if (method === 'GET') return hal(shownField(call, field));
  if (method === 'PATCH') return change(call, field);
  return method === 'DELETE' ? remove(call, field) : notFound();
}

/** A field as the field list shows it. */
function shownField(call: Pick<Call, 'base' | 'store'>, field: Field): JsonObject {
  const { owner } = field;
  return {
    id: field.id,
    name: field.name,
    type: field.type,
    account_id: call.store.accountId,
    code: field.code,
    sort: field.sort,
    is_api_only: field.isApiOnly,
    enums: field.enums === null ? null : field.enums.map((choice) => shownEnum(field, choice)),
    group_id: field.groupId,
    required_statuses: [...field.requiredStatuses],
    is_deletable: !field.isPredefined,
    is_predefined: field.isPredefined,
    entity_type: owner.startsWith('catalogs/') ? 'catalogs' : owner,
    ...(owner.startsWith('catalogs/') ? { catalog_id: Number(owner.slice(9)) } : {}),
    remind: field.remind,
    tracking_callback: null,
    ...field.more,
    _links: selfLink(call, `${owner}/custom_fields/${field.id}`),
  };
}

function shownEnum(field: Field, { id, value, sort, code }: FieldEnum): JsonObject {
  return field.type === 'multitext' ? { id, value, sort } : { id, value, sort, code };
}

function list(call: Call, owner: string): Answer {
  const filter = own(call.query, 'filter');
  const types = isObject(filter) ? listOf(own(filter, 'type')) : [];
  const fields = call.store.fields.list(owner).filter(({ type }) => types.length === 0 || types.includes(type));
  return answerShortList(
    call,
    `${owner}/custom_fields`,
    'custom_fields',
    fields.map((field) => shownField(call, field)),
  );
}

function write(call: Call, owner: string): Answer {
  const isCreate = call.request.method === 'POST';
  const items = itemsOf(call);
  const refused: ItemErrors[] = items.flatMap((item, index) => {
    const wrong = isObject(item) ? check(call, owner, item, isCreate) : [errors.type('', 'array')];
    return wrong.length === 0 ? [] : [{ request_id: requestIdOf(item, index), errors: wrong }];
  });
  if (refused.length > 0) {
    for (const _item of items)
      call.request.effect({ effect: isCreate ? 'create' : 'update', stream: 'custom_fields', status: 400 });
    return invalid(refused);
  }
  const shown = items.filter(isObject).map((item, index) => {
    const held = call.store.fields.get(owner, Number(item.id));
    const field = held === undefined ? create(call, owner, item) : apply(call, held, item);
    call.request.effect({
      effect: isCreate ? 'create' : 'update',
      stream: 'custom_fields',
      id: String(field.id),
      externalId: field.code ?? field.name,
      status: isCreate ? 201 : 200,
    });
    return { ...shownField(call, field), request_id: requestIdOf(item, index) };
  });
  return hal({ _total_items: shown.length, _embedded: { custom_fields: shown } });
}

function change(call: Call, field: Field): Answer {
  const item = bodyOf(call);
  if (!isObject(item)) return badRequest('The request body must be an object');
  const wrong = check(call, field.owner, { ...item, id: field.id }, false);
  if (wrong.length > 0) return invalid([{ request_id: '0', errors: wrong }]);
  apply(call, field, item);
  call.request.effect({ effect: 'update', stream: 'custom_fields', id: String(field.id), status: 200 });
  return hal(shownField(call, field));
}

function remove(call: Call, field: Field): Answer {
  if (field.isPredefined) return badRequest('The field can not be deleted');
  call.store.fields.remove(field.owner, field.id);
  call.request.effect({ effect: 'delete', stream: 'custom_fields', id: String(field.id), status: 200 });
  return noContent;
}

function check(call: Call, owner: string, item: JsonObject, isCreate: boolean): FieldError[] {
  const { fields } = call.store;
  const wrong = Object.keys(item)
    .filter((key) => !KEYS.has(key))
    .map((key) => errors.notExpected(key));
  const [name, type, code, enums, id] = ['name', 'type', 'code', 'enums', 'id'].map((key) => own(item, key));
  if (name !== undefined && typeof name !== 'string') wrong.push(errors.type('name', 'string'));
  if (!isCreate) {
    const held = fields.get(owner, Number(id));
    if (held === undefined) wrong.push(id === undefined ? errors.missing('id') : errors.choice('id'));
    else if (type !== undefined && type !== held.type) wrong.push(errors.choice('type'));
    return [...wrong, ...checkEnums(enums)];
  }
  if (name === undefined || name === '') wrong.push(errors.missing('name'));
  if (type === undefined) wrong.push(errors.missing('type'));
  else if (typeof type !== 'string' || !canHold(owner.split('/')[0] ?? owner, type)) wrong.push(errors.choice('type'));
  if (code !== undefined && code !== null) {
    if (call.settings.field_codes === 'refused') wrong.push(errors.notExpected('code'));
    else if (typeof code !== 'string') wrong.push(errors.type('code', 'string'));
    else if (fields.byCode(owner, code) !== undefined) wrong.push(errors.choice('code'));
  }
  if (typeof type === 'string' && enumTypes.has(type as FieldType) && (enums === undefined || enums === null)) {
    wrong.push(errors.missing('enums'));
  }
  return [...wrong, ...checkEnums(enums)];
}

function checkEnums(enums: Json | undefined): FieldError[] {
  if (enums === undefined || enums === null) return [];
  if (!Array.isArray(enums)) return [errors.type('enums', 'array')];
  return enums.flatMap((choice, index) =>
    isObject(choice) && typeof choice.value === 'string' && choice.value !== ''
      ? []
      : [errors.missing(`enums.${index}.value`)],
  );
}

function create(call: Call, owner: string, item: JsonObject): Field {
  const type = String(item.type);
  const field = call.store.fields.add({
    owner,
    name: String(item.name),
    type: type as FieldType,
    enums: enumTypes.has(type as FieldType) ? sentEnums(item.enums) : type === 'multitext' ? MULTITEXT : null,
  });
  return apply(call, field, { ...item, enums: null });
}

const MULTITEXT = ['WORK', 'WORKDD', 'MOB', 'HOME', 'OTHER'].map((value) => ({ value }));

function apply(call: Call, field: Field, item: JsonObject): Field {
  const text = (key: string) => (typeof item[key] === 'string' ? item[key] : undefined);
  field.name = text('name') ?? field.name;
  field.code = text('code') ?? field.code;
  field.groupId = text('group_id') ?? field.groupId;
  field.remind = text('remind') ?? field.remind;
  if (typeof item.sort === 'number') field.sort = item.sort;
  if (typeof item.is_api_only === 'boolean') field.isApiOnly = item.is_api_only;
  if (Array.isArray(item.required_statuses)) field.requiredStatuses = item.required_statuses.filter(isObject);
  // The list of choices is replaced whole: what is not sent is gone, what has no id is new.
  if (Array.isArray(item.enums) && enumTypes.has(field.type))
    field.enums = call.store.fields.enumsOf(sentEnums(item.enums));
  for (const key of MORE) {
    const value = own(item, key);
    if (value !== undefined) field.more = { ...field.more, [key]: value };
  }
  return field;
}

function sentEnums(enums: Json | undefined): (Partial<FieldEnum> & { readonly value: string })[] {
  if (!Array.isArray(enums)) return [];
  return enums.filter(isObject).map((choice) => ({
    value: String(choice.value),
    ...(typeof choice.id === 'number' ? { id: choice.id } : {}),
    ...(typeof choice.sort === 'number' ? { sort: choice.sort } : {}),
    ...(typeof choice.code === 'string' ? { code: choice.code } : {}),
  }));
}
