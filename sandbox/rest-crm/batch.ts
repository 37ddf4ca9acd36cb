import { type Answer, jsonAnswer } from '../kit/exchange.js';
import { isObject, own } from '../kit/json.js';
import { problem } from './answers.js';
import { type Mode, type WriteContext, writeItem } from './writes.js';

const MODES: readonly string[] = ['create', 'update', 'upsert', 'delete'];

/** `POST /{stream}/batch`: every item is judged on its own, results stand in the order of the items. */
export function answerBatch(context: WriteContext): Answer {
  const body = context.request.json();
  if (!isObject(body)) return problem(400, 'invalid_body', 'The body must be an object with mode and items.');
  const mode = own(body, 'mode') ?? 'upsert';
  const items = own(body, 'items');
  const match = own(body, 'match') ?? [];
  if (!isMode(mode)) return problem(400, 'invalid_mode', `Mode must be one of ${MODES.join(', ')}.`);
  if (!Array.isArray(items)) return problem(400, 'invalid_body', 'Items must be a list.');
  if (!Array.isArray(match)) return problem(400, 'invalid_body', 'Match must be a list of field names.');
  if (items.length > context.settings.max_batch) {
    return problem(
      400,
      'batch_too_large',
      `A batch may hold ${context.settings.max_batch} items, not ${items.length}.`,
    );
  }
  context.request.records = items.length;
  const fields = match.map(String);
  return jsonAnswer(200, { results: items.map((item) => writeItem(context, mode, item, fields)) });
}

function isMode(value: unknown): value is Mode {
  return typeof value === 'string' && MODES.includes(value);
}
