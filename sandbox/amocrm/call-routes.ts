import { hashOf } from '../kit/effect-log.js';
import type { Answer } from '../kit/exchange.js';
import { isObject, type JsonObject, own } from '../kit/json.js';
import { errors, hal, type ItemErrors, invalid, notFound, problem } from './answers.js';
import { requestIdOf } from './attributes.js';
import { itemsOf } from './batches.js';
import { type Call, selfLink } from './call.js';
import { readNote } from './other-items.js';

const DIGITS = 8;
const NEEDED = ['direction', 'duration', 'source', 'phone', 'call_status', 'call_result'];

/** `POST /calls`: each call is noted at the contact or company whose phone ends in the same eight digits, if any. */
export function answerCalls(call: Call): Answer {
  const { request } = call;
  if (request.method !== 'POST' || call.segments.length > 1) return notFound();
  const items = itemsOf(call);
  const refused: ItemErrors[] = items.flatMap((item, index) => {
    const missing = NEEDED.slice(0, 4).filter((key) => !isObject(item) || own(item, key) === undefined);
    return missing.length === 0 ? [] : [{ request_id: requestIdOf(item, index), errors: missing.map(errors.missing) }];
  });
  if (refused.length > 0) return invalid(refused);
  const calls: JsonObject[] = [];
  const unmatched: JsonObject[] = [];
  items.filter(isObject).forEach((item, index) => {
    const owner = ownerOf(call, String(item.phone));
    const requestId = requestIdOf(item, index);
    if (owner === undefined) {
      request.effect({ effect: 'create', stream: 'notes', externalId: String(item.uniq), status: 400 });
      unmatched.push({
        request_id: requestId,
        title: 'Entity not found',
        status: 263,
        detail: `Entity for the phone ${String(item.phone)} not found`,
      });
    } else calls.push(noted(call, item, owner, requestId));
  });
  if (calls.length === 0) return problem(400, 'Bad Request', 'All data is invalid', { errors: unmatched });
  return hal({ _total_items: calls.length, errors: unmatched, _embedded: { calls } });
}

type Owner = { readonly entity: 'contacts' | 'companies'; readonly id: number };

function ownerOf({ store }: Call, phone: string): Owner | undefined {
  for (const entity of ['contacts', 'companies'] as const) {
    const table = store.tables[entity];
    const row = store.searches[entity].byPhone(phone, DIGITS).find((found) => !table.isDeleted(found));
    if (row !== undefined) return { entity, id: table.idOf(row) };
  }
  return undefined;
}

function noted(call: Call, item: JsonObject, { entity, id }: Owner, requestId: string): JsonObject {
  const { store, request, by } = call;
  const {
    direction,
    request_id: _requestId,
    responsible_user_id: _user,
    created_by: _by,
    created_at: at,
    updated_at: _at,
    ...params
  } = item;
  const sent: JsonObject = {
    note_type: direction === 'inbound' ? 'call_in' : 'call_out',
    params: { uniq: '', link: '', ...params },
    ...(typeof at === 'number' ? { created_at: at } : {}),
  };
  const { after } = readNote(store, entity, id, undefined, sent, by);
  const noteId = store.add('notes', after, by, call.hiddenUntil());
  request.effect({
    effect: 'create',
    stream: 'notes',
    id: String(noteId),
    externalId: store.externalIdOf('notes', after),
    hash: hashOf(JSON.stringify(item)),
    status: 201,
  });
  return {
    id: noteId,
    entity_id: id,
    entity_type: entity === 'contacts' ? 'contact' : 'company',
    account_id: store.accountId,
    request_id: requestId,
    _embedded: { entity: { id, _links: selfLink(call, `${entity}/${id}`) } },
  };
}
