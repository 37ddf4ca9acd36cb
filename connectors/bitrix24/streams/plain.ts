import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import type { FieldDeclaration, ReadMode } from '../../kit/index.js';
import type { PortalClient } from '../client.js';
import type { ListMethod } from '../reading/list.js';
import type { Source } from '../reading/source.js';
import { textual } from './values.js';

/** A stream that only a list method of its own serves. */
export interface PlainStream {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly FieldDeclaration[];
  readonly isOpen: boolean;
  readonly key: string;
  readonly list: ListMethod;
  /** The field with the time of the last change; null where the list cannot be asked by one. */
  readonly changedField: string | null;
  readonly filters: readonly string[];
  readonly findBy: readonly string[];
  /** A record's field as rows and filters spell it. */
  filterName(field: string): string;
  rowName(field: string): string;
  recordOf(row: JsonObject): JsonObject;
}

export function plainSource(stream: PlainStream): Source {
  const { changedField } = stream;
  return {
    list: stream.list,
    keyField: stream.key,
    changed:
      changedField === null ? null : { row: stream.rowName(changedField), filter: stream.filterName(changedField) },
    filterName: (field) => stream.filterName(field),
    plain: (row) => stream.recordOf(row),
    records: async (rows) => rows.map((row) => stream.recordOf(row)),
  };
}

export function modesOf(stream: PlainStream): readonly ReadMode[] {
  return stream.changedField === null ? ['full'] : ['full', 'incremental'];
}

/** A row whose names are the record's names already. */
export function sameNames(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, textual(value)]));
}

/** A small list that is read whole: reference data. */
export interface SmallStream {
  readonly name: string;
  readonly title: string;
  readonly fields: readonly FieldDeclaration[];
  readonly key: readonly string[];
  load(client: PortalClient, signal: AbortSignal): Promise<JsonObject[]>;
}

export function listAt(result: JsonValue, name: string | null): JsonObject[] {
  const list = name === null ? result : isJsonObject(result) ? result[name] : null;
  return Array.isArray(list) ? list.filter(isJsonObject) : [];
}
