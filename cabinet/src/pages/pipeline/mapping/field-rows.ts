import type { AnswerOf } from '../../../api.js';
import { isMap } from './json-map.js';

export type FieldAnswer = AnswerOf<'listFields'>['items'][number];

/** One line of a column of fields. */
export interface FieldRow {
  /** As it stands in the definition: a path at the source, a name at the target. */
  readonly path: string;
  readonly title: string | null;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isReadOnly: boolean;
  /** How deep inside another field it lies. */
  readonly depth: number;
  /** Values of the first records that have any, as they are shown. */
  readonly samples: readonly string[];
  /** Values that it may take, where the vendor tells them. */
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}

type Found = Readonly<Record<string, unknown>>;

const plainName = /^[\p{L}\p{N}_$-]+$/u;
const mostMembers = 30;
const mostShown = 3;

/** A path with one more name, quoted where it must be. */
export function within(path: string, name: string): string {
  if (!plainName.test(name)) return `${path}['${name.replace(/[\\']/g, '\\$&')}']`;
  return path === '' ? name : `${path}.${name}`;
}

/** The fields of a source with what lies inside them, and those that only its records show. */
export function sourceRows(fields: readonly FieldAnswer[], records: readonly Found[]): FieldRow[] {
  const known = new Set(fields.map((field) => field.name));
  const more = [...new Set(records.flatMap((record) => Object.keys(record)))].filter((name) => !known.has(name));
  return [
    ...fields.flatMap((field) => rowsOf(field, records)),
    ...more.flatMap((name) => rowsOf({ name, type: typeSeen(records.map((record) => record[name])) }, records)),
  ];
}

/** The fields of a target, and those that the definition maps though the vendor does not name them. */
export function targetRows(
  fields: readonly FieldAnswer[],
  records: readonly Found[],
  mapped: Iterable<string>,
): FieldRow[] {
  const rows = fields.map((field) => rowOf(field, field.name, 0, (record) => record[field.name], records));
  const known = new Set(rows.map((row) => row.path));
  const more = [...mapped].filter((name) => !known.has(name));
  return [...rows, ...more.map((name) => rowOf({ name, type: 'any' }, name, 0, (record) => record[name], records))];
}

function rowsOf(field: FieldAnswer, records: readonly Found[]): FieldRow[] {
  const path = within('', field.name);
  const read = (record: Found): unknown => record[field.name];
  const row = rowOf(field, path, 0, read, records);
  const isList = field.type === 'list';
  const member = (record: Found): unknown => {
    const value = read(record);
    return isList ? (Array.isArray(value) ? value[0] : undefined) : value;
  };
  const inside = records.map(member).filter(isMap);
  const declared = membersOf(field);
  const names = new Set([...declared.map((each) => each.name), ...inside.flatMap((each) => Object.keys(each))]);
  const base = isList ? `${path}[0]` : path;
  const members = [...names].slice(0, mostMembers).map((name) => {
    const of = (record: Found): unknown => {
      const holder = member(record);
      return isMap(holder) ? holder[name] : undefined;
    };
    const type = typeSeen(inside.map((each) => each[name]));
    return rowOf(declared.find((each) => each.name === name) ?? { name, type }, within(base, name), 1, of, records);
  });
  if (isList && members.length === 0 && records.some((record) => member(record) !== undefined)) {
    return [row, rowOf({ name: field.name, type: 'any' }, base, 1, member, records)];
  }
  return [row, ...members];
}

function membersOf(field: FieldAnswer): FieldAnswer[] {
  return (field.fields ?? []).flatMap((each) =>
    isMap(each) && typeof each.name === 'string' && typeof each.type === 'string'
      ? [{ name: each.name, type: each.type, ...(typeof each.title === 'string' && { title: each.title }) }]
      : [],
  );
}

function rowOf(
  field: FieldAnswer,
  path: string,
  depth: number,
  read: (record: Found) => unknown,
  records: readonly Found[],
): FieldRow {
  const shown = records.map(read).filter((value) => value !== undefined && value !== null && value !== '');
  return {
    path,
    title: field.title === undefined || field.title === field.name ? null : field.title,
    type: field.type,
    isRequired: field.isRequired === true,
    isReadOnly: field.isReadOnly === true,
    depth,
    samples: [...new Set(shown.map(shownValue))].slice(0, mostShown),
    choices: field.values ?? [],
  };
}

/** A value on one line. */
export function shownValue(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined) return '';
  return JSON.stringify(value);
}

function typeSeen(values: readonly unknown[]): string {
  const value = values.find((each) => each !== undefined && each !== null);
  if (Array.isArray(value)) return 'list';
  if (isMap(value)) return 'object';
  if (typeof value === 'boolean') return 'boolean';
  return typeof value === 'number' ? 'decimal' : typeof value === 'string' ? 'text' : 'any';
}
