import type { Answer } from '../kit/exchange.js';
import { notFound } from './answers.js';
import { answerBatch, answerSingle, type Writing } from './batches.js';
import type { Call } from './call.js';
import { answerComplex } from './complex.js';
import { answerEntityFiles } from './entity-files.js';
import { readEntity } from './entity-items.js';
import { answerFieldRoutes } from './field-routes.js';
import { answerLink, answerLinks, answerMassLink } from './link-routes.js';
import { answerList, answerOne } from './lists.js';
import { answerNotes } from './note-routes.js';
import type { EntityName } from './streams.js';
import { answerTags } from './tag-routes.js';

/** Everything below `/leads`, `/contacts`, `/companies` and `/customers` that these have in common. */
export function answerEntity(call: Call, name: EntityName): Answer {
  const [, second, third, fourth] = call.segments;
  const { method } = call.request;
  const isList = method === 'GET';
  if (second === undefined) {
    if (isList) return answerList(call, { stream: name, path: name, key: name });
    return method === 'POST' || method === 'PATCH' ? answerBatch(call, writingOf(call, name)) : notFound();
  }
  if (second === 'custom_fields') return answerFieldRoutes(call, name, call.segments.slice(2));
  if (second === 'tags' && third === undefined) return answerTags(call, name);
  if (second === 'notes') return answerNotes(call, name, undefined, call.segments.slice(2));
  if (second === 'complex' && name === 'leads' && method === 'POST' && third === undefined) return answerComplex(call);
  if ((second === 'link' || second === 'unlink') && method === 'POST') return answerMassLink(call, name, second);
  if (second === 'links' && isList) return answerLinks(call, name, undefined);
  const id = Number(second);
  if (!Number.isInteger(id)) return notFound();
  const row = call.store.tables[name].rowOf(id);
  if (third === undefined) {
    if (isList) return answerOne(call, name, row);
    return method === 'PATCH' ? answerSingle(call, writingOf(call, name), id) : notFound();
  }
  if (third === 'notes') return answerNotes(call, name, id, call.segments.slice(3));
  if (row < 0) return notFound();
  if (fourth !== undefined) return notFound();
  if (third === 'links' && isList) return answerLinks(call, name, id);
  if ((third === 'link' || third === 'unlink') && method === 'POST') return answerLink(call, name, id, third);
  if (third === 'files') return answerEntityFiles(call, name, id);
  return notFound();
}

/** How leads, contacts, companies and customers are written. */
function writingOf(call: Call, name: EntityName): Writing {
  return {
    stream: name,
    path: name,
    key: name,
    read: (before, item) => readEntity(call.store, name, before, item, call.by),
  };
}
