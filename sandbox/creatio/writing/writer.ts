import type { EffectNote } from '../../kit/effect-log.js';
import type { JsonObject } from '../../kit/json.js';
import type { CreatioUser } from '../auth/users.js';
import { EMPTY_GUID } from '../guid.js';
import type { Rights } from '../rights.js';
import type { ColumnSpec } from '../schema/columns.js';
import type { EntitySpec } from '../schema/model.js';
import type { CreatioStore, Saved } from '../store.js';
import type { CreatioSettings } from '../switches.js';
import type { CommunicationSync } from './communications.js';
import { duplicateId, notPermitted, stillReferenced, tooLong, unknownReference, WriteProblem } from './problems.js';
import { fillComputed } from './rules.js';

/** Whoever writes, and where the effect is noted. */
export interface WriteContext {
  readonly user: CreatioUser;
  readonly effect: (note: EffectNote) => void;
  /** Hash of the bytes that were sent. */
  readonly hash: number;
  /** Until when (sandbox ms) a record made now hides from lists. */
  readonly hiddenUntil?: number;
}

/** What is about to be done, for the log. */
interface Deed<Result> {
  readonly effect: 'create' | 'update' | 'delete';
  readonly entity: EntitySpec;
  readonly id: string | null;
  /** Values by which the own id is known. */
  readonly shown: JsonObject;
  /** The id of what was made. */
  readonly made?: (result: Result) => string;
}

/** Columns that only the platform sets. */
const SERVER_COLUMNS: ReadonlySet<string> = new Set(['ModifiedOn', 'ModifiedById', 'ProcessListeners']);

/**
 * The one way to change records over any protocol: rights, database rules, computed columns, the synchronisation of
 * communications, and the effect log. Takes values in stored form.
 */
export class Writer {
  readonly #store: CreatioStore;
  readonly #settings: CreatioSettings;
  readonly #rights: Rights;
  readonly #sync: CommunicationSync;

  constructor(store: CreatioStore, settings: CreatioSettings, rights: Rights, sync: CommunicationSync) {
    this.#store = store;
    this.#settings = settings;
    this.#rights = rights;
    this.#sync = sync;
  }

  create(entity: EntitySpec, given: JsonObject, context: WriteContext): JsonObject {
    const id = typeof given.Id === 'string' && given.Id !== EMPTY_GUID ? given.Id : undefined;
    const made = (record: JsonObject) => String(record.Id);
    return this.#noted({ effect: 'create', entity, id: id ?? null, shown: given, made }, context, () => {
      this.#demand(entity, 'insert', context);
      const fields = writable(entity, given);
      if (id !== undefined && this.#store.table(entity.name).rows.rowOf(id) >= 0)
        throw duplicateId(this.#settings.database, entity.name, id);
      fillComputed(this.#store, entity, fields, null);
      this.#checkRow(entity, fields);
      const hidden = context.hiddenUntil;
      const record = this.#store.insert(
        entity,
        { ...fields, Id: id ?? null },
        context.user.contactId,
        context.hash,
        hidden,
      );
      this.#afterSave({ entity, operation: 'insert', id: String(record.Id), record }, fields, context);
      return record;
    });
  }

