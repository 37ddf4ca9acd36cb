import { hashOf } from '../../kit/effect-log.js';
import { type Answer, jsonAnswer, MalformedBody, type VendorRequest } from '../../kit/exchange.js';
import { isObject, type Json, type JsonObject } from '../../kit/json.js';
import type { CreatioUser } from '../auth/users.js';
import type { EntitySpec } from '../schema/model.js';
import { parseValue, TypeProblem } from '../values.js';
import type { QueryWorld } from '../world.js';
import { WriteProblem } from '../writing/problems.js';

/**
 * The inbound webhook service: `POST /webhooks/<key>` with JSON or a form that names `EntityName`. It answers at once
 * and writes later; what does not fit a column is left out, and nobody hears of a record that could not be made.
 */
export function receiveWebhook(request: VendorRequest, world: QueryWorld, user: CreatioUser): Answer {
  const given = fieldsOf(request);
  const entity = typeof given.EntityName === 'string' ? world.model.entity(given.EntityName) : undefined;
  if (entity !== undefined) {
    const write = () => record(request, world, user, entity, given);
    const delayMs = world.settings.webhook_delay_ms;
    if (delayMs > 0) world.clock.after(delayMs, write);
    else write();
  }
  return jsonAnswer(202, { success: true });
}

function record(
  request: VendorRequest,
  world: QueryWorld,
  user: CreatioUser,
  entity: EntitySpec,
  given: JsonObject,
): void {
  try {
    const fields = Object.fromEntries(fitting(entity, given));
    world.writer.create(entity, fields, { user, hash: hashOf(request.body), effect: (note) => request.effect(note) });
  } catch (error) {
    if (!(error instanceof WriteProblem)) throw error;
  }
}

function* fitting(entity: EntitySpec, given: JsonObject): Iterable<readonly [string, Json]> {
  for (const [name, value] of Object.entries(given)) {
    const column = entity.properties.get(name) ?? entity.columns.get(name);
    if (column === undefined) continue;
    try {
      yield [column.property, parseValue(column, value)];
    } catch (error) {
      if (!(error instanceof TypeProblem)) throw error;
    }
  }
}

function fieldsOf(request: VendorRequest): JsonObject {
  if (!(request.header('content-type') ?? '').includes('json')) return Object.fromEntries(request.form());
  const body = request.json();
  if (!isObject(body)) throw new MalformedBody('The body must be an object.');
  return body;
}
