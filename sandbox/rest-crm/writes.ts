import type { VendorRequest } from '../kit/exchange.js';
import { type JsonObject, own, textAt, valuesAt } from '../kit/json.js';
import type { Refusal } from './checks.js';
import { isSearchable, rowsWith } from './search.js';
import type { CrmStore, CrmStream, Sent } from './store.js';
import type { RestCrmSettings } from './switches.js';

/** What became of one record of a write. */
export interface Outcome {
  readonly status: 'created' | 'updated' | 'unchanged' | 'deleted' | 'rejected';
  readonly id: string | null;
  readonly external_id: string | null;
  readonly error?: Refusal;
}

/** How a batch finds its records. */
export type Mode = 'create' | 'update' | 'upsert' | 'delete';

/** What a write works with. */
export interface WriteContext {
  readonly store: CrmStore;
  readonly stream: CrmStream;
  readonly settings: RestCrmSettings;
  readonly request: VendorRequest;
  /** Until when (sandbox ms) a record made now hides from lists; undefined = it does not. */
  readonly hiddenUntil: () => number | undefined;
}

const STATUS: Readonly<Record<Outcome['status'], number>> = {
  created: 201,
  updated: 200,
  deleted: 200,
  unchanged: 304,
  rejected: 422,
};

/** Writes one record of a batch. `match` names the fields by which an upsert finds its record, external_id if empty. */
export function writeItem(context: WriteContext, mode: Mode, sent: Sent, match: readonly string[]): Outcome {
  return logged(context, mode, outcomeOf(context, mode, sent, match), sent.hash);
}

/** The outcome of an item that is not even an object. */
export function notAnObject(context: WriteContext, mode: Mode): Outcome {
  return logged(context, mode, rejected(null, null, 'invalid_type', 'Each item must be an object.'), 0);
}

function outcomeOf(context: WriteContext, mode: Mode, sent: Sent, match: readonly string[]): Outcome {
  if (mode === 'create') return create(context, sent);
  const { item } = sent;
  const found = mode === 'upsert' ? findForUpsert(context, item, match) : findNamed(context, item);
  if (typeof found === 'object') return { status: 'rejected', ...keysOf(item), error: found };
  if (found < 0) return create(context, sent);
  return mode === 'delete' ? remove(context, found) : update(context, found, sent);
}

/** Adds a record, unless it breaks a rule. */
export function create(context: WriteContext, sent: Sent): Outcome {
  const { item } = sent;
  const { store, stream, settings } = context;
  const refusal = store.check(stream, item, true);
  if (refusal !== undefined) return { status: 'rejected', ...keysOf(item), error: refusal };
  const externalId = textAt(item, 'external_id') ?? null;
  if (externalId !== null && settings.own_id_unique) {
    const holder = stream.table.firstWithOwnId(externalId);
    if (holder >= 0) {
      const message = `A record with external_id ${externalId} exists already.`;
      return rejected(stream.table.idOf(holder), externalId, 'duplicate_external_id', message);
    }
  }
  const { id } = store.create(stream, sent, context.hiddenUntil());
  return { status: 'created', id, external_id: externalId };
}

/** Changes a record; `id` in the item is its key and not a field. */
export function update(context: WriteContext, row: number, { item, hash }: Sent): Outcome {
  const { store, stream, settings } = context;
  const id = stream.table.idOf(row);
  if (stream.table.hashOf(row) === hash)
    return { status: 'unchanged', id, external_id: textAt(item, 'external_id') ?? null };
  const given = withoutId(item);
  const refusal = store.check(stream, given, false);
  const externalId = textAt(item, 'external_id') ?? null;
  if (refusal !== undefined) return { status: 'rejected', id, external_id: externalId, error: refusal };
  if (externalId !== null && settings.own_id_unique) {
    const holder = stream.table.firstWithOwnId(externalId);
    if (holder >= 0 && holder !== row) {
      return rejected(id, externalId, 'duplicate_external_id', `Another record has external_id ${externalId}.`);
    }
  }
  const isChanged = store.update(stream, row, given, hash);
  return { status: isChanged ? 'updated' : 'unchanged', id, external_id: externalId };
}

