import { isObject, type Json, type JsonObject, own } from '../kit/json.js';
import { listOf } from './brackets.js';
import { fieldsOf } from './custom-values.js';
import { enumTypes } from './field-types.js';
import type { AmoStore } from './store.js';
import type { AmoTable } from './table.js';

/** What a filter came to: a condition on rows and, where an index knew them, the only rows that can fit. */
export interface RowFilter {
  readonly accepts: (row: number) => boolean;
  readonly among: ReadonlySet<number> | undefined;
}

type Condition = (row: number) => boolean;
/** The record is read at most once for all conditions that need it. */
type RecordCondition = (record: JsonObject) => boolean;

/** Filters whose name differs from the key that they look at. */
const RENAMED: Readonly<Record<string, string>> = { task_type: 'task_type_id' };
const TEXTS: ReadonlySet<string> = new Set(['name', 'note_type', 'entity_type']);

/** Reads `filter[...]` for a table; what is not known is ignored, as the vendor does. `owner` has the custom fields. */
export function rowFilter(
  store: AmoStore,
  table: AmoTable,
  owner: string | undefined,
  filter: Json | undefined,
): RowFilter {
  const quick: Condition[] = [];
  const slow: RecordCondition[] = [];
  let among: ReadonlySet<number> | undefined;
  const narrow = (rows: ReadonlySet<number>) => {
    const before = among;
    among = before === undefined ? rows : new Set([...rows].filter((row) => before.has(row)));
  };
  for (const [name, value] of Object.entries(isObject(filter) ? filter : {})) {
    const key = RENAMED[name] ?? name;
    if (key === 'id')
      narrow(
        new Set(
          listOf(value)
            .map((id) => table.rowOf(Number(id)))
            .filter((row) => row >= 0),
        ),
      );
    else if (key === 'statuses') quick.push(statusCondition(table, value));
    else if (key === 'custom_fields_values' && owner !== undefined && isObject(value)) {
      for (const [id, wanted] of Object.entries(value)) {
        const condition = fieldCondition(store, table, owner, Number(id), wanted);
        if (condition instanceof Set) narrow(condition);
        else slow.push(condition as RecordCondition);
      }
    } else if (table.hasColumn(key)) quick.push(numberCondition(table, key, value));
    else if (TEXTS.has(key)) {
      const wanted = new Set(listOf(value).map((text) => text.toLowerCase()));
      slow.push((record) => wanted.has(String(record[key]).toLowerCase()));
    }
  }
  return {
    among,
    accepts(row) {
      if (!quick.every((accepts) => accepts(row))) return false;
      if (slow.length === 0) return true;
      const record = table.record(row);
      return slow.every((accepts) => accepts(record));
    },
  };
}

/** `[from]`/`[to]`, both included, or a list of values. */
function numberCondition(table: AmoTable, key: string, value: Json): Condition {
  const range = rangeOf(value);
  if (range !== undefined) {
    return (row) => {
      const number = table.number(row, key);
      return number >= range.from && number <= range.to;
    };
  }
  const wanted = new Set(listOf(value).map((text) => (text === 'true' ? 1 : text === 'false' ? 0 : Number(text))));
  return (row) => wanted.has(table.number(row, key));
}

function statusCondition(table: AmoTable, value: Json): Condition {
  const wanted = new Set<string>();
  for (const pair of isObject(value) ? Object.values(value) : []) {
    if (isObject(pair)) wanted.add(`${String(pair.pipeline_id)}/${String(pair.status_id)}`);
  }
  return (row) => wanted.has(`${table.number(row, 'pipeline_id')}/${table.number(row, 'status_id')}`);
}

/** The rows themselves where the field's values are texts, else a condition. */
function fieldCondition(
  store: AmoStore,
  table: AmoTable,
  owner: string,
  id: number,
  value: Json,
): Set<number> | RecordCondition {
  const field = store.fields.get(owner, id);
  const range = rangeOf(value);
  if (field === undefined) return () => true;
  if (range !== undefined) {
    return (record) =>
      (fieldsOf(record)[id] ?? []).some((held) => Number(held.value) >= range.from && Number(held.value) <= range.to);
  }
  // A text with commas is one value here.
  const wanted = isObject(value) ? Object.values(value).map(String) : [String(value)];
  if (enumTypes.has(field.type) || field.type === 'checkbox') {
    const choices = new Set(wanted);
    return (record) =>
      (fieldsOf(record)[id] ?? []).some(
        (held) =>
          choices.has(String(held.enum_id ?? '')) ||
          choices.has(String(held.value ?? '')) ||
          (held.value === true && choices.has('1')),
      );
  }
  return new Set(wanted.flatMap((text) => [...table.records.withValue(`cf.${id}.value`, text)]));
}

function rangeOf(value: Json): { readonly from: number; readonly to: number } | undefined {
  if (!isObject(value) || (own(value, 'from') === undefined && own(value, 'to') === undefined)) return undefined;
  return {
    from: Number(own(value, 'from') ?? Number.NEGATIVE_INFINITY),
    to: Number(own(value, 'to') ?? Number.POSITIVE_INFINITY),
  };
}
