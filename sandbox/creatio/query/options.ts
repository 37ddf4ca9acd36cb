import type { ColumnSpec } from '../schema/columns.js';
import type { EntitySpec, SchemaModel } from '../schema/model.js';
import type { CreatioSettings } from '../switches.js';
import { type Condition, parseFilter } from './filter.js';
import { QueryProblem, unknownProperty } from './problems.js';
import type { Paths, Term } from './terms.js';

/** One column of an order. */
export interface Ordering {
  readonly term: Term;
  readonly isDescending: boolean;
}

/** What of a record is shown. */
export interface Shape {
  readonly entity: EntitySpec;
  /** Plain columns in their order. */
  readonly columns: readonly ColumnSpec[];
  readonly expanded: readonly { readonly lookup: ColumnSpec; readonly shape: Shape }[];
}

/** A question to one object. */
export interface Question {
  readonly entity: EntitySpec;
  readonly filter: Condition | undefined;
  readonly orderBy: readonly Ordering[];
  readonly top: number | undefined;
  readonly skip: number;
  readonly wantsCount: boolean;
  readonly shape: Shape;
  /** Filter and order as they were sent: the key under which results are kept. */
  readonly key: string;
}

const KNOWN = new Set([
  '$filter',
  '$orderby',
  '$top',
  '$skip',
  '$count',
  '$select',
  '$expand',
  '$skiptoken',
  '$format',
]);

/** Reads the system query options. Throws QueryProblem. */
export function parseQuestion(
  entity: EntitySpec,
  options: URLSearchParams,
  paths: Paths,
  model: SchemaModel,
  settings: CreatioSettings,
): Question {
  for (const name of options.keys()) {
    if (name.startsWith('$') && !KNOWN.has(name))
      throw new QueryProblem(`The query parameter '${name}' is not supported.`);
  }
  const filter = options.get('$filter');
  const orderBy = options.get('$orderby');
  const skip = options.get('$skiptoken') ?? options.get('$skip');
  return {
    entity,
    filter: filter === null ? undefined : parseFilter(filter, entity, paths, settings),
    orderBy: orderBy === null ? [] : parseOrder(orderBy, entity, paths),
    top: options.has('$top') ? wholeOption('$top', options.get('$top')) : undefined,
    skip: skip === null ? 0 : wholeOption('$skip', skip),
    wantsCount: options.get('$count') === 'true',
    shape: parseShape(entity, options.get('$select'), options.get('$expand'), paths, model),
    key: `${filter ?? ''}\n${orderBy ?? ''}`,
  };
}

function wholeOption(name: string, text: string | null): number {
  if (text === null || !/^\d+$/.test(text))
    throw new QueryProblem(
      `Invalid value '${text ?? ''}' for ${name} query option found. The ${name} query option requires a non-negative integer value.`,
    );
  return Number(text);
}

function parseOrder(text: string, entity: EntitySpec, paths: Paths): Ordering[] {
  return text.split(',').map((piece) => {
    const [path = '', direction = 'asc', more] = piece.trim().split(/\s+/);
    if (more !== undefined || (direction !== 'asc' && direction !== 'desc') || path === '')
      throw new QueryProblem(`Syntax error at position ${text.indexOf(piece) + piece.length} in '${text}'.`);
    return { term: paths.term(entity, path), isDescending: direction === 'desc' };
  });
}

/** `$select` and `$expand`, also as they stand in brackets behind an expanded lookup. */
export function parseShape(
  entity: EntitySpec,
  select: string | null,
  expand: string | null,
  paths: Paths,
  model: SchemaModel,
): Shape {
  const names = (select ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== '*');
  const columns: ColumnSpec[] = [];
  for (const name of names) {
    const column = paths.column(entity, name, 'either');
    // Bytes cannot be selected: the real server stumbles in the middle of the answer.
    if (column.kind === 'stream') throw new StreamSelected();
    if (column.kind !== 'lookup' || column.property === name) columns.push(column);
  }
  return {
    entity,
    columns: names.length === 0 ? visibleColumns(entity, paths) : columns,
    expanded:
      expand === null ? [] : splitOutside(expand).map((piece) => parseExpand(entity, piece.trim(), paths, model)),
  };
}

/** A selected binary column: answered with 500. */
export class StreamSelected extends Error {
  override readonly name = 'StreamSelected';
}

function visibleColumns(entity: EntitySpec, paths: Paths): ColumnSpec[] {
  return [...entity.properties.values()].filter((column) => column.kind !== 'stream' && paths.shows(entity, column));
}

function parseExpand(entity: EntitySpec, piece: string, paths: Paths, model: SchemaModel): Shape['expanded'][number] {
  const open = piece.indexOf('(');
  const name = open < 0 ? piece : piece.slice(0, open);
  if (/CollectionBy\w+$/.test(name))
    throw new QueryProblem(`The property '${name}' cannot be used in the $expand query option.`);
  const lookup = paths.column(entity, name, 'navigation');
  const target = lookup.target === undefined ? undefined : model.entity(lookup.target);
  if (target === undefined) throw unknownProperty(name, entity.name);
  const inner = new Map<string, string>();
  if (open >= 0) {
    if (!piece.endsWith(')')) throw new QueryProblem(`Syntax error at position ${piece.length} in '${piece}'.`);
    for (const option of splitOutside(piece.slice(open + 1, -1), ';')) {
      const mark = option.indexOf('=');
      inner.set(option.slice(0, mark).trim(), option.slice(mark + 1));
    }
  }
  const shape = parseShape(target, inner.get('$select') ?? null, inner.get('$expand') ?? null, paths, model);
  return { lookup, shape };
}

/** Cuts at the separator wherever it stands outside brackets. */
function splitOutside(text: string, separator = ','): string[] {
  const pieces: string[] = [''];
  let depth = 0;
  for (const letter of text) {
    if (letter === '(') depth += 1;
    if (letter === ')') depth -= 1;
    if (letter === separator && depth === 0) pieces.push('');
    else pieces[pieces.length - 1] += letter;
  }
  return pieces;
}
