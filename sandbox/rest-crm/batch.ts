import { type Answer, jsonAnswer, MalformedBody } from '../kit/exchange.js';
import { isObject, type Json, own } from '../kit/json.js';
import { sliceList } from '../kit/json-slices.js';
import { problem } from './answers.js';
import { type Sent, sentBytes, sentItem } from './store.js';
import { type Mode, notAnObject, type WriteContext, writeItem } from './writes.js';

const MODES: readonly string[] = ['create', 'update', 'upsert', 'delete'];

/** `POST /{stream}/batch`: every item is judged on its own, results stand in the order of the items. */
export function answerBatch(context: WriteContext): Answer {
  const { envelope: body, parts } = sliceList(context.request.body, 'items') ?? { envelope: context.request.json() };
  if (!isObject(body)) return problem(400, 'invalid_body', 'The body must be an object with mode and items.');
  const mode = own(body, 'mode') ?? 'upsert';
  const items = own(body, 'items');
  const match = own(body, 'match') ?? [];
  if (!isMode(mode)) return problem(400, 'invalid_mode', `Mode must be one of ${MODES.join(', ')}.`);
  if (!Array.isArray(items)) return problem(400, 'invalid_body', 'Items must be a list.');
  if (!Array.isArray(match)) return problem(400, 'invalid_body', 'Match must be a list of field names.');
  const count = parts?.length ?? items.length;
  if (count > context.settings.max_batch) {
    return problem(400, 'batch_too_large', `A batch may hold ${context.settings.max_batch} items, not ${count}.`);
  }
  const sent = parts === undefined ? items.map(sentJson) : parts.map(sentPart);
  context.request.records = count;
  const fields = match.map(String);
  const results = sent.map((one) =>
    one === undefined ? notAnObject(context, mode) : writeItem(context, mode, one, fields),
  );
  return jsonAnswer(200, { results });
}

/** Broken JSON in one item breaks the whole body, as it would for any vendor; nothing was written yet. */
function sentPart(part: Buffer): Sent | undefined {
  try {
    return sentBytes(part);
  } catch {
    throw new MalformedBody('The body is not valid JSON.');
  }
}

function sentJson(item: Json): Sent | undefined {
  return isObject(item) ? sentItem(item) : undefined;
}

function isMode(value: unknown): value is Mode {
  return typeof value === 'string' && MODES.includes(value);
}
