import type { SandboxClock } from '../kit/clock.js';
import { hashOf } from '../kit/effect-log.js';
import { countedIds } from '../kit/id-space.js';
import { isObject, type Json, type JsonObject, own, sameJson } from '../kit/json.js';
import type { Random } from '../kit/random.js';
import { RecordTable } from '../kit/record-table.js';
import { checkValue, type Refusal } from './checks.js';
import { VendorMoment } from './moment.js';
import { emptyValue, type Field, firstCustomFields, type StreamName, standardFields, streamNames } from './schema.js';
import type { RestCrmSettings } from './switches.js';

/** One stream with its fields. */
export interface CrmStream {
  readonly name: StreamName;
  readonly table: RecordTable;
  readonly fields: ReadonlyMap<string, Field>;
  readonly customFields: Map<string, Field>;
}

/** A change of a record, as webhooks announce it. */
export interface CrmChange {
  readonly stream: StreamName;
  readonly kind: 'created' | 'updated' | 'deleted';
  readonly id: string;
}

const TOUCHED = -2;

/** The records of the CRM and the rules that they obey. Knows nothing of HTTP. */
export class CrmStore {
  readonly streams: Readonly<Record<StreamName, CrmStream>>;
  /** Hears every change after it happened. */
  onChange: ((change: CrmChange) => void) | undefined;
  readonly #moment: VendorMoment;
  readonly #exists = (stream: StreamName, id: string): boolean => this.streams[stream].table.rowOf(id) >= 0;

  constructor(clock: SandboxClock, random: Random, settings: RestCrmSettings) {
    this.#moment = new VendorMoment(clock, settings);
    this.streams = {
      companies: makeStream('companies', random),
      contacts: makeStream('contacts', random),
      deals: makeStream('deals', random),
    };
  }

  /** All records of a stream, parsed: for tests in the same process. */
  records(stream: StreamName): JsonObject[] {
    const { table } = this.streams[stream];
    return [...table.rows()].map((row) => table.record(row));
  }

  count(stream: StreamName): number {
    return this.streams[stream].table.count;
  }

  /** The refusal of what a writer gave, or undefined. On a create the required fields must be there. */
  check(stream: CrmStream, item: JsonObject, isCreate: boolean): Refusal | undefined {
    for (const name of Object.keys(item)) {
      const field = stream.fields.get(name);
      if (field === undefined) return { code: 'unknown_field', message: `Field ${name} is not known.`, field: name };
      const value = item[name] ?? null;
      const problem = name === 'custom' ? this.#checkCustom(stream, value) : checkValue(field, value, this.#exists);
      if (problem !== undefined) return problem;
    }
    if (!isCreate || Object.hasOwn(item, 'name')) return undefined;
    return { code: 'required', message: 'Field name must not be empty.', field: 'name' };
  }

  /** Adds a checked record; `visibleFrom` (sandbox ms) hides it from lists until then. */
  create(stream: CrmStream, { item, bytes, hash }: Sent, visibleFrom?: number): { row: number; id: string } {
    const { at, text: moment } = this.#moment.next();
    const id = stream.table.newId();
    // What was sent is stored as it is, between the id and what the vendor adds: printing it again would cost more.
    const json = [
      `{"id":"${id}",`,
      bytes.subarray(1, -1),
      `${absentFields(stream, item)},"created_at":"${moment}","updated_at":"${moment}"}`,
    ];
    const externalId = textOrNull(own(item, 'external_id'));
    const row = stream.table.insert({ record: item, json, externalId, at, hash }, visibleFrom);
    this.onChange?.({ stream: stream.name, kind: 'created', id });
    return { row, id };
  }

  /** Changes the given fields of a record; false when they already are so. */
  update(stream: CrmStream, row: number, item: JsonObject, hash: number): boolean {
    if (stream.table.hashOf(row) === hash) return false;
    const before = stream.table.record(row);
    const after = merged(before, item);
    if (after === undefined) {
      stream.table.rememberHash(row, hash);
      return false;
    }
    this.#replace(stream, row, before, after, hash);
    return true;
  }

