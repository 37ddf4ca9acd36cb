import type { Answer } from '../../kit/exchange.js';
import { isGuid } from '../guid.js';
import type { EntitySpec } from '../schema/model.js';
import type { ODataCall } from './call.js';
import { answerTo, unknownSet, wrongMethod } from './errors.js';
import { metadataDocument, serviceDocument } from './metadata.js';
import { count, field, keyProblem, list, one } from './reads.js';
import { change, create, putStream, remove } from './writes.js';

/** Answers one call; everything that OData refuses becomes its error answer. */
export function answerCall(call: ODataCall): Answer {
  try {
    return route(call);
  } catch (error) {
    const answer = answerTo(error);
    if (answer === undefined) throw error;
    return answer;
  }
}

interface Target {
  readonly set: string;
  readonly key: string | undefined;
  readonly rest: readonly string[];
}

/** `Contact(guid)/Name` and `Contact/guid/Name` mean the same. */
function targetOf(path: string): Target {
  const [head = '', ...rest] = path.split('/').filter(Boolean);
  const match = /^([^(]+)\(([^)]*)\)$/.exec(head);
  if (match !== null) return { set: match[1] ?? '', key: (match[2] ?? '').replace(/^Id=/, ''), rest };
  const [second, ...more] = rest;
  if (second !== undefined && second !== '$count') return { set: head, key: second, rest: more };
  return { set: head, key: undefined, rest };
}

function route(call: ODataCall): Answer {
  const { model, clock } = call.world;
  const now = clock.now();
  const { set, key, rest } = targetOf(call.path);
  if (set === '') return call.method === 'GET' ? serviceDocument(model, call.root, now) : wrongMethod(call.method);
  if (set === '$metadata') return metadataDocument(model, now);
  const entity = model.entity(set);
  if (entity === undefined || entity.inODataFrom > now)
    return unknownSet(`${call.root}/${call.path}`, set, call.world.settings);
  if (key === undefined) return collection(call, entity, rest);
  if (!isGuid(key)) throw keyProblem(key);
  return single(call, entity, key.toLowerCase(), rest);
}

function collection(call: ODataCall, entity: EntitySpec, rest: readonly string[]): Answer {
  const { method } = call;
  if (rest[0] === '$count') return method === 'GET' ? count(call, entity) : wrongMethod(method);
  if (method === 'GET') return list(call, entity);
  return method === 'POST' ? create(call, entity) : wrongMethod(method);
}

function single(call: ODataCall, entity: EntitySpec, id: string, rest: readonly string[]): Answer {
  const { method } = call;
  const [name, value] = rest;
  if (name !== undefined) {
    const isStream = entity.properties.get(name)?.kind === 'stream';
    if (method === 'GET') return field(call, entity, id, name, value === '$value');
    return method === 'PUT' && isStream ? putStream(call, entity, id, name) : wrongMethod(method);
  }
  if (method === 'GET') return one(call, entity, id);
  if (method === 'PATCH') return change(call, entity, id);
  return method === 'DELETE' ? remove(call, entity, id) : wrongMethod(method);
}
