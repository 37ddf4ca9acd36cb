import { type Json, type JsonObject, own } from '../kit/json.js';
import type { Call, Portal } from './call.js';
import { currencyCodes } from './directories.js';
import type { Entity } from './entity.js';
import { ApiError, legacyError } from './errors.js';
import { type Field, storedName } from './fields.js';
import { intOf, phpEntries, textOf } from './php.js';
import { kindOf, looseValue, readValue } from './values.js';
import { changedByOld, changedByUniversal, storedWays, type Way, waysOf, wayTypes } from './ways.js';

/** How the fields of a write are read. */
export interface FieldRules {
  readonly family: 'old' | 'universal';
  readonly mode: 'add' | 'update' | 'import';
  /** Custom fields are named by their upper names although the family is universal. */
  readonly originalNames?: boolean;
}

const IMPORTABLE = new Set(['createdTime', 'updatedTime', 'createdBy', 'updatedBy', 'movedTime', 'movedBy']);

/** The changes that sent fields ask for, in stored form; fields that do not exist are dropped in silence. */
export function readFields(
  call: Pick<Call, 'portal'>,
  entity: Entity,
  given: JsonObject,
  rules: FieldRules,
  before: JsonObject = {},
): JsonObject {
  const changes: JsonObject = {};
  let ways: Way[] | undefined;
  for (const [name, sent] of Object.entries(given)) {
    const field = findField(entity, name, rules);
    if (field === undefined) continue;
    if (field.type === 'crm_multifield') {
      const type = wayTypes.find((one) => one === field.upper);
      const held = ways ?? waysOf(before);
      if (type === undefined) ways = changedByUniversal(held, sent, call.portal.store);
      else ways = changedByOld(held, type, sent, call.portal.store);
      continue;
    }
    if (!isWritable(field, rules)) continue;
    const value = readField(call.portal, field, sent, rules);
    if (value !== undefined) changes[storedName(field)] = value;
  }
  if (ways !== undefined) changes.fm = storedWays(ways);
  return changes;
}

/** Refuses a new record without what it must have. */
export function checkRequired(entity: Entity, record: JsonObject, family: FieldRules['family']): void {
  const isEmpty = (name: string) => [undefined, null, ''].includes(own(record, name) as string | null | undefined);
  const refuse = (title: string) => {
    if (family === 'old') throw legacyError(`The field "${title}" is required.`);
    throw new ApiError(400, 'CRM_FIELD_ERROR_REQUIRED', `The "${title}" field is required`);
  };
  if (entity.kind === 'company' && isEmpty('title')) refuse('Company Name');
  if (entity.kind === 'contact' && isEmpty('name') && isEmpty('lastName')) refuse('First name');
  for (const field of entity.fields) {
    if (field.custom?.mandatory && isEmpty(field.upper)) refuse(field.title);
  }
}

function findField(entity: Entity, name: string, rules: FieldRules): Field | undefined {
  if (rules.family === 'old') {
    const field = entity.upper(name);
    return field?.family === 'universal' ? undefined : field;
  }
  const field = rules.originalNames === true && name.startsWith('UF_') ? entity.upper(name) : entity.camel(name);
  return field?.family === 'old' ? undefined : field;
}

function isWritable(field: Field, { mode, family }: FieldRules): boolean {
  if (field.isReadOnly) return mode === 'import' && IMPORTABLE.has(field.name);
  return !(field.isImmutable && mode === 'update' && family === 'old');
}

function readField(portal: Portal, field: Field, sent: Json, rules: FieldRules): Json | undefined {
  if (!field.isMultiple) return readOne(portal, field, sent, rules);
  const parts = sent === null || sent === '' || sent === false ? [] : phpEntries(sent);
  if (field.type === 'file' && parts !== undefined && parts.length === 2 && typeof parts[0]?.[1] === 'string') {
    return [readOne(portal, field, sent, rules) ?? null].filter((one) => one !== null);
  }
  if (parts === undefined && rules.family === 'universal') {
    throw new ApiError(400, '100', `Expected iterable value for multiple field, but got ${phpType(sent)} instead`);
  }
  const list = parts ?? [['0', sent] as const];
  return list.flatMap(([, part]) => {
    const value = readOne(portal, field, part, rules);
    return value === undefined || value === null ? [] : [value];
  });
}

function readOne(portal: Portal, field: Field, sent: Json, { family }: FieldRules): Json | undefined {
  const value = readValue(field, sent, portal.around);
  if (value === undefined) {
    if (family === 'universal') throw invalidValue(field);
    const kind = kindOf(field);
    if ((kind === 'day' || kind === 'moment') && portal.settings.old_bad_date === 'refused') {
      throw legacyError(`Invalid value for the "${field.title}" field.`);
    }
    return looseValue(field, sent);
  }
  if (field.type === 'crm_currency' && value !== null && !currencyCodes.has(textOf(value))) {
    if (family === 'old') throw legacyError('Invalid value for the "Currency" field.');
    throw invalidValue(field);
  }
  // A link that is taken away is 0 in the universal methods, as it is never null there once it was written.
  if (value === null && family === 'universal' && /^crm_(company|contact)$/.test(field.type)) return 0;
  return value;
}

const invalidValue = (field: Field): ApiError =>
  new ApiError(400, 'CRM_FIELD_ERROR_VALUE_NOT_VALID', `Invalid value for field "${field.title}"`);

function phpType(value: Json): string {
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'double';
  return typeof value;
}

