import type { JsonObject } from '../kit/json.js';
import type { Entity } from './entity.js';
import { type Field, storedName } from './fields.js';
import { type Condition, candidates, lowestId, rowTest } from './filters.js';

export const PAGE = 50;

/** What a list asks for. */
export interface Question {
  readonly condition: Condition;
  readonly order: readonly { readonly field: Field; readonly descending: boolean }[];
  /** The offset; -1 = no counting. */
  readonly start: number;
  readonly now: number;
  /** A further condition of the asker's rights. */
  readonly mayRead?: (record: JsonObject) => boolean;
  /** The same for the same question, whatever its offset. */
  readonly key: string;
  readonly limit?: number;
}

/** One page of a list. */
export interface Page {
  readonly rows: readonly number[];
  readonly total: number;
  /** The offset of the next page; undefined at the end. */
  readonly next?: number;
  /** Rows that were looked at, by which the run time is modelled. */
  readonly visited: number;
}

interface Found {
  readonly version: number;
  readonly key: string;
  readonly rows: readonly number[];
}

const REMEMBERED = 12;
const remembered = new WeakMap<Entity, Found[]>();

/** The page of a list; what was found is remembered until the entity changes, for the next offset. */
export function pageOf(entity: Entity, question: Question): Page {
  const { order, start, limit = PAGE } = question;
  if (start === -1 && isById(order)) return walkById(entity, question);
  const { rows, visited } = found(entity, question);
  const from = Math.max(0, start);
  const page = rows.slice(from, from + limit);
  if (start === -1) return { rows: page, total: 0, visited };
  const next = from + limit < rows.length ? { next: from + limit } : {};
  return { rows: page, total: rows.length, visited, ...next };
}

function isById(order: Question['order']): boolean {
  const [first] = order;
  return order.length === 0 || (order.length === 1 && first?.field.name === 'id' && !first.descending);
}

/** Up to 50 rows from the first id that fits, without counting the rest. */
function walkById(entity: Entity, question: Question): Page {
  const { condition, now, mayRead, limit = PAGE } = question;
  const accepts = acceptor(entity, condition, mayRead);
  const narrowed = candidates(entity, condition);
  if (narrowed !== undefined) {
    const rows = narrowed.filter((row) => entity.table.isVisible(row, now) && accepts(row));
    return { rows: rows.slice(0, limit), total: 0, visited: narrowed.length };
  }
  let visited = 0;
  const first = Number(entity.table.idOf(0));
  const after = Math.max(-1, lowestId(condition) - first);
  const { rows } = entity.table.pageById(after, limit, now, (row) => {
    visited += 1;
    return accepts(row);
  });
  return { rows, total: 0, visited };
}

function found(entity: Entity, question: Question): { rows: readonly number[]; visited: number } {
  const held = remembered.get(entity) ?? [];
  const known = held.find(({ key, version }) => key === question.key && version === entity.version);
  if (known !== undefined) return { rows: known.rows, visited: PAGE };
  const { condition, now, mayRead, order } = question;
  const accepts = acceptor(entity, condition, mayRead);
  const isAll =
    condition !== 'nothing' && 'parts' in condition && condition.parts.length === 0 && mayRead === undefined;
  const source = candidates(entity, condition) ?? entity.table.rows();
  const rows: number[] = [];
  let visited = 0;
  for (const row of source) {
    visited += 1;
    if (entity.table.isVisible(row, now) && (isAll || accepts(row))) rows.push(row);
  }
  if (!isById(order)) sort(entity, rows, order);
  const fresh = held.filter(({ version }) => version === entity.version).slice(0, REMEMBERED - 1);
  remembered.set(entity, [{ key: question.key, version: entity.version, rows }, ...fresh]);
  return { rows, visited };
}

function acceptor(entity: Entity, condition: Condition, mayRead: Question['mayRead']): (row: number) => boolean {
  const test = rowTest(entity, condition);
  return (row) => {
    let parsed: JsonObject | undefined;
    const record = () => {
      parsed ??= entity.table.record(row);
      return parsed;
    };
    return test(row, record) && (mayRead === undefined || mayRead(record()));
  };
}

function sort(entity: Entity, rows: number[], order: Question['order']): void {
  const names = order.map(({ field }) => storedName(field));
  const needsRecord = names.some((name) => name !== 'id' && name !== entity.stamps.updated);
  const keys = new Map<number, (string | number)[]>();
  for (const row of rows) {
    const record = needsRecord ? entity.table.record(row) : {};
    keys.set(
      row,
      names.map((name) => {
        if (name === 'id') return Number(entity.table.idOf(row));
        if (name === entity.stamps.updated) return entity.changedAt.at(row);
        const value = record[name];
        return typeof value === 'number' ? value : String(value ?? '').toLowerCase();
      }),
    );
  }
  rows.sort((one, other) => {
    const [left, right] = [keys.get(one) ?? [], keys.get(other) ?? []];
    for (let index = 0; index < order.length; index += 1) {
      const [a, b] = [left[index] ?? '', right[index] ?? ''];
      // An empty value stands before every number, as NULL does.
      const difference = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : a === '' ? -1 : 1;
      if (difference !== 0) return order[index]?.descending === true ? -difference : difference;
    }
    return one - other;
  });
}
