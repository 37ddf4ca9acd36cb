import type { SandboxClock } from '../kit/clock.js';
import { type Json, type JsonObject, own } from '../kit/json.js';
import type { Random } from '../kit/random.js';
import { textsOf } from './custom-values.js';
import { Drive } from './drive.js';
import { EventLog } from './event-log.js';
import { FieldBook } from './fields.js';
import { LinkIndex } from './links.js';
import { makeUsers, type User } from './people-at-work.js';
import { PipelineBook } from './pipelines.js';
import { SearchIndex } from './search-index.js';
import {
  columnsOf,
  type EntityName,
  entityNames,
  isEntity,
  type StreamName,
  singular,
  streamNames,
} from './streams.js';
import type { AmoSettings } from './switches.js';
import { AmoTable } from './table.js';
import { TagBook } from './tags.js';

/** A change of a record, as the history and the webhooks tell it. */
export interface AmoChange {
  readonly stream: StreamName;
  readonly kind: 'add' | 'update' | 'delete' | 'restore';
  readonly id: number;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject;
  /** The user who did it, 0 for a robot. */
  readonly by: number;
  /** Seconds. */
  readonly at: number;
}

/** How a change is carried out. */
export interface ChangeManner {
  readonly by: number;
  /** Off: `updated_at` and `updated_by` stay. */
  readonly bumps?: boolean;
}

/** The whole account and the rules that hold within it. Knows nothing of HTTP. */
export class AmoStore {
  readonly accountId: number;
  readonly settings: AmoSettings;
  readonly tables: Readonly<Record<StreamName, AmoTable>>;
  readonly searches: Readonly<Record<EntityName | 'elements', SearchIndex>>;
  readonly links = new LinkIndex();
  readonly fields: FieldBook;
  readonly tags: Readonly<Record<EntityName, TagBook>>;
  readonly pipelines: PipelineBook;
  readonly users: readonly User[];
  readonly catalogs = new Map<number, JsonObject>();
  readonly events = new EventLog();
  readonly drive: Drive;
  /** Incoming leads by uid. */
  readonly unsorted = new Map<string, JsonObject>();
  /** Hears every change after it happened. */
  onChange: ((change: AmoChange) => void) | undefined;
  readonly #clock: SandboxClock;

  constructor(clock: SandboxClock, random: Random, settings: AmoSettings) {
    this.#clock = clock;
    this.settings = settings;
    const ids = random.fork('ids');
    this.accountId = 28_000_000 + ids.int(0, 4_000_000);
    const tables = streamNames.map((name) => {
      const first = { tasks: 1, notes: 60, elements: 2 }[name as string] ?? 12;
      return [name, new AmoTable(name, first * 1_000_000 + ids.int(0, 900_000), columnsOf[name])] as const;
    });
    this.tables = Object.fromEntries(tables) as Record<StreamName, AmoTable>;
    this.searches = {
      leads: new SearchIndex(this.tables.leads),
      contacts: new SearchIndex(this.tables.contacts),
      companies: new SearchIndex(this.tables.companies),
      customers: new SearchIndex(this.tables.customers),
      elements: new SearchIndex(this.tables.elements),
    };
    this.fields = new FieldBook(700_000 + ids.int(0, 90_000), 1_200_000 + ids.int(0, 90_000));
    this.tags = Object.fromEntries(
      entityNames.map((name, index) => [name, new TagBook(260_000 + index * 50_000)]),
    ) as Record<EntityName, TagBook>;
    this.pipelines = new PipelineBook(random.fork('pipelines'));
    this.drive = new Drive(random.fork('drive'));
    this.users = makeUsers(random.fork('users'));
    for (const name of entityNames) this.links.follow(name, this.tables[name]);
  }