  remove(stream: CrmStream, row: number): void {
    const id = stream.table.idOf(row);
    stream.table.remove(row, stream.table.record(row), this.#moment.next().at);
    this.onChange?.({ stream: stream.name, kind: 'deleted', id });
  }

  /** A change by a person at the vendor: no checks, so values may be wrong on purpose. */
  touch(stream: CrmStream, row: number, fields: JsonObject): void {
    const before = stream.table.record(row);
    this.#replace(stream, row, before, { ...before, ...merged(before, fields) }, TOUCHED);
  }

  /** Adds a record as it is, with its own moments: for seeding. */
  plant(stream: CrmStream, record: JsonObject, updatedAt: number): void {
    stream.table.newId();
    const externalId = textOrNull(own(record, 'external_id'));
    stream.table.insert({ record, json: [JSON.stringify(record)], externalId, at: updatedAt, hash: TOUCHED });
  }

  #replace(stream: CrmStream, row: number, before: JsonObject, after: JsonObject, hash: number): void {
    const { at, text: moment } = this.#moment.next();
    after.updated_at = moment;
    const externalId = textOrNull(own(after, 'external_id'));
    stream.table.replace(row, before, { record: after, json: [JSON.stringify(after)], externalId, at, hash });
    this.onChange?.({ stream: stream.name, kind: 'updated', id: stream.table.idOf(row) });
  }

  #checkCustom(stream: CrmStream, value: Json): Refusal | undefined {
    if (value === null) return undefined;
    if (!isObject(value)) return { code: 'invalid_type', message: 'Field custom must be an object.', field: 'custom' };
    for (const code of Object.keys(value)) {
      const field = stream.customFields.get(code);
      if (field === undefined) {
        return { code: 'unknown_field', message: `Field custom.${code} is not known.`, field: `custom.${code}` };
      }
      const problem = checkValue(field, value[code] ?? null, this.#exists);
      if (problem !== undefined) return { ...problem, field: `custom.${code}` };
    }
    return undefined;
  }
}

/** One record as it was sent. */
export interface Sent {
  readonly item: JsonObject;
  /** Its JSON, from brace to brace. */
  readonly bytes: Buffer;
  /** The hash by which a repeat of the same write is known. */
  readonly hash: number;
}

/** A sent record from its bytes; undefined when they are not a JSON object. Throws SyntaxError for broken JSON. */
export function sentBytes(bytes: Buffer): Sent | undefined {
  const item: unknown = JSON.parse(bytes.toString('utf8'));
  if (!isObject(item)) return undefined;
  const end = bytes.lastIndexOf('}') + 1;
  return { item, bytes: bytes.subarray(bytes.indexOf('{'), end), hash: hashOf(bytes) };
}

/** A record made here, as if it had been sent. */
export function sentItem(item: JsonObject): Sent {
  const bytes = Buffer.from(JSON.stringify(item));
  return { item, bytes, hash: hashOf(bytes) };
}

function makeStream(name: StreamName, random: Random): CrmStream {
  const first = 1_000_000 + random.fork(`ids/${name}`).int(0, 3_000_000);
  return {
    name,
    table: new RecordTable(name, countedIds(first)),
    fields: new Map(standardFields[name].map((field) => [field.name, field])),
    customFields: new Map(firstCustomFields[name].map((field) => [field.name, field])),
  };
}

/** `,"field":null` for every field that was not sent. */
function absentFields({ fields }: CrmStream, item: JsonObject): string {
  let json = '';
  for (const [name, field] of fields) {
    if (!field.readonly && item[name] === undefined) json += `,"${name}":${JSON.stringify(emptyValue(field))}`;
  }
  return json;
}

/** The record with the given fields, or undefined when nothing differs. Custom fields are merged by code. */
function merged(before: JsonObject, item: JsonObject): JsonObject | undefined {
  let after: JsonObject | undefined;
  for (const [name, given] of Object.entries(item)) {
    const held = own(before, name);
    const value = name === 'custom' && isObject(given) && isObject(held) ? { ...held, ...given } : given;
    if (sameJson(held, value)) continue;
    after ??= { ...before };
    after[name] = value;
  }
  return after;
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** All streams in a fixed order: relations point from later ones to earlier ones. */
export const allStreams = (store: CrmStore): CrmStream[] => streamNames.map((name) => store.streams[name]);
