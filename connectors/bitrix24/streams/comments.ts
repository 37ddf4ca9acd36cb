import type { Cursor } from '../../../core/cursor.js';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../core/json.js';
import { keyText, type SourceRecord } from '../../../core/record.js';
import { shortHash } from '../../kit/hash.js';
import type { Change, Page, Reader } from '../../kit/index.js';
import { batchSize, isFailed, type PortalClient } from '../client.js';
import { Finder } from '../reading/finder.js';
import type { ListFilter, ListMethod } from '../reading/list.js';
import type { Source } from '../reading/source.js';
import { parseWalkPlace, Walk } from '../reading/walk.js';
import { operationOf, type Target } from '../writing/target.js';
import { commentsName, type Entity } from './entities.js';
import { fieldsOf } from './fields.js';
import { itemList } from './item-list.js';
import { sameNames } from './plain.js';

/**
 * Every 50 records are a request of their own for their comments. A page that breaks off, as by a limit that must be
 * waited for, is read anew, so it is a short one.
 */
const ownersPages = 10;

/** Our clock and the portal's may differ by this much. */
const clocksMs = 300_000;

export const commentFields = fieldsOf(`
  !ID text ID
  *ENTITY_ID text Record it belongs to
  *COMMENT text Text
  !CREATED datetime Written at
  !AUTHOR_ID text Author
  FILES any Files, each with name and urlDownload; new ones as pairs of name and base64
  !FINGERPRINT text Made here of the record and the text: how a comment is found again`);

const list: ListMethod = {
  method: 'crm.timeline.comment.list',
  base: {},
  rowsAt: null,
  id: 'ID',
  filterId: 'ID',
  filterParam: 'filter',
  order: { order: { ID: 'ASC' } },
};

/** Comments of one type of records; the portal lists them by record only. */
export class Comments {
  readonly #type: string;

  constructor(
    readonly client: PortalClient,
    readonly entity: Entity,
  ) {
    this.#type = (entity.code ?? '').toLowerCase();
  }

  /** Goes over all records of the type, and over the comments of 50 of them with each request. */
  reader(where: JsonObject): Reader {
    const walk = new Walk(this.client, itemList(this.entity, ['id']), ownersPages);
    const filter: ListFilter = Object.fromEntries(
      Object.entries(where).map(([name, value]) => [name === 'ENTITY_ID' ? '@id' : name, [value].flat()]),
    );
    return {
      readPage: async (cursor: Cursor | null, _bookmark, signal): Promise<Page> => {
        const place = isJsonObject(cursor) ? parseWalkPlace(cursor.walk) : null;
        const { rows, next } = await walk.page(filter, place, signal);
        const records = await this.ofOwners(
          rows.map((row) => String(row.id)),
          signal,
        );
        return { records, deleted: [], next: next === null ? null : { walk: { ...next } }, bookmark: null };
      },
      find: (field, values, signal) => this.source.find?.(field, values, signal) ?? Promise.resolve([]),
    };
  }

