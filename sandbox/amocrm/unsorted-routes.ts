import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { errors, type FieldError, hal, type ItemErrors, invalid, noContent, notFound } from './answers.js';
import { requestIdOf } from './attributes.js';
import { itemsOf } from './batches.js';
import { listOf } from './brackets.js';
import { type Call, selfLink } from './call.js';
import { readEntity } from './entity-items.js';
import { answerShortList } from './lists.js';
import type { AmoWebhooks } from './webhooks.js';

/** `/leads/unsorted`: incoming leads, which wait for a person to accept or decline them. */
export function answerUnsorted(call: Call, webhooks: AmoWebhooks): Answer {
  const [, , first, second] = call.segments;
  const { method } = call.request;
  const { unsorted } = call.store;
  if (first === undefined) return method === 'GET' ? list(call) : notFound();
  if ((first === 'forms' || first === 'sip') && method === 'POST') return create(call, first, webhooks);
  if (first === 'summary') return hal({ total: unsorted.size, accepted: 0, declined: 0, average_sort_time: 0 });
  const held = unsorted.get(first);
  if (held === undefined) return notFound();
  if (second === undefined && method === 'GET') return hal(shown(call, held));
  if (second === 'accept' && method === 'POST') return accept(call, held, webhooks);
  return second === 'decline' && method === 'DELETE' ? decline(call, held, webhooks) : notFound();
}

function list(call: Call): Answer {
  const given = own(call.query, 'filter');
  const filter = isObject(given) ? given : {};
  const wanted = (key: string) => listOf(own(filter, key));
  const [uids, categories, pipelines] = [wanted('uid'), wanted('category'), wanted('pipeline_id')];
  const found = [...call.store.unsorted.values()].filter(
    (held) =>
      (uids.length === 0 || uids.includes(String(held.uid))) &&
      (categories.length === 0 || categories.includes(String(held.category))) &&
      (pipelines.length === 0 || pipelines.includes(String(held.pipeline_id))),
  );
  return answerShortList(
    call,
    'leads/unsorted',
    'unsorted',
    found.map((held) => shown(call, held)),
  );
}

function create(call: Call, category: string, webhooks: AmoWebhooks): Answer {
  const items = itemsOf(call);
  const refused: ItemErrors[] = items.flatMap((item, index) => {
    const wrong = isObject(item) ? check(call, item) : [errors.type('', 'array')];
    return wrong.length === 0 ? [] : [{ request_id: requestIdOf(item, index), errors: wrong }];
  });
  if (refused.length > 0) {
    for (const _item of items) call.request.effect({ effect: 'create', stream: 'unsorted', status: 400 });
    return invalid(refused);
  }
  const made = items.filter(isObject).map((item, index) => {
    const held = keep(call, category, item, webhooks);
    return { ...shown(call, held), request_id: requestIdOf(item, index) };
  });
  return hal({ _total_items: made.length, _embedded: { unsorted: made } });
}

function check(call: Call, item: JsonObject): FieldError[] {
  const wrong: FieldError[] = [];
  for (const key of ['source_uid', 'source_name', 'metadata'])
    if (own(item, key) === undefined) wrong.push(errors.missing(key));
  const pipeline = own(item, 'pipeline_id');
  if (pipeline !== undefined && call.store.pipelines.get(Number(pipeline)) === undefined)
    wrong.push(errors.choice('pipeline_id'));
  return wrong;
}