/** What follows from the changes: stage and its group, links in both forms, flags, moments of the move. */
export function completeItem(
  portal: Portal,
  entity: Entity,
  changes: JsonObject,
  before: JsonObject | undefined,
  family: FieldRules['family'],
  userId: number,
): JsonObject {
  const after: JsonObject = { ...changes };
  if (before === undefined) fillNew(entity, after, userId);
  if (entity.fields.some(({ name }) => name === 'stageId'))
    completeStage(portal, entity, after, before, family, userId);
  if (entity.kind !== 'company') pairLinks(after, before, 'contactId', 'contactIds');
  if (entity.kind === 'contact') pairLinks(after, before, 'companyId', 'companyIds');
  if (Object.hasOwn(after, 'fm') || before === undefined) {
    const ways = waysOf({ fm: own(after, 'fm') ?? null });
    if (entity.camel('hasPhone') !== undefined) {
      after.hasPhone = ways.some(({ typeId }) => typeId === 'PHONE') ? 'Y' : 'N';
      after.hasEmail = ways.some(({ typeId }) => typeId === 'EMAIL') ? 'Y' : 'N';
    }
  }
  return after;
}

function fillNew(entity: Entity, after: JsonObject, userId: number): void {
  const defaults: JsonObject = { assignedById: userId, opened: 'Y', lastActivityBy: userId };
  if (entity.kind === 'deal' || entity.kind === 'dynamic') Object.assign(defaults, { categoryId: null, taxValue: 0 });
  if (entity.kind === 'deal') {
    Object.assign(defaults, {
      typeId: 'SALE',
      isNew: 'Y',
      isRecurring: 'N',
      isReturnCustomer: 'N',
      isRepeatedApproach: 'N',
    });
  }
  if (entity.camel('opportunity') !== undefined) {
    Object.assign(defaults, { opportunity: 0, currencyId: 'RUB', isManualOpportunity: 'N' });
  }
  if (entity.kind === 'contact') Object.assign(defaults, { export: 'N', hasImol: 'N' });
  if (entity.kind === 'company') Object.assign(defaults, { isMyCompany: 'N', hasImol: 'N', revenue: 0 });
  if (entity.kind === 'lead') Object.assign(defaults, { isReturnCustomer: 'N', hasImol: 'N' });
  for (const [name, value] of Object.entries(defaults)) {
    if ((own(after, name) ?? null) === null && value !== null) after[name] = value;
  }
}

function completeStage(
  portal: Portal,
  entity: Entity,
  after: JsonObject,
  before: JsonObject | undefined,
  family: FieldRules['family'],
  userId: number,
): void {
  const { store, settings } = portal;
  const hasCategories = entity.camel('categoryId') !== undefined && entity.names.typeId !== 7;
  let category = intOf(own(after, 'categoryId') ?? (before === undefined ? undefined : own(before, 'categoryId')));
  if (hasCategories) {
    const known = store.categoriesOf(entity.names.typeId);
    if (!known.some(({ id }) => id === category)) {
      const field = entity.camel('categoryId');
      if (family === 'universal' && own(after, 'categoryId') !== undefined && field !== undefined)
        throw invalidValue(field);
      category = known.find(({ isDefault }) => isDefault)?.id ?? 0;
    }
    if (before === undefined || own(after, 'categoryId') !== undefined) after.categoryId = category;
  }
  const directory = store.stageDirectory(entity, category);
  const moved =
    own(after, 'categoryId') !== undefined && before !== undefined && own(before, 'categoryId') !== category;
  if (before === undefined || own(after, 'stageId') !== undefined || moved) {
    const wanted = textOf(own(after, 'stageId') ?? null);
    const first = store.directory(directory)[0]?.statusId ?? 'NEW';
    const isKnown = store.status(directory, wanted) !== undefined;
    if (wanted === '') after.stageId = first;
    else if (!isKnown) after.stageId = unknownStage(entity, wanted, first, family, settings.old_unknown_stage);
  }
  const stage = own(after, 'stageId');
  if (stage === undefined) return;
  const semantics = store.status(directory, textOf(stage))?.semantics ?? 'P';
  after.stageSemanticId = semantics;
  if (entity.kind === 'deal') after.closed = semantics === 'P' ? 'N' : 'Y';
  if (entity.kind === 'deal' && semantics !== 'P') after.isNew = 'N';
  if (before !== undefined && own(before, 'stageId') === stage) return;
  const now = `${new Date(store.now()).toISOString().slice(0, 19)}Z`;
  if (own(after, 'movedTime') === undefined) after.movedTime = now;
  if (own(after, 'movedBy') === undefined) after.movedBy = userId;
  if (entity.kind === 'lead' && semantics !== 'P') after.dateClosed = now;
  if (entity.kind === 'dynamic' && before !== undefined) after.previousStageId = own(before, 'stageId') ?? null;
}

function unknownStage(
  entity: Entity,
  wanted: string,
  first: string,
  family: FieldRules['family'],
  manner: 'first' | 'stored' | 'refused',
): string {
  const field = entity.camel('stageId');
  if (family === 'universal' && field !== undefined) throw invalidValue(field);
  if (manner === 'refused') throw legacyError('Invalid value for the "Stage" field.');
  return manner === 'stored' ? wanted : first;
}

/** Keeps the main link and the list of links in step: the main one is the first of the list. */
function pairLinks(after: JsonObject, before: JsonObject | undefined, one: string, many: string): void {
  const heldList = before === undefined ? [] : (own(before, many) ?? []);
  const listed = own(after, many);
  if (Array.isArray(listed)) {
    after[one] = listed[0] ?? 0;
    return;
  }
  const main = own(after, one);
  if (main === undefined) return;
  const rest = Array.isArray(heldList) ? heldList.filter((id) => id !== main) : [];
  after[many] = intOf(main) > 0 ? [main, ...rest] : rest;
}
