import type { Json, JsonObject } from '../kit/json.js';
import { type Call, listSeconds, note, param, readRight } from './call.js';
import type { Entity } from './entity.js';
import { invalidArgument, legacyError } from './errors.js';
import type { Field } from './fields.js';
import { type FilterRules, readFilter } from './filters.js';
import { intOf, phpEntries, phpObject, textOf } from './php.js';
import { type Page, pageOf, type Question } from './query.js';
import { wayTypes } from './ways.js';

/** How a list names fields and treats what it does not know. */
export interface ListManner {
  readonly family: 'old' | 'universal';
  /** Custom fields by their upper names in the universal family. */
  readonly originalNames?: boolean;
  /** A name that the family uses for a field beside its own. */
  readonly alias?: (name: string) => string;
  /** The reader's rights are no matter (directories, products). */
  readonly isPublic?: boolean;
  readonly limit?: number;
}

/** The rows that a list call asks for. Writes the reading into the log. */
export function readList(call: Call, entity: Entity, manner: ListManner): Page & { seconds: number } {
  const filter = arrayParam(call, 'filter', manner);
  const order = arrayParam(call, 'order', manner);
  const given = param(call, 'start', 'START');
  const question: Question = {
    condition: readFilter(filter, filterRules(call, entity, manner), call.portal.around),
    order: readOrder(entity, order, manner),
    start: given === undefined || given === null ? 0 : intOf(given),
    now: call.portal.kit.clock.now(),
    mayRead: manner.isPublic === true ? undefined : readRight(call, entity),
    key: JSON.stringify([filter, order, call.asker.user.id, call.portal.settings.zone]),
    limit: manner.limit,
  };
  const page = pageOf(entity, question);
  const searched = searchedKey(filter);
  const [row] = page.rows;
  const id = row === undefined ? null : entity.table.idOf(row);
  if (searched === undefined) note(call, { effect: 'read', stream: entity.names.stream, status: 200 });
  else
    note(call, {
      effect: 'lookup',
      stream: entity.names.stream,
      id,
      externalId: searched,
      status: id === null ? 404 : 200,
    });
  return { ...page, seconds: listSeconds(page.rows.length, page.visited) };
}

/** Which fields to show: `*` and `UF_*` stand for the plain and the custom ones. Ways must be asked for by name. */
export function selectOld(call: Call, entity: Entity): readonly Field[] {
  const select = phpEntries(param(call, 'select', 'SELECT'))?.map(([, name]) => textOf(name)) ?? [];
  const shown = (field: Field) => field.family !== 'universal' && !field.isHidden;
  const plain = entity.fields.filter((field) => shown(field) && field.custom === undefined);
  const custom = entity.fields.filter((field) => field.custom !== undefined);
  if (select.length === 0) return plain;
  const chosen = new Set<Field>();
  const id = entity.upper('ID');
  if (id !== undefined) chosen.add(id);
  for (const name of select) {
    if (name === '*') for (const field of plain) chosen.add(field);
    else if (name === 'UF_*') for (const field of custom) chosen.add(field);
    else {
      const field = entity.upper(name);
      const isWay = wayTypes.some((type) => type === name);
      if (field !== undefined && (shown(field) || isWay)) chosen.add(field);
    }
  }
  return [...chosen];
}

/** The page's numbers as an answer carries them. */
export function counted(call: Call, { total, next, seconds }: Page & { seconds: number }): object {
  const isCounted = intOf(param(call, 'start', 'START')) !== -1;
  return { total: isCounted ? total : 0, ...(isCounted && next !== undefined ? { next } : {}), seconds };
}

/** The key of another system that a filter looks for. */
function searchedKey(filter: JsonObject): string | undefined {
  for (const [key, value] of Object.entries(filter)) {
    if (/^[=@]?(ORIGIN_ID|originId|XML_ID|xmlId)$/.test(key)) return textOf(phpEntries(value)?.[0]?.[1] ?? value);
  }
  return undefined;
}

function arrayParam(call: Call, name: 'filter' | 'order', { family }: ListManner): JsonObject {
  const value = param(call, name, name.toUpperCase());
  if (value === undefined || value === null || value === '') return {};
  const array = phpObject(value);
  if (array !== undefined) return array;
  if (family === 'old') throw legacyError(`Parameter '${name}' must be array.`);
  throw invalidArgument(
    `Invalid value {${textOf(value)}} to match with parameter {${name}}. Should be value of type array.`,
  );
}

function filterRules(call: Call, entity: Entity, { family, originalNames, alias }: ListManner): FilterRules {
  const { settings } = call.portal;
  const find = (asked: string): Field | undefined => {
    const name = spelled(alias?.(asked) ?? asked, family);
    const field =
      family === 'old' || (originalNames === true && name.startsWith('UF_')) ? entity.upper(name) : entity.camel(name);
    return field?.family === (family === 'old' ? 'universal' : 'old') ? undefined : field;
  };
  if (family === 'universal') {
    return {
      find,
      ways: [],
      nestsGroups: true,
      unknown: (name) => {
        throw invalidArgument(`Invalid filter: field '${name}' is not allowed in filter`);
      },
      badValue: (name) => {
        throw invalidArgument(`Invalid filter: field '${name}' has invalid value`);
      },
    };
  }
  return {
    find,
    ways: wayTypes,
    nestsGroups: false,
    unknown: (name) => {
      if (settings.old_unknown_filter === 'refused') throw legacyError(`Field '${name}' is not allowed in filter.`);
      return settings.old_unknown_filter === 'nothing' ? 'nothing' : undefined;
    },
    badValue: () => 'nothing',
  };
}

/** The universal lists know the id by its old name too: clients of old sort by `ID` there. */
const spelled = (name: string, family: ListManner['family']): string =>
  family === 'universal' && name === 'ID' ? 'id' : name;

function readOrder(entity: Entity, order: JsonObject, manner: ListManner): Question['order'] {
  return Object.entries(order).flatMap(([asked, direction]: [string, Json]) => {
    const name = spelled(manner.alias?.(asked) ?? asked, manner.family);
    const isUpper = manner.family === 'old' || (manner.originalNames === true && name.startsWith('UF_'));
    const field = isUpper ? entity.upper(name) : entity.camel(name);
    const word = textOf(direction).toUpperCase();
    if (manner.family === 'universal') {
      if (field === undefined || field.family === 'old' || field.name === 'fm') {
        throw invalidArgument(`Invalid order: field '${asked}' is not allowed in order`);
      }
      if (word !== 'ASC' && word !== 'DESC') {
        throw invalidArgument(
          `Invalid order: allowed sort directions are \`ASC, DESC\`. But got '${textOf(direction)}' for field '${asked}'`,
        );
      }
    }
    return field === undefined ? [] : [{ field, descending: word === 'DESC' }];
  });
}
