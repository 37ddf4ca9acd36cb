import type { Cursor } from '../../core/cursor.js';
import type { JsonValue } from '../../core/json.js';
import type { SourceRecord } from '../../core/record.js';
import { keyText, sourceKeyOf } from '../../core/record.js';
import type { ResolvedValueTables } from '../../definitions/plan/compiled.js';
import type { Plan, ValueTablePlan } from '../../definitions/plan/plan.js';
import type { StreamFinder } from './open-flow.js';

/** Value tables of a plan with `matched` ones looked up at both sides now. */
export async function resolveValueTables(plan: Plan, streams: StreamFinder): Promise<ResolvedValueTables> {
  const tables: Record<string, Readonly<Record<string, JsonValue>>> = {};
  for (const [name, table] of Object.entries(plan.values)) {
    tables[name] = table.kind === 'fixed' ? table.entries : await matchTable(table, streams);
  }
  return tables;
}

async function matchTable(
  table: Extract<ValueTablePlan, { kind: 'matched' }>,
  streams: StreamFinder,
): Promise<Record<string, JsonValue>> {
  const [from, to] = [await readAll(streams, table.from), await readAll(streams, table.to)];
  return Object.assign(matchValues(table, from, to), table.also);
}

type Keyed = readonly (readonly [key: string, record: SourceRecord])[];

/** Pairs of keys whose records have equal values of the matched field, or values that `pairs` puts together. */
export function matchValues(
  table: { readonly match: string; readonly pairs?: Readonly<Record<string, JsonValue>> },
  from: Keyed,
  to: Keyed,
): Record<string, JsonValue> {
  const pairs = new Map(Object.entries(table.pairs ?? {}).map(([own, other]) => [plain(own), plain(String(other))]));
  const targets = new Map<string, string>();
  for (const [key, record] of to) {
    const value = matchedValue(record, table.match);
    // The first of several counts, so that a table does not change with what is added later.
    if (value !== null && !targets.has(value)) targets.set(value, key);
  }
  const entries: Record<string, JsonValue> = Object.create(null);
  for (const [key, record] of from) {
    const value = matchedValue(record, table.match);
    const target = value === null ? undefined : targets.get(pairs.get(value) ?? value);
    if (target !== undefined) entries[key] = target;
  }
  return entries;
}

/** The field's value in plain form; vendors that write the field's name in other letter case are understood. */
function matchedValue(record: SourceRecord, field: string): string | null {
  const name = Object.hasOwn(record, field)
    ? field
    : Object.keys(record).find((candidate) => candidate.toLowerCase() === field.toLowerCase());
  const text = name === undefined ? null : keyText(record[name]);
  return text === null ? null : plain(text);
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}

async function readAll(streams: StreamFinder, place: { slot: string; stream: string }): Promise<Keyed> {
  const stream = await streams.find(place.slot, place.stream);
  const key = stream.key ?? ['id'];
  const reader = streams.opened(place.slot).connection.reader({
    stream: place.stream,
    mode: 'full',
    key,
    cursorFields: null,
    start: null,
    lagMs: 0,
    where: {},
    period: null,
  });
  const all: (readonly [string, SourceRecord])[] = [];
  let cursor: Cursor | null = null;
  do {
    const page = await reader.readPage(cursor, null, streams.signal);
    for (const record of page.records) {
      const id = sourceKeyOf(record, key);
      if (id !== null) all.push([id, record]);
    }
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
