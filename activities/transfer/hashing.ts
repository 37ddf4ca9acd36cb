import { hash } from 'node:crypto';
import { type JsonObject, type JsonValue, stableStringify } from '../../core/json.js';
import { recordKeyText } from '../../core/keys.js';

const hashBytes = 16;

/** 32 hex digits that name this record at its target for ever (D2). */
export function recordKeyOf(pipelineUid: string, flow: string, sourceKey: string, part: string): string {
  return hash('sha256', recordKeyText(pipelineUid, flow, sourceKey, part), 'hex').slice(0, hashBytes * 2);
}

/**
 * The hash of what would be written, as 32 hex digits: mapped values and their field names, so a changed map is seen.
 * Text and not bytes, for one is made of each record that is read, and a Buffer costs much more to make and to collect.
 */
export function contentHashOf(fields: JsonObject): string {
  return hash('sha256', canonicalText(fields), 'hex').slice(0, hashBytes * 2);
}

/** 32 hex digits that change with the content: the idempotency header (D2). */
export function effectKeyOf(recordKey: string, contentHash: string, operation: string): string {
  return hash('sha256', `${recordKey}${contentHash}${operation}`, 'hex').slice(0, hashBytes * 2);
}

/**
 * Fields in the order of their names, so that moving a line of the map changes no hash; nested values are sorted too.
 * One flat text that JSON writes by itself: pieces put together are several times as much to collect. A nested value
 * stands there as a list of its text alone, so that no two sets of fields have one text.
 */
function canonicalText(fields: JsonObject): string {
  const names = sortedNames(fields);
  const values: JsonValue[] = [];
  let isWhole = true;
  for (const name of names.sorted) {
    const value = fields[name];
    if (value === undefined) isWhole = false;
    else values.push(typeof value === 'object' && value !== null ? [stableStringify(value)] : value);
  }
  if (isWhole) return names.text + JSON.stringify(values);
  const present = names.sorted.filter((name) => fields[name] !== undefined);
  return JSON.stringify(present) + JSON.stringify(values);
}

interface Names {
  readonly given: readonly string[];
  readonly sorted: readonly string[];
  readonly text: string;
}

/** Records of one flow have their fields in one order: it is sorted once, not for each record. */
let last: Names = { given: [], sorted: [], text: '[]' };

function sortedNames(fields: JsonObject): Names {
  const given = Object.keys(fields);
  if (given.length !== last.given.length || given.some((name, index) => name !== last.given[index])) {
    const sorted = [...given].sort();
    last = { given, sorted, text: JSON.stringify(sorted) };
  }
  return last;
}