  update(entity: EntitySpec, row: number, given: JsonObject, context: WriteContext): JsonObject {
    const { rows } = this.#store.table(entity.name);
    const id = rows.idOf(row);
    const before = rows.record(row);
    return this.#noted({ effect: 'update', entity, id, shown: { ...before, ...given } }, context, () => {
      this.#demand(entity, 'update', context);
      const { Id: _key, ...fields } = writable(entity, given);
      fillComputed(this.#store, entity, fields, before);
      this.#checkRow(entity, fields);
      const record = this.#store.update(entity, row, fields, context.user.contactId, context.hash);
      this.#afterSave({ entity, operation: 'update', id, record }, fields, context);
      return record;
    });
  }

  remove(entity: EntitySpec, row: number, context: WriteContext): void {
    const { rows } = this.#store.table(entity.name);
    const id = rows.idOf(row);
    const record = rows.record(row);
    this.#noted({ effect: 'delete', entity, id, shown: record }, context, () => {
      this.#demand(entity, 'delete', context);
      this.#release(entity, id, context);
      this.#store.remove(entity, row);
      this.#afterSave({ entity, operation: 'delete', id, record }, {}, context);
    });
  }

  /** A write of something that is not there. */
  missed(effect: 'update' | 'delete', entity: EntitySpec, id: string, context: WriteContext): void {
    context.effect({ effect, stream: entity.name, id, hash: context.hash, status: 404 });
  }

  /** Does the write and notes what became of it; one write is one transaction. */
  #noted<Result>(deed: Deed<Result>, context: WriteContext, write: () => Result): Result {
    const { effect, entity, id, shown } = deed;
    const externalId = typeof shown.UsrExternalId === 'string' ? shown.UsrExternalId : null;
    const note = { effect, stream: entity.name, externalId, hash: context.hash };
    try {
      const result = this.#store.atomically(write);
      context.effect({ ...note, id: deed.made?.(result) ?? id, status: effect === 'create' ? 201 : 200 });
      return result;
    } catch (error) {
      const isRights = error instanceof WriteProblem && error.kind === 'rights';
      context.effect({ ...note, id, status: isRights ? 403 : 422 });
      throw error;
    }
  }

  #demand(entity: EntitySpec, operation: 'insert' | 'update' | 'delete', { user }: WriteContext): void {
    if (!this.#rights.may(user, entity.name, operation)) throw notPermitted(entity.name);
  }

  #checkRow(entity: EntitySpec, fields: JsonObject): void {
    const { database, foreign_keys: hasForeignKeys } = this.#settings;
    for (const [property, value] of Object.entries(fields)) {
      const column = entity.properties.get(property);
      if (column === undefined || typeof value !== 'string') continue;
      if (column.maxLength > 0 && column.kind === 'text' && [...value].length > column.maxLength)
        throw tooLong(database, property, column.maxLength);
      if (hasForeignKeys && column.target !== undefined && !this.#exists(column.target, value))
        throw unknownReference(database, entity.name, property, column.target);
    }
  }

  #exists(target: string, id: string): boolean {
    return this.#store.model.entity(target) === undefined || this.#store.table(target).rows.rowOf(id) >= 0;
  }

  /** Rows of details go with their record; other rows that refer to it stop the delete or lose the value. */
  #release(entity: EntitySpec, id: string, context: WriteContext): void {
    for (const [other, column] of this.#referencesTo(entity)) {
      const { rows } = this.#store.table(other.name);
      for (const row of [...rows.withValue(column.property, id)]) {
        if (column.isRequired || other.name.endsWith('File')) this.#store.remove(other, row);
        else if (this.#settings.delete_referenced === 'refused')
          throw stillReferenced(this.#settings.database, entity.name, other.name, column.property);
        else this.#store.update(other, row, { [column.property]: null }, context.user.contactId);
      }
    }
  }

  *#referencesTo(entity: EntitySpec): Iterable<readonly [EntitySpec, ColumnSpec]> {
    for (const table of this.#store.tables) {
      if (table.rows.count === 0) continue;
      const columns = [...table.spec.columns.values()].filter(
        ({ target, isInherited }) => target === entity.name && !isInherited,
      );
      table.rows.prepare(columns.map(({ property }) => property));
      for (const column of columns) yield [table.spec, column];
    }
  }

  #afterSave(saved: Saved, changed: JsonObject, { user }: WriteContext): void {
    if (this.#settings.sync_communications) this.#sync.afterSave(saved, changed, user.contactId);
  }
}

/** What a client may set of what it gave. */
function writable(entity: EntitySpec, given: JsonObject): JsonObject {
  const entries = Object.entries(given).filter(([property]) => {
    const column = entity.properties.get(property);
    return column !== undefined && !column.isComputed && column.kind !== 'stream' && !SERVER_COLUMNS.has(property);
  });
  return Object.fromEntries(entries);
}
