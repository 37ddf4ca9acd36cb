import { isJsonObject, type JsonValue } from '../../core/json.js';
import type { TextPath } from './problem.js';

/** How definitions are written: the order of keys, and what stands on lines of its own. */

const topKeys = ['version', 'pipeline', 'title', 'connections', 'trigger', 'flows', 'values', 'errors', 'tests'];
const flowKeys = ['renamed_from', 'from', 'steps', 'map', 'to'];
const sourceKeys = ['stream', 'read', 'key', 'cursor', 'start', 'lag', 'where'];
const targetKeys = [
  'name',
  'stream',
  'write',
  'match_on',
  'on_conflict',
  'on_delete',
  'merge',
  'create_fields',
  'batch',
  'map',
];
const fieldKeys = [
  'from',
  'expr',
  'value',
  'ref',
  'by',
  'missing',
  'late',
  'values',
  'as',
  'currency',
  'region',
  'default',
];
const triggerKeys = ['every', 'cron', 'zone', 'overlap', 'catch_up', 'webhook'];
const errorKeys = ['rejected', 'drift', 'stop_when', 'of_last'];
const tableKeys = ['from', 'to', 'match', 'by', 'pairs', 'captions', 'field', 'reverse', 'also'];
const stepKeys: Readonly<Record<string, readonly string[]>> = {
  lookup: ['as', 'from', 'key', 'by', 'many', 'on_missing'],
  enrich: ['as', 'with', 'key', 'on_missing', 'fresh'],
  split: ['path', 'as', 'key'],
};

/** The order of the keys of the map at a path; empty where new ones go to the end. */
export function keyOrder(path: TextPath): readonly string[] {
  const [top, , part, inner, more] = path;
  if (path.length === 0) return topKeys;
  if (top === 'trigger' && path.length === 1) return triggerKeys;
  if (top === 'errors') return errorKeys;
  if (top === 'values' && path.length === 2) return tableKeys;
  if (top !== 'flows' || path.length === 1) return [];
  if (path.length === 2) return flowKeys;
  if (part === 'from') return path.length === 3 ? sourceKeys : [];
  if (part === 'map') return path.length === 4 ? fieldKeys : [];
  if (part === 'steps') return path.length === 5 && typeof more === 'string' ? (stepKeys[more] ?? []) : [];
  if (part !== 'to') return [];
  if (path.length === 3 || (path.length === 4 && typeof inner === 'number')) return targetKeys;
  return path.length === 6 && path[4] === 'map' ? fieldKeys : [];
}

/** Whether the value at a path stands on lines of its own even where it is short. */
export function isAlwaysBlock(path: TextPath, value: JsonValue): boolean {
  const last = path.at(-1);
  if (path.length === 1) return last === 'connections' || last === 'flows' || last === 'values' || last === 'tests';
  if (path[0] === 'values' && path.length === 2) return isJsonObject(value) && !isBuiltTable(value);
  if (path[0] !== 'flows') return false;
  if (path.length === 2) return true;
  const isPartOfFlow =
    path.length === 3 && (last === 'map' || last === 'steps' || (last === 'to' && Array.isArray(value)));
  return isPartOfFlow || isStep(path) || isTarget(path) || (path[2] === 'to' && path.length === 5 && last === 'map');
}

/** Members of these lists begin on the line of their dash. */
function isStep(path: TextPath): boolean {
  return path.length === 4 && path[2] === 'steps';
}

function isTarget(path: TextPath): boolean {
  return path.length === 4 && path[2] === 'to' && typeof path[3] === 'number';
}

/** A value table that is built from streams is one short line, a fixed one has a line for each pair. */
export function isBuiltTable(value: JsonValue | undefined): boolean {
  if (!isJsonObject(value)) return false;
  return typeof value.captions === 'string' || (typeof value.from === 'string' && typeof value.to === 'string');
}

/** The value with the keys of its maps in the order of the house. */
export function inHouseOrder(path: TextPath, value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map((each, index) => inHouseOrder([...path, index], each));
  if (!isJsonObject(value)) return value;
  const order = keyOrder(path);
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const names = Object.keys(value);
  const sorted = names
    .map((name, index) => ({ name, index }))
    .sort((a, b) => rank(a.name) - rank(b.name) || a.index - b.index);
  return Object.fromEntries(sorted.map(({ name }) => [name, inHouseOrder([...path, name], value[name] ?? null)]));
}
