import { readAll } from '../../connectors/kit/read-all.js';
import type { JsonValue } from '../../core/json.js';
import { type Keyed, matchValues } from '../../definitions/compile/matched-table.js';
import type { ResolvedValueTables } from '../../definitions/plan/compiled.js';
import type { Plan, ValueTablePlan } from '../../definitions/plan/plan.js';
import type { StreamFinder } from './open-flow.js';

/** Value tables of a plan with those of the accounts' own lists looked up now. */
export async function resolveValueTables(plan: Plan, streams: StreamFinder): Promise<ResolvedValueTables> {
  const tables: Record<string, Readonly<Record<string, JsonValue>>> = {};
  for (const [name, table] of Object.entries(plan.values)) {
    if (table.kind === 'fixed') tables[name] = table.entries;
    else
      tables[name] = table.kind === 'matched' ? await matchTable(table, streams) : await captionTable(table, streams);
  }
  return tables;
}

async function captionTable(
  { slot, stream, field, isReversed, also }: Extract<ValueTablePlan, { kind: 'captions' }>,
  streams: StreamFinder,
): Promise<Record<string, JsonValue>> {
  const { connection } = streams.opened(slot);
  const listed = await connection.values?.(stream, field, streams.signal);
  const values =
    listed ?? (await streams.findNow(slot, stream))?.fields.find(({ name }) => name === field)?.values ?? [];
  const entries: Record<string, JsonValue> = Object.create(null);
  for (const { value, title } of values) entries[isReversed ? title : value] = isReversed ? value : title;
  return Object.assign(entries, also);
}

async function matchTable(
  table: Extract<ValueTablePlan, { kind: 'matched' }>,
  streams: StreamFinder,
): Promise<Record<string, JsonValue>> {
  const [from, to] = [await readSide(streams, table.from), await readSide(streams, table.to)];
  return Object.assign(matchValues(table, from, to), table.also);
}

async function readSide(streams: StreamFinder, { slot, stream }: { slot: string; stream: string }): Promise<Keyed> {
  return readAll(streams.opened(slot).connection, await streams.find(slot, stream), streams.signal);
}