export function remove({ store, stream, settings }: WriteContext, row: number): Outcome {
  const id = stream.table.idOf(row);
  if (!settings.deletes) return rejected(id, null, 'deletes_disabled', 'Records cannot be deleted here.');
  const externalId = textAt(stream.table.record(row), 'external_id') ?? null;
  store.remove(stream, row);
  return { status: 'deleted', id, external_id: externalId };
}

/** Writes the outcome into the effect log and passes it on. */
export function logged({ request, stream }: WriteContext, mode: Mode, outcome: Outcome, hash: number): Outcome {
  const isCreate =
    outcome.status === 'created' ||
    (outcome.status === 'rejected' && outcome.id === null && mode !== 'delete' && mode !== 'update');
  const effect = mode === 'delete' ? 'delete' : isCreate || mode === 'create' ? 'create' : 'update';
  request.effect({
    effect,
    stream: stream.name,
    id: outcome.id,
    externalId: outcome.external_id,
    hash,
    status: STATUS[outcome.status],
  });
  return outcome;
}

/** The row that an upsert means, -1 for none, or a refusal. */
function findForUpsert(context: WriteContext, item: JsonObject, match: readonly string[]): number | Refusal {
  const { stream } = context;
  if (Object.hasOwn(item, 'id')) return findNamed(context, item);
  if (match.length > 0) return findByMatch(context, item, match);
  const externalId = own(item, 'external_id');
  if (typeof externalId !== 'string' || externalId === '') {
    return { code: 'missing_key', message: 'An upsert needs external_id or match fields.', field: 'external_id' };
  }
  const rows = stream.table.withOwnId(externalId);
  return rows.length > 1 ? ambiguous(`external_id ${externalId}`) : (rows[0] ?? -1);
}

function findByMatch({ stream, settings }: WriteContext, item: JsonObject, match: readonly string[]): number | Refusal {
  let rows: number[] | undefined;
  for (const path of match) {
    if (!isSearchable(stream, path))
      return { code: 'unknown_field', message: `Field ${path} cannot be matched.`, field: path };
    const [value] = valuesAt(item, path.split('.'));
    if (value === undefined || value === '') return -1;
    const hits = rowsWith(stream, path, value, settings);
    rows = rows === undefined ? hits : rows.filter((row) => hits.includes(row));
  }
  return rows !== undefined && rows.length > 1 ? ambiguous(match.join(', ')) : (rows?.[0] ?? -1);
}

/** The row named by `id`, else by `external_id`, or a refusal. */
function findNamed({ stream }: WriteContext, item: JsonObject): number | Refusal {
  const id = own(item, 'id');
  const externalId = own(item, 'external_id');
  if (id === undefined && externalId === undefined)
    return { code: 'missing_key', message: 'The item needs id or external_id.', field: 'id' };
  const rows = id === undefined ? stream.table.withOwnId(String(externalId)) : [stream.table.rowOf(String(id))];
  if (rows.length > 1) return ambiguous(`external_id ${String(externalId)}`);
  const row = rows[0] ?? -1;
  if (row >= 0) return row;
  return {
    code: 'not_found',
    message: `No record of ${stream.name} has ${id === undefined ? 'external_id' : 'id'} ${String(id ?? externalId)}.`,
  };
}

function withoutId(item: JsonObject): JsonObject {
  if (!Object.hasOwn(item, 'id')) return item;
  const { id: _key, ...fields } = item;
  return fields;
}

function keysOf(item: JsonObject): { id: string | null; external_id: string | null } {
  return { id: textAt(item, 'id') ?? null, external_id: textAt(item, 'external_id') ?? null };
}

function ambiguous(what: string): Refusal {
  return { code: 'ambiguous_match', message: `Several records have the same ${what}.` };
}

function rejected(id: string | null, externalId: string | null, code: string, message: string): Outcome {
  return { status: 'rejected', id, external_id: externalId, error: { code, message } };
}
