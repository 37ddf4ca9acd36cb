import { hashOf } from '../../kit/effect-log.js';
import { type Answer, jsonAnswer, type VendorRequest } from '../../kit/exchange.js';
import { isObject, type JsonObject } from '../../kit/json.js';
import type { CreatioUser } from '../auth/users.js';
import { missingPage } from '../odata/errors.js';
import type { EntitySpec } from '../schema/model.js';
import type { QueryWorld } from '../world.js';
import type { WriteContext } from '../writing/writer.js';
import { insert, remove, update } from './change.js';
import { at, textOf } from './keys.js';
import { refusal, refusalOf, ServiceProblem } from './problems.js';
import { describeEntity, listEntities } from './schema-request.js';
import { select } from './select.js';

/** Who asks, and where effects go. */
interface Asked {
  readonly request: VendorRequest;
  readonly world: QueryWorld;
  readonly user: CreatioUser;
  readonly hiddenUntil: number | undefined;
}

/** `POST /DataService/json/SyncReply/<query>`, also `/json/reply/`. */
export function answerDataService(
  request: VendorRequest,
  steps: readonly string[],
  world: QueryWorld,
  user: CreatioUser,
  hiddenUntil: number | undefined,
): Answer {
  const [format = '', reply = '', name = ''] = steps;
  if (!/^json$/i.test(format) || !/^(sync)?reply$/i.test(reply) || request.method !== 'POST') return missingPage();
  const asked: Asked = { request, world, user, hiddenUntil };
  try {
    return jsonAnswer(200, carryOut(name, request.json(), asked));
  } catch (error) {
    return refusal(error, world.settings);
  }
}

function carryOut(name: string, body: unknown, asked: Asked): object {
  if (name === 'RuntimeEntitySchemaRequest') return describeEntity(asked.world, body);
  if (name === 'EntitySchemaManagerRequest') return listEntities(asked.world);
  if (!isObject(body)) throw new ServiceProblem('SerializationException', 'The query must be an object.');
  if (name === 'BatchQuery') return batch(body, asked);
  asked.request.records = 1;
  return query(name, body, asked);
}

function query(name: string, body: JsonObject, asked: Asked): object {
  const { world, user } = asked;
  const entity = entityOf(body, world);
  switch (name) {
    case 'SelectQuery': {
      const answer = select(world, user, entity, body);
      asked.request.effect({ effect: 'lookup', stream: entity.name, status: 200 });
      return answer;
    }
    case 'InsertQuery':
      return insert(world, entity, body, contextOf(body, asked));
    case 'UpdateQuery':
      return update(world, user, entity, body, contextOf(body, asked));
    case 'DeleteQuery':
      return remove(world, user, entity, body, contextOf(body, asked));
    default:
      throw new ServiceProblem('NotImplementedException', `The operation '${name}' does not exist for this service.`);
  }
}

/** BatchQuery: its items in order, until one fails unless `continueIfError`. */
function batch(body: JsonObject, asked: Asked): object {
  const items = at(body, 'items');
  const goesOn = at(body, 'continueIfError') === true;
  const results: object[] = [];
  let isFailed = false;
  for (const item of Array.isArray(items) ? items : []) {
    if (!isObject(item)) continue;
    const name =
      String(item.__type ?? '')
        .split('.')
        .at(-1) ?? '';
    try {
      results.push(query(name, item, asked));
    } catch (error) {
      const told = refusalOf(error, asked.world.settings);
      if (told === undefined) throw error;
      isFailed = true;
      results.push(told);
      if (!goesOn) break;
    }
  }
  asked.request.records = results.length;
  return { queryResults: results, hasErrors: isFailed, success: !isFailed || goesOn };
}

function entityOf(body: JsonObject, world: QueryWorld): EntitySpec {
  const name = textOf(body, 'rootSchemaName') ?? '';
  const entity = world.model.entity(name);
  if (entity === undefined)
    throw new ServiceProblem('ItemNotFoundException', `Entity schema manager: schema with name "${name}" not found.`);
  return entity;
}

function contextOf(body: JsonObject, { request, user, hiddenUntil }: Asked): WriteContext {
  return { user, hiddenUntil, hash: hashOf(JSON.stringify(body)), effect: (note) => request.effect(note) };
}