  async ofOwners(ids: readonly string[], signal: AbortSignal): Promise<SourceRecord[]> {
    const filters = ids.map((id) => ({ ENTITY_ID: id, ENTITY_TYPE: this.#type }));
    const wanted = new Set(ids);
    const rows = await this.#pages(filters, signal);
    return rows.filter((row) => wanted.has(String(row.ENTITY_ID))).map((row) => this.#recordOf(row));
  }

  get source(): Source {
    return {
      list,
      keyField: 'ID',
      changed: null,
      filterName: (field) => field,
      records: async (rows) => rows.map((row) => this.#recordOf(row)),
      find: async (field, values, signal) => {
        if (field === 'ENTITY_ID') return this.ofOwners([...new Set(values)], signal);
        return field === 'ID' ? this.#byId(values, signal) : [];
      },
    };
  }

  /** Comments have no field for our own id: one is found again by its record, its text and its age. */
  get target(): Target {
    const sent = new Map<string, { readonly change: Change; readonly atMs: number }>();
    // What this writer made for one record is not what another one is looking for.
    const taken = new Set<string>();
    const { source } = this;
    return {
      stream: commentsName(this.entity),
      source,
      wholeSource: source,
      prepare: async () => (change) => {
        const { COMMENT, ENTITY_ID, FILES } = change.fields;
        const operation = operationOf(change);
        const id = change.targetKey ?? '';
        if (operation === 'create') sent.set(change.recordKey, { change, atMs: Date.now() });
        const head =
          operation === 'create'
            ? {
                method: 'crm.timeline.comment.add',
                params: {
                  fields: { ENTITY_ID: ENTITY_ID ?? '', ENTITY_TYPE: this.#type, COMMENT: COMMENT ?? '', FILES },
                },
              }
            : operation === 'update'
              ? { method: 'crm.timeline.comment.update', params: { id, fields: { COMMENT, FILES } } }
              : { method: 'crm.timeline.comment.delete', params: { id } };
        return { change, head, tail: () => [], tailLength: 0 };
      },
      keyOf: (result: JsonValue) => {
        if (typeof result !== 'number' && typeof result !== 'string') return null;
        taken.add(String(result));
        return String(result);
      },
      undo: (id) => ({ method: 'crm.timeline.comment.delete', params: { id } }),
      ownIds: {
        find: async (recordKeys, signal) => {
          const mine = recordKeys.filter((key) => sent.has(key));
          const owners = mine.map((key) => keyText(sent.get(key)?.change.fields.ENTITY_ID) ?? '');
          if (mine.length === 0) return [];
          const records = await this.ofOwners([...new Set(owners)], signal);
          return claimed(
            mine,
            sent,
            records.filter((record) => !taken.has(String(record.ID))),
          );
        },
        alike: async (changes, signal) => {
          const owners = changes.map(({ fields }) => keyText(fields.ENTITY_ID) ?? '').filter((id) => id !== '');
          const records = (await this.ofOwners([...new Set(owners)], signal))
            .filter((record) => !taken.has(String(record.ID)))
            .sort((one, other) => Number(one.ID) - Number(other.ID));
          return changes.flatMap(({ recordKey, fields }) => {
            const print = fingerprintOf(fields);
            return records.flatMap((record) => (record.FINGERPRINT === print ? [{ ...record, recordKey }] : []));
          });
        },
        keyOf: (record) => keyText(record.recordKey),
      },
    };
  }

  async #byId(ids: readonly string[], signal: AbortSignal): Promise<SourceRecord[]> {
    const found: SourceRecord[] = [];
    for (let start = 0; start < ids.length; start += batchSize) {
      const commands = ids
        .slice(start, start + batchSize)
        .map((id) => ({ method: 'crm.timeline.comment.get', params: { id } }));
      for (const answer of await this.client.batch(commands, { signal })) {
        // A comment that is gone is an error of its command.
        if (isFailed(answer) && answer.failure.kind !== 'rejected') throw answer.failure;
        if (!isFailed(answer) && isJsonObject(answer.result)) found.push(this.#recordOf(answer.result));
      }
    }
    return found;
  }

  async #pages(filters: readonly ListFilter[], signal: AbortSignal): Promise<JsonObject[]> {
    return filters.length === 0 ? [] : new Finder(this.client, list).all(filters, signal);
  }

  #recordOf(row: JsonObject): JsonObject {
    const record = sameNames(row);
    // Files stand by their ids, or in an empty list.
    if (isJsonObject(record.FILES)) record.FILES = Object.values(record.FILES);
    return { ...record, FINGERPRINT: fingerprintOf(record) };
  }
}

/** Each comment that was sent takes one of those with its fingerprint that is young enough, the oldest first. */
function claimed(
  keys: readonly string[],
  sent: ReadonlyMap<string, { readonly change: Change; readonly atMs: number }>,
  records: readonly SourceRecord[],
): SourceRecord[] {
  const free = new Map<string, SourceRecord[]>();
  for (const record of records) {
    const print = String(record.FINGERPRINT);
    free.set(print, [...(free.get(print) ?? []), record]);
  }
  return keys.flatMap((key) => {
    const one = sent.get(key);
    if (one === undefined) return [];
    const candidates = free.get(fingerprintOf(one.change.fields)) ?? [];
    const index = candidates.findIndex((record) => Date.parse(String(record.CREATED)) >= one.atMs - clocksMs);
    const [record] = index < 0 ? [] : candidates.splice(index, 1);
    return record === undefined ? [] : [{ ...record, recordKey: key }];
  });
}

/** The portal trims texts and writes line ends in its own way. */
function fingerprintOf(fields: JsonObject): string {
  const text = String(fields.COMMENT ?? '')
    .replace(/\s+/g, ' ')
    .trim();
  return shortHash(`${String(fields.ENTITY_ID ?? '')}\n${text}`);
}
