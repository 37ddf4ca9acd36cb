import type { Answer } from '../kit/exchange.js';
import { isObject, own } from '../kit/json.js';
import { notFound } from './answers.js';
import { answerBatch, answerSingle, type Writing } from './batches.js';
import type { Call } from './call.js';
import { answerList, answerOne } from './lists.js';
import { readTask } from './other-items.js';

/** `/tasks`. */
export function answerTasks(call: Call): Answer {
  const [, first, second] = call.segments;
  const { method } = call.request;
  const writing: Writing = {
    stream: 'tasks',
    path: 'tasks',
    key: 'tasks',
    read: (before, item) => readTask(call.store, before, item, call.by),
    answer: (_id, task) => ({ updated_at: task.updated_at ?? null }),
  };
  if (second !== undefined) return notFound();
  if (first === undefined) {
    if (method === 'GET') return answerList(withoutLooseEntity(call), { stream: 'tasks', path: 'tasks', key: 'tasks' });
    return method === 'POST' || method === 'PATCH' ? answerBatch(call, writing) : notFound();
  }
  const id = Number(first);
  if (method === 'PATCH') return answerSingle(call, writing, id);
  if (method !== 'GET') return notFound();
  const row = call.store.tables.tasks.rowOf(id);
  // Unlike a lead, a task that does not exist is 404.
  return row < 0 ? notFound() : answerOne(call, 'tasks', row);
}

/** `entity_id` counts only together with `entity_type`. */
function withoutLooseEntity(call: Call): Call {
  const filter = own(call.query, 'filter');
  if (!isObject(filter) || own(filter, 'entity_id') === undefined || own(filter, 'entity_type') !== undefined)
    return call;
  const { entity_id: _entityId, ...kept } = filter;
  return { ...call, hiddenUntil: () => call.hiddenUntil(), query: { ...call.query, filter: kept } };
}
