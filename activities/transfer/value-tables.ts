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
  const targets = new Map<string, string>();
  for (const [key, record] of to) {
    const value = keyText(record[table.match]);
    if (value !== null) targets.set(value.toLowerCase(), key);
  }
  const entries: Record<string, JsonValue> = Object.create(null);
  for (const [key, record] of from) {
    const target = targets.get(keyText(record[table.match])?.toLowerCase() ?? '');
    if (target !== undefined) entries[key] = target;
  }
  return Object.assign(entries, table.also);
}

async function readAll(
  streams: StreamFinder,
  place: { slot: string; stream: string },
): Promise<(readonly [string, SourceRecord])[]> {
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