/** Keeps an incoming lead together with the records that came along. */
function keep(call: Call, category: string, item: JsonObject, webhooks: AmoWebhooks): JsonObject {
  const { store, request } = call;
  const pipeline = store.pipelines.get(Number(item.pipeline_id)) ?? store.pipelines.main;
  const parts = isObject(item._embedded) ? item._embedded : {};
  const made = (type: 'contacts' | 'companies', sent: Json | undefined): number[] =>
    (Array.isArray(sent) ? sent.filter(isObject) : []).map((part) => {
      const id = store.add(type, readEntity(store, type, undefined, part, call.by).after, call.by);
      request.effect({ effect: 'create', stream: type, id: String(id), status: 201 });
      return id;
    });
  const contacts = made('contacts', parts.contacts);
  const companies = made('companies', parts.companies);
  const [first] = Array.isArray(parts.leads) ? parts.leads.filter(isObject) : [];
  const lead = readEntity(store, 'leads', undefined, first ?? { name: 'Заявка' }, call.by).after;
  const incoming = pipeline.statuses.find(({ type }) => type === 1);
  const leadId = store.add(
    'leads',
    {
      ...lead,
      pipeline_id: pipeline.id,
      status_id: incoming?.id ?? 0,
      contacts: contacts.map((id, index) => ({ id, is_main: index === 0 })),
      company: companies[0] ?? null,
    },
    call.by,
  );
  request.effect({ effect: 'create', stream: 'leads', id: String(leadId), status: 201 });
  const uid = `${(store.now() * 1000 + store.unsorted.size).toString(16)}${String(leadId)}`.padStart(38, 'a');
  const held: JsonObject = {
    uid,
    source_uid: item.source_uid ?? null,
    source_name: item.source_name ?? null,
    category,
    pipeline_id: pipeline.id,
    created_at: typeof item.created_at === 'number' ? item.created_at : store.now(),
    metadata: item.metadata ?? null,
    contacts,
    leads: [leadId],
    companies,
  };
  store.unsorted.set(uid, held);
  request.effect({ effect: 'create', stream: 'unsorted', id: uid, externalId: String(item.source_uid), status: 201 });
  webhooks.announceUnsorted('add', {
    uid,
    source_uid: held.source_uid ?? null,
    pipeline_id: pipeline.id,
    created_at: held.created_at ?? null,
    category,
    lead_id: leadId,
  });
  return held;
}

function accept(call: Call, held: JsonObject, webhooks: AmoWebhooks): Answer {
  const { store, request, by } = call;
  const body = request.body.length === 0 ? {} : request.json();
  const pipeline = store.pipelines.get(Number(held.pipeline_id)) ?? store.pipelines.main;
  const asked = isObject(body) ? own(body, 'status_id') : undefined;
  const status = asked === undefined ? store.pipelines.firstStatus(pipeline).id : Number(asked);
  const { leads } = store.tables;
  for (const id of idsOf(held.leads)) {
    const row = leads.rowOf(id);
    if (row >= 0) store.change('leads', row, { ...leads.record(row), status_id: status }, { by });
    request.effect({ effect: 'update', stream: 'leads', id: String(id), status: 200 });
  }
  store.unsorted.delete(String(held.uid));
  webhooks.announceUnsorted('delete', {
    uid: held.uid ?? null,
    action: 'accept',
    accept_result: { leads: idsOf(held.leads) },
  });
  return hal(shown(call, held));
}

function decline(call: Call, held: JsonObject, webhooks: AmoWebhooks): Answer {
  const { store, request, by } = call;
  for (const id of idsOf(held.leads)) {
    const row = store.tables.leads.rowOf(id);
    if (row >= 0) store.remove('leads', row, by);
    request.effect({ effect: 'delete', stream: 'leads', id: String(id), status: 200 });
  }
  store.unsorted.delete(String(held.uid));
  webhooks.announceUnsorted('delete', {
    uid: held.uid ?? null,
    action: 'decline',
    decline_result: { leads: idsOf(held.leads) },
  });
  return request.method === 'DELETE' ? hal(shown(call, held)) : noContent;
}

function shown(call: Call, { contacts, leads, companies, ...held }: JsonObject): JsonObject {
  const linked = (type: string, ids: Json | undefined) =>
    idsOf(ids).map((id) => ({ id, _links: selfLink(call, `${type}/${id}`) }));
  return {
    ...held,
    account_id: call.store.accountId,
    _links: selfLink(call, `leads/unsorted/${String(held.uid)}`),
    _embedded: {
      contacts: linked('contacts', contacts),
      leads: linked('leads', leads),
      companies: linked('companies', companies),
    },
  };
}

function idsOf(value: Json | undefined): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
