import type { Answer } from '../kit/exchange.js';
import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { hal, noContent, notFound } from './answers.js';
import { listOf } from './brackets.js';
import { type Call, selfLink } from './call.js';
import { type AmoEvent, eventId, eventIndex } from './event-log.js';
import { answerShortList, pageBody, pageOf } from './lists.js';
import { entityNames, singular } from './streams.js';

/** Kinds of events with their caption; each custom field has one more. */
const eventTypes: readonly (readonly [string, string])[] = [
  ['lead_added', 'Новая сделка'],
  ['lead_deleted', 'Сделка удалена'],
  ['lead_restored', 'Сделка восстановлена'],
  ['lead_status_changed', 'Изменение этапа продажи'],
  ['contact_added', 'Новый контакт'],
  ['contact_deleted', 'Контакт удален'],
  ['contact_restored', 'Контакт восстановлен'],
  ['company_added', 'Новая компания'],
  ['company_deleted', 'Компания удалена'],
  ['company_restored', 'Компания восстановлена'],
  ['customer_added', 'Новый покупатель'],
  ['customer_deleted', 'Покупатель удален'],
  ['task_added', 'Новая задача'],
  ['task_deleted', 'Задача удалена'],
  ['task_completed', 'Завершение задачи'],
  ['task_text_changed', 'Изменение текста задачи'],
  ['task_deadline_changed', 'Изменение даты исполнения задачи'],
  ['common_note_added', 'Новое примечание'],
  ['incoming_call', 'Входящий звонок'],
  ['outgoing_call', 'Исходящий звонок'],
  ['entity_linked', 'Прикрепление'],
  ['entity_unlinked', 'Открепление'],
  ['entity_tag_added', 'Теги добавлены'],
  ['entity_tag_deleted', 'Теги убраны'],
  ['entity_responsible_changed', 'Ответственный изменен'],
  ['entity_merged', 'Выполнено объединение'],
  ['name_field_changed', 'Изменение поля «Название»'],
  ['sale_field_changed', 'Изменение поля «Бюджет»'],
];

/** `/events`: the history, newest first, a hundred at a time. */
export function answerEvents(call: Call): Answer {
  const [, first, second] = call.segments;
  if (call.request.method !== 'GET' || second !== undefined) return notFound();
  if (first === 'types') return answerTypes(call);
  if (first !== undefined) {
    const index = eventIndex(first);
    const { events } = call.store;
    if (!(index < events.length) || eventId(events.at(index)) !== first) return noContent;
    return hal(shownEvent(call, events.at(index)));
  }
  return answerPage(call);
}

function answerPage(call: Call): Answer {
  const { store, settings, query } = call;
  const { page, limit } = pageOf(query, settings.max_events_page, settings.max_events_page);
  const accepts = eventFilter(own(query, 'filter'));
  const [from, to] = createdRange(own(query, 'filter'));
  const found: JsonObject[] = [];
  let skip = (page - 1) * limit;
  let hasNext = false;
  // Moments only grow, so the walk ends at the first one before the asked time.
  for (let index = store.events.length - 1; index >= 0 && store.events.createdAt(index) >= from; index -= 1) {
    if (store.events.createdAt(index) > to) continue;
    const event = store.events.at(index);
    if (!accepts(event)) continue;
    if (skip > 0) skip -= 1;
    else if (found.length < limit) found.push(shownEvent(call, event));
    else {
      hasNext = true;
      break;
    }
  }
  call.request.effect({ effect: 'read', stream: 'events', status: 200 });
  if (found.length === 0) return noContent;
  return hal(pageBody(call, { path: 'events', key: 'events' }, { page, limit }, hasNext, found));
}

function answerTypes(call: Call): Answer {
  const fields = entityNames.flatMap((name) => call.store.fields.list(name));
  const types: JsonObject[] = [
    ...eventTypes.map(([key, lang], index) => ({ key, type: index + 1, lang })),
    ...fields.map(({ id, name }) => ({
      key: `custom_field_${id}_value_changed`,
      type: 40,
      lang: `Изменение поля «${name}»`,
    })),
  ];
  return answerShortList(
    call,
    'events/types',
    'events_types',
    types.map((type) => ({ ...type, _links: {} })),
  );
}

/** `created_at` as a first moment, as `first,last`, or as `[from]` and `[to]`. */
function createdRange(filter: Json | undefined): [number, number] {
  const given = isObject(filter) ? own(filter, 'created_at') : undefined;
  if (isObject(given) && (own(given, 'from') ?? own(given, 'to')) !== undefined) {
    return [Number(own(given, 'from') ?? 0), Number(own(given, 'to') ?? Number.POSITIVE_INFINITY)];
  }
  const [from = 0, to = Number.POSITIVE_INFINITY] = listOf(given).map(Number);
  return [from, to];
}

function eventFilter(filter: Json | undefined): (event: AmoEvent) => boolean {
  if (!isObject(filter)) return () => true;
  const wanted = (key: string) => {
    const values = listOf(own(filter, key));
    return values.length === 0 ? undefined : new Set(values);
  };
  const [ids, types, entities, entityIds, authors] = ['id', 'type', 'entity', 'entity_id', 'created_by'].map(wanted);
  return (event) =>
    (types?.has(event.type) ?? true) &&
    (entities?.has(event.entityType) ?? true) &&
    (entityIds?.has(String(event.entityId)) ?? true) &&
    (authors?.has(String(event.createdBy)) ?? true) &&
    (ids?.has(eventId(event)) ?? true);
}

function shownEvent(call: Call, event: AmoEvent): JsonObject {
  const id = eventId(event);
  const entity = entityNames.find((name) => singular[name] === event.entityType);
  const path = entity === undefined ? `${event.entityType}s/${event.entityId}` : `${entity}/${event.entityId}`;
  return {
    id,
    type: event.type,
    entity_id: event.entityId,
    entity_type: event.entityType,
    created_by: event.createdBy,
    created_at: event.createdAt,
    value_after: [...event.after],
    value_before: [...event.before],
    account_id: call.store.accountId,
    _links: selfLink(call, `events/${id}`),
    _embedded: { entity: { id: event.entityId, _links: selfLink(call, path) } },
  };
}
