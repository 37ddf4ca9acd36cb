import { Failure, toFailure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Outcome, SendOptions } from '../../kit/index.js';
import { wordsOf } from '../answers.js';
import { mostRequestsInBatch, type Part, type PartAnswer, sendBatch } from '../batch.js';
import type { CreatioClient } from '../client.js';
import { isDetailField } from '../declaration.js';
import { knownStream } from '../object.js';
import { entityPath } from '../odata.js';
import { type DetailRow, readDetails } from '../reading/details.js';
import { expandedNames } from '../reading/expansion.js';
import { streamOfObject } from '../streams/index.js';
import type { DetailList } from '../streams/stream.js';
import { type Columns, decodeRow, encodeValue } from '../values.js';
import { type Item, madeId, type WantedList } from './item.js';
import { refusalOf, unknownOf } from './outcomes.js';
import { isSameRow } from './rounds.js';

/** One row to be added, changed or taken away. */
interface Step {
  readonly item: Item;
  readonly stream: string;
  readonly part: Part;
}

/**
 * Makes the lists of written records what they shall be: rows that fit stay as they are, others are changed, added or
 * taken away. New rows have ids of ours, so a repeat adds nothing. Resolves to the outcomes that are not "written".
 */
export async function writeLists(
  client: CreatioClient,
  items: readonly Item[],
  options: SendOptions,
): Promise<ReadonlyMap<Item, Outcome>> {
  const outcomes = new Map<Item, Outcome>();
  // Records whose rows are not all settled.
  let open = new Set(items);
  try {
    for (const isLastTry of [false, true]) {
      const steps = await plan(client, [...open], options, outcomes);
      const busy = new Set(steps.map(({ item }) => item));
      for (const item of open) if (!busy.has(item)) open.delete(item);
      // What failed on the way may have been done: looked at anew, the second answer counts.
      open = await carryOut(client, steps, options, outcomes, open, isLastTry);
      if (open.size === 0) break;
    }
  } catch (error) {
    if (options.signal.aborted) throw error;
    const failure = toFailure(error);
    if (failure.code === 'engine/fence_lost') throw error;
    for (const item of open) if (!outcomes.has(item)) outcomes.set(item, doubtOf(failure));
  }
  return outcomes;
}

/** The record stands and its list does not: sending the whole once more is harmless. */
function doubtOf(failure: Failure): Outcome {
  return failure.kind === 'rejected' || failure.kind === 'conflict'
    ? { state: 'refused', failure }
    : { state: 'unknown', failure };
}

/** Reads the lists as they are, in one request, and tells what is to be done about them. */
async function plan(
  client: CreatioClient,
  items: readonly Item[],
  { signal }: SendOptions,
  outcomes: Map<Item, Outcome>,
): Promise<readonly Step[]> {
  const details = [...new Set(items.flatMap(({ lists }) => lists.map(({ detail }) => detail)))];
  const ids = items.map(({ id }) => id);
  const held = await readDetails(client, details, ids, signal);
  const steps: Step[] = [];
  for (const [index, detail] of details.entries()) {
    const { stream, columns } = await knownStream(client, streamOfObject(detail.set), signal);
    for (const item of items) {
      const list = item.lists.find((each) => each.detail === detail);
      const wanted = list === undefined ? null : encodedRows(item, list, columns, outcomes);
      if (wanted === null) continue;
      const rows = held[index]?.get(item.id.toLowerCase()) ?? [];
      for (const part of difference(detail, item.id, wanted, rows, columns))
        steps.push({ item, stream: stream.name, part });
    }
  }
  // Rows of one record stand together, so that a request that fails leaves few records in doubt.
  const order = new Map(items.map((item, index) => [item, index]));
  return steps.sort((a, b) => (order.get(a.item) ?? 0) - (order.get(b.item) ?? 0));
}

/** The wanted rows as they are sent; null where one cannot be sent, which refuses the record. */
function encodedRows(
  item: Item,
  { detail, rows }: WantedList,
  columns: Columns,
  outcomes: Map<Item, Outcome>,
): readonly JsonObject[] | null {
  const all: JsonObject[] = [];
  const isReadAlong = new Set(expandedNames(detail));
  for (const row of rows) {
    const body: JsonObject = {};
    for (const [name, value] of Object.entries(row)) {
      if (!isDetailField(name, detail) || isReadAlong.has(name) || (detail.flag?.field === name && !columns.has(name)))
        continue;
      const encoded = encodeValue(value, columns.get(name));
      if ('problem' in encoded) {
        const said = { status: 400, headers: {}, text: '', body: { Message: `\`${name}\` ${encoded.problem}.` } };
        outcomes.set(item, refusalOf(detail.field, { said, meaning: 'rejected' }));
        return null;
      }
      body[name] = encoded.value;
    }
    all.push(body);
  }
  return all;
}

