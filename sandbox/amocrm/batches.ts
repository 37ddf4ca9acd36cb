import { hashOf } from '../kit/effect-log.js';
import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own, sameJson } from '../kit/json.js';
import { badRequest, errors, type FieldError, hal, type ItemErrors, invalid, notFound, Refused } from './answers.js';
import { requestIdOf } from './attributes.js';
import { type Call, selfLink } from './call.js';
import type { ReadItem } from './entity-items.js';
import type { StreamName } from './streams.js';

/** How the records of one stream are read and answered. */
export interface Writing {
  readonly stream: StreamName;
  /** Where the stream lies, after `/api/v4/`, and its key under `_embedded`. */
  readonly path: string;
  readonly key: string;
  read(before: JsonObject | undefined, item: JsonObject): ReadItem;
  /** Whether a record belongs to this path (notes of leads, elements of a catalog). */
  owns?(record: JsonObject): boolean;
  /** What the answer tells of a record beside its id; by default nothing for a new one. */
  answer?(id: number, record: JsonObject): JsonObject;
  readonly hasSingleAnswer?: boolean;
}

interface Planned {
  readonly row: number;
  readonly requestId: string;
  readonly after: JsonObject;
  readonly before: JsonObject | undefined;
  readonly hash: number;
}

/** `POST` (new records) and `PATCH` (changes by id) of a list: either all records are taken or none. */
export function answerBatch(call: Call, writing: Writing): Answer {
  const isCreate = call.request.method === 'POST';
  const items = itemsOf(call);
  call.request.records = items.length;
  const planned: Planned[] = [];
  const refused: ItemErrors[] = [];
  items.forEach((item, index) => {
    const requestId = requestIdOf(item, index);
    const plan = planOf(call, writing, item, isCreate, undefined);
    if (Array.isArray(plan)) refused.push({ request_id: requestId, errors: plan });
    else planned.push({ ...plan, requestId });
  });
  if (refused.length > 0) {
    for (const item of items) note(call, writing, isCreate, item, null, 400);
    return invalid(refused);
  }
  const answers = planned.map((plan) => carryOut(call, writing, plan));
  const body = { _links: selfLink(call, writing.path), _embedded: { [writing.key]: answers } };
  return hal(body, isCreate ? call.settings.created_status : 200);
}

/** `PATCH` of one record by its path. */
export function answerSingle(call: Call, writing: Writing, id: number): Answer {
  const item = bodyOf(call);
  if (!isObject(item)) return badRequest('The request body must be an object');
  call.request.records = 1;
  const row = call.store.tables[writing.stream].rowOf(id);
  if (row < 0 || !isOwned(call, writing, row)) {
    note(call, writing, false, item, id, 404);
    return notFound();
  }
  const plan = planOf(call, writing, item, false, row);
  if (Array.isArray(plan)) {
    note(call, writing, false, item, id, 400);
    return invalid([{ request_id: requestIdOf(item, 0), errors: plan }]);
  }
  const { request_id: _requestId, ...answer } = carryOut(call, writing, { ...plan, requestId: '0' });
  return hal(answer);
}

/** The records of a write; throws where the body is no list of fitting length. */
export function itemsOf(call: Call, limit = call.settings.max_batch): readonly Json[] {
  const items = bodyOf(call);
  if (!Array.isArray(items)) throw new Refused(badRequest('The request body must be an array'));
  if (items.length === 0) throw new Refused(badRequest('The request body is empty'));
  if (items.length > limit) {
    throw new Refused(invalid([{ request_id: '0', errors: [errors.tooMany('', limit)] }]));
  }
  return items;
}

export function bodyOf(call: Call): Json {
  return call.request.json() as Json;
}

function planOf(
  call: Call,
  writing: Writing,
  item: Json,
  isCreate: boolean,
  known: number | undefined,
): Omit<Planned, 'requestId'> | FieldError[] {
  if (!isObject(item)) return [errors.type('', 'array')];
  const table = call.store.tables[writing.stream];
  const id = own(item, 'id');
  let row = -1;
  if (!isCreate) {
    if (known === undefined && id === undefined) return [errors.missing('id')];
    row = known ?? (typeof id === 'number' ? table.rowOf(id) : -1);
    if (row < 0 || !isOwned(call, writing, row)) return [errors.choice('id')];
  } else if (id !== undefined) return [errors.notExpected('id')];
  const before = row < 0 ? undefined : table.record(row);
  const read = writing.read(before, item);
  if (read.errors.length > 0) return [...read.errors];
  return { row, before, after: read.after, hash: hashOf(JSON.stringify(item)) };
}

/** Saves one record and says so in the log. A change that changes nothing leaves the record alone. */
function carryOut(call: Call, writing: Writing, { row, requestId, after, before, hash }: Planned): JsonObject {
  const { store, request } = call;
  const { stream } = writing;
  const table = store.tables[stream];
  let id: number;
  let status = 200;
  if (row < 0) {
    id = store.add(stream, after, call.by, call.hiddenUntil());
    if (stream === 'leads' && after.name === '') nameLead(call, id);
    status = 201;
  } else {
    id = table.idOf(row);
    // The same record may stand twice in one batch: the later change builds on the earlier one.
    const held = table.record(row);
    const changed = { ...held, ...changedKeys(before ?? {}, after) };
    if (sameJson(held, changed)) status = 304;
    else store.change(stream, row, changed, { by: call.by });
  }
  const record = table.record(table.rowOf(id));
  request.effect({
    effect: row < 0 ? 'create' : 'update',
    stream,
    id: String(id),
    externalId: store.externalIdOf(stream, record),
    hash,
    status,
  });
  const more = writing.answer?.(id, record) ?? (row < 0 ? {} : { updated_at: record.updated_at ?? null });
  return { id, ...more, request_id: requestId, _links: selfLink(call, `${writing.path}/${id}`) };
}

function nameLead(call: Call, id: number): void {
  const table = call.store.tables.leads;
  const row = table.rowOf(id);
  call.store.change('leads', row, { ...table.record(row), name: `Сделка #${id}` }, { by: call.by, bumps: false });
}

function changedKeys(before: JsonObject, after: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(after).filter(([key, value]) => !sameJson(before[key], value)));
}

function isOwned(call: Call, writing: Writing, row: number): boolean {
  return writing.owns?.(call.store.tables[writing.stream].record(row)) ?? true;
}

/** A refused record in the log. */
function note(call: Call, { stream }: Writing, isCreate: boolean, item: Json, id: number | null, status: number): void {
  const named = isObject(item) ? own(item, 'id') : undefined;
  call.request.effect({
    effect: isCreate ? 'create' : 'update',
    stream,
    id: id === null ? (typeof named === 'number' ? String(named) : null) : String(id),
    hash: hashOf(JSON.stringify(item)),
    status,
  });
}
