import type { SandboxClock } from '../kit/clock.js';
import { hashOf } from '../kit/effect-log.js';
import { type Json, type JsonObject, own, sameJson } from '../kit/json.js';
import {
  type Category,
  colorOf,
  type DirectoryLine,
  firstCategories,
  firstDirectories,
  firstProcesses,
  type SmartProcess,
  type Status,
  stagesOfCategory,
  stagesOfProcess,
} from './directories.js';
import { Entity, type ItemKind, usualStamps } from './entity.js';
import { type Field, fieldsFrom } from './fields.js';
import { FileShelf } from './files.js';
import { storedMoment } from './moments.js';
import {
  activityFields,
  commentFields,
  disabledFields,
  productFields,
  productRowFields,
  requisiteFields,
  standardFields,
  taskFields,
} from './schema.js';
import type { BitrixSettings } from './switches.js';
import { fieldOf, type UserField } from './user-fields.js';
import { WayIndex } from './way-index.js';

/** Who changes something. */
export interface Actor {
  readonly userId: number;
  /** The source key by which an application keeps its own changes out of its queue. */
  readonly connector?: string;
  /** True for a change made by hand or by a robot: its events carry no tokens. */
  readonly isPerson?: boolean;
}

/** A change as events announce it. */
export interface Change {
  readonly entity: Entity;
  readonly kind: 'ADD' | 'UPDATE' | 'DELETE';
  readonly id: string;
  readonly actor: Actor;
}

export const PRODUCT_CATALOG = 23;

/** Everything a portal holds, and the rules that records obey whoever changes them. Knows nothing of HTTP. */
export class PortalStore {
  readonly leads = itemEntity('lead', 'leads', 'LEAD', 'L', 1, 'Лид #');
  readonly deals = itemEntity('deal', 'deals', 'DEAL', 'D', 2, 'Сделка #');
  readonly contacts = itemEntity('contact', 'contacts', 'CONTACT', 'C', 3, '');
  readonly companies = itemEntity('company', 'companies', 'COMPANY', 'CO', 4, '');
  readonly quotes = dynamicEntity('quotes', 7, 'QUOTE', 'Q', 'CRM_QUOTE', 'Предложение #');
  readonly invoices = dynamicEntity('invoices', 31, 'SMART_INVOICE', 'SI', 'CRM_SMART_INVOICE', 'Счёт #');
  readonly activities = otherEntity('activities', 'CRMACTIVITY', activityFields, 101);
  readonly comments = otherEntity('comments', 'CRMTIMELINECOMMENT', commentFields, 501);
  readonly requisites = otherEntity('requisites', 'CRMREQUISITE', requisiteFields, 11);
  readonly products = otherEntity('products', '', productFields, 1201);
  readonly productRows = otherEntity('product_rows', '', productRowFields, 3001);
  readonly tasks = new Entity(
    {
      stream: 'tasks',
      event: 'TASK',
      typeId: 0,
      kind: 'other',
      code: 'TASK',
      prefix: 'T',
      customEntity: '',
      label: '',
      stamps: { created: 'createdDate', updated: 'changedDate', author: 'createdBy', editor: 'updatedBy' },
    },
    taskFields,
    701,
  );
  readonly processes: SmartProcess[] = [];
  readonly categories: Category[] = [];
  readonly statuses: Status[] = [];
  readonly directories: { id: string; name: string }[] = [];
  readonly userFields: UserField[] = [];
  readonly files = new FileShelf();
  readonly ways = new WayIndex();
  readonly settings: BitrixSettings;
  readonly clock: SandboxClock;
  /** Hears every change after it happened. */
  onChange: ((change: Change) => void) | undefined;
  /** Hears of a change of the custom fields. */
  onUserField: ((field: UserField, kind: 'ADD' | 'UPDATE' | 'DELETE', actor: Actor) => void) | undefined;
  readonly #items = new Map<number, Entity>();
  #lastStatusId = 100;
  #lastFieldId = 300;
  #lastEnumId = 40;
  #lastWayId = 0;

  constructor(clock: SandboxClock, settings: BitrixSettings) {
    this.clock = clock;
    this.settings = settings;
    for (const entity of [this.leads, this.deals, this.contacts, this.companies, this.quotes, this.invoices]) {
      this.#items.set(entity.names.typeId, entity);
    }
    for (const [id, name, lines] of firstDirectories) this.addDirectory(id, name, lines, null);
    this.#firstCategories();
    for (const { categories, ...process } of firstProcesses) this.addProcess(process, categories);
  }

  /** The kind of CRM item with this number. */
  item(typeId: number): Entity | undefined {
    return this.#items.get(typeId);
  }

