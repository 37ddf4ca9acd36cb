import type { Json, JsonObject } from '../../kit/json.js';
import { storedValue } from './paths.js';
import type { FoundRow } from './rows.js';
import type { SelectedColumn } from './select.js';

/** 1 = count, 2 = sum, 3 = average, 4 = least, 5 = greatest. */
export interface Aggregate {
  readonly type: number;
}

/** One row for each combination of the columns that are not aggregated. */
export function aggregated(
  found: readonly FoundRow[],
  columns: readonly SelectedColumn[],
  shown: (column: SelectedColumn, record: JsonObject) => Json,
): JsonObject[] {
  const plain = columns.filter(({ aggregate }) => aggregate === undefined);
  const groups = new Map<string, FoundRow[]>();
  for (const row of found) {
    const key = JSON.stringify(plain.map(({ reached }) => storedValue(reached, row.record)));
    const held = groups.get(key);
    if (held === undefined) groups.set(key, [row]);
    else held.push(row);
  }
  if (plain.length === 0 && groups.size === 0) groups.set('', []);
  return [...groups.values()].map((rows) => {
    const [first] = rows;
    return Object.fromEntries(
      columns.map((column): [string, Json] => {
        if (column.aggregate !== undefined) return [column.alias, total(column.aggregate, column, rows)];
        return [column.alias, first === undefined ? null : shown(column, first.record)];
      }),
    );
  });
}

function total({ type }: Aggregate, { reached }: SelectedColumn, rows: readonly FoundRow[]): Json {
  const values = rows.map(({ record }) => storedValue(reached, record)).filter((value) => value !== null);
  if (type === 1) return values.length;
  if (values.length === 0) return null;
  const isNumber = reached.column.kind === 'int' || reached.column.kind === 'decimal';
  if (!isNumber) {
    const sorted = values.map(String).sort();
    return (type === 5 ? sorted.at(-1) : sorted[0]) ?? null;
  }
  const numbers = values.map(Number);
  const sum = numbers.reduce((one, other) => one + other, 0);
  if (type === 2) return Math.round(sum * 100) / 100;
  if (type === 3) return sum / numbers.length;
  return type === 5 ? numbers.reduce((a, b) => Math.max(a, b)) : numbers.reduce((a, b) => Math.min(a, b));
}
