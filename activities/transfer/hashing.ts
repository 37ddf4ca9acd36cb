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
 * Every part is preceded by its length, so that no two sets of fields have one text.
 */
function canonicalText(fields: JsonObject): string {
  let text = '';
  for (const name of sortedNames(fields)) {
    const value = fields[name];
    if (value === undefined) continue;
    const part = partOf(value);
    text += `${name.length}:${name}${part.length}:${part}`;
  }
  return text;
}

function partOf(value: JsonValue): string {
  if (typeof value === 'string') return `s${value}`;
  return typeof value === 'object' && value !== null ? `j${stableStringify(value)}` : `v${value}`;
}

/** Records of one flow have their fields in one order: it is sorted once, not for each record. */
let lastNames: readonly string[] = [];
let lastSorted: readonly string[] = [];

function sortedNames(fields: JsonObject): readonly string[] {
  const names = Object.keys(fields);
  if (names.length !== lastNames.length || names.some((name, index) => name !== lastNames[index])) {
    lastNames = names;
    lastSorted = [...names].sort();
  }
  return lastSorted;
}
