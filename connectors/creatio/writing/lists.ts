import { Failure, toFailure } from '../../../core/failures.js';
import type { JsonObject } from '../../../core/json.js';
import { keyText } from '../../../core/record.js';
import type { Outcome, SendOptions } from '../../kit/index.js';
import { wordsOf } from '../answers.js';
import { mostRequestsInBatch, type Part, sendBatch } from '../batch.js';
import type { CreatioClient } from '../client.js';
import { isDetailField } from '../declaration.js';
import { type KnownStream, knownStream } from '../object.js';
import { entityPath } from '../odata.js';
import { type DetailRow, readDetails } from '../reading/details.js';
import { streamOfObject } from '../streams/index.js';
import type { DetailList } from '../streams/stream.js';
import { type Columns, decodeRow, encodeValue } from '../values.js';
import { type Item, madeId, type WantedList } from './item.js';
import { refusalOf, unknownOf } from './outcomes.js';
import { isSameRow } from './rounds.js';

interface Step {
  readonly item: Item;
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
  const details = new Set(items.flatMap(({ lists }) => lists.map(({ detail }) => detail)));
  for (const detail of details) {
    const mine = items.filter((item) => !outcomes.has(item) && item.lists.some((list) => list.detail === detail));
    try {
      const known = await knownStream(client, streamOfObject(detail.set), options.signal);
      const steps = await plan(client, known, detail, mine, options, outcomes);
      const failed = await carryOut(client, known, steps, options, outcomes);
      if (failed.size === 0) continue;
      // What failed on the way may have been done: looked at anew, the second answer counts.
      const again = await plan(client, known, detail, [...failed], options, outcomes);
      await carryOut(client, known, again, options, outcomes, true);
    } catch (error) {
      if (options.signal.aborted) throw error;
      const failure = toFailure(error);
      if (failure.code === 'engine/fence_lost') throw error;
      for (const item of mine) if (!outcomes.has(item)) outcomes.set(item, doubtOf(failure));
    }
  }
  return outcomes;
}

/** The record stands and its list does not: sending the whole once more is harmless. */
function doubtOf(failure: Failure): Outcome {
  return failure.kind === 'rejected' || failure.kind === 'conflict'
    ? { state: 'refused', failure }
    : { state: 'unknown', failure };
}

async function plan(
  client: CreatioClient,
  known: KnownStream,
  detail: DetailList,
  items: readonly Item[],
  { signal }: SendOptions,
  outcomes: Map<Item, Outcome>,
): Promise<readonly Step[]> {
  const ids = items.map(({ id }) => id);
  const [held] = await readDetails(client, [detail], ids, signal);
  return items.flatMap((item) => {
    const list = item.lists.find((each) => each.detail === detail);
    const wanted = list === undefined ? [] : encodedRows(item, list, known.columns, outcomes);
    if (wanted === null) return [];
    return difference(detail, item.id, wanted, held?.get(item.id.toLowerCase()) ?? [], known.columns).map((part) => ({
      item,
      part,
    }));
  });
}

/** The wanted rows as they are sent; null where one cannot be sent, which refuses the record. */
function encodedRows(
  item: Item,
  { detail, rows }: WantedList,
  columns: Columns,
  outcomes: Map<Item, Outcome>,
): readonly JsonObject[] | null {
  const all: JsonObject[] = [];
  for (const row of rows) {
    const body: JsonObject = {};
    for (const [name, value] of Object.entries(row)) {
      if (!isDetailField(name, detail) || (detail.flag?.field === name && !columns.has(name))) continue;
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
export function difference(
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

/** Resolves to the items whose rows failed on the way; on the last try they get their outcome. */
async function carryOut(
  client: CreatioClient,
  { stream }: KnownStream,
  steps: readonly Step[],
  options: SendOptions,
  outcomes: Map<Item, Outcome>,
  isLastTry = false,
): Promise<ReadonlySet<Item>> {
  const failed = new Set<Item>();
  const what = `Stream \`${stream.name}\``;
  for (let start = 0; start < steps.length; start += mostRequestsInBatch) {
    const some = steps.slice(start, start + mostRequestsInBatch);
    const parts = some.map(({ part }) => part);
    const answers = await sendBatch(client, parts, { ...options, what });
    some.forEach(({ item, part }, index) => {
      const answer = answers[index] ?? null;
      const isGone = part.method === 'DELETE' && answer?.meaning === 'missing';
      if (answer?.meaning === 'done' || isGone || outcomes.has(item)) return;
      const isTransient = answer === null || answer.meaning === 'transient';
      if (isTransient && !isLastTry) failed.add(item);
      else if (answer === null) outcomes.set(item, { state: 'unknown', failure: unanswered(what) });
      else if (answer.meaning === 'rate_limited' || (isTransient && wordsOf(answer.said.body) === null))
        outcomes.set(item, unknownOf(stream.name, answer));
      else outcomes.set(item, refusalOf(stream.name, answer));
    });
  }
  return failed;
}

function unanswered(what: string): Failure {
  return new Failure('read/bad_answer', {
    message: `${what} was answered in part only.`,
    hint: 'The record is sent again, which changes nothing twice.',
    details: { wasSent: true },
  });
}