/** What turns the rows that are held into the wanted ones. */
function difference(
  detail: DetailList,
  parentId: string,
  wanted: readonly JsonObject[],
  held: readonly DetailRow[],
  columns: Columns,
): readonly Part[] {
  const spare = [...held];
  const take = (fits: (row: DetailRow) => boolean): DetailRow | undefined => {
    const at = spare.findIndex(fits);
    return at === -1 ? undefined : spare.splice(at, 1)[0];
  };
  const missing = wanted.filter((row) => {
    const shown = decodeRow(row, columns);
    return take(({ fields }) => isSameRow(shown, fields)) === undefined;
  });
  const parts: Part[] = [];
  const taken = new Set(held.map(({ id }) => id.toLowerCase()));
  for (const row of missing) {
    const shown = decodeRow(row, columns);
    const identity = JSON.stringify(detail.identity.map((name) => keyText(shown[name])?.toLowerCase() ?? null));
    const similar = take(({ fields }) => isSameRow(only(shown, detail.identity), fields));
    if (similar !== undefined) {
      parts.push({ method: 'PATCH', url: entityPath(detail.set, similar.id), body: row });
      continue;
    }
    const Id = freeId(taken, detail.set, parentId.toLowerCase(), identity);
    parts.push({ method: 'POST', url: detail.set, body: { Id, [detail.parent]: parentId, ...row } });
  }
  return [...spare.map(({ id }): Part => ({ method: 'DELETE', url: entityPath(detail.set, id) })), ...parts];
}

/** The first id of its line that no row has: the same for the same rows, however often they are written. */
function freeId(taken: Set<string>, ...parts: readonly string[]): string {
  for (let number = 1; ; number++) {
    const id = madeId(...parts, String(number));
    if (taken.has(id)) continue;
    taken.add(id);
    return id;
  }
}

function only(row: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));
}

/** Sends the rows. `open` loses the records whose rows are all done; resolves to those whose rows failed on the way. */
async function carryOut(
  client: CreatioClient,
  steps: readonly Step[],
  options: SendOptions,
  outcomes: Map<Item, Outcome>,
  open: Set<Item>,
  isLastTry: boolean,
): Promise<Set<Item>> {
  const failed = new Set<Item>();
  const left = new Map<Item, number>();
  for (const { item } of steps) left.set(item, (left.get(item) ?? 0) + 1);
  for (let start = 0; start < steps.length; start += mostRequestsInBatch) {
    const some = steps.slice(start, start + mostRequestsInBatch);
    const what = `Stream \`${[...new Set(some.map(({ stream }) => stream))].join('`, `')}\``;
    const parts = some.map(({ part }) => part);
    const answers = await sendBatch(client, parts, { ...options, what });
    some.forEach((step, index) => {
      const { item } = step;
      const outcome = outcomeOfRow(step, answers[index] ?? null, isLastTry);
      if (outcome === 'again') failed.add(item);
      else if (outcome !== null && !outcomes.has(item)) outcomes.set(item, outcome);
      const count = (left.get(item) ?? 1) - 1;
      left.set(item, count);
      if (count === 0 && !failed.has(item)) open.delete(item);
    });
  }
  return failed;
}

/** Null: done. */
function outcomeOfRow({ stream, part }: Step, answer: PartAnswer, isLastTry: boolean): Outcome | 'again' | null {
  const isGone = part.method === 'DELETE' && answer?.meaning === 'missing';
  if (answer?.meaning === 'done' || isGone) return null;
  const isTransient = answer === null || answer.meaning === 'transient';
  if (isTransient && !isLastTry) return 'again';
  if (answer === null) return { state: 'unknown', failure: unanswered(stream) };
  const isUnsaid = isTransient && wordsOf(answer.said.body) === null;
  return answer.meaning === 'rate_limited' || isUnsaid ? unknownOf(stream, answer) : refusalOf(stream, answer);
}

function unanswered(stream: string): Failure {
  return new Failure('read/bad_answer', {
    message: `\`${stream}\` was answered in part only.`,
    hint: 'The record is sent again, which changes nothing twice.',
    details: { wasSent: true },
  });
}