  /** The present second. */
  now(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  /** The administrator whose rights the integration has. */
  get owner(): User {
    const [owner] = this.users;
    if (owner === undefined) throw new RangeError('The account has no users.');
    return owner;
  }

  /** All living records of a stream as they are kept: for tests in the same process. */
  records(stream: StreamName): JsonObject[] {
    const table = this.tables[stream];
    return [...table.rows()].map((row) => table.record(row));
  }

  /** The record's own id in another system, as the log shows it: the value of the custom field made for that. */
  externalIdOf(stream: StreamName, record: JsonObject): string | null {
    if (stream === 'tasks') return null;
    if (stream === 'notes') return noteUniq(record);
    const owner = stream === 'elements' ? `catalogs/${Number(record.catalog_id)}` : stream;
    const field = this.fields.called(owner, this.settings.own_id_field);
    const sku = stream === 'elements' ? this.fields.byCode(owner, 'SKU') : undefined;
    return textsOf(record, field)[0] ?? textsOf(record, sku)[0] ?? null;
  }

  /** Adds a record and gives its id; `hiddenUntil` (sandbox ms) hides it from lists until then. */
  add(stream: StreamName, record: JsonObject, by: number, hiddenUntil?: number): number {
    const table = this.tables[stream];
    const id = table.nextId;
    const after = { id, ...record };
    table.insert(after, hiddenUntil);
    this.#followTask(stream, after);
    this.onChange?.({ stream, kind: 'add', id, before: undefined, after, by, at: this.now() });
    if (stream === 'notes' && this.settings.notes_bump) this.#bumpOwner(after, by);
    return id;
  }

  /** Replaces a record by what `after` makes of it; its moment of change becomes now, unless `after` set another. */
  change(stream: StreamName, row: number, changed: JsonObject, { by, bumps = true }: ChangeManner): JsonObject {
    const table = this.tables[stream];
    const before = table.record(row);
    const after: JsonObject = { ...changed };
    if (bumps) {
      // What the writer set by hand stays.
      if (changed.updated_at === before.updated_at) after.updated_at = this.now();
      if (changed.updated_by === before.updated_by) after.updated_by = by;
    }
    table.replace(row, before, clean(after));
    if (bumps) {
      this.#followTask(stream, after);
      this.onChange?.({ stream, kind: 'update', id: table.idOf(row), before, after, by, at: this.now() });
    }
    return after;
  }

  /** Writes into the history that a link was made or taken away. */
  linked(
    action: 'link' | 'unlink',
    holder: EntityName,
    holderId: number,
    toType: string,
    toId: number,
    by: number,
  ): void {
    const type = isEntity(toType) ? singular[toType] : 'catalog_element';
    const link = [{ link: { entity: { type, id: toId } } }];
    this.events.add({
      type: action === 'link' ? 'entity_linked' : 'entity_unlinked',
      entityType: singular[holder],
      entityId: holderId,
      createdBy: by,
      createdAt: this.now(),
      ...(action === 'link' ? { after: link } : { before: link }),
    });
  }

  /** What a person does who deletes a record in the web interface; the API has no such call. */
  remove(stream: StreamName, row: number, by: number): void {
    const table = this.tables[stream];
    const before = table.record(row);
    const after = clean({ ...before, is_deleted: true, updated_by: by, updated_at: this.now() });
    table.replace(row, before, after);
    table.setDeleted(row, true);
    this.#followTask(stream, after);
    this.onChange?.({ stream, kind: 'delete', id: table.idOf(row), before, after, by, at: this.now() });
  }

  restore(stream: StreamName, row: number, by: number): void {
    const table = this.tables[stream];
    table.setDeleted(row, false);
    const before = table.record(row);
    const after = clean({ ...before, is_deleted: false, updated_by: by, updated_at: this.now() });
    table.replace(row, before, after);
    this.onChange?.({ stream, kind: 'restore', id: table.idOf(row), before, after, by, at: this.now() });
  }

  /** Rows of tasks or notes that belong to a record. */
  belongingTo(stream: 'tasks' | 'notes', entity: EntityName, id: number): number[] {
    const table = this.tables[stream];
    return table.records.withValue('owner', `${entity}:${id}`).filter((row) => !table.isDeleted(row));
  }

  /** Moves `updated_at` of the record that a note belongs to. */
  #bumpOwner(note: JsonObject, by: number): void {
    const entity = note.entity_type;
    if (typeof entity !== 'string' || !isEntity(entity)) return;
    const row = this.tables[entity].rowOf(Number(note.entity_id));
    if (row >= 0) this.change(entity, row, this.tables[entity].record(row), { by });
  }

  /** Keeps `closest_task_at` of the record that a task belongs to. */
  #followTask(stream: StreamName, task: JsonObject): void {
    const entity = task.entity_type;
    if (stream !== 'tasks' || typeof entity !== 'string' || !isEntity(entity)) return;
    const owner = this.tables[entity];
    const row = owner.rowOf(Number(task.entity_id));
    if (row < 0) return;
    const { tasks } = this.tables;
    const open = this.belongingTo('tasks', entity, Number(task.entity_id)).filter(
      (other) => tasks.number(other, 'is_completed') === 0,
    );
    const moments = open.map((other) => tasks.number(other, 'complete_till'));
    const closest: Json = moments.length === 0 ? null : Math.min(...moments);
    const before = owner.record(row);
    if (before.closest_task_at !== closest) owner.replace(row, before, { ...before, closest_task_at: closest });
  }
}

/** Without keys that stand for nothing. */
function clean(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

/** Calls carry an id of the telephone system. */
function noteUniq(note: JsonObject): string | null {
  const params = own(note, 'params');
  const uniq =
    typeof params === 'object' && params !== null && !Array.isArray(params) ? own(params, 'uniq') : undefined;
  return typeof uniq === 'string' ? uniq : null;
}
