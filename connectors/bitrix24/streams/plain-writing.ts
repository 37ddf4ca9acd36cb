import type { JsonObject, JsonValue } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Command, PortalClient } from '../client.js';
import { Finder } from '../reading/finder.js';
import { operationOf, type Target } from '../writing/target.js';
import { originator } from './item-writing.js';
import { type PlainStream, plainSource } from './plain.js';

/** How a stream with methods of its own is written. */
export interface PlainWriting {
  add(fields: JsonObject): Command;
  update(id: string, fields: JsonObject): Command;
  remove(id: string): Command;
  keyOf(result: JsonValue): string | null;
  /** Where our own id stands; `originatorField` says beside it that it is ours. */
  readonly ownId: { readonly field: string; readonly originatorField: string | null } | null;
  /** Fields in the vendor's spelling. */
  written(fields: JsonObject): JsonObject;
}

export function plainTarget(client: PortalClient, stream: PlainStream, writing: PlainWriting): Target {
  const source = plainSource(stream);
  const { ownId } = writing;
  return {
    stream: stream.name,
    source,
    wholeSource: source,
    prepare: async () => (change) => {
      const fields = flagged(writing.written(withoutKey(change.fields, stream.key)));
      const id = change.targetKey ?? '';
      const operation = operationOf(change);
      if (operation === 'create' && ownId !== null) {
        fields[ownId.field] = change.recordKey;
        if (ownId.originatorField !== null) fields[ownId.originatorField] = originator;
      }
      const head =
        operation === 'create'
          ? writing.add(fields)
          : operation === 'update'
            ? writing.update(id, fields)
            : writing.remove(id);
      return { change, head, tail: () => [], tailLength: 0 };
    },
    keyOf: writing.keyOf,
    undo: (key) => writing.remove(key),
    ownIds:
      ownId === null
        ? null
        : {
            // Each by itself: not every list of this family takes several values for a text.
            find: async (recordKeys, signal) => {
              const wanted = new Set(recordKeys);
              const filters = [...wanted].map((key) => ({
                [stream.filterName(ownId.field)]: key,
                ...(ownId.originatorField !== null && { [ownId.originatorField]: originator }),
              }));
              const isOurs = (row: JsonObject): boolean => wanted.has(keyText(stream.recordOf(row)[ownId.field]) ?? '');
              const rows = await new Finder(client, stream.list).all(filters, signal, isOurs);
              return rows.map((row) => stream.recordOf(row));
            },
            keyOf: (record) => {
              const isOurs = ownId.originatorField === null || record[ownId.originatorField] === originator;
              return isOurs ? keyText(record[ownId.field]) : null;
            },
          },
  };
}

function withoutKey(fields: JsonObject, key: string): JsonObject {
  const { [key]: _, ...rest } = fields;
  return rest;
}

/** Yes and no are Y and N. */
function flagged(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'boolean' ? (value ? 'Y' : 'N') : value]),
  );
}