  /** Every kind of CRM item in order of its number. */
  get items(): readonly Entity[] {
    return [...this.#items.values()].sort((one, other) => one.names.typeId - other.names.typeId);
  }

  /** Every stream in the order in which relations may be followed. */
  get entities(): readonly Entity[] {
    const { companies, contacts, leads, deals, quotes, invoices } = this;
    const dynamic = this.processes.flatMap(({ entityTypeId }) => this.item(entityTypeId) ?? []);
    const others = [this.activities, this.comments, this.tasks, this.products, this.productRows, this.requisites];
    return [companies, contacts, leads, deals, quotes, invoices, ...dynamic, ...others];
  }

  /** The present moment as the vendor's clock shows it. */
  now(): number {
    return this.clock.now() + this.settings.clock_skew_ms;
  }

  nextWayId(): number {
    this.#lastWayId += 1;
    return this.#lastWayId;
  }

  /** Adds a record whose values are already in stored form. */
  create(entity: Entity, given: JsonObject, actor: Actor, visibleFrom?: number): string {
    const id = entity.table.newId();
    const now = storedMoment(this.now());
    const { stamps, names } = entity;
    const record: JsonObject = {
      id: Number(id),
      [stamps.created]: now,
      [stamps.updated]: now,
      [stamps.author]: actor.userId,
      [stamps.editor]: actor.userId,
      ...(entity.camel('lastActivityTime') === undefined ? {} : { lastActivityTime: now }),
      ...withoutNulls(given),
    };
    if (names.label !== '' && !record.title) record.title = `${names.label}${id}`;
    this.plant(entity, record, visibleFrom);
    this.onChange?.({ entity, kind: 'ADD', id, actor });
    return id;
  }

  /** Adds a complete record without telling anyone: for seeding. The id must be the table's next one. */
  plant(entity: Entity, record: JsonObject, visibleFrom?: number): void {
    const at = Date.parse(String(record[entity.stamps.updated] ?? record[entity.stamps.created]));
    const json = JSON.stringify(record);
    const row = entity.table.insert({ record, json: [json], externalId: null, at, hash: 0 }, visibleFrom);
    this.ways.changed(entity, row, undefined, record);
    entity.changedAt.push(at);
    entity.version += 1;
  }

  /** Changes what differs; false (and no new moment, no event) when nothing does. */
  update(entity: Entity, row: number, changes: JsonObject, actor: Actor): boolean {
    const before = entity.table.record(row);
    const differing = Object.entries(changes).filter(([key, value]) => !same(own(before, key), value));
    if (differing.length === 0) return false;
    const { stamps } = entity;
    const now = storedMoment(this.now());
    const after = withoutNulls({ ...before, ...Object.fromEntries(differing) });
    after[stamps.updated] = now;
    after[stamps.editor] = actor.userId;
    const json = [JSON.stringify(after)];
    entity.table.replace(row, before, { record: after, json, externalId: null, at: Date.parse(now), hash: 0 });
    this.ways.changed(entity, row, before, after);
    entity.changedAt.set(row, Date.parse(now));
    entity.version += 1;
    this.onChange?.({ entity, kind: 'UPDATE', id: entity.table.idOf(row), actor });
    return true;
  }

  remove(entity: Entity, row: number, actor: Actor): void {
    const id = entity.table.idOf(row);
    const before = entity.table.record(row);
    entity.table.remove(row, before, this.now());
    this.ways.changed(entity, row, before, undefined);
    entity.version += 1;
    this.onChange?.({ entity, kind: 'DELETE', id, actor });
  }

  addDirectory(id: string, name: string, lines: readonly DirectoryLine[], categoryId: number | null): void {
    this.directories.push({ id, name });
    lines.forEach(([statusId, caption, semantics], index) => {
      this.addStatus({
        entityId: id,
        statusId,
        name: caption,
        sort: (index + 1) * 10,
        isSystem: ['NEW', 'WON', 'LOSE', 'CONVERTED', 'JUNK'].includes(statusId.replace(/^.*:/, '')),
        categoryId,
        color: semantics === undefined ? '' : colorOf(index),
        semantics: semantics ?? null,
      });
    });
  }

  addStatus(status: Omit<Status, 'id'>): Status {
    this.#lastStatusId += 2;
    const added = { id: this.#lastStatusId, ...status };
    this.statuses.push(added);
    return added;
  }

  /** The values of a directory in their order. */
  directory(entityId: string): Status[] {
    return this.statuses
      .filter((status) => status.entityId === entityId)
      .sort((one, other) => one.sort - other.sort || one.id - other.id);
  }

  status(entityId: string, statusId: string): Status | undefined {
    return this.statuses.find((status) => status.entityId === entityId && status.statusId === statusId);
  }

  /** The directory of the stages of an item in this pipeline. */
  stageDirectory(entity: Entity, categoryId: number): string {
    const { typeId, kind } = entity.names;
    if (kind === 'lead') return 'STATUS';
    if (kind === 'deal') return categoryId === 0 ? 'DEAL_STAGE' : `DEAL_STAGE_${categoryId}`;
    if (typeId === 7) return 'QUOTE_STATUS';
    return typeId === 31 ? `SMART_INVOICE_STAGE_${categoryId}` : `DYNAMIC_${typeId}_STAGE_${categoryId}`;
  }

  categoriesOf(entityTypeId: number): Category[] {
    return this.categories
      .filter((category) => category.entityTypeId === entityTypeId)
      .sort((one, other) => one.sort - other.sort || one.id - other.id);
  }

  addCategory(category: Category): void {
    this.categories.push(category);
    const { id, entityTypeId, name } = category;
    if (entityTypeId === 2) this.addDirectory(`DEAL_STAGE_${id}`, `Stages: ${name}`, stagesOfCategory(id), id);
    else {
      const prefix = entityTypeId === 31 ? 'SMART_INVOICE' : `DYNAMIC_${entityTypeId}`;
      this.addDirectory(`${prefix}_STAGE_${id}`, `Stages: ${name}`, stagesOfProcess(entityTypeId, id), id);
    }
  }

  nextCategoryId(): number {
    return Math.max(0, ...this.categories.map(({ id }) => id)) + 2;
  }

  addProcess(process: Omit<SmartProcess, 'createdAt'>, categories: readonly number[]): SmartProcess {
    const { id, entityTypeId } = process;
    const made = { ...process, createdAt: storedMoment(this.now()) };
    this.processes.push(made);
    const stream = `items_${entityTypeId}`;
    this.#items.set(
      entityTypeId,
      dynamicEntity(stream, entityTypeId, `DYNAMIC_${entityTypeId}`, `T${entityTypeId.toString(16)}`, `CRM_${id}`, '#'),
    );
    categories.forEach((category, index) => {
      const name = index === 0 ? 'Общая' : `Воронка ${index + 1}`;
      this.addCategory({ id: category, entityTypeId, name, sort: 500, isDefault: index === 0 });
    });
    return made;
  }

  /** The entity whose custom fields have this owner, such as `CRM_DEAL`. */
  customOwner(entityId: string): Entity | undefined {
    return this.items.find(({ names }) => names.customEntity === entityId);
  }

  addUserField(field: Omit<UserField, 'id'>, actor?: Actor): UserField {
    this.#lastFieldId += 2;
    const added = { id: this.#lastFieldId, ...field };
    this.userFields.push(added);
    this.customOwner(field.entityId)?.addField(fieldOf(added));
    if (actor !== undefined) this.onUserField?.(added, 'ADD', actor);
    return added;
  }

  /** Call after a custom field was changed, so that the lists of fields show it. */
  refreshUserField(field: UserField, actor: Actor): void {
    const owner = this.customOwner(field.entityId);
    owner?.removeField(field.fieldName);
    owner?.addField(fieldOf(field));
    this.onUserField?.(field, 'UPDATE', actor);
  }

  removeUserField(field: UserField, actor: Actor): void {
    this.userFields.splice(this.userFields.indexOf(field), 1);
    this.customOwner(field.entityId)?.removeField(field.fieldName);
    this.onUserField?.(field, 'DELETE', actor);
  }

  nextEnumId(): number {
    this.#lastEnumId += 2;
    return this.#lastEnumId;
  }

  #firstCategories(): void {
    this.categories.push({ id: 0, entityTypeId: 2, name: 'Общая', sort: 300, isDefault: true });
    for (const { id, name } of firstCategories) {
      this.addCategory({ id, entityTypeId: 2, name, sort: 200, isDefault: false });
    }
    this.addCategory({ id: 5, entityTypeId: 31, name: 'Счета', sort: 500, isDefault: true });
  }
}

/** Absent, null and an empty list are the same nothing. */
function same(held: Json | undefined, given: Json): boolean {
  const isNothing = (value: Json | undefined) =>
    value === undefined || value === null || (Array.isArray(value) && value.length === 0);
  return isNothing(held) && isNothing(given) ? true : sameJson(held, given);
}

function withoutNulls(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

/** The number by which a repeat of the same write is known in the log. */
export const hashOfChanges = (changes: JsonObject): number => hashOf(JSON.stringify(changes));

function itemEntity(
  kind: Exclude<ItemKind, 'dynamic'>,
  stream: string,
  code: string,
  prefix: string,
  typeId: number,
  label: string,
): Entity {
  const names = { stream, event: `CRM${code}`, typeId, kind, code, prefix, customEntity: `CRM_${code}`, label };
  return new Entity(names, fieldsFrom(standardFields[kind]), 2 * typeId + 1, disabledFields[kind]);
}

function dynamicEntity(
  stream: string,
  typeId: number,
  code: string,
  prefix: string,
  customEntity: string,
  label: string,
): Entity {
  const event = typeId === 7 ? 'CRMQUOTE' : 'CRMDYNAMICITEM';
  const names = { stream, event, typeId, kind: 'dynamic' as const, code, prefix, customEntity, label };
  return new Entity(names, fieldsFrom(standardFields.dynamic), 1);
}

function otherEntity(stream: string, event: string, fields: readonly Field[], firstId: number): Entity {
  const names = { stream, event, typeId: 0, kind: 'other' as const, code: '', prefix: '', customEntity: '', label: '' };
  return new Entity({ ...names, stamps: usualStamps }, fields, firstId);
}
