import type { JsonObject } from '../../core/json.js';
import { keyText } from '../../core/record.js';
import { mostRequestsInBatch, sendBatch } from './batch.js';
import type { CreatioClient } from './client.js';
import { knownStream } from './object.js';
import { queryOf } from './odata.js';
import { Objects } from './schema/objects.js';

export interface Choice {
  readonly value: string;
  readonly title: string;
}

/** Longer lists than this are records of their own rather than choices. */
const mostChoices = 200;
const mostValues = 10_000;
/** Objects that lookups refer to without being lists of choices. */
const noChoices: ReadonlySet<string> = new Set([
  'Account',
  'Activity',
  'Contact',
  'Lead',
  'Opportunity',
  'Order',
  'Product',
  'SysAdminUnit',
  'SysImage',
]);

/** The records that a lookup field may name, with their captions; nothing for other fields. */
export async function valuesOf(
  client: CreatioClient,
  streamName: string,
  field: string,
  signal: AbortSignal,
): Promise<readonly Choice[]> {
  const { columns } = await knownStream(client, streamName, signal);
  const refersTo = columns.get(field)?.refersTo;
  if (refersTo === undefined) return [];
  const caption = (await new Objects(client).find(refersTo, signal))?.caption ?? 'Name';
  const what = `The values of \`${field}\``;
  const body = await client.json({
    method: 'GET',
    path: `/odata/${refersTo}`,
    query: queryOf({ $select: `Id,${caption}`, $orderby: `${caption} asc`, $top: mostValues }),
    signal,
    what,
  });
  return choicesIn(body, caption);
}

/** Choices of many lookups in one request; those that are no short lists of names are left out. */
export async function choicesOf(
  client: CreatioClient,
  objects: Iterable<string>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly Choice[]>> {
  const names = [...new Set(objects)].filter((name) => !noChoices.has(name)).sort();
  const all = new Map<string, readonly Choice[]>();
  for (let start = 0; start < names.length; start += mostRequestsInBatch) {
    const some = names.slice(start, start + mostRequestsInBatch);
    const query = queryOf({ $select: 'Id,Name', $orderby: 'Name asc', $top: mostChoices + 1 });
    const parts = some.map((name) => ({ method: 'GET' as const, url: `${name}?${query}` }));
    const answers = await sendBatch(client, parts, { signal, what: 'The lists of choices' });
    some.forEach((name, index) => {
      const answer = answers[index];
      const choices = answer?.meaning === 'done' ? choicesIn(answer.said.body, 'Name') : [];
      if (choices.length > 0 && choices.length <= mostChoices) all.set(name, choices);
    });
  }
  return all;
}

function choicesIn(body: unknown, caption: string): readonly Choice[] {
  const rows = (body as JsonObject | null)?.value;
  if (!Array.isArray(rows)) return [];
  return rows.flatMap((row) => {
    const record = row as JsonObject;
    const value = keyText(record.Id);
    return value === null ? [] : [{ value, title: keyText(record[caption]) ?? value }];
  });
}
