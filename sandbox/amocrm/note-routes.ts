import type { Answer } from '../kit/exchange.js';
import { notFound } from './answers.js';
import { answerBatch, answerSingle, type Writing } from './batches.js';
import type { Call } from './call.js';
import { answerList, answerOne } from './lists.js';
import { readNote } from './other-items.js';
import { type EntityName, elementTypes } from './streams.js';

/** `/{entity}/notes` and `/{entity}/{id}/notes`, with a note's id or without. */
export function answerNotes(
  call: Call,
  entity: EntityName,
  entityId: number | undefined,
  rest: readonly string[],
): Answer {
  const { store, request } = call;
  const { notes } = store.tables;
  const path = entityId === undefined ? `${entity}/notes` : `${entity}/${entityId}/notes`;
  const writing: Writing = {
    stream: 'notes',
    path,
    key: 'notes',
    read: (before, item) => readNote(store, entity, entityId, before, item, call.by),
    owns: (note) => note.entity_type === entity && (entityId === undefined || note.entity_id === entityId),
    answer: (_id, note) => ({ entity_id: note.entity_id ?? null, updated_at: note.updated_at ?? null }),
  };
  const [noteId, action] = rest;
  if (noteId === undefined) {
    if (request.method === 'POST' || request.method === 'PATCH') return answerBatch(call, writing);
    if (request.method !== 'GET') return notFound();
    if (entityId !== undefined) {
      const rows = new Set(store.belongingTo('notes', entity, entityId));
      return answerList(call, { stream: 'notes', path, key: 'notes', rows });
    }
    return answerList(call, {
      stream: 'notes',
      path,
      key: 'notes',
      accepts: (row) => notes.number(row, 'of') === elementTypes[entity],
    });
  }
  const id = Number(noteId);
  const row = notes.rowOf(id);
  const isOwned = row >= 0 && (writing.owns?.(notes.record(row)) ?? true);
  if ((action === 'pin' || action === 'unpin') && request.method === 'POST' && isOwned)
    return pin(call, row, action === 'pin');
  if (action !== undefined) return notFound();
  if (request.method === 'GET') return answerOne(call, 'notes', isOwned ? row : -1);
  return request.method === 'PATCH' ? answerSingle(call, writing, id) : notFound();
}

function pin(call: Call, row: number, isPinned: boolean): Answer {
  const { store, request, by } = call;
  const { notes } = store.tables;
  store.change('notes', row, { ...notes.record(row), is_pinned: isPinned }, { by, bumps: false });
  request.effect({ effect: 'update', stream: 'notes', id: String(notes.idOf(row)), status: 200 });
  return { status: 204 };
}
